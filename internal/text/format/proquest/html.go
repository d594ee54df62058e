package proquest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"recount/internal/text/document"
	"recount/internal/text/page"
)

func (r *reader) readHTML(payload []byte) error {
	src, note := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		return err
	}
	if note != "" {
		r.set.Notes = append(r.set.Notes, note)
	}
	paths := page.NewPathIndex()
	holders := containers(doc)
	holder := map[*html.Node]*html.Node{} // of each element that was asked for
	var runs [][]segment
	var rest []segment
	var at *html.Node
	for i, p := range page.Pieces(doc) {
		s := segment{text: p.Text, path: p.Path(paths), from: i + 1, to: i + 1}
		if f, name, value := label(p.Text); f != "" && boldFirst(p.At, p.Run) {
			s.field, s.name, s.value = f, name, value
		}
		h, ok := holder[p.At]
		if !ok {
			for n := p.At; n != nil && h == nil; n = n.Parent {
				if holders[n] {
					h = n
				}
			}
			holder[p.At] = h
		}
		switch {
		case len(holders) > 0 && h == nil:
			rest = append(rest, s)
		case len(runs) == 0 || h != at:
			runs = append(runs, []segment{s})
		default:
			runs[len(runs)-1] = append(runs[len(runs)-1], s)
		}
		at = h
	}
	if len(rest) > 0 {
		r.furniture(rest, false)
	}
	for _, run := range runs {
		for _, segs := range split(run) {
			have := fieldsOf(segs)
			if !have[id_] && !have[fullText] && !(have[outlet] && have[date]) {
				r.furniture(segs, r.seen > 0)
				continue
			}
			rec := newRecord(segs, segs[0].path)
			r.add(rec, paragraphsOf(rec))
		}
	}
	return nil
}

// boldFirst reports whether the first words of an element are set in bold, as
// the names of fields are.
func boldFirst(n *html.Node, run int) bool {
	if n == nil || run != 1 {
		return false
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		switch {
		case k.Type == html.TextNode && strings.TrimSpace(k.Data) == "":
		case k.DataAtom == atom.Strong || k.DataAtom == atom.B:
			return true
		default:
			return false
		}
	}
	return false
}

// containers returns the elements that hold one record each: the widest ones
// around one number of a document. There are none if the records stand in no
// elements of their own.
func containers(doc *html.Node) map[*html.Node]bool {
	out := map[*html.Node]bool{}
	alone := false // some number has no element but its own
	var count func(n *html.Node) int
	count = func(n *html.Node) int {
		if n.DataAtom == atom.Strong || n.DataAtom == atom.B {
			if f, _, _ := label(page.TextOf(n)); f == id_ {
				return 1
			}
		}
		total := 0
		var single []*html.Node
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			c := count(k)
			total += c
			if c == 1 {
				single = append(single, k)
			}
		}
		if total > 1 {
			for _, k := range single {
				out[k] = true
				alone = alone || k.DataAtom == atom.P || k.DataAtom == atom.Strong || k.DataAtom == atom.B
			}
		}
		return total
	}
	if count(doc) < 2 || alone {
		return nil
	}
	return out
}

// split cuts segments that hold several records: a new one begins with the
// first segment below a number of a document that is no field.
func split(segs []segment) [][]segment {
	var out [][]segment
	from, numbered := 0, false
	for i, s := range segs {
		if numbered && s.field == "" && (i+1 == len(segs) || !kindsByField[segs[i+1].field].sure) || i > from && counted.MatchString(s.text) {
			out = append(out, segs[from:i])
			from, numbered = i, false
		}
		numbered = numbered || s.field == id_
	}
	return append(out, segs[from:])
}

// paragraphsOf returns the paragraphs of the text of a record.
func paragraphsOf(rec record) []document.Paragraph {
	if rec.text < 0 {
		return nil
	}
	var out []document.Paragraph
	if s := rec.segs[rec.text]; s.value != "" {
		out = append(out, document.Paragraph{Text: s.value, Path: s.path + valueOnly, Role: role(s.value)})
	}
	for _, s := range rec.segs[rec.text+1 : rec.end] {
		out = append(out, document.Paragraph{Text: s.text, Path: s.path, Role: role(s.text)})
	}
	return out
}

func findHTML(payload []byte, path string) (string, bool) {
	src, _ := page.Decode(payload, "")
	doc, err := page.Parse(src)
	if err != nil {
		return "", false
	}
	at, behind := strings.CutSuffix(path, valueOnly)
	s, err := page.Find(doc, at)
	if err == nil && behind {
		_, _, s = label(s)
	}
	return s, err == nil && s != ""
}
