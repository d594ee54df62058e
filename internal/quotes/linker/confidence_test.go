package linker

import (
	"errors"
	"io/fs"
	"testing"

	"recount/internal/lang"
)

// TestConfidenceIsCalibrated compares, on the development articles, the
// probability of each candidate with how many of its like are right.
func TestConfidenceIsCalibrated(t *testing.T) {
	m := Trained()
	if m == nil {
		t.Fatal("the model does not load")
	}
	var sum, right, count [10]int
	err := readGold("../../../../shared/gold/polnear-dev.jsonl.gz", func(a goldArticle) {
		l := sampleOf(a, lang.English())
		l.v.rank(m.rates)
		for _, c := range l.v.candidates(m) {
			p := m.confidence(&c)
			b := min(int(p)/100, 9)
			count[b]++
			sum[b] += int(p)
			if l.right(&c) {
				right[b]++
			}
		}
	})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("measuring material is absent: ", err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Log("probability  candidates  mean  right")
	gap, all := 0, 0
	for b := range count {
		if count[b] == 0 {
			continue
		}
		mean, share := sum[b]/count[b], 1000*right[b]/count[b]
		t.Logf("%.1f to %.1f   %9d  %.3f  %.3f", float64(b)/10, float64(b+1)/10, count[b], float64(mean)/1000, float64(share)/1000)
		gap += count[b] * max(mean-share, share-mean)
		all += count[b]
	}
	// The mean gap between probability and share, over all candidates.
	t.Logf("mean gap %.3f of %d candidates", float64(gap)/float64(all)/1000, all)
	if gap > all*60 {
		t.Errorf("mean gap = %.3f, want at most 0.060", float64(gap)/float64(all)/1000)
	}
}
