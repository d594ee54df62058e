package figures

// This file finds counts that are no other outlet's total and still belong
// beside it: what is added to another number, whom an outlet has met itself, how
// many somebody employs, and the change of something else.
//
// In: the items of a reconciler. Out: what keeps items apart, joined items, and
// groups of counts that outlets made themselves. Method: the words around a
// figure. Limits: English; a name with a capital must tell what an outlet's own
// count is about.

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"recount"
)

// otherChangeDays is how far apart two changes of one thing are told together.
const otherChangeDays = 183

// added reports whether the text says that a number comes to another one: "and
// another 30", "27 more". If what happened to the others is something else, it
// is a total of its own: "four died and another 30 were hurt".
func added(text string, figs []recount.ReportedFigure, i int) bool {
	f := &figs[i]
	if f.Kind != recount.CountFigure || f.Of >= 0 {
		return false
	}
	before := strings.Fields(strings.ToLower(text[max(0, f.Span.Start-24):f.Span.Start]))
	within := strings.Fields(strings.ToLower(f.Span.In(text)))
	after := strings.ToLower(strings.TrimLeft(text[f.Span.End:min(len(text), f.Span.End+12)], " "))
	says := len(before) > 0 && adding[before[len(before)-1]] || slices.ContainsFunc(within, func(w string) bool { return adding[w] }) ||
		strings.HasPrefix(after, "more ") && !strings.HasPrefix(after, "more than")
	if !says {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		if o := &figs[j]; o.Kind == recount.CountFigure && o.Of < 0 {
			return o.Event == "" || f.Event == "" || family(o.Event) == family(f.Event)
		}
	}
	return true
}

// staffed reports whether two counts are of whom somebody employs, at least one
// of them by its words.
func staffed(x, y *item) bool {
	mayX, saysX := x.staff()
	mayY, saysY := y.staff()
	return mayX && mayY && (saysX || saysY)
}

// staff reports whether a count may be of whom somebody employs, and whether its
// words say so.
func (it *item) staff() (may, says bool) {
	w := singular(lastWord(it.f.Unit))
	says = w == "employee" || w == "staff" || w == "workforce" || w == "personnel"
	if !says && isPersonal(it.f.Unit) && it.f.Span.End < it.sentence.End {
		after := strings.Fields(strings.ToLower(strings.TrimRight(it.a.Text[it.f.Span.End:it.sentence.End], ".,;")))
		for i := 0; i <= 2 && i < len(after) && !says; i++ {
			for n := 2; n <= 4 && i+n <= len(after) && !says; n++ {
				says = employedAfter[strings.Trim(strings.Join(after[i:i+n], " "), ",.;")]
			}
		}
	}
	return says || employed[w], says
}

// otherChanges sets beside the number that a change led to the changes of the
// same thing elsewhere, if their words say where: "complaints to the ministry".
func (r *reconciler) otherChanges() {
	at := map[string]int{}
	for _, l := range r.levels {
		if head := singular(lastWord(l.rise.Unit)); l.item < len(r.items) && head != "" {
			if _, ok := at[head]; !ok {
				at[head] = l.item
			}
		}
	}
	for i := range r.items {
		it := &r.items[i]
		j, ok := at[singular(lastWord(it.f.Unit))]
		if !ok || it.f.Kind != recount.ChangeFigure || it.lost != "" || it.copied >= 0 || r.items[j].original == it.original || apart(r.items[j].a, it.a) > otherChangeDays {
			continue
		}
		words := strings.Fields(strings.ToLower(it.sentence.In(it.a.Text)))
		k := slices.Index(words, lastWord(it.f.Unit))
		if k < 0 || k+1 >= len(words) || !goesOn[words[k+1]] {
			continue
		}
		it.other = "the change of " + strings.Trim(strings.Join(words[k:min(len(words), k+4)], " "), ",.;:")
		r.join(j, i, false)
	}
}

// ownCounts are words by which outlets say that they counted people themselves.
var ownCounts = func() map[string]string {
	m := maps.Clone(wordKeys("own_counts"))
	for who := range wordSet("own_subject") {
		for verb := range wordSet("own_verb") {
			for _, have := range [...]string{" ", " have ", " has ", " had ", " have also ", " have since ", " has also ", " has since "} {
				m[who+have+verb] = "met"
			}
		}
	}
	for verb := range wordSet("own_answer") {
		for whom := range wordSet("own_object") {
			m[verb+" "+whom] = "told"
		}
	}
	return m
}()

