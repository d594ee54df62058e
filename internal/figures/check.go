package figures

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"recount"
	"recount/internal/lang"
	"recount/internal/pattern"
)

// Bands say which exact shares a wording may stand for. They are a counting
// rule, not a fact about language: study.yaml may change each of them, and
// every result prints the band that it used. All are in thousandths: of the
// whole for shares, of the number itself for counts.
type Bands struct {
	Almost   int `yaml:"almost"`   // "almost 60%" is [60% - Almost, 60%)
	About    int `yaml:"about"`    // "about 60%" is 60% +- About
	Fraction int `yaml:"fraction"` // "two-thirds" is 2/3 +- Fraction; digits are rounded at their last place instead
	Count    int `yaml:"count"`    // "about 40" is 40 +- Count thousandths of 40; "almost 40" the lower half of it
}

// DefaultBands are the bands of a study that sets none. Under them "almost
// 60%" of 58 is 34 only, "nearly a third" 18 or 19, "nearly two-thirds" 37 or
// 38, and "two-thirds" 38 or 39.
var DefaultBands = Bands{Almost: 30, About: 30, Fraction: 20, Count: 100}

// A Ratio is an exact share or number, Num / Den with Den > 0.
type Ratio struct{ Num, Den int64 }

// An Answer says which whole numbers of a whole a share may stand for.
type Answer struct {
	Phrase    string            // the wording that was checked: "almost 60%"
	Of        int64             // the whole
	Qualifier recount.Qualifier // as read from the wording
	Low, High Ratio             // the band, as shares of the whole
	LowOpen   bool              // Low itself does not fit
	HighOpen  bool              // High itself does not fit
	Rule      string            // the counting rule that gave the band, in words
	First     int64             // the smallest whole number that fits
	Last      int64             // the largest; smaller than First if none fits
	Count     bool              // the wording is a count, not a share
}

// Possible reports whether any whole number fits.
func (a Answer) Possible() bool { return a.First <= a.Last }

// Fits returns the whole numbers that fit, at most limit of them.
func (a Answer) Fits(limit int) []int64 {
	var out []int64
	for k := a.First; k <= a.Last && len(out) < limit; k++ {
		out = append(out, k)
	}
	return out
}

// Below returns the largest whole number below the band, and Above the
// smallest above it; ok is false where the whole has none. They name the
// neighbours of a share that cannot be.
func (a Answer) Below() (k int64, ok bool) { return a.First - 1, a.First-1 >= 0 && a.First-1 <= a.Of }

// Above: see Below.
func (a Answer) Above() (k int64, ok bool) { return a.Last + 1, a.Last+1 <= a.Of && a.Last+1 >= 0 }

// Percent writes k of n as a percentage with one decimal, rounded half up.
func Percent(k, n int64) string {
	if n <= 0 {
		return "-"
	}
	t := (k*2000 + n) / (2 * n)
	return fmt.Sprintf("%d.%d%%", t/10, t%10)
}

// String says the answer in plain words.
func (a Answer) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %d: ", a.Phrase, a.Of)
	switch n := a.Last - a.First + 1; {
	case n <= 0:
		b.WriteString("no whole number fits")
		var near []string
		if k, ok := a.Below(); ok {
			near = append(near, fmt.Sprintf("%d is %s", k, Percent(k, a.Of)))
		}
		if k, ok := a.Above(); ok {
			near = append(near, fmt.Sprintf("%d is %s", k, Percent(k, a.Of)))
		}
		if len(near) > 0 {
			fmt.Fprintf(&b, " (%s)", strings.Join(near, ", "))
		}
	case n == 1:
		fmt.Fprintf(&b, "only %d fits (%s)", a.First, Percent(a.First, a.Of))
	case n <= 6:
		var list []string
		for _, k := range a.Fits(6) {
			list = append(list, fmt.Sprintf("%d (%s)", k, Percent(k, a.Of)))
		}
		fmt.Fprintf(&b, "%s or %s fit", strings.Join(list[:n-1], ", "), list[n-1])
	default:
		fmt.Fprintf(&b, "every whole number from %d (%s) to %d (%s) fits", a.First, Percent(a.First, a.Of), a.Last, Percent(a.Last, a.Of))
	}
	fmt.Fprintf(&b, "; counting rule: %s", a.Rule)
	return b.String()
}

// maxWhole keeps the arithmetic of a check inside 64 bits.
const maxWhole = 1e10

