package copies

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"recount"
)

// A lsh is a stock MinHash-LSH: 128 permutations of the 5-word shingles, cut
// into bands; two articles are a pair if a band agrees and the share of equal
// minima reaches the threshold in thousandths. It stands here for comparison
// only.
type lsh struct {
	name        string
	bands, rows int
	milli       int
}

// stock are the settings in which such programs ship and the one that finds
// more.
var stock = []lsh{
	{"MinHash-LSH 128, J >= .8", 9, 13, 800},
	{"MinHash-LSH 128, J >= .5", 25, 5, 500},
}

const permutations = 128

// signature returns the minima of 128 permutations.
func signature(w *Words) (sig [permutations]uint64) {
	for p := range sig {
		sig[p] = ^uint64(0)
	}
	for i := 0; i+shingleWords <= w.Len(); i++ {
		h := shingle(w.Hash[i:])
		for p := range sig {
			// A permutation is a multiplication by an odd number, then a mix.
			x := (h ^ uint64(p)*mul1) * mul2
			x ^= x >> 29
			sig[p] = min(sig[p], x)
		}
	}
	return sig
}

// pairs returns the pairs of articles by position.
func (l lsh) pairs(docs []*recount.Article) [][2]int {
	var w Words
	sigs := make([][permutations]uint64, len(docs))
	tables := make([]map[uint64][]int32, l.bands)
	for b := range tables {
		tables[b] = map[uint64][]int32{}
	}
	seen := map[[2]int]bool{}
	var out [][2]int
	for i, d := range docs {
		w.ReadArticle(d)
		sigs[i] = signature(&w)
		for b, t := range tables {
			h := uint64(b)
			for _, v := range sigs[i][b*l.rows : (b+1)*l.rows] {
				h = (h ^ v) * mul1
				h ^= h >> 31
			}
			for _, j := range t[h] {
				pair := [2]int{int(j), i}
				if seen[pair] {
					continue
				}
				seen[pair] = true
				equal := 0
				for p := range permutations {
					if sigs[i][p] == sigs[j][p] {
						equal++
					}
				}
				if 1000*equal >= l.milli*permutations {
					out = append(out, pair)
				}
			}
			t[h] = append(t[h], int32(i))
		}
	}
	return out
}

// logPeers scores the stock settings on the same articles; every pair they
// find is called a copy.
func logPeers(t *testing.T, set, gold string, docs []*recount.Article) {
	t.Helper()
	for _, l := range stock {
		pred := filepath.Join(t.TempDir(), "peer.jsonl")
		f, err := os.Create(pred)
		if err != nil {
			t.Fatal(err)
		}
		enc := json.NewEncoder(f)
		for _, p := range l.pairs(docs) {
			if err := enc.Encode(map[string]any{"a": docs[p[0]].Key, "b": docs[p[1]].Key, "relation": "copy", "spans": [][4]int{}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		res := score(t, "gold/score_copies.py", set, gold, pred, "--json")
		for _, name := range []string{"copy", "copy+partial", "any reuse"} {
			if raw, ok := res[name]; ok {
				t.Logf("peer: %s: %-14s %v", l.name, name, decode[prf](t, raw))
			}
		}
		if raw, ok := res["recall by operation"]; ok {
			t.Logf("peer: %s: recall %v", l.name, decode[map[string]float64](t, raw))
		}
	}
}

// BenchmarkPeer runs the stock settings over the articles of BenchmarkIndex.
func BenchmarkPeer(b *testing.B) {
	docs := slices.Collect(newPress().articles(5000))
	for _, l := range stock {
		b.Run(l.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.pairs(docs)
			}
			b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}
