package study

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/store"
)

// A Removed says what a removal takes out, and what is left to do elsewhere.
type Removed struct {
	Pages, Captures, Decisions int
	Others                     []string // ids of other people who speak on these pages
	Produced                   []string // what was made of the study and went
	Recall                     []string // what left the study before
	Left                       []string // where something of the person still stands
}

// A removal is one under way.
type removal struct {
	*Study
	out       Removed
	book      *casebook.Casebook
	articles  []recount.Key // of every version
	captures  []recount.Capture
	pages     map[string]bool // names of the pages
	words     []string        // that must not be left anywhere
	names     []string        // that must not be left where nobody else has them
	parts     []string        // of names, in small letters: a search for one was for the person
	decisions []string
	files     []string // study files in use that hold words
}

// Remove takes a person out of everything: the pages on which the person speaks,
// with all that was decided about them, what was derived and produced. Without
// save it says what would go. That something was removed, by whom and why, stays
// in the log; of whom does not.
func (s *Study) Remove(ctx context.Context, digits, reason string, save bool) (*Removed, error) {
	var r *removal
	err := s.change(ctx, func() (err error) {
		if r, err = s.removal(ctx, digits); err != nil || !save {
			return err
		}
		if held := r.holds(reason); held {
			return recount.WithHint(fmt.Errorf("remove: %w: the reason says who it is, and it stays in the log", recount.ErrInvalid), "give a reason without names, or none")
		}
		return r.do(ctx, reason)
	})
	if err != nil {
		return nil, err
	}
	return &r.out, nil
}

