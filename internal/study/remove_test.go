package study

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/parallel"
	"recount/internal/vault"
)

// canaries are words that stand on the page of one person only, in every place
// from which recount takes something.
func canaries() (out []string) {
	for i := range 20 {
		out = append(out, fmt.Sprintf("kanarie%02dvogel", i))
	}
	return out
}

// pageOfCanaries holds all of them: in the address, name of the file, title,
// outlet, byline, metadata, comments, name, words, description.
func pageOfCanaries(c []string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>%s in the valley</title><!-- %s -->
<meta property="og:site_name" content="The %s Post"><meta name="author" content="%s Writer"><meta name="description" content="about %s">
<meta property="article:published_time" content="2014-05-14T09:00:00Z">
<link rel="canonical" href="https://post.example/%s/ferry"></head><body><article>
<h1>%s in the valley</h1>
<p>The road to %s goes through birch woods, and nobody from %s has walked it since the winter, says the %s keeper of the inn.</p>
<p>"We were told %s nothing at all about it %s," said %s %s. "I have sold %s tickets for eleven years, and I left %s in April."</p>
<p>She was born in %s, works in %s and knows %s well. The inn of %s is closed, and the bell has been sold to a museum on the coast.</p>
</article></body></html>`, c[0], c[1], c[2], c[3], c[4], c[5], c[0], c[6], c[7], c[8], c[9], c[10], title(c[11]), title(c[12]), c[13], c[14], c[15], c[16], c[17], c[18])
}

// otherPage is of somebody else, and stays.
const otherPage = `<!DOCTYPE html><html lang="en"><head><title>A pilot in the fog</title>
<meta property="og:site_name" content="The Inland Reader"><meta property="article:published_time" content="2015-03-03T09:00:00Z">
<link rel="canonical" href="https://inland.example/pilot"></head><body><article><h1>A pilot in the fog</h1>
<p>A village of nine houses stands where the river bends, and an old dairy, behind which a woman keeps bees in the summer and paints boats in the winter.</p>
<p>"I steered by the sound of the amsel07vogel for two winters," said Eva Vogel, who has lived there since January. "Then the bell was gone."</p>
<p>She does not want to see the harbour again, and the honey is better than the pay was when the ships still came in twice a day.</p>
</article></body></html>`

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// TestNothingOfARemovedPersonIsLeft puts 20 words that stand nowhere else on the
// page of one person, works on the study in every way, removes the person and
// looks through every byte of the folder: pages of the databases that are free,
// write-ahead logs, archives unpacked.
func TestNothingOfARemovedPersonIsLeft(t *testing.T) {
	ctx := context.Background()
	words := canaries()
	s, id := studyOfCanaries(t, words)
	defer s.Close()
	dir := s.Dir
	began := time.Now()
	out, err := s.Remove(ctx, Removal{Person: id, Reason: "on request", Save: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("removed in %v: %d pages, %d captures, %d decisions", time.Since(began).Round(time.Millisecond), out.Pages, out.Captures, out.Decisions)
	if len(out.Left) > 0 {
		t.Errorf("left: %v", out.Left)
	}
	if got := standing(t, dir, words); len(got) > 0 {
		t.Errorf("%d words are left: %v", len(got), got)
	}
	if got := standing(t, dir, []string{"amsel07vogel"}); len(got) == 0 {
		t.Error("the page of the other person is gone too")
	}
	x, err := s.Recheck(ctx, Recheck{})
	if err != nil || len(x.Problems) > 0 {
		t.Errorf("recheck: %v %+v", err, x.Problems)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := standing(t, dir, words); len(got) > 0 {
		t.Errorf("after closing %d words are left: %v", len(got), got)
	}
}

// studyOfCanaries makes a study of both pages and works on it in every way; id is
// the person of the first.
func studyOfCanaries(t *testing.T, words []string) (s *Study, id string) {
	t.Helper()
	ctx := context.Background()
	from := t.TempDir()
	for name, text := range map[string]string{words[19] + ".html": pageOfCanaries(words), "other.html": otherPage} {
		if err := os.WriteFile(filepath.Join(from, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "study")
	o := Options{Actor: "ada", Now: func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) }}
	s, err := Init(ctx, dir, Setup{Title: "Canaries", Record: []string{"town"}}, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Offer{{Paths: []string{filepath.Join(from, words[19]+".html")}, Search: words[11] + " interview"}, {Paths: []string{from}}} {
		if _, err := s.Add(ctx, o); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	whose := map[recount.Key]bool{} // pages with a speaker by name who was decided about
	for v, err := range book.Voices(ctx, casebook.Filter{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		ref, err := book.Ref(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		if whose[v.Page.Key] || !strings.Contains(strings.ToLower(v.Name), "vogel") || strings.HasPrefix(v.Name, "the ") {
			continue
		}
		whose[v.Page.Key] = true
		drafts := []casebook.Draft{{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}, Reason: "because of " + v.Name},
			{Answer: recount.MemoBody{On: recount.Topic{Page: v.Page.Page()}, Text: "a memo about " + v.Name}},
			{Answer: recount.ValueBody{Speaker: ref, Variable: "town", Value: v.Name + " town"}}}
		if _, err := s.Decide(ctx, By{}, drafts...); err != nil {
			t.Fatal(err)
		}
	}
	if len(whose) != 2 {
		t.Fatalf("%d speakers were found, want one on each page", len(whose))
	}
	if _, err := s.Search(ctx, words[7], 10); err != nil { // makes the index
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "report.md"), []byte("---\nresults:\n  people:\n    count: all\n---\n\n{{people}} spoke.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(ctx, Edition{}); err != nil {
		t.Fatal(err)
	}
	before := standing(t, dir, words)
	if len(before) < 20 {
		t.Fatalf("before the removal only %d of 20 words stand in the folder: %v", len(before), before)
	}
	people, err := s.Shown(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if strings.Contains(strings.ToLower(p.Name()), "kanarie") {
			id = p.ID
		}
	}
	return s, id
}

// standing says which words stand in the files of a folder, and in which, unpacked.
func standing(t *testing.T, dir string, words []string) map[string]string {
	t.Helper()
	out := map[string]string{}
	look := func(name string, b []byte) {
		for _, w := range words {
			if bytes.Contains(bytes.ToLower(b), []byte(w)) {
				out[w] += name + " "
			}
		}
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		look(name, []byte(name))
		if d.IsDir() {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		look(name, b)
		if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			inner, err := io.ReadAll(z)
			if err != nil {
				return err
			}
			look(name, inner)
		}
		if z, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
			for _, f := range z.File {
				r, err := f.Open()
				if err != nil {
					return err
				}
				inner, err := io.ReadAll(r)
				if err != nil {
					return err
				}
				look(name, inner)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestARemovalThatWasStoppedGoesOn stops a removal before each of its steps: the
// next call ends it, whatever was gone by then, and until then nothing leaves.
func TestARemovalThatWasStoppedGoesOn(t *testing.T) {
	words := canaries()
	for stop := range 7 {
		t.Run(fmt.Sprintf("before step %d", stop), func(t *testing.T) {
			ctx := context.Background()
			s, id := studyOfCanaries(t, words)
			r, err := s.removal(ctx, id, Removal{})
			if err != nil {
				t.Fatal(err)
			}
			// The steps of do and finish, up to the one at which it is stopped.
			var sealed []recount.Decision
			r.group = "stopped"
			draft := func(what, id string, base ...string) {
				d, err := s.seal(recount.Draft{Kind: recount.KindRemove, Group: r.group, Base: base, Body: recount.RemoveBody{What: what, ID: id}})
				if err != nil {
					t.Fatal(err)
				}
				sealed = append(sealed, d)
			}
			var keys []recount.Key
			for _, id := range r.decisions {
				draft("decision", id, id)
			}
			for _, c := range r.captures {
				keys = append(keys, c.Key)
				draft("capture", string(c.Key))
			}
			for i, step := range []func() error{
				r.begin,
				func() error { return r.book.Save(ctx, sealed...) },
				r.clean,
				func() error { return s.store.EraseDecisions(ctx, r.decisions) },
				func() error { return s.store.EraseTexts(ctx, r.articles) },
				func() error { return s.store.EraseCaptures(ctx, keys) },
			} {
				if i >= stop {
					break
				}
				if err := step(); err != nil {
					t.Fatal(err)
				}
			}
			dir := s.Dir
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s, err = Open(ctx, dir, s.opts); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if stop >= 2 { // it is in the log
				if _, err := s.Publish(ctx, Publish{}); err == nil || !strings.Contains(err.Error(), "has not ended") {
					t.Errorf("publish half-way: %v", err)
				}
				if x, err := s.Recheck(ctx, Recheck{}); err != nil || len(x.Problems) == 0 {
					t.Errorf("recheck half-way: %v %+v", err, x)
				}
			}
			if _, err := s.Remove(ctx, Removal{Person: id, Save: true}); err != nil {
				t.Fatal(err)
			}
			if got := standing(t, dir, words); len(got) > 0 {
				t.Errorf("%d words are left: %v", len(got), got)
			}
			if x, err := s.Recheck(ctx, Recheck{}); err != nil || len(x.Problems) > 0 {
				t.Errorf("recheck: %v %+v", err, x)
			}
			if _, err := s.Remove(ctx, Removal{Person: id, Save: true}); err == nil {
				t.Error("the person could be taken out twice")
			}
		})
	}
}

// TestOnlyTheRemovedPersonGoes takes people of the example study out one after
// the other: one whose name is also another's, one whose name many pages hold.
// Whoever speaks on none of the pages that went is counted as before.
func TestOnlyTheRemovedPersonGoes(t *testing.T) {
	ctx := context.Background()
	s, _, err := Demo(ctx, filepath.Join(t.TempDir(), "order"), Options{Actor: "ada", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	people := func() map[string]string {
		out := map[string]string{}
		book, err := s.Casebook(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range everybodyIn(t, book) {
			for _, m := range c.Members {
				out[c.ID] += fmt.Sprintf("%s %s %d statements, %d codes; ", m.Key, m.Speaker.Name, len(m.Statements), len(m.Codes))
			}
		}
		return out
	}
	for _, name := range []string{"Sparrow", "Anton", "Kaspar Rune"} {
		before := people()
		id := ""
		book, err := s.Casebook(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range everybodyIn(t, book) {
			if c.Members[0].Speaker.Name == name {
				id = c.ID
				break
			}
		}
		if id == "" {
			t.Fatalf("nobody is called %s", name)
		}
		out, err := s.Remove(ctx, Removal{Person: id, Save: true})
		if err != nil {
			t.Fatal(err)
		}
		after := people()
		if _, ok := after[id]; ok {
			t.Errorf("%s is still counted", name)
		}
		for other, was := range before {
			if other != id && !slices.ContainsFunc(out.Others, func(o Other) bool { return o.ID == short(other) }) && after[other] != was {
				t.Errorf("%s was taken out, and %s, who is on none of these pages, is %q and was %q", name, other, after[other], was)
			}
		}
	}
}

// keysOfMany begins a vault with a key for each of n people, and seals the name of
// one.
func keysOfMany(t *testing.T, s *Study, n int, id string) {
	t.Helper()
	ctx := context.Background()
	apart := t.TempDir()
	s.opts.Keys = filepath.Join(apart, "study.keys")
	with := beginVault(t, s, apart)
	if _, err := s.Seal(ctx, id, vault.Words{What: recount.SealedName, Text: "Jonathan Realname"}); err != nil {
		t.Fatal(err)
	}
	k, err := s.vaultKeys(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for len(k.Keys) < n {
		if _, err := k.Add(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.putKeys(ctx, k); err != nil {
		t.Fatal(err)
	}
	began, used := time.Now(), parallel.Used()
	if _, err := s.RotateVault(ctx, recipientsOf(t, with.Files), with, "to measure"); err != nil {
		t.Fatal(err)
	}
	t.Logf("recipients of %d keys changed in %v, %v of CPU time", n, time.Since(began).Round(time.Millisecond), (parallel.Used() - used).Round(time.Millisecond))
}

// TestRemovalFromManyPeople takes one of many people out. RECOUNT_PEOPLE sets how
// many; 1000 is what docs/measurements-release.md states.
func TestRemovalFromManyPeople(t *testing.T) {
	ctx := context.Background()
	n := 30
	if v := os.Getenv("RECOUNT_PEOPLE"); v != "" {
		if _, err := fmt.Sscan(v, &n); err != nil {
			t.Fatal(err)
		}
	}
	from := t.TempDir()
	firsts, lasts := []string{"Anna", "Boris", "Clara", "Darko", "Edita", "Filip", "Greta"}, []string{"Bran", "Kest", "Lorv", "Mird", "Nask", "Prot", "Stelk"}
	for i := range n {
		last := fmt.Sprintf("%s%c%c%c", lasts[i%7], 'a'+rune(i/7%20), 'm'+rune(i/140%8), 'a'+rune(i%5))
		page := strings.NewReplacer("Eva Vogel", firsts[i/3%7]+" "+last, "amsel07vogel", "gong of "+last, "inland.example/pilot", fmt.Sprintf("inland.example/page%04d", i),
			"nine houses", fmt.Sprintf("%d houses near %s", i+3, last), "two winters", fmt.Sprintf("%d winters", i+2), "2015-03-03", fmt.Sprintf("2015-%02d-%02d", 1+i%12, 1+i%28)).Replace(otherPage)
		if err := os.WriteFile(filepath.Join(from, fmt.Sprintf("p%04d.html", i)), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Init(ctx, filepath.Join(t.TempDir(), "study"), Setup{Title: "Many"}, Options{Actor: "ada", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Add(ctx, Offer{Paths: []string{from}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Extract(ctx, false); err != nil {
		t.Fatal(err)
	}
	book, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []casebook.Draft
	for v, err := range book.Voices(ctx, casebook.Filter{All: true}) {
		if err != nil {
			t.Fatal(err)
		}
		ref, err := book.Ref(ctx, v)
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.Yes, Criteria: map[string]string{}}})
	}
	if _, err := s.Decide(ctx, By{}, drafts...); err != nil {
		t.Fatal(err)
	}
	people, err := s.Shown(ctx, "")
	if err != nil || len(people) == 0 {
		t.Fatal(len(people), err)
	}
	on := map[recount.Key]int{} // people on a page
	for _, p := range people {
		on[p.Sources[0].Article]++
	}
	alone := slices.DeleteFunc(slices.Clone(people), func(p Shown) bool { return on[p.Sources[0].Article] > 1 })
	who := alone[len(alone)/2]
	keysOfMany(t, s, n, who.ID)
	began, used := time.Now(), parallel.Used()
	out, err := s.Remove(ctx, Removal{Person: who.ID, Reason: "on request", Save: true, Unlooked: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("1 of %d people on %d pages removed in %v, %v of CPU time", len(people), n, time.Since(began).Round(time.Millisecond), (parallel.Used() - used).Round(time.Millisecond))
	if out.Keys != 1 {
		t.Errorf("%d keys were destroyed, want 1", out.Keys)
	}
	for _, l := range out.Left {
		t.Log("left:", l)
	}
	if got := standing(t, s.Dir, []string{strings.ToLower(who.Name())}); len(got) > 0 {
		t.Errorf("the name is left: %v", got)
	}
	after, err := s.Shown(ctx, "")
	if err != nil || len(after) != len(people)-1 {
		t.Errorf("%d people are left of %d: %v", len(after), len(people), err)
	}
}

// TestFilesOfOthersStay takes away what recount left in the folder, says so before, and
// leaves what somebody else put there, however it is called.
func TestFilesOfOthersStay(t *testing.T) {
	words := canaries()
	s, id := studyOfCanaries(t, words)
	ours := []string{"study.db.version-7", "derived.db.partial", "study.yaml.old", "report.md.old", ".edition.partial", ".edition.old", ".table.csv.recount-part"}
	theirs := []string{"interview.old", "photo.part", "notes.partial", "codebook.old", "study.yaml.bak", "old", "a.study.db.version", "x.recount-part", "report.md.old.txt", "partial"}
	for _, name := range slices.Concat(ours, theirs) {
		if err := os.WriteFile(filepath.Join(s.Dir, name), []byte("nothing of anybody\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, save := range []bool{false, true} {
		out, err := s.Remove(t.Context(), Removal{Person: id, Save: save})
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range ours {
			if !slices.Contains(out.Produced, name) {
				t.Errorf("save %t: nothing is said of %s: %q", save, name, out.Produced)
			}
			if _, err := os.Stat(filepath.Join(s.Dir, name)); (err == nil) == save {
				t.Errorf("save %t: %s: %v", save, name, err)
			}
		}
		for _, name := range theirs {
			if _, err := os.Stat(filepath.Join(s.Dir, name)); err != nil || slices.Contains(out.Produced, name) {
				t.Errorf("save %t: %s went: %v", save, name, err)
			}
		}
	}
}

// TestRemovalAfterAFileIsCutBack says what to do if a study file names the person as it is
// in use, and in the folder no more.
func TestRemovalAfterAFileIsCutBack(t *testing.T) {
	words := canaries()
	s, id := studyOfCanaries(t, words)
	people, err := s.Shown(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	for _, p := range people {
		if p.ID == id {
			name = p.Name()
		}
	}
	path := filepath.Join(s.Dir, "report.md")
	short, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(short) + "\n" + name + " is fine.\n", string(short)} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Report(t.Context(), Edition{}); err != nil && text != string(short) {
			t.Fatal(err)
		}
	}
	_, err = s.Remove(t.Context(), Removal{Person: id, Save: true})
	if !errors.Is(err, recount.ErrConflict) || !strings.Contains(recount.HintOf(err), "recount decisions use report.md") {
		t.Fatalf("it says %v (%s)", err, recount.HintOf(err))
	}
	dir, o := s.Dir, s.opts
	s.Close()
	if _, err := Use(t.Context(), dir, "report.md", o); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Remove(t.Context(), Removal{Person: id, Save: true}); err != nil {
		t.Errorf("after it is in use: %v (%s)", err, recount.HintOf(err))
	}
}

// Words that the person said stand in the files of a study as examples; they are
// found whatever their case, marks and line ends, and words that a page which stays
// says too are not the person's alone.
func TestWordsOfARemovedPersonInStudyFiles(t *testing.T) {
	words := canaries()
	s, id := studyOfCanaries(t, words)
	ctx := t.Context()
	code := func(example string) string {
		return "title: Codes\nversion: 1\ncodes:\n  - code: left\n    short: Somebody left.\n    example: " + example + "\n"
	}
	for _, c := range []struct {
		name, file, text, say string // "" says nothing
	}{
		{"as it was said", codebookFile, code(`"tickets for eleven years, and I left"`), "codebook.yaml, line 6, names the person or the words"},
		{"in large letters", codebookFile, code(`TICKETS FOR ELEVEN YEARS` + ` AND I LEFT`), "codebook.yaml, line 6,"},
		{"without its marks", codebookFile, code(`tickets for eleven years and I left`), "codebook.yaml, line 6,"},
		{"inside other words", codebookFile, code(`somebody sold tickets for eleven years, and I left it at that`), "codebook.yaml, line 6,"},
		{"over the end of a line", codebookFile, code(">\n      tickets for eleven\n      years, and I left"), "codebook.yaml, line 8,"},
		{"with typographic marks", codebookFile, code(`“tickets for eleven years – and I left …”`), "codebook.yaml, line 6,"},
		{"in the report", reportFile, "---\nresults:\n  people:\n    count: all\n---\n\n{{people}} spoke. One had sold tickets for eleven years.\n\nShe said: tickets for eleven years, and I left.\n", "report.md, line 9,"},
		{"too few words to be hers", codebookFile, code(`eleven years`), ""},
		{"the same thought in other words", codebookFile, code(`after ten years at the counter she went`), ""},
		{"words that a page that stays says too", codebookFile, code(`sound of the bell for two winters`), ""},
		{"nothing of hers", codebookFile, code(`the speaker says that he or she left`), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(s.Dir, c.file)
			before, err := os.ReadFile(path)
			if err == nil {
				defer os.WriteFile(path, before, 0o600)
			} else {
				defer os.Remove(path)
			}
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := s.Remove(ctx, Removal{Person: id})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, l := range out.Left {
				if strings.HasPrefix(l, c.file) {
					got = l
				}
			}
			if c.say == "" && got != "" || !strings.HasPrefix(got, c.say) {
				t.Errorf("it says %q, want %q", got, c.say)
			}
		})
	}
	if _, err := s.Decide(ctx, By{}, casebook.Draft{Answer: recount.MemoBody{On: recount.Topic{}, Text: "why: tickets for eleven years, and I left"}}); err != nil {
		t.Fatal(err)
	}
	out, err := s.Remove(ctx, Removal{Person: id})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(out.Left, func(l string) bool { return strings.Contains(l, "holds words that the person said") }) {
		t.Errorf("a memo in the person's words is not named: %q", out.Left)
	}
}
