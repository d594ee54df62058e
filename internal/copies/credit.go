package copies

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// A credit is what an article says about where its text comes from. Agencies
// are a list by hand; others are not known.
type credit struct {
	outlet    string
	Published string // ISO 8601, cut to its precision
	agency    string // agency named in byline or dateline, or ""
	line      string // byline and dateline in lower case
}

// agencies maps words as they stand in bylines, datelines and outlet names to
// the agency they mean. A short name counts in capitals and brackets, "(PA)",
// or as a whole piece of a byline, because PA is a state and Sana a woman too.
var agencies = []struct {
	name   string
	short  string // in capitals
	spoken string // in lower case
}{
	{"The Associated Press", "AP", "associated press"},
	{"Reuters", "REUTERS", "reuters"},
	{"Agence France-Presse", "AFP", "agence france-presse"},
	{"Press Association", "PA", "press association"},
	{"PA Media", "PA", "pa media"},
	{"Deutsche Presse-Agentur", "DPA", "deutsche presse-agentur"},
	{"EFE", "EFE", "agencia efe"},
	{"ANSA", "ANSA", "agenzia ansa"},
	{"TASS", "TASS", "itar-tass"},
	{"Interfax", "INTERFAX", "interfax"},
	{"Xinhua", "XINHUA", "xinhua"},
	{"Kyodo News", "KYODO", "kyodo"},
	{"Anadolu Agency", "AA", "anadolu"},
	{"United Press International", "UPI", "united press international"},
	{"Press Trust of India", "PTI", "press trust of india"},
	{"Asian News International", "ANI", "asian news international"},
	{"Indo-Asian News Service", "IANS", "indo-asian news service"},
	{"The Canadian Press", "CP", "canadian press"},
	{"Australian Associated Press", "AAP", "australian associated press"},
	{"Bloomberg", "BLOOMBERG", "bloomberg news"},
	{"Yonhap", "YONHAP", "yonhap"},
	{"APA", "APA", "austria presse agentur"},
	{"Keystone-SDA", "SDA", "keystone-sda"},
	{"Europa Press", "EP", "europa press"},
	{"Belga", "BELGA", "belga"},
	{"ANP", "ANP", "algemeen nederlands persbureau"},
	{"Ritzau", "RITZAU", "ritzau"},
	{"NTB", "NTB", "norsk telegrambyrå"},
	{"TT", "TT", "tidningarnas telegrambyrå"},
	{"IRNA", "IRNA", "islamic republic news agency"},
	{"SANA", "SANA", "syrian arab news agency"},
	{"MENA", "MENA", "middle east news agency"},
	{"wire services", "", "wire services"},
	{"agency reports", "", "agency reports"},
	{"wire reports", "", "wire reports"},
	{"news agency", "", "news agency"},
	{"news agencies", "", "news agencies"},
	{"agencies", "", "agencies"},
}

// creditOf reads the credit of a out of its outlet, byline and dateline. Where
// the page marks no dateline, the opening of the first body line up to a dash
// stands for it.
func creditOf(a *recount.Article) credit {
	byline, line := clip(a.Byline, 300), dateline(a)
	for _, b := range a.Blocks {
		switch {
		case !b.Span.Within(a.Text):
		case b.Role == recount.Byline:
			byline += ", " + clip(b.Span.In(a.Text), 300)
		case b.Role == recount.Dateline:
			line += " " + clip(b.Span.In(a.Text), 300)
		}
	}
	c := credit{
		outlet:    clip(a.Outlet, 200),
		Published: a.Published,
		agency:    agencyIn(byline, true),
		line:      strings.ToLower(byline + ", " + line),
	}
	if c.agency == "" {
		c.agency = agencyIn(line, false)
	}
	return c
}

// dateline returns the opening "CITY (AP) -" of the first line of body text,
// or "".
func dateline(a *recount.Article) string {
	text := clip(a.Text, 4000)
	for _, b := range a.Blocks {
		if b.Role == recount.Body && b.Span.Within(a.Text) {
			text = clip(b.Span.In(a.Text), 200)
			break
		}
	}
	text = clip(text, 80)
	text, _, _ = strings.Cut(text, "\n")
	for _, dash := range []string{" - ", " – ", " — ", "—", " -- "} {
		if d, _, ok := strings.Cut(text, dash); ok {
			return d
		}
	}
	if strings.HasPrefix(text, "(") {
		if d, _, ok := strings.Cut(text, ")"); ok {
			return d + ")"
		}
	}
	return ""
}

