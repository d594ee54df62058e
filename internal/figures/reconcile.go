package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// Relation says how a figure stands to the reference of its group.
type Relation string

const (
	Reference  Relation = "reference"   // the figure the others are compared with: the first specific one
	Agrees     Relation = "agrees"      // says the same, or something it implies
	Copied     Relation = "copy"        // the same words in a reprint
	Degraded   Relation = "degraded"    // the number, a bound or a qualifier was lost
	Conflict   Relation = "conflict"    // cannot both be right
	Impossible Relation = "impossible"  // no whole number of its whole fits it
	OtherEvent Relation = "other_event" // counts something else that happened
	Derived    Relation = "derived"     // never printed: follows from a share and its whole
	NotACount  Relation = "not_a_count" // expected or supposed; nobody counted
)

// A Member is one figure of a group.
type Member struct {
	Article  recount.Key
	Figure   int         // index in the article's figures
	Original recount.Key // that its article belongs to; reprints share it
	Outlet   string
	Day      string // of publication, or what is known of it
	Wording  string // the figure as printed
	Sentence recount.Span
	Relation Relation
	Reason   string // in plain words, for the table
}

// A Group is one quantity as several outlets report it. The reference comes
// first, the others in order of publication. Nothing in it is averaged.
type Group struct {
	About   string // what is counted, event and period of the reference
	Members []Member
	values  []interval // by member: what it allows
}

// An item is one figure with what comparing needs.
type item struct {
	art      int // index of the article
	fig      int
	f        *recount.ReportedFigure
	a        *recount.Article
	original recount.Key
	sentence recount.Span
	words    map[string]bool // of its sentence, without numbers and function words
	document bool            // the passage speaks of a report, study or list
	value    interval
	sum      int    // index of the item that is added to it ("25 men and four women"), or -1
	whole    int64  // the size of what it is part of, or 0
	base     int    // item that it is part of, or -1
	group    int    // union-find parent among all items, for the quantity
	inPart   int    // the same for the quantity as a part of a larger one
	copied   int    // item of the first printing of the same original, or -1
	mark     string // what tells a part from other parts: "women", "Lomar"
	taken    int    // item by which it was withdrawn, or -1
	stated   bool   // the whole stands in the same sentence, and counts the same
	headline bool   // it stands in a headline
	told     int    // item of another article that tells it in the same words, or -1
	added    bool   // it comes to another number: no total
	other    string // the change of something else that it tells, or ""
	lost     string // how an article tells a change whose number another one gives
}

// Reconcile groups the figures of several articles that speak of one quantity
// and says how each relates to the others, under DefaultBands. found holds
// what Find returned, by article; originals says which articles are reprints
// of one text and therefore one voice.
func Reconcile(articles []*recount.Article, found map[recount.Key][]recount.ReportedFigure, originals []recount.Original) []Group {
	return DefaultBands.Reconcile(articles, found, originals)
}

// Reconcile groups the figures of several articles that speak of one quantity
// and says how each relates to the others. figures holds what Find returned,
// by article; originals says which articles are reprints of one text.
func (b Bands) Reconcile(articles []*recount.Article, figures map[recount.Key][]recount.ReportedFigure, originals []recount.Original) []Group {
	r := &reconciler{bands: b, first: map[recount.Key][]int{}, names: map[int]map[string]bool{}}
	r.collect(articles, figures, originals)
	r.reprints()
	r.headlines()
	r.wholes()
	r.withdrawn()
	r.parts()
	r.counts()
	r.shares()
	r.changes()
	r.otherChanges()
	r.sameWords()
	return r.groups()
}

type reconciler struct {
	bands   Bands
	items   []item
	first   map[recount.Key][]int // by original, the items of its first article
	levels  []level
	narrow  map[part]int // by whole and what tells a part, the first item that counts the part
	derived []derivation
	names   map[int]map[string]bool // by article, the names in it
}

// A derivation is a number that follows from a share of a known whole.
type derivation struct{ share, count int }

// mostItems bounds the comparison; what lies beyond is not compared.
const mostItems = 200000