// removal finds what belongs to a person.
func (s *Study) removal(ctx context.Context, digits string) (*removal, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	keys, err := s.speakersOf(ctx, digits)
	if err != nil {
		return nil, err
	}
	r := &removal{Study: s, book: book, pages: map[string]bool{}}
	originals, own := map[recount.Key]bool{}, map[recount.Key]bool{}
	for _, c := range everyCase(book) {
		for _, m := range c.Members {
			if keys[m.Key] {
				originals[m.Original], own[m.Article] = true, true
				r.called(&m)
			}
		}
	}
	if len(own) == 0 {
		return nil, recount.WithHint(fmt.Errorf("person %s: %w: nobody who counts or may count", digits, recount.ErrNotFound), "`recount people` lists the people")
	}
	captures, err := s.store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	gone := map[recount.Key]bool{}
	at := map[recount.Key]bool{}
	for _, p := range book.Pages() {
		// A reprint has the same words.
		if !own[p.Key] && (p.Original.Key == "" || !originals[p.Original.Key]) {
			continue
		}
		r.out.Pages++
		at[p.Key] = true
		r.page(&p.Article)
		gone[p.Capture] = true
		r.articles = append(r.articles, p.Key)
		for _, h := range p.Older {
			r.articles = append(r.articles, h.Key)
			gone[h.Capture] = true
			r.page(&h.Article)
		}
		a, err := book.Article(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		r.said(ctx, a)
	}
	slices.Sort(r.articles)
	r.articles = slices.Compact(r.articles)
	for _, c := range captures {
		// What was typed in or supplied beside a page goes with it.
		if gone[c.Key] || c.Origin.Hand != nil && slices.ContainsFunc(captures, func(o recount.Capture) bool { return gone[o.Key] && o.Hash == c.Origin.Hand.Of }) {
			r.captures = append(r.captures, c)
			r.word(bare(c.Name), c.Hash)
			r.pages[c.Name] = true
		}
	}
	r.out.Captures = len(r.captures)
	for _, c := range everyCase(book) {
		if slices.ContainsFunc(c.Members, func(m recount.Member) bool { return at[m.Article] && !keys[m.Key] }) {
			r.out.Others = append(r.out.Others, short(c.ID))
		}
	}
	if err := r.decided(ctx); err != nil {
		return nil, err
	}
	for _, b := range (&publicEdition{book: book}).published() {
		r.out.Recall = append(r.out.Recall, fmt.Sprintf("public edition %d (manifest %s)", b.Edition, short(b.Manifest)))
	}
	produced, err := r.produced()
	if err != nil {
		return nil, err
	}
	for _, name := range produced {
		r.out.Produced = append(r.out.Produced, outDir+"/"+name)
	}
	return r, nil
}

// called notes what the person is called.
func (r *removal) called(m *recount.Member) {
	if m.Speaker.Kind != recount.Anonymous && !m.Nameless() && len([]rune(m.Speaker.Name)) >= shortestPart {
		r.names = append(r.names, m.Speaker.Name)
		for _, w := range strings.Fields(strings.ToLower(m.Speaker.Name)) {
			if len([]rune(w)) >= shortestPart {
				r.parts = append(r.parts, w)
			}
		}
	}
}

// word notes words that must not be left.
func (r *removal) word(words ...string) {
	for _, w := range words {
		if w = strings.TrimSpace(w); len(w) >= 8 && !slices.Contains(r.words, w) {
			r.words = append(r.words, w)
		}
	}
}

func (r *removal) page(a *recount.Article) {
	r.pages[a.Page()], r.pages[a.Name] = true, true
	if a.URL != "" {
		r.pages[a.URL] = true
	}
	r.word(bare(a.URL), bare(a.Name), a.Title)
}

// said notes the sentences of a page.
func (r *removal) said(_ context.Context, a *recount.Article) {
	for line := range strings.SplitSeq(a.Text, "\n") {
		if len(strings.Fields(line)) >= runs {
			r.word(line)
		}
	}
}

// holds reports whether a text holds anything of the person.
func (r *removal) holds(text string) bool {
	in := func(w string) bool { return strings.Contains(text, w) || strings.Contains(text, escaped(w)) }
	return slices.ContainsFunc(r.words, in) || slices.ContainsFunc(r.names, in)
}

// searched reports whether a search was for the person.
func (r *removal) searched(asked string) bool {
	small := strings.ToLower(asked)
	return r.holds(asked) || slices.ContainsFunc(r.parts, func(w string) bool { return strings.Contains(small, w) })
}

// escaped is a text as JSON writes it, without the quotation marks.
func escaped(s string) string {
	b, err := json.Marshal(s)
	if err != nil || len(b) < 2 {
		return s
	}
	return string(b[1 : len(b)-1])
}

// decided finds the decisions that speak of the person or of these pages.
func (r *removal) decided(ctx context.Context) error {
	all, err := r.store.Decisions(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		d := &all[i]
		if d.Erasable == nil {
			continue
		}
		a, err := d.Decode()
		about := err == nil && slices.ContainsFunc(pagesOf(a), func(p string) bool { return r.pages[p] })
		if !about && !r.holds(string(d.Erasable.Body)) && !r.holds(d.Erasable.Reason) {
			continue
		}
		if b, ok := a.(recount.FileBody); ok {
			if _, id := r.book.Log().StudyFile(b.Name); id == d.ID {
				r.files = append(r.files, b.Name)
				r.out.Left = append(r.out.Left, b.Name+" names the person or the words; take them out and run this again")
				continue
			}
		}
		r.decisions = append(r.decisions, d.ID)
	}
	slices.Sort(r.decisions)
	r.out.Decisions = len(r.decisions)
	return nil
}

// do takes everything out. What is erased is decided and logged before its bytes
// go, so that a crash in between is seen; run again, it goes on.
func (r *removal) do(ctx context.Context, reason string) error {
	if len(r.files) > 0 {
		return recount.WithHint(fmt.Errorf("remove: %w: %s names the person or the words", recount.ErrConflict, strings.Join(r.files, ", ")), "take them out of the file, run `recount count` once so that it comes into use, and run this again")
	}
	group, err := r.NewGroup()
	if err != nil {
		return err
	}
	drafts := []recount.Draft{{Kind: recount.KindRemove, Group: group, Reason: reason, Body: recount.RemoveBody{What: "person", ID: group}}}
	for _, id := range r.decisions {
		drafts = append(drafts, recount.Draft{Kind: recount.KindRemove, Group: group, Base: []string{id}, Body: recount.RemoveBody{What: "decision", ID: id}})
	}
	var keys []recount.Key
	for _, c := range r.captures {
		keys = append(keys, c.Key)
		drafts = append(drafts, recount.Draft{Kind: recount.KindRemove, Group: group, Body: recount.RemoveBody{What: "capture", ID: string(c.Key)}})
	}
	var sealed []recount.Decision
	for _, d := range drafts {
		x, err := r.seal(d)
		if err != nil {
			return err
		}
		sealed = append(sealed, x)
	}
	if err := r.book.Save(ctx, sealed...); err != nil {
		return err
	}
	if err := r.store.EraseDecisions(ctx, r.decisions); err != nil {
		return err
	}
	if err := r.store.EraseTexts(ctx, r.articles); err != nil {
		return err
	}
	if err := r.store.EraseSearches(ctx, r.searched); err != nil {
		return err
	}
	var names []string
	for name := range r.pages {
		names = append(names, name)
	}
	slices.Sort(names)
	if err := r.store.ForgetRefusals(ctx, names); err != nil {
		return err
	}
	for _, c := range r.captures {
		if err := r.archive.Erase(c.Record, store.ErasedName(c.Key), store.ErasedHash, "a person was taken out"); err != nil {
			return err
		}
	}
	if err := r.store.EraseCaptures(ctx, keys); err != nil {
		return err
	}
	if err := r.clean(); err != nil {
		return err
	}
	r.Study.book = nil // what is loaded is of before
	out := &Extracted{}
	if err := r.derive(ctx, out); err != nil {
		return err
	}
	if err := r.reportIngest(ctx, out); err != nil {
		return err
	}
	if len(r.out.Produced) > 0 {
		if _, err := r.produce(ctx, Edition{}); err != nil {
			r.out.Left = append(r.out.Left, "the report could not be produced again: "+err.Error())
		}
	}
	return r.sweep(ctx)
}

// clean removes what was made of the study, drafts and copies of older versions.
func (r *removal) clean() error {
	for _, name := range []string{outDir, spillDir, recheckDir} {
		if err := os.RemoveAll(filepath.Join(r.Dir, name)); err != nil {
			return err
		}
	}
	for _, pattern := range []string{"study.db.version-*", "*.old", "*.part", "*.partial"} {
		found, err := filepath.Glob(filepath.Join(r.Dir, pattern))
		if err != nil {
			return err
		}
		for _, path := range found {
			if err := os.RemoveAll(path); err != nil {
				return err
			}
			r.out.Produced = append(r.out.Produced, filepath.Base(path))
		}
	}
	return nil
}

// sweep looks through every file of the folder for what must not be left, and at
// the texts that are left for the name.
func (r *removal) sweep(ctx context.Context) error {
	others := false
	if err := r.open(ctx); err != nil {
		return err
	}
	for _, p := range r.Study.book.Pages() {
		a, err := r.Study.book.Article(ctx, p.Key)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(r.names, func(n string) bool { return strings.Contains(a.Text, n) || strings.Contains(a.Title, n) }) {
			others = true
			r.out.Left = append(r.out.Left, "the page "+a.Page()+" holds the same name; if it is the person's, count the speaker there and take him or her out")
		}
	}
	captures, err := r.store.Captures(ctx)
	if err != nil {
		return err
	}
	if n := len(slices.DeleteFunc(captures, func(c recount.Capture) bool { return c.Search == "" || !r.searched(c.Search) })); n > 0 {
		r.out.Left = append(r.out.Left, fmt.Sprintf("the search that found %d other pages may name the person; it stands in their records", n))
	}
	words := slices.Clone(r.words)
	if !others {
		words = append(words, r.names...)
	}
	return filepath.WalkDir(r.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		held := [][]byte{b, []byte(filepath.Base(path))}
		if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			if inner, err := io.ReadAll(io.LimitReader(z, 1<<30)); err == nil {
				held = append(held, inner)
			}
		}
		for _, b := range held {
			if slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(b, []byte(w)) }) {
				rel, _ := filepath.Rel(r.Dir, path)
				r.out.Left = append(r.out.Left, filepath.ToSlash(rel)+" still holds words of the pages that went")
				return nil
			}
		}
		return nil
	})
}
