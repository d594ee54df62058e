package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A reader is somebody who knows a study and enters it in the browser, by the
// keyboard alone or by the mouse alone. It sees what stands on the screen and
// decides by truth.json; it asks the server nothing.
type reader struct {
	*browser
	truth  *truth
	plan   plan
	mouse  bool
	groups bool // one answer for many, where the workbench offers it
	most   int  // articles to read; 0 = all
	onward bool // the next article is on the screen
	ended  bool // there is none

	acts map[string]int // key presses or clicks, by what they were for
	free int            // letters of free text: titles, definitions, prose

	who     map[string]string          // speaker on the screen -> person
	names   map[string]string          // speaker -> name on the screen, for a search
	at      map[string]string          // speaker -> page
	met     map[string][]string        // person -> speakers
	joined  map[string]int             // answers "same", by person
	greeted map[string]bool            // speakers who were looked at
	unfound map[string]bool            // speakers whom a search does not find
	added   map[string]string          // statements that were added -> quotations
	parted  map[string]bool            // people who were told apart
	chosen  chan cdp.BackendNodeID     // fields for files that ask for some
	coded   map[string]map[string]bool // person -> codes given
	valued  map[string]map[string]bool // person -> variables with a value
	read    []string                   // pages of the truth that were read
	notes   []string                   // what could not be done
}

// A truth is examples/order/truth.json.
type truth struct {
	Study struct {
		Spliced  []string `json:"spliced_pages"`
		Excluded []struct{ ID, Why string }
	}
	Pages   []*truePage
	Persons []*truePerson
	Same    []truePair `json:"must_link"`
	Apart   []truePair `json:"must_not_link"`
	Open    []truePair `json:"undecidable"`
	Totals  struct {
		Range  [2]int    `json:"cases_range"`
		Apart  trueTally `json:"undecided_kept_apart"`
		Merged trueTally `json:"undecided_merged"`
	}
}

type trueTally struct {
	Cases, Women, Men int
	ByCountry         map[string]int `json:"by_country"`
	ByReason          map[string]int `json:"by_reason"`
	BySubreason       map[string]int `json:"by_subreason"`
	ByMonth           map[string]int `json:"by_month_first_reported"`
}

type truePage struct {
	ID, File, Outlet, Title, Published, Story string
	Body                                      []string
	Quotations                                []*trueQuotation
	Speakers                                  []trueSpeaker
}

type trueSpeaker struct {
	ID, Kind string
	Names    []string
}

type trueQuotation struct {
	ID, Type, Speaker, Source string
	Content                   []string
	Flags                     []string
}

type truePerson struct {
	ID, Gender, Country string
	IsCase              bool `json:"is_case"`
	Pages               []string
	Kinds               map[string]string
	Attributes          map[string][]trueValue
	Reasons             []trueReason
}

type trueValue struct {
	Page  string
	Value any
}

type trueReason struct {
	Code     string
	Evidence []trueEvidence
}

type trueEvidence struct{ Page, Quotation string }

type truePair struct {
	A, B [2]string // page, person
}

