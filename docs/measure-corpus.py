#!/usr/bin/env python3
"""Measures `recount corpus scan` on generated articles and draws docs/corpus-growth.svg.

    go build -o bin/recount ./cmd/recount
    python3 docs/measure-corpus.py bin/recount 1000 10000 100000

Each size is generated anew into WARC files of 2,000 pages: about 400 words an
article, two in five of them reprints, the same for the same size. It prints CPU
seconds, articles a CPU second, the largest resident set of the program (its
reading children apart), and bytes on the disk an article.
"""
import gzip, os, random, resource, shutil, subprocess, sys, tempfile

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


def generate(folder, n):
    os.makedirs(folder)
    out = None
    for i, text in articles(n):
        if i % 2000 == 0:
            if out:
                out.close()
            out = open(f"{folder}/{i // 2000:05d}.warc.gz", "wb")
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


def measure(recount, n):
    work = tempfile.mkdtemp(prefix="recount-corpus-")
    try:
        generate(work + "/in", n)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        p = subprocess.Popen([recount, "--quiet", "corpus", "scan", work + "/in", "--to", work + "/c"], stdout=subprocess.PIPE, text=True)
        top = 0
        while True:
            top = max(top, peak(p.pid))
            try:
                p.wait(0.2)
                break
            except subprocess.TimeoutExpired:
                pass
        said = p.stdout.read()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        whole = size(work + "/c")
        tables = sum(os.path.getsize(os.path.join(d, f)) for d, _, files in os.walk(work + "/c") for f in files if f.endswith(".parquet"))
        print(f"| {n:,} | {cpu:.0f} | {n / cpu:.0f} | {top} | {whole / n / 1000:.1f} | {tables / n / 1000:.1f} | {size(work + '/in') / n / 1000:.1f} |", flush=True)
        print(said.strip(), file=sys.stderr)
        return n, cpu, top
    finally:
        shutil.rmtree(work)


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


if __name__ == "__main__":
    print("| articles | CPU s | articles a CPU second | largest resident set, MB | kB an article, corpus | of them tables | and WARC in |\n|---|---|---|---|---|---|---|", flush=True)
    points = [measure(sys.argv[1], int(n)) for n in sys.argv[2:]]
    draw(points, os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus-growth.svg"))
