package study_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What an older reader derived is said to be that, in one line and with what to do,
// and nothing of it is said to have been tampered with; derived again, it fits.
func TestDerivedByAnOlderReader(t *testing.T) {
	from := fullStudy(t)
	for _, tt := range []struct{ name, old string }{
		{"before what is read had a name", "recount-read/0.1.0 recount-text/2 people/4 words/2"},
		{"of another reading", "recount-read/0.1.0 recount-text/2 quotes/0123456789ab figures/0123456789ab people/4 words/2"},
		{"of another version", "recount-read/0.0.9 recount-text/2 quotes/0123456789ab figures/0123456789ab people/4 words/2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			db, err := sql.Open("sqlite", filepath.Join(dir, "derived.db"))
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{
				"UPDATE stamp SET stamp = ? || substr(stamp, length(rtrim(stamp, '0123456789'))) WHERE stage = 'derived'",
				"UPDATE stamp SET stamp = ? WHERE stage = 'pages'", "UPDATE reading SET reader = ?"} {
				if _, err := db.Exec(text, tt.old); err != nil {
					t.Fatal(err)
				}
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			found := problemsOf(t, dir)
			if len(found) != 1 || !strings.Contains(found[0], "another reader than this program's derived it, an older one as a rule") {
				t.Errorf("recheck finds %q; want that an older reader derived it", found)
			}
			s := openStudy(t, dir, "ada")
			if _, err := s.Rebuild(context.Background()); err != nil {
				t.Fatal(err)
			}
			closed(t, s)
			if found := problemsOf(t, dir); slices.ContainsFunc(found, func(x string) bool { return strings.HasPrefix(x, "derived") }) {
				t.Errorf("after a rebuild recheck finds %q", found)
			}
		})
	}
}
