package report

// This file looks for words in the prose of a report that its numbers do not
// carry: "at least", "increased", "majority", "most", "doubled", "almost", "two-thirds".
//
// In: a Template and its results. Out: warnings by line. A word is set beside
// the numbers of its own sentence; text in quotation marks, code and block
// quotations is somebody else's and is left alone. It finds the words that
// editors strike most; it does not understand the sentence.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"recount"
	"recount/internal/pattern"
	"recount/internal/report/prose"
)

// A Warning is a word in report.md that the numbers beside it do not carry.
type Warning struct {
	Line int
	Word string
	Text string // what is missing
}

func (w Warning) String() string {
	return fmt.Sprintf("report.md, line %d: \"%s\": %s", w.Line, w.Word, w.Text)
}

// A claim is a kind of word with what must stand beside it. other are uses of the
// word that claim no number.
type claim struct {
	word  *pattern.Pattern
	other *pattern.Pattern        // from the word on; nil if there are none
	check func(s *claimed) string // "" if it is carried
}

// A claimed word stands in a sentence with its numbers.
type claimed struct {
	word, before, after string // within the sentence, in lower case; a number is "\x00 and its index \x00"
	numbers             []*recount.Result
	verbs               []string // of the slots of the numbers: "share"
}

// ofRule is what a report says of the rule by which small numbers are not printed.
var ofRule = pattern.New(`^(?:fewer|less) than (?:five|5) (?:people |persons )?(?:share|are (?:not shown|hidden|left out|merged|suppressed|not printed|not published)|is (?:not shown|hidden|left out|merged|suppressed))\b`)

var claims = []claim{
	{pattern.New(`\bat least\b|\bn(?:o|ot) (?:fewer|less) than\b|\ba minimum of\b`), nil, atLeast},
	{pattern.New(`\bat most\b|\bup to\b|\bn(?:o|ot) more than\b|\ba maximum of\b`), nil, atMost},
	{pattern.New(`\b(?:more|fewer|less) than\b`), ofRule, moreThan},
	{pattern.New(`\b(?:two[- ]thirds|three[- ]quarters)\b|\bone in (?:two|three|four)\b|\b(?:half|(?:a|one) (?:half|third|quarter))(?: of (?:them|those|these|us)| (?:of )?(?:the|all|all the) (?:people|women|men|girls|boys|children|fighters|deserters|defectors|leavers|speakers)|(?: of (?:them|those))?,? (?:are|were|had|have|said|spoke|left|came|gave|named))\b`), pattern.New(`^\S+(?: \S+)?? of (?:the |a |all |an )?(?:way|accounts?|pages?|articles?|outlets?|sources?|year|month|day|hour|page)\b`), fraction},
	{pattern.New(`\b(?:increas(?:ed|es|ing|e)|increasingly|grew|grow(?:s|n|ing)?|rose|ris(?:e|es|en|ing)|surg(?:e|ed|es|ing)|soar(?:ed|s|ing)?|jumped|swell(?:ed|s|ing)?|swollen|growth|uptick|upturn|upswing|multiplied|climbed|went up|more often|more and more|ever more|upward trend|on the rise)\b`),
		pattern.New(`^(?:gr(?:ew|ow|ows|own|owing) (?:up|old|older|tired|weary|afraid|apart|ill|quiet|silent|season|seasons|crops|food|wheat|vegetables)|(?:rose|rise|rises|risen|rising) (?:up|to (?:power|fame|prominence|speak|his|her|their)|against|from (?:the|his|her|their)|early|at dawn|up against|in revolt|through the ranks)|jumped (?:the|a|over|out|into|onto|through|down|off|from|on (?:the|a|board)|in (?:the|a|front)|up)|soar(?:ed|s|ing)? (?:over|above)|climbed (?:the|a|over|out|into|onto|through|down|aboard)|went up (?:the|a|into|to (?:the|his|her|their)|in (?:smoke|flames)))\b`), rose},
	{pattern.New(`\b(?:decreas(?:ed|es|ing|e)|fell|fall(?:s|en|ing)?|declin(?:ed|es|ing|e)|drop(?:s|ped|ping)?|tumbl(?:ed|es|ing)|plung(?:ed|es|ing)|plummet(?:ed|s|ing)?|slump(?:ed|s)?|downturn|shrank|dwindled|went down|less often|fewer and fewer|downward trend)\b`),
		pattern.New(`^(?:declin(?:ed|es|ing|e) to [a-z]+|fall of|tumbl(?:ed|es|ing) (?:down|out|over|into|from|off)|plung(?:ed|es|ing) (?:into|off|from)|slump(?:ed|s) (?:in|over|on|against)|(?:fell|fall|falls|fallen|falling) (?:ill|sick|asleep|silent|apart|out with|in love|into|in battle|victim|prey|foul|behind|under|through|off|to (?:the (?:rebels|government|army|police|ground|floor)|his|her|their))|drops? of|drop(?:s|ped|ping)? (?:out|off|dead|charges|the|his|her|their|its|a|him|them)|went down (?:to the|the|into|in))\b`), fell},
	{pattern.New(`\b(?:majority|more than half|over half)\b`), nil, majority},
	{pattern.New(`\bmost\b|\bmostly\b`), nil, most},
	{pattern.New(`\b(?:doubl(?:e|ed|es|ing)|twice as (?:many|often|much)|tripl(?:e|ed|es|ing)|trebl(?:e|ed|es|ing)|three times as (?:many|often|much)|quadrupl(?:e|ed|es|ing)|halv(?:e|ed|es|ing)|half as (?:many|often|much))\b`),
		pattern.New(`^(?:double|triple)(?:-| )(?:agents?|rooms?|li(?:fe|ves)|standards?|beds?|checked|meaning|coded|coding|blind|read|reading|quotes?|doors?|lines?|shifts?|click)\b|^doubled (?:over|back|up)\b`), times},
	{pattern.New(`\b(?:almost|nearly|just under|close to)\b`), nil, almost},
	{pattern.New(`\b(?:several|few|a handful|a couple)\b`), nil, some},
}

