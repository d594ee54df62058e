package study

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"time"

	"recount"
	"recount/internal/capture"
	"recount/internal/casebook"
	"recount/internal/coding"
	"recount/internal/disk"
	"recount/internal/report"
	"recount/internal/store"
)

// Options are what a study needs from the world around it.
type Options struct {
	Actor    string           // who decides
	Only     *string          // whose answers alone are seen; nil: everybody's
	Anew     bool             // a file of what is derived that is damaged is deleted, and made again
	Now      func() time.Time // the only clock
	Random   io.Reader        // for study ids and salts
	Progress Progress         // nil: none
	Notice   func(string)     // hears what a person should know of the place of a study, once; nil: nobody
	Log      *slog.Logger     // hears at Debug what each step did, in numbers; nil: nobody
	NoNames  bool             // what is typed about protected people names nobody
	Keys     string           // file of keys of the vault; "" for the one beside the folder of the study
	Child    []string         // command line of a process that runs ServeChild; nil: hostile files are read in this one
}

// Progress hears how far a step is. total is 0 while it is not known.
type Progress func(step string, done, total int)

// A Study is an open study folder.
type Study struct {
	Dir     string
	ID      string
	opts    Options
	store   *store.Store
	archive *capture.Archive
	held    bool // this program has the lock
	looked  bool // whether the pages are derived
	noted   bool // it was looked where the study lies

	accepted string // a study file that is taken into use as it is

	config *Config
	book   *casebook.Casebook // nil until it is needed
	codes  recount.Codebook   // as it is in use

	// The study files as they were last read without a fault, and what was read
	// in them, so that a study that stays open parses only what changed.
	files    map[string][]byte
	parsed   recount.Codebook
	prepared *report.Template

	room    string   // a folder for what is needed while a step runs; "" if there is none
	indexed [2]int64 // what the search index was last brought up to date with
}

const (
	studyFile    = "study.yaml"
	codebookFile = "codebook.yaml"
	reportFile   = "report.md"
	capturesDir  = "captures"
	outDir       = "out"
	spillDir     = ".spill"
	uploadDir    = ".upload" // begins the name of a folder that files come into
	metaID       = "study"
)

// gitignore keeps everything but the three text files and the checkpoints out
// of version control: the rest holds people.
const (
	gitignore      = "*\n!.gitignore\n!study.yaml\n!codebook.yaml\n!report.md\n!checkpoints.txt\n"
	olderGitignore = "*\n!.gitignore\n!study.yaml\n!codebook.yaml\n!report.md\n"
)

// Exists reports whether dir holds a study.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, studyFile))
	return err == nil
}

