package page

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"recount/internal/lang"
)

// cyrillics are the encodings of one byte a letter in which Russian and its
// neighbours were written, the likeliest first. In each of them the text of another
// is letters too, so that only the letters tell which one is right.
var cyrillics = [...]cyrillic{
	{"windows-1251", charmap.Windows1251}, {"koi8-r", charmap.KOI8R}, {"koi8-u", charmap.KOI8U}, {"iso-8859-5", charmap.ISO8859_5}, {"ibm866", charmap.CodePage866}, {"x-mac-cyrillic", charmap.MacintoshCyrillic},
}

type cyrillic struct {
	name string
	enc  *charmap.Charmap
}

// How sure the letters must be: so many of them, so often on average in
// thousandths, and in how many bytes they are counted.
const (
	fewestCyrillic = 24
	leastCyrillic  = 40
	mostCyrillic   = 8 << 10
)

// cyrillicBytes returns the Cyrillic encoding in which bytes are running text, if
// they are none under the label; "" if the label may be right or nothing fits.
func cyrillicBytes(b []byte, label string) string {
	own := -1
	for i := range cyrillics {
		if cyrillics[i].name == label {
			own = i
		}
	}
	switch label {
	case "", "utf-8", "windows-1250", "iso-8859-2", "windows-1252", "windows-1254", "windows-1257", "x-user-defined", "iso-8859-15", "macintosh":
		if !mistaken(b) {
			return "" // single letters with signs: a Latin alphabet
		}
	default:
		if own < 0 {
			return ""
		}
	}
	part := sample(b)
	high := foreign(part)
	if high < fewestCyrillic {
		return ""
	}
	if len(part) > mostCyrillic && high*2 > len(part) {
		part = part[:mostCyrillic]
		high = foreign(part)
	}
	best, most := -1, likeness{}
	if own >= 0 {
		best, most = own, likeCyrillic(part, own)
	}
	mine := most
	for i := range cyrillics {
		if n := likeCyrillic(part, i); n.letters > most.letters {
			best, most = i, n
		}
	}
	switch {
	case best < 0 || best == own || most.letters < leastCyrillic*high:
		return ""
	case own < 0 && (most.odd*12 > high || most.small*2 < high || most.capitals == 0):
		return "" // Greek and Hebrew are letters too, but not such words
	case own >= 0 && most.letters*3 < mine.letters*4 && most.odd*3 >= mine.odd:
		return "" // near to what the label says, and as odd: windows-1251 and Macintosh share most letters
	}
	return cyrillics[best].name
}

// A likeness says how much bytes are like a text of one language in one encoding.
type likeness struct {
	letters         int // how often its letters stand in the language, added up, less what is odd
	odd             int // places that no text has
	small, capitals int
}

// Signs beside letters and ASCII: those that may stand behind a letter, and those
// that stand before a word.
const (
	signsBehind = "\u00a0»“”‘’—–…©®•·°™"
	signsBefore = "«„‚№§×±€¿"
)

// cyrillicTables are the letters of each encoding, and how often they stand in each
// language.
var cyrillicTables = sync.OnceValue(func() *[len(cyrillics)]cyrillicTable {
	out := new([len(cyrillics)]cyrillicTable)
	for i, c := range cyrillics {
		for _, often := range lang.Letters() {
			var t [256]int
			for b := range 256 {
				r := c.enc.DecodeByte(byte(b))
				out[i].letters[b] = r
				if b >= utf8.RuneSelf {
					t[b] = often[unicode.ToLower(r)]
				}
			}
			out[i].often = append(out[i].often, t)
		}
	}
	return out
})

type cyrillicTable struct {
	letters [256]rune
	often   [][256]int // by language
}

// likeCyrillic adds up how often the letters of a text stand in the language that
// they fit best, less what no text has: a capital behind a small letter, a sign that
// is none of writing or stands where none does.
func likeCyrillic(b []byte, encoding int) likeness {
	const cost = 100 // of an odd place, in thousandths
	table := &cyrillicTables()[encoding]
	best := likeness{}
	for k := range table.often {
		often := &table.often[k]
		var out likeness
		last, lower := false, false // the byte before is a letter, a small one
		for i, c := range b {
			if c < utf8.RuneSelf {
				last, lower = c|0x20 >= 'a' && c|0x20 <= 'z', c >= 'a' && c <= 'z'
				continue
			}
			r, n := table.letters[c], often[c]
			capital := unicode.IsUpper(r)
			odd := n > 0 && capital && lower
			if n == 0 {
				joined := i+1 < len(b) && often[b[i+1]] > 0
				odd = !strings.ContainsRune(signsBehind, r) && (last || !strings.ContainsRune(signsBefore, r) || r != '№' && r != '§' && i+1 < len(b) && b[i+1] == ' ') || last && joined && r != '’'
			}
			if odd {
				out.odd++
				n = -cost
			}
			out.letters += n
			last, lower = often[c] > 0, often[c] > 0 && !capital
			switch {
			case lower:
				out.small++
			case last:
				out.capitals++
			}
		}
		if k == 0 || out.letters > best.letters {
			best = out
		}
	}
	return best
}
