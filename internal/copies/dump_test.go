package copies

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestDump(t *testing.T) {
	for _, k := range []string{"ecb", "edits"} {
		docs := readDocs(t, measure(t, "gold/syndication_"+k+"_dev.docs.jsonl"), nil)
		m := map[string]*words{}
		for _, d := range docs {
			w := new(words)
			w.readArticle(d)
			m[string(d.Key)] = w
		}
		f, _ := os.Create("/tmp/ck/" + k + ".feat")
		defer f.Close()
		eachLine(t, measure(t, "gold/syndication_"+k+"_dev.pairs.jsonl"), func(l []byte) {
			var p struct{ A, B, Label, Op string }
			json.Unmarshal(l, &p)
			a, b := m[p.A], m[p.B]
			if a == nil || b == nil {
				return
			}
			var al aligner
			al.set(a)
			runs := al.align(b)
			type st struct{ I, J, N, Q, R2, R3, R5, W int }
			var S []st
			agree, cov := 0, 0
			for _, r := range runs {
				agree += r.equal
				if a.len() < b.len() {
					cov += r.a1 - r.a0
				} else {
					cov += r.b1 - r.b0
				}
				eachStretch(a, b, r, func(i, j, n int) {
					q := 0
					for k := range n {
						if a.speech[i+k] || b.speech[j+k] {
							q++
						}
					}
					r := [3]int{}
					for k := range n {
						for z, pc := range []int{50, 33, 20} {
							if rep(a, i+k, pc) || rep(b, j+k, pc) {
								r[z]++
							}
						}
					}
					S = append(S, st{i, j, n, q, r[0], r[1], r[2], whole(a, b, i, j, n)})
				})
			}
			o, _ := json.Marshal(map[string]any{"a": p.A, "b": p.B, "label": p.Label, "op": p.Op, "la": a.len(), "lb": b.len(), "runs": rr(runs), "sa": sc(a, b, runs, true), "sb": sc(a, b, runs, false), "agree": agree, "cov": cov, "s": S})
			fmt.Fprintln(f, string(o))
		})
	}
}

func rep(w *words, i, pc int) bool {
	if w.speech[i] {
		return true
	}
	lo := i
	for lo > 0 && !w.first[lo] {
		lo--
	}
	hi := i + 1
	for hi < w.len() && !w.first[hi] {
		hi++
	}
	n := 0
	for k := lo; k < hi; k++ {
		if w.speech[k] {
			n++
		}
	}
	return 100*n >= pc*(hi-lo)
}

// longest whole sentence inside stretch
func whole(a, b *words, i, j, n int) int {
	best, last := 0, -1
	for k := 0; k <= n; k++ {
		ea := i+k >= a.len() || a.first[i+k]
		eb := j+k >= b.len() || b.first[j+k]
		if ea && eb {
			if last >= 0 {
				best = max(best, k-last)
			}
			last = k
		}
	}
	return best
}

func rr(rs []run) (o [][3]int) {
	for _, r := range rs {
		o = append(o, [3]int{r.a1 - r.a0, r.b1 - r.b0, r.equal})
	}
	return
}

// per sentence: covered equal words, length
func sc(a, b *words, rs []run, sideA bool) (o [][2]int) {
	w := a
	if !sideA {
		w = b
	}
	c := make([]bool, w.len())
	for _, r := range rs {
		eachStretch(a, b, r, func(i, j, n int) {
			for k := range n {
				if sideA {
					c[i+k] = true
				} else {
					c[j+k] = true
				}
			}
		})
	}
	for i := 0; i < w.len(); {
		j, n := i, 0
		for ; j < w.len() && (j == i || !w.first[j]); j++ {
			if c[j] {
				n++
			}
		}
		if n >= 15 {
			o = append(o, [2]int{n, j - i})
		}
		i = j
	}
	return
}