func (r *reconciler) collect(articles []*recount.Article, figures map[recount.Key][]recount.ReportedFigure, originals []recount.Original) {
	of := map[recount.Key]recount.Key{}
	for _, o := range originals {
		for _, m := range o.Members {
			of[m] = o.Key
		}
	}
	order := slices.Clone(articles)
	slices.SortStableFunc(order, func(x, y *recount.Article) int {
		// A page without a day comes last: it is nobody's source.
		return cmp.Or(recount.ComparePublished(x.Published, y.Published), cmp.Compare(x.Key, y.Key))
	})
	for n, a := range order {
		figs := figures[a.Key]
		at := make([]int, len(figs))
		for i := range figs {
			at[i] = -1
			f := &figs[i]
			if f.Kind == recount.MoneyFigure || f.Event == "change" && f.Kind != recount.ChangeFigure || !f.Span.Within(a.Text) || len(r.items) >= mostItems {
				continue
			}
			if f.Kind == recount.ChangeFigure && i+1 < len(figs) && ledTo(a.Text, f, &figs[i+1]) {
				r.levels = append(r.levels, level{rise: f, item: len(r.items)}) // the number that it led to is the next item
				continue
			}
			at[i] = len(r.items)
			orig := of[a.Key]
			if orig == "" {
				orig = a.Key
			}
			s := around(a.Text, f.Span)
			it := item{art: n, fig: i, f: f, a: a, original: orig, sentence: s, words: content(s.In(a.Text)), document: document(a.Text, f.Span),
				value: intervalOf(f, f.Span.In(a.Text)), sum: -1, base: -1, copied: -1, taken: -1, told: -1, headline: a.RoleAt(f.Span.Start) == recount.Headline, group: at[i], inPart: at[i]}
			r.items = append(r.items, it)
		}
		for i := range figs {
			if at[i] < 0 {
				continue
			}
			it := &r.items[at[i]]
			if i+1 < len(figs) && at[i+1] >= 0 && coordinated(a.Text, &figs[i], &figs[i+1]) {
				it.sum = at[i+1]
			}
			if o := figs[i].Of; o >= 0 && o < len(figs) && at[o] >= 0 && o != i {
				it.base = at[o]
			}
			it.mark = marker(a.Text, &figs[i])
			it.stated = BaseStated(a.Text, figs, i)
			it.added = added(a.Text, figs, i)
		}
	}
	for i := range r.items {
		it := &r.items[i]
		if it.base < 0 {
			continue
		}
		it.whole = r.total(it.base)
		if sameHead(it.f.Unit, r.items[it.base].f.Unit) && it.mark == singular(lastWord(it.f.Unit)) {
			it.mark = "" // "nine of them" says nothing of which nine
		}
	}
}

// total returns the number that item i states together with the one added to
// it, or 0.
func (r *reconciler) total(i int) int64 {
	it := &r.items[i]
	if it.f.Value == nil || it.f.Value.Places > 0 || it.f.Kind != recount.CountFigure {
		return 0
	}
	n := it.f.Value.Digits
	if s := it.sum; s >= 0 && r.items[s].f.Value != nil && r.items[s].f.Value.Places == 0 {
		n += r.items[s].f.Value.Digits
	}
	return n
}

// coordinated reports whether the text joins two counts by "and" alone.
func coordinated(text string, x, y *recount.ReportedFigure) bool {
	if x.Kind != recount.CountFigure || y.Kind != recount.CountFigure || x.Of >= 0 || y.Of >= 0 || x.Value == nil || y.Value == nil || y.Span.Start < x.Span.End {
		return false
	}
	between := strings.ToLower(strings.TrimSpace(text[x.Span.End:y.Span.Start]))
	return between == x.Unit+" and"
}

// around returns the sentence that holds s: up to the nearest end of a
// sentence or line on both sides.
func around(text string, s recount.Span) recount.Span {
	start, end := s.Start, s.End
	for start > 0 && s.Start-start < 600 && text[start-1] != '\n' && !(text[start-1] == ' ' && start > 1 && strings.IndexByte(".!?", text[start-2]) >= 0) {
		start--
	}
	for end < len(text) && end-s.End < 600 && text[end] != '\n' && !(strings.IndexByte(".!?", text[end]) >= 0 && (end+1 == len(text) || text[end+1] == ' ' || text[end+1] == '\n')) {
		end++
	}
	for start < s.Start && text[start]&0xc0 == 0x80 {
		start++
	}
	for end > s.End && end < len(text) && text[end]&0xc0 == 0x80 {
		end--
	}
	return recount.Span{Start: start, End: end}
}

// content returns the words of a sentence that say what it is about.
func content(s string) map[string]bool {
	m := map[string]bool{}
	for _, k := range tokenize(s, nil).Tok {
		if k.Kind == wordToken && !isSmall(k.Low) && len(k.Low) > 2 && smallNumber(k.Low) == 0 {
			m[singular(k.Low)] = true
		}
	}
	return m
}

// overlap returns the share of words that two sentences have in common, in
// thousandths of the smaller.
func overlap(x, y map[string]bool) int {
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for w := range x {
		if y[w] {
			n++
		}
	}
	return 1000 * n / max(len(x), 1)
}

var documents = wordSet("documents")

// document reports whether the paragraph of s speaks of a report before it, or
// soon after.
func document(text string, s recount.Span) bool {
	from := s.Start
	for from > 0 && s.Start-from < 600 && text[from-1] != '\n' {
		from--
	}
	end := s.End
	for end < len(text) && end-s.End < 120 && text[end] != '\n' {
		end++
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(text[from:end]), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if documents[w] {
			return true
		}
	}
	return false
}

// marker returns what tells a part of a whole from its other parts: the place
// after "from", or the unit.
func marker(text string, f *recount.ReportedFigure) string {
	after := text[f.Span.End:min(len(text), f.Span.End+60)]
	t := tokenize(strings.ToValidUTF8(after, ""), nil)
	for k := 0; k < 5 && k < len(t.Tok); k++ {
		l, next := t.Tok[k].Low, t.At(k+1)
		if (l == "from" || l == "were" || l == "are" || l == "was") && next.Upper {
			return singular(next.Low)
		}
		if (l == "were" || l == "are") && isPlural(next.Low) && isPersonal(next.Low) && !generic[singular(next.Low)] && t.At(k+2).Kind == markToken {
			return singular(next.Low) // "27 of the 41 were women"
		}
		if t.Tok[k].Kind == markToken {
			break
		}
	}
	h := singular(lastWord(f.Unit))
	if generic[h] {
		return ""
	}
	return h
}

