// This file fills derived.db: it reads articles for statements, speakers
// and figures, and then works out what rests on all of them: copies, originals
// and suggestions.
//
// In: the articles of a store. Out: derived records in it. Method: articles one
// by one on all cores, in batches that are saved whole, so that an interrupted
// run goes on; then what rests on others is derived around the pages that came,
// changed or went, or over all of them where most are new. Both ways leave the
// same records. A stamp over all inputs says whether there is anything to do.

package study

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/figures"
	"recount/internal/parallel"
	"recount/internal/quotes"
	"recount/internal/store"
	"recount/internal/text"
)

// reader names the stages that fill derived.db, so that a newer program reads
// everything again and an older result is never mixed in. What they read has a
// name of its own (quotes.Form), because it changes within a version too.
const reader = "recount-read/" + recount.Version + " " + text.Extractor + " " + quotes.Form + " " + figures.Form + " " + cases.Form + " " + copies.Form

// readBatch is how many articles one transaction holds.
const readBatch = 64

// A deriving brings derived.db up to date.
type deriving struct {
	Store    *store.Store
	Progress func(step string, done, total int)
	Dir      string // for what does not fit into memory meanwhile; "" for the system's

	Faults []recount.Refusal // articles that could not be read, of the last Run

	shared  int // articles that share one run of words, if all were compared by the last Run and it was too common for every pair
	crossed int // steps of the pile that the last Around crossed
}

// Run reads what is new and derives again what rests on it. It returns how many
// articles it read. What came in since the last run is known by its numbers in
// the store, so that one page costs no look at the others.
func (s *deriving) Run(ctx context.Context) (read int, err error) {
	seq, err := s.Store.LastChange(ctx)
	if err != nil {
		return 0, err
	}
	stamp := stampAt(seq)
	old, err := s.Store.Stamp(ctx, "derived")
	if err != nil || old == stamp {
		return 0, err
	}
	if read, done, err := s.since(ctx, old); err != nil || done {
		if err == nil {
			err = s.Store.SetStamp(ctx, "derived", stamp)
		}
		return read, err
	}
	base, err := readArticles(ctx, s.Store)
	if err != nil {
		return 0, err
	}
	if read, err = s.readAll(ctx, base); err != nil {
		return read, err
	}
	return read, s.corpus(ctx, base.articles, stamp)
}

// stampAt says that all changes of the study up to one are derived.
func stampAt(seq int64) string { return reader + " " + strconv.FormatInt(seq, 10) }

// since derives around the articles that came, changed or went after the run
// that left the stamp old. done is false if that run was of another program,
// or if so many did that all are better derived at once.
func (s *deriving) since(ctx context.Context, old string) (read int, done bool, err error) {
	number, ours := strings.CutPrefix(old, reader+" ")
	after, err := strconv.ParseInt(number, 10, 64)
	if !ours || err != nil {
		return 0, false, nil
	}
	if whole, err := s.Store.Stamp(ctx, "pages"); err != nil || whole != reader {
		return 0, false, err
	}
	changes, err := s.Store.Changes(ctx, after)
	if err != nil {
		return 0, false, err
	}
	changed := map[recount.Key]bool{}
	for _, x := range changes {
		if x.What == "article" {
			changed[recount.Key(x.ID)] = true
		}
	}
	if len(changed) == 0 {
		return 0, true, nil
	}
	heads, err := s.Store.Heads(ctx)
	if err != nil {
		return 0, false, err
	}
	counts := map[recount.Key]string{}
	for _, v := range casebook.Versions(heads) {
		counts[v.Counts.Key] = v.Counts.Extractor
	}
	known, err := s.Store.Known(ctx)
	if err != nil {
		return 0, false, err
	}
	var gone []store.Known
	var todo []recount.Key
	was := map[recount.Key]store.Known{}
	for _, k := range known {
		was[k.Article] = k
		if counts[k.Article] == "" {
			gone = append(gone, k)
		}
	}
	for k := range counts {
		if _, there := was[k]; !there || changed[k] {
			todo = append(todo, k)
		}
	}
	if len(gone)+len(todo) > aroundFew+len(counts)/aroundShare {
		return 0, false, nil
	}
	slices.Sort(todo)
	var come []*recount.Article
	for _, k := range todo {
		a, err := s.Store.ArticleBy(ctx, k, counts[k])
		if err != nil {
			return 0, false, err
		}
		if w, there := was[k]; !there {
			come = append(come, a)
		} else if w.Stamp != stampOf(a) {
			gone, come = append(gone, w), append(come, a)
		}
	}
	slices.SortFunc(gone, func(a, b store.Known) int { return strings.Compare(string(a.Article), string(b.Article)) })
	unread, err := s.Store.Unread(ctx, reader)
	if err != nil {
		return 0, false, err
	}
	var fresh []*recount.Article
	for _, k := range unread {
		if i := slices.Index(todo, k); i >= 0 {
			a, err := s.Store.ArticleBy(ctx, k, counts[k])
			if err != nil {
				return 0, false, err
			}
			fresh = append(fresh, a)
		}
	}
	if read, err = s.read(ctx, fresh); err != nil {
		return read, false, err
	}
	return read, true, s.around(ctx, gone, come)
}