// Lint lists the words of the prose that its numbers do not carry, in order.
func (t *Template) Lint(results []recount.Result) []Warning {
	byName := map[string]*recount.Result{}
	for i := range results {
		byName[results[i].Name] = &results[i]
	}
	var out []Warning
	for _, p := range t.paragraphs() {
		for _, s := range sentences(p.text) {
			text, from, numbers, verbs := t.numbersOf(p.text[s[0]:s[1]], byName)
			for _, x := range unborne(text, numbers, verbs...) {
				line := p.line + strings.Count(p.text[:s[0]+from[x.at]], "\n")
				out = append(out, Warning{line, x.word, x.why})
			}
		}
	}
	for _, s := range t.parts {
		if t.Kind == "" {
			out = append(out, Warning{s.line, "{{" + s.Part + "}}", "on a line of its own it is the part of the report that has this name; the result is printed inside a sentence, or by {{words " + s.Part + "}}"})
		}
	}
	slices.SortStableFunc(out, func(a, b Warning) int { return a.Line - b.Line })
	return out
}

// An overclaim is a word that the numbers of its sentence do not carry.
type overclaim struct {
	at        int // in the text
	word, why string
}

// unborne lists the words of a sentence that its numbers do not carry. What people
// are said to have said is theirs, a question claims nothing, and "declined to
// comment" is no decline.
func unborne(text string, numbers []*recount.Result, verbs ...string) (out []overclaim) {
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		return nil
	}
	for i := range claims {
		c := &claims[i]
		for _, at := range c.word.FindAllStringIndex(text, -1) {
			x := claimed{word: text[at[0]:at[1]], before: text[:at[0]], after: text[at[1]:], numbers: numbers, verbs: verbs}
			if theirs(x.before) || denied.MatchString(x.before) || nature.MatchString(x.before+x.word) || c.other != nil && c.other.MatchString(x.word+x.after) {
				continue
			}
			if why := c.check(&x); why != "" {
				out = append(out, overclaim{at[0], x.word, why})
			}
		}
	}
	return out
}

// Unborne says what a label claims that the numbers it stands on do not carry:
// "" if nothing.
func Unborne(label string, numbers ...*recount.Result) string {
	var t Template
	text, _, _, _ := t.numbersOf(label, nil)
	return firstClaim(text, numbers)
}