// sameMark reports whether two marks may name the same part: "Lomarian" and
// "Lomaria" do, and a missing mark says nothing against it.
func sameMark(a, b string) bool {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a == b || a == "" || b == "" || n >= 5 && max(len(a), len(b))-n <= 3
}

// generic heads say only that people are counted.
var generic = wordSet("generic")

func (r *reconciler) find(i int, part bool) int {
	p := func(i int) *int {
		if part {
			return &r.items[i].inPart
		}
		return &r.items[i].group
	}
	for *p(i) != i {
		*p(i) = *p(*p(i))
		i = *p(i)
	}
	return i
}

func (r *reconciler) join(i, j int, part bool) {
	x, y := r.find(i, part), r.find(j, part)
	if x == y {
		return
	}
	if y < x {
		x, y = y, x
	}
	if part {
		r.items[y].inPart = x
	} else {
		r.items[y].group = x
	}
}

// reprints pairs each figure of a reprint with the figure of the first
// printing whose sentence shares most words with its own.
func (r *reconciler) reprints() {
	for i := range r.items {
		o := r.items[i].original
		if first := r.first[o]; len(first) == 0 || r.items[first[0]].art == r.items[i].art {
			r.first[o] = append(r.first[o], i)
			continue
		}
		best, at := 499, -1
		for _, j := range r.first[o] {
			x, y := &r.items[j], &r.items[i]
			same := x.f.Value != nil && y.f.Value != nil && *x.f.Value == *y.f.Value
			n := overlap(x.words, y.words)
			if x.f.Kind != y.f.Kind || (x.base >= 0) != (y.base >= 0) && (!same || n < 500) {
				continue
			}
			if sameHead(x.f.Unit, y.f.Unit) {
				n += 100
			}
			if same {
				n += 50
			}
			if same && x.base < 0 && y.base < 0 && y.f.Kind == recount.CountFigure && y.f.Value.Places == 0 && y.f.Value.Digits >= 100 && countsPeople(x.f.Unit) && countsPeople(y.f.Unit) {
				n += 450 // so many people in both prints of one story are the same
			}
			if n > best {
				best, at = n, j
			}
		}
		if at < 0 {
			r.first[o] = append(r.first[o], i) // added by this reprint
			continue
		}
		r.items[i].copied = at
		r.join(at, i, r.items[at].base >= 0 || r.items[i].f.Kind == recount.ShareFigure)
	}
}

// wholes joins counts that are no part of anything, across originals.
func (r *reconciler) wholes() {
	byValue := map[int64][]int{}
	more := map[int64][]int{} // what comes to another number
	var documented, loose []int
	for i := range r.items {
		it := &r.items[i]
		if it.f.Kind != recount.CountFigure || it.base >= 0 || it.copied >= 0 || r.summand(i) {
			continue
		}
		switch {
		case it.f.Qualifier == recount.Vague && it.value.low <= 1: // "a growing number": a trend, not a lost number
		case it.f.Withdrawn:
		case it.added:
			if it.f.Value != nil && it.f.Value.Places == 0 {
				more[it.f.Value.Digits] = append(more[it.f.Value.Digits], i)
			}
		case it.f.Guess || it.f.Qualifier == recount.Vague:
			loose = append(loose, i)
		case it.f.Value != nil && it.f.Value.Places == 0:
			byValue[r.total(i)] = append(byValue[r.total(i)], i)
			if it.document && countsPeople(it.f.Unit) {
				documented = append(documented, i)
			}
		}
	}
	const block = 400 // a number this common proves nothing
	for i := range r.items {
		same := byValue[r.total(i)]
		if len(same) == 0 || same[0] != i || len(same) > block {
			continue
		}
		for x, i := range same {
			for _, j := range same[x+1:] {
				if r.items[i].original != r.items[j].original && r.oneWhole(i, j) {
					r.joinSum(i, j)
				}
			}
		}
	}
	for _, list := range more {
		r.pairs(list, func(x, y *item) bool { return sameHead(x.f.Unit, y.f.Unit) && apart(x.a, y.a) <= 60 }, false)
	}
	r.rivals(documented)
	// vague and supposed numbers of a report join its count
	for _, j := range loose {
		y := &r.items[j]
		if !y.document {
			continue
		}
		best, at := 0, -1
		for _, i := range documented {
			x := &r.items[i]
			if x.original == y.original || apart(x.a, y.a) > 60 {
				continue
			}
			n := 0
			switch {
			case y.f.Guess && y.f.Value != nil:
				if d := r.total(i) - y.f.Value.Digits; 8*max(d, -d) <= r.total(i) {
					n = 2
				}
			case countsPeople(y.f.Unit) && y.value.holds(r.total(i)):
				n = 1
				if sameHead(x.f.Unit, y.f.Unit) {
					n = 2
				}
			}
			if n > best {
				best, at = n, i
			}
		}
		if at >= 0 {
			r.joinSum(at, j)
		}
	}
}

