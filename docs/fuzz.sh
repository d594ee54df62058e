#!/usr/bin/env bash
# Fuzzes the parsers of foreign bytes and writes docs/measurements-fuzz.md, which
# `make measure` takes over. Usage: FUZZTIME=10m JOBS=4 docs/fuzz.sh
set -uo pipefail
cd "$(dirname "$0")/.."
time=${FUZZTIME:-10m}
jobs=${JOBS:-2}
targets='
text FuzzExtract|HTML, whole pages
text/format/pdf FuzzRead|PDF
text/format/pdf/object FuzzOpen|PDF objects
text/format/docx FuzzParagraphs|Word, OpenDocument
text/format/rtf FuzzParagraphs|RTF
text/format/mail FuzzRead|e-mail, MHTML
text/format/transcript FuzzRead|transcripts
text/format/nexis FuzzRead|Nexis, LexisNexis
text/format/factiva FuzzHTML|Factiva HTML
text/format/factiva FuzzXML|Factiva XML
text/format/factiva FuzzRTF|Factiva RTF
text/format/proquest FuzzText|ProQuest text
text/format/proquest FuzzHTML|ProQuest HTML
text/format/table FuzzDelimited|CSV, TSV, lists
text/format/table FuzzRecords|JSON, JSON Lines
text/format/table FuzzWorkbook|Excel
text/format/biblio FuzzRIS|RIS
text/format/biblio FuzzBibTeX|BibTeX
text/format/biblio FuzzCSL|CSL-JSON
capture/feed FuzzParse|feeds, site maps
capture/web FuzzRobots|robots.txt
capture/unpack FuzzZIP|ZIP
capture/unpack FuzzTar|tar
capture/unpack FuzzWARC|WARC
study FuzzHandout|handouts
'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
one() {
  read -r package name <<< "${1%%|*}"
  log="$tmp/${package//\//-}-$name"
  if nice go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 20x -parallel 1 "./internal/$package" > "$log" 2>&1; then
    result='no crash'
  else
    result='**failed**'

  fi
  # "fuzz: elapsed: 10m0s, execs: 123456 (205/sec), new interesting: 12 (total: 90)"
  last=$(grep -o 'elapsed: .*' "$log" | tail -1)
  execs=$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' <<< "$last")
  corpus=$(sed -n 's/.*total: \([0-9]*\).*/\1/p' <<< "$last")
  printf '| %s | %s %s | %s | %s | %s | %s |\n' "${1##*|}" "$package" "$name" "$time" "${execs:-?}" "${corpus:-?}" "$result" > "$log.row"
}
export -f one
export tmp time
grep . <<< "$targets" | xargs -d '\n' -P "$jobs" -I{} bash -c 'one "{}"'
{
  printf '\n## Fuzzing\n\nEvery parser of what is brought in, one worker each, %s of them at a time on %s cores (`FUZZTIME=%s JOBS=%s docs/fuzz.sh`, %s). Corpus: inputs that reached something new, seeds included.\n\n' "$jobs" "$(nproc)" "$time" "$jobs" "$(date -u +%Y-%m-%d)"
  printf '| format | target | time | executions | corpus | result |\n|---|---|---|---|---|---|\n'
  grep . <<< "$targets" | while IFS= read -r t; do
    read -r package name <<< "${t%%|*}"
    cat "$tmp/${package//\//-}-$name.row"
  done
} > docs/measurements-fuzz.md
