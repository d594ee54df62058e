package workbench

import (
	"slices"

	"recount"
	"recount/internal/casebook"
)

type clusterVoice struct {
	speakerEnd
	Counts bool `json:"counts" doc:"a person said that this speaker counts"`
	Side   int  `json:"side" doc:"0 or 1: on which side of the weakest link"`
}

type clusterLink struct {
	A       string      `json:"a" doc:"key of a speaker"`
	B       string      `json:"b"`
	P       int         `json:"p"`
	Fields  []pairField `json:"fields" doc:"what speaks for and against"`
	Weakest bool        `json:"weakest"`
}

type cluster struct {
	ID      string         `json:"id" doc:"of its first speaker"`
	Name    string         `json:"name" doc:"that most of them have"`
	Voices  []clusterVoice `json:"voices" doc:"by day"`
	Links   []clusterLink  `json:"links" doc:"the fewest pairs that join them, the weakest first"`
	Most    int            `json:"most" doc:"the largest possible move of the first number"`
	Refused []clusterLink  `json:"refused" doc:"pairs that would join two whom somebody called different"`
}

type clusterList struct {
	Items []cluster `json:"items" doc:"those that move the count most come first"`
	Next  string    `json:"next"`
	Total int       `json:"total"`
	Least int       `json:"least" doc:"thousandths: pairs less probable are asked one by one"`
}

// clusters lists groups of speakers whom suggestions would make one person:
// each is one question, with what speaks for and against.
func (s *Server) clusters(c *call) (any, error) {
	least := recount.Milli(500)
	if cfg := s.study.Config(); cfg != nil {
		least = recount.Milli(10 * cfg.Rules.Link)
	}
	pairs, err := c.book.Pairs(c.ctx, false)
	if err != nil {
		return nil, err
	}
	all := casebook.Clusters(pairs, c.book.Links(), least)
	// Two speakers are a pair, which has a page of its own.
	all = slices.DeleteFunc(all, func(x casebook.Cluster) bool { return len(x.Voices) < 3 })
	out := clusterList{Items: []cluster{}, Total: len(all), Least: int(least)}
	first, err := s.study.First(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, x := range all[:min(limit(c, 20, 100), len(all))] {
		y := cluster{ID: string(x.Voices[0].ID), Voices: []clusterVoice{}, Links: []clusterLink{}, Refused: []clusterLink{}}
		side := sides(&x)
		names := map[string]int{}
		for _, v := range x.Voices {
			end, err := s.end(c, v)
			if err != nil {
				return nil, err
			}
			y.Voices = append(y.Voices, clusterVoice{end, v.Scope == recount.Yes, side[v.Key]})
			if names[v.Name]++; names[v.Name] > names[y.Name] || names[v.Name] == names[y.Name] && (y.Name == "" || len(v.Name) > len(y.Name)) {
				y.Name = v.Name
			}
		}
		for i, p := range slices.Backward(x.Links) {
			l := linkOf(p)
			l.Weakest = i == len(x.Links)-1
			y.Links = append(y.Links, l)
			y.Most += c.book.Effect(first, p.A.Key, p.B.Key)
		}
		y.Most = max(y.Most, x.Effect)
		for _, p := range x.Refused {
			y.Refused = append(y.Refused, linkOf(p.Pair))
		}
		out.Items = append(out.Items, y)
	}
	return out, nil
}

// linkOf says what speaks for and against a pair.
func linkOf(p *casebook.Pair) clusterLink {
	return clusterLink{A: string(p.A.ID), B: string(p.B.ID), P: int(p.Probability), Fields: fieldsOf(p.Bars, p.Suggestion.A != p.A.ID)}
}

// sides says on which side of the weakest link each speaker stands.
func sides(x *casebook.Cluster) map[recount.Key]int {
	next := map[recount.Key][]recount.Key{}
	weakest := x.Weakest()
	for _, p := range x.Links {
		if p != weakest {
			next[p.A.Key] = append(next[p.A.Key], p.B.Key)
			next[p.B.Key] = append(next[p.B.Key], p.A.Key)
		}
	}
	out := map[recount.Key]int{}
	for _, v := range x.Voices {
		out[v.Key] = 1
	}
	todo := []recount.Key{weakest.A.Key}
	for len(todo) > 0 {
		k := todo[0]
		todo = todo[1:]
		if out[k] == 0 {
			continue
		}
		out[k] = 0
		todo = append(todo, next[k]...)
	}
	return out
}