// withdrawn joins what a note takes back to what replaces it, and to the same
// number wherever it is still told.
func (r *reconciler) withdrawn() {
	key := map[recount.Key]int{}
	var taken []int
	for i := range r.items {
		key[r.items[i].f.Key] = i
		if r.items[i].f.Withdrawn {
			taken = append(taken, i)
		}
	}
	if len(taken) == 0 {
		return
	}
	const most = 400 // a number this common proves nothing
	same := map[recount.Decimal][]int{}
	for i := range r.items {
		if v := r.items[i].f.Value; v != nil && len(same[*v]) < most {
			same[*v] = append(same[*v], i)
		}
	}
	for _, i := range taken {
		x := &r.items[i]
		if x.f.Value == nil {
			continue
		}
		if j, ok := key[x.f.CorrectedBy]; ok && x.f.CorrectedBy != "" {
			r.join(i, j, false)
		}
		for _, j := range same[*x.f.Value] {
			if y := &r.items[j]; j != i && sameTold(x, y) {
				r.join(i, j, false)
				y.taken = i
			}
		}
	}
}

// sameTold reports whether y tells the number that x takes back.
func sameTold(x, y *item) bool {
	return x.f.Value != nil && y.f.Value != nil && *x.f.Value == *y.f.Value && x.f.Kind == y.f.Kind && x.f.Qualifier == y.f.Qualifier && sameHead(x.f.Unit, y.f.Unit) && overlap(x.words, y.words) >= 300
}

// rivals joins the first counts that several articles take from a report, even
// if they differ: the same people, the same event, no other period.
func (r *reconciler) rivals(documented []int) {
	const reach = 200
	var lead []int
	for k, i := range documented {
		if k == 0 || r.items[documented[k-1]].art != r.items[i].art {
			lead = append(lead, i)
		}
	}
	for k, i := range lead {
		for _, j := range lead[k+1 : min(len(lead), k+reach)] {
			x, y := &r.items[i], &r.items[j]
			a, b := r.total(i), r.total(j)
			if x.original != y.original && apart(x.a, y.a) <= 60 && x.sum < 0 && y.sum < 0 && sameHead(x.f.Unit, y.f.Unit) && x.f.Event != "" && family(x.f.Event) == family(y.f.Event) &&
				(x.f.From == "" && x.f.To == "" || y.f.From == "" && y.f.To == "" || samePeriod(x, y)) && max(a, b) <= 2*min(a, b) && overlap(x.words, y.words) >= 400 {
				r.join(i, j, false)
			}
		}
	}
}

// joinSum joins two wholes; what is added to either comes along.
func (r *reconciler) joinSum(i, j int) {
	r.join(i, j, false)
	for _, k := range [2]int{i, j} {
		if s := r.items[k].sum; s >= 0 {
			r.join(k, s, false)
		}
	}
}

// summand reports whether item i is added to the one before it.
func (r *reconciler) summand(i int) bool { return i > 0 && r.items[i-1].sum == i }

func countsPeople(unit string) bool { return isPersonal(unit) || isCaseLike(unit) }

// apart returns the days between two publications, or a large number.
func apart(a, b *recount.Article) int {
	x, y := a.Date(), b.Date()
	if !x.Known() || !y.Known() {
		return 1 << 20
	}
	n := x.Last().Number() - y.Last().Number()
	return max(n, -n)
}

// oneWhole decides whether two equal counts of different originals speak of
// one quantity. The rounder and smaller the number, the more else must agree.
func (r *reconciler) oneWhole(i, j int) bool {
	x, y := &r.items[i], &r.items[j]
	n := r.total(i)
	sum := x.sum >= 0 || y.sum >= 0
	heads := (sameHead(x.f.Unit, y.f.Unit) || staffed(x, y)) && !sum
	both := countsPeople(x.f.Unit) && countsPeople(y.f.Unit)
	if n < 1000 && n%10 == 0 && staffed(x, y) {
		return near(x, y) // 340 and 340 on the payroll
	}
	if !heads && !both {
		return false
	}
	near := near(x, y)
	events := x.f.Event != "" && family(x.f.Event) == family(y.f.Event)
	switch {
	case x.document && y.document && near:
		return heads || both && n >= 10
	case n >= 1000 && n%100 == 0:
		return x.f.Qualifier == y.f.Qualifier && x.f.Qualifier != recount.Exact || heads && (events || near)
	case n >= 20 && n%10 != 0:
		return (heads || events || sum || near) && (sum || r.kin(x, y))
	case n >= 20:
		return heads && events && near
	}
	return heads && events && near && overlap(x.words, y.words) >= 500
}

// near reports whether two figures were printed within two months.
func near(x, y *item) bool { return apart(x.a, y.a) <= 60 }

// family returns the name under which events count as one: a case that was
// reported and a person who spoke are the same event, seen from two sides.
func family(event string) string {
	switch event {
	case "reported", "spoke":
		return "public"
	case "took place", "left":
		return "left"
	}
	return event
}