func readTruth(t testing.TB, path string) *truth {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := &truth{}
	if err := json.Unmarshal(b, out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (t *truth) page(id string) *truePage {
	for _, p := range t.Pages {
		if p.ID == id {
			return p
		}
	}
	return nil
}

func (t *truth) person(id string) *truePerson {
	for _, p := range t.Persons {
		if p.ID == id {
			return p
		}
	}
	return &truePerson{ID: id}
}

// said gives the words of a quotation.
func (p *truePage) said(id string) string {
	for _, q := range p.Quotations {
		if q.ID == id {
			return strings.Join(q.Content, " ")
		}
	}
	return ""
}

func newReader(b *browser, tr *truth) *reader {
	return &reader{browser: b, truth: tr, acts: map[string]int{}, who: map[string]string{}, names: map[string]string{}, at: map[string]string{}, met: map[string][]string{}, joined: map[string]int{}, greeted: map[string]bool{}, unfound: map[string]bool{}, added: map[string]string{}, parted: map[string]bool{}, chosen: make(chan cdp.BackendNodeID, 1), coded: map[string]map[string]bool{}, valued: map[string]map[string]bool{}}
}

func (r *reader) note(format string, a ...any) { r.notes = append(r.notes, fmt.Sprintf(format, a...)) }

func (r *reader) total() int {
	n := 0
	for _, x := range r.acts {
		n += x
	}
	return n
}

func (r *reader) tally() string {
	var s strings.Builder
	for _, k := range slices.Sorted(maps.Keys(r.acts)) {
		fmt.Fprintf(&s, "  %-22s %5d\n", k, r.acts[k])
	}
	return s.String()
}

// --- hands

// act does what a button with a key on it does: with the key, or by a click.
func (r *reader) act(why, key string) {
	r.t.Helper()
	r.acts[why]++
	if !r.mouse {
		r.press(key)
		return
	}
	r.clickOn(`[...document.querySelectorAll('dialog[open] button, main button, header button')].find(x => x.getAttribute('aria-keyshortcuts') === ` + quoted(key) + ` && !x.disabled && x.getClientRects().length)`)
}

// clickOn clicks the middle of an element that an expression finds.
func (r *reader) clickOn(js string) {
	r.t.Helper()
	r.until(`!!(` + js + `)`)
	p := run[[]float64](r.browser, `(() => { const e = `+js+`
		const middle = () => { const r = e.getBoundingClientRect(); return [r.x + Math.min(r.width / 2, 200), r.y + r.height / 2] }
		// What is covered or out of sight is scrolled to, as by a wheel.
		if (!e.contains(document.elementFromPoint(...middle()))) e.scrollIntoView({block: 'center'})
		return middle() })()`)
	r.do(chromedp.MouseClickXY(p[0], p[1]))
}

// write enters free text where the focus is.
func (r *reader) write(text string) {
	r.t.Helper()
	r.free += len([]rune(text))
	if _, err := chromedp.Call(r.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		r.t.Fatal(err)
	}
}

// painted waits for the next frame.
func (r *reader) painted() {
	r.t.Helper()
	run[bool](r.browser, `new Promise(done => requestAnimationFrame(() => setTimeout(() => done(true))))`)
}

type option struct {
	Label, Detail, Digit string
	At                   bool
}

func (r *reader) options() []option {
	r.t.Helper()
	var out []option
	text := run[string](r.browser, `JSON.stringify([...document.querySelectorAll('dialog[open] [role=option]')].map(x => ({Label: (x.querySelector('bdi')?.textContent ?? '').replace(/^✓ /, ''), Detail: x.querySelector('small:not(.what)')?.textContent ?? '', Digit: x.querySelector('kbd')?.textContent ?? '', At: x.getAttribute('aria-selected') === 'true'})))`)
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		r.t.Fatal(err)
	}
	return out
}

// pick takes one of the list that is open: its digit, or letters until it is
// the chosen one. It reports whether the list has it.
func (r *reader) pick(why, label string, is func(option) bool) bool {
	r.t.Helper()
	r.until(`!!document.querySelector('dialog[open] [role=option]')`)
	r.painted()
	os := r.options()
	i := slices.IndexFunc(os, is)
	if r.mouse {
		if i < 0 {
			return false
		}
		r.acts[why]++
		r.clickOn(fmt.Sprintf(`document.querySelectorAll('dialog[open] [role=option]')[%d]`, i))
		return true
	}
	if i >= 0 && os[i].Digit != "" {
		r.acts[why]++
		r.press(os[i].Digit)
		return true
	}
	if i >= 0 && i < 4 {
		for range i {
			r.acts[why]++
			r.press("Down")
		}
		r.acts[why]++
		r.press("Enter")
		return true
	}
	for _, x := range label {
		r.acts[why]++
		r.press(string(x))
		r.painted()
		os = r.options()
		if i = slices.IndexFunc(os, is); i >= 0 && os[i].At {
			break
		}
	}
	if i < 0 || !os[i].At {
		r.until(`[...document.querySelectorAll('dialog[open] [role=option]')].length > 0`)
		os = r.options()
		if i = slices.IndexFunc(os, is); i < 0 {
			return false
		}
		for j := slices.IndexFunc(os, func(o option) bool { return o.At }); j < i; j++ {
			r.acts[why]++
			r.press("Down")
		}
	}
	r.acts[why]++
	r.press("Enter")
	return true
}

func (r *reader) leave(why string) {
	r.t.Helper()
	r.act(why, "Escape")
	r.closed()
}

func (r *reader) closed() { r.t.Helper(); r.until(`!document.querySelector('dialog[open]')`) }

// --- what stands on the reading page

type seen struct {
	Path, Title, Outlet, Current string
	Text                         []string
	Doubtful                     bool
	Items                        []seenItem
}

type seenItem struct {
	ID                      string
	Open                    bool
	Name, Scope, Traits     string // of a speaker
	Same                    []string
	Words, How, State       string // of a statement
	Codes                   []string
	Value, Sentence         string
	kind, speaker, variable string
}

func (r *reader) look() *seen {
	r.t.Helper()
	r.settled()
	if x := run[string](r.browser, `document.querySelector('.toast.failed')?.innerText ?? ''`); x != "" && !slices.Contains(r.notes, "refused: "+x) {
		r.note("refused: %s", x)
	}
	text := run[string](r.browser, `JSON.stringify((() => {
		const text = (e, s) => e.querySelector(s)?.textContent ?? ''
		let speaker = ''
		return {Path: location.pathname, Title: document.querySelector('.paper')?.getAttribute('aria-label') ?? '', Outlet: text(document, '.dateline bdi'), Doubtful: !!document.querySelector('.dateline .warn'),
			Current: (document.querySelector('#queue [aria-selected=true]')?.id ?? '').slice(2), Text: [...document.querySelectorAll('.paper [data-block]')].map(x => x.textContent),
			Items: [...document.querySelectorAll('#queue [role=option]')].map(x => ({ID: x.id.slice(2), Open: x.classList.contains('open'), Name: text(x, '.name bdi'), Scope: text(x, '.scope'), Traits: text(x, '.body > small'),
				Same: [...x.querySelectorAll('.same')].map(y => y.textContent), Words: text(x, '.words'), How: text(x, '.body > small'), State: ['accepted', 'rejected', 'adjudicated', 'disputed'].find(s => x.querySelector('.words')?.classList.contains(s)) ?? '',
				Codes: [...x.querySelectorAll('.code')].map(y => y.textContent), Value: text(x, '.ask b'), Sentence: text(x, '.body > small')}))}
	})())`)
	s := &seen{}
	if err := json.Unmarshal([]byte(text), s); err != nil {
		r.t.Fatal(err)
	}
	speaker := ""
	for i := range s.Items {
		x := &s.Items[i]
		kind, rest, _ := strings.Cut(x.ID, ":")
		x.kind = kind
		if kind == "speaker" {
			speaker = rest
		}
		x.speaker = speaker
		if kind == "value" {
			_, x.variable, _ = strings.Cut(rest, "/")
		}
	}
	return s
}

func (s *seen) at(id string) *seenItem {
	for i := range s.Items {
		if s.Items[i].ID == id {
			return &s.Items[i]
		}
	}
	return nil
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// shared is twice the shared words over the words of both, in thousandths.
func shared(a, b string) int {
	x, y := wordsOf(a), wordsOf(b)
	left := map[string]int{}
	for _, w := range x {
		left[w]++
	}
	n := 0
	for _, w := range y {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return 2000 * n / max(1, len(x)+len(y))
}

// page finds the page of the truth that is on the screen.
func (r *reader) page(s *seen) *truePage {
	text := strings.Join(s.Text, "\n")
	var best *truePage
	most := 0
	known := slices.ContainsFunc(r.truth.Pages, func(p *truePage) bool { return p.Outlet == s.Outlet })
	for _, p := range r.truth.Pages {
		if known && p.Outlet != s.Outlet {
			continue
		}
		n := shared(p.Title+"\n"+strings.Join(p.Body, "\n"), text)
		if n > most {
			best, most = p, n
		}
	}
	return best
}

// A view is what a reader makes of a page: which statement is which quotation,
// and who is who.
type view struct {
	*seen
	page  *truePage
	quote map[string]*trueQuotation // by statement's item
	item  map[string]*seenItem      // by quotation
	who   map[string]string         // by speaker's key
	of    map[string]string         // the speaker whom a person is
}

func (r *reader) view(p *truePage) *view {
	r.t.Helper()
	s := r.look()
	v := &view{seen: s, page: p, quote: map[string]*trueQuotation{}, item: map[string]*seenItem{}, who: map[string]string{}, of: map[string]string{}}
	type hit struct {
		q     *trueQuotation
		x     *seenItem
		share int
	}
	var hits []hit
	for _, q := range p.Quotations {
		for i := range s.Items {
			if x := &s.Items[i]; r.added[x.ID] == q.ID {
				v.quote[x.ID], v.item[q.ID] = q, x
			}
		}
	}
	for _, q := range p.Quotations {
		for i := range s.Items {
			if x := &s.Items[i]; x.kind == "statement" {
				if n := shared(strings.Join(q.Content, " "), x.Words); n >= 500 {
					hits = append(hits, hit{q, x, n})
				}
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return b.share - a.share })
	for _, h := range hits {
		if v.quote[h.x.ID] == nil && v.item[h.q.ID] == nil {
			v.quote[h.x.ID], v.item[h.q.ID] = h.q, h.x
		}
	}
	votes := map[[2]string]int{}
	names := map[string]string{}
	var speakers []string
	for i := range s.Items {
		switch x := &s.Items[i]; x.kind {
		case "speaker":
			speakers = append(speakers, x.speaker)
			names[x.speaker] = x.Name
		case "statement":
			if q := v.quote[x.ID]; q != nil {
				votes[[2]string{x.speaker, q.Speaker}]++
			}
		}
	}
	order := slices.SortedFunc(maps.Keys(votes), func(a, b [2]string) int {
		if n := votes[b] - votes[a]; n != 0 {
			return n
		}
		return strings.Compare(a[0]+a[1], b[0]+b[1])
	})
	take := func(speaker, person string) {
		if v.who[speaker] == "" && v.of[person] == "" {
			v.who[speaker], v.of[person] = person, speaker
		}
	}
	called := func(speaker, person string) bool {
		for _, x := range p.Speakers {
			if x.ID != person {
				continue
			}
			for _, n := range x.Names {
				if a, b := strings.Join(wordsOf(n), " "), strings.Join(wordsOf(names[speaker]), " "); a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a)) {
					return true
				}
			}
		}
		return false
	}
	for _, x := range order {
		if called(x[0], x[1]) {
			take(x[0], x[1])
		}
	}
	for _, x := range order {
		take(x[0], x[1])
	}
	for _, k := range speakers {
		for _, x := range p.Speakers {
			if called(k, x.ID) {
				take(k, x.ID)
			}
		}
	}
	for _, k := range speakers {
		r.names[k], r.at[k] = names[k], p.ID
		switch id, was := v.who[k], r.who[k]; {
		case id == was || id == "" && v.of[was] == "":
		default:
			// It was somebody else who was taken for this one, or nobody.
			r.met[was] = slices.DeleteFunc(r.met[was], func(x string) bool { return x == k })
			if r.who[k] = id; id != "" {
				r.met[id] = append(r.met[id], k)
			}
		}
	}
	return v
}

func (v *view) codesOf(t *truth, statement string) (out []string) {
	q := v.quote[statement]
	if q == nil {
		return nil
	}
	who := t.person(q.Speaker)
	if !who.IsCase {
		return nil
	}
	for _, x := range who.Reasons {
		for _, e := range x.Evidence {
			if e.Page == v.page.ID && e.Quotation == q.ID {
				out = append(out, x.Code)
			}
		}
	}
	return out
}

// value is what a page states of a person; "" if nothing.
func (p *truePerson) value(page, variable string) string {
	switch variable {
	case "country":
		for _, a := range p.Attributes["home"] {
			if a.Page == page && a.Value != nil && p.Country != "unknown" {
				return p.Country
			}
		}
		return ""
	}
	for _, a := range p.Attributes[variable] {
		if a.Page == page && a.Value != nil {
			return fmt.Sprint(a.Value)
		}
	}
	return ""
}

// --- reading

func (r *reader) kindOf(p *truePage, id string) string {
	for _, x := range p.Speakers {
		if x.ID == id {
			return x.Kind
		}
	}
	return ""
}

// words on the screen for kinds of speakers
var kindWords = map[string]string{"named": "named", "pseudonym": "pseudonym", "anonymous": "not named", "collective": "a group", "document": "a document", "organisation": "an organisation", "unspecified": "unspecified"}

// article answers what is open in the article on the screen, and adds what was
// missed.
func (r *reader) article() {
	r.t.Helper()
	p := r.page(r.look())
	if p == nil {
		r.note("%s: no page of the truth", r.look().Path)
		return
	}
	r.read = append(r.read, p.ID)
	r.date(p)
	r.outlet(p)
	for range 4 {
		if r.answers(p) {
			return
		}
		// What was missed brings questions of its own.
		if !r.mend(r.view(p)) {
			break
		}
	}
	r.shows(p)
}

// answers answers what is open in the article, and reports whether the next one
// followed.
func (r *reader) answers(p *truePage) bool {
	r.t.Helper()
	tried := map[string]int{}
	for range 300 {
		v := r.view(p)
		if r.allRight(v) {
			r.mend(v)
			r.shows(p)
			if v = r.view(p); r.allRight(v) && r.finish() {
				return true
			}
		}
		x := v.at(v.Current)
		if x == nil || !slices.ContainsFunc(v.Items, func(y seenItem) bool { return y.Open && !(r.groups && r.unstated(v, &y)) }) {
			break
		}
		if tried[x.ID]++; !x.Open || tried[x.ID] > 1 {
			before := v.Current
			if tried[x.ID] > 3 {
				r.note("%s: %s stays open", p.ID, x.ID)
				break
			}
			r.on(v)
			if r.look().Current == before { // the last
				break
			}
			continue
		}
		if id := v.who[x.speaker]; r.groups && !r.greeted[x.speaker] && x.kind != "speaker" && r.truth.person(id).IsCase {
			// Who was answered for in a group is met with the first statement.
			r.put(v, v.at("speaker:"+x.speaker), id)
			r.meet(v, v.at("speaker:"+x.speaker), id)
			tried[x.ID]--
			if y := r.view(p); y.Current != x.ID && y.at(x.ID) != nil {
				r.to(y, x.ID)
			}
			continue
		}
		if r.rest(v, x) > 1 {
			r.act("accept the rest", "Shift+Enter")
			r.settled()
			continue
		}
		switch x.kind {
		case "speaker":
			r.speaker(v, x)
		case "statement":
			r.statement(v, x)
		case "value":
			r.value(v, x)
		default:
			r.on(v)
		}
	}
	return false
}

// shows prints an article as it stands at the end, for whoever looks why a walk
// ends as it does.
func (r *reader) shows(p *truePage) {
	if os.Getenv("RECOUNT_SHOW") == "" {
		return
	}
	v := r.view(p)
	r.t.Logf("=== %s %s, %s", p.ID, p.Outlet, p.Title)
	for i := range v.Items {
		x := &v.Items[i]
		q := ""
		if y := v.quote[x.ID]; y != nil {
			q = y.ID + " of " + y.Speaker
		}
		r.t.Logf("  open=%v %s [%s] %s/%s/%s %s %s %.90q = %s %v", x.Open, x.ID, v.who[x.speaker], x.Name, x.Scope, x.Traits, x.State, x.Value, x.Words, q, x.Codes)
	}
	for _, who := range r.truth.Persons {
		for _, reason := range who.Reasons {
			for _, e := range reason.Evidence {
				if who.IsCase && e.Page == p.ID && v.item[e.Quotation] == nil {
					r.t.Logf("  NOT THERE %s %s: %s", who.ID, reason.Code, e.Quotation)
				}
			}
		}
	}
	for _, q := range p.Quotations {
		if v.item[q.ID] == nil {
			r.t.Logf("  no statement %s %s: %.90q", q.ID, q.Speaker, q.Content)
		}
	}
}

// allRight reports whether all that is open in the article is right as it
// stands, and nobody is to be met in it any more; never if each is answered
// singly.
func (r *reader) allRight(v *view) bool {
	if !r.groups {
		return false
	}
	for i := range v.Items {
		y := &v.Items[i]
		id := v.who[y.speaker]
		switch {
		case !y.Open:
		case y.kind == "value" && y.Value == "not answered yet":
			if r.truth.person(id).value(v.page.ID, y.variable) != "" {
				return false
			}
		case y.kind != "statement" && y.kind != "value" || r.unmet(v, y, id) || r.rest(v, y) == 0:
			return false
		}
	}
	return true
}

// unmet reports whether something is to be said of a speaker who was answered
// for in a group: who it is, or that he or she is somebody whom we met.
func (r *reader) unmet(v *view, y *seenItem, id string) bool {
	if r.greeted[y.speaker] || !r.truth.person(id).IsCase {
		return false
	}
	return len(r.met[id]) > 1 || r.wrong(v, v.at("speaker:"+y.speaker), id) || slices.ContainsFunc(r.truth.Open, func(o truePair) bool { return o.A[1] == id || o.B[1] == id })
}

// finish accepts what is left of the article, and reports whether the next one
// followed: not if something did not stand on the screen yet.
func (r *reader) finish() bool {
	r.t.Helper()
	before := run[string](r.browser, `location.pathname`)
	last := run[bool](r.browser, `!!document.querySelector('.pager button:last-of-type')?.disabled`)
	open := run[string](r.browser, `document.querySelector('.deck-left').textContent`)
	r.act("articles, the rest", "Ctrl+Enter")
	if last {
		r.settled()
		r.painted()
		// What did not stand on the screen yet was not taken.
		r.ended = !run[bool](r.browser, `!!document.querySelector('.toast')?.textContent.includes('not on the screen')`)
		return r.ended
	}
	r.until(`location.pathname !== ` + quoted(before) + ` || document.querySelector('.deck-left').textContent !== ` + quoted(open) + ` || !!document.querySelector('.toast')?.textContent.includes('not on the screen')`)
	r.settled()
	r.painted()
	if run[string](r.browser, `location.pathname`) == before {
		return false
	}
	r.until(`!!document.querySelector('.paper')`)
	r.painted()
	r.settled()
	r.onward = true
	return true
}

// unstated reports whether an item asks for a value that the article does not
// state, so that nothing is answered to it.
func (r *reader) unstated(v *view, y *seenItem) bool {
	who := r.truth.person(v.who[y.speaker])
	return y.kind == "value" && who.value(v.page.ID, y.variable) == "" && (y.Value == "" || y.Value == "not answered yet" || y.Value != who.Country)
}

// date settles the day of an article whose dates disagree.
func (r *reader) date(p *truePage) {
	r.t.Helper()
	if !r.look().Doubtful || p.Published == "" {
		return
	}
	r.act("dates", "p")
	if !r.pick("dates", "day", func(o option) bool { return o.Label == "Day of publication" }) {
		r.leave("dates")
		return
	}
	const field = `document.querySelector('dialog[open] input.line[aria-label="Day of publication"]')`
	r.until(`!!` + field)
	r.painted()
	if day := p.Published[:min(10, len(p.Published))]; !strings.HasPrefix(run[string](r.browser, field+`.value`), day) {
		r.fill("dates", field, day)
	}
	r.act("dates", "Enter")
	r.closed()
	r.settled()
}

// outlet names the outlet of an article, if it is read otherwise.
func (r *reader) outlet(p *truePage) {
	r.t.Helper()
	if r.look().Outlet == p.Outlet || p.Outlet == "" {
		return
	}
	r.act("outlets", "p")
	if !r.pick("outlets", "outlet", func(o option) bool { return o.Label == "Outlet" }) {
		r.note("%s: the outlet cannot be corrected", p.ID)
		r.leave("outlets")
		return
	}
	const field = `document.querySelector('dialog[open] input.line[aria-label="Outlet"]')`
	r.until(`!!` + field)
	r.painted()
	r.fill("outlets", field, p.Outlet)
	r.acts["outlets"]++
	if r.mouse {
		r.clickOn(`document.querySelector('dialog[open] .btn.strong')`)
	} else {
		r.press("Enter")
	}
	r.closed()
	r.settled()
}

// mend puts right what no question asks about: somebody who counts and was read
// as an organisation; codes that no page which is still to come supports, whose
// statement stands here under another speaker, or as a thought, or was not found.
// It reports whether somebody or something was added.
func (r *reader) mend(v *view) (more bool) {
	r.t.Helper()
	// Who counts and whose words were all given to somebody else is nobody.
	var nobody []string
	for _, x := range v.Items {
		if x.kind == "speaker" && x.Scope == "counts" && v.who[x.speaker] == "" {
			nobody = append(nobody, x.ID)
		}
	}
	for _, id := range nobody {
		if x := v.at(id); x != nil {
			r.to(v, id)
			r.speaker(v, x)
			v, more = r.view(v.page), true
		}
	}
	for _, who := range r.truth.Persons {
		if !who.IsCase {
			continue
		}
		if key := v.of[who.ID]; key != "" && !r.groups {
			if x := v.at("speaker:" + key); x.Scope != "counts" && !x.Open && r.kindOf(v.page, who.ID) != "collective" {
				r.to(v, x.ID)
				r.speaker(v, x)
				v, more = r.view(v.page), true
			}
		}
		for _, reason := range who.Reasons {
			here, missed := "", ""
			for _, e := range reason.Evidence {
				switch {
				case e.Page != v.page.ID:
					if !slices.ContainsFunc(r.read, func(id string) bool { return r.truth.page(id).Story == r.truth.page(e.Page).Story }) {
						here = "later"
					}
				case here == "" && v.item[e.Quotation] != nil:
					here = e.Quotation
				case v.item[e.Quotation] == nil && len(v.page.said(e.Quotation)) > len(v.page.said(missed)):
					missed = e.Quotation
				}
			}
			if here == "" && missed != "" && !r.coded[who.ID][reason.Code] && r.missed(v, missed) {
				v, here, more = r.view(v.page), missed, true
				if v.item[here] == nil {
					r.note("%s: %s was added and is not seen", v.page.ID, here)
					continue
				}
			}
			if r.coded[who.ID][reason.Code] || here == "" || here == "later" {
				continue
			}
			x := v.item[here]
			r.to(v, x.ID)
			switch of := v.of[who.ID]; {
			case of == "":
				r.toSpeaker(who.ID, "")
			case x.speaker != of:
				r.toSpeaker(who.ID, v.at("speaker:"+of).Name)
			}
			if strings.Contains(x.How, "thought") {
				r.act("type", "t")
				how, _, _ := strings.Cut(x.How, " · ")
				r.pick("type", how, func(o option) bool { return o.Label == how })
				r.closed()
				r.settled()
			}
			if at := r.look().Current; at != x.ID {
				r.note("%s: the focus went from %s to %s", v.page.ID, x.ID, at)
			}
			r.give(who.ID, reason.Code)
			v = r.view(v.page)
		}
	}
	return more
}

// way is the shortest way from one line to another: by lines, or by speakers and
// then by lines.
func (v *view) way(from, to string) (keys []string) {
	at := func(id string) int { return slices.IndexFunc(v.Items, func(x seenItem) bool { return x.ID == id }) }
	i, j := at(from), at(to)
	if i < 0 || j < 0 {
		return nil
	}
	lines := func(i, j int) []string {
		if i < j {
			return slices.Repeat([]string{"Down"}, j-i)
		}
		return slices.Repeat([]string{"Up"}, i-j)
	}
	best := lines(i, j)
	step, key := 1, "Ctrl+Down"
	if j < i {
		step, key = -1, "Ctrl+Up"
	}
	n := 0
	for k := i + step; k >= 0 && k < len(v.Items); k += step {
		if v.Items[k].kind != "speaker" {
			continue
		}
		n++
		if way := slices.Concat(slices.Repeat([]string{key}, n), lines(k, j)); len(way) < len(best) {
			best = way
		}
		if (k-j)*step > 0 {
			break
		}
	}
	return best
}

// missed adds a statement that was not found: the words are chosen by the keys of
// borders, or drawn with the mouse.
func (r *reader) missed(v *view, quotation string) bool {
	r.t.Helper()
	const why = "a missed statement"
	i := slices.IndexFunc(v.page.Quotations, func(q *trueQuotation) bool { return q.ID == quotation })
	words := v.page.Quotations[i].Content[0]
	block := slices.IndexFunc(v.Text, func(x string) bool { return strings.Contains(x, words) })
	if block < 0 {
		r.note("%s: %s is not in the text", v.page.ID, quotation)
		return false
	}
	// In UTF-16, as the page counts.
	units := func(s string) int { return len(utf16.Encode([]rune(s))) }
	from := units(v.Text[block][:strings.Index(v.Text[block], words)])
	to := from + units(words)
	if r.mouse {
		r.acts[why]++
		p := run[[]float64](r.browser, fmt.Sprintf(`(() => {
			const text = document.querySelectorAll('.paper [data-block]')[%d].firstChild, r = document.createRange()
			const at = (i, end) => { r.setStart(text, i); r.setEnd(text, i + 1); const b = [...r.getClientRects()].at(-1); return [end ? b.right - 1 : b.left + 1, b.y + b.height / 2] }
			r.setStart(text, %d); r.setEnd(text, %d)
			const b = r.getBoundingClientRect()
			scrollBy({top: b.y - innerHeight / 3, behavior: 'instant'})
			return [...at(%d, false), ...at(%d, true)] })()`, block, from, to, from, to-1))
		for _, e := range []struct {
			kind input.DispatchMouseEventType
			x, y float64
		}{{input.DispatchMouseEventTypeMousePressed, p[0], p[1]}, {input.DispatchMouseEventTypeMouseMoved, (p[0] + p[2]) / 2, (p[1] + p[3]) / 2}, {input.DispatchMouseEventTypeMouseMoved, p[2], p[3]}, {input.DispatchMouseEventTypeMouseReleased, p[2], p[3]}} {
			if _, err := chromedp.Call(r.ctx, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: e.kind, X: e.x, Y: e.y, Button: input.MouseButtonLeft, Buttons: 1, ClickCount: 1}); err != nil {
				r.t.Fatal(err)
			}
		}
		r.until(`!getSelection().isCollapsed`)
		r.painted()
	} else {
		// From the line from which it is nearest, by lines of the list and by
		// sentences of the text.
		far := func(x *seenItem) int {
			first, _, _ := strings.Cut(x.Words, " …")
			for b, text := range v.Text {
				if at := strings.Index(text, first); x.kind == "statement" && first != "" && at >= 0 {
					end := sentences(v.Text, b, at+len(first))
					return max(end-sentences(v.Text, block, strings.Index(v.Text[block], words)), sentences(v.Text, block, strings.Index(v.Text[block], words))-end)
				}
			}
			return 1e6
		}
		best, most := "", int(1e6)
		for i := range v.Items {
			if n := far(&v.Items[i]) + len(v.way(v.Current, v.Items[i].ID)); n < most {
				best, most = v.Items[i].ID, n
			}
		}
		if best != "" {
			r.to(v, best)
		}
	}
	r.act(why, "a")
	r.until(`!!document.querySelector('.border-words')`)
	r.painted()
	if !r.mouse {
		type edges struct{ Block, From, To, End int }
		look := func() (e edges) {
			r.painted()
			text := run[string](r.browser, `JSON.stringify((() => { const b = [...CSS.highlights.get('border')][0], n = (x) => +x.parentElement.closest('[data-block]').dataset.block; return {Block: n(b.startContainer), From: b.startOffset, To: b.endOffset, End: n(b.endContainer)} })())`)
			if err := json.Unmarshal([]byte(text), &e); err != nil {
				r.t.Fatal(err)
			}
			return e
		}
		before := func(b, i, wantBlock, want int) bool { return b < wantBlock || b == wantBlock && i < want }
		// The sentence in which it begins, and more of them until it ends.
		e := look()
		for n := 0; before(block, from, e.Block, e.From) && n < 60; n++ {
			r.act(why, "Up")
			e = look()
		}
		for n := 0; !before(block, from, e.End, e.To) && n < 60; n++ {
			r.act(why, "Down")
			e = look()
		}
		on := "Ctrl+Right"
		if run[string](r.browser, fmt.Sprintf(`getComputedStyle(document.querySelectorAll('.paper [data-block]')[%d]).direction`, block)) == "rtl" {
			on = "Ctrl+Left"
		}
		for n := 0; before(e.End, e.To, block, to) && n < 60; n++ {
			r.act(why, on)
			e = look()
		}
	}
	r.act(why, "Enter")
	r.until(`!document.querySelector('.border-words') && document.querySelector('#queue [aria-selected=true] .words') !== null`)
	r.settled()
	r.painted()
	r.added[r.look().Current] = quotation
	return true
}

// sentences counts those before a place in the text.
func sentences(text []string, block, at int) int {
	n := block
	for i, x := range text[:block+1] {
		if i == block {
			x = x[:at]
		}
		n += strings.Count(x, ". ") + strings.Count(x, "? ") + strings.Count(x, "! ") + strings.Count(x, ".” ") + strings.Count(x, ".\" ") + strings.Count(x, ".’ ")
	}
	return n
}

// to goes to an item, open or not.
func (r *reader) to(v *view, id string) {
	r.t.Helper()
	if r.mouse {
		r.acts["moves"]++
		r.clickOn(`document.getElementById(` + quoted("o-"+id) + `)`)
	} else {
		for _, key := range v.way(v.Current, id) {
			r.acts["moves to an item"]++
			r.press(key)
		}
	}
	r.until(current + ` === ` + quoted(id))
}

// give gives a code to the statement under the focus.
func (r *reader) give(person, code string) {
	r.t.Helper()
	if r.coded[person] == nil {
		r.coded[person] = map[string]bool{}
	}
	r.code(strings.ReplaceAll(code[strings.LastIndex(code, ".")+1:], "_", " "))
	r.coded[person][code] = true
	r.settled()
}

// rest counts the open items of the speaker under the focus that are right as
// they stand; none if one is not, or if each is answered singly.
func (r *reader) rest(v *view, x *seenItem) int {
	if !r.groups || x.kind == "speaker" {
		return 0
	}
	n := 0
	for i := range v.Items {
		y := &v.Items[i]
		if y.speaker != x.speaker || !y.Open {
			continue
		}
		switch y.kind {
		case "statement":
			q := v.quote[y.ID]
			if q == nil || v.of[q.Speaker] != y.speaker || slices.ContainsFunc(v.codesOf(r.truth, y.ID), func(c string) bool { return r.lacks(q.Speaker, y, c) }) {
				return 0
			}
		case "value":
			who := r.truth.person(v.who[y.speaker])
			want := who.value(v.page.ID, y.variable)
			if y.Value == "not answered yet" && want == "" {
				continue // nothing is stated, and nothing is taken
			}
			if y.Value != want && (want != "" || y.Value != who.Country) {
				return 0
			}
		default:
			continue
		}
		n++
	}
	return n
}

// on goes to the next open item.
func (r *reader) on(v *view) {
	r.t.Helper()
	why := "moves"
	if x := v.at(v.Current); x != nil {
		why += " past a " + x.kind
	}
	r.act(why, "j")
}

func (r *reader) speaker(v *view, x *seenItem) {
	r.t.Helper()
	id := v.who[x.speaker]
	who := r.truth.person(id)
	if !who.IsCase {
		r.act("counts not", "n")
		criterion := r.plan.ask
		for _, e := range r.truth.Study.Excluded {
			if e.ID == id && strings.HasPrefix(e.Why, "left") {
				criterion = r.plan.speaks
			}
		}
		if !r.pick("counts not", criterion, func(o option) bool { return strings.Contains(o.Label, criterion) }) {
			r.leave("counts not")
		}
		r.closed()
		return
	}
	r.put(v, x, id)
	if r.look().Current != x.ID {
		r.note("%s: a correction moved from %s", v.page.ID, x.ID)
	}
	r.act("counts", "y")
	r.settled()
	r.meet(v, x, id)
}

// put puts the kind and the gender of a speaker right, one of whose items is
// under the focus.
func (r *reader) put(v *view, x *seenItem, id string) {
	r.t.Helper()
	who := r.truth.person(id)
	kind, gender, _ := strings.Cut(x.Traits, " · ")
	if want := kindWords[r.kindOf(v.page, id)]; want != "" && want != kind {
		r.act("kind", "S")
		if !r.pick("kind", "is "+want, func(o option) bool { return o.Label == "Is "+want }) {
			r.note("%s: no kind %s", v.page.ID, want)
			r.leave("kind")
		}
		r.closed()
		r.settled()
	}
	if gender != who.Gender && (who.Gender == "man" || who.Gender == "woman") && len(r.met[id]) == 1 {
		r.act("gender", "S")
		if !r.pick("gender", who.Gender, func(o option) bool { return o.Label == "Gender: "+who.Gender }) {
			r.leave("gender")
		}
		r.closed()
		r.settled()
	}
}

// wrong reports whether put would do something.
func (r *reader) wrong(v *view, x *seenItem, id string) bool {
	who := r.truth.person(id)
	kind, gender, _ := strings.Cut(x.Traits, " · ")
	want := kindWords[r.kindOf(v.page, id)]
	return want != "" && want != kind || gender != who.Gender && (who.Gender == "man" || who.Gender == "woman") && len(r.met[id]) == 1
}

// meet joins a speaker with the person as he or she was met before.
func (r *reader) meet(v *view, x *seenItem, id string) {
	r.t.Helper()
	who := r.truth.person(id)
	r.greeted[x.speaker] = true
	if len(r.met[id]) > 1 {
		r.same(v, who, x.Same)
	}
	for _, o := range r.truth.Open {
		other := ""
		switch id {
		case o.A[1]:
			other = o.B[1]
		case o.B[1]:
			other = o.A[1]
		}
		if len(r.met[other]) > 0 && r.truth.person(other).IsCase && len(r.met[id]) == 1 && !r.unfound[r.met[other][0]] {
			r.beside(v, r.met[other][0], "m")
			// Who may be one of two is not both: the two are told apart.
			for _, o := range r.truth.Open {
				third := ""
				switch other {
				case o.A[1]:
					third = o.B[1]
				case o.B[1]:
					third = o.A[1]
				}
				if third != id && len(r.met[third]) > 0 && r.greeted[r.met[third][0]] && r.truth.person(third).IsCase && !r.parted[id+third] && !r.unfound[r.met[third][0]] {
					r.parted[id+third] = true
					r.beside(v, r.met[third][0], "d")
				}
			}
		}
	}
}

// beside answers whether the speaker under the focus is somebody whom the
// program does not suggest: the two are set side by side.
func (r *reader) beside(v *view, first, answer string) {
	r.t.Helper()
	outlet := r.truth.page(r.at[first]).Outlet
	all := r.met[r.who[first]]
	here := run[string](r.browser, `location.pathname`)
	r.act("same, by search", "=")
	r.until(`!!document.querySelector('dialog[open] input')`)
	is := func(o option) bool {
		return strings.Contains(o.Detail, "compare") && slices.ContainsFunc(all, func(k string) bool { return o.Label == r.names[k] }) && slices.ContainsFunc(all, func(k string) bool { return strings.Contains(o.Detail, r.truth.page(r.at[k]).Outlet) })
	}
	if r.mouse {
		r.clickOn(`document.querySelector('dialog[open] input')`)
	}
	for _, x := range outlet {
		r.acts["same, by search"]++
		r.press(string(x))
		run[bool](r.browser, `new Promise(done => setTimeout(() => done(true), 150))`)
		if slices.ContainsFunc(r.options(), is) {
			break
		}
	}
	os := r.options()
	i := slices.IndexFunc(os, is)
	if i < 0 {
		r.note("%s: a search for %q of %s finds nobody: %v", v.page.ID, r.names[first], outlet, os)
		r.leave("same, by search")
		r.unfound[first] = true
		return
	}
	if r.mouse {
		r.acts["same, by search"]++
		r.clickOn(fmt.Sprintf(`document.querySelectorAll('dialog[open] [role=option]')[%d]`, i))
	} else {
		for range i {
			r.acts["same, by search"]++
			r.press("Down")
		}
		r.acts["same, by search"]++
		r.press("Enter")
	}
	r.until(`location.pathname === '/links' && !!document.querySelector('.pair h1')`)
	r.act("same, by search", answer)
	r.until(`location.pathname === ` + quoted(here) + ` && !!document.querySelector('.paper')`)
	r.painted()
	r.settled()
}

// same joins the speaker under the focus with the person as he or she was met
// before: by what the panel suggests, else by a search for the name.
func (r *reader) same(v *view, who *truePerson, suggested []string) {
	r.t.Helper()
	is := func(text string) bool {
		return slices.ContainsFunc(r.read[:len(r.read)-1], func(id string) bool {
			p := r.truth.page(id)
			return slices.Contains(who.Pages, id) && strings.Contains(text, p.Outlet) && slices.ContainsFunc(p.Speakers, func(x trueSpeaker) bool {
				return x.ID == who.ID && slices.ContainsFunc(r.met[who.ID], func(k string) bool { return strings.Contains(text, r.names[k]) && r.at[k] == id })
			})
		})
	}
	for _, text := range suggested {
		if rest, ok := strings.CutPrefix(text, "= "); ok { // joined with a group, if it is the one
			name, where, _ := strings.Cut(rest, ", ")
			if is(text) || r.named(name, where) == who.ID {
				return
			}
		}
	}
	if !slices.ContainsFunc(suggested, is) {
		if !r.unfound[r.met[who.ID][0]] {
			r.beside(v, r.met[who.ID][0], "=")
			r.joined[who.ID]++
		}
		return
	}
	r.act("same, reading", "=")
	if !r.pick("same, reading", "", func(o option) bool { return is(o.Label + ", " + o.Detail) }) {
		r.leave("same, reading")
		return
	}
	r.closed()
	r.settled()
	r.joined[who.ID]++
}

// clusters answers for many mentions at once, before their articles are read: all
// are one person, or the two sides are two. Where neither holds, or a name does
// not say who it is, nothing is answered.
func (r *reader) clusters() {
	r.t.Helper()
	r.goTo("groups of mentions", "s", "/links")
	r.act("groups of mentions", "o")
	for range 60 {
		r.until(`(!!document.querySelector('.cluster h1') || !!document.querySelector('.state.nothing')) && !document.querySelector('.saving.on') && !document.querySelector('main .state.waiting')`)
		r.painted()
		sides := run[[][][]string](r.browser, `[...document.querySelectorAll('.cluster .two-wide section')].map(x => [...x.querySelectorAll('li')].map(y => [y.querySelector('b').textContent, y.querySelector('a').textContent]))`)
		if len(sides) != 2 {
			return
		}
		at := run[string](r.browser, `document.querySelector('.cluster').textContent`)
		people := [2]map[string]bool{{}, {}}
		for i, side := range sides {
			for _, x := range side {
				people[i][r.named(x[0], x[1])] = true
			}
		}
		all := maps.Clone(people[0])
		maps.Copy(all, people[1])
		key := "j"
		switch {
		case all[""]:
		case len(all) == 1:
			key = "="
		case len(people[0]) == 1 && len(people[1]) == 1:
			key = "s"
		}
		r.act("groups of mentions", key)
		if key == "j" {
			r.painted()
			if run[string](r.browser, `document.querySelector('.cluster').textContent`) == at {
				return // the last
			}
			continue
		}
		r.until(`document.querySelector('.cluster')?.textContent !== ` + quoted(at))
	}
}

// named finds who is called so in what an outlet printed on a day, as the screen
// writes both; "" if the name does not say.
func (r *reader) named(name, where string) string {
	found := map[string]bool{}
	for _, p := range r.truth.Pages {
		day, ok := strings.CutPrefix(where, p.Outlet)
		day = strings.TrimLeft(day, ", ")
		if !ok || len(p.Published) < 7 {
			continue
		}
		month, err := time.Parse("2006-01", p.Published[:7])
		if err != nil || !strings.Contains(day, month.Format("Jan")) || !strings.HasSuffix(day, month.Format(" 2006")) || len(p.Published) >= 10 && !strings.HasPrefix(day, strings.TrimPrefix(p.Published[8:10], "0")+" ") {
			continue
		}
		for _, id := range calledOn(p, name) {
			found[id] = true
		}
	}
	if len(found) != 1 {
		return ""
	}
	for id := range found {
		return id
	}
	return ""
}

// pairs answers what the page of pairs asks.
func (r *reader) pairs() {
	r.t.Helper()
	r.goTo("pairs", "s", "/links")
	last := ""
	for range 300 {
		r.until(`(!!document.querySelector('.pair h1') || !!document.querySelector('.state.nothing')) && !document.querySelector('.saving.on') && !document.querySelector('main .state.waiting')`)
		ends := run[string](r.browser, `document.querySelector('.state.nothing') ? '' : [...document.querySelectorAll('.evidence thead a')].map(x => decodeURIComponent(x.hash).replace('#speaker:', '')).join('/')`)
		if ends == "" {
			return
		}
		if ends == last {
			r.until(`!!document.querySelector('.state.nothing') || [...document.querySelectorAll('.evidence thead a')].map(x => decodeURIComponent(x.hash).replace('#speaker:', '')).join('/') !== ` + quoted(last))
			continue
		}
		last = ends
		a, b, _ := strings.Cut(ends, "/")
		switch x, y := r.who[a], r.who[b]; {
		case x == "" || y == "":
			r.note("pair of %s %q and %s %q", x, r.names[a], y, r.names[b])
			r.act("pairs", "d")
		case x == y:
			r.act("pairs", "=")
			r.joined[x]++
		case slices.ContainsFunc(r.truth.Open, func(p truePair) bool { return p.A[1] == x && p.B[1] == y || p.A[1] == y && p.B[1] == x }):
			r.act("pairs", "m")
		default:
			r.act("pairs", "d")
		}
	}
}

func (r *reader) statement(v *view, x *seenItem) {
	r.t.Helper()
	q := v.quote[x.ID]
	if q == nil {
		r.act("reject", "x")
		return
	}
	if of := v.of[q.Speaker]; of != x.speaker {
		name := ""
		for _, y := range v.Items {
			if y.kind == "speaker" && y.speaker == of {
				name = y.Name
			}
		}
		if name == "" && !r.truth.person(q.Speaker).IsCase {
			r.act("reject", "x") // who does not count needs no line
			return
		}
		r.toSpeaker(q.Speaker, name)
		return
	}
	for _, code := range v.codesOf(r.truth, x.ID) {
		if !r.lacks(q.Speaker, x, code) {
			continue
		}
		if r.look().Current != x.ID { // the code before this one was an answer
			r.act("codes, back", ",")
			r.until(current + ` === ` + quoted(x.ID))
		}
		r.give(q.Speaker, code)
	}
	if y := r.look(); y.Current == x.ID && y.at(x.ID) != nil && y.at(x.ID).Open {
		r.act("accept", "Enter")
	} else if y.Current == x.ID {
		r.act("moves past a statement", "j")
	}
}

// toSpeaker gives the statement under the focus to somebody: to a speaker on the
// screen, or to one who was not read and is named now.
func (r *reader) toSpeaker(person, name string) {
	r.t.Helper()
	r.act("speaker of", "s")
	if name != "" {
		if !r.pick("speaker of", name, func(o option) bool { return o.Label == name }) {
			r.leave("speaker of")
		}
	} else {
		r.until(`!!document.querySelector('dialog[open] input')`)
		for _, x := range r.truth.page(r.read[len(r.read)-1]).Speakers {
			if x.ID == person {
				name = x.Names[0]
			}
		}
		if r.mouse {
			r.clickOn(`document.querySelector('dialog[open] input')`)
		}
		r.write(name)
		r.painted()
		const named = `[...document.querySelectorAll('dialog[open] [role=option]')].at(-1)`
		r.until(named + `?.textContent.includes(` + quoted(name) + `)`)
		if r.mouse {
			r.acts["speaker of"]++
			r.clickOn(named)
		} else {
			for range run[int](r.browser, `document.querySelectorAll('dialog[open] [role=option]').length - 1 - [...document.querySelectorAll('dialog[open] [role=option]')].findIndex(x => x.getAttribute('aria-selected') === 'true')`) {
				r.acts["speaker of"]++
				r.press("Down")
			}
			r.acts["speaker of"]++
			r.press("Enter")
		}
	}
	r.closed()
	r.settled()
}

// lacks reports whether a statement is to be given a code still. Whoever answers
// with groups gives each person a code once: the codebook's unit is the person.
func (r *reader) lacks(person string, x *seenItem, code string) bool {
	return !slices.Contains(x.Codes, strings.ReplaceAll(code[strings.LastIndex(code, ".")+1:], "_", " ")) && !(r.groups && r.coded[person][code])
}

// code gives a code by its number, or out of the list.
func (r *reader) code(short string) {
	r.t.Helper()
	if run[bool](r.browser, `[...document.querySelectorAll('.deck-codes button[aria-keyshortcuts=q]')].some(x => x.querySelector('span').textContent === `+quoted(short+"?")+`)`) {
		r.act("codes, suggested", "q")
		return
	}
	digit := run[string](r.browser, `[...document.querySelectorAll('.deck-codes button')].find(x => x.querySelector('span').textContent === `+quoted(short)+`)?.getAttribute('aria-keyshortcuts') ?? ''`)
	if digit != "" {
		r.act("codes, by number", digit)
		return
	}
	r.act("codes, of a list", "c")
	if !r.pick("codes, of a list", short, func(o option) bool { return o.Label == short }) {
		r.note("no code %s", short)
		r.leave("codes, of a list")
	}
	r.closed()
}

func (r *reader) value(v *view, x *seenItem) {
	r.t.Helper()
	id := v.who[x.speaker]
	want := r.truth.person(id).value(v.page.ID, x.variable)
	switch {
	case want != "" && x.Value == want:
		r.act("values", "Enter")
	case want == "" && r.truth.person(id).Country == x.Value && x.Value != "":
		r.act("values", "Enter")
	case want == "":
		r.act("moves past a value", "j")
		return
	case !r.mouse && slices.Contains(r.offered(), want):
		r.act("values", fmt.Sprint(slices.Index(r.offered(), want)+1))
	default:
		r.act("values", "v")
		r.until(`!!document.querySelector('dialog[open] input')`)
		if !slices.ContainsFunc(r.options(), func(o option) bool { return o.Label == want }) {
			r.write(want)
			r.painted()
			r.acts["values"]++
			if r.mouse {
				r.clickOn(`document.querySelector('dialog[open] [role=option]')`)
			} else {
				r.press("Enter")
			}
		} else {
			r.pick("values", want, func(o option) bool { return o.Label == want })
		}
		r.closed()
	}
	if r.valued[id] == nil {
		r.valued[id] = map[string]bool{}
	}
	r.valued[id][x.variable] = true
}

// offered lists the values that have a number key.
func (r *reader) offered() []string {
	return run[[]string](r.browser, `[...document.querySelectorAll('.deck-codes .btn')].filter(x => document.querySelector('#queue [aria-selected=true]')?.matches('.value')).map(x => x.querySelector('span').textContent)`)
}

// everything reads every article of the study that is open.
func (r *reader) everything() {
	r.t.Helper()
	for {
		r.onward = false
		r.article()
		if r.onward && (r.most == 0 || len(r.read) < r.most) {
			continue
		}
		if r.ended || r.most > 0 && len(r.read) == r.most || run[bool](r.browser, `!!document.querySelector('.pager button:last-of-type')?.disabled`) {
			return
		}
		before := run[string](r.browser, `location.pathname`)
		r.act("articles", "J")
		r.until(`location.pathname !== ` + quoted(before) + ` && !!document.querySelector('.paper')`)
		r.painted()
		r.settled()
	}
}

// goTo goes to a page of the workbench.
func (r *reader) goTo(why, letter, path string) {
	r.t.Helper()
	if r.mouse {
		r.acts[why]++
		r.clickOn(`document.querySelector('header nav a[href=` + quoted(path) + `]')`)
	} else {
		if run[bool](r.browser, `!!document.activeElement?.matches('input, textarea, select')`) {
			r.acts[why]++
			r.press("Escape")
		}
		r.acts[why] += 2
		r.press("g", letter)
	}
	r.until(`location.pathname === ` + quoted(path) + ` && !document.querySelector('main .state.waiting')`)
	r.painted()
}

// A line of the list of speakers.
type line struct {
	Key, Name, Words, Detail, Group string
	At                              bool
}

// triage answers for whole groups of speakers, all of which count or none of
// which do, but for those who are left out and answered for singly.
func (r *reader) triage() {
	r.t.Helper()
	r.goTo("groups", "p", "/people")
	var known []line // every line that was seen
	for range 60 {
		r.until(`!document.querySelector('.saving.on') && !document.querySelector('.sent') && !document.querySelector('main .state.waiting')`)
		r.painted()
		var rows []line
		text := run[string](r.browser, `JSON.stringify([...document.querySelectorAll('.triage .group')].flatMap(g => [...g.querySelectorAll('[role=option]')].map(x => ({Key: x.id.slice(2), Name: x.querySelector('.name bdi')?.textContent ?? '', Words: x.querySelector('.words')?.textContent ?? '', Detail: [...x.querySelectorAll('small')].at(-1)?.textContent ?? '', Group: g.querySelector('.group-name bdi')?.textContent ?? '', At: x.getAttribute('aria-selected') === 'true'}))))`)
		if err := json.Unmarshal([]byte(text), &rows); err != nil {
			r.t.Fatal(err)
		}
		at := slices.IndexFunc(rows, func(x line) bool { return x.At })
		if at < 0 {
			return
		}
		for _, x := range rows {
			if !slices.ContainsFunc(known, func(y line) bool { return y.Key == x.Key }) {
				known = append(known, x)
			}
		}
		// The larger part of the group is answered for at once; who is left out is
		// the group then.
		group := rows[at].Group
		var counts, others []int
		for i, x := range rows {
			switch {
			case x.Group != group:
			case r.counts(x, known):
				counts = append(counts, i)
				if id, page := r.behind(x); !slices.Contains(calledOn(page, x.Name), id) {
					r.note("%s: %q counts, who is %s: %.60s", page.ID, x.Name, id, x.Words)
				}
			default:
				others = append(others, i)
			}
		}
		key, out, answered := "N", counts, others
		if len(counts) > len(others) {
			key, out, answered = "Y", others, counts
		}
		for _, i := range out {
			row := `document.getElementById(` + quoted("sp"+rows[i].Key) + `)`
			if r.mouse {
				r.acts["groups"]++
				r.clickOn(row)
				r.until(row + `.getAttribute('aria-selected') === 'true'`)
				r.act("groups, left out", "x")
			} else {
				for ; i < at; at-- {
					r.acts["groups, moves"]++
					r.press("k")
				}
				for i-at > 8 {
					r.acts["groups, moves"]++
					last := at
					for last+1 < len(rows) && rows[last+1].Group == group {
						last++
					}
					r.press("0")
					at = min(at+9, last)
				}
				r.until(`document.querySelector('[role=option][aria-selected=true]')?.id === ` + quoted("sp"+rows[at].Key))
				r.act("groups, left out", fmt.Sprint(i-at+1))
			}
			r.until(row + `.classList.contains('left-out')`)
		}
		r.act("groups", key)
		if key == "N" {
			r.pick("groups", "left", func(o option) bool { return strings.Contains(strings.ToLower(o.Label), "left") })
			r.closed()
		}
		// Whoever was answered for leaves the list; others may come up in it.
		var ids []string
		for _, i := range answered {
			ids = append(ids, quoted("sp"+rows[i].Key))
		}
		r.until(`[` + strings.Join(ids, ", ") + `].every(x => !document.getElementById(x))`)
	}
}

// counts reports whether the person behind a line of the list of speakers is
// one whom the study counts. A line with another name is not the one who has a
// line of his or her own.
func (r *reader) counts(x line, all []line) bool {
	id, page := r.behind(x)
	if page == nil {
		return false
	}
	if named := calledOn(page, x.Name); len(named) > 0 && !slices.Contains(named, id) {
		return len(named) == 1 && r.truth.person(named[0]).IsCase
	} else if len(named) == 0 && slices.ContainsFunc(all, func(y line) bool {
		other, at := r.behind(y)
		if y.Key == x.Key || at != page {
			return false
		}
		// Of two lines without the name the first is the one who counts.
		first := func(k string) int { return slices.IndexFunc(all, func(z line) bool { return z.Key == k }) }
		return slices.Contains(calledOn(page, y.Name), id) || other == id && len(calledOn(page, y.Name)) == 0 && first(y.Key) < first(x.Key)
	}) {
		return false
	}
	return r.truth.person(id).IsCase
}

// calledOn lists who is called so on a page.
func calledOn(page *truePage, name string) (out []string) {
	b := " " + strings.Join(wordsOf(name), " ") + " "
	if b == "  " {
		return nil
	}
	for _, s := range page.Speakers {
		if slices.ContainsFunc(s.Names, func(n string) bool {
			a := " " + strings.Join(wordsOf(n), " ") + " "
			return strings.Contains(a, b) || strings.Contains(b, a)
		}) {
			out = append(out, s.ID)
		}
	}
	return out
}

// behind finds who stands behind a line, and on which page.
func (r *reader) behind(x line) (string, *truePage) {
	best, most := "", 0
	var page *truePage
	for _, p := range r.truth.Pages {
		if !strings.HasPrefix(x.Detail, p.Outlet+" ·") {
			continue
		}
		for _, q := range p.Quotations {
			if n := shared(strings.Join(q.Content, " "), x.Words); n >= 500 && n > most {
				best, page, most = q.Speaker, p, n
			}
		}
	}
	for _, p := range r.truth.Pages {
		for _, s := range p.Speakers {
			if best == "" && strings.HasPrefix(x.Detail, p.Outlet+" ·") && slices.Contains(s.Names, x.Name) {
				best, page = s.ID, p
			}
		}
	}
	return best, page
}

// --- from an empty folder to the pages

// control finds the field of a label in a part of the page.
func control(within, label string, n int) string {
	return fmt.Sprintf(`(l => l?.control ?? l?.querySelector('input, textarea, select'))([...document.querySelectorAll(%s + ' label')].filter(x => x.textContent.startsWith(%s))[%d])`, quoted(within), quoted(label), n)
}

func button(words string) string {
	return `[...document.querySelectorAll('main button, main a')].find(x => (x.querySelector('span') ?? x).textContent.includes(` + quoted(words) + `) && !x.disabled && x.getClientRects().length)`
}

// reach brings the focus to an element: with Tab, or by a click.
func (r *reader) reach(why, js string) {
	r.t.Helper()
	r.until(`!!(` + js + `)`)
	if r.mouse {
		r.acts[why]++
		r.clickOn(js)
		return
	}
	defer func(n int) {
		if os.Getenv("RECOUNT_SHOW") != "" {
			r.t.Logf("%s: %d to %.90s", why, r.acts[why]-n, js)
		}
	}(r.acts[why])
	for range 250 {
		switch run[int](r.browser, `(() => { const to = `+js+`, at = document.activeElement; return at === to ? 0 : at !== document.body && (at.compareDocumentPosition(to) & Node.DOCUMENT_POSITION_PRECEDING) ? -1 : 1 })()`) {
		case 0:
			return
		case 1:
			r.press("Tab")
		default:
			r.press("Shift+Tab")
		}
		r.acts[why]++
	}
	r.t.Fatalf("Tab does not reach %s", js)
}

// push presses a button that has no key.
func (r *reader) push(why, js string) {
	r.t.Helper()
	r.reach(why, js)
	if !r.mouse {
		r.acts[why]++
		r.press("Enter")
	}
}

// fill writes into a field, in the place of what stands there.
func (r *reader) fill(why, js, text string) {
	r.t.Helper()
	r.reach(why, js)
	if run[bool](r.browser, `(e => !!e.value && !(e === document.activeElement && e.selectionStart === 0 && e.selectionEnd === e.value.length))(`+js+`)`) {
		r.acts[why]++
		if r.mouse {
			p := run[[]float64](r.browser, `(() => { const r = (`+js+`).getBoundingClientRect(); return [r.x + 20, r.y + r.height / 2] })()`)
			r.do(chromedp.MouseClickXY(p[0], p[1], func(p *input.DispatchMouseEventParams) { p.ClickCount = 3 }))
		} else {
			r.press("Ctrl+a")
		}
	}
	r.write(text)
	r.painted()
}

// choosing lets the next questions for files be answered by files.
func (r *reader) choosing() {
	r.t.Helper()
	err := chromedp.Listen(r.ctx, func(ev any) {
		if e, ok := ev.(*page.EventFileChooserOpened); ok {
			r.chosen <- e.BackendNodeID
		}
	})
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := chromedp.Call(r.ctx, page.SetInterceptFileChooserDialog, page.SetInterceptFileChooserDialogParams{Enabled: true}); err != nil {
		r.t.Fatal(err)
	}
}

// files answers the question for files.
func (r *reader) files(names ...string) {
	r.t.Helper()
	select {
	case id := <-r.chosen:
		if _, err := chromedp.Call(r.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: names, BackendNodeID: id}); err != nil {
			r.t.Fatal(err)
		}
	case <-time.After(20 * time.Second):
		r.t.Fatal("nothing asked for files")
	}
}
