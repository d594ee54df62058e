package linker

import (
	"os"
	"testing"

	"recount/internal/lang"
)

func TestExperiment(t *testing.T) {
	what := os.Getenv("RECOUNT_EXP")
	if what == "" {
		t.Skip("on demand")
	}
	taggers := foldTaggers(t)
	var lessons, dev []lesson
	readGold(t, needMeasuring(t, "gold/polnear-train.jsonl.gz"), func(a goldArticle) {
		lessons = append(lessons, lessonOf(a, taggers[len(lessons)%len(taggers)]))
	})
	readGold(t, needMeasuring(t, "gold/polnear-dev.jsonl.gz"), func(a goldArticle) {
		dev = append(dev, lessonOf(a, lang.English()))
	})
	empty := lang.PackRegressions(lang.NewRegression(2, 4))
	two := append(append([]byte{}, empty...), empty...)
	rates := cueRates(lessons)
	for _, l := range append(append([]lesson{}, lessons...), dev...) {
		l.v.rank(rates)
	}
	if what == "cue" || what == "all" {
		cues, links := lang.NewRegression(cueClasses, 19), lang.NewRegression(cueClasses*cueClasses, 15)
		trainCues(t, lessons, cues, links)
		data := append(lang.PackRegressions(cues, links), append(append([]byte{}, empty...), append(append([]byte{}, empty...), two...)...)...)
		m := modelFrom(rates + string(data))
		for _, shift := range []int{-8, -4, 0, 3, 6} {
			tp, np, ng := 0, 0, 0
			for _, l := range dev {
				l.v.findCues(m, 2)
				gold := map[[2]int]bool{}
				for _, g := range l.gold {
					gold[[2]int{g.cue.from, g.cue.to}] = true
				}
				ng += len(gold)
				for _, q := range l.v.cues {
					if int(q.score)*256 >= -shift*m.unit/4 {
						np++
						if gold[[2]int{q.from, q.to}] {
							tp++
						}
					}
				}
			}
			t.Logf("CUE shift %d: P %.1f R %.1f F %.2f", shift, 100*float64(tp)/float64(np), 100*float64(tp)/float64(ng), 200*float64(tp)/float64(np+ng))
		}
	}
	if what == "arg" || what == "all" {
		arcs, rolesOf := lang.NewRegression(roles*roles, 15), lang.NewRegression(roles-1, 19)
		trainArguments(t, lessons, arcs, rolesOf)
		data := append(append(append([]byte{}, empty...), empty...), lang.PackRegressions(arcs, rolesOf)...)
		m := modelFrom(rates + string(append(data, two...)))
		n, src, con, ok := 0, 0, 0, 0
		var w window
		for i := range dev {
			l := &dev[i]
			sortGold(l)
			l.v.indexCues()
			for k, g := range l.gold {
				w.set(l.v, k)
				w.decode(m)
				n++
				c := l.tokensOf(w.spans(roleContent))
				s := l.tokensOf(w.spans(roleSource))
				if overlap(c, g.content) == 1 {
					con++
				}
				if overlap(s, g.source) == 1 || len(s) == 0 && len(g.source) == 0 {
					src++
				}
				if overlap(c, g.content) >= .5 && (overlap(s, g.source) >= .5 || len(s) == 0 && len(g.source) == 0) {
					ok++
				}
			}
		}
		t.Logf("ARG of %d: source exact %.1f content exact %.1f both half %.1f", n, pct(src, n), pct(con, n), pct(ok, n))
	}
}

func pct(a, b int) float64 { return 100 * float64(a) / float64(b) }
