#!/bin/sh
# Figures of docs/measurements-report.md: the reports of the example, their size
# and cost, and how many sheets they print on. Needs chromium, soffice, pdfinfo.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/recount" ./cmd/recount
cd "$dir"
./recount -q demo s --no-serve >/dev/null
for kind in own said brief pile; do
	flag="--standard $kind"; name=$kind
	[ $kind = own ] && flag= && name=report
	# shellcheck disable=SC2086
	/usr/bin/time -f '%U %S %M' -o cost ./recount -q --study s report $flag >/dev/null
	read -r user system rss <cost
	numbers=$(grep -c '"page": "numbers/' s/out/$name/manifest.json)
	sheets=-
	word=-
	if [ -f s/out/$name/report.docx ]; then
		soffice --headless --convert-to pdf --outdir w s/out/$name/report.docx >/dev/null 2>&1
		word=$(pdfinfo w/report.pdf | awk '/^Pages/ {print $2}')
	fi
	chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf=p.pdf s/out/$name/index.html >/dev/null 2>&1
	sheets=$(pdfinfo p.pdf | awk '/^Pages/ {print $2}')
	echo "$kind: $(ls -R s/out/$name | grep -c html) pages, $numbers numbers, $(du -sk s/out/$name | cut -f1) kB, CPU $user + $system s, $((rss / 1024)) MiB, printed on $sheets sheets, Word $word sheets"
done
/usr/bin/time -f 'recount diff over the whole log: CPU %U + %S s' ./recount -q --study s diff 500 >/dev/null

# Generated: forty results with the evidence of 2,000 people, a report on 5,000
# pages with the size of its folder beside the text, one result over 100,000
# people with 1,000,000 statements. Processor time and memory of the whole
# process, making the material included. Needs the source of recount.
cd - >/dev/null
for package in report count; do
	go test -c -o "$dir/$package.test" ./internal/$package
done
for name in StudyOf2000People PileOf5000; do
	(cd internal/report && /usr/bin/time -f "$name: CPU %U + %S s, %M kB at most" "$dir/report.test" -test.run '^$' -test.bench "$name\$" -test.benchtime 1x) 2>&1 | grep -E '^(Benchmark|'$name')'
done
(cd internal/count && "$dir/count.test" -test.run '^$' -test.bench OneResultOf100000People -test.benchtime 3x) | grep '^Benchmark'
