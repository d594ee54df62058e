package figures

// This file reads parts of a scale, which are numbers and no shares ("un quart de
// million", "eine Viertelmillion", "zweieinhalbtausend"), and two shares that are
// written with more words than one: "ثلاثة أرباع", "Her üç kadından ikisi".

import (
	"strings"

	"recount"
)

// partOfScale reads "un quart de million", "trois quarts de million", "eine
// dreiviertel Million", "ربع مليون" and what German writes as one word.
func (r *reader) partOfScale(i int) (number, bool) {
	if n, ok := r.gluedScale(i); ok {
		return n, true
	}
	num, j := int64(1), i
	if k, v := r.longest(r.w.numbers, j); k > 0 && v > 0 && v < 10 {
		num, j = v, j+k
	}
	k, den := r.longest(r.w.scaleParts, j)
	if k == 0 && j < len(r.tok) {
		if v, d, ok := r.gluedPart(r.tok[j].low); ok && num == 1 {
			k, num, den = 1, v, d
		} else if d, ok := r.w.scaleParts[r.w.bare(r.w.scalePartSet, r.tok[j].low)]; ok && j == i {
			k, den = 1, d
		}
	}
	if k == 0 || num >= den {
		return number{}, false
	}
	j += k
	for n := 0; n < 2 && j < len(r.tok) && (r.is(r.w.of, j) || n > 0 && r.w.numbers[r.tok[j].low] == 1); n++ {
		j++
	}
	m, s := r.longest(r.w.scales, j)
	if m == 0 || s < 1000 || s*num%den != 0 {
		return number{}, false
	}
	return number{value: recount.Decimal{Digits: s * num / den}, end: j + m, word: true, group: true}, true
}

// gluedPart reads "dreiviertel".
func (r *reader) gluedPart(low string) (num, den int64, ok bool) {
	if !r.w.glued {
		return 0, 0, false
	}
	for p, den := range r.w.scaleParts {
		if left, cut := strings.CutSuffix(low, p); cut && r.w.numbers[left] > 0 && r.w.numbers[left] < den {
			return r.w.numbers[left], den, true
		}
	}
	return 0, 0, false
}

// gluedScale reads "Viertelmillion", "Dreiviertelmillion", "zweieinhalbtausend" and
// "anderthalbtausend".
func (r *reader) gluedScale(i int) (number, bool) {
	at := i
	if r.is(r.w.articles, i) || r.w.numbers[r.tok[i].low] == 1 {
		at++
	}
	if !r.w.glued || at >= len(r.tok) || r.tok[at].kind != word {
		return number{}, false
	}
	for _, s := range r.w.scaleOrder {
		left, ok := strings.CutSuffix(r.tok[at].low, s.word)
		if !ok || left == "" || s.value < 1000 {
			continue
		}
		num, den := int64(0), int64(1)
		if d := r.w.scaleParts[left]; d > 0 {
			num, den = 1, d
		} else if v, d, ok := r.gluedPart(left); ok {
			num, den = v, d
		} else if r.w.halfOf[left+"e"] {
			num, den = 1, 2
		} else if r.w.half[left] {
			num, den = 3, 2
		} else if low, ok := strings.CutSuffix(left, r.w.halfEnding); ok && r.w.halfEnding != "" && at == i {
			if v, ok := r.w.compound(low, 0); ok && v < 1000 {
				num, den = 2*v+1, 2
			}
		}
		if num > 0 && s.value*num%den == 0 {
			return number{value: recount.Decimal{Digits: s.value * num / den}, end: at + 1, word: true, group: true}, true
		}
	}
	return number{}, false
}

// partsInPlural reads "ثلاثة أرباع الجنود".
func (r *reader) partsInPlural(i int) (number, bool) {
	if len(r.w.partsPlural) == 0 || i+1 >= len(r.tok) {
		return number{}, false
	}
	num := int64(0)
	for _, p := range r.w.before {
		if low, ok := strings.CutPrefix(r.tok[i].low, p); ok && r.w.numbers[low] > 0 {
			num = r.w.numbers[low]
		}
	}
	den := r.w.partsPlural[r.w.stripped(r.tok[i+1].low)]
	if num < 2 || num >= den {
		return number{}, false
	}
	return shareOf(num, den, i+2), true
}

// ofEach reads "Her üç kadından ikisi".
func (r *reader) ofEach(i int) (f recount.ReportedFigure, end int, ok bool) {
	k := r.phrase(r.w.eachOf, i)
	if k == 0 {
		return f, i, false
	}
	m, ok := r.number(i + k)
	if !ok || m.vague || m.share || m.value.Places > 0 || m.end >= len(r.tok) || r.tok[m.end].kind != word {
		return f, i, false
	}
	noun := m.end
	stem := ""
	for _, e := range r.w.eachOfEndings {
		if s, ok := strings.CutSuffix(r.tok[noun].low, e); ok && len(s) > 2 {
			stem = s
		}
	}
	if stem == "" || r.is(r.w.notCounted, noun) || r.w.notCounted[stem] {
		return f, i, false
	}
	n, num := r.longest(r.w.reversedNumbers, noun+1)
	if n == 0 {
		if d, ok := r.number(noun + 1); ok && !d.vague && !d.share && d.value.Places == 0 && r.ending(r.w.partEndings, d.end) {
			n, num = d.end+1-noun-1, d.value.Digits
		}
	}
	if n == 0 || num < 1 || num >= m.value.Digits {
		return f, i, false
	}
	v := shareOf(num, m.value.Digits, 0).value
	cutOff := len(r.tok[noun].low) - len(stem)
	unit := r.printed(noun, 0)
	return recount.ReportedFigure{Kind: recount.ShareFigure, Qualifier: recount.Exact, Of: -1, Value: &v, Unit: unit[:len(unit)-cutOff]}, noun + 1 + n, true
}
