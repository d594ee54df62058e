package study_test

import (
	"context"
	"strings"
	"testing"

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
	allow := func(actor string) (*study.Publishing, error) {
		s, err := study.Open(ctx, dir, study.Options{Actor: actor, Now: at})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		return s.Publish(ctx, study.Publish{AllowCodes: []string{"title"}, Reason: "it is so"})
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
	for _, actor := range []string{"Analyst", "an\u200balyst", "\u200b", "  "} {
		if _, err := allow(actor); err == nil || !strings.Contains(err.Error(), "a person with a name") {
			t.Errorf("%+q overrides a reason without a name: %v", actor, err)
		}
	}
	out, err := allow("Berta")
	if err != nil || len(out.Reasons) > 0 || len(out.Allowed) != 1 || !strings.Contains(out.Allowed[0], "(overridden by Berta and ") {
		t.Errorf("ada and Berta: %v, %+v", err, out)
	}
}
