#!/usr/bin/env python3
"""Measures `recount corpus` on generated articles.

    go build -o bin/recount ./cmd/recount
    python3 docs/measure-corpus.py scan bin/recount 1000 10000 100000
    python3 docs/measure-corpus.py queue bin/recount 20000 [ARTICLES_A_FILE]
    python3 docs/measure-corpus.py grow bin/recount FOLDER 10000 50000 100000 200000
    python3 docs/measure-corpus.py growqueue bin/recount FOLDER 10000 50000 100000 200000
    python3 docs/measure-corpus.py compare bin/recount CORPUS
    python3 docs/measure-corpus.py slice bin/recount CORPUS [FOLDER]
    python3 docs/measure-corpus.py cost CORPUS CPU_SECONDS
    python3 docs/measure-corpus.py generate FOLDER ARTICLES [ARTICLES_A_FILE]

Each size is generated anew into WARC files of 2,000 pages: about 400 words an
article, or as many as `--words N` before the verb says, two in five of them
reprints, the same for the same size and length. `scan` prints
CPU seconds, articles a CPU second, the largest resident set of the program (its
reading children apart), and bytes on the disk an article; takes a slice of about
10,000 articles out of the largest size; and draws docs/corpus-growth.svg.
`queue` compares one program with three workers on PostgreSQL, whose CPU seconds
count. `grow` and `growqueue` do so with one corpus that grows in FOLDER, which is
kept: each size costs only the files that are new, and comparing all; what they
print is the sum up to a size, and they may be stopped and go on with the sizes
that are not in FOLDER yet. A million short items (`--words 110`) are about 1.3 hours of
CPU. `compare` makes anew what rests on all shards of a corpus together, to tell it
from reading them. `slice` takes 10,000 articles out of a corpus; with the folder of its archives
it also adds them from there, and compares the exports of the two studies. `cost` prints what larger
corpora would take, computed from a measured one: its folder and the CPU seconds
that it took. `generate` only writes the files.
"""
import glob, gzip, json, os, pwd, random, resource, shutil, signal, subprocess, sys, tempfile, time

# Words of an article, about; --words sets it.
LENGTH = 400

PEOPLE = [f"{a} {b}" for a in "Maria John Vera Ahmed Lena Peter Ingrid Omar Sofia Paul".split()
          for b in "Keller Holm Brandt Hassan Novak Smith Diaz Okafor Moreau Tanaka".split()]


def articles(n, length=400):
    """Yields n texts as lists of paragraphs: sentences of 17 words, four in a paragraph."""
    r = random.Random(7)
    paragraphs = [min(4, sentences) for sentences in range(max(2, round(length / 17)), 0, -4)]
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
            text = [" ".join(quote() if r.random() < 0.2 else sentence() for _ in range(p)) for p in paragraphs]
            recent.append(text)
            if len(recent) > 500:
                recent.pop(0)
        yield i, text


def generate(folder, n, each=2000):
    os.makedirs(folder)
    out = None
    for i, text in articles(n, LENGTH):
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
        out.write(gzip.compress(head + http + b"\r\n\r\n", 5, mtime=0))
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
            taken(recount, work, n, work + "/c")
        return n, took, top
    finally:
        shutil.rmtree(work)


def taken(recount, work, n, corpus):
    """Takes a slice of about 10,000 articles by outlets, of which there are 40, and of many articles by days, too."""
    subprocess.run([recount, "--quiet", "init", work + "/study"], check=True, stdout=subprocess.DEVNULL)
    some = [f"--outlet=Outlet {i}" for i in range(max(1, min(40, round(40 * 10_000 / n))))]
    if n > 400_000:  # a whole outlet has more; the last day is that of a million, 10,715 articles
        some += ["--from=2020-01", "--to=2020-05-05"]
    for name, more in (("choosing", ["--dry-run"]), ("choosing and taking", []), ("taking again", [])):
        said, took, wall, top = watched([recount, "--quiet", "corpus", "slice", corpus, work + "/study", *some, *more])
        print(f"slice out of {n:,}, {name}: {took:.1f} CPU s, {wall:.0f} s, {top} MB: {' / '.join(said.split(chr(10)))}", flush=True)