// agencyIn returns the agency that line names, or "". In a byline, a short
// name may stand by itself.
func agencyIn(line string, byline bool) string {
	if line == "" {
		return ""
	}
	low := strings.ToLower(line)
	pieces := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(",;/|()&", r) })
	for i := range pieces {
		pieces[i] = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(pieces[i]), "By "), "by ")
	}
	for _, g := range agencies {
		if hasWord(low, g.spoken) || g.short != "" &&
			(strings.Contains(line, "("+g.short+")") || byline && slices.Contains(pieces, g.short)) {
			return g.name
		}
	}
	return ""
}

// hasWord reports whether word stands in s with no letter or digit of ASCII
// at its sides.
func hasWord(s, word string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], word)
		if i < 0 {
			return false
		}
		i += from
		j := i + len(word)
		if (i == 0 || !alphanumeric(s[i-1])) && (j == len(s) || !alphanumeric(s[j])) {
			return true
		}
		from = i + 1
	}
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// clip returns at most n bytes of s, cut between two code points.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// encode appends c to b.
func (c *credit) encode(b []byte) []byte {
	for _, s := range []string{c.outlet, c.Published, c.agency, c.line} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}

// decode reads what encode wrote; false if b is cut short.
func (c *credit) decode(b []byte) bool {
	for _, p := range []*string{&c.outlet, &c.Published, &c.agency, &c.line} {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return false
		}
		*p = string(b[k : k+int(n)])
		b = b[k+int(n):]
	}
	return true
}

// direction says which of two articles that share text was probably first,
// -1 for a, 1 for b, 0 if nothing speaks for either, and why. In this order:
// a credit to the other's outlet, an outlet that is an agency, the earlier
// time, an agency's credit on one side, the longer text.
func direction(a, b *credit, wordsA, wordsB int) (int, string) {
	if c, why := byOutlet(a, b); c != 0 {
		return c, why
	}
	if c, why := earlier(a.Published, b.Published); c != 0 {
		return c, why
	}
	switch {
	case a.agency != "" && b.agency == "":
		return -1, "credits " + a.agency + ", the other credits no agency"
	case b.agency != "" && a.agency == "":
		return 1, "credits " + b.agency + ", the other credits no agency"
	}
	switch na, nb := wordsA, wordsB; {
	case na > nb:
		return -1, fmt.Sprintf("the longer text: %d words, the other has %d", na, nb)
	case nb > na:
		return 1, fmt.Sprintf("the longer text: %d words, the other has %d", nb, na)
	}
	return 0, ""
}

func byOutlet(a, b *credit) (int, string) {
	creditsA, creditsB := names(b, a.outlet), names(a, b.outlet)
	switch {
	case creditsA && !creditsB:
		return -1, "the other credits " + a.outlet
	case creditsB && !creditsA:
		return 1, "the other credits " + b.outlet
	}
	ga, gb := agencyIn(a.outlet, true), agencyIn(b.outlet, true)
	switch {
	case ga != "" && gb == "":
		return -1, "published by the agency " + a.outlet
	case gb != "" && ga == "":
		return 1, "published by the agency " + b.outlet
	}
	return 0, ""
}

// names reports whether c's byline or dateline names outlet, which is not its own.
func names(c *credit, outlet string) bool {
	if outlet == "" || strings.EqualFold(outlet, c.outlet) {
		return false
	}
	if g := agencyIn(outlet, true); g != "" && g == c.agency {
		return true
	}
	return len(outlet) > 3 && hasWord(c.line, strings.ToLower(outlet))
}

// earlier compares two ISO 8601 dates that may be cut to different precision. Where one
// could lie before and after the other, neither is earlier.
func earlier(a, b string) (int, string) {
	a0, a1, ok := recount.TimeSpan(a)
	if !ok {
		return 0, ""
	}
	b0, b1, ok := recount.TimeSpan(b)
	switch {
	case !ok:
		return 0, ""
	case !a1.After(b0):
		return -1, "published " + a + ", the other " + b
	case !b1.After(a0):
		return 1, "published " + b + ", the other " + a
	}
	return 0, ""
}
