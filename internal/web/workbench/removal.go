package workbench

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"recount"
	"recount/internal/study"
)

type removalRequest struct {
	Person   string   `json:"person" doc:"id of a person, or of a speaker whom nobody counts"`
	Save     bool     `json:"save,omitempty" doc:"take the person out, as a job; without it only what would go is said"`
	Editions bool     `json:"editions,omitempty" doc:"delete the public editions in the folder of the study that count the person"`
	Places   []string `json:"places,omitempty" doc:"words of a study file that are a place, though the person is called so too"`
	Unlooked bool     `json:"unlooked,omitempty" doc:"though what only the vault holds was not looked for"`
	Reason   string   `json:"reason,omitempty" doc:"without saying who: it stays in the log"`
}

type removalReply struct {
	Who       []string       `json:"who" doc:"what the pages call the person"`
	Pages     []string       `json:"pages" doc:"that go with all they hold, and every reprint of them"`
	Captures  int            `json:"captures" doc:"archived records that are blanked"`
	Decisions int            `json:"decisions" doc:"that are erased"`
	Answers   []removalOf    `json:"answers" doc:"of them, by kind and by whom"`
	Others    []removalOther `json:"others" doc:"who also speak on these pages, and lose them"`
	Joined    []removalOther `json:"joined" doc:"whom answers about these pages joined or protected, and who stay so"`
	Produced  []string       `json:"produced" doc:"what was made of the study and goes"`
	Editions  []string       `json:"editions" doc:"public editions in the folder of the study that count the person"`
	Recall    []string       `json:"recall" doc:"what left the study before and is to be called back"`
	Left      []string       `json:"left" doc:"to be cleaned by hand"`
	Unlooked  int            `json:"unlooked" doc:"names and contacts that only the vault holds, which were not looked for"`
	Keys      int            `json:"keys" doc:"of the vault, that are destroyed"`
	Before    int            `json:"before" doc:"people who are counted now"`
	After     int            `json:"after" doc:"and after it"`
	Job       *job           `json:"job" doc:"that takes the person out; null of a preview"`
}

type removalOf struct {
	N     string `json:"n"`
	Label string `json:"label" doc:"of the kind of answer, as in History"`
	By    string `json:"by"`
}

type removalOther struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// remove says what goes with a person who withdrew, and takes the person out.
func (s *Server) remove(c *call) (any, error) {
	req, err := in[removalRequest](c)
	if err != nil {
		return nil, err
	}
	const fewest = 4 // digits
	if len(req.Person) < fewest {
		return nil, bad("person", "choose somebody on the page People", "%.80q is no person", req.Person)
	}
	for _, x := range append([]string{req.Reason}, req.Places...) {
		if err := checkName("reason", x); err != nil {
			return nil, err
		}
	}
	ask := study.Removal{Person: req.Person, Reason: req.Reason, Editions: req.Editions, Places: req.Places, Unlooked: req.Unlooked}
	var x *study.Removed
	if err := s.changing(c.ctx, func() error {
		x, err = s.study.Remove(c.ctx, ask)
		return err
	}); err != nil && !req.Save { // one that was begun goes on
		return nil, err
	}
	if x == nil {
		x = &study.Removed{}
	}
	out := removalReply{Who: append([]string{}, x.Who...), Pages: append([]string{}, x.Whole...), Captures: x.Captures, Decisions: x.Decisions, Answers: []removalOf{},
		Others: []removalOther{}, Joined: []removalOther{}, Produced: append([]string{}, x.Produced...), Editions: append([]string{}, x.Editions...), Recall: append([]string{}, x.Recall...),
		Left: []string{}, Unlooked: x.Unlooked, Keys: x.Keys, Before: x.Before, After: x.After}
	for _, a := range x.Answers { // "3 scope by ada"
		n, rest, _ := strings.Cut(a, " ")
		kind, by, _ := strings.Cut(rest, " by ")
		out.Answers = append(out.Answers, removalOf{n, cmp.Or(labels[recount.Kind(kind)], kind), by})
	}
	for _, l := range x.Left {
		out.Left = append(out.Left, inButtons(l))
	}
	for _, o := range x.Others {
		out.Others = append(out.Others, removalOther(o))
	}
	for _, o := range x.Joined {
		out.Joined = append(out.Joined, removalOther(o))
	}
	if !req.Save {
		return out, nil
	}
	ask.Save = true
	j, err := s.jobs.begin(c.who.Actor, "Taking a person out", func() {}, func(ctx context.Context, st *study.Study, r *running) (string, error) {
		if st == nil {
			return "", errNoStudy
		}
		x, err := st.Remove(ctx, ask)
		if err != nil {
			return "", err
		}
		done := fmt.Sprintf("Taken out. Pages: %d. Answers: %d. Copies that others have are not reached.", x.Pages, x.Decisions)
		lines := []jobLine{{Kind: "said", Text: done}}
		for _, l := range append(x.Recall, x.Left...) {
			lines = append(lines, jobLine{Kind: "wrong", Text: "To do by hand: " + inButtons(l)})
		}
		s.jobs.set(r, func() { r.Lines = lines })
		return done, nil
	})
	out.Job = &j
	return out, err
}
