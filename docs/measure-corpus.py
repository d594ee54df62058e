#!/usr/bin/env python3
"""Measures `recount corpus` on generated articles.

    go build -o bin/recount ./cmd/recount
    python3 docs/measure-corpus.py scan bin/recount 1000 10000 100000
    python3 docs/measure-corpus.py queue bin/recount 20000
    python3 docs/measure-corpus.py cost ARTICLES_A_CPU_SECOND KB_AN_ARTICLE
    python3 docs/measure-corpus.py generate FOLDER ARTICLES [ARTICLES_A_FILE]

Each size is generated anew into WARC files of 2,000 pages: about 400 words an
article, two in five of them reprints, the same for the same size. `scan` prints
CPU seconds, articles a CPU second, the largest resident set of the program (its
reading children apart), and bytes on the disk an article; takes a slice of about
10,000 articles out of the largest size; and draws docs/corpus-growth.svg.
`queue` compares one program with three workers on PostgreSQL, whose CPU seconds
count. `cost` prints what larger corpora would take by the formula of
docs/measurements-corpus.md. `generate` only writes the files.
"""
import glob, gzip, os, pwd, random, resource, shutil, signal, subprocess, sys, tempfile, time

PEOPLE = [f"{a} {b}" for a in "Maria John Vera Ahmed Lena Peter Ingrid Omar Sofia Paul".split()
          for b in "Keller Holm Brandt Hassan Novak Smith Diaz Okafor Moreau Tanaka".split()]


def articles(n):
    r = random.Random(7)
    words = ["".join(r.choice("bdfglmnprstv") + r.choice("aeiou") for _ in range(r.randint(2, 4))) for _ in range(20_000)]
    word = lambda: words[min(int(r.paretovariate(0.6)), 20_000) - 1] if r.random() < 0.3 else r.choice(words)
    recent = []

    def sentence():
        return f"The {word()} of {word()} {word()} the {word()} and {word()}, and {word()} {word()} for {word()} {word()} near {word()}."

    def quote():
        return f"“We {word()} the {word()} for {word()} {word()},” said {r.choice(PEOPLE)}, who runs the {word()}. {r.randint(2, 900)} people had left."

    for i in range(n):
        if recent and r.random() < 0.4:
            text = list(r.choice(recent))
            if r.random() < 0.5:
                text[-1] = sentence()
        else:
            text = [" ".join(quote() if r.random() < 0.2 else sentence() for _ in range(4)) for _ in range(6)]
            recent.append(text)
            if len(recent) > 500:
                recent.pop(0)
        yield i, text


def generate(folder, n, each=2000):
    os.makedirs(folder)
    out = None
    for i, text in articles(n):
        if i % each == 0:
            if out:
                out.close()
            out = open(f"{folder}/{i // each:05d}.warc.gz", "wb")
        day = f"2020-{1 + i % 12:02d}-{1 + i % 28:02d}"
        url = f"https://outlet{i % 40}.example/{day}/{i}.html"
        html = (f'<!DOCTYPE html><html lang="en"><head><title>Story {i}</title><meta property="og:site_name" content="Outlet {i % 40}">'
                f'<meta property="article:published_time" content="{day}T08:00:00Z"></head><body><article><h1>Story {i}</h1>'
                + "".join(f"<p>{p}</p>" for p in text) + "</article></body></html>").encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{i:012d}>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\n"
                f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n").encode()
        out.write(gzip.compress(head + http + b"\r\n\r\n", 5))
    out.close()


def peak(pid):
    try:
        with open(f"/proc/{pid}/status") as f:
            return next(int(l.split()[1]) for l in f if l.startswith("VmHWM")) // 1024
    except (OSError, StopIteration):
        return 0


def size(folder):
    return sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(folder) for f in files)


def cpu(of=resource.RUSAGE_CHILDREN):
    r = resource.getrusage(of)
    return r.ru_utime + r.ru_stime


def watched(command):
    """Runs a command; returns what it printed, CPU seconds, seconds and the largest resident set in MB."""
    before, began = cpu(), time.monotonic()
    p = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    top = 0
    while True:
        top = max(top, peak(p.pid))
        try:
            p.wait(0.2)
            break
        except subprocess.TimeoutExpired:
            pass
    if p.returncode not in (0, 1):
        sys.exit(f"{command} ended with {p.returncode}")
    return p.stdout.read(), cpu() - before, time.monotonic() - began, top


def measure(recount, n, last):
    work = tempfile.mkdtemp(prefix="recount-corpus-")
    try:
        generate(work + "/in", n)
        said, took, _, top = watched([recount, "--quiet", "corpus", "scan", work + "/in", "--to", work + "/c"])
        whole = size(work + "/c")
        tables = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(work + "/c") for f in files if f.endswith(".parquet"))
        print(f"| {n:,} | {took:.0f} | {n / took:.0f} | {top} | {whole / n / 1000:.1f} | {tables / n / 1000:.1f} | {size(work + '/in') / n / 1000:.1f} |", flush=True)
        print(said.strip(), file=sys.stderr)
        if last:
            taken(recount, work, n)
        return n, took, top
    finally:
        shutil.rmtree(work)


def taken(recount, work, n):
    """Takes a slice of about 10,000 articles by outlets, of which there are 40."""
    subprocess.run([recount, "--quiet", "init", work + "/study"], check=True, stdout=subprocess.DEVNULL)
    some = [f"--outlet=Outlet {i}" for i in range(max(1, min(40, round(40 * 10_000 / n))))]
    for name, more in (("choosing", ["--dry-run"]), ("choosing and taking", []), ("taking again", [])):
        said, took, wall, top = watched([recount, "--quiet", "corpus", "slice", work + "/c", work + "/study", *some, *more])
        print(f"slice out of {n:,}, {name}: {took:.1f} CPU s, {wall:.0f} s, {top} MB: {' / '.join(said.split(chr(10)))}", flush=True)


