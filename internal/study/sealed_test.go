package study

import (
	"context"
	"slices"
	"testing"

	"recount"
	"recount/internal/release"
	"recount/internal/vault"
)

// TestWhatIsNotLookedForRefuses: of each kind of field that names or leads to
// somebody a public edition is refused, also from the workbench, until the vault is
// opened for it or two people override that these fields are not looked for.
func TestWhatIsNotLookedForRefuses(t *testing.T) {
	ctx := context.Background()
	for _, what := range recount.SealedKinds {
		s, id, with := sealedStudy(t)
		publish := func(actor string, ask Publish) (*Publishing, *release.Reason) {
			t.Helper()
			s.opts.Actor = actor
			out, err := s.Publish(ctx, ask)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			i := slices.IndexFunc(out.Reasons, func(r release.Reason) bool { return r.Kind == release.Unopened })
			if i < 0 {
				return out, nil
			}
			return out, &out.Reasons[i]
		}
		if _, r := publish("ada", Publish{Here: true}); r != nil {
			t.Errorf("%s: nothing is sealed and it says %q", what, r.Text)
		}
		if _, err := s.Seal(ctx, id, vault.Words{What: what, Text: "Ulrikson 0199"}); err != nil {
			t.Fatal(err)
		}
		out, r := publish("ada", Publish{Here: true})
		if named := what == recount.SealedName || what == recount.SealedAlias || what == recount.SealedContact; !named {
			if r != nil {
				t.Errorf("%s: %q", what, r.Text)
			}
			s.Close()
			continue
		}
		if r == nil || out.Edition != 0 {
			t.Fatalf("%s: it was not looked for, and edition %d is written", what, out.Edition)
		}
		if _, r := publish("ada", Publish{Here: true, With: with}); r != nil {
			t.Errorf("%s: the vault is opened, and it says %q", what, r.Text)
		}
		allow := Publish{AllowCodes: []string{r.Code}, Reason: "read it whole"}
		if _, r := publish("ada", allow); r == nil {
			t.Errorf("%s: one person alone overrides it", what)
		}
		if _, r := publish("ben", allow); r != nil {
			t.Errorf("%s: two people do not override it", what)
		}
		if _, err := s.Seal(ctx, id, vault.Words{What: what, Text: "Eriksen 0198"}); err != nil {
			t.Fatal(err)
		}
		if _, r := publish("ada", Publish{Here: true}); r == nil || r.Low != 2 {
			t.Errorf("%s: what was sealed after two people overrode it is not looked for either: %+v", what, r)
		}
		s.Close()
	}
}
