package linker

import "recount/internal/lang"

// A contest is the best paths of one window, with the one nearest to gold.
type contest struct {
	features [][]uint32
	ahead    []float32 // how far the sums put each before the first, in nats: never above 0
	want     int
}

// contests decodes the windows of the gold cues of one fold with a model that
// has not seen it. Where all paths are equally near, nothing is to be learned.
func contests(samples []sample, fold int, m *model) []contest {
	var out []contest
	var w window
	for i := range samples {
		l := &samples[i]
		if l.fold != fold || i > 0 && samples[i-1].v == l.v {
			continue
		}
		for k := range l.gold {
			w.set(l.v, l.beside(k, false))
			w.decode(m)
			gold := goldPath(&w, l.gold[k])
			var c contest
			best, same := nearness(&w, w.paths[0], gold), true
			for p, path := range w.paths {
				near := nearness(&w, path, gold)
				same = same && near == best
				if near > best {
					best, c.want = near, p
				}
				c.features = append(c.features, w.rankFeatures(nil, p, m.arcs.Unit))
				c.ahead = append(c.ahead, float32(w.scores[p]-w.scores[0])*256/float32(m.arcs.Unit))
			}
			if !same {
				out = append(out, c)
			}
		}
	}
	return out
}

// nearness says how much of a path is right, in thousandths: for each role the
// overlap in tokens, and as much again if it is right to the letter.
func nearness(w *window, path, gold []uint8) int {
	sum := 0
	for _, r := range [...]uint8{roleSource, roleContent} {
		both, a, b := 0, 0, 0
		for u, x := range w.units {
			n := x.to - x.from
			if path[u] == r {
				a += n
			}
			if gold[u] == r {
				b += n
			}
			if path[u] == r && gold[u] == r {
				both += n
			}
		}
		if both == a && both == b {
			sum += 2000
		} else {
			sum += 2000 * both / (a + b)
		}
	}
	return sum
}

const (
	rankRounds = 6
	dropRank   = 40 // percent of features left out
)

// trainRanks trains the comparison of whole paths: the nearest one shall have
// most of the probability.
func trainRanks(say Progress, all []contest) *lang.Regression {
	ranks := lang.NewRegression(1, 19)
	ranks.Rate, ranks.Start = 0.04, 1
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	r := rng(88172645463325252)
	var p []float32
	var e [1]float32
	buf := make([][]uint32, manyPaths)
	for round := range rankRounds {
		r.shuffle(order)
		wrong := 0
		for _, n := range order {
			c := &all[n]
			p = p[:0]
			top := 0
			for k := range c.features {
				buf[k] = r.drop(append(buf[k][:0], c.features[k]...), dropRank)
				ranks.Score(e[:], buf[k])
				p = append(p, c.ahead[k]+e[0])
				if p[k] > p[top] {
					top = k
				}
			}
			if top != c.want {
				wrong++
			}
			lang.Softmax(p)
			for k, g := range p {
				if k == c.want {
					g -= 1
				}
				if g > 0.01 || g < -0.01 {
					ranks.Nudge(buf[k], 0, g)
				}
			}
		}
		if round > 0 {
			ranks.Snapshot()
		}
		say("ranks round %d: %d wrong of %d", round+1, wrong, len(all))
	}
	return ranks
}