// ownCount returns how an outlet says that it counted item i itself: "all" if it
// counted everybody it knows of, "met" if it speaks of whom it met, else "".
func ownCount(it *item) string {
	if it.f.Kind != recount.CountFigure || it.base >= 0 || it.f.Value == nil || it.f.Value.Places > 0 || !countsPeople(it.f.Unit) || it.f.SaidBy != "" || it.f.Guess || it.f.Withdrawn {
		return ""
	}
	s := it.sentence
	start, end := max(s.Start, it.f.Span.Start-90), min(s.End, it.f.Span.End+120)
	plain := func(s string) string { // a paper that names itself is "this newspaper"
		s = " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '.' }), " ") + " "
		if o := strings.TrimPrefix(strings.ToLower(it.a.Outlet), "the "); o != "" {
			s = strings.ReplaceAll(s, " the "+o+" ", " this newspaper ")
		}
		return s
	}
	before, after := strings.TrimRight(plain(it.a.Text[start:it.f.Span.Start]), " "), plain(it.a.Text[it.f.Span.End:end])
	if strings.Count(before, "“") > strings.Count(before, "”") {
		return "" // what somebody else says
	}
	best := ""
	for words, how := range ownCounts {
		switch {
		case how == "all" && strings.Contains(before+" ", " "+words+" "):
			return how
		case how == "met" && strings.HasSuffix(before, " "+words), how == "told" && strings.Contains(after, " "+words+" "):
			best = "met"
		}
	}
	return best
}

// namesIn returns the words with a capital inside a sentence.
func namesIn(text string, s recount.Span) map[string]bool {
	m := map[string]bool{}
	for i, k := range tokenize(strings.ToValidUTF8(s.In(text), ""), nil).Tok {
		if i > 0 && k.Kind == wordToken && k.Upper && len(k.Low) > 2 && !isSmall(k.Low) && monthNumber(k.Low) == 0 {
			m[strings.TrimSuffix(k.Low, "'s")] = true
		}
	}
	return m
}

// owned returns the groups of counts that outlets made themselves about one name:
// each counts others, so nothing in them agrees or contradicts. Parts that stand
// in no group of their own come along.
func (r *reconciler) owned(grouped map[int]bool) []Group {
	type own struct {
		item int
		all  bool
		name map[string]bool
	}
	var list []own
	for i := range r.items {
		it := &r.items[i]
		if how := ownCount(it); how != "" && it.copied < 0 && !it.added && len(list) < 200 {
			list = append(list, own{i, how == "all", namesIn(it.a.Text, it.sentence)})
		}
	}
	var out []Group
	done := map[int]bool{}
	for x := range list {
		if done[x] {
			continue
		}
		members := []own{list[x]}
		for y := x + 1; y < len(list); y++ {
			if o := list[y]; !done[y] && r.items[o.item].original != r.items[list[x].item].original && r.find(o.item, false) != r.find(list[x].item, false) && overlap(list[x].name, o.name) > 0 {
				members = append(members, o)
				done[y] = true
			}
		}
		if len(members) < 2 {
			continue
		}
		ref := members[0].item
		for _, m := range members {
			if m.all {
				ref = m.item
				break
			}
		}
		g := Group{About: r.about(ref)}
		r.add(&g, ref, true, Reference, "counted by the outlet itself")
		for _, m := range members {
			if m.item != ref {
				r.add(&g, m.item, false, OtherEvent, "another count: whom "+r.items[m.item].a.Outlet+" has met itself")
				g.values[len(g.values)-1] = interval{}
			}
			for i := range r.items {
				if p := &r.items[i]; p.base == m.item && !grouped[i] && p.f.Kind == recount.CountFigure && p.f.Value != nil {
					r.add(&g, i, false, OtherEvent, "a part of "+r.items[m.item].f.Span.In(p.a.Text))
					g.values[len(g.values)-1] = interval{}
				}
			}
		}
		out = append(out, g)
	}
	return out
}
