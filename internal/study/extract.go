package study

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"recount"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/figures"
	"recount/internal/quotes"
	"recount/internal/store"
	"recount/internal/study/intake"
	"recount/internal/study/state"
	"recount/internal/text"
)

// reader names the stages that fill derived.db, so that a newer program reads
// everything again and an older result is never mixed in.
const reader = "recount-read/" + recount.Version + " " + text.Extractor

// An Extracted says what extract did.
type Extracted struct {
	Articles int // extracted now
	Refused  int
	Refusals []recount.Refusal
	Read     int // articles read now
}

// Extract takes the text out of captures that have none yet and reads it:
// text, copies, quotes, figures, suggestions. With again it extracts every
// text anew, keeping the old ones; decisions are found again by their words.
func (s *Study) Extract(ctx context.Context, again bool) (*Extracted, error) {
	out := &Extracted{}
	if err := s.extractText(ctx, again, out); err != nil {
		return out, err
	}
	if err := s.derive(ctx, out); err != nil {
		return out, err
	}
	return out, nil
}

// extractBatch is how many articles one transaction holds.
const extractBatch = 64

func (s *Study) extractText(ctx context.Context, again bool, out *Extracted) error {
	var todo []recount.Capture
	var err error
	if again {
		todo, err = s.store.Captures(ctx)
	} else {
		todo, err = s.store.Unextracted(ctx, text.Extractor)
	}
	if err != nil {
		return err
	}
	type result struct {
		article recount.Article
		err     error
	}
	for from := 0; from < len(todo); from += extractBatch {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := todo[from:min(from+extractBatch, len(todo))]
		got := make([]result, len(part))
		intake.Each(len(part), func(i int) {
			a, err := s.extractOne(part[i])
			got[i] = result{a, err}
		})
		var articles []recount.Article
		var refused []recount.Refusal
		for i, r := range got {
			switch {
			case errors.Is(r.err, recount.ErrRefused):
				x := intake.Refusal(part[i].Name, part[i].Hash, "extract", r.err)
				x.Extractor = text.Extractor
				refused = append(refused, x)
			case r.err != nil:
				return r.err
			default:
				articles = append(articles, r.article)
			}
		}
		if err := s.store.PutRefusals(ctx, refused); err != nil {
			return err
		}
		if err := s.store.PutArticles(ctx, articles); err != nil {
			return err
		}
		out.Articles += len(articles)
		out.Refused += len(refused)
		out.Refusals = append(out.Refusals, refused...)
		s.opts.Progress("text", from+len(part), len(todo))
	}
	return nil
}

func (s *Study) extractOne(c recount.Capture) (recount.Article, error) {
	payload, err := s.archive.Payload(c.Record)
	if err != nil {
		return recount.Article{}, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	a, err := text.Extract(payload, text.Options{Name: c.Name, MediaType: c.MediaType, Captured: c.Captured})
	if err != nil {
		return a, err
	}
	a.Capture, a.Name = c.Key, c.Name
	a.Key = recount.ArticleKey(c.Key, a.Part)
	return a, nil
}

// derive brings derived.db up to date with the articles.
func (s *Study) derive(ctx context.Context, out *Extracted) error {
	base, err := state.Read(ctx, s.store)
	if err != nil {
		return err
	}
	stamp := base.Stamp(reader)
	if old, err := s.store.Stamp(ctx, "derived"); err != nil || old == stamp {
		return err
	}
	if err := s.readAll(ctx, base, out); err != nil {
		return err
	}
	s.opts.Progress("copies", 0, 0)
	relations, err := findCopies(base.Articles)
	if err != nil {
		return err
	}
	originals := copies.Originals(slices.Values(base.Articles), relations)
	var origins [][]recount.SentenceOrigin
	for o := range copies.Origins(slices.Values(base.Articles), slices.Values(base.Articles)) {
		origins = append(origins, o)
	}
	originals = copies.Splice(base.Articles, originals, origins)
	if err := s.store.ReplaceRelations(ctx, relations, originals); err != nil {
		return err
	}
	s.opts.Progress("suggestions", 0, 0)
	suggestions, err := s.suggest(ctx, base, relations, originals)
	if err != nil {
		return err
	}
	if err := s.store.ReplaceSuggestions(ctx, suggestions); err != nil {
		return err
	}
	return s.store.SetStamp(ctx, "derived", stamp)
}

// findCopies runs the corpus stage in a working directory of its own.
func findCopies(articles []*recount.Article) ([]recount.Relation, error) {
	dir, err := os.MkdirTemp("", "recount-copies-")
	if err != nil {
		return nil, fmt.Errorf("copies: %w", err)
	}
	defer os.RemoveAll(dir)
	return collect(copies.Find(slices.Values(articles), dir))
}

func collect[T any](seq iter.Seq2[T, error]) (out []T, err error) {
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// readAll reads every article that has no reading of this version.
func (s *Study) readAll(ctx context.Context, base *state.Base, out *Extracted) error {
	unread, err := s.store.Unread(ctx, reader)
	if err != nil {
		return err
	}
	var todo []*recount.Article
	for _, k := range unread {
		if a := base.ByKey[k]; a != nil {
			todo = append(todo, a)
		}
	}
	for from := 0; from < len(todo); from += extractBatch {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := todo[from:min(from+extractBatch, len(todo))]
		readings := make([]recount.Reading, len(part))
		found := make([][]recount.ReportedFigure, len(part))
		intake.Each(len(part), func(i int) {
			readings[i] = quotes.Read(part[i])
			readings[i].Article, readings[i].Reader = part[i].Key, reader
			found[i] = figures.Find(part[i], &readings[i])
		})
		of := make([]store.ArticleFigures, len(part))
		for i := range part {
			of[i] = store.ArticleFigures{Article: part[i].Key, Figures: found[i]}
		}
		if err := s.store.PutFiguresOf(ctx, of); err != nil {
			return err
		}
		// The reading is what marks an article as read, so it is saved last.
		if err := s.store.PutReadings(ctx, readings); err != nil {
			return err
		}
		out.Read += len(part)
		s.opts.Progress("read", from+len(part), len(todo))
	}
	return nil
}

// suggest scores pairs of speakers that may be one person.
func (s *Study) suggest(ctx context.Context, base *state.Base, relations []recount.Relation, originals []recount.Original) ([]recount.Suggestion, error) {
	of := map[recount.Key]recount.Key{}
	for _, o := range originals {
		for _, m := range o.Members {
			of[m] = o.Key
		}
	}
	var records []cases.Record
	for r, err := range s.store.Readings(ctx) {
		if err != nil {
			return nil, err
		}
		a := base.ByKey[r.Article]
		if a == nil {
			continue
		}
		for _, sp := range r.Speakers {
			if !sp.Kind.Person() {
				continue
			}
			rec := cases.Record{Speaker: sp, Article: a, Original: of[a.Key]}
			for _, st := range r.Statements {
				if st.Speaker == sp.ID {
					rec.Contents = append(rec.Contents, st.Content...)
				}
			}
			records = append(records, rec)
		}
	}
	return cases.Propose(records, relations), nil
}

// Rebuild drops everything that is derived and makes it again from the texts
// and decisions as they are. It never extracts a text again.
func (s *Study) Rebuild(ctx context.Context) (*Extracted, error) {
	if err := s.store.DropDerived(ctx); err != nil {
		return nil, err
	}
	out := &Extracted{}
	return out, s.derive(ctx, out)
}
