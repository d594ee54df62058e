package study_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"recount/internal/release"
	"recount/internal/study"
)

// TestWhoOverridesAReason: two people override a reason, and one person under two
// spellings is one.
func TestWhoOverridesAReason(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	if _, err := s.Publish(ctx, study.Publish{All: true}); err != nil {
		t.Fatal(err)
	}
	write(t, s, "report.md", "---\ntitle: 'Most left in summer'\nresults:\n  people:\n    count: all\n---\n\n{{people}} people spoke.\n")
	dir := s.Dir
	s.Close()
	now := at()
	allow := func(actor string) (*study.Publishing, error) {
		now = now.Add(time.Minute)
		s, err := study.Open(ctx, dir, study.Options{Actor: actor, Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		list, err := s.Publish(ctx, study.Publish{})
		if err != nil || len(list.Reasons) != 1 || !strings.HasPrefix(list.Reasons[0].Code, "title: ") {
			t.Fatal(err, list)
		}
		return s.Publish(ctx, study.Publish{AllowCodes: []string{list.Reasons[0].Code}, Reason: "it is so"})
	}
	for _, actor := range []string{"ada", "Ada", "ADA", " ada ", "a da", "ad.a", "аda", "АДА"[:2] + "da", "αda", "ada\u200b", "a\u00adda", "a\u3164da", "áda", "a\u20ddda", "ａｄａ", "𝐚da", "a\u034fda", "\u202eada"} {
		out, err := allow(actor)
		if err != nil {
			t.Fatalf("%q: %v", actor, err)
		}
		if len(out.Reasons) != 1 || len(out.Allowed) > 0 {
			t.Errorf("ada and %+q override a reason: %q", actor, out.Allowed)
		}
	}
	// Names that are near are of one person too, and the error says so.
	for _, actor := range []string{"Ada Lovelace", "ada@example.org", "A D A 2", "аda2", "ada (again)", "Ada L.", "Lovelace, Ada", "ada1", "ADA-2", "Dr Ada", "Ада", "adalovelace"} {
		if out, err := allow(actor); err == nil || !strings.Contains(err.Error(), "can be the same person") {
			if err != nil || len(out.Allowed) > 0 || !release.SameName(actor, "ada") {
				t.Errorf("ada and %+q: %v", actor, err)
			}
		}
	}
	for _, actor := range []string{"Analyst", "an\u200balyst", "\u200b", "  "} {
		if _, err := allow(actor); err == nil || !strings.Contains(err.Error(), "a person with a name") {
			t.Errorf("%+q overrides a reason without a name: %v", actor, err)
		}
	}
	// "ada" answered once more as "\u202eada", which is saved without its sign: the first
	// answer that stands is that of "Ada".
	out, err := allow("Berta")
	if err != nil || len(out.Reasons) > 0 || len(out.Allowed) != 1 || !strings.Contains(out.Allowed[0], "(overridden by Ada and Berta)") {
		t.Errorf("ada and Berta: %v, %+v", err, out)
	}
	// They read this title, and no other one that claims as much.
	for title, reasons := range map[string]int{"Most left in summer": 0, "Most left in winter": 1, "Most left": 1} {
		write(t, &study.Study{Dir: dir}, "report.md", "---\ntitle: '"+title+"'\nresults:\n  people:\n    count: all\n---\n\n{{people}} people spoke.\n")
		s, err := study.Open(ctx, dir, study.Options{Actor: "ada", Now: at})
		if err != nil {
			t.Fatal(err)
		}
		if out, err := s.Publish(ctx, study.Publish{}); err != nil || len(out.Reasons) != reasons {
			t.Errorf("%q: %v, %+v", title, err, out)
		}
		s.Close()
	}
}

// TestTypedNumbersBesideWhatIsLeftOut: after all changes are made nothing says how
// many people a value has that the edition leaves out, wherever in report.md the
// number stands.
func TestTypedNumbersBesideWhatIsLeftOut(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	head := "---\ntitle: Who left\nresults:\n  people:\n    count: all\n  countries:\n    label: countries\n    by: country\n---\n\n{{people}} people spoke.\n\n{{table countries}}\n"
	write(t, s, "report.md", head)
	if out, err := s.Publish(ctx, study.Publish{All: true}); err != nil || len(out.Reasons) > 0 {
		t.Fatal(err, out)
	}
	for _, text := range []string{"2 of 29 come from Orlund.", "Two come from Orlund.", "Two-thirds of Orlund left.", "Orlund: 2", "Only one came from Pelagna.", "Of the 29, 27 were not from Orlund.", "A 4-woman group left.", "| from | number |\n|---|---|\n| Orlund | 2 |", "| | Orlund |\n|---|---|\n| people | 2 |", "- Orlund: 2", "We looked at Orlund. There were two.", "Left.[^1]\n\n[^1]: Two of Orlund."} {
		write(t, s, "report.md", head+"\n"+text+"\n")
		out, err := s.Publish(ctx, study.Publish{})
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Reasons) != 1 || out.Reasons[0].Kind != release.Worded || out.Reasons[0].Change == nil {
			t.Errorf("%q: %+v", text, out.Reasons)
		}
	}
}
