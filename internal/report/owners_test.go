package report

import (
	"strings"
	"testing"
)

// Outlets of one owner are not independent of one another: of how many people
// two or more owners speak falls when somebody says that one owns them.
func TestOutletsOfOneOwnerCountOnce(t *testing.T) {
	spoken := func(owners map[string]string) int {
		m, _, _ := sampleStudy()
		m.Annex = &Annex{Owners: owners}
		site := standardSite(t, "said", m)
		for _, n := range site.Manifest().Numbers {
			if strings.Contains(n.Page, "owners") {
				return n.N
			}
		}
		t.Fatal("the report has no number of people of whom outlets of two or more owners speak")
		return 0
	}
	m, _, _ := sampleStudy()
	one := map[string]string{}
	apart := 0
	for _, c := range m.Cases {
		outlets := map[string]bool{}
		for i := range c.Members {
			outlets[c.Members[i].Outlet] = true
			one[c.Members[i].Outlet] = "Harbour Press"
		}
		if len(outlets) > 1 {
			apart++
		}
	}
	if apart == 0 {
		t.Fatal("nobody is spoken of in two outlets")
	}
	if n := spoken(nil); n != apart {
		t.Errorf("without owners %d, want %d", n, apart)
	}
	if n := spoken(one); n != 0 {
		t.Errorf("with one owner of all %d, want 0", n)
	}
}
