package cases

import (
	"slices"
	"sort"

	"recount"
)

// A Place answers what People must know of an article besides the decisions.
type Place struct {
	Original recount.Key // the group of reprints that the article belongs to
	Outlet   string
	First    bool     // it probably printed its original first
	Day      string   // of publication as it counts now; may be cut to a month; "" if unknown
	Days     []string // every day that is still possible, sorted; one if it is settled
	Reason   string   // why there are several
}

// People turns what the live decisions say into members (speakers that count
// or may count), the links between them, and the accepted statements of
// everybody. Items that people disagree on stay open: a disputed scope is
// unclear, a disputed link is unsure. Nothing here joins two members; cases
// are the components over `same` (package count).
func People(l *recount.Log, items []*recount.Item, place func(recount.Key) Place) (members []recount.Member, links []recount.Link, statements []Said) {
	byPlace := map[recount.Key]int{} // member key -> index in members
	for _, it := range items {
		if it.Kind != recount.KindScope {
			continue
		}
		a, ok := it.Settled(l)
		scope := a.Value
		if !ok {
			a, scope = it.Answers[0], recount.Unclear
		}
		if scope == recount.No {
			continue
		}
		at := it.At[0]
		p := place(at.Article.Key)
		byPlace[memberKey(at)] = len(members)
		members = append(members, recount.Member{
			Key:        memberKey(at),
			Speaker:    a.Body.(*recount.ScopeBody).Speaker,
			Article:    at.Article.Key,
			At:         at.Spans[0],
			Scope:      scope,
			Decision:   a.Decision.ID,
			Original:   p.Original,
			Outlet:     p.Outlet,
			First:      p.First,
			Day:        p.Day,
			Dates:      p.Days,
			DateReason: p.Reason,
		})
	}
	find := func(pl recount.Placement) *recount.Member {
		if i, ok := byPlace[memberKey(pl)]; ok {
			return &members[i]
		}
		return nil
	}
	for _, it := range items {
		switch it.Kind {
		case recount.KindLink:
			// A link joins whether or not its ends count: through a speaker who
			// is out of scope two others can be one person.
			ans, ok := it.Settled(l)
			link := recount.Link{A: memberKey(it.At[0]), B: memberKey(it.At[1]), Answer: ans.Value, Reason: "people disagree", Decision: it.Answers[0].Decision.ID}
			if ok {
				link.Reason, link.Decision = ans.Decision.Erasable.Reason, ans.Decision.ID
			} else {
				link.Answer = recount.Unsure
			}
			links = append(links, link)
		case recount.KindValue:
			ans, ok := it.Settled(l)
			m := find(it.At[0])
			if !ok || m == nil {
				continue
			}
			v := recount.Value{Variable: it.Subject, Value: ans.Value, Article: it.At[0].Article.Key, Decision: ans.Decision.ID}
			if len(it.At) > 1 {
				v.Article, v.At = it.At[1].Article.Key, it.At[1].Spans[0]
			}
			p := place(v.Article)
			v.Outlet, v.Day = p.Outlet, p.Day
			m.Values = append(m.Values, v)
		}
	}
	// Statements and codes name their speaker in the body, so the speaker's
	// place is found again from there.
	for _, it := range items {
		ans, ok := it.Settled(l)
		if !ok {
			continue
		}
		switch b := ans.Body.(type) {
		case *recount.StatementBody:
			if b.Answer != recount.Accepted {
				continue
			}
			s := Said{AcceptedStatement: recount.AcceptedStatement{Article: it.At[0].Article.Key, At: it.At[0].Spans,
				Type: b.Type, Decision: ans.Decision.ID, Typed: b.Typed}, Speaker: b.Speaker}
			statements = append(statements, s)
		}
	}
	sort.Slice(statements, func(i, j int) bool { return before(statements[i].AcceptedStatement, statements[j].AcceptedStatement) })
	sort.Slice(links, func(i, j int) bool {
		a, b := links[i], links[j]
		if a.A != b.A {
			return a.A < b.A
		}
		return a.B < b.B
	})
	return members, links, statements
}

// memberKey names a speaker by the place where people put it.
func memberKey(pl recount.Placement) recount.Key { return recount.KeyOf("member", pl.String()) }

