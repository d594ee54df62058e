package copies

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// pileOf makes n articles of which many share passages: reprints, pages put
// together from two others, statements that several quote.
func pileOf(n int, seed uint64) []*recount.Article {
	rng := rand.New(rand.NewPCG(seed, 1))
	word := func() string { return fmt.Sprintf("w%d", rng.IntN(4000)) }
	sentence := func() string {
		var b strings.Builder
		b.WriteString("The")
		for range 8 + rng.IntN(14) {
			b.WriteString(" " + word())
		}
		if rng.IntN(3) == 0 {
			return "“" + b.String() + ",” said Vera Holm."
		}
		return b.String() + "."
	}
	paragraph := func() string {
		var s []string
		for range 3 + rng.IntN(4) {
			s = append(s, sentence())
		}
		return strings.Join(s, " ")
	}
	var out []*recount.Article
	var texts [][]string
	for i := range n {
		var text []string
		if i > 3 && rng.IntN(2) == 0 {
			one, two := texts[rng.IntN(i)], texts[rng.IntN(i)]
			switch rng.IntN(4) {
			case 0:
				text = slices.Clone(one)
			case 1:
				text = append(slices.Clone(one), paragraph())
			case 2:
				text = append(slices.Clone(one[:len(one)/2+1]), two...)
			default:
				text = append([]string{paragraph(), one[0]}, paragraph(), paragraph())
			}
		} else {
			for range 2 + rng.IntN(4) {
				text = append(text, paragraph())
			}
		}
		texts = append(texts, text)
		out = append(out, &recount.Article{Key: recount.KeyOf("article", fmt.Sprint(i)), Name: fmt.Sprintf("a%d", i), Outlet: fmt.Sprintf("Outlet %d", rng.IntN(9)),
			Published: fmt.Sprintf("2020-01-%02d", 1+rng.IntN(28)), Text: strings.Join(text, "\n")})
	}
	return out
}

// compareShards reads articles cut into shards and compares them in parts.
func compareShards(t *testing.T, shards [][]*recount.Article, parts int) (relations []recount.Relation, originals []recount.Original) {
	t.Helper()
	dir := t.TempDir()
	var dirs []string
	for i, articles := range shards {
		d := filepath.Join(dir, fmt.Sprintf("shard-%d", i))
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Fatal(err)
		}
		s, err := NewShard(d, parts)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range articles {
			if err := s.Add(ReadPage(a)); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, d)
	}
	c, err := OpenShards(dirs)
	if err != nil {
		t.Fatal(err)
	}
	var pairs []string
	for p := range parts {
		to := filepath.Join(dir, fmt.Sprintf("pairs-%d", p))
		if err := c.Pairs(p, t.TempDir(), to); err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, to)
	}
	originals, err = c.Relations(t.Context(), pairs, t.TempDir(), func(r recount.Relation) bool {
		relations = append(relations, r)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return relations, originals
}

// However articles are cut into shards and parts, what is found is what Find
// and Originals find in all of them at once.
func TestShardsEqualAllAtOnce(t *testing.T) {
	articles := pileOf(160, 7)
	var want []recount.Relation
	for r, err := range Find(slices.Values(articles), t.TempDir()) {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, r)
	}
	kinds := map[recount.RelationKind]int{}
	for _, r := range want {
		kinds[r.Kind]++
	}
	if kinds[recount.Copy] < 20 || kinds[recount.Partial] < 20 {
		t.Fatalf("the pile holds too few relations to say anything: %v", kinds)
	}
	var grouped []recount.Original
	for _, o := range Originals(slices.Values(articles), want) {
		if len(o.Members) > 1 || o.Spliced {
			grouped = append(grouped, o)
		}
	}
	tail := slices.Clone(articles)
	slices.Reverse(tail)
	each := make([][]*recount.Article, len(articles))
	for i, a := range articles {
		each[i] = []*recount.Article{a}
	}
	tests := []struct {
		name   string
		shards [][]*recount.Article
		parts  int
	}{
		{"one shard, one part", [][]*recount.Article{articles}, 1},
		{"one shard, seven parts", [][]*recount.Article{articles}, 7},
		{"three shards", [][]*recount.Article{articles[:50], articles[50:51], articles[51:]}, 4},
		{"the other order", [][]*recount.Article{tail[:90], tail[90:]}, 16},
		{"an empty shard between", [][]*recount.Article{articles[:80], nil, articles[80:]}, 16},
		{"a shard that comes twice", [][]*recount.Article{articles[:80], articles[80:], articles[:80]}, 3},
		{"one article in two shards", [][]*recount.Article{articles[:81], articles[80:]}, 3},
		{"more parts than features of most", [][]*recount.Article{articles[:100], articles[100:]}, 500},
		{"a shard for each article", each, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			relations, originals := compareShards(t, tt.shards, tt.parts)
			if d := cmp.Diff(want, relations); d != "" {
				t.Errorf("relations differ from those of Find (-want +got):\n%.2000s", d)
			}
			if d := cmp.Diff(grouped, originals); d != "" {
				t.Errorf("originals differ from those of all at once (-want +got):\n%.2000s", d)
			}
		})
	}
}