// parts joins counts that are part of one whole: equal in number, and in what
// tells them from the other parts.
func (r *reconciler) parts() {
	type key struct {
		base  int // group of the whole
		value recount.Decimal
	}
	blocks := map[key][]int{}
	for i := range r.items {
		it := &r.items[i]
		if it.f.Kind != recount.CountFigure || it.f.Value == nil {
			continue
		}
		switch {
		case it.base >= 0 && it.copied < 0:
			k := key{r.find(it.base, false), *it.f.Value}
			blocks[k] = append(blocks[k], i)
		case it.sum >= 0 || r.summand(i):
			k := key{r.find(i, false), *it.f.Value}
			blocks[k] = append(blocks[k], i)
		}
	}
	type named struct {
		base int
		mark string
	}
	marked := map[named][]int{} // "four of them women", "five of them women"
	for i := range r.items {
		if it := &r.items[i]; it.base >= 0 && it.copied < 0 && it.mark != "" && it.f.Kind == recount.CountFigure && it.f.Value != nil {
			k := named{r.find(it.base, false), it.mark}
			marked[k] = append(marked[k], i)
		}
	}
	for _, list := range marked {
		r.pairs(list, func(x, y *item) bool { return x.f.Event == y.f.Event || x.f.Event == "" || y.f.Event == "" }, true)
	}
	type thing struct {
		head  string
		value recount.Decimal
	}
	things := map[thing][]int{} // the countries and reasons of one report
	for i := range r.items {
		it := &r.items[i]
		if it.document && it.base < 0 && it.f.Kind == recount.CountFigure && it.f.Value != nil && it.f.Unit != "" && !countsPeople(it.f.Unit) {
			k := thing{singular(lastWord(it.f.Unit)), *it.f.Value}
			things[k] = append(things[k], i)
		}
	}
	for _, list := range blocks {
		r.pairs(list, func(x, y *item) bool { return sameMark(x.mark, y.mark) }, true)
	}
	for _, list := range things {
		r.pairs(list, func(x, y *item) bool { return apart(x.a, y.a) <= 60 }, false)
	}
}

// pairs joins those of a block that come from different originals and fit. In
// a block that is too large to compare, each is compared with those next to it.
func (r *reconciler) pairs(list []int, fit func(x, y *item) bool, part bool) {
	const reach = 200
	for k, i := range list {
		for _, j := range list[k+1 : min(len(list), k+reach)] {
			if x, y := &r.items[i], &r.items[j]; x.original != y.original && fit(x, y) {
				r.join(i, j, part)
			}
		}
	}
}

// shares joins shares of one whole that speak of one period, and finds the
// counts that a share only implies.
func (r *reconciler) shares() {
	var list []int
	for i := range r.items {
		if r.items[i].f.Kind == recount.ShareFigure && r.items[i].copied < 0 && r.items[i].f.Qualifier != recount.Vague {
			list = append(list, i)
		}
	}
	blocks := map[int][]int{}
	for _, i := range list {
		if b := r.items[i].base; b >= 0 {
			blocks[r.find(b, false)] = append(blocks[r.find(b, false)], i)
		}
	}
	for _, block := range blocks {
		r.pairs(block, func(a, b *item) bool {
			return a.f.From != "" && b.f.From != "" && samePeriod(a, b) && (a.f.Event != "" && b.f.Event != "" || sameSaid(a, b)) || a.f.From == "" && b.f.From == "" && sameMark(a.mark, b.mark) && a.f.Event == b.f.Event && (a.f.Event != "" || sameSaid(a, b))
		}, true)
	}
	counts := map[int64][]int{}
	for j := range r.items {
		c := &r.items[j]
		if c.f.Kind == recount.CountFigure && c.base < 0 && c.f.Value != nil && c.f.Value.Places == 0 && c.f.Value.Digits >= 5 && countsPeople(c.f.Unit) && c.sum < 0 {
			counts[c.f.Value.Digits] = append(counts[c.f.Value.Digits], j)
		}
	}
	for _, i := range list {
		s := &r.items[i]
		if s.whole == 0 || s.f.Value == nil || s.f.Event == "" || s.whole > maxWhole {
			continue
		}
		n, ten := s.f.Value.Digits*s.whole, int64(1)
		for range s.f.Value.Places {
			ten *= 10
		}
		if n%ten != 0 {
			continue
		}
		for _, j := range counts[n/ten] {
			if c := &r.items[j]; c.original != s.original && family(c.f.Event) == family(s.f.Event) {
				r.derived = append(r.derived, derivation{i, j})
				break // the first outlet that states it
			}
		}
	}
}

// samePeriod reports whether two periods begin together and end within six
// weeks of each other: an open period ends with the day of publication.
func samePeriod(a, b *item) bool {
	if !sameDay(a.f.From, b.f.From) {
		return false
	}
	x, y := recount.DateOf(a.f.To), recount.DateOf(b.f.To)
	if !x.Known() || !y.Known() {
		return x == y
	}
	n := x.Last().Number() - y.Last().Number()
	return max(n, -n) <= 45
}

