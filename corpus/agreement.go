package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"recount"
)

// Bare returns a text's file as a second annotator sees it: no entities, no
// marks, and passages of other stories like all the rest.
func (t *Text) Bare() string {
	var b strings.Builder
	fmt.Fprintf(&b, "kind: %s\nenglish: %s\ntheme: %s\ntitle: %s\noutlet: %s\nbyline: %s\nday: %s\nentities:\n---\n", t.Kind, t.English, t.Theme, t.Title, t.Outlet, t.Byline, t.Day)
	escape := strings.NewReplacer(`[`, `\[`, `]`, `\]`, `{`, `\{`, `}`, `\}`, `\`, `\\`)
	for i, p := range t.Paragraphs {
		if i > 0 {
			b.WriteByte('\n')
		}
		if p.Role != recount.Body && p.Role != recount.OffTopic {
			b.WriteString("%" + string(p.Role) + " ")
		}
		b.WriteString(escape.Replace(p.Span.In(t.Text)) + "\n")
	}
	return b.String()
}

// Found counts what two annotations of one text have, and what both have.
type Found struct{ First, Second, Both int }

// F1 is the harmonic mean of precision and recall, the same whichever of the
// two is held to be right; 1 if neither has anything.
func (f Found) F1() float64 {
	if f.First+f.Second == 0 {
		return 1
	}
	return 2 * float64(f.Both) / float64(f.First+f.Second)
}

// Labels counts the labels that two annotations give to what both have.
type Labels map[[2]string]int

// Same returns how often both give one label, of how many.
func (l Labels) Same() (same, of int) {
	for k, n := range l {
		of += n
		if k[0] == k[1] {
			same += n
		}
	}
	return same, of
}

// Kappa is agreement beyond chance with each annotator's own shares of the
// labels (Cohen 1960); 1 if one label is all that both give.
func (l Labels) Kappa() float64 {
	same, of := l.Same()
	first, second := map[string]int{}, map[string]int{}
	for k, n := range l {
		first[k[0]] += n
		second[k[1]] += n
	}
	chance := 0 // times of²
	for k, n := range first {
		chance += n * second[k]
	}
	if chance == of*of {
		return 1
	}
	return float64(same*of-chance) / float64(of*of-chance)
}

// Agreement is how far two annotations of the same texts agree. Spans are
// compared by their words, so that a comma more or less is no difference.
// Statements and mentions of the two are paired one to one, those with most
// words in common first.
type Agreement struct {
	Exact      Found  // statements with the same words
	Statements Found  // half of the words of both in common
	Words      Found  // of statements, in Both those that pairs have in common
	Type       Labels // direct, indirect, mixed; of pairs of statements
	Thought    Labels
	Speaker    Labels // "same" or "other" beside "same"
	Cue        Found  // with the same words, in pairs of statements
	Source     Found  // sharing a word, the same
	Mentions   Found  // with the same words
	Overlap    Found  // of mentions, sharing a word
	Links      Found  // pairs of mentions that are one entity, of mentions both have
	b3         [2]float64
	linked     int    // mentions both have
	Kind       Labels // of entities both have
	Gender     Labels
	Figures    Found // with the same words
	Counted    Labels
	Unit       Labels
	Off        Labels // paragraphs: of another story or not
	Texts      int

	// Differ, if set, is told each difference: the line in the first's file, and
	// what it is.
	Differ func(t *Text, at int, what string)
}

// B3 is the mean, over mentions that both have, of how far their entities are
// made of the same mentions (Bagga & Baldwin 1998), as F1.
func (a *Agreement) B3() float64 {
	if a.linked == 0 {
		return 1
	}
	p, r := a.b3[0]/float64(a.linked), a.b3[1]/float64(a.linked)
	return 2 * p * r / (p + r)
}

func (a *Agreement) differ(t *Text, at int, format string, args ...any) {
	if a.Differ != nil {
		a.Differ(t, t.lineAt(at), fmt.Sprintf(format, args...))
	}
}

// Add compares a second annotation of a text with the first.
func (a *Agreement) Add(first, second *Text) error {
	if first.Text != second.Text || len(first.Paragraphs) != len(second.Paragraphs) {
		return fmt.Errorf("%s and %s are not the same text", first.File, second.File)
	}
	a.Texts++
	words := wordsOf(first.Text)
	for i, p := range first.Paragraphs {
		one, two := p.Role == recount.OffTopic, second.Paragraphs[i].Role == recount.OffTopic
		count(&a.Off, one, two)
		if one != two {
			a.differ(first, p.Span.Start, "other story: %v, %v", one, two)
		}
	}
	to := a.mentions(first, second, words)
	a.statements(first, second, words, to)
	a.figures(first, second, words)
	return nil
}

func count[T any](l *Labels, one, two T) {
	if *l == nil {
		*l = Labels{}
	}
	(*l)[[2]string{fmt.Sprint(one), fmt.Sprint(two)}]++
}

// wordsOf returns the starts of the words of a text.
func wordsOf(text string) []int {
	var out []int
	in := false
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if letter && !in {
			out = append(out, i)
		}
		in = letter
	}
	return out
}

// inside returns the words that lie in spans.
func inside(words []int, spans ...recount.Span) []int {
	var out []int
	for _, s := range spans {
		from, _ := slices.BinarySearch(words, s.Start)
		to, _ := slices.BinarySearch(words, s.End)
		out = append(out, words[from:to]...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func common(one, two []int) int {
	n := 0
	for _, w := range one {
		if _, ok := slices.BinarySearch(two, w); ok {
			n++
		}
	}
	return n
}

// pairs pairs word lists one to one, most alike first: those whose common
// words are at least least of the words of both (of 1).
func pairs(one, two [][]int, least float64) [][2]int {
	type pair struct {
		at    [2]int
		alike float64
	}
	var all []pair
	for i, x := range one {
		for k, y := range two {
			if n := common(x, y); n > 0 {
				if alike := 2 * float64(n) / float64(len(x)+len(y)); alike >= least {
					all = append(all, pair{[2]int{i, k}, alike})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(x, y pair) int { return cmp.Compare(y.alike, x.alike) })
	used := [2]map[int]bool{{}, {}}
	var out [][2]int
	for _, p := range all {
		if !used[0][p.at[0]] && !used[1][p.at[1]] {
			used[0][p.at[0]], used[1][p.at[1]] = true, true
			out = append(out, p.at)
		}
	}
	slices.SortFunc(out, func(x, y [2]int) int { return cmp.Compare(x[0], y[0]) })
	return out
}

// mentions compares mentions and entities, and returns for each entity of the
// first the one of the second that shares most mentions with it, or -1.
func (a *Agreement) mentions(first, second *Text, words []int) []int {
	of := func(t *Text) (out [][]int) {
		for _, m := range t.Mentions {
			out = append(out, inside(words, m.Span))
		}
		return out
	}
	one, two := of(first), of(second)
	both := pairs(one, two, 0)
	a.Mentions.add(len(one), len(two), 0)
	a.Overlap.add(len(one), len(two), len(both))
	shared := map[[2]int]int{}
	ofFirst, ofSecond := map[int]int{}, map[int]int{}
	for _, p := range both {
		if slices.Equal(one[p[0]], two[p[1]]) {
			a.Mentions.Both++
		}
		e := [2]int{first.Mentions[p[0]].Entity, second.Mentions[p[1]].Entity}
		shared[e]++
		ofFirst[e[0]]++
		ofSecond[e[1]]++
	}
	var cells [][2]int
	for e, n := range shared {
		cells = append(cells, e)
		a.Links.Both += n * (n - 1) / 2
		a.b3[0] += float64(n*n) / float64(ofFirst[e[0]])
		a.b3[1] += float64(n*n) / float64(ofSecond[e[1]])
	}
	for _, n := range ofFirst {
		a.Links.First += n * (n - 1) / 2
	}
	for _, n := range ofSecond {
		a.Links.Second += n * (n - 1) / 2
	}
	a.linked += len(both)
	slices.SortFunc(cells, func(x, y [2]int) int {
		return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	to, back := slices.Repeat([]int{-1}, len(first.Entities)), map[int]bool{}
	for _, e := range cells {
		if to[e[0]] >= 0 || back[e[1]] {
			continue
		}
		to[e[0]], back[e[1]] = e[1], true
		x, y := first.Entities[e[0]], second.Entities[e[1]]
		count(&a.Kind, x.Kind, y.Kind)
		count(&a.Gender, x.Gender, y.Gender)
		if x.Kind != y.Kind || x.Gender != y.Gender {
			a.differ(first, 0, "entity %s: %s %s, %s %s", x.ID, x.Kind, x.Gender, y.Kind, y.Gender)
		}
	}
	if a.Differ == nil {
		return to
	}
	met := [2]map[int]bool{{}, {}}
	for _, p := range both {
		met[0][p[0]], met[1][p[1]] = true, true
		x, y := first.Mentions[p[0]], second.Mentions[p[1]]
		if to[x.Entity] != y.Entity {
			a.differ(first, x.Span.Start, "mention %q: %s, %s", x.Span.In(first.Text), first.Entities[x.Entity].ID, second.Entities[y.Entity].ID)
		} else if !slices.Equal(one[p[0]], two[p[1]]) {
			a.differ(first, x.Span.Start, "words of mention: %q, %q", x.Span.In(first.Text), y.Span.In(first.Text))
		}
	}
	for side, t := range []*Text{first, second} {
		for i, m := range t.Mentions {
			if !met[side][i] {
				a.differ(first, m.Span.Start, "mention only in %d: %q (%s)", side+1, m.Span.In(t.Text), t.Entities[m.Entity].ID)
			}
		}
	}
	return to
}

func (f *Found) add(first, second, both int) {
	f.First += first
	f.Second += second
	f.Both += both
}

func (a *Agreement) statements(first, second *Text, words []int, to []int) {
	of := func(t *Text) (out [][]int) {
		for _, st := range t.Statements {
			out = append(out, inside(words, st.Content...))
		}
		return out
	}
	one, two := of(first), of(second)
	both := pairs(one, two, 0.5)
	a.Exact.add(len(one), len(two), 0)
	a.Statements.add(len(one), len(two), len(both))
	for _, w := range one {
		a.Words.First += len(w)
	}
	for _, w := range two {
		a.Words.Second += len(w)
	}
	met := [2]map[int]bool{{}, {}}
	for _, p := range both {
		met[0][p[0]], met[1][p[1]] = true, true
		x, y := first.Statements[p[0]], second.Statements[p[1]]
		at := x.Content[0].Start
		if slices.Equal(one[p[0]], two[p[1]]) {
			a.Exact.Both++
		} else {
			a.differ(first, at, "content of %s: %q, %q", x.ID, said(first, x.Content), said(second, y.Content))
		}
		a.Words.Both += common(one[p[0]], two[p[1]])
		count(&a.Type, x.Type, y.Type)
		count(&a.Thought, x.Thought, y.Thought)
		if x.Type != y.Type || x.Thought != y.Thought {
			a.differ(first, at, "type of %s: %s thought %v, %s thought %v", x.ID, x.Type, x.Thought, y.Type, y.Thought)
		}
		speaker := "same"
		if x.Speaker < 0 && y.Speaker >= 0 || x.Speaker >= 0 && to[x.Speaker] != y.Speaker {
			speaker = "other"
			a.differ(first, at, "speaker of %s: %s, %s", x.ID, first.name(x.Speaker), second.name(y.Speaker))
		}
		count(&a.Speaker, "same", speaker)
		a.parts(&a.Cue, first, x.ID+" cue", x.Cue, y.Cue, words, at)
		a.parts(&a.Source, first, x.ID+" source", x.Source, y.Source, words, at)
	}
	for side, t := range []*Text{first, second} {
		for i, st := range t.Statements {
			if !met[side][i] {
				a.differ(first, st.Content[0].Start, "statement only in %d: %s %s %q", side+1, st.ID, t.name(st.Speaker), said(t, st.Content))
			}
		}
	}
}

// parts compares cues or sources of two statements.
func (a *Agreement) parts(f *Found, t *Text, what string, x, y []recount.Span, words []int, at int) {
	one, two := inside(words, x...), inside(words, y...)
	f.add(min(len(one), 1), min(len(two), 1), 0)
	if len(one)+len(two) == 0 {
		return
	}
	if same := slices.Equal(one, two); same || f == &a.Source && common(one, two) > 0 {
		f.Both++
		if same {
			return
		}
	}
	a.differ(t, at, "%s: %q, %q", what, said(t, x), said(t, y))
}

func (a *Agreement) figures(first, second *Text, words []int) {
	of := func(t *Text) (out [][]int) {
		for _, f := range t.Figures {
			out = append(out, inside(words, f.Span))
		}
		return out
	}
	one, two := of(first), of(second)
	a.Figures.add(len(one), len(two), 0)
	met := [2]map[int]bool{{}, {}}
	for _, p := range pairs(one, two, 0) {
		x, y := first.Figures[p[0]], second.Figures[p[1]]
		met[0][p[0]], met[1][p[1]] = true, true
		if slices.Equal(one[p[0]], two[p[1]]) {
			a.Figures.Both++
		}
		count(&a.Counted, x.Kind, y.Kind)
		count(&a.Unit, x.Unit, y.Unit)
		if x != y {
			a.differ(first, x.Span.Start, "figure: %s %s %q, %s %s %q", x.Kind, x.Unit, x.Span.In(first.Text), y.Kind, y.Unit, y.Span.In(first.Text))
		}
	}
	for side, t := range []*Text{first, second} {
		for i, f := range t.Figures {
			if !met[side][i] {
				a.differ(first, f.Span.Start, "figure only in %d: %q", side+1, f.Span.In(t.Text))
			}
		}
	}
}

func (t *Text) name(speaker int) string {
	if speaker < 0 {
		return "-"
	}
	return t.Entities[speaker].ID
}

// said returns the words of a statement's pieces, for messages.
func said(t *Text, spans []recount.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.In(t.Text))
	}
	return strings.Join(out, " … ")
}