// firstClaim says the first thing that a text claims and its numbers do not carry: ""
// if nothing.
func firstClaim(text string, numbers []*recount.Result) string {
	found := unborne(text, numbers)
	if len(found) == 0 {
		return ""
	}
	return fmt.Sprintf("%q: %s", found[0].word, found[0].why)
}

var (
	// toldOf ends before what somebody is said to have said: "said that ...",
	// "complained of rising ...".
	toldOf = pattern.New(`\b(?:said|says|say|told|tells|wrote|claimed|claims|claim|believed|believe|felt|feel|thought|think|feared|complained|reported|recalled|remembered|argued|insisted|mentioned|described)(?: \pL+){0,2} that\b[^,;:]*$|` +
		`\b(?:spoke|speak|speaks|told|complained|complain|complains|talked|warned) (?:of|about)(?: \pL+){0,3} $|` +
		`\b(?:wanted|want|wants|asked for|demanded|demand|hoped for|promised|feared|expected)(?: \pL+){0,3} $`)
	// "It is said" says nobody, "we say" is the report itself, and "the number of
	// those who said that pay was low grew" is about the number.
	nobodySays = pattern.New(`\b(?:numbers?|share|proportion|percentage|rate|count|pace|trend)\b.*\bthat\b|\b(?:it|this) (?:is|was|has been) (?:often |widely )?\pL+ that\b|\b(?:we|i|this report|the report|the figures|the numbers|the table|the chart) (?:\pL+ ){0,2}that\b`)
)

var (
	// denied ends before what the report says that nothing carries.
	denied = pattern.New(`\b(?:do|does|did|can|could|would)(?: not|n['’]t|not) (?:\pL+ )?(?:bear|show|say|mean|support|prove|tell|carry|establish)\b[^,;:]*$|\bno (?:evidence|sign|proof|figures?|numbers?) (?:\pL+ )?that\b[^,;:]*$`)
	// nature is what rises and falls without a number.
	nature = pattern.New(`\b(?:(?:sun|moon|smoke|dust|tide|night|darkness|dusk|snow|rain|curtain|silence|city|town|village|bombs?|shells?|rivers?|waters?|prices?|rents?|wages|temperatures?|tensions?) (?:had |has |was |were )?(?:rose|rises|risen|rising|fell|falls|fallen|falling)|(?:in the|last|next|this) fall|(?:an?|the|every|each|no|one|this|that|red|white|wild|yellow|single|dried|thorned) rose|g[ai]ven? rise|gives rise)$`)
)

// theirs reports whether a word stands in what somebody is said to have said.
func theirs(before string) bool { return toldOf.MatchString(before) && !nobodySays.MatchString(before) }

// A paragraph is a stretch of prose with the line on which it begins.
type paragraph struct {
	text string // lines joined by line ends
	line int
}

// paragraphs cuts the prose at empty lines, headings, lists and tables, and
// leaves quotations and code out.
func (t *Template) paragraphs() (out []paragraph) {
	var p paragraph
	end := func() {
		if strings.TrimSpace(p.text) != "" {
			out = append(out, p)
		}
		p = paragraph{}
	}
	fenced := false
	line := t.line
	for l := range strings.Lines(string(t.text)) {
		trim := strings.TrimSpace(l)
		switch {
		case strings.HasPrefix(trim, "```"), strings.HasPrefix(trim, "~~~"):
			fenced = !fenced
			end()
		case fenced, strings.HasPrefix(trim, ">"), strings.HasPrefix(l, "    "):
			end()
		case trim == "":
			end()
		default:
			if strings.HasPrefix(trim, "#") || strings.HasPrefix(trim, "- ") || strings.HasPrefix(trim, "* ") || strings.HasPrefix(trim, "|") {
				end()
			}
			if p.text == "" {
				p.line = line
			}
			p.text += strings.TrimSuffix(l, "\n") + "\n"
			if strings.HasPrefix(trim, "#") {
				end()
			}
		}
		line++
	}
	end()
	return out
}

var (
	sentenceEnd = pattern.New(`[.!?…]["'”’»)\]]*\s+`)
	slotText    = pattern.New(`\{\{([^}]*)\}\}`)
	quotedText  = "\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«»]*[«»]|‘(?:[^‘’]|’\\pL)*’"
	quoted      = pattern.New(quotedText)
	notProse    = pattern.New("\\{\\{[^}]*\\}\\}|`[^`]*`|" + quotedText) // a slot, or what is quoted
)

