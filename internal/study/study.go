package study

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"recount"
	"recount/internal/capture"
	"recount/internal/coding"
	"recount/internal/report"
	"recount/internal/store"
	"recount/internal/study/config"
	"recount/internal/study/desk"
	"recount/internal/study/state"
)

// Options are what a study needs from the world around it.
type Options struct {
	Actor    string           // who decides
	Now      func() time.Time // the only clock
	Random   io.Reader        // for study ids and salts
	Progress Progress         // nil: none
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
	lock    *os.File

	config *config.Config
	log    *recount.Log // nil until it is needed; dropped when decisions arrive
}

const (
	studyFile    = "study.yaml"
	codebookFile = "codebook.yaml"
	reportFile   = "report.md"
	capturesDir  = "captures"
	outDir       = "out"
	metaID       = "study"
)

// gitignore keeps everything but the three text files out of version control:
// the rest holds people.
const gitignore = "*\n!.gitignore\n!study.yaml\n!codebook.yaml\n!report.md\n"

// Exists reports whether dir holds a study.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, studyFile))
	return err == nil
}

// Open opens the study in dir.
func Open(ctx context.Context, dir string, o Options) (*Study, error) {
	if !Exists(dir) {
		return nil, recount.WithHint(fmt.Errorf("%s: %w: no study here", dir, recount.ErrNotFound),
			"make one with `recount init DIR`, or name its folder with --study")
	}
	s, err := open(ctx, dir, o)
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

// open takes the lock and opens the files; the caller reads or writes the id.
func open(ctx context.Context, dir string, o Options) (*Study, error) {
	s := &Study{Dir: dir, opts: o}
	if s.opts.Progress == nil {
		s.opts.Progress = func(string, int, int) {}
	}
	if s.opts.Random == nil {
		s.opts.Random = rand.Reader
	}
	var err error
	if s.lock, err = lock(filepath.Join(dir, ".lock")); err != nil {
		return nil, err
	}
	if s.store, err = store.Open(ctx, dir); err != nil {
		s.Close()
		return nil, err
	}
	if s.archive, err = capture.OpenArchive(filepath.Join(dir, capturesDir)); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close releases the study.
func (s *Study) Close() error {
	var errs []error
	if s.archive != nil {
		errs = append(errs, s.archive.Close())
	}
	if s.store != nil {
		errs = append(errs, s.store.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// Config returns study.yaml as it is.
func (s *Study) Config() *config.Config { return s.config }

func (s *Study) readConfig() error {
	data, err := os.ReadFile(filepath.Join(s.Dir, studyFile))
	if err != nil {
		return fmt.Errorf("read study.yaml: %w", err)
	}
	s.config, err = config.Parse(data)
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
	return coding.ParseCodebook(data)
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
	return report.ParseTemplate(data)
}

// replay returns the log of decisions.
func (s *Study) replay(ctx context.Context) (*recount.Log, error) {
	if s.log != nil {
		return s.log, nil
	}
	ds, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	s.log = recount.Replay(s.ID, ds, adjudicators)
	return s.log, nil
}

// adjudicators reads the names of those who settle disagreements out of the
// study file as it was logged.
func adjudicators(studyYAML string) []string {
	c, err := config.Parse([]byte(studyYAML))
	if err != nil {
		return nil
	}
	return c.Settle
}

// syncFiles logs the study files that changed since they were last used, so
// that every count can name the exact questions and codes behind it. Each file
// is checked before it is logged.
func (s *Study) syncFiles(ctx context.Context) error {
	if err := s.readConfig(); err != nil {
		return err
	}
	if _, err := s.codebook(); err != nil {
		return err
	}
	if _, err := s.template(); err != nil {
		return err
	}
	l, err := s.replay(ctx)
	if err != nil {
		return err
	}
	for _, name := range []string{studyFile, codebookFile, reportFile} {
		data, err := os.ReadFile(filepath.Join(s.Dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		old, id := l.StudyFile(name)
		hash := recount.HashText(string(data))
		if old != nil && old.Hash == hash {
			continue
		}
		d := recount.Draft{Kind: recount.KindFile, Reason: "came into use", Body: recount.FileBody{Name: name, Hash: hash, Content: string(data)}}
		if old != nil {
			d.Replaces, d.Reason = l.Replaced(id), "changed"
		}
		if _, err := s.Decide(ctx, d); err != nil {
			return err
		}
		if l, err = s.replay(ctx); err != nil {
			return err
		}
	}
	return nil
}

// seal fills in what a draft lacks and makes a decision of this study of it.
func (s *Study) seal(d recount.Draft) (recount.Decision, error) {
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

// save keeps decisions.
func (s *Study) save(ctx context.Context, ds ...recount.Decision) (int, error) {
	s.log = nil
	return s.store.PutDecisions(ctx, ds)
}

// Decide seals a draft as a decision of this study and saves it. The caller
// fills Kind, Body, Reason, Base and Replaces.
func (s *Study) Decide(ctx context.Context, d recount.Draft) (recount.Decision, error) {
	dec, err := s.seal(d)
	if err == nil {
		_, err = s.save(ctx, dec)
	}
	return dec, err
}

// A Desk is where one person decides over the loaded study.
type Desk = desk.Desk

// Desk loads the study for deciding; Save keeps what was decided.
func (s *Study) Desk(ctx context.Context) (*Desk, error) {
	if err := s.syncFiles(ctx); err != nil {
		return nil, err
	}
	st, err := s.load(ctx)
	if err != nil {
		return nil, err
	}
	return desk.New(st, s.opts.Actor, s.seal), nil
}

// Save keeps what was decided at a desk, in one transaction.
func (s *Study) Save(ctx context.Context, d *Desk) (int, error) { return s.save(ctx, d.Pending()...) }

// load replays the decisions over the derived records.
func (s *Study) load(ctx context.Context) (*state.State, error) {
	l, err := s.replay(ctx)
	if err != nil {
		return nil, err
	}
	codes, err := s.codebook()
	if err != nil {
		return nil, err
	}
	return state.Load(ctx, s.store, l, s.config, codes)
}
