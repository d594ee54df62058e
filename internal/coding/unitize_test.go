package coding

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"recount"
)

// marked reads "a: 2-6x 9-12y | b: 4-8x".
func marked(s string) map[string][]Marked {
	out := map[string][]Marked{}
	for _, coder := range strings.Split(s, " | ") {
		name, list, _ := strings.Cut(coder, ":")
		out[name] = nil
		for _, m := range strings.Fields(list) {
			from, rest, _ := strings.Cut(m, "-")
			at := strings.IndexFunc(rest, func(r rune) bool { return r > '9' })
			start, err := strconv.Atoi(from)
			end, err2 := strconv.Atoi(rest[:at])
			if err != nil || err2 != nil {
				panic(m)
			}
			out[name] = append(out[name], Marked{recount.Span{Start: start, End: end}, rest[at:]})
		}
	}
	return out
}

// TestUAlpha compares with what the Python package krippendorff-unitized-alpha
// 0.1.0 prints; the first is also worked out by hand: 12 of 20 letters coincide
// (4 in x, 8 in what lies between), so 1 - 8 (400-44) / (20 (400-64-144)).
func TestUAlpha(t *testing.T) {
	for _, tt := range []struct {
		length int
		marks  string
		want   float64
	}{
		{10, "a: 2-6x | b: 4-8x", 0.258333333},
		{150, "a: 0-20x 30-55y 70-90x | b: 0-20x 35-55y 70-95z", 0.682844120},
		{307, "a: 13-23y 32-38z 46-50x 57-70z 83-92z | b: 10-31z 43-48z 49-54x 58-81z 87-98z", 0.356751120},
		{103, "a: 2-12y 14-31y 35-57y 67-68y 79-98x | b: 11-13y 24-43x 55-63x 69-77z 88-90y", -0.236597629},
		{72, "a: 8-15z 19-28z 37-49y 54-65x | b: 8-19x 20-45y 45-60z | c: 8-24z 25-49x 58-67x", 0.140539188},
		{288, "a: 0-20z 24-37y 49-55x 63-68z 71-78x | b: 9-20y 21-27y 29-52y 60-82y 97-100z | c: 2-20z 27-35z 43-62x 71-73z 88-107y", 0.279188759},
		{289, "a: 7-25y 39-42y 48-56y 66-73y 73-97z | b: 13-15y 20-38x 48-60x 66-76y 87-102z | c: 2-19x 19-26z 31-46y 60-77x 92-107x | d: 9-18x 18-33y 43-50x 58-62z 62-63x", 0.214529775},
		{10, "a: 2-6x | b: 2-6x", 1},
	} {
		if c := UAlpha(tt.length, marked(tt.marks)); c.Note != "" || math.Abs(c.Value-tt.want) > 1e-6 {
			t.Errorf("%s: %+v, want %.9f", tt.marks, c, tt.want)
		}
	}
	for name, x := range map[string]struct {
		length int
		marks  string
	}{
		"nobody marked anything": {10, "a: | b:"}, "one coder": {10, "a: 2-6x"}, "all of it is one value": {10, "a: 0-10x | b: 0-10x"},
		"two values on one stretch": {10, "a: 2-6x 5-8y | b: 2-6x"}, "outside the text": {10, "a: 2-16x | b: 2-6x"}, "no text": {0, "a: | b:"},
	} {
		if c := UAlpha(x.length, marked(x.marks)); c.Note == "" {
			t.Errorf("%s: %+v, want a note", name, c)
		}
	}
}

// TestUnitizingLetterByLetter computes both coefficients a second time, from
// texts that are written out letter by letter.
func TestUnitizingLetterByLetter(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 17))
	looked := 0
	for range 200 {
		length := 5 + rng.IntN(60)
		coders := map[string][]Marked{}
		names := []string{"a", "b", "c", "d"}[:2+rng.IntN(3)]
		written, piece := map[string][]string{}, map[string][]int{}
		for _, n := range names {
			coders[n], written[n], piece[n] = nil, make([]string, length), make([]int, length)
			at := 0
			for i := 1; at < length && i < 6; i++ {
				start := at + rng.IntN(8)
				end := min(start+1+rng.IntN(9), length)
				if start >= end {
					break
				}
				value := string("xyz"[rng.IntN(3)])
				coders[n] = append(coders[n], Marked{recount.Span{Start: start, End: end}, value})
				for j := start; j < end; j++ {
					written[n][j], piece[n][j] = value, i
				}
				at = end
			}
		}
		// alpha of pairs of letters: observed on one place, expected between any
		// two letters that are no part of one passage, nor one letter.
		alpha := func(enters func(n string, j int) bool, self func(n string, j int) float64) (float64, bool) {
			observed, pairs := 0.0, 0.0
			share, all, same := map[string]float64{}, 0.0, 0.0
			for _, n := range names {
				for j := range length {
					if !enters(n, j) {
						continue
					}
					all++
					share[written[n][j]]++
					same += self(n, j)
					for _, o := range names {
						if o != n {
							pairs++
							if written[n][j] != written[o][j] {
								observed++
							}
						}
					}
				}
			}
			unlike := all * all
			for _, s := range share {
				unlike -= s * s
			}
			if pairs == 0 || unlike == 0 {
				return 0, false
			}
			return 1 - (observed/pairs)*(all*all-same)/unlike, true
		}
		want, ok := alpha(func(string, int) bool { return true }, func(n string, j int) float64 {
			if piece[n][j] == 0 {
				return 1
			}
			k := 0.0
			for _, p := range piece[n] {
				if p == piece[n][j] {
					k++
				}
			}
			return k
		})
		c := UAlpha(length, coders)
		if ok && c.Units > 0 {
			if looked++; math.Abs(c.Value-want) > 1e-6 || c.Note != "" {
				t.Errorf("%d %v: u-alpha %+v, letter by letter %.6f", length, coders, c, want)
			}
		} else if c.Note == "" {
			t.Errorf("%v: %+v, want a note", coders, c)
		}
		names = names[:2]
		both := func(_ string, j int) bool { return piece["a"][j] > 0 && piece["b"][j] > 0 }
		want, ok = alpha(both, func(n string, j int) float64 {
			k := 0.0
			for i, p := range piece[n] {
				if p == piece[n][j] && both(n, i) {
					k++
				}
			}
			return k
		})
		if c := CUAlpha(length, "a", "b", coders); ok && (math.Abs(c.Value-want) > 1e-6 || c.Note != "") || !ok && c.Note == "" {
			t.Errorf("%v: cu-alpha %+v, letter by letter %.6f", coders, c, want)
		}
	}
	if looked < 150 {
		t.Errorf("only %d were looked at", looked)
	}
}

func ExampleUAlpha() {
	fmt.Println(UAlpha(10, marked("ada: 2-6x | bob: 4-8x")))
	// Output: Krippendorff's u-alpha 0.26
}
