package casebook_test

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A curve is the processor time of one benchmark by number of articles.
type curve struct {
	name   string
	points [][2]float64 // articles, milliseconds
}

var figure = regexp.MustCompile(`(?m)^Benchmark(\S+)/(\d+)-\d+\s.*?([\d.]+) cpu-ms/op`)

// curves reads what benchmarks printed. Of two figures for one size the last
// counts.
func curves(printed string) (out []curve) {
	at := map[string]int{}
	for _, m := range figure.FindAllStringSubmatch(printed, -1) {
		n, errN := strconv.ParseFloat(m[2], 64)
		ms, errMS := strconv.ParseFloat(m[3], 64)
		if errN != nil || errMS != nil || n <= 0 || ms <= 0 {
			continue
		}
		i, ok := at[m[1]]
		if !ok {
			i = len(out)
			at[m[1]] = i
			out = append(out, curve{name: m[1]})
		}
		c := &out[i]
		c.points = append(slices.DeleteFunc(c.points, func(p [2]float64) bool { return p[0] == n }), [2]float64{n, ms})
		slices.SortFunc(c.points, func(a, b [2]float64) int { return cmp.Compare(a[0], b[0]) })
	}
	return out
}

var called = map[string]string{"Open": "open", "Decide/decide": "one decision saved", "Decide/decide_and_count": "and counted",
	"Decide/list_100": "first 100 of a list", "HeadlineAfterOneGroup": "headline with tables", "FortyResultsAfterOneGroup": "forty results",
	"FortyResultsFromNothing": "nothing kept", "Question/count": "a question, of a count", "Question/share": "questions, of a share"}

// growth draws curves, both axes logarithmic, beside a line of slope one.
func growth(cs []curve) string {
	const left, right, bottom, top, decade = 70.0, 350.0, 300.0, 20.0, 56.0
	x := func(n float64) float64 { return left + 140*(math.Log10(n)-3) }
	y := func(ms float64) float64 { return bottom - decade*math.Log10(ms) }
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 340" font-family="sans-serif" font-size="12">` + "\n")
	b.WriteString("<title>Processor time of steps in a study by number of articles</title>\n")
	for _, n := range []float64{1e3, 1e4, 1e5} {
		fmt.Fprintf(&b, `<line x1="%.0f" y1="%.0f" x2="%.0f" y2="%.0f" stroke="#ddd"/><text x="%.0f" y="316" text-anchor="middle">%.0f</text>`+"\n", x(n), top, x(n), bottom, x(n), n)
	}
	for _, s := range []struct {
		ms   float64
		name string
	}{{1, "1 ms"}, {10, "10 ms"}, {100, "0.1 s"}, {1e3, "1 s"}, {1e4, "10 s"}, {1e5, "100 s"}} {
		fmt.Fprintf(&b, `<line x1="%.0f" y1="%.0f" x2="%.0f" y2="%.0f" stroke="#ddd"/><text x="%.0f" y="%.0f" text-anchor="end">%s</text>`+"\n", left, y(s.ms), right, y(s.ms), left-6, y(s.ms)+4, s.name)
	}
	fmt.Fprintf(&b, `<text x="210" y="334" text-anchor="middle">articles (both axes logarithmic; dashed: linear growth)</text>`+"\n")
	fmt.Fprintf(&b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#888" stroke-dasharray="4 3"/>`+"\n", x(1e3), y(30), x(1e5), y(3000))
	type label struct {
		y    float64
		text string
	}
	var labels []label
	for _, c := range cs {
		line := ""
		for _, p := range c.points {
			line += fmt.Sprintf("%.1f,%.1f ", x(p[0]), y(p[1]))
			fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="3" fill="#205080"/>`+"\n", x(p[0]), y(p[1]))
		}
		fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="#205080" stroke-width="1.5"/>`+"\n", strings.TrimSpace(line))
		last := c.points[len(c.points)-1]
		labels = append(labels, label{y(last[1]), fmt.Sprintf("%s, %s", cmp.Or(called[c.name], c.name), inWords(last[1]))})
	}
	slices.SortStableFunc(labels, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	from := top
	for _, l := range labels { // none over another
		from = max(from, l.y+4)
		fmt.Fprintf(&b, `<text x="%.0f" y="%.1f">%s</text>`+"\n", right+6, from, l.text)
		from += 14
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func inWords(ms float64) string {
	if ms < 1000 {
		return fmt.Sprintf("%.3g ms", ms)
	}
	return fmt.Sprintf("%.2g s", ms/1000)
}

// TestGrowthIsDrawn draws what benchmarks printed. With CASEBOOK_PLOT it draws
// the figures of docs/measurements-casebook.md into that file.
func TestGrowthIsDrawn(t *testing.T) {
	cs := curves("BenchmarkOpen/1000-2    5   142 ns/op   13.61 MB-held   100.0 cpu-ms/op   4 B/op\nnothing\n" +
		"BenchmarkDecide/list_100/1000-2 \t 5\t 3 ns/op\t 3.9 cpu-ms/op\nBenchmarkOpen/10000-2 5 1 ns/op 1000 cpu-ms/op\nBenchmarkOpen/1000-2 5 1 ns/op 90 cpu-ms/op\n")
	want := []curve{{"Open", [][2]float64{{1000, 90}, {10000, 1000}}}, {"Decide/list_100", [][2]float64{{1000, 3.9}}}}
	if fmt.Sprint(cs) != fmt.Sprint(want) {
		t.Fatalf("curves are %v; want %v", cs, want)
	}
	svg := growth(cs)
	if strings.Count(svg, "<polyline") != 2 || !strings.Contains(svg, "open, 1 s") || svg != growth(cs) {
		t.Errorf("drawn as %s", svg)
	}
	if name := os.Getenv("CASEBOOK_PLOT"); name != "" {
		printed, err := os.ReadFile("../../docs/measurements-casebook.md")
		if err != nil {
			t.Fatal(err)
		}
		if cs = curves(string(printed)); len(cs) == 0 {
			t.Fatal("docs/measurements-casebook.md has no figures")
		}
		if err := os.WriteFile(name, []byte(growth(cs)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
