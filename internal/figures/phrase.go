package figures

import (
	"strings"

	"recount"
)

// A candidate is a figure with what later steps need to know of it.
type candidate struct {
	fig         recount.ReportedFigure
	n           numeral
	first, last int  // its tokens, with the qualifier
	core        int  // first token of the number itself
	end         int  // first token after the number and its sign
	unitEnd     int  // first token after the unit
	bare        bool // the text names no unit with it
	them        bool // "of them", "of whom"
	part        bool // "of the 58"
	total       int64
	guess       bool // "presumably": nobody has counted
}

var (
	small = words(`of in on at by for from to with within without among amongst between into onto over under above below
		after before since until till during through throughout against across around about near off out up down toward towards
		upon via per than as like despite versus vs a an the this that these those each every any no some all both either neither
		and or but nor so yet if because while although though when where who whom whose which what why how whether
		i you he she it we they me him her us them his its our their your my mine ours theirs
		not never also only just even still then there here now again too very rather instead alone together apiece
		ago later earlier yesterday today tomorrow tonight including excluding except plus minus once twice`)
	verbs = words(`is are was were be been being am has have had do does did will would can could shall should may might must
		said say says told tells tell went go goes gone came come comes left leave got get gets took take takes taken made make makes
		gave give gives given found find knew know known saw see seen spoke speak spoken ran run fell fall rose rise grew grow began begin
		laid admit admitted suggest suggests shows show feels forgets lost lose won win held hold kept keep met meet paid pay put set sat stood stand sent send broke broken became become felt
		thought brought bought caught taught fought sought led fled died die want need live lived die don't didn't won't wasn't weren't
		aren't isn't haven't hasn't hadn't can't couldn't wouldn't shouldn't remain remained support supported believe think agree
		agreed appeared seem seemed turned continued vanished i'd we'd they'd he'd she'd`)
	durations = words(`second seconds minute minutes hour hours day days night nights week weeks weekend weekends fortnight month months year
		years decade decades century centuries semester semesters quarter quarters o'clock am pm a.m p.m a.m. p.m. gmt est et edt pst bst cet
		hrs hr min mins yr yrs january february march april may june july august september october november december
		midnight noon generation generations term terms`)
	measures = words(`point points degree degrees mile miles kilometre kilometres kilometer kilometers km metre metres meter meters feet foot
		ft inch inches yard yards lb lbs pound-weight ounce ounces oz kg kilo kilos kilogram kilograms gram grams mph kph knots acre acres
		hectare hectares watts volts mg ml litre litres liters liter gallons mm cm percentage celsius fahrenheit`)
	months = map[string]int{"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
		"september": 9, "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
		"aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
	labels = words(`chapter section sections article articles page pages part title room flight route highway channel unit level phase stage
		grade class volume vol act line gate psalm verse step tier type version boeing airbus week game round season
		episode bowl proposition prop amendment resolution district ward precinct formula fortune number no nos figure table
		apartment suite exhibit count rule item paragraph interstate apollo windows area zone catch studio model lot terminal platform
		division brigade battalion regiment squadron day year size age aged chapter key group world wave track bus camp sector`)
	currencyWords = words(`dollar dollars euro euros pound pounds cent cents pence ruble rubles rouble roubles yen yuan rupee rupees crown
		crowns kronor krone peso pesos lira dinar dinars dirham dirhams riyal riyals shekel shekels franc francs won rand real reais usd eur gbp bucks`)
	casualties = words(`dead killed injured wounded missing arrested hurt detained hospitalized hospitalised infected displaced homeless unaccounted deaths`)
	hedges     = words(`perhaps possibly maybe probably presumably reportedly`)
)

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case irregular[w] != "":
		return irregular[w]
	case strings.HasSuffix(w, "women") || strings.HasSuffix(w, "men") && len(w) > 3 && w != "specimen":
		return w[:len(w)-2] + "an"
	case strings.HasSuffix(w, "ches") || strings.HasSuffix(w, "shes") || strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return w[:len(w)-1]
	}
	return w
}

