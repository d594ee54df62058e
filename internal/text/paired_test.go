package text

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A page's score: shares of true, missing and superfluous shingles, as
// score_text.py counts them.
type pageScore struct{ tp, fp, fn float64 }

var wordPattern = regexp.MustCompile(`[\p{L}\p{N}_]+`)

// shingles counts the runs of four words of a text.
func shingles(s string) map[string]int {
	w := wordPattern.FindAllString(s, -1)
	out := map[string]int{}
	if len(w) < 4 {
		out[strings.Join(w, " ")]++
	}
	for i := 0; i+4 <= len(w); i++ {
		out[strings.Join(w[i:i+4], " ")]++
	}
	return out
}

func scorePage(truth, got string) pageScore {
	a, b := shingles(truth), shingles(got)
	var tp, fp, fn float64
	for k, n := range a {
		m := min(n, b[k])
		tp += float64(m)
		fn += float64(n - m)
	}
	for k, n := range b {
		fp += float64(n - min(n, a[k]))
	}
	if s := tp + fp + fn; s > 0 {
		return pageScore{tp / s, fp / s, fn / s}
	}
	return pageScore{}
}

// macroF1 returns the F1 of the mean precision and the mean recall.
func macroF1(rows []pageScore) float64 {
	var p, r, np, nr float64
	for _, x := range rows {
		if x.tp+x.fp > 0 {
			p += x.tp / (x.tp + x.fp)
			np++
		}
		if x.tp+x.fn > 0 {
			r += x.tp / (x.tp + x.fn)
			nr++
		}
	}
	if np == 0 || nr == 0 || p+r == 0 {
		return 0
	}
	p, r = p/np, r/nr
	return 2 * p * r / (p + r)
}

// paired prints by how much ours is better than theirs, with the middle 95% of
// 2,000 draws of pages with replacement, the same pages for both.
func paired(t *testing.T, name string, ours, theirs []pageScore) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(1, 2))
	draws := make([]float64, 2000)
	a, b := make([]pageScore, len(ours)), make([]pageScore, len(ours))
	worse := 0
	for i := range draws {
		for j := range a {
			k := rnd.IntN(len(ours))
			a[j], b[j] = ours[k], theirs[k]
		}
		if draws[i] = macroF1(a) - macroF1(b); draws[i] <= 0 {
			worse++
		}
	}
	slices.Sort(draws)
	t.Logf("beside %s: F1 %.4f against %.4f, difference %+.4f, paired bootstrap 95%% %+.4f to %+.4f, not better in %d of %d draws",
		name, macroF1(ours), macroF1(theirs), macroF1(ours)-macroF1(theirs), draws[50], draws[1949], worse, len(draws))
}

// readTruth returns the article text of each page, by the name of its file
// without what follows the first dot.
func readTruth(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile(shared(t, "pages", "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var of map[string]struct {
		Body string `json:"articleBody"`
	}
	if err := json.Unmarshal(b, &of); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for k, v := range of {
		out[k] = v.Body
	}
	return out
}