// sameDay reports whether two days are at most three apart: "in the past year"
// begins on another day in each day's paper.
func sameDay(a, b string) bool {
	x, y := recount.DateOf(a), recount.DateOf(b)
	if a == b || !x.Known() || !y.Known() {
		return a == b
	}
	n := x.Last().Number() - y.Last().Number()
	return max(n, -n) <= 3
}

// groups builds the result from what was joined.
func (r *reconciler) groups() []Group {
	r.narrow = map[part]int{}
	for i := range r.items {
		if it := &r.items[i]; it.base >= 0 && it.mark != "" && it.f.Kind == recount.CountFigure && it.f.Value != nil && it.f.Qualifier == recount.Exact {
			if k := (part{r.find(it.base, false), it.mark}); r.narrow[k] == 0 {
				r.narrow[k] = i + 1
			}
		}
	}
	whole, part := map[int][]int{}, map[int][]int{}
	for i := range r.items {
		whole[r.find(i, false)] = append(whole[r.find(i, false)], i)
		part[r.find(i, true)] = append(part[r.find(i, true)], i)
	}
	var out []Group
	grouped := map[int]bool{}
	take := func(members []int, sums bool) {
		if g, ok := r.group(members, sums); ok {
			out = append(out, g)
			for _, i := range members {
				grouped[i] = true
			}
		}
	}
	for i := range r.items {
		take(whole[i], true)
		take(part[i], false)
	}
	out = append(out, r.owned(grouped)...)
	for _, d := range r.derived {
		g := Group{About: r.about(d.count)}
		r.add(&g, d.count, false, Reference, "the only figure that states it")
		s := &r.items[d.share]
		r.add(&g, d.share, false, Derived, fmt.Sprintf("%s of %d is %d; the outlet never printed that number", s.f.Span.In(s.a.Text), s.whole, r.items[d.count].f.Value.Digits))
		out = append(out, g)
	}
	return out
}

// add appends item i to g. In a group of wholes, numbers that add up count as
// their sum.
func (r *reconciler) add(g *Group, i int, sums bool, rel Relation, reason string) {
	it := &r.items[i]
	g.Members = append(g.Members, Member{Article: it.a.Key, Figure: it.fig, Original: it.original, Outlet: it.a.Outlet, Day: it.a.When(),
		Wording: it.f.Span.In(it.a.Text), Sentence: it.sentence, Relation: rel, Reason: reason})
	v := it.value
	switch first := r.summand(i); {
	case it.f.Qualifier == recount.Vague:
		v = interval{}
	case sums && first: // counted with the one before it
		v = interval{}
	case sums && it.sum >= 0:
		n := r.total(i)
		other := r.items[it.sum].value
		v = interval{low: n, high: n, known: true, stated: [2]int64{n, n}}
		if v.above, v.below = it.value.above || other.above, it.value.below || other.below; v.above || v.below {
			n = it.value.stated[0] + other.stated[0]
			v.stated = [2]int64{n, n}
		}
	}
	g.values = append(g.values, v)
}

func (r *reconciler) about(i int) string {
	f := r.items[i].f
	s := f.Unit
	if f.Event != "" {
		s += ", " + f.Event
	}
	if f.From != "" || f.To != "" {
		s += ", " + f.From + " to " + f.To
	}
	return s
}

// group describes members that were joined, if they come from two articles.
func (r *reconciler) group(members []int, sums bool) (Group, bool) {
	articles := map[recount.Key]bool{}
	ref := -1
	for _, i := range members {
		it := &r.items[i]
		articles[it.a.Key] = true
		if ref < 0 || r.rank(i) < r.rank(ref) || r.rank(i) == r.rank(ref) && r.items[ref].headline && !it.headline && r.items[ref].art == it.art {
			ref = i
		}
	}
	if len(articles) < 2 {
		return Group{}, false
	}
	ref = r.fuller(members, ref)
	g := Group{About: r.about(ref)}
	if reason := r.impossible(ref); reason != "" { // all that is there cannot be
		r.add(&g, ref, sums, Impossible, reason)
	} else if r.items[ref].f.Guess { // nobody has more than a guess
		r.add(&g, ref, sums, NotACount, "expected or supposed; nobody had counted it")
	} else if r.items[ref].f.Withdrawn || r.takenBack(ref) { // nobody stands by any of them
		rel, why := r.relate(ref, ref)
		r.add(&g, ref, sums, rel, why)
	} else if slices.ContainsFunc(members, func(i int) bool { return i < ref && (r.items[i].f.Withdrawn || r.takenBack(i)) }) {
		r.add(&g, ref, sums, Reference, "the first specific figure that nobody took back")
	} else {
		r.add(&g, ref, sums, Reference, "the first specific figure")
	}
	for _, i := range members {
		if i != ref {
			rel, reason := r.relate(ref, i)
			if rel == Degraded && r.inFull(members, ref, i) {
				rel, reason = Agrees, "the same article states it in full"
			}
			if rel == Conflict {
				if j := r.ownForm(members, i); j >= 0 && j != ref {
					if own, why := r.relate(ref, j); own == Agrees || own == Degraded {
						rel, reason = Degraded, why // "forty" for the "about 40" below it
					}
				}
			}
			r.add(&g, i, sums, rel, reason)
		}
	}
	return g, true
}

