package report

// This file says how much the program missed: of the statements on pages that
// were drawn at random and read to the end, how many a person had to type in.
//
// In: an Index with the result of reading. Out: a View for the front page of a
// report, and the evidence of its numbers. Until something was read, it offers
// pages to read. It says the same of links: of the pairs of people whom nothing
// suggests to be one, some drawn at random and compared. The interval is that of independent statements; those of one
// article are not independent, so the true one is wider, and the view says so.
// It does no I/O.

import (
	"cmp"
	"slices"

	"recount"
	"recount/internal/count"
	"recount/internal/report/document"

	"recount/internal/report/prose"
)

// A missRate is what a report says of what the program missed.
type missRate struct {
	Sample     link   // pages to read, where nobody has drawn any
	Left       link   // drawn and not yet read
	Read       link   // drawn and read to the end
	Statements link   // that the pages read hold
	Missed     link   // of them typed in
	Share      string // "12.5%", or "" if there is no statement
	Interval   string // "95% Wilson 2.2% to 47.1%"
	Links      missedLinks
	Evidence   []*evidence
}

// A missedLinks is what a report says of the links that no suggestion shows.
type missedLinks struct {
	Asked     bool   // there are two people or more
	Compared  link   // pairs of people drawn at random and compared
	Same      link   // of them one person, or perhaps
	Pairs     string // of people whom nothing suggests to be one
	Low, High string // how many of the pairs are one person
	Found     bool   // some of them were found, and are joined
	Share     string // "0.0% to 8.8%, 95% Clopper-Pearson"
}

// sampleSize is how many articles are offered to be read: about an hour.
const sampleSize = 10

// newMissRate looks up what was read.
func newMissRate(x *Index) missRate {
	var v missRate
	put := func(id, label, counts string, items []item) link {
		e := &evidence{ID: id, Label: label, Counts: counts, Number: prose.Grouped(len(items)), Items: items,
			Empty: "There is nothing in this list: the number is zero."}
		v.Evidence = append(v.Evidence, e)
		return e.Link()
	}
	m := &x.Miss
	v.Links = newMissedLinks(x, put)
	if m.Drawn == 0 {
		v.Sample = put("sample", "articles to read to the end", "Articles in the random order of this study. Read them to the end: a statement that has to be typed in is one that the program missed.", missSample(x))
		return v
	}
	v.Left = put("sample", "articles drawn and not yet read to the end", "Articles that were drawn at random. Read them to the end: a statement that has to be typed in is one that the program missed.", missPages(x, m.Left))
	if len(m.Read) == 0 {
		return v
	}
	v.Read = put("read", "articles drawn at random and read to the end", "Somebody said of each that every statement that the program missed in it was typed in.", missPages(x, m.Read))
	var all, typed []item
	for i, s := range slices.Concat(m.Accepted, m.Unanswered) {
		a := x.ByKey[s.Article]
		if a == nil {
			continue
		}
		it := item{Title: prose.Title(a), Path: ArticlePath(a.Key), Notes: []string{string(s.Type)}, Cites: x.Cites(nil, s.Article, StatementLayer, "", s.At...)}
		if s.Typed {
			it.Notes = append(it.Notes, "typed in")
			typed = append(typed, it)
		}
		if i >= len(m.Accepted) {
			it.Notes = append(it.Notes, "read by the program, not answered")
		}
		all = append(all, it)
	}
	v.Statements = put("read.statements", "statements on the pages read to the end", "Statements that a person accepted or typed in on these pages, and those that the program read there and nobody rejected.", all)
	v.Missed = put("read.missed", "statements that the program missed there", "Statements that a person had to type in on these pages.", typed)
	if len(all) > 0 {
		v.Share = count.Percent(len(typed), len(all))
		v.Interval = prose.IntervalSaid(recount.Result{Interval: count.Wilson(len(typed), len(all))})
	}
	return v
}

// found says that the limits hold those that were found too.
func (v *missedLinks) found() string {
	if v.Found {
		return ", those found among them"
	}
	return ""
}

// shown says what reading pages at random showed, and what to do where nobody has.
func (m *missRate) shown() []document.Block {
	var out blocks
	var text []document.Inline
	add := func(t ...document.Inline) { text = append(text, t...) }
	switch {
	case m.Read.Href != "":
		add(plain("On the "), inline(m.Read), plain(" "+m.Read.Noun("article that was", "articles that were")+" drawn at random and read to the end, "))
		if m.Share != "" {
			add(plain("the program had missed "), inline(m.Missed), plain(" of "), inline(m.Statements), plain(" "+m.Statements.Noun("statement", "statements")+" ("+m.Share+", "+m.Interval+"; statements of one article are not independent, so the true interval is wider)."))
		} else {
			add(plain("nobody has accepted a statement or typed one in, so there is no miss rate yet."))
		}
		if m.Left.N > 0 {
			add(plain(" "), inline(m.Left), plain(" more "+m.Left.Noun("was", "were")+" drawn and "+m.Left.Noun("is", "are")+" not yet read."))
		}
	case m.Left.Href != "" && m.Left.N > 0:
		add(inline(m.Left), plain(" "+m.Left.Noun("article was", "articles were")+" drawn at random and nobody has read "+m.Left.Noun("it", "them")+" to the end, so how much the program missed is not known. It is known once a person has read "+m.Left.Noun("it", "each")+" and typed in what is missing."))
	case m.Left.Href != "":
		add(plain("The articles that were drawn at random are not in this study any more."))
	default:
		add(plain("No article has been read to the end yet, so how much the program missed is not known."))
		if m.Sample.N > 0 {
			add(plain(" "), inline(m.Sample), plain(" "+m.Sample.Noun("article is", "articles are")+" proposed, in an order as good as chance: a person reads each to the end and types in what the program missed. The share of missed statements is the miss rate, and it is printed here."))
		}
	}
	out.say(text...)
	if l := &m.Links; l.Compared.Href != "" {
		out.say(plain("Of "+l.Pairs+" pairs of people whom nothing suggests to be one person, "), inline(l.Compared), plain(" "+l.Compared.Noun("was", "were")+" drawn at random and compared: "), inline(l.Same),
			plain(" "+l.Same.Noun("is", "are")+" one person, or may be. So "+l.Low+" to "+l.High+" of all these pairs are one person ("+l.Share+" of them)"+l.found()+"; each that nobody joined yet would lower the number of people by one at most."))
	} else if l.Asked {
		out.say(plain("No two people were drawn at random and compared, so it cannot be said how many are counted twice because nothing suggests that they are one."))
	}
	return out
}