// sentences cuts a paragraph; what stands between braces, or within quotation
// marks, ends nothing.
func sentences(text string) (out [][2]int) {
	masked := slotText.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("x", len(s)) })
	masked = quoted.ReplaceAllStringFunc(masked, func(s string) string {
		return sentenceEnd.ReplaceAllStringFunc(s, func(s string) string { return strings.Repeat("x", len(s)) })
	})
	from := 0
	for _, at := range sentenceEnd.FindAllStringIndex(masked, -1) {
		out = append(out, [2]int{from, at[1]})
		from = at[1]
	}
	if from < len(text) {
		out = append(out, [2]int{from, len(text)})
	}
	return out
}

// numbersOf puts marks in place of the numbers of a sentence and takes out what
// is quoted. The words are in lower case with one blank between them; from says
// where each byte of them stands in the sentence.
func (t *Template) numbersOf(s string, byName map[string]*recount.Result) (text string, from []int, numbers []*recount.Result, verbs []string) {
	var b strings.Builder
	put := func(piece string, at int) {
		if piece == " " && (b.Len() == 0 || strings.HasSuffix(b.String(), " ")) {
			return
		}
		b.WriteString(piece)
		for range len(piece) {
			from = append(from, at)
		}
	}
	plain := func(at, end int) {
		for i, r := range s[at:end] {
			if unicode.IsSpace(r) {
				r = ' '
			}
			put(string(unicode.ToLower(r)), at+i)
		}
	}
	done := 0
	for _, m := range notProse.FindAllStringIndex(s, -1) {
		plain(done, m[0])
		done = m[1]
		if !strings.HasPrefix(s[m[0]:], "{{") {
			continue // quoted
		}
		x := t.readSlot(s[m[0]+2:m[1]-2], 0)
		if res := resultOf(x, byName); res != nil {
			put(fmt.Sprintf("\x00%d\x00", len(numbers)), m[0])
			numbers, verbs = append(numbers, res), append(verbs, x.Verb)
		} else {
			put(" ", m[0])
		}
	}
	plain(done, len(s))
	return b.String(), from, numbers, verbs
}

// resultOf returns the result, or its row, that a slot in a sentence writes as
// a number, or nil.
func resultOf(x slot, byName map[string]*recount.Result) *recount.Result {
	if x.err != nil || x.block() || slices.Contains(verbForms, x.Verb) {
		return nil
	}
	res := byName[x.Name]
	if res == nil || x.Row == "" {
		return res
	}
	var row *recount.Result
	for i := range res.Rows {
		if c := &res.Rows[i]; strings.EqualFold(c.Name, x.Row) || strings.EqualFold(c.Label, x.Row) {
			row = c
		}
	}
	return row
}

var (
	nextNumber  = pattern.New(`^\s*\x00(\d+)\x00`)
	typedNumber = pattern.New(`^\s*(\d[\d,.]*%?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens|hundreds|thousands|half|a (?:third|quarter|dozen|hundred|thousand))\b`)
)

// next returns the number that follows a word, if one does, and how it is printed.
func (s *claimed) next() (r *recount.Result, verb string) {
	if m := nextNumber.FindStringSubmatch(s.after); m != nil {
		if i, err := strconv.Atoi(m[1]); err == nil && i < len(s.numbers) {
			if i < len(s.verbs) {
				verb = s.verbs[i]
			}
			return s.numbers[i], verb
		}
	}
	return nil, ""
}

func atLeast(s *claimed) string {
	return s.limit("floor", "low", func(r recount.IntRange) int { return r.Low }, func(r recount.ShareRange) (n, of int) { return r.LowN, r.LowOf }, func(a, b int) bool { return a < b })
}

func atMost(s *claimed) string {
	return s.limit("ceiling", "high", func(r recount.IntRange) int { return r.High }, func(r recount.ShareRange) (n, of int) { return r.HighN, r.HighOf }, func(a, b int) bool { return a > b })
}

