#!/usr/bin/env python3
"""Counts packages, lines and importers at commits: docs/measure-house.py COMMIT...
With --cpu it runs tests, one package after the other and none from the cache, and says what
processor time each package took: docs/measure-house.py --cpu [./internal/count...]; all without."""
import collections, ctypes, json, os, re, resource, statistics, subprocess, sys, tempfile, time

if sys.argv[1:2] == ["--exec"]:  # what `go test -exec` starts: the binary of one package
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what outlives its parent is counted too
    began = time.time()
    code = subprocess.call(sys.argv[2:])
    end = time.time() + 20
    while time.time() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(os.environ["MEASURE_TO"], "a") as f:
        print(json.dumps([os.getcwd(), used.ru_utime, used.ru_stime, time.time() - began]), file=f)
    sys.exit(code)

if sys.argv[1:2] == ["--cpu"]:
    to = os.path.join(tempfile.mkdtemp(), "used")
    open(to, "w").close()
    code = subprocess.call(["go", "test", "-p", "1", "-count", "1", "-timeout", "60m",
                            "-exec", f"{sys.executable} {os.path.abspath(__file__)} --exec", *(sys.argv[2:] or ["./..."])],
                           env={**os.environ, "MEASURE_TO": to}, stdout=sys.stderr)
    rows = [json.loads(line) for line in open(to)]
    print("| package | user, s | system, s | both, s | by the clock, s |\n|---|---|---|---|---|")
    for name, user, system, wall in sorted(rows, key=lambda r: -r[1] - r[2]) + [["all", *(sum(r[i] for r in rows) for i in (1, 2, 3))]]:
        print(f"| {os.path.relpath(name) if name != 'all' else name} | {user:.1f} | {system:.1f} | {user+system:.1f} | {wall:.1f} |")
    sys.exit(code)

def git(*args):
    return subprocess.run(["git", *args], check=True, capture_output=True, text=True, errors="replace").stdout

print("| commit | packages | with exactly one importer | lines, median | lines, largest | lines of code | lines of tests |")
print("|---|---|---|---|---|---|---|")
for commit in sys.argv[1:]:
    lines, tests, importers = collections.Counter(), 0, collections.defaultdict(set)
    for name in git("ls-tree", "-r", "--name-only", commit).split("\n"):
        if not name.endswith(".go") or "/testdata/" in name or name.startswith("standin/"):
            continue
        text = git("show", f"{commit}:{name}")
        n, package = text.count("\n"), os.path.dirname(name) or "."
        if name.endswith("_test.go"):
            tests += n
            continue
        lines[package] += n
        for to in re.findall(r'^(?:import )?\s*(?:\w+ )?"recount(?:/([^"]+))?"$', text, re.M):
            if (to or ".") != package:
                importers[to or "."].add(package)
    sizes = sorted(lines.values())
    one = sum(len(importers[p]) == 1 for p in lines)
    print(f"| {git('rev-parse', '--short', commit).strip()} | {len(lines)} | {one} ({100*one/len(lines):.0f}%) "
          f"| {statistics.median(sizes):.0f} | {sizes[-1]} ({lines.most_common(1)[0][0]}) | {sum(sizes)} | {tests} |")