// Open opens the study in dir.
func Open(ctx context.Context, dir string, o Options) (*Study, error) {
	if !Exists(dir) {
		if _, err := os.Stat(filepath.Join(dir, "study.db")); err == nil {
			return nil, recount.WithHint(fmt.Errorf("%s: %w: the study has lost its study.yaml", dir, recount.ErrNotFound),
				"put back the one that was in use: recount decisions restore study.yaml; or finish `recount init` if that was interrupted")
		}
		return nil, recount.WithHint(fmt.Errorf("%s: %w: no study here", dir, recount.ErrNotFound),
			"make one with `recount init DIR`, or name its folder with --study")
	}
	// A copy of a study that a program left which was killed goes with the next verb.
	_ = disk.Sweep(os.TempDir(), "recount"+recheckDir) // of others, or gone: theirs to take away
	s, err := openFiles(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	if s.ID, err = s.store.Meta(ctx, metaID); err == nil && s.ID == "" {
		err = recount.WithHint(fmt.Errorf("%s: %w: study.db has no study in it", dir, recount.ErrInvalid),
			"restore study.db from a backup, or make a new study beside this one and import an export of the decisions")
	}
	if err == nil {
		err = s.readConfig()
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// DerivedBroken reports whether an error says that the file of what is derived is
// damaged.
func DerivedBroken(err error) bool {
	var broken *store.DerivedError
	return errors.As(err, &broken)
}

// DeleteDerived deletes the file of what is derived in the folder of a study that is
// not open: it can be made again.
func DeleteDerived(dir string) error { return store.DeleteDerived(dir) }

// openFiles opens the files; the caller reads or writes the id.
func openFiles(ctx context.Context, dir string, o Options) (*Study, error) {
	s := &Study{Dir: dir, opts: o, files: map[string][]byte{}}
	if s.opts.Progress == nil {
		s.opts.Progress = func(string, int, int) {}
	}
	if s.opts.Log == nil {
		s.opts.Log = slog.New(slog.DiscardHandler)
	}
	if s.opts.Random == nil {
		s.opts.Random = rand.Reader
	}
	err := inPlace(dir)
	if err != nil {
		return nil, err
	}
	if s.store, err = store.Open(ctx, dir); err != nil {
		if o.Anew && DerivedBroken(err) {
			if err = DeleteDerived(dir); err == nil {
				s.store, err = store.Open(ctx, dir)
			}
		}
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	if s.store.Full() && s.opts.Notice != nil {
		s.opts.Notice("the disk of " + dir + " is full: the study can be read, and nothing can be saved until there is room")
	}
	if s.archive, err = capture.OpenArchive(filepath.Join(dir, capturesDir)); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// inPlace refuses a study in whose folder something else stands where one of its
// files should: a folder, or a pipe, which nobody would ever have read to its end.
func inPlace(dir string) error {
	for _, f := range []struct {
		name   string
		folder bool
		back   string
	}{
		{"study.db", false, restoreStore},
		{"derived.db", false, "recount rebuild makes the file again; nothing in it is lost by that"},
		{studyFile, false, "recount decisions restore " + studyFile},
		{codebookFile, false, "recount decisions restore " + codebookFile},
		{reportFile, false, "recount decisions restore " + reportFile},
		{checkpointsFile, false, "put the file back from a backup"},
		{lockFile, false, "it is made again"},
		{capturesDir, true, "put the folder back from a backup"},
	} {
		info, err := os.Stat(filepath.Join(dir, f.name))
		if err != nil { // who needs the file says so
			continue
		}
		is, want := "", "a file"
		switch m := info.Mode(); {
		case f.folder:
			want = "a folder"
			if !m.IsDir() {
				is = "no folder"
			}
		case m.IsDir():
			is = "a folder"
		case !m.IsRegular():
			is = "a pipe or a device"
		}
		if is != "" {
			return recount.WithHint(fmt.Errorf("%s: %w: it is %s and should be %s", f.name, recount.ErrInvalid, is, want), "move it out of the folder; then: "+f.back)
		}
	}
	return nil
}

// Close releases the study.
func (s *Study) Close() error {
	s.pack(context.Background())
	var errs []error
	if s.archive != nil {
		errs = append(errs, s.archive.Close())
	}
	if s.store != nil {
		if s.ID != "" {
			errs = append(errs, s.keepCheckpoint(context.Background()))
		}
		errs = append(errs, s.store.Close())
	}
	return errors.Join(errs...)
}

// scratch returns a folder for what is needed while a step runs: in the folder
// of the study, or where that cannot be written to, in the one of the system.
func (s *Study) scratch() (string, error) {
	if s.room != "" {
		return s.room, nil
	}
	dir, name := s.Dir, recheckDir
	if s.store.ReadOnly() {
		dir, name = os.TempDir(), "recount"+recheckDir
	}
	var err error
	s.room, err = disk.Scratch(dir, name)
	return s.room, err
}

// Inbox makes a folder for files that come in by other ways than a path. It lies
// in the folder of the study; what a program leaves that is killed goes with the
// next one. The caller removes it.
func (s *Study) Inbox() (string, error) { return disk.Scratch(s.Dir, uploadDir) }

// dropScratch clears it away.
func (s *Study) dropScratch() {
	if s.room != "" {
		os.RemoveAll(s.room)
		s.room = ""
	}
}

// Config returns study.yaml as it is.
func (s *Study) Config() *Config { return s.config }

func (s *Study) readConfig() error {
	data, err := os.ReadFile(filepath.Join(s.Dir, studyFile))
	if err != nil {
		return fmt.Errorf("read study.yaml: %w", err)
	}
	if s.config != nil && bytes.Equal(data, s.files[studyFile]) {
		return nil
	}
	if err := damagedFile(studyFile, data, ""); err != nil {
		return err
	}
	c, err := parseConfig(data)
	if err == nil {
		s.config, s.files[studyFile] = c, data
	}
	return err
}

// codebook reads codebook.yaml; a study without one has an empty codebook.
func (s *Study) codebook() (recount.Codebook, error) {
	data, err := os.ReadFile(filepath.Join(s.Dir, codebookFile))
	if errors.Is(err, fs.ErrNotExist) {
		return recount.Codebook{}, nil
	}
	if err != nil {
		return recount.Codebook{}, err
	}
	if last, ok := s.files[codebookFile]; ok && bytes.Equal(data, last) {
		return s.parsed, nil
	}
	b, err := coding.ParseCodebook(data)
	if err == nil {
		s.parsed, s.files[codebookFile] = b, data
	}
	return b, err
}

// template reads report.md; nil if there is none.
func (s *Study) template() (*report.Template, error) {
	data, err := os.ReadFile(filepath.Join(s.Dir, reportFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if last, ok := s.files[reportFile]; ok && bytes.Equal(data, last) {
		return s.prepared, nil
	}
	t, err := report.ParseTemplate(data)
	if err == nil {
		s.prepared, s.files[reportFile] = t, data
	}
	return t, err
}

// adjudicators reads the names of those who settle disagreements out of the
// study file as it was logged.
func adjudicators(studyYAML string) []string {
	c, err := parseConfig([]byte(studyYAML))
	if err != nil {
		return nil
	}
	return c.Settle
}

// needs say which study files a step cannot do without. A file that is half
// written stops nothing else.
type needs struct {
	codebook, report bool
	unlogged         bool // report.md is only looked at: a version that is not in use is not logged
}

// Casebook returns the study in memory, with what others saved meanwhile and
// with the study files as they are now. It logs those that changed since they
// were last used, so that every count can name the exact questions and codes
// behind it.
func (s *Study) Casebook(ctx context.Context) (*casebook.Casebook, error) {
	return s.casebook(ctx, needs{})
}

func (s *Study) casebook(ctx context.Context, n needs) (*casebook.Casebook, error) {
	if err := s.readConfig(); err != nil {
		return nil, err
	}
	if err := s.isDerived(ctx); err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if err := s.logFiles(ctx, n); err != nil {
		return nil, err
	}
	return s.book, s.book.Configure(ctx, s.settings())
}

// isDerived refuses a study whose pages were extracted, and of which nothing is
// derived, as when derived.db was deleted or left out of a copy: without its
// speakers and suggestions numbers would look settled that are open. Where only
// some pages are behind it says so.
func (s *Study) isDerived(ctx context.Context) error {
	if s.looked {
		return nil
	}
	if s.opts.Notice != nil {
		unread, err := s.unread(ctx)
		if err != nil {
			return err
		}
		if n := len(unread); n == 1 {
			s.opts.Notice("1 archived page was not read yet, and no number holds what is on it; `recount extract` reads it")
		} else if n > 1 {
			s.opts.Notice(fmt.Sprintf("%d archived pages were not read yet, and no number holds what is on them; `recount extract` reads them", n))
		}
	}
	stage := deriving{Store: s.store}
	state, err := stage.State(ctx)
	if errors.Is(err, recount.ErrTampered) {
		err = nil // recheck says so, and what to do
	}
	if err != nil || state != derivedBehind {
		s.looked = err == nil
		return err
	}
	for _, name := range []string{"derived", "pages"} {
		stamp, err := s.store.Stamp(ctx, name)
		if err != nil {
			return err
		}
		if stamp != "" {
			if s.looked = true; s.opts.Notice != nil {
				s.opts.Notice("some pages were not read and compared yet, so that numbers miss what is open about them; `recount extract` goes on")
			}
			return nil
		}
	}
	return recount.WithHint(fmt.Errorf("%w: the speakers and suggestions of this study are missing (derived.db): numbers would look settled that are open", recount.ErrNotFound),
		"`recount extract` makes them again, or goes on where a run was stopped; nothing of the pages and the decisions is lost")
}

// unread lists the captures that came in and that no step has made an article of,
// or refused.
func (s *Study) unread(ctx context.Context) ([]recount.Capture, error) {
	all, err := s.store.NeverExtracted(ctx)
	return slices.DeleteFunc(all, func(c recount.Capture) bool { return !intakeReadable(c) }), err
}

// loaded returns the study in memory as it was logged: nothing is written.
func (s *Study) loaded(ctx context.Context) (*casebook.Casebook, error) {
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	return s.book, nil
}

// open loads the study, or takes in what others saved meanwhile.
func (s *Study) open(ctx context.Context) error {
	began := time.Now()
	if s.book != nil {
		_, err := s.book.Refresh(ctx)
		s.did("casebook refreshed", began)
		return err
	}
	if codes, err := s.codebook(); err == nil {
		s.codes = codes
	}
	var err error
	s.book, err = casebook.Open(ctx, s.store, s.settings())
	s.did("casebook opened", began)
	return err
}

// did logs a step that is done, with what it did in numbers. Names, quotations
// and addresses do not go here.
func (s *Study) did(step string, began time.Time, numbers ...any) {
	s.opts.Log.Debug(step, append(numbers, "took", time.Since(began).Round(time.Millisecond))...)
}

// settings are what the study files say to the casebook.
func (s *Study) settings() casebook.Settings {
	x := casebook.Settings{Study: s.ID, Adjudicators: adjudicators, Only: s.opts.Only, Variables: map[string][]string{}}
	if s.config != nil {
		x.Link = recount.Milli(10 * s.config.Rules.Link)
		for _, c := range s.config.Scope {
			x.Criteria = append(x.Criteria, c.Name)
		}
		for _, v := range s.config.Variables {
			x.Names, x.Variables[v.Name] = append(x.Names, v.Name), v.Values
		}
	}
	for _, c := range s.codes.Codes {
		x.Codes = append(x.Codes, c.Code)
	}
	x.OneCode = len(x.Codes) > 0 && !s.codes.MultiLabel
	return x
}

// logFiles logs the study files that changed since they were last used. Each
// is checked before it is logged; one that cannot be read and is not needed is
// left alone, and what was logged last goes on being used.
func (s *Study) logFiles(ctx context.Context, n needs) error {
	was := s.codes
	damaged := map[string]error{}
	for _, name := range StudyFiles {
		data, err := os.ReadFile(filepath.Join(s.Dir, name))
		if err != nil || name == s.accepted {
			continue // what is missing is said where it is needed
		}
		if old, id := s.book.Log().StudyFile(name); id != "" {
			err := damagedFile(name, data, old.Content)
			if name == codebookFile && errors.Is(err, recount.ErrConflict) && !s.coded() {
				err = nil // nothing was coded by the one before
			}
			if name == studyFile && errors.Is(err, recount.ErrConflict) && !s.answered() {
				err = nil // nobody answered what the one before asked
			}
			damaged[name] = err
		}
	}
	if err := damaged[studyFile]; err != nil {
		return err
	}
	codes, err := s.codebook()
	if damaged[codebookFile] != nil {
		err = damaged[codebookFile]
	}
	if err == nil {
		s.codes = codes
	} else if n.codebook {
		return err
	} else if err := s.useLoggedCodebook(); err != nil {
		return err
	}
	if !reflect.DeepEqual(was, s.codes) {
		s.book.Forget()
	}
	_, reportErr := s.template()
	if damaged[reportFile] != nil {
		reportErr = damaged[reportFile]
	}
	if reportErr != nil && n.report {
		return reportErr
	}
	for _, name := range []string{studyFile, codebookFile, reportFile} {
		if name == reportFile && (reportErr != nil || n.unlogged) {
			continue
		}
		data, err := os.ReadFile(filepath.Join(s.Dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if damaged[name] != nil {
			continue
		}
		if last, ok := s.files[codebookFile]; name == codebookFile && (!ok || !bytes.Equal(data, last)) {
			if _, err := coding.ParseCodebook(data); err != nil {
				continue
			}
		}
		old, id := s.book.Log().StudyFile(name)
		hash := recount.HashText(string(data))
		if id != "" && old.Hash == hash {
			continue
		}
		d := recount.Draft{Kind: recount.KindFile, Reason: "came into use", Body: recount.FileBody{Name: name, Hash: hash, Content: string(data)}}
		if id != "" {
			d.Replaces, d.Reason = s.book.Log().Replaced(id), "changed"
		}
		if s.store.ReadOnly() {
			continue // recheck says that it is not the one in use
		}
		if s.opts.Actor == "" {
			continue // nobody is signed in: it waits for somebody
		}
		// Another program may have logged it meanwhile.
		err = s.change(ctx, func() error {
			if err := s.open(ctx); err != nil {
				return err
			}
			if now, id := s.book.Log().StudyFile(name); id != "" && now.Hash == hash {
				return nil
			}
			_, err := s.decide(ctx, d)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// coded reports whether a code of the codebook was ever given and holds.
func (s *Study) coded() bool {
	l := s.book.Log()
	return slices.ContainsFunc(l.All(), func(d *recount.Decision) bool {
		return (d.Kind == recount.KindCode || d.Kind == recount.KindPassage) && l.Live(d.ID)
	})
}

// answered reports whether anybody answered what study.yaml asks: who counts, by
// which criterion, with which values.
func (s *Study) answered() bool {
	l := s.book.Log()
	return slices.ContainsFunc(l.All(), func(d *recount.Decision) bool {
		return (d.Kind == recount.KindScope || d.Kind == recount.KindCriterion || d.Kind == recount.KindValue) && l.Live(d.ID)
	})
}

// useLoggedCodebook goes on with the codebook that was last in use.
func (s *Study) useLoggedCodebook() (err error) {
	s.codes = recount.Codebook{}
	if b, id := s.book.Log().StudyFile(codebookFile); id != "" {
		s.codes, err = coding.ParseCodebook([]byte(b.Content))
	}
	return err
}

// seal fills in what a draft lacks and makes a decision of this study of it.
func (s *Study) seal(d recount.Draft) (recount.Decision, error) {
	if a, ok := d.Body.(recount.Answer); ok {
		if err := recount.CheckMade(a); err != nil { // no import would take it
			return recount.Decision{}, fmt.Errorf("decide %s: %w", d.Kind, err)
		}
	}
	var salt [16]byte
	if _, err := io.ReadFull(s.opts.Random, salt[:]); err != nil {
		return recount.Decision{}, fmt.Errorf("salt: %w", err)
	}
	d.Salt = hex.EncodeToString(salt[:])
	d.Study, d.Time = s.ID, s.opts.Now()
	if d.Actor == "" {
		d.Actor = s.opts.Actor
	}
	return recount.Seal(d)
}

// decide seals a draft whose links to other decisions are known, and saves it.
func (s *Study) decide(ctx context.Context, d recount.Draft) (recount.Decision, error) {
	dec, err := s.seal(d)
	if err == nil {
		err = s.book.Save(ctx, dec)
	}
	return dec, err
}

// By says who decides.
type By = casebook.By

// Decide makes decisions of drafts, as one transaction: all are saved, or none.
// The actor is the one of the options unless by names another.
func (s *Study) Decide(ctx context.Context, by By, drafts ...casebook.Draft) ([]recount.Decision, error) {
	var out []recount.Decision
	err := s.change(ctx, func() (err error) {
		out, err = s.decideAll(ctx, by, drafts)
		return err
	})
	return out, err
}

func (s *Study) decideAll(ctx context.Context, by By, drafts []casebook.Draft) ([]recount.Decision, error) {
	book, err := s.casebook(ctx, needs{codebook: aboutCodes(drafts)})
	if err != nil {
		return nil, err
	}
	by.Actor, by.NoNames = cmp.Or(by.Actor, s.opts.Actor), by.NoNames || s.opts.NoNames
	begun, err := s.store.Meta(ctx, metaKeys)
	if err != nil {
		return nil, err
	}
	by.Vault = begun != ""
	_, codebook := book.Log().StudyFile(codebookFile)
	for i := range drafts {
		switch b := drafts[i].Answer.(type) {
		case recount.CodeBody:
			b.Codebook = cmp.Or(b.Codebook, codebook)
			drafts[i].Answer = b
		case recount.PassageBody:
			b.Codebook = cmp.Or(b.Codebook, codebook)
			drafts[i].Answer = b
		}
	}
	return book.Decide(ctx, by, s.seal, drafts...)
}

// NewGroup returns a name for answers that are given together.
func (s *Study) NewGroup() (string, error) {
	var b [6]byte
	if _, err := io.ReadFull(s.opts.Random, b[:]); err != nil {
		return "", fmt.Errorf("group: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

func aboutCodes(drafts []casebook.Draft) bool {
	return slices.ContainsFunc(drafts, func(d casebook.Draft) bool {
		k := d.Answer.Kind()
		return k == recount.KindCode || k == recount.KindPassage
	})
}