def same(recount, work, n, corpus, folder):
    """Compares a slice with the same pages added from their archives, byte for byte of the canonical export."""
    os.environ["RECOUNT_NOW"] = "2026-11-30T12:00:00Z"
    run = lambda *a: subprocess.run([recount, "--quiet", *a], cwd=work, check=True, stdout=subprocess.PIPE, text=True).stdout
    run("init", "one")
    run("--study", "one", "count")
    shutil.copytree(work + "/one", work + "/two")
    os.mkdir(work + "/from")
    name = os.path.basename(corpus)
    os.symlink(folder, f"{work}/from/{name}")
    hosts = [f"outlet{i}.example" for i in range(max(1, min(40, round(40 * 10_000 / n))))]
    said = run("corpus", "slice", corpus, "one", *[f"--outlet={h}" for h in hosts])
    run("--study", "two", "add", f"from/{name}", *[f"--host={h}" for h in hosts], "--search", "corpus slice",
        "--database", "recount corpus " + said.split()[3].rstrip(":"), "--filters", "outlet " + " or ".join(hosts))
    for s in ("one", "two"):
        run("--study", s, "export", s + ".jsonl")
    equal = open(work + "/one.jsonl", "rb").read() == open(work + "/two.jsonl", "rb").read()
    print("canonical export of the slice and of adding:", "equal" if equal else "DIFFERENT", os.path.getsize(work + "/one.jsonl"), "bytes")


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


def queue(recount, n, each=2000):
    work = tempfile.mkdtemp(prefix="rq-")
    os.chmod(work, 0o711)
    try:
        generate(work + "/in", n, each)
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
        print("manifests equal: " + said.split("manifest ")[1].strip() if same else "MANIFESTS DIFFER: " + said + spread)
        sys.exit(0 if same else 1)
    finally:
        shutil.rmtree(work)


