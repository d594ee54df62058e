package workbench

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// A doubt is that people answered differently whether two speakers are one
// person, or that their answers about several contradict one another.
type doubt struct {
	What string      `json:"what" enum:"disagreement,contradiction"`
	Says []whoIsWhom `json:"says" doc:"the oldest first"`
}

type whoIsWhom struct {
	Actor  string `json:"actor"`
	Time   string `json:"time"`
	A      string `json:"a" doc:"name, and the outlet of the page"`
	B      string `json:"b"`
	Answer string `json:"answer" enum:"same,different,unsure"`
}

// doubts lists what speaks against who is who, as far as one of its answers is
// about speakers that about accepts: it gets those whom the answers name.
func (s *Server) doubts(c *call, about func(named map[recount.Key]bool) bool) ([]doubt, error) {
	out := []doubt{}
	for _, f := range s.lookAgain(c.book) {
		if f.What != "disagreement" && f.What != "contradiction" {
			continue
		}
		x, named := doubt{What: f.What}, map[recount.Key]bool{}
		for _, id := range f.Decisions {
			d := c.book.Log().Find(id)
			if d == nil {
				continue
			}
			a, err := c.book.Answer(d)
			if err != nil {
				continue
			}
			said := whoIsWhom{Actor: d.Actor, Time: d.Time}
			switch b := a.(type) {
			case recount.LinkBody:
				said.A, said.B, said.Answer = s.calledOn(c, b.A.Name, &b.A.At), s.calledOn(c, b.B.Name, &b.B.At), string(b.Answer)
			case recount.SpeakerBody:
				if len(b.Mentions) == 0 || b.Apart {
					continue
				}
				words := strings.Join(b.Mentions[0].Exact, " … ")
				said.A, said.B, said.Answer = s.calledOn(c, b.Speaker.Name, &b.Speaker.At), s.calledOn(c, words, &b.Mentions[0]), recount.Same
			default:
				continue
			}
			x.Says = append(x.Says, said)
			keys, err := c.book.Whom(c.ctx, d)
			if err != nil {
				return nil, err
			}
			for _, k := range keys {
				named[k] = true
			}
		}
		if len(x.Says) < 2 || !about(named) {
			continue
		}
		slices.SortStableFunc(x.Says, func(a, b whoIsWhom) int {
			return cmp.Or(strings.Compare(a.Time, b.Time), strings.Compare(a.Actor, b.Actor))
		})
		out = append(out, x)
	}
	return out, nil
}

// calledOn names a speaker by the page on which the name stands.
func (s *Server) calledOn(c *call, name string, at *recount.Anchor) string {
	if p, ok := c.book.PageNamed(at.Page, at.Part); ok {
		return fmt.Sprintf("%s (%s)", name, p.Masthead())
	}
	return name
}
