package workbench

import (
	"cmp"
	"context"
	"slices"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// stated is what the words of one article say of its speakers: what each
// probably is, and which values of the study's variables stand there. It is
// worked out when an article is first shown, and anew when its speakers change.
type stated struct {
	class  map[recount.Key]string // by the key of lists
	values map[recount.Key][]study.Proposal
}

func (s *Server) stated(ctx context.Context, x *sheet) (*stated, error) {
	if st := s.statements[x.page.Key]; st != nil {
		return st, nil
	}
	st := &stated{class: map[recount.Key]string{}, values: map[recount.Key][]study.Proposal{}}
	sorted, err := s.study.Triage(ctx, x.voices)
	if err != nil {
		return nil, err
	}
	for i, v := range x.voices {
		st.class[v.ID] = string(sorted[i].Class)
	}
	found, err := s.study.Propose(ctx, x.voices)
	if err != nil {
		return nil, err
	}
	for _, p := range found {
		st.values[p.Voice.ID] = append(st.values[p.Voice.ID], p)
	}
	for _, ps := range st.values {
		slices.SortStableFunc(ps, func(a, b study.Proposal) int { return cmp.Compare(b.Probability, a.Probability) })
	}
	s.statements[x.page.Key] = st
	return st, nil
}

// proposed is the likeliest value of a variable that the article states of a
// speaker. It is never recorded by itself; without one the value is empty.
func (st *stated) proposed(x *sheet, v *casebook.Voice, name string) value {
	out := value{Variable: name, Given: []given{}}
	for _, p := range st.values[v.ID] {
		if p.Variable != name || !p.At.Within(x.article.Text) {
			continue
		}
		at := x.span(p.At)
		out.Value, out.Span, out.P, out.State, out.Sentence = p.Value, &at, int(p.Probability), "suggested", oneLine(p.Sentence, 300)
		break
	}
	return out
}

// classOf says what a speaker of this kind probably is, where no words are
// looked at.
func classOf(k recount.SpeakerKind) string {
	switch {
	case k.Person():
		return classes[0]
	case k == recount.Organisation:
		return "company or outlet"
	}
	return "other"
}

var classes = []string{"may be a case", "official", "expert", "relative", "company or outlet", "other"}
