package study

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/coding"
	"recount/internal/disk"
	"recount/internal/lang"
	"recount/internal/pattern"
)

// A Learner suggests codes from the codings of one person.
type Learner = coding.Learner

// NewLearner starts from a codebook alone.
func NewLearner(book recount.Codebook) *Learner { return coding.NewLearner(book) }

// Explaining tells which words of a text in a language ("" if it is not known)
// say something where they stand by themselves.
func Explaining(language, text string) func(word string) bool {
	return lang.For(cmp.Or(language, lang.Guess(text))).Explains
}

// A CodeEdit is one change of the codebook, and a CodeOp what it does.
type (
	CodeEdit = coding.Edit
	CodeOp   = coding.EditOp
)

// A CodeChange is what a change of the codebook does.
type CodeChange struct {
	Code      string                 // that was changed, as it is called now
	Became    []recount.CodebookBody // codes whose codings go elsewhere, or are to be looked at again
	Codings   int                    // statements and passages that go with them
	Review    int                    // of them that are to be looked at again
	Mentions  int                    // filters of report.md that name a code that is called otherwise now
	Version   int                    // of the codebook afterwards
	Rewritten bool                   // codebook.yaml is written anew, without its comments
	Before    string                 // codebook.yaml
	After     string

	report []byte // report.md with the new names, nil if it stays
}

// TryCodes says what a change of the codebook would do. Nothing is saved.
func (s *Study) TryCodes(ctx context.Context, e coding.Edit) (*CodeChange, error) {
	book, err := s.casebook(ctx, needs{codebook: true})
	if err != nil {
		return nil, err
	}
	return s.tryCodes(book, e)
}

