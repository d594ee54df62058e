package linker

import (
	"slices"

	"recount"
	"recount/corpus"
	"recount/internal/lang"
	"recount/internal/quotes/page"
)

// An utterance is a quotation that the model found, with whether somebody says it.
type utterance struct {
	features []uint32
	plain    bool // by the plain rules
	said     bool
}

// utterances lists the quotations that the model finds in the body of a text. One
// that has a part of what somebody says, and not most of it, teaches nothing.
func utterances(x *corpus.Text, m *model, tagger *lang.Tagger) (out []utterance) {
	p := page.New(x.Article())
	p.Training = true
	v := newView(p, tagger, m.rates)
	v.Page.Tree = v.Tree
	v.Page.NameClasses(v.Tokens)
	for _, c := range v.attributions(m) {
		body := slices.ContainsFunc(x.Paragraphs, func(p corpus.Paragraph) bool {
			return p.Role == recount.Body && p.Span.Contains(recount.Span{Start: c.Content[0].Start, End: c.Content[0].Start + 1})
		})
		if !body {
			continue
		}
		best := 0.0
		for _, st := range x.Statements {
			if !st.Thought {
				best = max(best, alike(st.Content, c.Content))
			}
		}
		if best > 0.15 && best < 0.5 {
			continue
		}
		out = append(out, utterance{v.saidFeatures(nil, &c, c.Speech), c.Speech, best >= 0.5})
	}
	return out
}

// alike is the F1 of two contents in bytes.
func alike(a, b []recount.Span) float64 {
	common, size := 0, 0
	for _, x := range a {
		size += x.Len()
		for _, y := range b {
			common += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	for _, y := range b {
		size += y.Len()
	}
	return 2 * float64(common) / float64(max(size, 1))
}

const (
	saidRounds = 8
	dropSaid   = 30 // percent of features left out
)

// trainSaid trains the choice between speech and anything else.
func trainSaid(all []utterance) *lang.Regression {
	l := lang.NewRegression(2, 16)
	l.Rate, l.Start = 0.04, 1
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var e [2]float32
	for round := range saidRounds {
		r.shuffle(order)
		for _, n := range order {
			want := 0
			if all[n].said {
				want = 1
			}
			l.Learn(e[:], r.drop(slices.Clone(all[n].features), dropSaid), want)
		}
		if round > 0 {
			l.Snapshot()
		}
	}
	return l
}

// TrainSaid makes said.bin from texts of our own corpus, without some kinds of
// writing. It reads with the linker that ships.
func TrainSaid(texts []*corpus.Text, without []string, say Progress) ([]byte, error) {
	kinds := corpus.Kinds(texts)
	by := map[string][]utterance{}
	for _, x := range texts {
		by[x.Kind] = append(by[x.Kind], utterances(x, Trained(), lang.English())...)
	}
	const groups = 8
	var c [2][2][2]int // learned or plain, said, spoke
	for g := range groups {
		var learn, held []utterance
		for i, k := range kinds {
			if i%groups == g {
				held = append(held, by[k]...)
			} else {
				learn = append(learn, by[k]...)
			}
		}
		l, _, err := lang.LinearFrom(string(lang.PackRegressions(trainSaid(learn))))
		if err != nil {
			return nil, err
		}
		for _, u := range held {
			var e [2]int32
			l.Sum(e[:], u.features)
			c[0][truth(u.said)][truth(u.plain)]++
			c[1][truth(u.said)][truth(e[1] > e[0])]++
		}
	}
	for k, name := range [...]string{"plain", "learned"} {
		say("%s: said and found %d, said and not %d, not said and found %d, neither %d", name, c[k][1][1], c[k][1][0], c[k][0][1], c[k][0][0])
	}
	var learn []utterance
	for _, k := range kinds {
		if !slices.Contains(without, k) {
			learn = append(learn, by[k]...)
		}
	}
	return lang.PackRegressions(trainSaid(learn)), nil
}
