package report

import "testing"

// TestPileNumbers checks the folding rules on the sample: what stands in a
// reprint or in a spliced page is counted once, with its original.
func TestPileNumbers(t *testing.T) {
	got := map[string]int{}
	for _, n := range Numbers(newSample()) {
		if _, twice := got[n.Name]; twice {
			t.Errorf("two numbers are named %s", n.Name)
		}
		got[n.Name] = n.N
	}
	for name, want := range map[string]int{
		"captures": 5, "pages": 5, "outlets": 5, "refused": 1, "dates": 1, "undated": 0, "empty": 0,
		"originals": 3, "reprints": 1, "spliced": 1, "passages": 1,
		"statements":      6, // three of the wire, two of the second, one of the third page
		"again":           5, // three in the reprint, two in the spliced page
		"speakers":        5,
		"speakers.people": 4,
		"speakers.named":  3,
		"nobody":          0, // the one in the spliced page is counted with its original
		"figures":         4,
		"groups":          2, "groups.apart": 1, "read": 1, "read.statements": 2, "read.missed": 1, "sample": 1,
		"aside": 1, "aside-statements": 1, "furniture": 1,
		"doubtful": 1, "links": 1,
	} {
		if got[name] != want {
			t.Errorf("%s = %d, want %d", name, got[name], want)
		}
	}
	m := newSample()
	m.Rules = nil
	for _, n := range Numbers(m) {
		if want := map[string]int{"statements": 12, "again": 0, "aside-statements": 0}; n.N != want[n.Name] && (n.Name == "statements" || n.Name == "again" || n.Name == "aside-statements") {
			t.Errorf("with the rules off, %s = %d, want %d", n.Name, n.N, want[n.Name])
		}
	}
}

// TestNotRead checks that a page which is not read, or not in full, is listed with
// the reason, and that the number does not stand where all are read.
func TestNotRead(t *testing.T) {
	number := func(notes ...string) *PileNumber {
		m := newSample()
		for k, r := range m.Readings {
			x := *r
			if x.Notes = nil; k == m.Articles[0].Key {
				x.Notes = notes
			}
			m.Readings[k] = &x
		}
		for _, n := range Numbers(m) {
			if n.Name == "notread" {
				return &n
			}
		}
		return nil
	}
	if n := number(); n != nil {
		t.Errorf("all pages are read, and there is a number of %d that are not", n.N)
	}
	if n := number("Chinese is not read: its words are not parted by spaces"); n == nil || n.N != 1 || n.Section == "" {
		t.Errorf("pages not read = %+v, want 1 in the short list", n)
	}
}

// TestEmptyMaterial makes both reports out of nothing.
func TestEmptyMaterial(t *testing.T) {
	s, err := Pile(&Material{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.TempDir() + "/pile"); err != nil {
		t.Error(err)
	}
	tmpl, err := ParseTemplate([]byte("Nothing.\n\n{{questions}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s, err = Study(&Material{}, tmpl, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Write(t.TempDir() + "/study"); err != nil {
		t.Error(err)
	}
}