// A corpus is the articles that count, by key.
type corpus struct {
	articles []*recount.Article
	byKey    map[recount.Key]*recount.Article
}

// readArticles reads the version of each page that counts.
func readArticles(ctx context.Context, from *store.Store) (*corpus, error) {
	heads, err := from.Heads(ctx)
	if err != nil {
		return nil, err
	}
	counts := map[recount.Key]string{}
	for _, v := range casebook.Versions(heads) {
		counts[v.Counts.Key] = v.Counts.Extractor
	}
	c := &corpus{byKey: map[recount.Key]*recount.Article{}}
	for a, err := range from.Articles(ctx) {
		if err != nil {
			return nil, err
		}
		if e, ok := counts[a.Key]; ok && e == a.Extractor {
			c.articles = append(c.articles, a)
			c.byKey[a.Key] = a
		}
	}
	return c, nil
}

// readAll reads every article that has no reading of this version.
func (s *deriving) readAll(ctx context.Context, base *corpus) (read int, err error) {
	unread, err := s.Store.Unread(ctx, reader)
	if err != nil {
		return read, err
	}
	var todo []*recount.Article
	for _, k := range unread {
		if a := base.byKey[k]; a != nil {
			todo = append(todo, a)
		}
	}
	return s.read(ctx, todo)
}

// read reads articles for statements, speakers and figures.
func (s *deriving) read(ctx context.Context, todo []*recount.Article) (read int, err error) {
	for from := 0; from < len(todo); from += readBatch {
		if err := ctx.Err(); err != nil {
			return read, err
		}
		part := todo[from:min(from+readBatch, len(todo))]
		readings := make([]recount.Reading, len(part))
		found := make([][]recount.ReportedFigure, len(part))
		parallel.Each(len(part), func(i int) {
			readings[i], found[i] = readOne(part[i], quotes.Read)
		})
		if err := s.keep(ctx, part, readings, found); err != nil {
			return read, err
		}
		for i := range readings {
			if why := readingFault(&readings[i]); why != "" {
				s.Faults = append(s.Faults, recount.Refusal{Name: part[i].Page(), Stage: "read", Reason: why,
					Hint: "the article is kept; nothing it says is counted"})
			}
		}
		read += len(part)
		s.Progress("read", from+len(part), len(todo))
	}
	return read, nil
}

// couldNot opens the note of a reading that failed.
const couldNot = "what this article says could not be "

// readingFault returns why nothing was read in an article, "" if all went well.
func readingFault(r *recount.Reading) string {
	for _, n := range r.Notes {
		if strings.HasPrefix(n, couldNot) {
			return n
		}
	}
	return ""
}

// failed is the reading of an article that a stage cannot read or keep.
func failed(a *recount.Article, why string) recount.Reading {
	return recount.Reading{Article: a.Key, Reader: reader, Notes: []string{couldNot + why}}
}

// readOne reads one article. Whatever goes wrong in it is noted in the reading,
// because one article must never end the work on a study.
func readOne(a *recount.Article, statements func(*recount.Article) recount.Reading) (r recount.Reading, found []recount.ReportedFigure) {
	defer func() {
		if e := recover(); e != nil {
			r, found = failed(a, fmt.Sprintf("read: %v", e)), nil
		}
	}()
	r = statements(a)
	r.Article, r.Reader = a.Key, reader
	quotes.FoldSpeakers(&r)
	return r, figures.Find(a, &r)
}

// keep saves what was read in a batch of articles: all at once, else one by
// one, so that what cannot be kept of one article is its fault alone.
func (s *deriving) keep(ctx context.Context, part []*recount.Article, readings []recount.Reading, found [][]recount.ReportedFigure) error {
	put := func(from, to int) error {
		of := make([]store.ArticleFigures, 0, to-from)
		for i := from; i < to; i++ {
			of = append(of, store.ArticleFigures{Article: part[i].Key, Figures: found[i]})
		}
		if err := s.Store.PutFiguresOf(ctx, of); err != nil {
			return err
		}
		// The reading is what marks an article as read, so it is saved last.
		return s.Store.PutReadings(ctx, readings[from:to])
	}
	if err := put(0, len(part)); err == nil {
		return nil
	}
	for i := range part {
		err := put(i, i+1)
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		readings[i], found[i] = failed(part[i], "kept: "+err.Error()), nil
		if err := put(i, i+1); err != nil {
			return err // nothing at all can be kept: the database is at fault
		}
	}
	return nil
}
