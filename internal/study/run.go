package study

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"recount"
	"recount/internal/pattern"
)

// A Ran says what run did.
type Ran struct {
	Dir       string
	Continued bool
	Added     *Added
	Extracted *Extracted
	Produced  *Produced
}

var unsafe = pattern.New(`[^\p{L}\p{N}._-]+`)

// RunDir returns the study folder that run uses for paths when it is told none:
// ./<name>-study.
func RunDir(paths []string) (string, error) {
	p, err := filepath.Abs(paths[0])
	if err != nil {
		return "", err
	}
	name := filepath.Base(p)
	for _, ext := range []string{".gz", ".html", ".htm", ".txt"} {
		name = strings.TrimSuffix(name, ext)
	}
	if name = strings.Trim(unsafe.ReplaceAllString(name, "-"), "-."); name == "" {
		name = "pile"
	}
	return name + "-study", nil
}

// Run takes what is offered from a pile to a report on what is in it: init,
// add, extract, report. A study that is there already is continued.
func Run(ctx context.Context, dir string, offer Offer, o Options) (*Study, *Ran, error) {
	out := &Ran{Dir: dir, Continued: Exists(dir)}
	var s *Study
	var err error
	if out.Continued {
		s, err = Open(ctx, dir, o)
	} else {
		title := strings.TrimSuffix(filepath.Base(dir), "-study")
		s, err = Init(ctx, dir, Setup{Title: title, Question: runQuestion, Who: []string{runWho}}, o)
	}
	if err != nil {
		return nil, nil, err
	}
	fail := func(err error) (*Study, *Ran, error) {
		s.Close()
		return nil, out, err
	}
	if out.Added, err = s.Add(ctx, offer); err != nil {
		return fail(err)
	}
	if out.Added.Offered == 0 {
		return fail(recount.WithHint(fmt.Errorf("%w: no files in %s", recount.ErrNotFound, strings.Join(offer.Paths, ", ")), "name a folder or files of pages"))
	}
	if out.Extracted, err = s.Extract(ctx, false); err != nil {
		return fail(err)
	}
	if out.Produced, err = s.Report(ctx, Edition{}); err != nil {
		return fail(err)
	}
	return s, out, nil
}
