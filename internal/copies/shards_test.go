package copies

import (
	"bufio"
	"bytes"
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
			switch rng.IntN(5) {
			case 4: // put together from passages of several
				for range 3 + rng.IntN(3) {
					from := texts[rng.IntN(i)]
					text = append(text, from[rng.IntN(len(from))])
				}
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

// compareShards reads articles cut into shards, compares them in parts, and
// groups so many relations at a time.
func compareShards(t *testing.T, shards [][]*recount.Article, parts, rows int) (relations []recount.Relation, originals []recount.Original) {
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
	c.bucketRows = rows
	err = c.Relations(t.Context(), pairs, t.TempDir(), func(r recount.Relation) bool {
		relations = append(relations, r)
		return true
	}, func(o recount.Original, members []uint32) {
		for i, m := range members {
			if c.Key(int(m)) != o.Members[i] {
				t.Errorf("page %d of an original is %s, want %s", m, c.Key(int(m)), o.Members[i])
			}
		}
		originals = append(originals, o)
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(originals, func(x, y recount.Original) int { return strings.Compare(string(x.Members[0]), string(y.Members[0])) })
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
			relations, originals := compareShards(t, tt.shards, tt.parts, 1<<15)
			if d := cmp.Diff(want, relations); d != "" {
				t.Errorf("relations differ from those of Find (-want +got):\n%.2000s", d)
			}
			if d := cmp.Diff(grouped, originals); d != "" {
				t.Errorf("originals differ from those of all at once (-want +got):\n%.2000s", d)
			}
		})
	}
}

// However few relations are grouped at a time, the originals are those of all
// at once.
func TestGroupingInBuckets(t *testing.T) {
	spliced, alone := 0, 0
	for seed := range uint64(12) {
		articles := pileOf(120, seed)
		var relations []recount.Relation
		for r, err := range Find(slices.Values(articles), t.TempDir()) {
			if err != nil {
				t.Fatal(err)
			}
			relations = append(relations, r)
		}
		var want []recount.Original
		for _, o := range Originals(slices.Values(articles), relations) {
			if len(o.Members) > 1 || o.Spliced {
				want = append(want, o)
			}
			if o.Spliced {
				spliced++
				if !slices.ContainsFunc(relations, func(r recount.Relation) bool {
					return r.Kind == recount.Copy && (r.A == o.Members[0] || r.B == o.Members[0])
				}) {
					alone++
				}
			}
		}
		for _, rows := range []int{1, 2, 7, 50, 1000} {
			_, got := compareShards(t, [][]*recount.Article{articles[:50], articles[50:]}, 3, rows)
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("pile %d, %d rows at a time: originals differ from those of all at once (-want +got):\n%.2000s", seed, rows, d)
			}
		}
	}
	if spliced < 20 || alone < 3 {
		t.Errorf("%d pages put together from others, %d of them no copy of any: too few to say anything", spliced, alone)
	}
}

// A row is read as it was written.
func TestRow(t *testing.T) {
	key := func(r uint32) recount.Key { return recount.KeyOf("page", fmt.Sprint(r)) }
	tests := []row{
		{A: 0, B: 1, R: recount.Relation{Kind: recount.Copy}},
		{A: 7, B: maxArticles - 1, R: recount.Relation{Kind: recount.Trace, CoverageA: 1000, CoverageB: 1, OwnA: true, Reason: "published 2020, the other 2021 — “x”", First: firstA}},
		{A: 1 << 20, B: 1<<20 + 1, R: recount.Relation{Kind: recount.QuoteOnly, OwnB: true, First: firstB, Spans: []recount.Alignment{{A: recount.Span{Start: 0, End: 1}, B: recount.Span{Start: maxText, End: maxText + 300}}}}},
		{A: 3, B: 4, R: recount.Relation{Kind: recount.Partial, OwnA: true, OwnB: true, Spans: []recount.Alignment{{}, {A: recount.Span{Start: 5, End: 9}}}}},
	}
	var b []byte
	for i := range tests {
		unnamed := tests[i]
		tests[i].name(key)
		b = tests[i].encode(b)
		if c := unnamed.encode(nil); !bytes.Equal(c, b[len(b)-len(c):]) {
			t.Errorf("row %d is written differently before its keys are set", i)
		}
	}
	var got []row
	if err := eachRow(bufio.NewReader(bytes.NewReader(b)), func(x row) bool { x.name(key); got = append(got, x); return true }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(tests, got, cmp.AllowUnexported(row{})); d != "" {
		t.Errorf("rows differ (-written +read):\n%s", d)
	}
	for n := range len(b) - 1 {
		if n == 0 {
			continue
		}
		whole := 0
		err := eachRow(bufio.NewReader(bytes.NewReader(b[:n])), func(row) bool { whole++; return true })
		if err == nil && whole == len(tests) {
			t.Fatalf("%d of %d bytes gave all rows", n, len(b))
		}
	}
}