// fuller returns a figure that states as a floor the round number that the
// reference gives bare, or the reference: "over 4,000" says more than "four
// thousand".
func (r *reconciler) fuller(members []int, ref int) int {
	x := &r.items[ref]
	if x.f.Value == nil || x.f.Qualifier != recount.Exact || x.f.Kind != recount.CountFigure || x.f.Value.Places > 0 || x.f.Value.Digits < 1000 || x.f.Value.Digits%1000 != 0 || x.base >= 0 {
		return ref
	}
	for _, i := range members {
		if y := &r.items[i]; y.original != x.original && y.f.Value != nil && *y.f.Value == *x.f.Value && (y.f.Qualifier == recount.MoreThan || y.f.Qualifier == recount.AtLeast) && r.rank(i) == r.rank(ref) {
			return i
		}
	}
	return ref
}

// inFull reports whether the article of figure i states as much as the
// reference: its headline, a vague word and a mention after that may then say
// less, but not another number before it.
func (r *reconciler) inFull(members []int, ref, i int) bool {
	x, y := &r.items[ref], &r.items[i]
	at, _ := slices.BinarySearchFunc(members, y.art, func(j, art int) int { return cmp.Compare(r.items[j].art, art) })
	for _, j := range members[at:] { // items come article by article
		z := &r.items[j]
		if z.art != y.art {
			break
		}
		shorter := j < i || y.headline || y.f.Value == nil || z.f.Value != nil && *z.f.Value == *y.f.Value
		if j != i && shorter && z.f.Value != nil && x.f.Value != nil && *z.f.Value == *x.f.Value && (z.f.Qualifier == x.f.Qualifier || j == ref) && !z.f.Guess && !z.f.Denied {
			return true
		}
	}
	return false
}

// ownForm returns a figure of the same article that says of the number of
// figure i, which is bare, that it is a round one, or -1.
func (r *reconciler) ownForm(members []int, i int) int {
	y := &r.items[i]
	if y.f.Value == nil || y.f.Qualifier != recount.Exact {
		return -1
	}
	at, _ := slices.BinarySearchFunc(members, y.art, func(j, art int) int { return cmp.Compare(r.items[j].art, art) })
	for _, j := range members[at:] {
		z := &r.items[j]
		if z.art != y.art {
			break
		}
		if j != i && z.f.Value != nil && *z.f.Value == *y.f.Value && z.f.Qualifier == recount.About {
			return j
		}
	}
	return -1
}

// impossible says why figure i cannot be: no whole number of what its own
// sentence says that it is a share of fits it. "" if one does, or if the whole
// stands elsewhere: then the article has not said of what it is a share.
func (r *reconciler) impossible(i int) string {
	it := &r.items[i]
	if it.f.Kind != recount.ShareFigure || it.whole == 0 || !it.stated || it.f.Qualifier == recount.Vague {
		return ""
	}
	a, err := r.bands.Answer(*it.f, it.f.Span.In(it.a.Text), it.whole)
	if err != nil || a.Possible() {
		return ""
	}
	return a.String()
}

// takenBack reports whether another figure that tells the same as i is
// withdrawn.
func (r *reconciler) takenBack(i int) bool { return r.items[i].taken >= 0 }

// rank orders candidates for the reference: a stated number before a vague or
// supposed one, and what cannot be or was withdrawn last.
func (r *reconciler) rank(i int) int {
	switch it := &r.items[i]; {
	case it.f.Withdrawn || r.takenBack(i):
		return 4
	case it.f.Kind == recount.ShareFigure && r.impossible(i) != "":
		return 3
	case it.f.Guess:
		return 2
	case it.f.Qualifier == recount.Vague, it.lost != "", it.other != "":
		return 1
	}
	return 0
}

