package document

import (
	_ "embed"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/lang"
	"recount/internal/text/page"
)

//go:embed properties.txt
var propertyList string

var (
	properties = lang.Lists(propertyList)
	noTitles   = lang.Set(properties["alone"])
)

// Telling reports whether the title that the properties of a file give says
// something, and is not what a program, a template or the file is called.
func Telling(s string) bool {
	low := strings.ToLower(strings.TrimSpace(s))
	for _, w := range properties["within"] {
		if strings.Contains(low, w) {
			return false
		}
	}
	if noTitles[strings.TrimRight(low, " 0123456789()-")] || strings.ContainsAny(s, "_\\") {
		return false
	}
	letters, digits := 0, 0 // "20140514 ferry"
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			letters++
			digits = min(digits, 0)
		case unicode.IsDigit(r):
			if digits++; digits == 6 {
				return false
			}
		default:
			digits = 0
		}
	}
	return letters >= 3
}

// seen is how many words a line above the text has to be a headline where the
// properties name another title: fewer are a kicker.
const seen = 3

// Single returns the draft of a file that is one plain document: its title is
// the first headline among its paragraphs, else a subhead at the very top, else
// a line that its facts name as the title, else a short line above the text that
// is no sentence and no outlet, else what its facts name. The paragraph that is
// the title becomes a fact.
func Single(paras []Paragraph, facts []recount.Candidate) Draft {
	facts = slices.DeleteFunc(slices.Clone(facts), func(f recount.Candidate) bool { return f.Field == "title" && !Telling(f.Value) })
	d := Draft{Facts: facts}
	at, origin := -1, ""
	for i := range min(len(paras), 10) {
		if paras[i].Role == recount.Headline {
			at, origin = i, "title style"
			break
		}
	}
	for i := 0; i < min(len(paras), 3) && at < 0; i++ {
		if paras[i].Role == recount.Subhead {
			at, origin = i, "heading style"
		}
	}
	named := ""
	for _, f := range facts {
		if f.Field == "title" && named == "" {
			named = f.Value
		}
	}
	for i := 0; i < min(len(paras), 3) && at < 0; i++ {
		if named != "" && strings.EqualFold(paras[i].Text, named) {
			at, origin = i, "first line"
		}
	}
	for i := 0; i < min(len(paras)-1, 3) && at < 0 && Short(paras[i].Text); i++ {
		s := paras[i].Text
		if masthead(s) || above(s) != "" {
			continue // a headline may stand below
		}
		if named == "" || len(strings.Fields(s)) >= seen {
			at, origin = i, "first line"
		}
		break
	}
	if at < 0 && named == "" && len(paras) > 1 && Short(paras[0].Text) {
		at, origin = 0, "first line"
	}
	if at >= 0 {
		// What the text shows stands before what the properties of the file say.
		d.Facts = append([]recount.Candidate{{Field: "title", Value: paras[at].Text, Origin: origin}}, facts...)
		d.Paragraphs = append(append(d.Paragraphs, paras[:at]...), paras[at+1:]...)
	} else {
		d.Paragraphs = paras
	}
	d.Top(at >= 0)
	return d
}

// Top takes the lines that say who wrote an article and when off the top of a
// draft; titled says that its title stood above them, so that a subtitle may
// stand between.
func (d *Draft) Top(titled bool) {
	for n, seen := 0, 0; n < len(d.Paragraphs)-1 && seen < 4; seen++ {
		field := above(d.Paragraphs[n].Text)
		switch {
		case field != "":
			d.Facts = Fact(d.Facts, field, d.Paragraphs[n].Text, "line at the top")
			d.Paragraphs = append(append([]Paragraph{}, d.Paragraphs[:n]...), d.Paragraphs[n+1:]...)
		case titled && n == 0 && (d.Paragraphs[0].Role == recount.Subhead || masthead(d.Paragraphs[0].Text)):
			n++
		default:
			return
		}
	}
}

// masthead reports whether a short line is the name of an outlet.
func masthead(s string) bool {
	return len(strings.Fields(s)) <= 4 && strings.ToLower(s) != s && page.Imprint(strings.ToLower(s)) >= 0
}

// above returns what a line above an article says: "byline", "published" or
// nothing of these.
func above(s string) string {
	switch {
	case len(s) < 60 && Dated(s) && alone(s):
		return "published"
	case byline(s):
		return "byline"
	}
	return ""
}

// byline reports whether a line names an author: "By Ada Quill".
func byline(s string) bool {
	if len(s) > 120 || strings.ContainsAny(s, "?!:;\"“”") || strings.HasSuffix(s, ".") {
		return false
	}
	first, rest, ok := strings.Cut(s, " ")
	switch first {
	case "By", "BY", "Von", "Par", "Por", "Door", "Di", "Text":
	default:
		return false
	}
	words := strings.Fields(rest)
	if !ok || len(words) > 12 {
		return false
	}
	// Names begin with capitals; the first two words must, if there are two.
	for _, w := range words[:min(len(words), 2)] {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && w != "van" && w != "von" && w != "de" && w != "and" && w != "und" {
			return false
		}
	}
	return len(words) > 0
}

// Short reports whether a line looks like a headline: short, in letters, and
// not closed like a sentence.
func Short(s string) bool {
	n := utf8.RuneCountInString(s)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"'”’»“"))
	if n < 3 || n > 160 || strings.ContainsRune(".;,:", last) {
		return false
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// Lines cuts a paragraph at its line breaks and joins lines that a break only
// wraps: the line before is long and open, and the next goes on in lower case.
// Empty lines are passed over. White space in each line is as it was.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if strings.IndexByte(s, '\n') < 0 {
			if strings.TrimSpace(s) != "" {
				yield(s)
			}
			return
		}
		// A line that goes on in the next is collected in parts, so that many
		// short ones cost no more than their length.
		var parts []string
		last, gap := "", 0
		for l := range strings.SplitSeq(s, "\n") {
			if strings.TrimSpace(l) == "" {
				gap++
				continue
			}
			if len(parts) > 0 && (gap > 0 || !wraps(last, len(parts) > 1, l)) {
				if !yield(strings.Join(parts, " ")) {
					return
				}
				parts = parts[:0]
			}
			parts = append(parts, l)
			last, gap = l, 0
		}
		if len(parts) > 0 {
			yield(strings.Join(parts, " "))
		}
	}
}

// wraps reports whether a break between two lines stands inside a sentence;
// joined says that the line before goes on from another.
func wraps(before string, joined bool, after string) bool {
	before = strings.TrimRight(before, " \t\u00a0\"'”’»)]」』）")
	if len(before) < 60 && !joined {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \t\u00a0"))
	return unicode.IsLower(first) && !strings.ContainsRune(".!?:;…。！？", last)
}

// Numbered returns the path of the nth piece, from 1, of paragraph p: "p[12]",
// and "p[12]#2" for the second.
func Numbered(p, nth int) string {
	s := "p[" + strconv.Itoa(p) + "]"
	if nth > 1 {
		s += "#" + strconv.Itoa(nth)
	}
	return s
}
