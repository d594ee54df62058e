package study

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/release"
)

// This file looks at tiers that changed: somebody who was protected and is not any more,
// which one person alone does not decide, and somebody who became protected after an
// edition went out.

const loweredCode = "lowered "

// A tierSaid is one answer of the log to how far a source may be shown, whether it still
// holds or not.
type tierSaid struct {
	*recount.Decision
	body recount.TierBody
	live bool
}

// tiersSaid lists all answers about tiers, the first first.
func (e *publicEdition) tiersSaid() (out []tierSaid) {
	log := e.book.Log()
	for _, d := range log.All() {
		if d.Kind != recount.KindTier || d.Erasable == nil {
			continue
		}
		if a, err := e.book.Said(d); err == nil {
			if b, ok := a.(recount.TierBody); ok {
				out = append(out, tierSaid{d, b, log.Live(d.ID)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b tierSaid) int { return strings.Compare(a.Time, b.Time) })
	return out
}

// about reports whether an answer is about a source.
func (t *tierSaid) about(m *recount.Member) bool {
	a, b := &t.body.Speaker, &m.Speaker
	return a.At.Page == b.At.Page && a.At.Part == b.At.Part && (a.Name == b.Name || slices.Equal(a.At.Spans, b.At.Spans))
}

// lowered lists the people who were protected, by what their sources say, by how they
// spoke or by an answer, and may be shown now because fewer than two named people said so.
func (e *publicEdition) lowered() (out []release.Reason) {
	said := e.tiersSaid()
	for i := range e.cases {
		c := &e.cases[i]
		if !c.Tier().Shown() || c.Held() {
			continue
		}
		was := false
		var agree []string
		for _, m := range c.Everywhere() {
			was = was || !recount.DefaultTier(m.Speaker.Kind).Shown() || len(m.Spoken) > 0
			for j := range said {
				t := &said[j]
				if !t.about(&m) {
					continue
				}
				was = was || !t.body.Tier.Shown()
				if t.live && t.body.Tier.Shown() && strings.TrimSpace(t.Erasable.Reason) != "" {
					agree = append(agree, t.Actor)
				}
			}
		}
		code := loweredCode + short(c.ID)
		agree = different(append(agree, e.allowed[code]...))
		if !was || len(agree) > 1 {
			continue
		}
		by := "nobody with a name"
		if len(agree) == 1 {
			by = agree[0] + " alone"
			e.allowed[code] = agree // who overrides it agrees: the second person
		}
		out = append(out, release.Reason{Kind: release.Lowered, Cell: short(c.ID), Detail: by, Code: code,
			Text: fmt.Sprintf("the person %s was protected, and %s says that he or she may be shown", short(c.ID), by),
			Help: "let a second person agree, with a reason: recount tier " + short(c.ID) + " TIER --as NAME --reason WORDS, or protect the person again"})
	}
	return out
}

// different are the names that are of different people with names, the first of each.
func different(names []string) (out []string) {
	for _, n := range names {
		if n != Unnamed && n != recount.DefaultActor && !slices.ContainsFunc(out, func(o string) bool { return release.OnePerson(o, n) }) {
			out = append(out, n)
		}
	}
	return out
}

// recalls lists the editions that went out before somebody was protected, or taken out
// of the study, who may stand in them. Of whom was taken out the log says nothing, so
// each edition before it is one.
func (e *publicEdition) recalls() (out []Recalled) {
	said := e.tiersSaid()
	log := e.book.Log()
	times := map[string]string{}
	var taken []string // when somebody was taken out
	for _, d := range log.All() {
		times[d.ID] = d.Time
		if a, err := e.book.Said(d); err == nil && d.Kind == recount.KindRemove {
			if b, ok := a.(recount.RemoveBody); ok && b.What == "person" {
				taken = append(taken, d.Time)
			}
		}
	}
	for _, d := range e.book.Holding(recount.KindPublish) {
		b, ok := d.Answer.(recount.PublishBody)
		if !ok || b.Edition == 0 {
			continue
		}
		n := 0
		for _, c := range slices.Concat(e.cases, e.gone) {
			if c.Tier().Shown() && !c.Held() {
				continue
			}
			if since := hiddenSince(&c, said, times); since > d.Time {
				n++
			}
		}
		var why []string
		if n > 0 {
			why = append(why, fmt.Sprintf("%d protected since", n))
		}
		gone := 0
		for _, t := range taken {
			if t > d.Time {
				gone++
			}
		}
		if gone > 0 {
			why = append(why, fmt.Sprintf("%d taken out of the study since, who may stand in it", gone))
		}
		if len(why) > 0 {
			out = append(out, Recalled{b.Edition, d.Time[:min(10, len(d.Time))], n, gone, e.study.editionWords(b.Edition, d.Time, b.Manifest) + ": " + strings.Join(why, ", ")})
		}
	}
	slices.SortFunc(out, func(a, b Recalled) int { return strings.Compare(a.Text, b.Text) })
	return out
}

// hiddenSince is the time since which somebody may not be shown; "" if from the first.
func hiddenSince(c *casebook.Person, said []tierSaid, times map[string]string) string {
	since := ""
	put := func(t string) {
		if since == "" || t < since {
			since = t
		}
	}
	for _, m := range c.Everywhere() {
		if !recount.DefaultTier(m.Speaker.Kind).Shown() {
			return ""
		}
		for i := range said {
			if said[i].about(&m) && !said[i].body.Tier.Shown() {
				put(said[i].Time)
			}
		}
		for _, y := range m.Spoken {
			put(times[y.Decision])
		}
	}
	return since
}