// relate says how item i stands to the reference.
func (r *reconciler) relate(ref, i int) (Relation, string) {
	x, y := &r.items[ref], &r.items[i]
	qx, qy := x.f.Qualifier, y.f.Qualifier
	name := func(q recount.Qualifier) string { return strings.ReplaceAll(string(q), "_", " ") }
	switch {
	case y.lost != "":
		return Degraded, y.lost
	case y.other != "":
		return OtherEvent, y.other
	case y.f.Withdrawn:
		return Conflict, "withdrawn: " + y.a.Outlet + " names it to take it back"
	case y.taken >= 0:
		return Conflict, "withdrawn by " + r.items[y.taken].a.Outlet
	case y.f.Guess && !x.f.Guess:
		return NotACount, "expected or supposed; nobody had counted it"
	case y.f.Denied && !x.f.Denied:
		return Conflict, "denied here"
	case y.f.Kind == recount.CountFigure && qy == recount.Vague && qx != recount.Vague:
		if n := r.total(ref); n > 0 && !y.value.holds(n) && !(qx != recount.Exact && y.value.meets(x.value)) {
			return Conflict, fmt.Sprintf("%q cannot be %d", y.f.Span.In(y.a.Text), n)
		}
		return Degraded, "the number is lost"
	case y.told >= 0 && r.impossible(i) == "":
		return Copied, "the same words as in " + r.items[y.told].a.Outlet
	case x.f.Kind == recount.CountFigure && y.f.Kind == recount.ShareFigure && x.whole > 0:
		return r.countAndShare(x, y)
	case x.f.Kind == recount.ShareFigure && y.f.Kind == recount.CountFigure && y.whole > 0:
		return r.countAndShare(y, x)
	}
	if x.f.Kind == recount.ShareFigure {
		if x.f.Event != "" && y.f.Event != "" && family(x.f.Event) != family(y.f.Event) {
			return OtherEvent, fmt.Sprintf("counts %q, not %q", y.f.Event, x.f.Event)
		}
		if reason := r.impossible(i); reason != "" {
			return Impossible, reason
		}
	}
	if y.sum >= 0 || r.summand(i) {
		first := i
		if r.summand(i) {
			first = i - 1
		}
		if n := r.total(first); n == r.total(ref) && n != 0 && x.sum < 0 {
			return Agrees, fmt.Sprintf("%s + %s = %d", say(r.items[first].f), say(r.items[first+1].f), n)
		}
	}
	if x.f.Kind == recount.CountFigure && x.f.Event != "" && y.f.Event != "" && family(x.f.Event) != family(y.f.Event) && x.base < 0 && y.copied < 0 {
		return OtherEvent, fmt.Sprintf("counts %q, not %q", y.f.Event, x.f.Event)
	}
	same := x.f.Value != nil && y.f.Value != nil && *x.f.Value == *y.f.Value
	if j := r.narrow[part{r.find(ref, false), singular(lastWord(y.f.Unit))}]; same && j > 0 && y.base < 0 && !sameHead(x.f.Unit, y.f.Unit) {
		if z := &r.items[j-1]; z.f.Value.Compare(*y.f.Value) < 0 {
			return Conflict, fmt.Sprintf("tells all as %s: in %s %s of them are", lastWord(y.f.Unit), z.a.Outlet, z.f.Span.In(z.a.Text))
		}
	}
	switch {
	case y.copied >= 0 && r.sameAs(i, y.copied):
		return Copied, "a reprint"
	case same && x.f.Kind == recount.CountFigure && qx == recount.Exact && (qy == recount.MoreThan || qy == recount.LessThan):
		return Conflict, fmt.Sprintf("%q is not %q", x.f.Span.In(x.a.Text), y.f.Span.In(y.a.Text))
	case same && against(qx, qy):
		return Conflict, fmt.Sprintf("%q and %q cannot both be right", name(qx), name(qy))
	case x.f.From != "" && y.f.From != "" && !samePeriod(x, y) && x.base < 0 && y.base < 0:
		return Conflict, fmt.Sprintf("the same number for %s to %s, not %s to %s", y.f.From, y.f.To, x.f.From, x.f.To)
	case same && qx != qy && qy == recount.Exact && x.original != y.original && recount.ComparePublished(y.a.Published, x.a.Published) < 0:
		return Agrees, "the same number, printed before"
	case same && qx != qy && qy == recount.Exact:
		return Degraded, fmt.Sprintf("%q is lost", name(qx))
	case same:
		return Agrees, "the same number"
	case x.f.Kind == recount.ShareFigure && r.shareMeets(x, y):
		return Agrees, "the bands of both shares meet"
	case x.f.Kind == recount.CountFigure && qy == recount.About && qx != recount.About && x.f.Value != nil && x.value.meets(y.value):
		return Degraded, "the number is rounded"
	case x.f.Kind == recount.CountFigure && x.value.meets(y.value):
		return Agrees, "both can be right"
	}
	return Conflict, "both cannot be right"
}

// sameAs reports whether figures i and j state one number in one way.
func (r *reconciler) sameAs(i, j int) bool {
	x, y := r.items[i].f, r.items[j].f
	return x.Value != nil && y.Value != nil && *x.Value == *y.Value && x.Qualifier == y.Qualifier
}

// against reports whether two qualifiers of one number exclude each other:
// "almost two thirds" is not "more than two thirds".
func against(a, b recount.Qualifier) bool {
	side := func(q recount.Qualifier) int {
		switch q {
		case recount.Almost, recount.LessThan:
			return -2
		case recount.AtMost, recount.UpTo:
			return -1
		case recount.AtLeast:
			return 1
		case recount.MoreThan:
			return 2
		}
		return 0
	}
	x, y := side(a), side(b)
	return x*y < 0 && max(x, -x, y, -y) == 2
}

// shareMeets reports whether one whole number of the common whole fits both
// shares.
func (r *reconciler) shareMeets(x, y *item) bool {
	n := max(x.whole, y.whole)
	if n == 0 {
		return false
	}
	a, err := r.bands.Answer(*x.f, x.f.Span.In(x.a.Text), n)
	b, err2 := r.bands.Answer(*y.f, y.f.Span.In(y.a.Text), n)
	return err == nil && err2 == nil && max(a.First, b.First) <= min(a.Last, b.Last)
}

func say(f *recount.ReportedFigure) string {
	if f.Value == nil {
		return "?"
	}
	return fmt.Sprint(f.Value.Digits)
}