var irregular = map[string]string{"people": "person", "persons": "person", "men": "man", "children": "child", "kids": "child", "lives": "life", "wives": "wife",
	"geese": "goose", "mice": "mouse", "feet": "foot", "teeth": "tooth", "media": "medium", "criteria": "criterion", "data": "datum"}

var notPlural = words(`his its this was has does us as less plus yes thus always perhaps besides overseas christmas whereas unless towards
	afterwards across news politics u.s u.s. states-based himself isis`)

// plural reports whether w looks like a plural noun.
func plural(w string) bool {
	if irregular[w] != "" && !strings.HasSuffix(w, "s") || strings.HasSuffix(w, "men") && len(w) > 4 ||
		strings.HasSuffix(w, "people") || w == "police" || w == "personnel" || w == "troops" {
		return true
	}
	if len(w) < 3 || !strings.HasSuffix(w, "s") || notPlural[w] {
		return false
	}
	for _, e := range [...]string{"ss", "us", "is", "'s"} {
		if strings.HasSuffix(w, e) {
			return false
		}
	}
	return true
}

// verbish reports whether w may be a verb.
func verbish(w string) bool {
	return verbs[w] || strings.HasSuffix(w, "ed") && w != "hundred" || strings.HasSuffix(w, "ing")
}

// scan finds the figures of the text, without what links them.
func (t *text) scan() {
	for i := 0; i < len(t.tok); {
		k := &t.tok[i]
		if k.kind == mark || t.skip[min(k.sent, len(t.skip)-1)] {
			i++
			continue
		}
		if c, ok := t.vaguePhrase(i); ok {
			t.found = append(t.found, c)
			i = c.end
			continue
		}
		n, ok := t.numeralAt(i)
		if !ok {
			i++
			continue
		}
		next := n.end
		if c, ok := t.figureAt(i, n); ok {
			t.found = append(t.found, c)
			next = max(next, c.end)
		}
		i = max(next, i+1)
	}
}

// vaguePhrase reads the quantities that hold no number word: "most of them",
// "numerous stories", "a growing number of defectors".
func (t *text) vaguePhrase(i int) (candidate, bool) {
	k := t.at(i)
	c := candidate{first: i, core: i, n: numeral{vague: true}}
	switch k.low {
	case "most":
		if t.at(i+1).low != "of" || t.at(i+2).low != "them" {
			return c, false
		}
		c.end, c.them = i+1, true
	case "numerous":
		c.end = i + 1
	case "relatively", "comparatively":
		if t.at(i+1).low != "few" {
			return c, false
		}
		c.end = i + 2
	case "growing", "rising", "increasing":
		if t.at(i+1).low != "number" && t.at(i+1).low != "numbers" || t.at(i+2).low != "of" {
			return c, false
		}
		c.end = i + 2
	default:
		return c, false
	}
	c.n.end, c.last, c.unitEnd = c.end, c.end, c.end
	c.fig = recount.ReportedFigure{Kind: recount.CountFigure, Qualifier: recount.Vague, Of: -1}
	c.n.end = c.end
	if c.them {
		c.last, c.unitEnd = i+3, i+3
		c.bare = true
	} else {
		j := c.end
		if t.at(j).low == "of" {
			j++
		}
		u := t.unitAt(j)
		if u.text == "" || !u.plural {
			return c, false
		}
		c.fig.Unit, c.unitEnd = u.text, u.end
	}
	c.fig.Span = recount.Span{Start: k.start, End: t.at(c.last - 1).end}
	return c, true
}

