package coding

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// fourCoders are the data of Krippendorff 2011, section C, which the R package
// irrCAC holds as cac.raw4raters.
func fourCoders() []Unit {
	return table(map[string]string{"a": "1 2 3 3 2 1 4 1 2 . . .", "b": "1 2 3 3 2 2 4 1 2 5 . 3",
		"c": ". 3 3 3 2 3 4 2 2 5 1 .", "d": "1 2 3 3 2 4 4 1 2 5 1 ."})
}

var fiveValues = []string{"1", "2", "3", "4", "5"}

// TestScaledAlpha compares with the values that Krippendorff 2011 prints in
// sections C and D.
func TestScaledAlpha(t *testing.T) {
	tests := []struct {
		name string
		got  Coefficient
		want float64
	}{
		{"ordinal (Krippendorff 2011, D)", ScaledAlpha(fourCoders(), Ordinal, fiveValues), 0.815},
		{"interval (Krippendorff 2011, D)", ScaledAlpha(fourCoders(), Numbers, nil), 0.849},
	}
	for _, tt := range tests {
		if math.Abs(tt.got.Value-tt.want) > 5e-4 || tt.got.Note != "" || tt.got.Units != 11 {
			t.Errorf("%s: %+v, want %.3f over 11 units", tt.name, tt.got, tt.want)
		}
	}
}

// TestAC1 compares with what irrCAC prints for its own example
// (gwet.ac1.raw(cac.raw4raters): 0.77544).
func TestAC1(t *testing.T) {
	if c := AC1(fourCoders()); math.Abs(c.Value-0.77544) > 5e-6 || c.Note != "" {
		t.Errorf("AC1 = %+v, want 0.77544", c)
	}
	for name, units := range map[string][]Unit{"nobody": nil, "one coder": table(map[string]string{"a": "1 2"}), "one answer": table(map[string]string{"a": "1 1", "b": "1 1"})} {
		if c := AC1(units); c.Note == "" {
			t.Errorf("%s: AC1 = %+v, want a note", name, c)
		}
	}
}

// TestScaledAlphaOfTwoValues: with two answers every scale is nominal.
func TestScaledAlphaOfTwoValues(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 17))
	for range 50 {
		units := random(rng, 3, 8, []string{"1", "2"})
		want := Alpha(units)
		for _, got := range []Coefficient{ScaledAlpha(units, Ordinal, []string{"1", "2"}), ScaledAlpha(units, Numbers, nil)} {
			if got.Value != want.Value || (got.Note == "") != (want.Note == "") {
				t.Errorf("%s %v, nominal %v", got.Name, got, want)
			}
		}
	}
	if c := ScaledAlpha(table(map[string]string{"a": "x y", "b": "y x"}), Numbers, nil); c.Note == "" {
		t.Errorf("words are no numbers: %+v", c)
	}
	if c := ScaledAlpha(fourCoders(), Numbers, nil); c.Value == Alpha(fourCoders()).Value {
		t.Error("the interval scale changes nothing")
	}
}

func random(rng *rand.Rand, coders, units int, values []string) []Unit {
	t := map[string]string{}
	for c := range coders {
		var said []string
		for range units {
			if rng.IntN(5) == 0 {
				said = append(said, ".")
			} else {
				said = append(said, values[rng.IntN(len(values))])
			}
		}
		t[string(rune('a'+c))] = strings.Join(said, " ")
	}
	return table(t)
}

// TestAgreementEqualsOthers computes the coefficients a second time, to 1e-6: in
// R from their definitions as matrices, and with the Python packages
// krippendorff and irrCAC.
func TestAgreementEqualsOthers(t *testing.T) {
	t.Run("R", func(t *testing.T) { equalsOther(t, "Rscript", "testdata/agreement.R") })
	t.Run("Python", func(t *testing.T) {
		if exec.Command("python3", "-c", "import krippendorff, irrCAC").Run() != nil {
			t.Skip("SKIPPED, NOT CHECKED: python3 has no packages krippendorff and irrCAC, so they did not compute the coefficients")
		}
		equalsOther(t, "python3", "testdata/agreement.py")
	})
}

func equalsOther(t *testing.T, program, script string) {
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("SKIPPED, NOT CHECKED: %s is not installed, so %s did not compute the coefficients", program, script)
	}
	rng := rand.New(rand.NewPCG(2, 17))
	cases := [][]Unit{fourCoders()}
	for range 12 {
		cases = append(cases, random(rng, 2+rng.IntN(3), 6+rng.IntN(8), fiveValues))
	}
	var in strings.Builder
	for _, units := range cases {
		names := actors(units)
		var cells []string
		for _, u := range tidy(units) {
			for _, n := range names {
				v, ok := u.of(n)
				if !ok {
					v = "NA"
				}
				cells = append(cells, v)
			}
		}
		in.WriteString(strconv.Itoa(len(names)) + " " + strings.Join(cells, " ") + "\n")
	}
	cmd := exec.Command(path, script)
	cmd.Stdin = strings.NewReader(in.String())
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if len(lines) != len(cases) {
		t.Fatalf("%s answered %d of %d: %s", program, len(lines), len(cases), errs.String())
	}
	for i, units := range cases {
		f := strings.Fields(lines[i])
		for j, c := range []Coefficient{Percent(units), Alpha(units), ScaledAlpha(units, Ordinal, fiveValues), ScaledAlpha(units, Numbers, nil), AC1(units)} {
			if f[j] == "-" {
				continue // it counts another thing under that name
			}
			want, err := strconv.ParseFloat(f[j], 64)
			if err != nil || math.Abs(c.Value-want) > 1e-6 {
				t.Errorf("case %d: %s = %.6f, %s has %s", i, c.Name, c.Value, program, f[j])
			}
		}
	}
}