// limit asks whether a number is the end of its range that a word makes of it; past
// reports that the end lies beyond the number. A share that is printed beside the
// number has an end of its own.
func (s *claimed) limit(name, how string, end func(recount.IntRange) int, endShare func(recount.ShareRange) (n, of int), past func(a, b int) bool) string {
	r, verb := s.next()
	if r == nil {
		m := typedNumber.FindString(s.after)
		if m == "" || ruled.MatchString(s.after[len(m):]) || s.word == "up to" {
			return "" // "at least once", "at least say so", "up to 14 June"
		}
		return "the number after it was typed and is no result; write {{name}}, whose " + name + " can be looked up"
	}
	n, whole := end(r.Range), end(r.OfRange)
	if r.Range == (recount.IntRange{}) {
		n = r.N
	}
	if r.OfRange == (recount.IntRange{}) {
		whole = r.Of
	}
	switch verb {
	case "range":
		return "the range after it has two ends; say it alone"
	case "words", "amount", "part":
		if r.Range.Low != r.Range.High {
			return "what follows it prints its own range; say it alone"
		}
		return ""
	case "of":
		if past(whole, r.Of) {
			return fmt.Sprintf("the number after it is %d, and the %s of its range is %d", r.Of, name, whole)
		}
		return ""
	}
	if verb != "share" && past(n, r.N) {
		return fmt.Sprintf("the number after it is %d, and the %s of its range is %d", r.N, name, n)
	}
	if k, of := endShare(r.ShareRange); r.Ratio == nil && (verb == "share" || verb == "") && of > 0 && past(k*r.Of, r.N*of) && prose.Percent(k, of) != prose.Percent(r.N, r.Of) {
		return fmt.Sprintf("the share beside it is %s, and may be as %s as %s; {{count name}} prints the number alone", prose.Percent(r.N, r.Of), how, prose.Percent(k, of))
	}
	return ""
}

// ruled is what a rule of the study counts: "read by at least two coders".
var ruled = pattern.New(`^\s*(?:independent |different |other )?(?:coders?|readers?|annotators?|analysts?|researchers?|years?|months?|weeks?|days?|hours?|minutes?)\b`)

// moreThan is of a number that follows, which is exact. "More than half" is a
// majority, and "more than the others" no number.
func moreThan(s *claimed) string {
	if before := strings.TrimSpace(s.before); strings.HasSuffix(before, "no") || strings.HasSuffix(before, "not") {
		return "" // which is a floor or a ceiling
	}
	if r, _ := s.next(); r != nil {
		return "the number after it is exact; say the number alone"
	}
	m := typedNumber.FindString(s.after)
	if m == "" || strings.HasSuffix(m, "half") || ruled.MatchString(s.after[len(m):]) {
		return ""
	}
	return "the number after it was typed and is no result"
}

// fraction is carried by a share that is it in all of its range; "about half" by one
// within five points of it.
func fraction(s *claimed) string {
	if softened.MatchString(s.before) {
		return "" // what "almost" claims is asked of it
	}
	of, rough := [2]int{}, roughly.MatchString(s.before)
	for w, f := range wholes {
		if strings.HasPrefix(strings.ReplaceAll(s.word, "-", " "), strings.ReplaceAll(w, "-", " ")) {
			of = f
		}
	}
	if of[1] == 0 {
		return ""
	}
	for _, r := range s.numbers {
		lowN, lowOf, highN, highOf := r.ShareRange.LowN, r.ShareRange.LowOf, r.ShareRange.HighN, r.ShareRange.HighOf
		if lowOf == 0 || highOf == 0 {
			lowN, lowOf, highN, highOf = r.N, r.Of, r.N, r.Of
		}
		switch {
		case r.Of == 0:
		case !rough && lowN*of[1] == of[0]*lowOf && highN*of[1] == of[0]*highOf,
			rough && 20*(of[0]*lowOf-lowN*of[1]) <= of[1]*lowOf && 20*(highN*of[1]-of[0]*highOf) <= of[1]*highOf:
			return ""
		}
	}
	if rough {
		return "no share of this sentence is within five points of that in all of its range"
	}
	return "no share of this sentence is just that"
}

var roughly = pattern.New(`\b(?:about|around|roughly|approximately|some|circa)[ -]$`)

var softened = pattern.New(`\b(?:almost|nearly|just under|close to)[ -]$`)

// ratioOf returns the comparison of periods among the numbers of a sentence.
func (s *claimed) ratioOf() *recount.Result {
	for _, r := range s.numbers {
		if r.Ratio != nil {
			return r
		}
	}
	return nil
}

