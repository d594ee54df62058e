package figures

import (
	"strings"

	"recount"
)

// number reads the number that begins at token i, in digits or words.
func (r *reader) number(i int) (number, bool) {
	if i >= len(r.tok) || i < 0 {
		return number{}, false
	}
	t := &r.tok[i]
	if t.kind == foreignNumeral {
		v, ok := t.decimal, t.ok
		n := number{value: v, end: i + 1, group: t.group}
		if !ok {
			return n, false
		}
		return r.andMore(r.scaled(n)), true
	}
	if t.kind != word {
		return number{}, false
	}
	if k := r.phrase(r.w.several, i); k > 0 { // "mehrere Tausend"
		if m, s := r.longest(r.w.scales, i+k); m > 0 && s >= 100 {
			return number{vague: true, word: true, end: i + k + m}, true
		}
	}
	if n, ok := r.partOfScale(i); ok {
		return n, true
	}
	if n, ok := r.partsInPlural(i); ok {
		return n, true
	}
	if n, ok := r.halfOf(i); ok {
		return n, true
	}
	if n, ok := r.fraction(i); ok {
		return n, true
	}
	if k := r.phrase(r.w.half, i); k > 0 { // "anderthalb Millionen"
		n := r.scaled(number{value: recount.Decimal{Digits: 15, Places: 1}, end: i + k, word: true})
		return n, n.group
	}
	if r.w.vague[t.low] {
		n := number{vague: true, word: true, end: i + 1}
		for n.end+1 < len(r.tok) && (r.is(r.w.of, n.end) && r.w.vague[r.tok[n.end+1].low]) {
			n.end += 2
		}
		return n, true
	}
	if k, v := r.longest(r.w.collectives, i); k > 0 {
		n := number{value: recount.Decimal{Digits: v}, end: i + k, about: v != 12, dozen: v == 12, word: true}
		return r.scaled(n), true
	}
	if low, ok := strings.CutSuffix(t.low, r.w.halfEnding); ok && r.w.halfEnding != "" {
		if v, ok := r.w.compound(low, 0); ok && v < 1000 {
			return r.scaled(number{value: recount.Decimal{Digits: 10*v + 5, Places: 1}, end: i + 1, word: true}), true
		}
	}
	if n, ok := r.inWords(i); ok {
		return r.tens(r.andMore(n)), true
	}
	return number{}, false
}

// halfOf reads "eine halbe Million", "un demi-million", "نصف مليون" and "medio
// centenar".
func (r *reader) halfOf(i int) (number, bool) {
	j := i
	if v := r.w.numbers[r.tok[i].low]; v == 1 || r.w.articles[r.tok[i].low] {
		j++
	}
	k, prefixed := r.phrase(r.w.halfOf, j), false
	if k == 0 && r.w.and1 != "" && j == i {
		rest, ok := strings.CutPrefix(r.tok[i].low, r.w.and1)
		k, prefixed = 1, true
		if !ok || !r.w.halfOf[rest] {
			return number{}, false
		}
	}
	if k == 0 || prefixed && i > 0 && r.tok[i-1].kind == word && r.w.scaleWord(r.tok[i-1].low) {
		return number{}, false
	}
	j += k
	if m, s := r.longest(r.w.scales, j); m > 0 && s >= 100 {
		return r.scaled(number{value: recount.Decimal{Digits: s / 2}, end: j + m, word: true, group: true}), true
	}
	if j < len(r.tok) && r.w.and1 != "" {
		if s, ok := r.w.scales[strings.TrimPrefix(r.tok[j].low, "ال")]; ok && s >= 1000 {
			return number{value: recount.Decimal{Digits: s / 2}, end: j + 1, word: true, group: true}, true
		}
	}
	if m, v := r.longest(r.w.collectives, j); m > 0 && v%2 == 0 {
		return number{value: recount.Decimal{Digits: v / 2}, end: j + m, about: v != 12, dozen: v == 12, word: true}, true
	}
	return number{}, false
}

func (w *words) scaleWord(s string) bool { return w.scales[s] >= 1000 }