// Missed says what reading pages at random showed, of a study of so many people, without
// leading to what it counted.
func Missed(m *recount.Miss, people int) (out []document.Block) {
	number := func(n int) link { return link{Text: prose.Grouped(n), Href: "-", N: n} }
	var v missRate
	if m.Drawn > 0 {
		v.Left = number(len(m.Left))
	}
	if len(m.Read) > 0 {
		v.Read = number(len(m.Read))
		if all, typed := len(m.Accepted)+len(m.Unanswered), m.Missed; all > 0 {
			v.Statements, v.Missed, v.Share = number(all), number(typed), count.Percent(typed, all)
			v.Interval = prose.IntervalSaid(recount.Result{Interval: count.Wilson(typed, all)})
		}
	}
	if v.Links.Asked = people > 1; m.Links.Share != nil {
		v.Links.counted(&m.Links)
		v.Links.Compared = number(len(m.Links.Compared))
		same := 0
		for _, p := range m.Links.Compared {
			if p.Answer != recount.Different {
				same++
			}
		}
		v.Links.Same = number(same)
	}
	for _, b := range v.shown() {
		for i := range b.Text {
			b.Text[i] = document.Inline{Text: b.Text[i].Text}
		}
		out = append(out, b)
	}
	return out
}

// counted takes over what was drawn of how many.
func (v *missedLinks) counted(m *recount.MissedLinks) {
	v.Pairs, v.Low, v.High = prose.Grouped(m.Pairs), prose.Grouped(m.Low), prose.Grouped(m.High)
	v.Share, v.Found = prose.IntervalSaid(recount.Result{Interval: m.Share}), m.Same > 0
}

// newMissedLinks looks up which pairs of people were compared.
func newMissedLinks(x *Index, put func(id, label, counts string, items []item) link) missedLinks {
	m := &x.Miss.Links
	v := missedLinks{Asked: len(x.Cases) > 1}
	if m.Share == nil {
		return v
	}
	members := map[recount.Key]*recount.Member{}
	for i := range x.Cases {
		for j := range x.Cases[i].Members {
			members[x.Cases[i].Members[j].Key] = &x.Cases[i].Members[j]
		}
	}
	var all, same []item
	for _, p := range m.Compared {
		a, b := members[p.A], members[p.B]
		if a == nil || b == nil {
			continue
		}
		it := item{Title: cmp.Or(prose.PersonName(a.Speaker.Name), recount.NoName) + " and " + cmp.Or(prose.PersonName(b.Speaker.Name), recount.NoName), Notes: []string{p.Answer}}
		for _, who := range []*recount.Member{a, b} {
			it.Cites = x.Cites(it.Cites, who.Article, MentionLayer, "who", who.At)
		}
		all = append(all, it)
		if p.Answer != recount.Different {
			same = append(same, it)
		}
	}
	v.Compared = put("links.compared", "pairs of people drawn at random and compared", "Two people each, drawn at random among those who count and whom nothing suggests to be one person. Somebody compared them.", all)
	v.Same = put("links.missed", "pairs that are one person, or may be", "Of the pairs that were drawn at random, those of which somebody said that they are one person, or was unsure.", same)
	v.counted(m)
	return v
}

// missSample offers pages in an order that is as good as chance and the same
// every time: that of hashes.
func missSample(x *Index) (items []item) {
	byChance := slices.Clone(x.Articles)
	chance := func(a *recount.Article) recount.Key { return recount.KeyOf("sample", x.StudyID, a.Page()) }
	slices.SortFunc(byChance, func(a, b *recount.Article) int {
		return cmp.Or(cmp.Compare(chance(a), chance(b)), cmp.Compare(a.Key, b.Key))
	})
	for _, a := range byChance {
		// As `recount sample` draws: of reprints only the first print.
		if o := x.OriginalOf[a.Key]; o != nil && (o.Spliced || o.First != "" && o.First != a.Key) {
			continue
		}
		if l, ok := x.Lead(a); ok && len(items) < sampleSize {
			items = append(items, item{Title: prose.Title(a), Path: ArticlePath(a.Key), Cites: []Citation{l}})
		}
	}
	return items
}

func missPages(x *Index, keys []recount.Key) (items []item) {
	for _, k := range keys {
		a := x.ByKey[k]
		if a == nil {
			continue
		}
		it := item{Title: prose.Title(a), Path: ArticlePath(k)}
		if l, ok := x.Lead(a); ok {
			it.Cites = []Citation{l}
		} else {
			it.Plain = "no text was found on this page"
		}
		items = append(items, it)
	}
	return items
}
