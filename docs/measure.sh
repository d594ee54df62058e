#!/usr/bin/env bash
# Writes docs/measurements.md: runs every measurement and keeps what it printed,
# so that no figure is typed by hand. Usage: make measure (needs the measuring
# data beside the checkout, python3 and GNU time; takes a quarter of an hour).
set -euo pipefail
cd "$(dirname "$0")/.."
shared=../shared
[ -d "$shared/gold" ] || { echo "the measuring data ($shared) is not here"; exit 1; }
out=docs/measurements.md
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
CGO_ENABLED=0 go build -trimpath -o "$tmp/recount" ./cmd/recount

section() { printf '\n## %s\n\n%s\n' "$1" "$2"; }
block() { # command..., shown as it is and run
  printf '\n```console\n$ %s\n' "$1"
  bash -c "${2:-$1}" 2>&1 | sed "s#$tmp/##g; s#$PWD/##g" | grep -v '^\(=== \|PASS\|ok \|--- PASS\)' || true
  printf '```\n'
}

{
cat <<'HEAD'
# Measurements

Made by `make measure`; every block shows its command and what it printed. Figures of speed are from a shared machine and differ from
run to run by a fifth or more: read ratios within one block, not seconds. Quality is measured on development data, on which recount was
built, so it says how good recount is there and no more. The measuring data is third-party material that is not part of this repository.

Further: [the casebook](measurements-casebook.md), [people](measurements-people.md), [reading](measurements-reading.md), [kinds of faults in pages and files](measurements-kinds.md),
[figures and copies](measurements-figures.md), [fuzzing](measurements-fuzz.md), [the study as evidence](measurements-evidence.md), [the house](measurements-house.md),
[the workbench](measurements-workbench.md), [corpora](measurements-corpus.md), [reports](measurements-report.md), [releases](measurements-release.md).
HEAD
printf '\nDate: %s. Machine: %s, %s cores, %s. recount %s.\n' "$(date -u +%Y-%m-%d)" "$(uname -sm)" "$(nproc)" "$(go version | cut -d' ' -f3)" "$("$tmp/recount" version | cut -d' ' -f2)"

section "Text of pages" "141 real pages; recount beside go-trafilatura's default and readeck in one run: 4-gram F1, paragraphs, quotations kept, pages per CPU second (bars .970, .93, all, 60 and 1.5 times go-trafilatura), with a paired bootstrap over the pages; and the pages of the example study."
block "go test -v -count=1 -run 'TestPages|TestStudy' ./internal/text"

section "Capture and import" "One file of every format in one folder, against what somebody wrote down by hand about each: title, outlet, day, byline, address, text, what was left over; each block led back to its place in the stored file. PDF files set in 144 ways, and beside another reader. A WARC file of 1 GB in the manner of CC-NEWS (bars: 40 MB/s inflated with a host filter, 300 MB). Hostile files through a whole study (bars: 2 s of processor time and 256 MB each, the study whole)."
block "go test -v -count=1 -run TestOneFileOfEveryFormat ./internal/study"
block "go test -v -count=1 -run 'TestParagraphs|TestThePeer|Printed|PrintsIt' ./internal/text/format/pdf"
block "RECOUNT_NEWS_MB=1000 go test -run xxx -bench CCNews -benchtime 1x ./internal/capture/unpack" "RECOUNT_NEWS_MB=1000 go test -run xxx -bench CCNews -benchtime 1x ./internal/capture/unpack | grep '^Benchmark'"
block "go test -v -count=1 -run TestHostile ./internal/cli"

section "A whole study" "The pages of the example study through the plumbing, against its truth."
block "python3 ../shared/gold/score_study.py ../shared/study-order recount" "python3 $shared/gold/score_study.py $shared/study-order $tmp/recount"

section "Who said what" "PolNeAR dev (84 articles): linked F1 and segment F1; speakers of 40 of them. The bars of the issue are 85 (speech), 96 (speech, direct), 67 (all), 75 / 68 / 63 (segments), found 88 and right speaker 90, kind 90, gender 95."
zcat "$shared/gold/polnear-dev.jsonl.gz" > "$tmp/dev.jsonl"
"$tmp/recount" quotes "$tmp/dev.jsonl" > "$tmp/dev.pred.jsonl"
"$tmp/recount" quotes "$shared/gold/speakers_dev.jsonl" > "$tmp/speakers.pred.jsonl"
block "python3 ../shared/gold/score.py polnear-dev.jsonl.gz dev.pred.jsonl --boot 200" "python3 $shared/gold/score.py $shared/gold/polnear-dev.jsonl.gz $tmp/dev.pred.jsonl --boot 200"
block "python3 ../shared/gold/score.py polnear-dev.jsonl.gz dev.pred.jsonl --speech --boot 200" "python3 $shared/gold/score.py $shared/gold/polnear-dev.jsonl.gz $tmp/dev.pred.jsonl --speech --boot 200"
block "python3 ../shared/gold/score_speakers.py speakers_dev.jsonl speakers.pred.jsonl" "python3 $shared/gold/score_speakers.py $shared/gold/speakers_dev.jsonl $tmp/speakers.pred.jsonl"

block "go test -v -count=1 -run TestReliability ./internal/quotes"

section "Reported figures" "The figures of 40 articles (bars: span 93, value and qualifier 90, with unit head 85); the groups of the example study (bar: 30 of 40 members)."
block "python3 ../shared/gold/score_figures.py speakers_dev.jsonl speakers.pred.jsonl" "python3 $shared/gold/score_figures.py $shared/gold/speakers_dev.jsonl $tmp/speakers.pred.jsonl"
block "go test -v -count=1 -run 'Study|Seed' ./internal/figures"

section "Copies and origins" "Real outlets (ECB+), known rewrites, spliced pages; bars .98 / .94 / .88, .995 / .98 / .98 / .97, .95, and .99 / .95 / .95 / .95 / .95 / .85. A stock MinHash-LSH on the same data in the same run."
block "go test -v -count=1 -run 'TestRealOutlets|TestKnownRewrites|TestSplicedPages|TestStudyWithKnownAnswer|TestNamedChanges|Peer' ./internal/copies"

block "go test -run xxx -bench . -benchmem ./internal/copies" "go test -run xxx -bench . -benchmem ./internal/copies | grep '^Benchmark'"
if [ -n "${MANY:-}" ]; then
  block "COPIES_MANY=10000,100000,1000000 COPIES_PLOT=docs/copies-growth.svg go test -run ManyArticles -v -timeout 60m ./internal/copies" \
    "COPIES_MANY=10000,100000,1000000 COPIES_PLOT=$PWD/docs/copies-growth.svg go test -run ManyArticles -v -timeout 60m ./internal/copies"
  printf '\n![Time over the number of articles](copies-growth.svg)\n'
fi

section "Names and persons" "Name pairs (goals .78 and .92), persons across articles (goals: recall .65 at precision .95, B-cubed .80)."
for f in names_nk_dev names_arabic_dev; do
  "$tmp/recount" match "$shared/gold/$f.jsonl" > "$tmp/$f.pred.jsonl"
  block "python3 ../shared/gold/score_names.py $f.jsonl $f.pred.jsonl" "python3 $shared/gold/score_names.py $shared/gold/$f.jsonl $tmp/$f.pred.jsonl"
done
"$tmp/recount" propose "$shared/gold/persons_ecb_dev.jsonl" > "$tmp/persons.pred.jsonl"
block "python3 ../shared/gold/score_persons.py persons_ecb_dev.jsonl persons.pred.jsonl" "python3 $shared/gold/score_persons.py $shared/gold/persons_ecb_dev.jsonl $tmp/persons.pred.jsonl"

section "Studies entered completely" "How much of the work on the example study and on the study of Larkfield accepted what the program suggested, and how much had to be corrected or typed in; and what it takes at the command line."
block "RECOUNT_ENTER=all go test -v -count=1 -timeout 40m ./examples/make"

section "End to end" "From 141 real pages to the report on what is in the pile; from 34 pages with decisions to the report of the study."
block "/usr/bin/time -f '%e s, %U s user, %M kB peak' recount run ../shared/pages/html" "/usr/bin/time -f '%e s, %U s user, %M kB peak' $tmp/recount run $shared/pages/html --study $tmp/pages-study -q | sed -n 1,3p"
block "/usr/bin/time -f '%e s, %U s user, %M kB peak' recount demo --no-serve" "/usr/bin/time -f '%e s, %U s user, %M kB peak' $tmp/recount demo $tmp/order-study --no-serve -q"
block "/usr/bin/time -f '%e s, %U s user, %M kB peak' recount recheck" "/usr/bin/time -f '%e s, %U s user, %M kB peak' $tmp/recount recheck --study $tmp/order-study"

section "Benchmarks" "One run each; ns per operation, bytes and allocations."
block "go test -run xxx -bench . -benchtime 200ms -benchmem ./internal/..." "go test -run xxx -bench . -benchtime 200ms -benchmem ./internal/... | grep '^Benchmark'"

section "Start" "Ten starts that do nothing, in order (bar: 150 ms). Nearly all of it are tables of go-dateparser, which are built when a program starts that holds it."
block "for i in 1 2 3 4 5 6 7 8 9 10; do /usr/bin/time -f '%e s, %U s user' recount version; done" "for i in 1 2 3 4 5 6 7 8 9 10; do /usr/bin/time -f '%e s, %U s user' $tmp/recount version; done 2>&1 >/dev/null | sort | tr '\\n' ';'; echo"

section "Size" "The binary, built without cgo; the same without symbols."
block "ls -l recount" "stat -c '%s bytes' $tmp/recount"
block "go build -ldflags '-s -w'" "CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o $tmp/small ./cmd/recount && stat -c '%s bytes' $tmp/small"

section "Log of kinds" "Faults that real pages, files and complaints showed, by kind: cases of our own before and after, and the room that changed. Text of pages and files, with studies and reports; then reported figures and copies. What was measured beside them stands in measurements-kinds.md and measurements-figures.md."
awk '/^## / { s = $0 } s ~ /Text of pages and files/ && /^\|/ { if (/^\| kind \|/) print ""; print }' docs/measurements-kinds.md
awk '/^## / { s = $0 } s ~ /Kinds of faults/ && /^\|/ { if (/^\| kind \|/) print ""; print }' docs/measurements-figures.md

if [ -f docs/measurements-fuzz.md ]; then cat docs/measurements-fuzz.md; fi
if [ -f docs/measurements-notes.md ]; then printf '\n'; cat docs/measurements-notes.md; fi
} > "$tmp/measurements.md"
mv "$tmp/measurements.md" "$out"