func (s *Study) tryCodes(book *casebook.Casebook, e coding.Edit) (*CodeChange, error) {
	data, err := os.ReadFile(filepath.Join(s.Dir, codebookFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	x := &CodeChange{Before: string(data), Version: s.codes.Version}
	if len(strings.TrimSpace(x.Before)) == 0 {
		data = []byte("# The codes of this study; recount help codebook.yaml explains every field.\nversion: 1\nmulti_label: true\ncodes: []\n")
	}
	if x.Version == 0 || s.codedBy(book, x.Version) {
		x.Version++
	}
	done, err := coding.EditCodebook(data, e, x.Version)
	if err != nil {
		return nil, err
	}
	x.Became, x.Rewritten, x.After = done.Became, done.Rewritten, string(done.Text)
	x.Code = strings.TrimSpace(e.Code)
	given := book.Coded()
	now := map[string]string{}
	for _, b := range x.Became {
		x.Codings += len(given[b.Code])
		switch {
		case b.Op == recount.SplitCode:
			x.Review += len(given[b.Code])
		default:
			now[b.Code] = b.To[0]
		}
		if b.Code == x.Code && b.Op != recount.SplitCode {
			x.Code = b.To[0]
		}
	}
	// A name that meant something else would give old codings a new meaning.
	for _, c := range done.Book.Codes {
		if to := book.Recoded(c.Code); to != c.Code && !slices.ContainsFunc(s.codes.Codes, func(k recount.Code) bool { return k.Code == c.Code }) {
			return nil, recount.WithHint(fmt.Errorf("codebook.yaml: %w: a code named %q was there before and has become %q", recount.ErrConflict, c.Code, to),
				"take another name, or take that change back in History")
		}
	}
	if report, err := os.ReadFile(filepath.Join(s.Dir, reportFile)); err == nil {
		if text, n := renamedIn(string(report), now); n > 0 {
			x.Mentions, x.report = n, []byte(text)
		}
	}
	return x, nil
}

// codedBy reports whether answers that hold were given with a version of the
// codebook.
func (s *Study) codedBy(book *casebook.Casebook, version int) bool {
	with := s.codebooks(book)
	return slices.ContainsFunc(codings(book), func(d casebook.Placed) bool {
		c := with(casebook.CodebookOf(d.Answer))
		return c != nil && c.Version == version
	})
}

// codings lists the answers that give a code and hold.
func codings(book *casebook.Casebook) []casebook.Placed {
	ds := append(book.Holding(recount.KindCode), book.Holding(recount.KindPassage)...)
	return slices.DeleteFunc(ds, func(d casebook.Placed) bool { return d.Answer.Says() != recount.Yes })
}

// codebooks returns the codebooks that were in use, by the decision that
// logged them; nil for one that cannot be read.
func (s *Study) codebooks(book *casebook.Casebook) func(id string) *recount.Codebook {
	known := map[string]*recount.Codebook{}
	return func(id string) *recount.Codebook {
		if c, ok := known[id]; ok {
			return c
		}
		known[id] = nil
		d := book.Log().Find(id)
		if d == nil || d.Kind != recount.KindFile || d.Erasable == nil {
			return nil
		}
		if a, err := d.Decode(); err == nil {
			if c, err := coding.ParseCodebook([]byte(a.(recount.FileBody).Content)); err == nil {
				known[id] = &c
			}
		}
		return known[id]
	}
}

var inReport = pattern.New(`(has\(\s*)(["'])([^"']+)(["']\s*\))|(["'])([^"']+)(["'])(\s+in\s+codes\b)`)

// renamedIn gives codes that filters name their new names.
func renamedIn(report string, now map[string]string) (string, int) {
	n := 0
	out := inReport.ReplaceAllStringFunc(report, func(found string) string {
		m := inReport.FindStringSubmatch(found)
		code := m[3] + m[6]
		to := now[code]
		if to == "" {
			return found
		}
		n++
		return m[1] + m[2] + m[5] + to + m[4] + m[7] + m[8]
	})
	return out, n
}

// ChangeCodes changes the codebook: the file, what becomes of its codings, and
// the filters of report.md that name its codes, as one decision that is undone
// as one. No coding is lost.
func (s *Study) ChangeCodes(ctx context.Context, by By, e coding.Edit, reason string) (x *CodeChange, saved []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		book, err := s.casebook(ctx, needs{codebook: true})
		if err != nil {
			return err
		}
		if x, err = s.tryCodes(book, e); err != nil {
			return err
		}
		if by.Group == "" {
			if by.Group, err = s.NewGroup(); err != nil {
				return err
			}
		}
		if by.Actor == "" {
			by.Actor = s.opts.Actor
		}
		// Files first: one that stands without its answers says so in the list of
		// codes; answers without it would name codes that are not there.
		for _, f := range []struct {
			name string
			text []byte
		}{{codebookFile, []byte(x.After)}, {reportFile, x.report}} {
			if f.text == nil {
				continue
			}
			d, err := s.useFile(f.name, f.text, by, reason)
			if err != nil {
				return err
			}
			saved = append(saved, d)
		}
		if err := book.Save(ctx, saved...); err != nil {
			return err
		}
		if book, err = s.casebook(ctx, needs{}); err != nil {
			return err
		}
		if len(x.Became) == 0 {
			return nil
		}
		var drafts []casebook.Draft
		for _, b := range x.Became {
			drafts = append(drafts, casebook.Draft{Answer: b, Reason: reason})
		}
		more, err := book.Decide(ctx, by, s.seal, drafts...)
		saved = append(saved, more...)
		return err
	})
	return x, saved, err
}

// useFile writes a study file and seals the decision that logs it.
func (s *Study) useFile(name string, text []byte, by By, reason string) (recount.Decision, error) {
	d := recount.Draft{Kind: recount.KindFile, Actor: by.Actor, Group: by.Group, Reason: reason, Body: recount.FileBody{Name: name, Hash: recount.HashText(string(text)), Content: string(text)}}
	if _, id := s.book.Log().StudyFile(name); id != "" {
		d.Replaces = s.book.Log().Replaced(id)
	}
	if d.Reason == "" {
		d.Reason = "changed"
	}
	dec, err := s.seal(d)
	if err != nil {
		return dec, err
	}
	return dec, disk.Write(filepath.Join(s.Dir, name), text)
}

// following runs a step that takes decisions back or gives them again, and
// writes the study files that are in use after it.
func (s *Study) following(ctx context.Context, step func() error) error {
	was := map[string]recount.FileBody{}
	for _, name := range StudyFiles {
		was[name], _ = s.book.Log().StudyFile(name)
	}
	if err := step(); err != nil {
		return err
	}
	moved := false
	for _, name := range StudyFiles {
		now, id := s.book.Log().StudyFile(name)
		if id == "" || now.Hash == was[name].Hash {
			continue
		}
		path := filepath.Join(s.Dir, name)
		if data, err := os.ReadFile(path); err != nil || recount.HashText(string(data)) != was[name].Hash {
			continue // it was changed meanwhile, and is logged when it is used
		}
		if err := disk.Write(path, []byte(now.Content)); err != nil {
			return err
		}
		moved = true
	}
	if !moved {
		return nil
	}
	_, err := s.casebook(ctx, needs{})
	return err
}