const noRatio = "no comparison of two periods stands in this sentence (a result with compare and with)"

func rose(s *claimed) string {
	r := s.ratioOf()
	if r == nil {
		return noRatio
	}
	if more, _ := prose.Apart(*r); !more {
		return "the two periods of " + prose.Label(*r) + " do not bear a rise: " + prose.Interval(*r)
	}
	return ""
}

func fell(s *claimed) string {
	r := s.ratioOf()
	if r == nil {
		return noRatio
	}
	if _, less := prose.Apart(*r); !less {
		return "the two periods of " + prose.Label(*r) + " do not bear a fall: " + prose.Interval(*r)
	}
	return ""
}

func majority(s *claimed) string {
	if strings.HasSuffix(s.before, "no ") && s.word == "majority" {
		return "" // that there is none
	}
	found := false
	for _, r := range s.numbers {
		if r.Of == 0 {
			continue
		}
		found = true
		n, of := r.ShareRange.LowN, r.ShareRange.LowOf
		if of == 0 {
			n, of = r.N, r.Of
		}
		if 2*n > of {
			return ""
		}
	}
	if !found {
		return "no share stands in this sentence (a result with share)"
	}
	return "no share of this sentence is above one half in all of its range"
}

// notSo are the words before "most" that make another word of it, and plain the
// words after it that make it a degree: "the most recent".
var (
	notSo  = []string{"the", "at", "its", "their", "his", "her", "our", "one's", "whose"}
	degree = pattern.New(`^\s*(?:[a-z]+ly|recent|often|likely|important|common|frequent|widely|well|probable|serious)\b`)
)

func most(s *claimed) string {
	before := strings.Fields(s.before)
	if len(before) > 0 && slices.Contains(notSo, before[len(before)-1]) || degree.MatchString(s.after) {
		return ""
	}
	return majority(s)
}

func times(s *claimed) string {
	r := s.ratioOf()
	if r == nil {
		return noRatio
	}
	more, less := prose.Apart(*r)
	v := r.Ratio
	low, high := v.Range, v.Range
	if v.Range == (recount.ShareRange{}) {
		low, high = recount.ShareRange{LowN: v.N, LowOf: v.Than}, recount.ShareRange{HighN: v.N, HighOf: v.Than}
	}
	// times as many: n/Units against of/ThanUnits, at the lower or upper end.
	factor := 0
	switch {
	case strings.HasPrefix(s.word, "doubl"), strings.HasPrefix(s.word, "twice"):
		factor = 2
	case strings.HasPrefix(s.word, "tripl"), strings.HasPrefix(s.word, "trebl"), strings.HasPrefix(s.word, "three"):
		factor = 3
	case strings.HasPrefix(s.word, "quadrupl"):
		factor = 4
	}
	if factor == 0 { // halved
		if less && 2*high.HighN*v.ThanUnits <= high.HighOf*v.Units {
			return ""
		}
	} else if more && low.LowN*v.ThanUnits >= factor*low.LowOf*v.Units {
		return ""
	}
	return "the comparison does not bear it: " + countText(r)
}

func countText(r *recount.Result) string {
	s := prose.KOfN(*r) + " times as many"
	if rng := prose.Range(*r); rng != "" {
		s += " (" + rng + ")"
	}
	if iv := prose.Interval(*r); iv != "" {
		s += ", " + iv
	}
	return s
}

var wholes = map[string][2]int{"half": {1, 2}, "a half": {1, 2}, "one half": {1, 2}, "a third": {1, 3}, "one third": {1, 3}, "one in three": {1, 3}, "two thirds": {2, 3}, "two-thirds": {2, 3},
	"a quarter": {1, 4}, "one quarter": {1, 4}, "one in two": {1, 2}, "one in four": {1, 4}, "three quarters": {3, 4}, "three-quarters": {3, 4}, "all": {1, 1}, "every": {1, 1}, "everybody": {1, 1}, "everyone": {1, 1}}

const peopleWords = `people|persons|women|men|girls|boys|children|teenagers|fighters|deserters|defectors|leavers|detainees|prisoners|refugees|recruits|members|guards|speakers|witnesses|workers|soldiers|officers|interviewees|respondents|others|them|these|those|us|who`