// figureAt decides whether the numeral at i is a figure, and reads the rest
// of it.
func (t *text) figureAt(i int, n numeral) (candidate, bool) {
	c := candidate{n: n, core: i, first: i, end: n.end}
	f := &c.fig
	f.Of, f.Qualifier, f.Kind = -1, recount.Exact, recount.CountFigure
	var low, high *recount.Decimal

	// what stands directly before the number
	if i > 0 && t.joined(i-1) {
		switch p := t.at(i - 1); {
		case isCurrency(p.low):
			f.Kind = recount.MoneyFigure
			c.first = i - 1
			if t.joined(i-2) && t.at(i-2).kind == word && len(t.at(i-2).low) <= 3 {
				c.first = i - 2
			}
		case p.kind == word || p.kind == number:
			return c, false
		case p.low == "#" || p.low == "/" || p.low == "@" || p.low == ":" || p.low == "." || p.low == "+" || p.low == "_":
			return c, false
		case p.low == "-" || p.low == "–":
			if t.at(i-2).kind != mark && t.joined(i-2) {
				return c, false // "F-16", "mid-20", the second half of a score
			}
		}
	}
	if n.vague {
		f.Qualifier = recount.Vague
	} else {
		v := n.value
		f.Value = &v
	}
	if n.word {
		f.Kind = recount.ShareFigure
	}
	if n.loose {
		f.Qualifier = recount.About
	}
	// the sign after it
	share := t.percent(c.end)
	if share > 0 {
		if n.word || n.vague {
			share = 0
		} else {
			c.end += share
			f.Kind = recount.ShareFigure
			f.Value.Places += 2
			trimZeros(f.Value)
		}
	}
	if n.word && t.at(c.end).low == "of" && t.at(c.end+1).kind == number { // "half of 1 percent"
		if m, ok := t.digitsAt(c.end + 1); ok && t.percent(m.end) > 0 {
			v := recount.Decimal{Digits: m.value.Digits * 10000 * n.num / n.den, Places: m.value.Places + 6}
			trimZeros(&v)
			f.Value, c.end = &v, m.end+t.percent(m.end)
		}
	}
	// a range
	if f.Value != nil && !n.word || n.word && t.low(c.first-1, i) == "between" {
		if hi, end, ok := t.rangeEnd(i, &c); ok {
			lo := *f.Value
			low, high = &lo, &hi
			f.Value, f.Qualifier, c.end = nil, recount.Between, end
			if t.low(c.first-1, i) == "between" {
				c.first--
			}
		}
	}
	// a ratio
	if f.Kind == recount.CountFigure && f.Value != nil {
		t.ratio(&c)
	}
	c.last = c.end
	if f.Kind != recount.MoneyFigure && currencyWords[t.low(c.end, i)] {
		f.Kind = recount.MoneyFigure
		c.end++
		c.last = c.end
	} else if n.vague && t.low(c.end, i) == "of" && currencyWords[t.low(c.end+1, i)] {
		f.Kind = recount.MoneyFigure
		c.end += 2
		c.last = c.end
	}
	t.before(&c)
	t.after(&c)
	if t.trap(&c) {
		return c, false
	}
	if !t.unit(&c) {
		return c, false
	}
	switch f.Qualifier {
	case recount.AtLeast, recount.MoreThan:
		low = f.Value
	case recount.AtMost, recount.LessThan, recount.UpTo:
		high = f.Value
	}
	f.Low, f.High = low, high
	f.Span = recount.Span{Start: t.at(c.first).start, End: t.at(c.last - 1).end}
	return c, f.Span.Within(t.raw)
}

func isCurrency(s string) bool {
	return s == "$" || s == "€" || s == "£" || s == "¥" || s == "₹" || s == "₽"
}

func trimZeros(d *recount.Decimal) {
	for d.Places > 0 && d.Digits%10 == 0 {
		d.Digits, d.Places = d.Digits/10, d.Places-1
	}
}

// percent returns how many tokens at i say "per cent".
func (t *text) percent(i int) int {
	switch t.at(i).low {
	case "%", "percent", "pct", "٪":
		if t.at(i).low == "%" && (t.at(i+1).low == "points" || t.at(i+1).low == "point") {
			return 0
		}
		return 1
	case "per":
		if t.at(i+1).low == "cent" {
			return 2
		}
	case "-":
		if t.at(i+1).low == "percent" {
			return 2
		}
	}
	return 0
}

