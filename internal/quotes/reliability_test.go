package quotes

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"sort"
	"testing"
)

// TestReliability compares, on the development articles, the confidence of the
// statements that are reported with how many of their like are right: a gold
// attribution has that content, by half of the code points at least, and that
// source. Half of what is right by that measure may differ at its edges.
func TestReliability(t *testing.T) {
	f, err := os.Open(needMeasuring(t, "gold/polnear-dev.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	type cell struct{ n, right, sum int }
	var table [2][10]cell // thoughts, speech
	lines := bufio.NewReaderSize(z, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var g struct {
				givenArticle
				Attributions []publicAttribution
			}
			if err := json.Unmarshal(line, &g); err != nil {
				t.Fatal(err)
			}
			got := publish(g.givenArticle).Attributions
			right := rightOnes(got, g.Attributions)
			for i, a := range got {
				kind := 0
				if a.Speech {
					kind = 1
				}
				milli := int(a.Confidence*1000 + 0.5)
				c := &table[kind][min(milli/100, 9)]
				c.n++
				c.sum += milli
				if right[i] {
					c.right++
				}
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for kind, name := range [...]string{"thoughts and intentions", "speech"} {
		t.Logf("%s: confidence, statements, mean confidence, share right", name)
		gap, all := 0, 0
		for b, c := range table[kind] {
			if c.n == 0 {
				continue
			}
			mean, share := c.sum/c.n, 1000*c.right/c.n
			t.Logf("%.1f-%.1f %5d  .%03d  .%03d", float64(b)/10, float64(b+1)/10, c.n, mean, min(share, 999))
			gap += c.n * max(mean-share, share-mean)
			all += c.n
		}
		t.Logf("%s: mean gap %.3f of %d statements", name, float64(gap)/float64(max(all, 1))/1000, all)
		if gap > all*100 {
			t.Errorf("%s: mean gap = %.3f, want at most 0.100", name, float64(gap)/float64(all)/1000)
		}
	}
}

// rightOnes matches attributions one to one with gold ones, best content first,
// and says which are right.
func rightOnes(got, gold []publicAttribution) []bool {
	type pair struct{ overlap, i, j int }
	var pairs []pair
	for i, a := range got {
		for j, g := range gold {
			if o := overlapOf(a.Content, g.Content); o >= 500 {
				pairs = append(pairs, pair{o, i, j})
			}
		}
	}
	sort.SliceStable(pairs, func(a, b int) bool { return pairs[a].overlap > pairs[b].overlap })
	right, usedGot, usedGold := make([]bool, len(got)), map[int]bool{}, map[int]bool{}
	for _, p := range pairs {
		if usedGot[p.i] || usedGold[p.j] {
			continue
		}
		usedGot[p.i], usedGold[p.j] = true, true
		a, g := got[p.i].Source, gold[p.j].Source
		right[p.i] = len(a) == 0 && len(g) == 0 || overlapOf(a, g) >= 500 || len(a) == 1 && len(g) == 1 && a[0][0] >= g[0][0] && a[0][1] <= g[0][1]
	}
	return right
}

// overlapOf is the F1 of two sets of code points, in thousandths.
func overlapOf(a, b []publicPiece) int {
	common, size := 0, 0
	for _, x := range a {
		size += x[1] - x[0]
		for _, y := range b {
			common += max(0, min(x[1], y[1])-max(x[0], y[0]))
		}
	}
	for _, y := range b {
		size += y[1] - y[0]
	}
	return 2000 * common / max(size, 1)
}
