package release

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// rows reads records written one after the other, values apart by commas,
// records by blanks; NA is missing.
func rows(s string) Keys {
	var k Keys
	for _, r := range strings.Fields(s) {
		row := strings.Split(r, ",")
		for i, v := range row {
			if v == "NA" {
				row[i] = ""
			}
		}
		k = append(k, row)
	}
	return k
}

// letters reads records of one letter a value.
func letters(s string) Keys {
	var k Keys
	for _, r := range strings.Fields(s) {
		k = append(k, strings.Split(r, ""))
	}
	return k
}

func numbers(s string) []float64 {
	var out []float64
	for _, f := range strings.Fields(s) {
		v, err := strconv.ParseFloat(f, 64)
		if err != nil {
			panic(err)
		}
		out = append(out, v)
	}
	return out
}

func near(t *testing.T, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d: %v", what, len(got), len(want), got)
	}
	for i := range got {
		if math.Abs(got[i]-want[i]) > tolerance {
			t.Errorf("%s[%d] = %.9f, want %.9f", what, i, got[i], want[i])
		}
	}
}

func floats(n []int) []float64 {
	out := make([]float64, len(n))
	for i, v := range n {
		out[i] = float64(v)
	}
	return out
}

const exact = 1e-6

// The wanted values are what sdcMicro (commit cf32510, R 4.2) gives for the
// same records with coded columns; ours are of text.
func TestMeasuresEqualSdcMicro(t *testing.T) {
	tests := []struct {
		name         string
		keys         Keys
		weight       string
		fk, Fk, risk string
		score        string
		share        string
		contribution string
		dis          map[int]float64
	}{
		{
			name:   "francdat",
			keys:   rows("1,2,5,1 1,2,1,1 1,2,1,1 3,3,1,5 4,3,1,4 4,3,1,1 6,2,1,5 1,2,5,1"),
			weight: "18 45.5 39 17 541 8 5 92",
			fk:     "2 2 2 1 1 1 1 2", Fk: "110 84.5 84.5 17 541 8 5 110",
			risk:  ".017144262 .022042326 .022042326 .177075834 .011654480 .297063077 .402359478 .017144262",
			score: "0 0 0 8 6 4 8 0",
			dis:   map[int]float64{3: .0142134863, 4: .0101060150, 5: .0062368404, 6: .0142134863},
		},
		{
			name:   "two missing values",
			keys:   rows("2,3,1 3,3,3 2,3,NA 2,3,2 3,3,1 3,3,1 1,4,NA 2,3,1"),
			weight: "18 45.5 39 17 92 8 123.5 51",
			fk:     "3 1 4 2 2 2 1 3", Fk: "108 45.5 125 56 100 100 123.5 108",
		},
		{
			name:   "the same without the missing",
			keys:   rows("2,3,1 3,3,3 2,3,1 2,3,2 3,3,1 3,3,1 1,4,1 2,3,1"),
			weight: "18 45.5 39 17 92 8 123.5 51",
			fk:     "3 1 3 1 2 2 1 3",
			risk:   ".01369863 .08579129 .01369863 .17707583 .01877883 .01877883 .03931625 .01369863",
		},
		{
			name:  "the guide of the IHSN",
			keys:  letters("UFsE UFsE UFpN UMcE RFcX UMcE UFqN UMoX UFsN UFsN"),
			fk:    "2 2 1 2 1 2 1 1 2 2",
			score: "0 0 6 0 12 0 6 10 0 0", share: "0 0 1.75 0 3.25 0 1.75 2.75 0 0",
			contribution: "23.529 17.647 64.706 23.529",
			dis:          map[int]float64{2: .0049867977, 6: .0049867977, 4: .0113830065, 7: .0091666789},
		},
		{
			name:  "Templ 2017",
			keys:  rows("20s,m,50k+,hs 20s,m,50k+,hs 20s,m,50k-,hs 20s,m,50k-,hs 20s,f,50k-,uni 20s,f,50k-,hs 20s,f,50k-,mid 60s,m,50k-,uni"),
			score: "0 0 0 0 4 2 6 8", share: "0 0 0 0 1 .5 1.75 2.25",
			contribution: "40 30 0 70",
		},
		{
			name:         "three letters",
			keys:         letters("AXP BXQ AYQ CZR BYR AXP BZQ"),
			score:        "0 2 3 3 3 0 2",
			contribution: "61.538 69.231 53.846",
		},
		{
			name:         "three records",
			keys:         rows("2,0,0 1,3,6 1,0,0"),
			score:        "2 4 2",
			contribution: "50 37.5 37.5",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fk, err := Frequencies(tt.keys)
			if err != nil {
				t.Fatal(err)
			}
			if tt.fk != "" {
				near(t, "fk", floats(fk), numbers(tt.fk), 0)
			}
			if tt.weight != "" {
				all, err := Weighted(tt.keys, numbers(tt.weight))
				if err != nil {
					t.Fatal(err)
				}
				if tt.Fk != "" {
					near(t, "Fk", all, numbers(tt.Fk), exact)
				}
				if tt.risk != "" {
					risk := make([]float64, len(fk))
					for i := range fk {
						risk[i] = Risk(fk[i], all[i])
					}
					near(t, "risk", risk, numbers(tt.risk), exact)
				}
			}
			if tt.score == "" {
				return
			}
			s, err := Uniques(tt.keys)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "score", floats(s.Score), numbers(tt.score), 0)
			if tt.share != "" {
				near(t, "share", s.Share, numbers(tt.share), exact)
			}
			if tt.contribution != "" {
				near(t, "contribution", s.Contribution, numbers(tt.contribution), 5e-4)
			}
			for i, want := range tt.dis {
				near(t, "DIS", s.DIS[i:i+1], []float64{want}, exact)
			}
		})
	}
}

