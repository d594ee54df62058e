package copies

import (
	"strings"
)

// numberWords are the English words for small numbers and for multiples.
var numberWords = map[string]int64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
	"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
	"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20,
}

var multiples = map[string]int64{
	"hundred": 100, "thousand": 1000, "k": 1000, "million": 1e6, "m": 1e6, "mn": 1e6,
	"billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}

// maxNumber keeps the arithmetic of number inside 64 bits.
const maxNumber = 1e15

// number reads words [i, j) as one number, in thousandths; false if they are
// anything else. Digits with commas are one number, "5m" is five million.
func number(ws []string, text string, w *Words, i, j int) (int64, bool) {
	if len(ws) == 0 {
		return 0, false
	}
	total, part := int64(0), int64(0)
	seen := false
	for k, s := range ws {
		if s == "and" || s == "percent" || s == "per" || s == "cent" {
			if !seen {
				return 0, false
			}
			continue
		}
		digits := strings.TrimRightFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		suffix := s[len(digits):]
		switch {
		case digits != "" && strings.Trim(digits, "0123456789") == "" && len(digits) <= 12:
			n := int64(0)
			for _, c := range digits {
				n = 10*n + int64(c-'0')
			}
			between := ""
			if k > 0 {
				between = text[w.End[i+k-1]:w.Start[i+k]]
			}
			switch {
			case seen && between == "," && len(digits) == 3 && part < maxNumber:
				part = 1000*part + 1000*n
			case seen && between == "." && len(digits) <= 3:
				for range 3 - len(digits) {
					n *= 10
				}
				part += n
			case !seen:
				part = 1000 * n
			default:
				return 0, false
			}
			switch m := multiples[suffix]; {
			case m != 0 && part < maxNumber/m:
				part *= m
			case suffix != "" && suffix != "st" && suffix != "nd" && suffix != "rd" && suffix != "th":
				return 0, false
			}
		case multiples[s] != 0 && seen && part < maxNumber/multiples[s]:
			part *= multiples[s]
			if multiples[s] >= 1000 {
				total, part = total+part, 0
			}
		default:
			n, ok := numberWords[s]
			if !ok {
				return 0, false
			}
			part += 1000 * n
		}
		seen = true
	}
	return total + part, seen
}

// percentSign reports whether the two wordings differ by "per cent" after a
// number in one and a sign in the other.
func percentSign(was, is []string, d *differ, i, j int) bool {
	spelled := func(ws []string) bool {
		s := strings.Join(ws, " ")
		return s == "percent" || s == "per cent"
	}
	sign := func(w *Words, text string, k int) bool {
		return k > 0 && strings.HasPrefix(strings.TrimLeft(text[w.End[k-1]:], " "), "%")
	}
	return len(was) == 0 && spelled(is) && sign(&d.a, d.from, i) || len(is) == 0 && spelled(was) && sign(&d.b, d.to, j)
}

// figuresDiffer reports whether both wordings hold numbers, but not the same.
func figuresDiffer(was, is []string) bool {
	figures := func(ws []string) string {
		var out []string
		for _, w := range ws {
			if _, ok := numberWords[w]; ok || w[0] >= '0' && w[0] <= '9' {
				out = append(out, w)
			}
		}
		return strings.Join(out, " ")
	}
	x, y := figures(was), figures(is)
	return x != "" && y != "" && x != y
}

// spellings are pairs of British and American words that no rule covers.
var spellings = map[string]string{
	"grey": "gray", "tyre": "tire", "tyres": "tires", "cheque": "check", "cheques": "checks", "kerb": "curb",
	"programme": "program", "programmes": "programs", "whilst": "while", "amongst": "among", "plough": "plow",
	"jewellery": "jewelry", "aluminium": "aluminum", "moustache": "mustache", "pyjamas": "pajamas",
	"towards": "toward", "afterwards": "afterward", "storey": "story", "draught": "draft", "mould": "mold",
	"sceptic": "skeptic", "sceptical": "skeptical", "learnt": "learned", "burnt": "burned", "spelt": "spelled",
	"dreamt": "dreamed", "enquiry": "inquiry", "enquiries": "inquiries", "ageing": "aging", "judgement": "judgment",
	"manoeuvre": "maneuver", "mum": "mom", "cosy": "cozy", "axe": "ax", "licence": "license", "practise": "practice",
}

// sameSpelling reports whether the words are the same in British and American
// spelling, one by one.
func sameSpelling(was, is []string) bool {
	was, is = joinPerCent(was), joinPerCent(is)
	if len(was) != len(is) || len(was) == 0 {
		return false
	}
	for i := range was {
		if was[i] != is[i] && spelling(was[i]) != spelling(is[i]) {
			return false
		}
	}
	return true
}

// joinPerCent writes "per cent" as one word.
func joinPerCent(ws []string) (out []string) {
	for i := 0; i < len(ws); i++ {
		if ws[i] == "per" && i+1 < len(ws) && ws[i+1] == "cent" {
			out = append(out, "percent")
			i++
		} else {
			out = append(out, ws[i])
		}
	}
	return out
}

// spelling folds British spellings into American ones. The result is a key for
// comparing and need not be a word.
func spelling(w string) string {
	if s, ok := spellings[w]; ok {
		w = s
	}
	if len(w) < 4 {
		return w
	}
	for _, p := range [...][2]string{
		{"isation", "ization"}, {"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"iser", "izer"}, {"ise", "ize"},
		{"ysing", "yzing"}, {"ysed", "yzed"}, {"yse", "yze"}, {"logue", "log"}, {"logues", "logs"},
		{"ence", "ense"}, {"ences", "enses"}, {"tres", "ters"}, {"tre", "ter"}, {"bre", "ber"}, {"bres", "bers"},
		{"lled", "led"}, {"lling", "ling"}, {"ller", "ler"}, {"llers", "lers"},
	} {
		if s, ok := strings.CutSuffix(w, p[0]); ok {
			w = s + p[1]
			break
		}
	}
	for _, p := range [...][2]string{{"our", "or"}, {"aemia", "emia"}, {"paed", "ped"}, {"oestr", "estr"}, {"foetus", "fetus"}} {
		if i := strings.Index(w, p[0]); i > 0 {
			w = w[:i] + p[1] + w[i+len(p[0]):]
		}
	}
	return w
}