// A CodebookVersion is a codebook that was in use.
type CodebookVersion struct {
	Decision recount.Decision
	Version  int
	Codes    int
	Codings  int      // answers that hold and were given with it
	Changes  []string // against the one before it, in words
	InUse    bool
}

// CodebookVersions lists the codebooks that were in use, the oldest first.
func (s *Study) CodebookVersions(ctx context.Context) ([]CodebookVersion, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	with := map[string]int{}
	for _, d := range codings(book) {
		with[casebook.CodebookOf(d.Answer)]++
	}
	_, inUse := book.Log().StudyFile(codebookFile)
	parsed := s.codebooks(book)
	var all []*recount.Decision
	for _, d := range book.Log().All() {
		if d.Kind != recount.KindFile || d.Erasable == nil {
			continue
		}
		if a, err := d.Decode(); err == nil && a.(recount.FileBody).Name == codebookFile {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b *recount.Decision) int {
		if slices.Contains(b.Replaces, a.ID) {
			return -1
		}
		if slices.Contains(a.Replaces, b.ID) {
			return 1
		}
		return strings.Compare(a.Time, b.Time)
	})
	var out []CodebookVersion
	var last recount.Codebook
	for _, d := range all {
		v := CodebookVersion{Decision: *d, Codings: with[d.ID], InUse: d.ID == inUse}
		if c := parsed(d.ID); c != nil {
			v.Version, v.Codes, v.Changes = c.Version, len(c.Codes), differ(last, *c)
			last = *c
		}
		out = append(out, v)
	}
	return out, nil
}

// differ says in words what one codebook changes of another.
func differ(was, now recount.Codebook) (out []string) {
	old := map[string]recount.Code{}
	for _, c := range was.Codes {
		old[c.Code] = c
	}
	for _, c := range now.Codes {
		o, known := old[c.Code]
		delete(old, c.Code)
		if !known {
			out = append(out, "new: "+c.Code)
			continue
		}
		var what []string
		for _, p := range []struct{ name, a, b string }{{"brief", o.Short, c.Short}, {"definition", o.Definition, c.Definition}, {"use it when", o.UseWhen, c.UseWhen},
			{"do not use it when", o.DoNotUse, c.DoNotUse}, {"example", o.Example, c.Example}, {"parent", o.Parent, c.Parent}} {
			if p.a != p.b {
				what = append(what, p.name)
			}
		}
		if what != nil {
			out = append(out, c.Code+": "+strings.Join(what, ", "))
		}
	}
	for _, code := range sorted(old) {
		out = append(out, "gone: "+code)
	}
	return out
}

// Review lists the codings that were given when their code meant something
// else: its definition, or when to give it or not, was written otherwise since.
// They hold until somebody answers anew.
func (s *Study) Review(ctx context.Context) (map[string]bool, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	return s.review(book), nil
}

func (s *Study) review(book *casebook.Casebook) map[string]bool {
	meaning := func(c recount.Code) string {
		return strings.Join([]string{c.Definition, c.UseWhen, c.DoNotUse}, "\x00")
	}
	now := map[string]string{}
	for _, c := range s.codes.Codes {
		now[c.Code] = meaning(c)
	}
	merged := map[string]bool{}
	for _, b := range casebook.Settled[recount.CodebookBody](book.View, recount.KindCodebook) {
		merged[b.Code] = b.Op == recount.MergeCode
	}
	with := s.codebooks(book)
	out := map[string]bool{}
	for _, d := range codings(book) {
		code := d.Answer.Subject()
		m, known := now[book.Recoded(code)]
		c := with(casebook.CodebookOf(d.Answer))
		if !known || c == nil || merged[code] {
			continue
		}
		for _, then := range c.Codes {
			if then.Code == code && meaning(then) != m {
				out[d.ID] = true
			}
		}
	}
	return out
}
