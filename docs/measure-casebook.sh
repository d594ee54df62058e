#!/usr/bin/env bash
# Writes docs/measurements-casebook.md and docs/casebook-growth.svg: what a
# decision costs in studies of growing size.
# Usage: docs/measure-casebook.sh [SIZES [DERIVED]], by default 1000,10000 both.
# RECOUNT_STUDIES=DIR keeps the generated studies there and uses them again:
# one of 100,000 articles takes longer to make than to measure.
set -euo pipefail
cd "$(dirname "$0")/.."
sizes=${1:-1000,10000}
derived=${2:-1000,10000}
out=docs/measurements-casebook.md
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT

block() { # command, shown as it is and run
  printf '\n```console\n$ %s\n' "$1"
  bash -c "$1" 2>&1 | grep -E '^(Benchmark|cpu:)|one added|another text|at once' | sed 's/^ *[a-z_]*\.go:[0-9]*: //' || true
  printf '```\n'
}

{
cat <<'HEAD'
# Measurements: the casebook

Made by `bash docs/measure-casebook.sh`; every block shows its command and what it printed. `cpu-ms/op` is processor time, which a busy machine
changes less than the wall time before it; read ratios between sizes. The studies are generated: 6 speakers and 12 statements an article,
2 scope answers, nearly one open pair, one answer in ten about a date, an outlet, a code or a value. A study is opened as a program leaves it that
has opened it once: packed. Counts and results stood before the change that is measured.

Bars (processor time): open 0.15 / 1.5 / 15 s at 1,000 / 10,000 / 100,000 articles, with 200 MB and 1.2 GB at the last two; one decision saved and applied
10 / 15 / 30 ms; headline counts with exact ranges after it 10 / 40 / 200 ms; the first 100 of a list 10 / 20 / 50 ms; one added article derived and joined
0.1 / 0.2 / 0.5 s; 40 results 0.5 / 2 / 15 s. The program before took 0.4 s to load and 0.7 s for one count at 1,000 articles, and a minute at 10,000.

| | 1,000 articles, before | 10,000, before |
|---|---|---|
| open, before anything was packed | 0.18 s, 49 MB allocated | 2.4 to 3.2 s, 551 MB allocated, 138 MB held |
| headline with two tables | 6.0 ms | 84 ms |
| forty results | 0.28 s | not finished: ten minutes, twelve gigabytes |
HEAD
printf '\nDate: %s. Machine: %s, %s cores, %s; load when it began %s.\n' "$(date -u +%Y-%m-%d)" "$(uname -sm)" "$(nproc)" "$(go version | cut -d' ' -f3)" "$(cut -d' ' -f1 /proc/loadavg)"
printf '\n![Processor time over the number of articles](casebook-growth.svg)\n'
printf '\n## Opening, deciding, listing\n'
block "RECOUNT_SIZES=$sizes go test -timeout 60m -run xxx -bench . -benchtime 5x ./internal/casebook"
printf '\n## Counting after one group changed\n'
counted="(${sizes//,/|})\$"
block "go test -timeout 60m -run xxx -bench 'HeadlineAfterOneGroup/$counted' -benchtime 20x ./internal/count"
block "go test -timeout 60m -run xxx -bench 'FortyResults.*/$counted' -benchtime 2x ./internal/count"
printf '\n## What a question does to a number\n'
block "go test -timeout 60m -run xxx -bench 'Question/.*/$counted' -benchtime 200x ./internal/count"
printf '\n## One page derived around itself\n'
block "DERIVE_MANY=$derived go test -timeout 60m -count=1 -v -run TestSpeed ./internal/study"
sed -n '/^## What falls short/,$p' "$out" | sed '1i\\'
} > "$tmp"
mv "$tmp" "$out"
chmod 644 "$out"
CASEBOOK_PLOT=$PWD/docs/casebook-growth.svg go test -count=1 -run TestGrowthIsDrawn ./internal/casebook
