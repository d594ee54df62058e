package casebook

import (
	"fmt"
	"strings"
	"testing"

	"recount"
)

func TestClusters(t *testing.T) {
	voices := map[string]*Voice{}
	v := func(k string) *Voice {
		if voices[k] == nil {
			sp := &Speaker{Key: recount.Key(k)}
			if k == strings.ToUpper(k) { // who counts is written in capitals
				sp.Scope, sp.Member = recount.Yes, &recount.Member{}
			}
			voices[k] = &Voice{Speaker: sp, ID: recount.Key(k), Name: k}
		}
		return voices[k]
	}
	// pairs as "a b probability answer"
	pairs := func(lines ...string) (out []Pair) {
		for _, l := range lines {
			var a, b, answer string
			var n int
			fmt.Sscan(l, &a, &b, &n, &answer)
			p := Pair{A: v(a), B: v(b), Answer: answer}
			p.Suggestion = recount.Suggestion{A: recount.Key(a), B: recount.Key(b), Probability: recount.Milli(n)}
			out = append(out, p)
		}
		return out
	}
	show := func(cs []Cluster) string {
		var out []string
		for _, c := range cs {
			var names []string
			for _, v := range c.Voices {
				names = append(names, v.Name)
			}
			out = append(out, fmt.Sprintf("%s links %d weakest %d effect %d refused %d", strings.Join(names, ""), len(c.Links), c.Weakest().Probability, c.Effect, len(c.Refused)))
		}
		return strings.Join(out, "; ")
	}
	for _, tt := range []struct {
		name  string
		pairs []Pair
		want  string
	}{
		{"a chain is one question, with the fewest links", pairs("a b 900", "b c 800", "a c 600"), "abc links 2 weakest 800 effect 0 refused 0"},
		{"less probable ones are left out", pairs("a b 900", "b c 400"), "ab links 1 weakest 900 effect 0 refused 0"},
		{"what is one already needs no link", pairs("a b 900 same", "b c 800"), "abc links 1 weakest 800 effect 0 refused 0"},
		{"different people are never chained", pairs("a b 900", "b c 800", "a c 600 different"), "ab links 1 weakest 900 effect 0 refused 1"},
		{"nor through one who is somebody already", pairs("a b 900 same", "c d 900 same", "b d 100 different", "a c 950"), ""},
		{"people who count come first", pairs("a b 990", "A B 700"), "AB links 1 weakest 700 effect 1 refused 0; ab links 1 weakest 990 effect 0 refused 0"},
		{"nothing is asked", pairs("a b 900 different", "c d 100"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(Clusters(tt.pairs, nil, 500)); got != tt.want {
				t.Errorf("Clusters = %q, want %q", got, tt.want)
			}
		})
	}
	links := []recount.Link{{A: "a", B: "c", Answer: recount.Different}}
	if got := show(Clusters(pairs("a b 900", "b c 800"), links, 500)); got != "ab links 1 weakest 900 effect 0 refused 1" {
		t.Errorf("with a link that nobody suggested: Clusters = %q", got)
	}

	// Why a pair is refused: the chain from each of the two.
	for _, tt := range []struct {
		name  string
		pairs []Pair
		links []recount.Link
		can   string
		want  string
	}{
		{"nothing stands against it", pairs("a b 900", "b c 800"), nil, "ab bc", ""},
		{"the two themselves", pairs("a b 900"), []recount.Link{{A: "a", B: "b", Answer: recount.Different}}, "", "ab: a | b"},
		{"the one is the same as one who is different", pairs("a b 900 same", "b c 800"), []recount.Link{{A: "a", B: "c", Answer: recount.Different}}, "", "bc: ba | c"},
		{"the other is", pairs("b c 900 same", "a b 800"), []recount.Link{{A: "a", B: "c", Answer: recount.Different}}, "", "ab: a | bc"},
		{"both are", pairs("a b 900 same", "c d 900 same", "b c 800"), []recount.Link{{A: "d", B: "a", Answer: recount.Different}}, "", "bc: ba | cd"},
		{"a pair of the list stands against one after it", pairs("a b 900", "b c 800"), []recount.Link{{A: "a", B: "c", Answer: recount.Different}}, "ab", "bc: ba | c"},
		{"the others are answered", pairs("a b 900", "b c 800", "d e 700"), []recount.Link{{A: "a", B: "c", Answer: recount.Different}}, "ab de", "bc: ba | c"},
		{"through one whom nobody suggested", pairs("a b 900"), []recount.Link{{A: "b", B: "x", Answer: recount.Same}, {A: "a", B: "x", Answer: recount.Different}}, "", "ab: a | bx"},
		{"the shortest chain", pairs("a b 900 same", "b c 900 same", "a c 900 same", "c d 800"), []recount.Link{{A: "a", B: "d", Answer: recount.Different}}, "", "cd: ca | d"},
		{"a suggested pair that was answered different", pairs("a b 900", "b c 850", "a c 600 different"), nil, "ab", "bc: ba | c"},
		{"unsure is no obstacle", pairs("a b 900", "a c 800"), []recount.Link{{A: "b", B: "c", Answer: recount.Unsure}}, "ab ac", ""},
		{"different from itself by way of others", pairs("a b 900"), []recount.Link{{A: "a", B: "c", Answer: recount.Same}, {A: "a", B: "c", Answer: recount.Different}}, "ab", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked []*Pair
			for i := range tt.pairs {
				if tt.pairs[i].Asked() {
					asked = append(asked, &tt.pairs[i])
				}
			}
			yes, no := Agreeing(asked, tt.pairs, tt.links)
			var can, refused []string
			for _, p := range yes {
				can = append(can, p.A.Name+p.B.Name)
			}
			for _, x := range no {
				chain := [2]string{}
				for i := range chain {
					for _, v := range x.Chains[i] {
						chain[i] += string(v.ID)
					}
				}
				refused = append(refused, fmt.Sprintf("%s%s: %s | %s", x.A.Name, x.B.Name, chain[0], chain[1]))
			}
			if got := strings.Join(can, " "); got != tt.can {
				t.Errorf("answered: %q, want %q", got, tt.can)
			}
			if got := strings.Join(refused, "; "); got != tt.want {
				t.Errorf("refused: %q, want %q", got, tt.want)
			}
		})
	}
}
