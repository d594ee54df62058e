package figures

import (
	"strings"

	"recount"
)

// A numeral is a number as it is written, before its qualifier.
type numeral struct {
	Value  recount.Decimal
	Num    int64 // of a fraction or ratio: Num of Den
	Den    int64
	End    int  // first token after it
	Vague  bool // "dozens": no value
	Spelt  bool // in words
	Scaled bool // with "million", a comma or another sign that it is a quantity
	Word   bool // a fraction in words: "a third"
	Loose  bool // "a couple dozen": about
	More   bool // "a majority": more than the fraction
	Each   bool // "every third recruit": the noun follows at once
	Ratio  bool // written as one number of another: "one in five"
}

var smallWords = values("numbers")

var scaleWords = values("scales")

// lettered are the things whose numbers take a letter.
var lettered = wordSet("lettered")

var scaleSigns = values("scale_signs")

// smallNumber returns the value of a number word below a hundred, or 0.
func smallNumber(w string) int64 { return smallWords[w] }

var vagueWords = wordSet("vague")

// halfWords follow "and": "a million and a half".
var halfWords = ratios("and_half")

var parts = values("parts")

// maxDigits bounds what is read, so that no product leaves 64 bits.
const maxDigits = 1e15

// times multiplies d by k, exactly.
func times(d recount.Decimal, k int64) (recount.Decimal, bool) {
	for k%10 == 0 && d.Places > 0 {
		k, d.Places = k/10, d.Places-1
	}
	if k <= 0 || d.Digits > maxDigits/k {
		return d, false
	}
	d.Digits *= k
	d = d.Trimmed()
	return d, true
}

// fractionOf returns num/den as a decimal, cut to four places where it is not
// exact ("a third" is 0.3333).
func fractionOf(num, den int64) recount.Decimal {
	d := recount.Decimal{Digits: (num*10000 + den/2) / den, Places: 4}
	d = d.Trimmed()
	return d
}