// Said is an accepted statement with the speaker its decision names.
type Said struct {
	recount.AcceptedStatement
	Speaker *recount.SpeakerRef // nil if nobody is named
}

// Attach gives every member its statements and codings. find places an anchor
// in the texts as they are now.
func Attach(l *recount.Log, items []*recount.Item, members []recount.Member, statements []Said, find func(*recount.Anchor) recount.Placement) {
	byKey := map[recount.Key]*recount.Member{}
	for i := range members {
		byKey[members[i].Key] = &members[i]
	}
	of := func(ref *recount.SpeakerRef) *recount.Member {
		if ref == nil {
			return nil
		}
		pl := find(&ref.At)
		if pl.Found == recount.Lost {
			return nil
		}
		return byKey[memberKey(pl)]
	}
	for _, s := range statements {
		if m := of(s.Speaker); m != nil {
			m.Statements = append(m.Statements, s.AcceptedStatement)
		}
	}
	for _, it := range items {
		if it.Kind != recount.KindCode {
			continue
		}
		ans, ok := it.Settled(l)
		if !ok || ans.Value != recount.Yes {
			continue
		}
		if m := of(&ans.Body.(*recount.CodeBody).Speaker); m != nil {
			m.Codes = append(m.Codes, recount.Coding{Code: it.Subject, Article: it.At[0].Article.Key, At: it.At[0].Spans, Decision: ans.Decision.ID})
		}
	}
	for i := range members {
		m := &members[i]
		sort.SliceStable(m.Statements, func(i, j int) bool { return before(m.Statements[i], m.Statements[j]) })
		sort.SliceStable(m.Codes, func(i, j int) bool {
			a, b := m.Codes[i], m.Codes[j]
			if a.Code != b.Code {
				return a.Code < b.Code
			}
			if a.Article != b.Article {
				return a.Article < b.Article
			}
			return a.At[0].Start < b.At[0].Start
		})
		sort.SliceStable(m.Values, func(i, j int) bool {
			a, b := m.Values[i], m.Values[j]
			if a.Day != b.Day {
				return a.Day < b.Day
			}
			if a.Variable != b.Variable {
				return a.Variable < b.Variable
			}
			return a.Decision < b.Decision
		})
	}
	sort.Slice(members, func(i, j int) bool { return members[i].Key < members[j].Key })
}

func before(a, b recount.AcceptedStatement) bool {
	if a.Article != b.Article {
		return a.Article < b.Article
	}
	return a.At[0].Start < b.At[0].Start
}

// Open turns suggestions that nobody has answered into open links between
// members. A suggestion is about two derived speakers; it concerns the members
// whose anchors overlap a mention of theirs. Only suggestions of at least the
// given probability stay open questions.
func Open(suggestions []recount.Suggestion, speakers map[recount.Key]*recount.Speaker, members []recount.Member, links []recount.Link, least recount.Milli) []recount.Link {
	byArticle := map[recount.Key][]*recount.Member{}
	for i := range members {
		byArticle[members[i].Article] = append(byArticle[members[i].Article], &members[i])
	}
	of := func(k recount.Key) *recount.Member {
		s := speakers[k]
		if s == nil {
			return nil
		}
		for _, m := range byArticle[s.Article] {
			if slices.ContainsFunc(append([]recount.Span{s.Mention}, s.Mentions...), m.At.Overlaps) {
				return m
			}
		}
		return nil
	}
	answered := map[[2]recount.Key]bool{}
	for _, l := range links {
		answered[pair(l.A, l.B)] = true
	}
	var out []recount.Link
	for _, s := range suggestions {
		if s.Probability < least {
			continue
		}
		a, b := of(s.A), of(s.B)
		if a == nil || b == nil || a == b || answered[pair(a.Key, b.Key)] {
			continue
		}
		answered[pair(a.Key, b.Key)] = true
		out = append(out, recount.Link{A: a.Key, B: b.Key, Answer: recount.Unsure, Reason: "suggested, nobody has answered"})
	}
	return out
}

func pair(a, b recount.Key) [2]recount.Key {
	if b < a {
		return [2]recount.Key{b, a}
	}
	return [2]recount.Key{a, b}
}