def postgres(folder):
    """Starts a PostgreSQL of its own in a folder, reached by a socket in it alone."""
    bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    as_user = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
    os.mkdir(folder)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    subprocess.run([bin + "/initdb", "-D", folder + "/data", "--locale=C", "--encoding=UTF8", "-U", "recount", "-A", "trust"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
    p = subprocess.Popen([bin + "/postgres", "-D", folder + "/data", "-k", folder, "-c", "listen_addresses="], stderr=subprocess.DEVNULL, cwd=folder, **as_user)
    while subprocess.run([bin + "/pg_isready", "-q", "-h", folder], cwd=folder).returncode:
        time.sleep(0.1)
    return p, f"postgres:///postgres?host={folder}&user=recount"


def queue(recount, n):
    work = tempfile.mkdtemp(prefix="rq-")
    os.chmod(work, 0o711)
    try:
        generate(work + "/in", n)
        said, alone, wall, _ = watched([recount, "--quiet", "corpus", "scan", work + "/in", "--to", work + "/alone"])
        print(f"in process: {alone:.1f} CPU s, {wall:.0f} s", flush=True)
        before = cpu()
        server, dsn = postgres(work + "/pg")
        workers = [subprocess.Popen([recount, "--quiet", "worker", dsn], stdout=subprocess.DEVNULL) for _ in range(3)]
        spread, scan, wall, _ = watched([recount, "--quiet", "corpus", "scan", work + "/in", "--to", work + "/spread", "--queue", dsn])
        for w in workers:
            w.send_signal(signal.SIGINT)
        for w in workers:
            w.wait()
        programs = cpu() - before
        server.send_signal(signal.SIGINT)
        server.wait()
        all = cpu() - before
        print(f"three workers: {all:.1f} CPU s, {wall:.0f} s, of them PostgreSQL {all - programs:.1f} and the scan that waits {scan:.1f}; {all / alone:.2f} times")
        same = said.split("manifest ")[1:] == spread.split("manifest ")[1:] != []
        print("manifests equal" if same else "MANIFESTS DIFFER: " + said + spread)
        sys.exit(0 if same else 1)
    finally:
        shutil.rmtree(work)


# What a machine costs, in whatever money: edit both, or read the table without.
CORE_HOUR, GB_MONTH = 0.05, 0.023
# Bytes that the largest resident set grew by for each article from 10,000 to 100,000.
GROWTH = 4100


def cost(rate, kb):
    """Prints what corpora of several sizes take: core-hours, disk, what is shuffled, memory of the last step, and money."""
    print("| articles | core-hours | on 16 cores | corpus on the disk | of it postings | memory, if it grows on so | computing | a month of disk |\n|---|---|---|---|---|---|---|---|")
    for n in (1_000_000, 10_000_000, 300_000_000):
        hours = n / rate / 3600
        print(f"| {n // 1_000_000}M | {hours:,.0f} | {hours / 16:,.1f} h | {n * kb / 1e6:,.0f} GB | {n * 0.5 / 1e6:,.0f} GB | {n * GROWTH / 1e9:,.0f} GB | {hours * CORE_HOUR:,.0f} | {n * kb / 1e6 * GB_MONTH:,.0f} |")


def draw(points, path):
    w, h, left, bottom = 560, 300, 60, 40
    most, cpu = max(p[0] for p in points), max(p[1] for p in points)
    x, y = lambda v: left + v / most * (w - left - 20), lambda v: h - bottom - v / cpu * (h - bottom - 20)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="sans-serif" font-size="12" role="img">',
           "<title>CPU seconds of recount corpus scan by the number of articles</title>", f'<rect width="{w}" height="{h}" fill="white"/>',
           f'<path d="M{left},20V{h - bottom}H{w - 20}" fill="none" stroke="#444"/>',
           f'<path d="M{x(0):.0f},{y(0):.0f}L{x(most):.0f},{y(cpu):.0f}" stroke="#bbb" stroke-dasharray="4"/>']
    for n, c, rss in points:
        out.append(f'<circle cx="{x(n):.0f}" cy="{y(c):.0f}" r="4" fill="#0a58a5"/>')
        out.append(f'<text x="{x(n) - 6:.0f}" y="{y(c) - 8:.0f}" text-anchor="end">{n:,}: {c:.0f} s, {rss} MB</text>')
    out.append(f'<text x="{left}" y="{h - 12}">articles; the dashed line is in proportion</text></svg>')
    with open(path, "w") as f:
        f.write("\n".join(out) + "\n")


def main(verb, *args):
    if verb == "generate":
        generate(args[0], *map(int, args[1:]))
    elif verb == "queue":
        queue(os.path.abspath(args[0]), int(args[1]))
    elif verb == "cost":
        cost(float(args[0]), float(args[1]))
    elif verb == "scan":
        print("| articles | CPU s | articles a CPU second | largest resident set, MB | kB an article, corpus | of them tables | and WARC in |\n|---|---|---|---|---|---|---|", flush=True)
        sizes = [int(n) for n in args[1:]]
        points = [measure(os.path.abspath(args[0]), n, n == sizes[-1]) for n in sizes]
        draw(points, os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus-growth.svg"))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
