package release

import (
	"slices"
	"testing"
)

// What stands inside the name of a thing is told by where it stands, whatever
// marks come before it.
func TestPlaceOfTokens(t *testing.T) {
	for _, tt := range []struct {
		text   string
		inside []string
	}{
		{"She spoke to us.", nil},
		{"See holt.example for more.", []string{"holt", "example"}},
		{"Don't open reports/holt.pdf today", []string{"reports", "holt", "pdf"}},
		{"It isn't, wasn't and won't be in maria_holt.csv now", []string{"maria", "holt", "csv"}},
		{"the boys' list: /people/holt and the rest", []string{"people", "holt"}},
		{"'quoted' https://a.example/holt plain", []string{"https", "a", "example", "holt"}},
		{"O’Neill’s page is o'neill/index.html here", []string{"oneill", "index", "html"}},
		{"write to @maria.holt, not to Maria", []string{"maria", "holt"}},
		{"<a href=\"people/holt.html\">Holt's page</a>", []string{"people", "holt", "html", "a"}},
		{"Cafe\u0301 n'est pas holt-maria-1.html voil\u00e0", []string{"holt", "maria", "1", "html"}},
		{"MariaHolt isn't a_b", []string{"a", "b"}},
	} {
		got := tokens(tt.text, true)
		new(names).place(tt.text, got, false)
		var inside []string
		for i := range got {
			if got[i].inside {
				inside = append(inside, got[i].word)
			}
		}
		if !slices.Equal(inside, tt.inside) {
			t.Errorf("%q: %q, want %q", tt.text, inside, tt.inside)
		}
	}
}