// andMore adds half of a scale that follows: "zweieinhalb Millionen", "iki
// buçuk milyon".
func (r *reader) andMore(n number) number {
	k := r.phrase(r.w.halfMore, n.end)
	if k == 0 || n.value.Places > 0 || n.group {
		return n
	}
	if m, s := r.longest(r.w.scales, n.end+k); m == 0 || s < 1000 {
		return n
	}
	half := n
	half.value = recount.Decimal{Digits: 10*n.value.Digits + 5, Places: 1}
	half.end += k
	half.small = false
	return r.scaled(half)
}

// scaled multiplies n by the scale words behind it: "3 Millionen".
func (r *reader) scaled(n number) number {
	for {
		k, s := r.longest(r.w.scales, n.end)
		if k == 0 || s < 1000 && !n.word {
			if d, v := r.longest(r.w.dozen, n.end); d > 0 && n.value.Digits < maxDigits/v {
				n.value.Digits *= v
				n.end += d
			}
			return n
		}
		v, ok := times(n.value, s)
		if !ok {
			return n
		}
		n.value, n.end, n.group = v, n.end+k, true
		r.andHalf(&n, s)
	}
}

// inWords reads a number in words: "deux cent cinquante", "пятьдесят восемь",
// "einunddreißig".
func (r *reader) inWords(i int) (number, bool) {
	n := number{word: true}
	total, part, last := int64(0), int64(0), int64(0)
	end, pieces, joined := i, 0, false
	for j := i; j < len(r.tok) && pieces < 12 && r.tok[j].kind == word; {
		low := r.tok[j].low
		if k, s := r.longest(r.w.scales, j); k > 0 {
			switch {
			case s == 100 && part < 100:
				part = max(part, 1) * 100
			case s >= 1000 && part < 1000 && total < maxDigits/s && (total == 0 || s < last || part > 0):
				if part == 0 && pieces > 0 && total > 0 {
					part = 1
				}
				total += max(part, 1) * s
				part = 0
			default:
				k = 0
			}
			if k > 0 {
				last, j, end, joined = s, j+k, j+k, false
				pieces++
				continue
			}
		}
		k, v := r.longest(r.w.numbers, j)
		if k == 0 && r.w.glued {
			if g, ok := r.w.compound(low, 0); ok {
				k, v = 1, g
			}
		}
		and := joined
		if k == 0 && (r.w.and1 != "" || len(r.w.prefixes) > 0) { // "وعشرون"
			for _, p := range r.w.prefixes {
				if rest, ok := strings.CutPrefix(low, p); ok && (pieces == 0 || p == r.w.and1) {
					if u, found := r.w.numbers[rest]; found {
						k, v, and = 1, u, and || p == r.w.and1
						break
					}
					if s, found := r.w.scales[rest]; found && pieces == 0 {
						k, v = 1, s
						break
					}
				}
			}
		}
		switch {
		case k > 0 && v >= 1000 && pieces == 0:
			total, part, last = v, 0, v
		case k > 0 && v < 1000 && (part == 0 || v < part && (last >= 100 || last >= 10 && last%10 == 0 && v < last) ||
			and && last < 10 && v >= 20 && v < 100 && part%100 == last):
			part += v
			last = v
		default:
			if r.w.joins[low] && pieces > 0 && !joined {
				joined = true
				j++
				continue
			}
			k = 0
		}
		if k == 0 {
			break
		}
		if pieces == 0 && k == 1 && v == 1 {
			n.small = true
		} else {
			n.small = false
		}
		j, end, joined = j+k, j+k, false
		pieces++
	}
	if pieces == 0 || total+part <= 0 {
		return n, false
	}
	n.value, n.end = recount.Decimal{Digits: total + part}, end
	if pieces > 1 {
		n.small = false
	}
	n.group = total > 0
	if n.group && part == 0 {
		r.andHalf(&n, last)
	}
	return n, true
}

// andHalf adds "et demi" to a number that ends with a scale.
func (r *reader) andHalf(n *number, scale int64) {
	if k := r.phrase(r.w.andHalf, n.end); k > 0 && scale >= 1000 && n.value.Places == 0 {
		n.value.Digits += scale / 2
		n.end += k
	}
}

