package casebook_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"recount"
	"recount/internal/casebook"
)

// Codes that become one another stay as they are, a person hears of it, and
// nobody is led into it.
func TestCodesThatBecomeOneAnother(t *testing.T) {
	merge := func(code, to string) recount.CodebookBody {
		return recount.CodebookBody{Op: recount.MergeCode, Code: code, To: []string{to}}
	}
	split := recount.CodebookBody{Op: recount.SplitCode, Code: "b", To: []string{"a", "c"}}
	tests := []struct {
		name string
		in   []recount.Answer
		want []string // findings: the codes of each circle
	}{
		{"nothing", nil, nil},
		{"one", []recount.Answer{merge("a", "b")}, nil},
		{"a chain", []recount.Answer{merge("a", "b"), merge("b", "c"), merge("c", "d")}, nil},
		{"two into one", []recount.Answer{merge("a", "c"), merge("b", "c")}, nil},
		{"there and back", []recount.Answer{merge("a", "b"), merge("b", "a")}, []string{"a, b, a"}},
		{"back first", []recount.Answer{merge("b", "a"), merge("a", "b")}, []string{"a, b, a"}},
		{"by a move", []recount.Answer{merge("a", "b"), recount.CodebookBody{Op: recount.MoveCode, Code: "b", To: []string{"a"}}}, []string{"a, b, a"}},
		{"round three", []recount.Answer{merge("a", "b"), merge("b", "c"), merge("c", "a")}, []string{"a, b, c, a"}},
		{"into a circle", []recount.Answer{merge("x", "a"), merge("a", "b"), merge("b", "a")}, []string{"a, b, a"}},
		{"from before it", []recount.Answer{merge("0", "b"), merge("a", "b"), merge("b", "a")}, []string{"b, a, b"}},
		{"two circles", []recount.Answer{merge("a", "b"), merge("b", "a"), merge("c", "d"), merge("d", "c")}, []string{"a, b, a", "c, d, c"}},
		{"by a split, which moves nothing", []recount.Answer{merge("a", "b"), split}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := newStudy(t, 1, 1)
			for i, a := range tt.in {
				m.save(m.seal(fmt.Sprint("coder", i), a))
			}
			var got []string
			for _, f := range m.open().Findings() {
				if f.What == "circle" {
					_, codes, _ := strings.Cut(f.Text, ": ")
					got = append(got, codes)
				}
			}
			if len(got) != len(tt.want) || fmt.Sprint(got) != fmt.Sprint(tt.want) && len(got) < 2 {
				t.Errorf("circles %q, want %q", got, tt.want)
			}
		})
	}
	m := newStudy(t, 1, 1)
	c := m.open()
	seal := func(d recount.Draft) (recount.Decision, error) {
		d.Study, d.Time, d.Salt = "s", began, fmt.Sprint(d.Body)
		return recount.Seal(d)
	}
	by := casebook.By{Actor: "ada"}
	for _, tt := range []struct {
		a  recount.Answer
		ok bool
	}{{merge("pay", "fear"), true}, {merge("fear", "pay"), false}, {merge("fear", "fear.night"), true}, {merge("fear.night", "pay"), false}, {merge("fear.night", "fear"), false}} {
		if _, err := c.Decide(context.Background(), by, seal, casebook.Draft{Answer: tt.a}); (err == nil) != tt.ok {
			t.Errorf("%+v: %v; want it taken: %v", tt.a, err, tt.ok)
		}
	}
}