func TestDiversityEqualsSdcMicro(t *testing.T) {
	d, err := Diversities(rows("1,2,5 1,2,1 1,2,1 3,3,1 4,3,1 4,3,1 6,2,1 1,2,5"), strings.Fields("1 1 1 5 4 1 5 1"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 1, 1, 1, 2, 2, 1, 1} {
		if d[i].Distinct != want {
			t.Errorf("distinct values around record %d = %d, want %d", i+1, d[i].Distinct, want)
		}
	}
}

// people58 are made-up people like those of a study of 58 (7 of them women).
func people58(t *testing.T, columns ...string) (keys Keys, reason []string) {
	t.Helper()
	b, err := os.ReadFile("testdata/people58.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	head := strings.Split(lines[0], ",")
	for _, l := range lines[1:] {
		v := map[string]string{}
		for i, f := range strings.Split(l, ",") {
			v[head[i]] = f
		}
		var row []string
		for _, c := range columns {
			row = append(row, v[c])
		}
		keys = append(keys, row)
		reason = append(reason, v["reason"])
	}
	return keys, reason
}

func TestPeopleOfAStudyOf58(t *testing.T) {
	tests := []struct {
		columns             string
		one, under3, under5 int
		mean                float64
		sum, highest        int // of SUDA scores; 0: not given
	}{
		{"sex country age role", 29, 47, 53, 0.706897, 87, 10},
		{"sex region age role", 12, 16, 39, 0.396552, 32, 6},
		{"sex region age", 7, 9, 16, 0.224138, 7, 0},
		{"sex region", 1, 5, 9, 0.103448, 1, 0},
		{"sex country age role quarter", 44, 58, 58, 0.879310, 451, 36},
	}
	for _, tt := range tests {
		t.Run(tt.columns, func(t *testing.T) {
			k, _ := people58(t, strings.Fields(tt.columns)...)
			fk, err := Frequencies(k)
			if err != nil {
				t.Fatal(err)
			}
			var one, under3, under5 int
			mean := 0.0
			for _, f := range fk {
				if f == 1 {
					one++
				}
				if f < 3 {
					under3++
				}
				if f < 5 {
					under5++
				}
				mean += Risk(f, float64(f)) / float64(len(fk))
			}
			if one != tt.one || under3 != tt.under3 || under5 != tt.under5 {
				t.Errorf("fk = 1, < 3, < 5: %d, %d, %d; want %d, %d, %d", one, under3, under5, tt.one, tt.under3, tt.under5)
			}
			near(t, "mean risk", []float64{mean}, []float64{tt.mean}, exact)
			s, err := Uniques(k)
			if err != nil {
				t.Fatal(err)
			}
			sum, highest := 0, 0
			for _, v := range s.Score {
				sum += v
				highest = max(highest, v)
			}
			if sum != tt.sum || tt.highest != 0 && highest != tt.highest {
				t.Errorf("scores sum to %d, highest %d; want %d, %d", sum, highest, tt.sum, tt.highest)
			}
		})
	}
	k, _ := people58(t, "sex", "country", "age", "role")
	s, err := Uniques(k)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "score", floats(s.Score), numbers("3 2 6 0 0 1 0 1 0 0 0 0 10 0 0 0 6 0 0 0 2 0 0 4 1 1 1 4 2 0 2 3 1 2 6 0 0 6 0 0 0 0 4 2 0 2 0 1 0 0 0 2 2 4 4 0 0 2"), 0)
	near(t, "contribution", s.Contribution, numbers("24.13793 88.50575 39.08046 36.78161"), 1e-5)
	dis := 0.0
	for _, d := range s.DIS {
		dis = max(dis, d)
	}
	near(t, "highest DIS", []float64{dis}, []float64{0.1062332}, 1e-6)

	k, reason := people58(t, "sex", "region")
	d, err := Diversities(k, reason)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Diversity{
		"M MENA": {Distinct: 4, Entropy: 3.823016}, "M Europe": {Distinct: 4, Entropy: 3.457979}, "M Asia-Pacific": {Distinct: 2, Entropy: 2},
		"F MENA": {Distinct: 2, Entropy: 1.754765}, "F Europe": {Distinct: 2, Entropy: 2}, "F Asia-Pacific": {Distinct: 1, Entropy: 1},
	}
	for i, row := range k {
		w := want[strings.Join(row, " ")]
		if d[i].Distinct != w.Distinct || math.Abs(d[i].Entropy-w.Entropy) > exact {
			t.Errorf("diversity around %v = %+v, want %+v", row, d[i], w)
		}
	}
}

func TestWhatCannotBeMeasuredIsRefused(t *testing.T) {
	if _, err := Frequencies(Keys{{"a", "b"}, {"a"}}); err == nil {
		t.Error("rows of different lengths were measured")
	}
	if _, err := Uniques(Keys{make([]string, MaxKeys+1)}); err == nil {
		t.Error("more columns than the search can take were measured")
	}
	if _, err := Weighted(rows("a b"), []float64{1}); err == nil {
		t.Error("a record without a weight was measured")
	}
	if _, err := Diversities(rows("a b"), []string{"x"}); err == nil {
		t.Error("a record without a sensitive value was measured")
	}
	if r := Risk(3, 2); r != 1 {
		t.Errorf("Risk(3, 2) = %v, want 1: a population smaller than the sample cannot be meant", r)
	}
}
