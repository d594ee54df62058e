package study

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"recount"
	"recount/internal/disk"
)

// defaultRules are standing rules: they cover what comes later too. They are
// visible and can be switched off like any other decision.
var defaultRules = [...]recount.RuleBody{
	{Rule: recount.FoldReprints, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}},
	{Rule: recount.SetAside, On: true, Standing: true, Params: map[string]string{}, Covered: []string{}},
}

// Init makes a study in dir, which must be new or empty, and opens it.
func Init(ctx context.Context, dir string, setup Setup, o Options) (*Study, error) {
	return Create(ctx, dir, map[string][]byte{studyFile: setup.YAML(), reportFile: setup.Report()}, setup.ID, true, o)
}

// Vacant refuses a folder in which a study stands already, or anything else that is
// not of one.
func Vacant(dir string) error {
	if Exists(dir) {
		return recount.WithHint(fmt.Errorf("%s: %w: there is a study already", dir, recount.ErrConflict),
			"choose another folder, or go on with this one: `recount add`")
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("make the study: %w", err)
	}
	for _, e := range entries {
		if !own(e.Name()) {
			return recount.WithHint(fmt.Errorf("%s: %w: the folder is not empty", dir, recount.ErrConflict),
				"choose a new folder; a study needs one of its own")
		}
	}
	return nil
}

// Create makes a study out of its text files. Without rules it logs nothing,
// because decisions are about to be imported. study.yaml is written last: a
// folder without it is no study yet, and making it again goes on from there.
func Create(ctx context.Context, dir string, files map[string][]byte, id string, rules bool, o Options) (*Study, error) {
	if err := Vacant(dir); err != nil {
		return nil, err
	}
	if _, err := parseConfig(files[studyFile]); err != nil {
		return nil, err
	}
	if err := disk.Folder(dir); err != nil {
		return nil, fmt.Errorf("make the study: %w", err)
	}
	if err := disk.Write(filepath.Join(dir, ".gitignore"), []byte(gitignore)); err != nil {
		return nil, fmt.Errorf("make the study: %w", err)
	}
	s, err := openFiles(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, func() error { return s.begin(ctx, id, rules) })
	for _, name := range []string{codebookFile, reportFile, studyFile} {
		if data, ok := files[name]; ok && err == nil {
			err = disk.Write(filepath.Join(dir, name), data)
		}
	}
	if err == nil {
		err = s.readConfig()
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("make the study: %w", err)
	}
	return s, nil
}

// own reports whether a file is one that an interrupted Create leaves.
func own(name string) bool {
	for _, prefix := range []string{".gitignore", lockFile, "study.db", "derived.db", capturesDir, codebookFile, reportFile, studyFile + ".new", checkpointsFile, spillDir, recheckDir, uploadDir} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// begin gives a new study its id and logs the default rules, but what an
// interrupted begin has done already.
func (s *Study) begin(ctx context.Context, id string, rules bool) error {
	old, err := s.store.Meta(ctx, metaID)
	if err != nil {
		return err
	}
	if old != "" && (id == "" || id == old) {
		id = old
	}
	if id == "" {
		var b [8]byte
		if _, err := io.ReadFull(s.opts.Random, b[:]); err != nil {
			return fmt.Errorf("study id: %w", err)
		}
		id = hex.EncodeToString(b[:])
	}
	s.ID = id
	err = s.store.SetMeta(ctx, metaNames, namesByPlace)
	if err == nil {
		err = s.store.SetMeta(ctx, metaID, id)
	}
	if err != nil || !rules {
		return err
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	logged := map[recount.RuleName]bool{}
	for _, d := range s.book.Log().All() {
		if d.Kind != recount.KindRule {
			continue
		}
		if a, err := s.book.Answer(d); err == nil {
			logged[a.(recount.RuleBody).Rule] = true
		}
	}
	for _, r := range defaultRules {
		if logged[r.Rule] {
			continue
		}
		if _, err := s.decide(ctx, recount.Draft{Kind: recount.KindRule, Actor: recount.DefaultActor, Reason: "default rule", Body: r}); err != nil {
			return err
		}
	}
	return nil
}
