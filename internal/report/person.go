package report

// This file says of a person of the study what a report shows: how to call
// them, when they were first reported, and everything that was decided.
//
// In: a case, and an Index over what may be cited. Out: words, and the
// evidence for the page of the person. It does no I/O.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"

	"recount/internal/report/prose"
)

// firstDay is the day on which a person was first reported, or "".
func firstDay(c *recount.Case) string {
	if m := c.First(); m != nil {
		return m.Published()
	}
	return ""
}

// nameTells reports whether a name of a kind tells people apart: "the third" and
// "a former driver" do not.
func nameTells(k recount.SpeakerKind) bool {
	return k == recount.Named || k == recount.Pseudonym || k == recount.Organisation
}

// personLabel names a person as the whole report does (recount.Case.Known). A
// description that is only the end of a sentence ("who is 20") names nobody. Whom the press only
// describes, and who bears the name of another person, is told apart by the outlet
// and day of the first report.
func personLabel(x *Index, c *recount.Case) string {
	known, by := c.Known()
	name := prose.PersonName(known)
	if by == nil || known != recount.NoName && nameTells(by.Speaker.Kind) && !x.Shared(known) {
		return name
	}
	if known == recount.NoName {
		name = unnamed(by.Speaker.Kind)
	}
	if m := c.First(); m.Outlet != "" {
		name += " (" + m.Outlet + ", " + prose.Day(m.Published()) + ")"
	}
	return name
}

// unnamed stands for a person whose name is not in the words that stand for them, and
// says no less than the row in which that person is counted.
func unnamed(k recount.SpeakerKind) string {
	switch k {
	case recount.Named:
		return "a person who is named"
	case recount.Pseudonym:
		return "a person under another name"
	}
	return recount.NoName
}

// nameOn is what one page calls a person, in words.
func nameOn(c *recount.Case, page recount.Key) string {
	in := c.In(page)
	if name := in.Name(); name != recount.NoName {
		return prose.PersonName(name)
	}
	if h := in.Head(); h != nil {
		return unnamed(h.Speaker.Kind)
	}
	return recount.NoName
}

// calledIn names one speaker as its article does. c may be nil.
func calledIn(m *recount.Member, c *recount.Case) string {
	if m.Speaker.Name != "" && (!m.Nameless() || c == nil) {
		return prose.PersonName(m.Speaker.Name)
	}
	if c != nil {
		return nameOn(c, m.Article)
	}
	return "a speaker without a name"
}

// nameBeside says of each cited page that calls a person otherwise than the report
// does how it does.
func nameBeside(c *recount.Case, it *item) {
	known, _ := c.Known()
	for i := range it.Cites {
		y := &it.Cites[i]
		if c.NameIn(y.Article.Key) != known {
			y.Called = nameOn(c, y.Article.Key)
			h := c.In(y.Article.Key).Head()
			y.Unnamed = h == nil || h.Nameless() || !nameTells(h.Speaker.Kind)
			note := "here: " + y.Called
			if y.Note != "" {
				note = y.Note + "; " + note
			}
			y.Note = note
		}
	}
}

// beside names a person beside words of a page. Where the page names them otherwise
// than the report does both stand; where it names nobody, as to a source who spoke on
// that condition, only what it says stands there.
func (it *item) beside(y Citation) string {
	switch {
	case y.Called == "":
		return it.Title
	case y.Unnamed:
		return y.Called
	}
	return it.Title + " (there " + y.Called + ")"
}

// personPath is the page of a person, from the top of the report.
func personPath(id string) string { return "people/" + prose.Cut(id, 20) + ".html" }

// personNotes says in short what the study holds about a person.
func personNotes(c *recount.Case) (notes []string) {
	if d := firstDay(c); d != "" {
		m := c.First()
		n := "first reported " + prose.Day(d)
		if m.Outlet != "" {
			n += " in " + m.Outlet
		}
		if known, _ := c.Known(); c.NameIn(m.Article) != known {
			n += ", there as " + nameOn(c, m.Article)
		}
		notes = append(notes, n)
	}
	statements, articles, originals := 0, map[recount.Key]bool{}, map[recount.Key]bool{}
	for _, m := range c.Members {
		statements += len(m.Statements)
		articles[m.Article] = true
		originals[cmp.Or(m.Original, m.Article)] = true
	}
	notes = append(notes, prose.Plural(statements, "accepted statement", "accepted statements"),
		prose.Plural(len(articles), "article", "articles")+", "+prose.Plural(len(originals), "independent original", "independent originals"))
	return notes
}