// rangeEnd reads the upper end of "two or three", "10 to 15", "200–300" and
// "between 10 and 15".
func (t *text) rangeEnd(i int, c *candidate) (recount.Decimal, int, bool) {
	j := c.end
	between := t.low(c.first-1, i) == "between"
	switch l := t.low(j, i); {
	case between && l == "and", !between && l == "or", l == "to":
	case (l == "-" || l == "–") && t.joined(j-1) && t.joined(j):
	default:
		return recount.Decimal{}, 0, false
	}
	if l := t.low(j, i); l == "to" && (c.fig.Kind == recount.ShareFigure) && !between {
		return recount.Decimal{}, 0, false // "43 percent to 38 percent" compares two figures
	}
	j++
	if isCurrency(t.at(j).low) && c.fig.Kind == recount.MoneyFigure {
		j++
	}
	m, ok := t.numeralAt(j)
	if year(t.at(i).low) && !c.n.scaled || !ok || m.vague || t.at(j).sent != t.at(i).sent || m.word != c.n.word {
		return recount.Decimal{}, 0, false
	}
	hi := m.value
	end := m.end
	if p := t.percent(end); p > 0 && !m.word {
		end += p
		hi.Places += 2
		trimZeros(&hi)
		if c.fig.Kind != recount.ShareFigure { // "10 to 15 percent"
			c.fig.Kind = recount.ShareFigure
			c.fig.Value.Places += 2
			trimZeros(c.fig.Value)
		}
	} else if m.scaled && !c.n.scaled && m.value.Digits > 0 && scaleWords[t.at(m.end-1).low] > 0 { // "two or three million"
		if v, ok := times(*c.fig.Value, scaleWords[t.at(m.end-1).low]); ok && compare(v, hi) < 0 {
			*c.fig.Value = v
		}
	}
	if compare(*c.fig.Value, hi) >= 0 {
		return hi, 0, false
	}
	if !between && t.low(c.end, i) != "or" && !(c.fig.Kind == recount.ShareFigure) {
		if u := t.unitAt(end); !u.plural && c.fig.Kind != recount.MoneyFigure && t.low(end, i) != "of" {
			return hi, 0, false // "lost 3 to 5"
		}
	}
	return hi, end, true
}

// compare orders two decimals exactly.
func compare(a, b recount.Decimal) int {
	x, y := a.Digits, b.Digits
	for p := a.Places; p < b.Places && x < maxDigits; p++ {
		x *= 10
	}
	for p := b.Places; p < a.Places && y < maxDigits; p++ {
		y *= 10
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// ratio turns "one in four", "eight of 10 voters" and "nine lamps out of ten"
// into shares, and "four of the 15" into a count that is part of 15.
func (t *text) ratio(c *candidate) {
	j, i := c.end, c.core
	of := false
	unitEnd := 0
	if u := t.unitAt(j); u.plural && t.low(u.end, i) == "out" && t.low(u.end+1, i) == "of" {
		unitEnd = u.end
		j = u.end
	}
	switch {
	case t.low(j, i) == "in":
		j++
	case t.low(j, i) == "out" && t.low(j+1, i) == "of":
		j += 2
	case t.low(j, i) == "of":
		j, of = j+1, true
	default:
		return
	}
	if w := t.low(j, i); w == "every" {
		j++
	} else if w == "the" && of || w == "those" && of || w == "all" && of {
		if m, ok := t.numeralAt(j + 1); ok && !m.vague && !m.word && compare(m.value, *c.fig.Value) > 0 && t.percent(m.end) == 0 {
			c.part, c.total = true, m.value.Digits
		}
		return
	}
	m, ok := t.numeralAt(j)
	if !ok || m.vague || m.word || m.value.Places > 0 || c.fig.Value.Places > 0 || t.percent(m.end) > 0 {
		return
	}
	num, den := c.fig.Value.Digits, m.value.Digits
	round := den <= 10 || den == 12 || den == 20 || den == 25 || den == 50 || den == 100 || den == 1000 || den == 10000 || den == 100000
	if of && num == 1 && c.fig.Qualifier == recount.Exact && !t.bareQuestion {
		return // "one of six members" names one of them
	}
	if num >= den || den < 2 || !round {
		c.part, c.total = of && num < den, den
		return
	}
	if durations[t.low(m.end, i)] || t.joined(m.end-1) && t.at(m.end).kind == mark && t.at(m.end).low == "-" {
		return
	}
	v := fraction(num, den)
	c.fig.Value, c.fig.Kind, c.end = &v, recount.ShareFigure, m.end
	c.n.num, c.n.den, c.n.word = num, den, true
	if unitEnd > 0 {
		c.fig.Unit = t.unitAt(c.n.end).text
	}
}