// Check answers whether a share of a whole can be a whole number, under
// DefaultBands: "61% of 58", "nearly a third of 58", "two of 58".
func Check(question string) (Answer, error) { return DefaultBands.Check(question) }

// Check answers a question under these bands.
func (b Bands) Check(question string) (Answer, error) {
	bad := func(why string) (Answer, error) {
		err := fmt.Errorf("check %.80q: %s: %w", question, why, recount.ErrInvalid)
		return Answer{}, recount.WithHint(err, `ask for a share of a whole number, as in "61% of 58" or "nearly a third of 58"`)
	}
	if len(question) > 1000 {
		return bad("too long")
	}
	t := asked(question)
	for i := range t.Tok {
		if l := t.Tok[i].Low; (l == "point" || l == "points") && i > 0 && (t.At(i-1).Low == "percentage" || t.Percent(i-1) > 0 || t.At(i-1).Low == "%") {
			err := fmt.Errorf("check %.80q: percentage points are the step between two shares, and no share: %w", question, recount.ErrInvalid)
			return Answer{}, recount.WithHint(err, `ask for each of the two shares, as in "40% of 58" and "50% of 58"`)
		}
	}
	split := -1
	for i := range t.Tok {
		if l := t.Tok[i].Low; (l == "of" || l == "in" || l == "among") && !(t.At(i-1).Low == "'" && t.Joined(i-1)) { // not "58'in 14'ü"
			if _, ok := wholeAt(t, i+1); ok && !(split > 0 && isYear(t.At(i+1).Low)) {
				split = i
			}
		}
	}
	if split < 1 {
		if q, ok := abroad(t.Raw); ok && q.whole >= 1 && q.whole <= maxWhole {
			a, err := b.Answer(q.fig, q.phrase, q.whole)
			if err != nil {
				return bad(err.Error())
			}
			return a, nil
		}
		return bad("no share of a whole number")
	}
	whole, _ := wholeAt(t, split+1)
	if whole < 1 || whole > maxWhole {
		return bad("the whole must be a whole number from 1 to 10,000,000,000")
	}
	t.Tok = t.Tok[:split]
	c, ok := firstShare(t)
	if !ok {
		return bad("no share or number before the whole")
	}
	if moreThanOne(t, max(c.Last, c.End)) {
		return bad("more than one share: ask for one at a time, or between the two")
	}
	a, err := b.answer(&c, whole)
	if err != nil {
		return bad(err.Error())
	}
	a.Phrase = t.Span(&c).In(t.Raw)
	return a, nil
}

// moreThanOne reports whether a number stands at token i, behind the share that was
// read, or later ("a fifth or a quarter").
func moreThanOne(t *tokens, i int) bool {
	for ; i < len(t.Tok); i++ {
		if n, ok := t.NumeralAt(i); ok && !n.Vague {
			return true
		}
	}
	return false
}

// decimalComma is a comma that cannot part thousands ("12,5%").
var decimalComma = pattern.New(`(\d),(\d{1,2})([^\d,]|,\D|$)`)

// asked cuts a question into tokens.
func asked(question string) *tokens {
	question = decimalComma.ReplaceAllString(strings.ToValidUTF8(question, ""), "$1.$2$3")
	t := tokenize(strings.ReplaceAll(question, "\n", " "), nil)
	t.Question = true
	return t
}

// wholeAt reads the whole at token i: a number without decimals.
func wholeAt(t *tokens, i int) (int64, bool) {
	for l := t.At(i).Low; l == "the" || l == "all" || l == "those" || l == "these"; l = t.At(i).Low {
		i++
	}
	n, ok := t.NumeralAt(i)
	if !ok || n.Vague || n.Word || n.Value.Places > 0 || t.Percent(n.End) > 0 {
		return 0, false
	}
	return n.Value.Digits, true
}

// firstShare reads the first share or count of a question.
func firstShare(t *tokens) (numberPhrase, bool) {
	for i := range t.Tok {
		if n, ok := t.NumeralAt(i); ok && !n.Vague {
			if p, ok := t.PhraseAt(i, n); ok {
				return p, true
			}
		}
	}
	return numberPhrase{}, false
}

