#!/usr/bin/env python3
"""Counts packages, lines and importers at commits: docs/measure-house.py COMMIT..."""
import collections, os, re, statistics, subprocess, sys

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