// tierWords says how far a person may be shown outside the team. Of whom nobody
// says it the accounts that count do.
func tierWords(x *Index, c *recount.Case) string {
	safe, known := x.Safe[c.ID]
	if !known {
		safe = Safe{Tier: c.Tier(), Held: c.Held()}
	}
	s := "Outside the team: " + prose.Tier(safe.Tier) + "."
	if safe.Held {
		s += " Held back until somebody decides: spoke under circumstances that are recorded."
	}
	return s
}

// personEvidence is everything the study holds about one person.
func personEvidence(x *Index, c *recount.Case) *evidence {
	e := &evidence{Person: true, ID: prose.Cut(c.ID, 20), Label: "everything the study holds about this person", Number: personLabel(x, c),
		Counts: strings.Join(append(personNotes(c), recorded(x, c)...), "; ") + ".", Empty: "Nothing is recorded."}
	e.Counts += " " + tierWords(x, c)
	members := slices.Clone(c.Members)
	slices.SortStableFunc(members, func(a, b recount.Member) int {
		return recount.DateOf(a.Published()).Compare(recount.DateOf(b.Published()))
	})
	for i := range members {
		m := &members[i]
		it := item{Title: calledIn(m, c), Path: ArticlePath(m.Article),
			Notes: []string{kindOf(m.Speaker.Kind), "decision " + prose.Short(m.Decision)}}
		if len(m.Dates) > 1 {
			var days []string
			for _, d := range m.Dates {
				days = append(days, prose.Day(d))
			}
			it.Notes = append(it.Notes, "date open: "+strings.Join(days, " or ")+" ("+m.DateReason+")")
		}
		if a := x.ByKey[m.Article]; a != nil && a.Care() != "" {
			it.Notes = append(it.Notes, "read with care: "+a.Care())
		}
		it.Cites = x.Cites(nil, m.Article, MentionLayer, "who", m.At)
		for _, y := range m.Spoken {
			it.Cites = x.Cites(it.Cites, y.Article, ValueLayer, "circumstance of speech: "+string(y.Circumstance), y.At)
		}
		for _, v := range m.Values {
			if v.At.Len() > 0 {
				it.Cites = x.Cites(it.Cites, v.Article, ValueLayer, valueWords(v), v.At)
			} else {
				it.Notes = append(it.Notes, valueWords(v))
			}
		}
		coded := map[string][]string{}
		for _, co := range m.Codes {
			k := fmt.Sprint(co.Article, co.At)
			coded[k] = append(coded[k], co.Code)
		}
		for _, s := range m.Statements {
			note := string(s.Type)
			if codes := coded[fmt.Sprint(s.Article, s.At)]; len(codes) > 0 {
				for i, c := range codes {
					codes[i] = x.CodeName(c)
				}
				note += "; coded: " + strings.Join(codes, "; ")
			}
			if s.Typed {
				note += ", typed in"
			}
			it.Cites = x.Cites(it.Cites, s.Article, StatementLayer, note, s.At...)
		}
		e.Items = append(e.Items, it)
	}
	return e
}

// valueWords writes a value with the name of its variable: "left: May 2014".
func valueWords(v recount.Value) string {
	return strings.ReplaceAll(v.Variable, "_", " ") + ": " + prose.Month(v.Value)
}

// recorded says in short what was recorded of a person: gender, each variable,
// with the outlets beside values that differ, and the codes.
func recorded(x *Index, c *recount.Case) (out []string) {
	genders := map[string]bool{}
	values := map[string]map[string][]string{} // variable -> value -> outlets
	codes := map[string]bool{}
	for _, m := range c.Members {
		if g := m.Speaker.Gender; g == recount.Woman || g == recount.Man {
			genders[string(g)] = true
		}
		for _, v := range m.Values {
			if values[v.Variable] == nil {
				values[v.Variable] = map[string][]string{}
			}
			k := prose.Month(v.Value)
			if !slices.Contains(values[v.Variable][k], v.Outlet) {
				values[v.Variable][k] = append(values[v.Variable][k], v.Outlet)
			}
		}
		for _, co := range m.Codes {
			codes[x.CodeName(co.Code)] = true
		}
	}
	if len(genders) > 0 && values["gender"] == nil {
		out = append(out, strings.Join(sortedKeys(genders), " or "))
	}
	for _, v := range sortedKeys(values) {
		var says []string
		for _, value := range sortedKeys(values[v]) {
			if len(values[v]) > 1 {
				value += " (" + strings.Join(values[v][value], ", ") + ")"
			}
			says = append(says, value)
		}
		out = append(out, strings.ReplaceAll(v, "_", " ")+": "+strings.Join(says, ", "))
	}
	if len(codes) > 0 {
		out = append(out, "coded: "+strings.Join(sortedKeys(codes), ", "))
	}
	return out
}