// Answer checks a figure of an article against a whole. It needs a share, or a
// count that is part of the whole, with a value or bounds.
func (b Bands) Answer(f recount.ReportedFigure, text string, whole int64) (Answer, error) {
	c := numberPhrase{Fig: f}
	if f.Kind == recount.ShareFigure {
		// The wording decides how the share was rounded, unless a person said that it
		// states another.
		p, ok := firstShare(asked(text))
		ok = ok && p.Fig.Kind == f.Kind
		if ok && (!f.ByPerson || sameShare(&p.Fig, &f)) {
			c = p
			c.Fig.Qualifier = f.Qualifier
		} else if !ok && !saysPercent(text) && (!f.ByPerson || saysInWords(text, f.Value)) { // "ein Fünftel", "un sur cinq": one rule in all languages
			c.N.Num, c.N.Den = simplest(f.Value)
			c.N.Word, c.N.Ratio = true, true
		}
	}
	if whole < 1 || whole > maxWhole {
		return Answer{}, fmt.Errorf("check: a whole of %d: %w", whole, recount.ErrInvalid)
	}
	a, err := b.answer(&c, whole)
	if a.Phrase = text; f.ByPerson && f.Kind == recount.ShareFigure && f.Value != nil && c.Fig.Key == f.Key {
		d := recount.Decimal{Digits: f.Value.Digits, Places: f.Value.Places - 2}.Trimmed()
		a.Phrase = d.String() + "%" // what the person says, not the words
	}
	return a, err
}

// sameShare reports whether two figures are of one value or between the same
// bounds. A fraction in words is cut after some places, so that one that is typed
// with more is still the same.
func sameShare(a, b *recount.ReportedFigure) bool {
	same := func(x, y *recount.Decimal) bool {
		if x == nil || y == nil {
			return x == y
		}
		return x.Compare(*y) == 0
	}
	if a.Value != nil || b.Value != nil {
		return same(a.Value, b.Value)
	}
	return same(a.Low, b.Low) && same(a.High, b.High)
}

// answer applies the bands. Shares are handled as numerator and denominator
// throughout.
func (b Bands) answer(c *numberPhrase, whole int64) (Answer, error) {
	f := &c.Fig
	a := Answer{Of: whole, Qualifier: f.Qualifier, Count: f.Kind != recount.ShareFigure}
	ratio := func(d *recount.Decimal) Ratio {
		r := Ratio{d.Digits, 1}
		for range d.Places {
			r.Den *= 10
		}
		if a.Count {
			r.Den *= whole
		}
		return r
	}
	if f.Qualifier == recount.Between && f.Low != nil && f.High != nil {
		a.Low, a.High = ratio(f.Low), ratio(f.High)
		if c.N.Word { // "between a third and a half": the decimal is cut, so widen by its last place
			low, high := a.Low, a.High
			a.Low.Num--
			a.High.Num++
			a.Rule = "both ends fit"
			return a.solve().next(floor(low, whole), ceil(high, whole)), nil
		}
		a.Rule = "both ends fit"
		return a.solve(), nil
	}
	if f.Value == nil {
		return a, fmt.Errorf("no value")
	}
	x := ratio(f.Value)
	if c.N.Den > 0 {
		x = Ratio{c.N.Num, c.N.Den}
	}
	if x.Den > maxWhole*1000 || x.Num > maxWhole*1000 {
		return a, fmt.Errorf("too many digits")
	}
	// spread is the half-width of the band of an unqualified share.
	spread := Ratio{0, 1}
	rule := "a count means itself"
	words := c.N.Den > 0 && (c.N.End == c.End || c.N.Ratio) // "a fifth" and "one in five" are one share
	switch {
	case a.Count:
	case words && f.Qualifier == recount.Exact:
		spread, rule = Ratio{int64(b.Fraction), 1000}, fmt.Sprintf("a fraction in words means itself give or take %s points", tenths(b.Fraction))
	default:
		spread = Ratio{1, 2 * x.Den}
		rule = "a percentage is rounded at its last printed place"
		if x.Den < 100 {
			spread.Den = 200
		}
	}
	almost, about := Ratio{int64(b.Almost), 1000}, Ratio{int64(b.About), 1000}
	points := "points"
	if a.Count {
		almost = Ratio{x.Num * int64(b.Count), x.Den * 1000}
		about = almost
		points = "per cent of the number"
	}
	one := Ratio{1, 1}
	// A loose wording stands for the whole numbers next to it, however far those of a
	// small whole lie apart: nobody has said that "a fifth" of 7 is 20.0%.
	below, above := floor(x, whole), ceil(x, whole)
	switch f.Qualifier {
	case recount.Almost:
		a.Low, a.High, a.HighOpen = minus(x, almost), x, true
		a.Rule = fmt.Sprintf("almost and nearly mean up to %s %s below", pick(a.Count, b.Count, b.Almost), points)
		if words {
			k := max(above-1, min(above, 1))
			return a.solve().next(k, k), nil
		}
	case recount.About:
		a.Low, a.High = minus(x, about), plus(x, about)
		a.Rule = fmt.Sprintf("about means give or take %s %s", pick(a.Count, b.Count, b.About), points)
		if !a.Count {
			return a.solve().next(below, above), nil
		}
	case recount.AtLeast:
		a.Low, a.High, a.Rule = minus(x, spread), one, "at least means this or any more"
	case recount.MoreThan:
		a.Low, a.LowOpen, a.High, a.Rule = x, true, one, "more than means any larger number"
	case recount.AtMost, recount.UpTo:
		a.High, a.Low, a.Rule = plus(x, spread), Ratio{0, 1}, "at most and up to mean this or any fewer"
	case recount.LessThan:
		a.High, a.HighOpen, a.Low, a.Rule = x, true, Ratio{0, 1}, "less than means any smaller number"
	default:
		a.Low, a.High, a.Rule = minus(x, spread), plus(x, spread), rule
		if words {
			return a.solve().next(below, above), nil
		}
	}
	return a.solve(), nil
}

