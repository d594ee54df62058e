package proquest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// shortestRule is how many underscores or asterisks in a row make a line
// between two records.
const shortestRule = 20

// widest is the longest line that a file wrapped to a width has, in
// characters.
const widest = 120

// lines cuts a text into its lines, without what ends them.
func lines(s string) []string {
	out := strings.Split(s, "\n")
	for i, l := range out {
		out[i] = strings.TrimSuffix(l, "\r")
	}
	return out
}

// rule reports whether a line separates two records.
func rule(l string) bool {
	l = strings.TrimSpace(l)
	return len(l) >= shortestRule && (strings.Trim(l, "_") == "" || strings.Trim(l, "*") == "")
}

func (r *reader) readText(payload []byte) error {
	src, note := page.Decode(payload, "")
	if note != "" {
		r.set.Notes = append(r.set.Notes, note)
	}
	all := lines(src)
	if len(all) > maxLines {
		return page.Refuse(fmt.Sprintf("more than %d lines", maxLines), hint)
	}
	var recs []record
	var held [][]segment // below a record whose text has no end yet
	letGo := func() {
		for _, segs := range held {
			r.furniture(segs, len(recs) > 0)
		}
		held = nil
	}
	from := 0
	for i := 0; i <= len(all); i++ {
		if i < len(all) && !rule(all[i]) {
			continue
		}
		segs := segmentsOf(all[from:i], from)
		from = i + 1
		if len(segs) == 0 {
			continue
		}
		have := fieldsOf(segs)
		open := len(recs) > 0 && recs[len(recs)-1].open()
		switch {
		case open && have[id_] && !have[fullText] && !counted.MatchString(segs[0].text):
			// Lines of underscores stood inside a text.
			whole := recs[len(recs)-1].segs
			for _, h := range append(held, segs) {
				whole = append(whole, h...)
			}
			held = nil
			rec := newRecord(whole, span(whole))
			rec.notes = append(rec.notes, "a line of underscores or asterisks inside the text was read over")
			recs[len(recs)-1] = rec
		case have[id_] || have[fullText] || have[outlet] && have[date]:
			letGo()
			recs = append(recs, newRecord(segs, span(segs)))
		case open:
			held = append(held, segs)
		default:
			r.furniture(segs, len(recs) > 0)
		}
	}
	letGo()
	width := wrapWidth(all, recs)
	for _, rec := range recs {
		r.add(rec, textOf(all, rec, width))
	}
	return nil
}

// open reports whether a record has a text and neither a number nor fields
// below it, so that the text may go on behind a line of underscores.
func (rec *record) open() bool {
	return rec.text >= 0 && rec.end == len(rec.segs) && !fieldsOf(rec.segs)[id_]
}

func fieldsOf(segs []segment) map[field]bool {
	have := map[field]bool{}
	for _, s := range segs {
		have[s.field] = true
	}
	return have
}

func span(segs []segment) string {
	return fmt.Sprintf("lines %d-%d", segs[0].from, segs[len(segs)-1].to)
}

// segmentsOf cuts lines into segments at blank lines and where a line begins
// with the name of a field. before is how many lines stand above them.
func segmentsOf(list []string, before int) []segment {
	var out []segment
	var cur []string
	var s segment
	flush := func() {
		if len(cur) == 0 {
			return
		}
		s.text = page.Tidy(strings.Join(cur, " "))
		if s.field != "" {
			cur[0] = s.value
			s.value = page.Tidy(strings.Join(cur, " "))
		}
		if s.text != "" {
			out = append(out, s)
		}
		cur = cur[:0]
	}
	for i, l := range list {
		if strings.TrimSpace(l) == "" {
			flush()
			continue
		}
		f, name, value := label(strings.TrimSpace(l))
		if f != "" || len(cur) == 0 {
			flush()
			s = segment{field: f, name: name, value: value, from: before + i + 1}
		}
		cur = append(cur, l)
		s.to = before + i + 1
	}
	flush()
	return out
}

// wrapWidth returns the width that the texts of a file are wrapped to, in
// characters; 0 if each paragraph is one line.
func wrapWidth(all []string, recs []record) int {
	total, long, width := 0, 0, 0
	for _, rec := range recs {
		if rec.text < 0 {
			continue
		}
		for _, l := range all[rec.segs[rec.text].from-1 : rec.segs[rec.end-1].to] {
			n := utf8.RuneCountInString(strings.TrimRight(l, " \t\r"))
			if n == 0 {
				continue
			}
			total++
			switch {
			case n > widest:
				long++
			case strings.Contains(l, " ") && !strings.Contains(l, "://"):
				width = max(width, n)
			}
		}
	}
	if long*20 > total || width < 40 {
		return 0
	}
	return width
}

// textOf returns the paragraphs of the text of a record. A line is continued
// by the next one if the first word of that did not fit into the width.
func textOf(all []string, rec record, width int) []document.Paragraph {
	if rec.text < 0 {
		return nil
	}
	var out []document.Paragraph
	from := 0 // first line of the paragraph, from 1; 0 = none
	first := rec.segs[rec.text].from
	stop := rec.segs[rec.end-1].to
	flush := func(to int) {
		if from == 0 {
			return
		}
		path := "line[" + strconv.Itoa(from) + "]"
		if to > from {
			path = "line[" + strconv.Itoa(from) + "-" + strconv.Itoa(to) + "]"
		}
		if from == first {
			path += valueOnly
		}
		if t := read(all, from, to, from == first); t != "" {
			out = append(out, document.Paragraph{Text: t, Path: path, Role: role(t)})
		}
		from = 0
	}
	for n := first; n <= stop; n++ {
		l := strings.TrimSpace(all[n-1])
		if n == first {
			_, _, l = label(l)
			if l == "" {
				continue
			}
		}
		if l == "" || rule(l) {
			flush(n - 1)
			continue
		}
		if from > 0 {
			prev := utf8.RuneCountInString(strings.TrimRight(all[n-2], " \t\r"))
			word, _, _ := strings.Cut(l, " ")
			if width == 0 || prev+1+utf8.RuneCountInString(word) <= width {
				flush(n - 1)
			}
		}
		if from == 0 {
			from = n
		}
	}
	flush(stop)
	return out
}

// read returns lines from to to as one paragraph; behind says that it begins
// behind the name of a field.
func read(all []string, from, to int, behind bool) string {
	list := append([]string(nil), all[from-1:to]...)
	if behind {
		_, _, list[0] = label(strings.TrimSpace(list[0]))
	}
	return page.Tidy(strings.Join(list, " "))
}

var linePath = pattern.New(`^line\[(\d{1,9})(?:-(\d{1,9}))?\](/value)?$`)

func findText(payload []byte, path string) (string, bool) {
	m := linePath.FindStringSubmatch(path)
	if m == nil {
		return "", false
	}
	from, _ := strconv.Atoi(m[1])
	to := from
	if m[2] != "" {
		to, _ = strconv.Atoi(m[2])
	}
	src, _ := page.Decode(payload, "")
	all := lines(src)
	if from < 1 || to < from || to > len(all) {
		return "", false
	}
	s := read(all, from, to, m[3] != "")
	return s, s != ""
}