var (
	// ofSome begins behind "several" and the like where it counts people.
	ofSome = pattern.New(`^(?: of)?(?: (?:the|all|those|these|other|further|more))?(?: [\pL-]+){0,2}? (?:` + peopleWords + `)\b|` +
		`^,? (?:left|fled|spoke|speak|said|say|told|came|come|were|are|had|have|went|gave|named|joined|escaped|returned|deserted|mentioned|described|complained|wanted|did|died|stayed|saw)\b`)
	// couldBe says what may happen, and counts nobody.
	couldBe  = pattern.New(`\b(?:can|may|could|might|if|whether|whenever)\b[^,;:]*$`)
	ofThings = pattern.New(`\b(?:outlets?|papers?|newspapers?|pages?|articles?|sources?|agenc(?:y|ies)|stories|reports?|places|towns|villages|countries|reasons?|things|values|questions|days|weeks|months|years|times|hours|minutes)\b`)
)

// some is carried by a number of its sentence that can be called so.
func some(s *claimed) string {
	m := ofSome.FindString(s.after)
	bare := strings.Trim(s.after, " .,;:!|") == "" && !ofThings.MatchString(s.before) // a cell or an item of its own
	them := strings.HasSuffix(m, "them") || strings.HasSuffix(m, "these") || strings.HasSuffix(m, "those") || strings.HasSuffix(m, "who") || strings.HasSuffix(m, "others") || !strings.Contains(m, " of") && !regexpPeople.MatchString(m)
	next, _ := s.next()
	switch {
	case couldBe.MatchString(s.before):
		return ""
	case m == "" && !bare && next == nil && !inBrackets.MatchString(s.after):
		return ""
	case ofThings.MatchString(m), them && ofThings.MatchString(s.before), s.word == "a couple" && !strings.HasPrefix(s.after, " of") && !bare:
		return ""
	}
	for _, r := range s.numbers {
		fits := false
		switch s.word {
		case "a couple":
			fits = r.N == 2
		case "several":
			fits = r.N >= 3 && r.N <= 20
		default:
			fits = r.N <= 10 || r.Of > 0 && 5*r.N <= r.Of
		}
		if fits {
			return ""
		}
	}
	if len(s.numbers) > 0 {
		return "no number of this sentence is called so"
	}
	return "no number of people stands in this sentence; write {{name}}"
}

var (
	regexpPeople = pattern.New(`\b(?:` + peopleWords + `)\b`)
	inBrackets   = pattern.New(`^ \(\x00`)
)

var percent = pattern.New(`^\s*(\d{1,3})(?:\.\d+)?\s*(?:%|per cent|percent)`)

func almost(s *claimed) string {
	if r, _ := s.next(); r != nil {
		return "the number after it is exact; say the number alone"
	}
	k, n := 0, 0
	if m := percent.FindStringSubmatch(s.after); m != nil {
		k, _ = strconv.Atoi(m[1])
		n = 100
	} else {
		after := strings.TrimLeft(s.after, " -")
		for w, f := range wholes {
			if (after == w || strings.HasPrefix(after, w+" ") || strings.HasPrefix(after, w+",") || strings.HasPrefix(after, w+".")) && f[1] > 0 && len(w) > 0 {
				if n == 0 || f[1] > n {
					k, n = f[0], f[1]
				}
			}
		}
	}
	if n == 0 {
		if typedNumber.MatchString(s.after) {
			return "the number after it was typed and is no result"
		}
		return ""
	}
	found := false
	for _, r := range s.numbers {
		if r.Of == 0 {
			continue
		}
		found = true
		lowN, lowOf, highN, highOf := r.ShareRange.LowN, r.ShareRange.LowOf, r.ShareRange.HighN, r.ShareRange.HighOf
		if lowOf == 0 || highOf == 0 {
			lowN, lowOf, highN, highOf = r.N, r.Of, r.N, r.Of
		}
		// Below the whole in all of the range, and by five points at most.
		if highN*n < k*highOf && 20*(k*lowOf-lowN*n) <= n*lowOf {
			return ""
		}
	}
	if !found {
		return "no share stands in this sentence (a result with share)"
	}
	return "no share of this sentence is just below it, by five points at most, in all of its range"
}