// next adds the whole numbers from below to above to those that fit, and says so
// where it adds any.
func (a Answer) next(below, above int64) Answer {
	below, above = max(below, min(above, 1)), min(above, a.Of) // some are more than none
	first, last := a.First, a.Last
	if a.First > a.Last {
		first, last = below, above
	}
	first, last = min(first, below), max(last, above)
	if first != a.First || last != a.Last {
		a.First, a.Last = first, last
		a.Rule += ", or the whole numbers next to it"
	}
	return a
}

// saysPercent reports whether a wording says in a sign or a word of any language
// that it is so many in a hundred.
func saysPercent(text string) bool {
	for code, w := range percentWords() {
		low := folded(text, code)
		for p := range w {
			if strings.Contains(low, p) {
				return true
			}
		}
	}
	return false
}

// saysInWords reports whether a wording tells a share of this value in words of any
// language: what a person stated is then no more exact than the words.
func saysInWords(text string, value *recount.Decimal) bool {
	if value == nil || len(text) > 200 {
		return false
	}
	for _, code := range lang.NumberLanguages() {
		w := wordsOf(code)
		if code == "en" {
			continue
		}
		behind := ""
		if of := slices.Sorted(maps.Keys(w.of)); len(of) > 0 {
			behind = " " + of[0] + " " + w.people
		}
		found, _ := findForeign(text+behind, code, recount.Date{}, func(int) bool { return false })
		for i := range found {
			if f := &found[i]; f.Kind == recount.ShareFigure && f.Value != nil && f.Value.Compare(*value) == 0 {
				return true
			}
		}
	}
	return false
}

// percentWords are the words for per cent by language.
var percentWords = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{"en": {"%": true, "٪": true, "per cent": true, "percent": true, "per-cent": true, "pct": true}}
	for _, code := range lang.NumberLanguages() {
		if w := wordsOf(code); code != "en" {
			out[code] = maps.Clone(w.percent)
			maps.Copy(out[code], w.percentBefore)
		}
	}
	return out
})

// simplest returns the fraction with the smallest denominator up to a hundred that
// is d as it is cut after its places, or d itself.
func simplest(d *recount.Decimal) (num, den int64) {
	if d == nil || d.Digits <= 0 || d.Places > 4 {
		return 0, 0
	}
	one := pow10(d.Places)
	for den = 2; den <= 100 && d.Digits < one; den++ {
		num = (d.Digits*den + one/2) / one
		if v := fractionOf(num, den); num > 0 && v.Compare(*d) == 0 {
			return num, den
		}
	}
	return d.Digits, one
}

func tenths(milli int) string {
	if milli%10 == 0 {
		return strconv.Itoa(milli / 10)
	}
	return fmt.Sprintf("%d.%d", milli/10, milli%10)
}

func pick(count bool, a, b int) string {
	if count {
		return tenths(a)
	}
	return tenths(b)
}

// solve finds the whole numbers inside the band.
func (a Answer) solve() Answer {
	if a.Low.Num < 0 {
		a.Low = Ratio{0, 1}
	}
	first := ceil(a.Low, a.Of)
	if a.LowOpen && exactly(a.Low, a.Of, first) {
		first++
	}
	last := floor(a.High, a.Of)
	if a.HighOpen && exactly(a.High, a.Of, last) {
		last--
	}
	a.First, a.Last = max(first, 0), min(last, a.Of)
	return a
}
