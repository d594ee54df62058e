package count

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// An ask is one open question with one of its answers.
type ask struct {
	what, answer string
	about        recount.Key
}

// patience is how many budgets the questions of one cluster may take together;
// past it they are all listed.
const patience = 4

// answers lists the answers to q.
func (g *graph) answers(q recount.Question) []string {
	switch q.What {
	case "link":
		return []string{recount.Different, recount.Same}
	case "scope":
		return []string{recount.No, recount.Yes}
	case "date":
		return g.days[q.About[0]]
	}
	if c := g.contradiction(q.Key); c != nil {
		return c.answers()
	}
	if d := g.dispute(q.Key); d != nil {
		return d.Answers
	}
	return nil
}

// contradiction returns the contradiction with a key; nil if there is none.
func (g *graph) contradiction(k recount.Key) *contradiction {
	for _, c := range g.torn {
		if c.key == k {
			return c
		}
	}
	return nil
}

// answered returns the worlds in which q has this answer, nil if the judge
// fails.
func (w *worlds) answered(q recount.Question, answer string) *worlds {
	at := ask{q.What, answer, q.Key}
	if sub, ok := w.given[at]; ok {
		return sub
	}
	sub, err := newWorlds(w.network.answered(q, answer), w.budget, w.judge)
	if err != nil {
		sub = nil
	}
	w.given[at] = sub
	return sub
}

// answered returns what the network is if q has this answer.
func (n *network) answered(q recount.Question, answer string) *network {
	at := ask{q.What, answer, q.Key}
	if sub, ok := n.asked[at]; ok {
		return sub
	}
	members, links := answered(n.graph.members, n.graph.links, q, answer)
	sub := newNetwork(members, links, n.graph.whole)
	n.asked[at] = sub
	return sub
}

// answered returns what members and links are if q has this answer.
func answered(members []recount.Member, links []recount.Link, q recount.Question, answer string) ([]recount.Member, []recount.Link) {
	switch q.What {
	case "link":
		links = slices.Clone(links)
		for i := range links {
			if l := &links[i]; l.Answer == recount.Unsure && (l.A == q.About[0] && l.B == q.About[1] || l.A == q.About[1] && l.B == q.About[0]) {
				l.Answer, l.Supposed = answer, true
			}
		}
	case "scope":
		members = slices.Clone(members)
		for i := range members {
			if members[i].Key == q.About[0] {
				members[i].Scope = answer
			}
		}
	case "date":
		members = slices.Clone(members)
		for i := range members {
			m := &members[i]
			if m.Article == q.About[0] {
				m.Day, m.Dates = answer, []string{answer}
			}
			m.Values = valuesDated(m.Values, q.About[0], answer)
			m.Perhaps = slices.Clone(m.Perhaps)
			for j := range m.Perhaps {
				m.Perhaps[j].Values = valuesDated(m.Perhaps[j].Values, q.About[0], answer)
			}
		}
	case "contradiction":
		links = sortedLinks(links)
		for _, c := range contradictions(links) {
			if way := slices.Index(c.answers(), answer); c.key == q.Key && way >= 0 {
				links = c.leftOut(links, way)
				break
			}
		}
	default:
		members = slices.Clone(members)
		for i := range members {
			members[i] = settled(members[i], q.Key, answer)
		}
	}
	return members, links
}

// Answers lists the answers that an open question may have.
func (p *Problem) Answers(q recount.Question) []string {
	return newGraph(p.Members, p.Links).answers(q)
}

// Answered returns the problem that is left if q has this answer.
func (p *Problem) Answered(q recount.Question, answer string) *Problem {
	out := *p
	out.Members, out.Links = answered(p.Members, p.Links, q, answer)
	return &out
}

// valuesDated returns values of which those that an article gives have its day.
func valuesDated(values []recount.Value, article recount.Key, day string) []recount.Value {
	values = slices.Clone(values)
	for i := range values {
		if values[i].Article == article {
			values[i].Day = day
		}
	}
	return values
}

// questions lists the open questions of a cluster.
func (g *graph) questions(c *cluster) []recount.Question {
	in := c.in()
	var out []recount.Question
	for _, l := range g.open {
		if a, _ := g.ends(l); in[a] {
			out = append(out, recount.Question{Key: recount.KeyOf("link", string(l.A), string(l.B)), What: "link",
				Text:  because(fmt.Sprintf("are %s and %s one person?", g.name(l.A), g.name(l.B)), l.Reason),
				About: []recount.Key{l.A, l.B}})
		}
	}
	for _, c := range g.torn {
		if !in[g.blockOf[g.node(c.nodes[0])]] {
			continue
		}
		out = append(out, g.contradicted(c))
		// What is open only if some of its answers do not hold.
		for way := range c.ways {
			sub := newGraph(g.members, c.leftOut(g.links, way))
			for _, l := range sub.open {
				a, _ := g.ends(l)
				key := recount.KeyOf("link", string(l.A), string(l.B))
				if in[a] && !slices.ContainsFunc(out, func(q recount.Question) bool { return q.Key == key }) {
					out = append(out, recount.Question{Key: key, What: "link",
						Text:  because(fmt.Sprintf("are %s and %s one person?", g.name(l.A), g.name(l.B)), l.Reason),
						About: []recount.Key{l.A, l.B}})
				}
			}
		}
	}
	dated := map[recount.Key]bool{}
	for i := range g.members {
		m := &g.members[i]
		if !in[g.blockOf[i]] {
			continue
		}
		if m.Scope == recount.Unclear {
			out = append(out, recount.Question{Key: m.Key, What: "scope",
				Text: fmt.Sprintf("does %s count?", g.name(m.Key)), About: []recount.Key{m.Key}})
		}
		if days := g.days[m.Article]; days != nil && !dated[m.Article] {
			dated[m.Article] = true
			page := m.Speaker.At.Page
			if page == "" {
				page = "the article about " + g.name(m.Key)
			}
			out = append(out, recount.Question{Key: m.Article, What: "date",
				Text:  because("was "+page+" published on "+strings.Join(days, " or ")+"?", m.DateReason),
				About: []recount.Key{m.Article}})
		}
	}
	return append(out, g.disputed(in)...)
}

func because(question, reason string) string {
	if reason == "" {
		return question
	}
	return question + " (" + reason + ")"
}

// people is what a note calls the people of a cluster.
func (g *graph) people(c *cluster) string {
	first, others := "", -1
	for _, b := range c.blocks() {
		for _, i := range g.blockMembers[b] {
			if first == "" {
				first = g.name(g.members[i].Key)
			}
			others++
		}
	}
	return fmt.Sprintf("%s and %d others", first, others)
}

// name is what a question calls a member.
func (g *graph) name(k recount.Key) string {
	m := g.member(k)
	if m == nil {
		return "a speaker who does not count"
	}
	s := cmp.Or(m.Speaker.Name, "an unnamed speaker")
	if m.Outlet == "" {
		return s
	}
	if d := m.Published(); d != "" {
		return s + " (" + m.Outlet + ", " + d + ")"
	}
	return s + " (" + m.Outlet + ")"
}
