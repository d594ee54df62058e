package study

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/coding"
	"recount/internal/disk"
)

// restoreHint says how to get a study file back.
func restoreHint(name string) string {
	return "put back the one that was in use: recount decisions restore " + name + "; or take this one into use as it is: recount decisions use " + name
}

// untilNoText is the first line that is no text in UTF-8, from 1.
func untilNoText(data []byte) int {
	line := 1
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		if c == 0 || c == utf8.RuneError && n == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		data = data[n:]
	}
	return line
}

// damagedFile refuses a study file that no person wrote so: one that is empty,
// the beginning of the one in use, or has nothing in common with it. was is
// what is in use, "" if nothing is.
func damagedFile(name string, data []byte, was string) error {
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return recount.WithHint(fmt.Errorf("%s: %w: line %d: it is no text in UTF-8", name, recount.ErrInvalid, untilNoText(data)), "save it as UTF-8 in your editor; or put back the one that was in use: recount decisions restore "+name)
	}
	text := strings.TrimSpace(string(data))
	if text == "" && (was != "" || name == studyFile) {
		return recount.WithHint(fmt.Errorf("%s: %w: it is empty", name, recount.ErrInvalid), "put back the one that was in use: recount decisions restore "+name)
	}
	if was == "" || string(data) == was {
		return nil
	}
	if whole := strings.TrimSpace(was); len(text) < len(whole) && strings.HasPrefix(whole, text) {
		return recount.WithHint(fmt.Errorf("%s: %w: it ends before the one in use does, with %s missing at its end", name, recount.ErrInvalid, missing(whole[len(text):])), restoreHint(name))
	}
	if foreign(name, data, was) {
		return recount.WithHint(fmt.Errorf("%s: %w: it has nothing in common with the one in use, like that of another study", name, recount.ErrConflict), restoreHint(name))
	}
	return nil
}

// missing says how much text is: whole lines, or the rest of one.
func missing(text string) string {
	switch n := strings.Count(text, "\n"); {
	case n == 0 || !strings.HasPrefix(text, "\n") && n == 1:
		return "a part of its last line"
	case n == 1:
		return "its last line"
	default:
		return fmt.Sprintf("its last %d lines", n)
	}
}

// foreign reports whether a study file is that of another study: it shares
// nothing that names something with the one in use. A report may ask for other
// numbers every day. The criterion that every new study has says nothing, but
// where the one in use is as `recount run` wrote it: there nothing else was
// anybody's own, and who rewrites it keeps what answers are filed under.
func foreign(name string, data []byte, was string) bool {
	written := false
	if c, err := parseConfig([]byte(was)); err == nil && name == studyFile {
		written = c.Question == runQuestion && len(c.Scope) == 1 && c.Scope[0].Ask == runWho
	}
	names := func(data []byte) map[string]bool {
		out := map[string]bool{}
		note := func(parts ...string) {
			for _, p := range parts {
				if p = strings.TrimSpace(p); p != "" {
					out[p] = true
				}
			}
		}
		switch name {
		case studyFile:
			if c, err := parseConfig(data); err == nil {
				note(c.Title, c.Question)
				for _, x := range c.Scope {
					note(x.Ask)
					if x.Name != firstCriterion || written {
						note(x.Name)
					}
				}
				for _, v := range c.Variables {
					note(v.Name)
				}
				note(c.Settle...)
			}
		case codebookFile:
			if b, err := coding.ParseCodebook(data); err == nil {
				for _, c := range b.Codes {
					note(c.Code)
				}
			}
		}
		return out
	}
	now, then := names(data), names([]byte(was))
	if len(now) == 0 || len(then) == 0 {
		return false // it cannot be read, which is said elsewhere, or names nothing
	}
	for n := range now {
		if then[n] {
			return false
		}
	}
	return true
}

// StudyFiles are the names of the files that people write.
var StudyFiles = []string{studyFile, codebookFile, reportFile}

// checkName refuses what is no study file.
func checkName(name string) error {
	for _, n := range StudyFiles {
		if n == name {
			return nil
		}
	}
	return recount.WithHint(fmt.Errorf("%w: no study file is called %q", recount.ErrInvalid, name), "they are "+strings.Join(StudyFiles, ", "))
}

// openAnyhow opens a study although its files cannot be read.
func openAnyhow(ctx context.Context, dir string, o Options) (*Study, error) {
	if _, err := os.Stat(filepath.Join(dir, "study.db")); err != nil {
		return nil, recount.WithHint(fmt.Errorf("%s: %w: no study here", dir, recount.ErrNotFound),
			"make one with `recount init DIR`, or name its folder with --study")
	}
	s, err := openFiles(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	if s.ID, err = s.store.Meta(ctx, metaID); err == nil && s.ID == "" {
		err = recount.WithHint(fmt.Errorf("%s: %w: study.db has no study in it", dir, recount.ErrInvalid), "restore study.db from a backup")
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Restore writes a study file as it was last in use, or as one decision logged
// it, and returns the id of that decision and where the file that stood there
// was put, "" if none did.
func Restore(ctx context.Context, dir, name, from string, o Options) (id, aside string, err error) {
	if err := checkName(name); err != nil {
		return "", "", err
	}
	s, err := openAnyhow(ctx, dir, o)
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = s.change(ctx, func() error {
		l, err := s.Log(ctx)
		if err != nil {
			return err
		}
		b, held := l.StudyFile(name)
		if from != "" {
			if b, held, err = loggedFile(l, name, from); err != nil {
				return err
			}
		}
		if held == "" {
			return recount.WithHint(fmt.Errorf("%s: %w: no version of it was ever in use", name, recount.ErrNotFound), "write it anew; `recount help format` says how")
		}
		id = held
		path := filepath.Join(s.Dir, name)
		if now, err := os.ReadFile(path); err == nil && string(now) != b.Content && len(bytes.TrimSpace(now)) > 0 {
			aside = path + ".old"
			if err := disk.Write(aside, now); err != nil {
				return err
			}
		}
		return disk.Write(path, []byte(b.Content))
	})
	return id, aside, err
}

// loggedFile returns a version of a study file by the first digits of the
// decision that logged it.
func loggedFile(l *recount.Log, name, digits string) (recount.FileBody, string, error) {
	for _, d := range l.All() {
		if d.Kind != recount.KindFile || len(digits) < 4 || !strings.HasPrefix(d.ID, digits) {
			continue
		}
		a, err := d.Decode()
		if err != nil {
			return recount.FileBody{}, "", err
		}
		if b := a.(recount.FileBody); b.Name == name {
			return b, d.ID, nil
		}
	}
	return recount.FileBody{}, "", recount.WithHint(fmt.Errorf("decision %s: %w: it logged no %s", digits, recount.ErrNotFound, name),
		"`recount decisions list --kind file --all` shows the versions; give the first 4 digits or more")
}

// Use takes a study file into use although it looks cut off, or like that of
// another study.
func Use(ctx context.Context, dir, name string, o Options) (id string, err error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	s, err := Open(ctx, dir, o)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.accepted = name
	if _, err := s.casebook(ctx, needs{codebook: name == codebookFile, report: name == reportFile}); err != nil {
		return "", err
	}
	l, err := s.Log(ctx)
	if err != nil {
		return "", err
	}
	_, id = l.StudyFile(name)
	return id, nil
}
