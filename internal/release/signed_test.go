package release

import "testing"

// TestOnePerson sets names beside one another by which people sign.
func TestOnePerson(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		one  bool
	}{
		{"Ada", "Ada Lovelace", true}, {"A D A", "ada@example.org", true}, {"Ada2", "аda", true}, {"ada (again)", "ada1", true}, {"A. Lovelace", "Ada Lovelace", true}, {"Lovelace, Ada", "Ada Lovelace", true},
		{"AL", "Ada Lovelace", true}, {"Ада", "Ada", true}, {"Иван", "Ivan", true}, {"ada.lovelace", "Ada Lovelace", true}, {"123", "Ada", true}, {"Dr Ada Lovelace", "Ada Lovelace", true}, {"Ruth", "ruth-2", true},
		{"ruth", "sam", false}, {"Ada Lovelace", "Grace Lovelace", false}, {"Ada", "Berta", false}, {"ada@example.org", "grace@example.org", false}, {"Jan Berg", "Jon Holm", false}, {"A. Holm", "B. Holm", false},
		{"Ada Holm", "Ada Berg", false}, {"rs", "al", false}, {"Иван", "Olga", false}, {"reader 1 Ada", "reader 2 Ruth", false},
	} {
		if got := OnePerson(tt.a, tt.b); got != tt.one || OnePerson(tt.b, tt.a) != got {
			t.Errorf("%q and %q are one person: %v; want %v", tt.a, tt.b, got, tt.one)
		}
	}
}