// compound reads a number written as one word: "zweihundertfünfzig".
func (w *words) compound(s string, depth int) (int64, bool) {
	if v, ok := w.numbers[s]; ok {
		return v, true
	}
	if depth > 6 || len(s) > 100 {
		return 0, false
	}
	for _, sc := range w.scaleOrder {
		i := strings.Index(s, sc.word)
		if i < 0 {
			continue
		}
		left, right := int64(1), int64(0)
		ok := true
		if i > 0 {
			left, ok = w.compound(s[:i], depth+1)
		}
		if rest := s[i+len(sc.word):]; ok && rest != "" {
			rest = strings.TrimPrefix(rest, "und")
			right, ok = w.compound(rest, depth+1)
		}
		if ok && left < 1000 && right < sc.value {
			return left*sc.value + right, true
		}
		return 0, false
	}
	if unit, ten, ok := strings.Cut(s, "und"); ok {
		u, uok := w.numbers[unit]
		t, tok := w.numbers[ten]
		if uok && tok && u < 10 && t >= 20 && t < 100 {
			return u + t, true
		}
	}
	return 0, false
}

// fraction reads "zwei Drittel", "la moitié", "üçte biri", "ثلثا".
func (r *reader) fraction(i int) (number, bool) {
	n := number{word: true, share: true}
	num := int64(1)
	j := i
	if k, den := r.longest(r.w.reversed, j); k > 0 {
		m, v := r.longest(r.w.reversedNumbers, j+k)
		if m == 0 || v >= den {
			return n, false
		}
		return shareOf(v, den, j+k+m), true
	}
	for _, p := range r.w.before {
		low, ok := strings.CutPrefix(r.tok[i].low, p)
		if !ok {
			continue
		}
		if den, ok := r.w.twoParts[r.w.stripped(low)]; ok {
			return shareOf(2, den, i+1), true
		}
		if r.w.partsFree {
			if den, ok := r.w.parts[r.w.stripped(low)]; ok && r.partOfSomething(i, low) {
				return shareOf(1, den, i+1), true
			}
		}
	}
	if k, v := r.longest(r.w.numbers, i); k > 0 && v < 10 && len(r.w.partsNumbered) > 0 { // "одна пятая"
		if m, den := r.longest(r.w.partsNumbered, i+k); m > 0 && v < den {
			return shareOf(v, den, i+k+m), true
		}
	}
	if r.w.partsFree && r.w.and1 != "" {
		return n, false
	}
	if r.w.partsFree {
		if k, den := r.longest(r.w.parts, j); k > 0 {
			return shareOf(1, den, j+k), true
		}
	}
	if k, v := r.longest(r.w.numbers, j); k > 0 && v < 10 {
		num, j = v, j+k
	} else if r.is(r.w.of, j) && j+1 < len(r.tok) { // "la moitié"
		return n, false
	}
	k, den := r.longest(r.w.parts, j)
	if k == 0 || num >= den || num == 1 && j == i && den > 2 && k == 1 { // but "quinta parte"
		return n, false
	}
	if !r.is(r.w.of, j+k) && !r.w.partsFree && !r.changing(i) {
		return n, false // "drei Viertel vor acht", "le quart monde"
	}
	return shareOf(num, den, j+k), true
}

// partOfSomething tells "half the soldiers" from the same word in another use:
// what follows has the article, or the word a suffix.
func (r *reader) partOfSomething(i int, low string) bool {
	if r.w.stripped(low) != low {
		return true
	}
	if i+1 >= len(r.tok) || r.tok[i+1].kind != word && !r.question {
		return false
	}
	if strings.HasPrefix(r.tok[i+1].low, "ال") {
		return true
	}
	m := r.phrase(r.w.partOf, i+1) // "ثلث من 58 عاملا"
	d, ok := r.number(i + 1 + m)
	return (m > 0 || r.question) && ok && !d.vague && !d.share && d.value.Places == 0 && d.value.Digits > 1
}

func shareOf(num, den int64, end int) number {
	v := recount.Decimal{Digits: (num*10000 + den/2) / den, Places: 4}
	v = v.Trimmed()
	return number{value: v, end: end, word: true, share: true}
}
