package copies

import (
	"strings"
	"testing"

	"recount"
)

func TestDirection(t *testing.T) {
	tests := []struct {
		name string
		a, b *recount.Article
		want int
		why  string
	}{
		{"the other names its outlet", page("a", "Aldery Post", "2031-03-05", "", "x"), page("b", "B", "2031-03-04", "From the Aldery Post", "x"), -1, "the other credits Aldery Post"},
		{"published by the agency", page("a", "A", "2031-03-04", "", "x"), page("b", "Reuters", "2031-03-05", "", "x"), 1, "published by the agency Reuters"},
		{"the earlier minute", page("a", "A", "2031-03-04T10:00:00Z", "", "x"), page("b", "B", "2031-03-04T09:00:00-03:00", "", "x"), -1, "published 2031-03-04T10:00:00Z, the other 2031-03-04T09:00:00-03:00"},
		{"the same day, one credits an agency", page("a", "A", "2031-03-04", "", "x"), page("b", "B", "2031-03-04T09:00:00Z", "AFP", "x"), 1, "credits Agence France-Presse, the other credits no agency"},
		{"a dateline with an agency", page("a", "A", "", "", "PORT ALDERY (AP) - The ferry stopped."), page("b", "B", "", "", "The ferry stopped."), -1, "credits The Associated Press, the other credits no agency"},
		{"a state is no agency", page("a", "A", "", "", "SCRANTON, PA — The ferry stopped."), page("b", "B", "", "", "The ferry stopped."), -1, "the longer text: 6 words, the other has 3"},
		{"a name is no agency", page("a", "A", "", "SANA FELL", "x"), page("b", "B", "", "", "x"), 0, ""},
		{"only the length differs", page("a", "A", "", "", "one two three"), page("b", "B", "", "", "one two"), -1, "the longer text: 3 words, the other has 2"},
		{"nothing differs", page("a", "A", "", "", "one two"), page("b", "B", "", "", "one two"), 0, ""},
		{"a month against a day inside it", page("a", "A", "2031-03", "", "x"), page("b", "B", "2031-03-04", "", "x"), 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := creditOf(tt.a), creditOf(tt.b)
			na, nb := len(strings.Fields(tt.a.Text)), len(strings.Fields(tt.b.Text))
			got, why := direction(&a, &b, na, nb)
			if got != tt.want || why != tt.why {
				t.Errorf("got %d (%s), want %d (%s)", got, why, tt.want, tt.why)
			}
			if back, _ := direction(&b, &a, nb, na); back != -got {
				t.Errorf("the other way round: got %d, want %d", back, -got)
			}
		})
	}
}