def tree(pids):
    """CPU seconds of programs and all that they started."""
    children, spent = {}, {}
    for p in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{p}/stat") as f:
                fields = f.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        spent[int(p)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        children.setdefault(int(fields[1]), []).append(int(p))
    total, todo = 0, list(pids)
    while todo:
        p = todo.pop()
        total += spent.get(p, 0)
        todo += children.get(p, [])
    return total


def grow(recount, folder, sizes, spread):
    """Lets one corpus grow from size to size, by one program or by three workers on PostgreSQL."""
    name = "spread" if spread else "alone"
    os.makedirs(f"{folder}/{name}-in", exist_ok=True)
    path = f"{folder}/{name}.json"
    points = json.load(open(path)) if os.path.exists(path) else []
    if len(glob.glob(f"{folder}/in/*")) < max(sizes) // 2000:
        shutil.rmtree(f"{folder}/in", ignore_errors=True)
        generate(f"{folder}/in", max(sizes))
    work, more, workers, server = tempfile.mkdtemp(prefix="rq-"), [], [], None
    os.chmod(work, 0o711)
    try:
        if spread:
            server, dsn = postgres(work + "/pg")
            workers = [subprocess.Popen([recount, "--quiet", "worker", dsn], stdout=subprocess.DEVNULL) for _ in range(3)]
            more = ["--queue", dsn]
        for n in sizes:
            if n in [p["articles"] for p in points]:
                continue
            for i in range(n // 2000):
                a, b = f"{folder}/in/{i:05d}.warc.gz", f"{folder}/{name}-in/{i:05d}.warc.gz"
                os.path.exists(b) or os.link(a, b)
            others = [w.pid for w in workers] + ([server.pid] if server else [])
            before = tree(others)
            said, took, wall, top = watched([recount, "--quiet", "corpus", "scan", f"{folder}/{name}-in", "--to", f"{folder}/{name}-corpus", *more])
            took += tree(others) - before
            took += points[-1]["cpu"] if points else 0
            points.append({"articles": n, "cpu": round(took, 1), "mb": max([top] + [peak(w.pid) for w in workers]), "seconds": round(wall), "manifest": said.split()[-1]})
            with open(path, "w") as f:
                json.dump(points, f)
            print(f"| {n:,} | {took:.0f} | {n / took:.0f} | {points[-1]['mb']} |", points[-1]["manifest"], against(folder, name, points[-1]), flush=True)
    finally:
        for w in workers:
            w.send_signal(signal.SIGINT)
        for w in workers:
            w.wait()
        if server:
            server.send_signal(signal.SIGINT)
            server.wait()
        shutil.rmtree(work)
    if not spread:
        draw([(p["articles"], p["cpu"], p["mb"]) for p in points], growth)


def against(folder, name, point):
    """Compares a size with the same one that was made the other way, if it was."""
    other = {"alone": "spread", "spread": "alone"}[name]
    try:
        with open(f"{folder}/{other}.json") as f:
            made = next(p for p in json.load(f) if p["articles"] == point["articles"])
    except (OSError, StopIteration):
        return ""
    return f"{point['cpu'] / made['cpu']:.2f} times {other}, manifest " + ("equal" if made["manifest"] == point["manifest"] else "DIFFERENT")


def compare(recount, corpus):
    """Prints what comparing all articles of a corpus costs, apart from reading them, by doing it again."""
    for name in ("parts", "whole"):
        shutil.rmtree(f"{corpus}/{name}")
    os.remove(corpus + "/manifest.json")
    said, took, wall, top = watched([recount, "--quiet", "corpus", "scan", "--to", corpus])
    with open(corpus + "/manifest.json") as f:
        made = json.load(f)
    print(f"comparing {made['articles']:,} again: {took:.1f} CPU s, {wall:.0f} s, {top} MB, {made['relations']:,} relations, manifest {said.split()[-1]}", flush=True)


# What a machine costs, in whatever money: edit both, or read the table without.
CORE_HOUR, GB_MONTH = 0.05, 0.023
# Measured by TestMemoryOfComparing: MB that the last step holds, and bytes more for each article.
HELD, EACH = 115, 220
# CPU seconds for an article in the last step, which one machine does; from the same.
LAST = 0.0004


def cost(corpus, seconds):
    """Prints what corpora of several sizes take: core-hours, hours, disk, what is shuffled, memory of the last step, and money."""
    with open(corpus + "/manifest.json") as f:
        made = json.load(f)
    n = made["articles"]
    kinds = dict.fromkeys(("tables", "postings", "pairs", "words"), 0)
    for d, _, files in os.walk(corpus):
        for f in files:
            kind = "tables" if f.endswith(".parquet") else f.split("-")[0] if f.startswith(("postings", "pairs")) else "words"
            kinds[kind] += os.path.getsize(os.path.join(d, f)) / n
    each = seconds / n
    print(f"measured: {n:,} articles, {each * 1000:.2f} CPU ms each; bytes each: " + ", ".join(f"{k} {v:,.0f}" for k, v in kinds.items()) + f"; relations each: {made['relations'] / n:.1f}\n")
    print("| articles | core-hours | of them the last step | 16 cores | 256 cores | corpus | of it tables | shuffled | memory of the last step | computing | a month of disk |\n|---|---|---|---|---|---|---|---|---|---|---|")
    for m in (1_000_000, 10_000_000, 300_000_000):
        hours, last = m * each / 3600, m * LAST / 3600
        spread = lambda cores: (hours - last) / cores + last / 16
        gb = m * sum(kinds.values()) / 1e9
        print(f"| {m // 1_000_000}M | {hours:,.0f} | {last:,.1f} | {spread(16):,.1f} h | {spread(256):,.1f} h | {gb:,.0f} GB | {m * kinds['tables'] / 1e9:,.0f} GB | {m * (kinds['postings'] + kinds['pairs']) / 1e9:,.1f} GB | {HELD / 1000 + m * EACH / 1e9:,.1f} GB | {hours * CORE_HOUR:,.0f} | {gb * GB_MONTH:,.0f} |")


growth = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus-growth.svg")


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
    global LENGTH
    if verb == "--words":
        LENGTH = int(args[0])
        main(*args[1:])
    elif verb == "generate":
        generate(args[0], *map(int, args[1:]))
    elif verb == "queue":
        queue(os.path.abspath(args[0]), *map(int, args[1:]))
    elif verb in ("grow", "growqueue"):
        grow(os.path.abspath(args[0]), os.path.abspath(args[1]), sorted(map(int, args[2:])), verb == "growqueue")
    elif verb == "compare":
        compare(os.path.abspath(args[0]), os.path.abspath(args[1]))
    elif verb == "slice":
        work = tempfile.mkdtemp(prefix="recount-slice-")
        try:
            with open(args[1] + "/manifest.json") as f:
                n = json.load(f)["articles"]
            taken(os.path.abspath(args[0]), work, n, os.path.abspath(args[1]))
            if args[2:]:
                same(os.path.abspath(args[0]), work, n, os.path.abspath(args[1]), os.path.abspath(args[2]))
        finally:
            shutil.rmtree(work)
    elif verb == "cost":
        cost(args[0], float(args[1]))
    elif verb == "scan":
        print("| articles | CPU s | articles a CPU second | largest resident set, MB | kB an article, corpus | of them tables | and WARC in |\n|---|---|---|---|---|---|---|", flush=True)
        sizes = [int(n) for n in args[1:]]
        points = [measure(os.path.abspath(args[0]), n, n == sizes[-1]) for n in sizes]
        draw(points, growth)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