// parseDigits reads a number token: "1,234", "1.5". Points that part thousands
// ("1.2.3" is a version or a date) are refused.
func parseDigits(s string) (recount.Decimal, bool) {
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

// NumeralAt reads the number, fraction or vague quantity that starts at token
// i.
func (t *tokens) NumeralAt(i int) (numeral, bool) {
	k := t.At(i)
	if k.Kind == numberToken {
		return t.DigitsAt(i)
	}
	if k.Kind != wordToken {
		return numeral{}, false
	}
	if n, ok := t.partOfScale(i); ok {
		return n, true
	}
	if n, ok := t.ofNumber(i); ok {
		return n, true
	}
	if n, ok := t.fractionAt(i); ok {
		return n, true
	}
	if vagueWords[k.Low] || (k.Low == "tens" || k.Low == "scores") && t.At(i+1).Low == "of" {
		n := numeral{Vague: true, Spelt: true, End: i + 1}
		if t.At(i+1).Low == "of" && vagueWords[t.At(i+2).Low] {
			n.End = i + 3
		}
		return n, true
	}
	a := k.Low == "a" || k.Low == "an"
	switch {
	case a && t.At(i+1).Low == "handful":
		return numeral{Vague: true, Spelt: true, End: i + 2}, true
	case (a && t.At(i+1).Low == "few" || k.Low == "several") && scaleWords[t.At(i+2-b2i(!a)).Low] > 0:
		return numeral{Vague: true, Spelt: true, End: i + 3 - b2i(!a)}, true
	case a && t.At(i+1).Low == "couple" && scaleWords[t.At(i+2).Low] > 0:
		v, ok := times(recount.Decimal{Digits: 2}, scaleWords[t.At(i+2).Low])
		return numeral{Value: v, Spelt: true, Scaled: true, Loose: true, End: i + 3}, ok
	case a && t.At(i+1).Low == "couple" && t.At(i+2).Low == "of" && scaleWords[t.At(i+3).Low] > 0:
		v, ok := times(recount.Decimal{Digits: 2}, scaleWords[t.At(i+3).Low])
		return numeral{Value: v, Spelt: true, Scaled: true, Loose: true, End: i + 4}, ok
	case a && t.At(i+1).Low == "half" && t.At(i+2).Low == "a" && scaleWords[t.At(i+3).Low] > 0:
		n, ok := t.NumeralAt(i + 1)
		return n, ok
	case a && (t.At(i+1).Low == "good" || t.At(i+1).Low == "full") && (scaleWords[t.At(i+2).Low] > 0 && t.At(i+2).Low != "m"):
		n, ok := t.wordsAt(i+2, 1)
		n.More = t.At(i+1).Low == "good"
		return n, ok
	case a && t.At(i+1).Low == "score" && t.scoreOf(i+2):
		return numeral{Value: recount.Decimal{Digits: 20}, Spelt: true, Scaled: true, Loose: true, End: i + 2}, true
	case a && scaleWords[t.At(i+1).Low] > 0:
		return t.wordsAt(i+1, 1)
	case k.Low == "half" && t.At(i+1).Low == "-" && t.At(i+2).Low == "a" && scaleWords[t.At(t.hyphen(i+3)).Low] > 0: // "half-a-million"
		j := t.hyphen(i + 3)
		v, ok := times(recount.Decimal{Digits: 5, Places: 1}, scaleWords[t.At(j).Low])
		return numeral{Value: v, Spelt: true, Scaled: true, End: j + 1}, ok
	case k.Low == "half" && (t.At(i+1).Low == "a" || t.At(i+1).Low == "-") && scaleWords[t.At(i+2).Low] > 0:
		v, ok := times(recount.Decimal{Digits: 5, Places: 1}, scaleWords[t.At(i+2).Low])
		return numeral{Value: v, Spelt: true, Scaled: true, End: i + 3}, ok
	case k.Low == "dozen" && t.At(i-1).Low == "another":
		return t.wordsAt(i, 1)
	case smallWords[k.Low] > 0:
		n, ok := t.wordsAt(i, 0)
		if ok {
			n = t.oddOrScore(n)
		}
		return n, ok
	}
	return numeral{}, false
}

// scoreOf reports whether what stands at i behind "a score" shows that it is twenty:
// "of villagers", "or so of boats".
func (t *tokens) scoreOf(i int) bool {
	if t.Low(i, i-1) == "or" && (t.Low(i+1, i-1) == "so" || t.Low(i+1, i-1) == "more") {
		i += 2
	}
	if t.Low(i, i-1) != "of" {
		return false
	}
	for i++; ownWords[t.Low(i, i-1)]; i++ {
	}
	u := t.NounAt(i)
	return u.Plural && u.Head != "money" && !isDuration(u.Head) && !isMeasure(u.Head)
}

// oddOrScore adds what follows a small number: "forty-odd thousand", "three score
// and ten".
func (t *tokens) oddOrScore(n numeral) numeral {
	if n.Scaled || n.Value.Places > 0 {
		return n
	}
	j := t.hyphen(n.End)
	switch w := t.At(j); {
	case w.Sent != t.At(n.End-1).Sent:
	case w.Low == "odd":
		if s := scaleWords[t.At(j+1).Low]; s >= 100 {
			if v, ok := times(n.Value, s); ok {
				n.Value, n.End, n.Scaled, n.Loose = v, j+2, true, true
			}
		}
	case w.Low == "score" && n.Spelt && n.Value.Digits < 10:
		n.Value.Digits *= 20
		n.End, n.Scaled = j+1, true
		if u := smallWords[t.At(j+2).Low]; t.At(j+1).Low == "and" && u > 0 && u < 20 {
			n.Value.Digits += u
			n.End = j + 3
		}
	}
	return n
}

// continental reports whether the digits at token i belong to a number with a
// point for thousands and a comma for decimals: "1.250,50".
func (t *tokens) continental(i int) bool {
	front := func(i int) bool {
		return t.At(i).Kind == numberToken && strings.Contains(t.At(i).Low, ".") && t.Joined(i) && t.At(i+1).Low == "," && t.Joined(i+1) && t.At(i+2).Kind == numberToken
	}
	return front(i) || front(i-2)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// DigitsAt reads digits and the scale after them: "1.2 million", "$846.8m".
func (t *tokens) DigitsAt(i int) (numeral, bool) {
	k := t.At(i)
	d, ok := parseDigits(k.Low)
	if !ok || t.continental(i) {
		return numeral{}, false
	}
	n := t.oddOrScore(numeral{Value: d, End: i + 1, Scaled: strings.Contains(k.Low, ",")})
	if n.Loose {
		return n, true
	}
	if m, ok := t.andHalf(n, i); ok {
		return m, true
	}
	if den := vulgar[t.At(i+1).Low]; den[1] > 0 && t.Joined(i) && d.Places == 0 && d.Digits < 1000 { // "2½ million"
		part := fractionOf(den[0], den[1])
		n.Value = recount.Decimal{Digits: d.Digits*pow10(part.Places) + part.Digits, Places: part.Places}
		n.End++
		if s := scaleWords[t.At(n.End).Low]; s > 0 {
			n.Value, ok = times(n.Value, s)
			n.End, n.Scaled = n.End+1, true
		}
		return n, ok
	}
	if t.Question && t.At(i+1).Low == "/" && t.At(i+2).Kind == numberToken { // "1/5 of 58"
		if den, ok := parseDigits(t.At(i + 2).Low); ok && d.Places == 0 && den.Places == 0 && d.Digits > 0 && d.Digits < den.Digits && den.Digits < 1000 {
			return numeral{Value: fractionOf(d.Digits, den.Digits), Num: d.Digits, Den: den.Digits, Word: true, End: i + 3}, true
		}
	}
	next := t.At(i + 1).Low
	if t.Joined(i) && next == "-" && t.Joined(i+1) && scaleWords[t.At(i+2).Low] >= 1e6 {
		next, n.End = t.At(i+2).Low, i+2
	}
	switch s := scaleSigns[next]; {
	case t.Joined(i) && s > 0 && len(next) == 1 && d.Places == 0 && d.Digits < 1000 && t.At(i-1).Kind == wordToken && lettered[t.At(i-1).Low]:
		return n, false // "Flat 3B"
	case t.Joined(i) && s > 0, scaleWords[next] > 0:
		if s == 0 {
			s = scaleWords[next]
		}
		n.Value, ok = times(d, s)
		n.End, n.Scaled = n.End+1, true
	case t.Joined(i) && t.At(i+1).Kind == wordToken && next != "percent" && next != "per" && next != "pct":
		return n, false // "18th", "1990s", "10pm", "4x"
	}
	return n, ok
}

// wordsAt reads a number in words. first is a value already read ("a" before
// "hundred"), or 0.
func (t *tokens) wordsAt(i int, first int64) (numeral, bool) {
	n := numeral{Spelt: true}
	var total, part int64 = 0, first
	hungry := first == 0 // a small number may come
	begin := i
	for {
		w := t.At(i).Low
		switch s := scaleWords[w]; {
		case hungry && smallWords[w] > 0:
			part += smallWords[w]
			i++
			if v := smallWords[w]; v >= 20 {
				j := i
				if t.At(j).Low == "-" && t.Joined(j-1) && t.Joined(j) {
					j++
				}
				if u := smallWords[t.At(j).Low]; u > 0 && u < 10 {
					part += u
					i = j + 1
				}
			}
			hungry = false
			continue
		case s == 100 && part > 0 && part < 100:
			part, hungry, n.Scaled = part*100, true, true
		case s > 0 && s != 100 && part > 0 && part < 1000:
			total += part * s
			part, hungry, n.Scaled = 0, s >= 1e3, true
			if s >= 1e9 && total > maxDigits {
				return n, false
			}
		case w == "and" && hungry && n.Scaled && smallWords[t.At(i+1).Low] > 0 && plausibleAnd(t, i):
		case w == "-" && t.Joined(i-1) && t.Joined(i) && scaleWords[t.At(i+1).Low] > 0 && !hungry:
		default:
			n.Value = recount.Decimal{Digits: total + part}
			n.End = i
			if m, ok := t.andHalf(n, begin); ok {
				return m, true
			}
			return n, n.Value.Digits > 0
		}
		i++
	}
}

var ordinals = values("ordinals")

// ofNumber reads the quantities that are numbers only because one follows:
// "none of the 61", "a majority of the 61", "most of the 61"; and "every
// third".
func (t *tokens) ofNumber(i int) (numeral, bool) {
	n := numeral{Spelt: true}
	j := i
	switch k := t.At(i).Low; {
	case k == "every" && ordinals[t.At(i+1).Low] > 0:
		n.Num, n.Den, n.Word, n.Each, n.End = 1, ordinals[t.At(i+1).Low], true, true, i+2
		n.Value = fractionOf(1, n.Den)
		return n, true
	case k == "none":
		j++
	case k == "not" && t.At(i+1).Low == "one":
		j += 2
	case k == "not" && t.At(i+1).Low == "a" && t.At(i+2).Low == "single" && t.At(i+3).Low == "one":
		j += 4
	case k == "a" && t.At(i+1).Low == "majority":
		n.Num, n.Den, n.Word, n.More, n.Value = 1, 2, true, true, fractionOf(1, 2)
		j += 2
	case k == "most":
		n.Num, n.Den, n.Word, n.More, n.Value = 1, 2, true, true, fractionOf(1, 2)
		j++
	default:
		return n, false
	}
	n.End = j
	if t.Question {
		return n, true
	}
	if !n.Word && t.noneBehind(j, i) {
		return n, true
	}
	if t.Low(j, i) != "of" {
		return n, false
	}
	for j++; ownWords[t.Low(j, i)] || roughly[t.Low(j, i)]; j++ {
	}
	if w := t.At(j); w.Sent != t.At(i).Sent || w.Kind != numberToken && smallWords[w.Low] == 0 {
		return n, false
	}
	m, ok := t.NumeralAt(j)
	return n, ok && !m.Vague && !m.Word && m.Value.Places == 0 && t.Percent(m.End) == 0
}

// noneBehind reports whether the sentence of "none", which is token i, begins with the
// whole of which it is none: "Of the 61 witnesses, none came". j is the token behind it.
func (t *tokens) noneBehind(j, i int) bool {
	if t.Low(j, i) == "of" || t.Low(i-1, i) == "" {
		return false
	}
	k := i
	for t.Low(k-1, i) != "" && i-k < 16 {
		k--
	}
	if t.Low(k, i) == "out" {
		k++
	}
	if w := t.Low(k, i); w != "of" && w != "among" {
		return false
	}
	for k++; ownWords[t.Low(k, i)] || roughly[t.Low(k, i)]; k++ {
	}
	m, ok := t.NumeralAt(k)
	return ok && k < i && m.End < i && !m.Vague && !m.Word && m.Value.Places == 0 && t.Percent(m.End) == 0
}

var (
	ownWords = wordSet("own")
	roughly  = wordSet("roughly")
)

// isRough reports whether w may stand before a number within "of the more than
// 40".
func isRough(w string) bool { return roughly[w] }

// vulgar are the fractions that are one sign.
var vulgar = ratios("vulgar")

// partOfScale reads "a quarter of a million" and "three quarters of a
// million": a number, and no share of anything.
func (t *tokens) partOfScale(i int) (numeral, bool) {
	n, ok := t.fractionAt(i)
	j := n.End
	if den := parts[t.At(i).Low]; !ok && den > 2 && t.At(i+1).Low == "of" && (t.At(i+2).Low == "a" || t.At(i+2).Low == "one") && t.At(i).Sent == t.At(i+2).Sent {
		n, ok, j = numeral{Num: 1, Den: den}, true, i+1 // "nearly quarter of a million"
	}
	if !ok {
		// "a quarter million", "a quarter-million": before a noun a fraction is none
		if a := t.At(i).Low; a != "a" && a != "one" || parts[t.At(i+1).Low] == 0 {
			return n, false
		}
		n = numeral{Num: 1, Den: parts[t.At(i+1).Low]}
		if j = i + 2; t.At(j).Low == "-" {
			j++
		}
	} else if t.At(j).Low == "of" && (t.At(j+1).Low == "a" || t.At(j+1).Low == "one") {
		j += 2
	} else {
		return n, false
	}
	s := scaleWords[t.At(j).Low]
	if s < 1000 || t.At(j).Sent != t.At(i).Sent {
		return n, false
	}
	rough := s*n.Num%n.Den != 0 // "a third of a million"
	return numeral{Value: recount.Decimal{Digits: s * n.Num / n.Den}, Spelt: true, Scaled: true, Loose: rough, End: j + 1}, true
}

// andHalf adds what follows "and" to the number n, which begins at token i:
// "a million and a half", "two and a half thousand". Without a scale it takes
// a half only where the number is small, because "200 and a half of the
// others" are two figures.
func (t *tokens) andHalf(n numeral, i int) (numeral, bool) {
	j := t.hyphen(n.End)
	if t.At(j).Low != "and" || t.At(j).Sent != t.At(i).Sent {
		return n, false
	}
	a := t.hyphen(j + 1)
	b := t.hyphen(a + 1)
	f, ok := halfWords[t.At(a).Low+" "+t.At(b).Low]
	if !ok || t.At(b+1).Low == "of" || t.At(b+1).Low == "-" {
		return n, false
	}
	part := fractionOf(f[0], f[1])
	j = b + 1
	scale := scaleWords[t.At(n.End-1).Low]
	switch after := scaleWords[t.At(j).Low]; {
	case n.Scaled && scale >= 1000: // "a million and a half"
		v, ok := times(part, scale)
		n.Value.Digits += v.Digits
		n.End = j
		return n, ok && v.Places == 0 && n.Value.Places == 0
	case n.Value.Places > 0 || n.Value.Digits >= 100 || n.Scaled:
		return n, false
	case after >= 100:
		n.Scaled = true
		j++
		fallthrough
	default:
		v := recount.Decimal{Digits: n.Value.Digits*10000 + part.Digits*pow10(4-part.Places), Places: 4}
		v = v.Trimmed()
		if n.Scaled {
			if v, ok = times(v, after); !ok {
				return n, false
			}
		}
		n.Value, n.End = v, j
		return n, true
	}
}

// hyphen returns the token after a hyphen at j, else j.
func (t *tokens) hyphen(j int) int {
	if t.At(j).Low == "-" && t.Joined(j-1) && t.Joined(j) {
		return j + 1
	}
	return j
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// plausibleAnd tells "a hundred and fifty" from "a hundred and two others":
// the second part is followed by the same noun phrase in both, so only a
// direct continuation in one sentence is taken.
func plausibleAnd(t *tokens, i int) bool {
	return t.At(i-1).Low == "hundred" || t.At(i-1).Low == "thousand"
}

// fractionAt reads a fraction in words: "half", "a third", "two-thirds".
func (t *tokens) fractionAt(i int) (numeral, bool) {
	k := t.At(i)
	n := numeral{Spelt: true, Word: true}
	j := i
	switch {
	case k.Low == "half":
		n.Num, n.Den, n.End = 1, 2, i+1
		if nx := t.At(i + 1).Low; (nx == "a" || nx == "an" || nx == "-") && scaleWords[t.At(i+2).Low] > 0 || nx == "-" {
			return n, false
		}
	case k.Low == "a" || k.Low == "an" || k.Low == "one":
		j++
		if t.At(j).Low == "-" && t.Joined(j-1) {
			j++
		}
		if w := t.At(j).Low; k.Low == "a" && (w == "good" || w == "full" || w == "whole") && parts[t.At(j+1).Low] > 0 { // "a good third"
			n.More = w == "good"
			j++
		}
		n.Num, n.Den, n.End = 1, parts[t.At(j).Low], j+1
		if n.Den == 2 && t.At(n.End).Low == "a" && scaleWords[t.At(n.End+1).Low] > 0 {
			return n, false // "a half a million"
		}
	case smallWords[k.Low] > 1 && smallWords[k.Low] < 10:
		j++
		if t.At(j).Low == "-" && t.Joined(j-1) {
			j++
		}
		if !strings.HasSuffix(t.At(j).Low, "s") {
			return n, false
		}
		n.Num, n.Den, n.End = smallWords[k.Low], parts[t.At(j).Low], j+1
	default:
		return n, false
	}
	if n.Den == 0 || n.Num >= n.Den {
		return n, false
	}
	// "a third man" counts men, and "a third" before a noun is an ordinal.
	if after := t.At(n.End); n.Den > 2 && n.Num == 1 && after.Kind == wordToken && after.Sent == k.Sent && !small[after.Low] && !isVerbish(after.Low) {
		return n, false
	}
	if t.Joined(n.End-1) && t.At(n.End).Low == "-" {
		return n, false
	}
	n.Value = fractionOf(n.Num, n.Den)
	return n, true
}
