package figures

import (
	"strings"

	"recount"
)

// A numeral is a number as it is written, before its qualifier.
type numeral struct {
	value  recount.Decimal
	num    int64 // of a fraction or ratio: num of den
	den    int64
	end    int  // first token after it
	vague  bool // "dozens": no value
	spelt  bool // in words
	scaled bool // with "million", a comma or another sign that it is a quantity
	word   bool // a fraction in words: "a third"
	loose  bool // "a couple dozen": about
}

var smallWords = map[string]int64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90,
}

var scaleWords = map[string]int64{
	"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}

var scaleSigns = map[string]int64{
	"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12,
	"million": 1e6, "billion": 1e9, "trillion": 1e12,
}

var vagueWords = words("dozens hundreds thousands millions billions trillions")

var parts = map[string]int64{
	"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
	"sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9,
	"tenth": 10, "tenths": 10,
}

// maxDigits keeps every product of the integer check inside 64 bits.
const maxDigits = 1e15

// times multiplies d by k, exactly.
func times(d recount.Decimal, k int64) (recount.Decimal, bool) {
	for k%10 == 0 && d.Places > 0 {
		k, d.Places = k/10, d.Places-1
	}
	if d.Digits > maxDigits/k {
		return d, false
	}
	d.Digits *= k
	for d.Places > 0 && d.Digits%10 == 0 {
		d.Digits, d.Places = d.Digits/10, d.Places-1
	}
	return d, true
}

// fraction returns num/den as a decimal, cut to four places where it is not
// exact ("a third" is 0.3333).
func fraction(num, den int64) recount.Decimal {
	d := recount.Decimal{Digits: (num*10000 + den/2) / den, Places: 4}
	for d.Places > 0 && d.Digits%10 == 0 {
		d.Digits, d.Places = d.Digits/10, d.Places-1
	}
	return d
}

// digits reads a number token: "1,234", "1.5". Points that part thousands
// ("1.2.3" is a version or a date) are refused.
func digits(s string) (recount.Decimal, bool) {
	var d recount.Decimal
	point := false
	for _, c := range s {
		switch {
		case c == ',' && !point:
		case c == '.' && !point:
			point = true
		case '0' <= c && c <= '9':
			if d.Digits > maxDigits/10 || d.Places > 5 {
				return d, false
			}
			d.Digits = d.Digits*10 + int64(c-'0')
			if point {
				d.Places++
			}
		default:
			return d, false
		}
	}
	return d, true
}

// numeralAt reads the number, fraction or vague quantity that starts at token
// i.
func (t *text) numeralAt(i int) (numeral, bool) {
	k := t.at(i)
	if k.kind == number {
		return t.digitsAt(i)
	}
	if k.kind != word {
		return numeral{}, false
	}
	if n, ok := t.fractionAt(i); ok {
		return n, true
	}
	if vagueWords[k.low] || (k.low == "tens" || k.low == "scores") && t.at(i+1).low == "of" {
		n := numeral{vague: true, spelt: true, end: i + 1}
		if t.at(i+1).low == "of" && vagueWords[t.at(i+2).low] {
			n.end = i + 3
		}
		return n, true
	}
	a := k.low == "a" || k.low == "an"
	switch {
	case a && t.at(i+1).low == "handful":
		return numeral{vague: true, spelt: true, end: i + 2}, true
	case (a && t.at(i+1).low == "few" || k.low == "several") && scaleWords[t.at(i+2-b2i(!a)).low] > 0:
		return numeral{vague: true, spelt: true, end: i + 3 - b2i(!a)}, true
	case a && t.at(i+1).low == "couple" && scaleWords[t.at(i+2).low] > 0:
		v, ok := times(recount.Decimal{Digits: 2}, scaleWords[t.at(i+2).low])
		return numeral{value: v, spelt: true, scaled: true, loose: true, end: i + 3}, ok
	case a && t.at(i+1).low == "couple" && t.at(i+2).low == "of" && scaleWords[t.at(i+3).low] > 0:
		v, ok := times(recount.Decimal{Digits: 2}, scaleWords[t.at(i+3).low])
		return numeral{value: v, spelt: true, scaled: true, loose: true, end: i + 4}, ok
	case a && scaleWords[t.at(i+1).low] > 0:
		return t.wordsAt(i+1, 1)
	case k.low == "half" && (t.at(i+1).low == "a" || t.at(i+1).low == "-") && scaleWords[t.at(i+2).low] > 0:
		v, ok := times(recount.Decimal{Digits: 5, Places: 1}, scaleWords[t.at(i+2).low])
		return numeral{value: v, spelt: true, scaled: true, end: i + 3}, ok
	case smallWords[k.low] > 0:
		return t.wordsAt(i, 0)
	}
	return numeral{}, false
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// digitsAt reads digits and the scale after them: "1.2 million", "$846.8m".
func (t *text) digitsAt(i int) (numeral, bool) {
	k := t.at(i)
	d, ok := digits(k.low)
	if !ok {
		return numeral{}, false
	}
	n := numeral{value: d, end: i + 1, scaled: strings.Contains(k.low, ",")}
	next := t.at(i + 1).low
	if t.joined(i) && next == "-" && t.joined(i+1) && scaleWords[t.at(i+2).low] >= 1e6 {
		next, n.end = t.at(i+2).low, i+2
	}
	switch s := scaleSigns[next]; {
	case t.joined(i) && s > 0, scaleWords[next] > 0:
		if s == 0 {
			s = scaleWords[next]
		}
		n.value, ok = times(d, s)
		n.end, n.scaled = n.end+1, true
	case t.joined(i) && t.at(i+1).kind == word && next != "percent" && next != "per" && next != "pct":
		return n, false // "18th", "1990s", "10pm", "4x"
	}
	return n, ok
}

// wordsAt reads a number in words. first is a value already read ("a" before
// "hundred"), or 0.
func (t *text) wordsAt(i int, first int64) (numeral, bool) {
	n := numeral{spelt: true}
	var total, part int64 = 0, first
	hungry := first == 0 // a small number may come
	for {
		w := t.at(i).low
		switch s := scaleWords[w]; {
		case hungry && smallWords[w] > 0:
			part += smallWords[w]
			i++
			if v := smallWords[w]; v >= 20 {
				j := i
				if t.at(j).low == "-" && t.joined(j-1) && t.joined(j) {
					j++
				}
				if u := smallWords[t.at(j).low]; u > 0 && u < 10 {
					part += u
					i = j + 1
				}
			}
			hungry = false
			continue
		case s == 100 && part > 0 && part < 100:
			part, hungry, n.scaled = part*100, true, true
		case s > 0 && s != 100 && part > 0 && part < 1000:
			total += part * s
			part, hungry, n.scaled = 0, s >= 1e3, true
			if s >= 1e9 && total > maxDigits {
				return n, false
			}
		case w == "and" && hungry && n.scaled && smallWords[t.at(i+1).low] > 0 && plausibleAnd(t, i):
		case w == "-" && t.joined(i-1) && t.joined(i) && scaleWords[t.at(i+1).low] > 0 && !hungry:
		default:
			n.value = recount.Decimal{Digits: total + part}
			n.end = i
			return n, n.value.Digits > 0
		}
		i++
	}
}

// plausibleAnd tells "a hundred and fifty" from "a hundred and two others":
// the second part is followed by the same noun phrase in both, so only a
// direct continuation in one sentence is taken.
func plausibleAnd(t *text, i int) bool {
	return t.at(i-1).low == "hundred" || t.at(i-1).low == "thousand"
}

// fractionAt reads a fraction in words: "half", "a third", "two-thirds".
func (t *text) fractionAt(i int) (numeral, bool) {
	k := t.at(i)
	n := numeral{spelt: true, word: true}
	j := i
	switch {
	case k.low == "half":
		n.num, n.den, n.end = 1, 2, i+1
		if nx := t.at(i + 1).low; (nx == "a" || nx == "an" || nx == "-") && scaleWords[t.at(i+2).low] > 0 || nx == "-" {
			return n, false
		}
	case k.low == "a" || k.low == "an" || k.low == "one":
		j++
		if t.at(j).low == "-" && t.joined(j-1) {
			j++
		}
		n.num, n.den, n.end = 1, parts[t.at(j).low], j+1
	case smallWords[k.low] > 1 && smallWords[k.low] < 10:
		j++
		if t.at(j).low == "-" && t.joined(j-1) {
			j++
		}
		if !strings.HasSuffix(t.at(j).low, "s") {
			return n, false
		}
		n.num, n.den, n.end = smallWords[k.low], parts[t.at(j).low], j+1
	default:
		return n, false
	}
	if n.den == 0 || n.num >= n.den {
		return n, false
	}
	// "a third man" counts men, and "a third" before a noun is an ordinal.
	if after := t.at(n.end); n.den > 2 && n.num == 1 && after.kind == word && after.sent == k.sent && !small[after.low] && !verbish(after.low) {
		return n, false
	}
	if t.joined(n.end-1) && t.at(n.end).low == "-" {
		return n, false
	}
	n.value = fraction(n.num, n.den)
	return n, true
}
