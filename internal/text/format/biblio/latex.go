package biblio

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// accents maps the commands for accents to combining marks.
var accents = map[string]rune{
	"`": '\u0300', "'": '\u0301', "^": '\u0302', "~": '\u0303', "=": '\u0304', "u": '\u0306', ".": '\u0307', `"`: '\u0308',
	"r": '\u030a', "H": '\u030b', "v": '\u030c', "d": '\u0323', "c": '\u0327', "k": '\u0328', "b": '\u0331',
}

// letters maps commands to what they print.
var letters = map[string]string{
	"ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
	"i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
	"textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
	"textquotedbl": `"`, "textquotesingle": "'", "quotedblbase": "„", "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»",
	"flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“", "guilsinglleft": "‹", "guilsinglright": "›",
	"textellipsis": "…", "ldots": "…", "dots": "…", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": `\`, "textbar": "|",
	"textunderscore": "_", "textless": "<", "textgreater": ">", "textbraceleft": "{", "textbraceright": "}", "textdollar": "$",
	"pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "textyen": "¥", "textdegree": "°", "copyright": "©", "textcopyright": "©",
	"textregistered": "®", "texttrademark": "™", "S": "§", "textsection": "§", "P": "¶", "textbullet": "•", "textperiodcentered": "·",
	"textexclamdown": "¡", "textquestiondown": "¿", "slash": "/", "textvisiblespace": " ", "nobreakspace": " ", "quad": " ", "space": " ",
	"times": "×", "textonehalf": "½", "textnumero": "№",
}

// latex returns a value as it is printed: accents and signs resolved, braces
// and commands for type faces dropped.
func latex(s string) string {
	if len(s) > 4*maxFact {
		s = strings.ToValidUTF8(s[:4*maxFact], "")
	}
	if !strings.ContainsAny(s, "\\{}~`'-$") {
		return strings.Join(strings.Fields(s), " ")
	}
	var b strings.Builder
	formulas := strings.Count(s, "$")-strings.Count(s, `\$`) > 1
	var mark rune // an accent that waits for its letter
	put := func(t string) {
		if mark != 0 && t != "" {
			_, n := utf8.DecodeRuneInString(t)
			letter := t[:n]
			switch letter {
			case "ı":
				letter = "i"
			case "ȷ":
				letter = "j"
			}
			b.WriteString(norm.NFC.String(letter + string(mark)))
			t, mark = t[n:], 0
		}
		b.WriteString(t)
	}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			name := s[i+1 : i+2]
			if letter(s[i+1]) {
				j := i + 1
				for j < len(s) && letter(s[j]) {
					j++
				}
				name = s[i+1 : j]
			}
			i += 1 + len(name)
			if m, ok := accents[name]; ok && (letter(name[0]) || i < len(s)) {
				if !letter(name[0]) || i < len(s) && (s[i] == '{' || s[i] == ' ' || s[i] == '\\') {
					if strings.HasPrefix(s[i:], "{}") {
						put(name) // the sign itself
						i += 2
						continue
					}
					mark = m
					for i < len(s) && s[i] == ' ' {
						i++
					}
					continue
				}
			}
			if t, ok := letters[name]; ok {
				put(t)
				if i < len(s) && s[i] == ' ' && letter(name[0]) {
					i++ // a space only ends the command
				}
				continue
			}
			switch name {
			case "\\", " ", ",", ";", ":", "\n", "\t", "newline", "par", "enspace", "thinspace":
				put(" ")
			case "-", "/", "@", "!":
			case "url", "href", "emph", "textit", "textbf", "textsc", "texttt", "textrm", "textsuperscript", "textsubscript", "mkbibquote", "enquote", "mbox", "it", "em", "bf", "sc", "tt", "rm", "relax", "protect", "noopsort":
				for i < len(s) && s[i] == ' ' {
					i++
				}
			default:
				if letter(name[0]) {
					// An unknown command keeps its argument and loses its name.
					continue
				}
				r, n := utf8.DecodeRuneInString(s[i-1:])
				put(string(r))
				i += n - 1
			}
		case c == '{' || c == '}':
			if c == '}' && mark != 0 {
				mark = 0
			}
			i++
		case c == '$' && formulas:
			i++
		case c == '~':
			put(" ")
			i++
		case strings.HasPrefix(s[i:], "---"):
			put("—")
			i += 3
		case strings.HasPrefix(s[i:], "--"):
			put("–")
			i += 2
		case strings.HasPrefix(s[i:], "``"):
			put("“")
			i += 2
		case strings.HasPrefix(s[i:], "''"):
			put("”")
			i += 2
		default:
			_, n := utf8.DecodeRuneInString(s[i:])
			put(s[i : i+n])
			i += n
		}
	}
	return norm.NFC.String(strings.Join(strings.Fields(b.String()), " "))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
