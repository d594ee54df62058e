package recount

import "testing"

// TestMasthead names what is known and nothing else.
func TestMasthead(t *testing.T) {
	tests := []struct {
		a    Article
		want string
	}{
		{Article{Outlet: "Harbour Post", Published: "2014-05-14T09:20:00+02:00", Name: "a.html"}, "Harbour Post, 2014-05-14"},
		{Article{Outlet: "Harbour Post", Published: "2014-05", Name: "a.html"}, "Harbour Post, 2014-05"},
		{Article{Outlet: "Harbour Post", Name: "a.html"}, "Harbour Post"},
		{Article{Published: "2014", Name: "a.html"}, "2014"},
		{Article{Name: "a.html"}, "a.html"},
		{Article{Outlet: "Harbour Post", Published: "yesterday", Name: "a.html"}, "Harbour Post"},
	}
	for _, tt := range tests {
		if got := tt.a.Masthead(); got != tt.want {
			t.Errorf("%+v is named %q, want %q", tt.a, got, tt.want)
		}
	}
}
