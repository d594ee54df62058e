package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
)

// The tables of derived.db that are set beside others row by row.
var derivedTables = []string{"reading", "statement", "speaker", "sentence", "figure", "relation", "original", "suggestion", "relation_lifted",
	"page", "page_words", "page_people", "passage"}

// A Derived names something that was derived: a table and the article, pair or
// key that its rows are of.
type Derived struct{ Table, ID string }

// DerivedSums sums up what is derived, so that it can be set beside what is
// derived anew: a SHA-256 for each table and each article in it. The numbers
// of pages, which depend on the order of arrival, do not enter.
func (s *Store) DerivedSums(ctx context.Context) (map[Derived]string, error) {
	out := map[Derived]string{}
	for _, t := range derivedTables {
		rows, err := read(ctx, s.derived, "read derived data", "derived_rows_"+t, scanRow)
		if err != nil {
			return nil, err
		}
		sums := map[string]hash.Hash{}
		for _, r := range rows {
			id, _, _ := strings.Cut(r.id, " ")
			if sums[id] == nil {
				sums[id] = sha256.New()
			}
			fmt.Fprintln(sums[id], r.id, r.sum)
		}
		for id, h := range sums {
			out[Derived{t, id}] = hex.EncodeToString(h.Sum(nil))
		}
	}
	return out, s.indexSums(ctx, out)
}

// indexSums sums up the marks and postings of pages.
func (s *Store) indexSums(ctx context.Context, out map[Derived]string) error {
	known, err := s.Known(ctx)
	if err != nil {
		return err
	}
	article := map[uint32]string{}
	for _, k := range known {
		article[k.Number] = string(k.Article)
	}
	name := func(n uint32) string {
		if a, ok := article[n]; ok {
			return a
		}
		return "no page"
	}
	return s.look(ctx, func(d *Derivation) error {
		chunks, err := query(ctx, d.w, "page_mark_chunks", scanNumber)
		if err != nil {
			return err
		}
		for _, c := range chunks {
			marks, err := d.chunk(uint32(c))
			if err != nil {
				return err
			}
			for n, m := range marks {
				out[Derived{"page_mark", name(n)}] = sumArgs(m.Article, m.Outlet, m.Site)
			}
		}
		sums := map[uint32]hash.Hash{}
		last := int64(-1)
		blocks, err := query(ctx, d.w, "posting_all", scanPostings)
		for _, b := range blocks {
			err = errors.Join(err, b.each(func(v int64) bool {
				if v <= last {
					err = fmt.Errorf("postings are not in order at %d: %w", v, recount.ErrTampered)
					return false
				}
				last = v
				n := uint32(v & (1<<PageBits - 1))
				if sums[n] == nil {
					sums[n] = sha256.New()
				}
				var b [8]byte
				binary.BigEndian.PutUint64(b[:], uint64(v>>PageBits))
				sums[n].Write(b[:])
				return true
			}))
		}
		for n, h := range sums {
			out[Derived{"posting", name(n)}] = hex.EncodeToString(h.Sum(nil))
		}
		return err
	})
}

// PlaceSums sums up where the anchors of decisions were found, by decision.
func (s *Store) PlaceSums(ctx context.Context) (map[string]string, error) {
	rows, err := read(ctx, s.derived, "read places", "derived_rows_place", scanRow)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows {
		id, _, _ := strings.Cut(r.id, " ")
		out[id] = sumOf(out[id], r.sum)
	}
	return out, nil
}

// CopyStudy copies study.db into a folder that has none, without derived data,
// and opens it there.
func (s *Store) CopyStudy(ctx context.Context, dir string) (*Store, error) {
	if s.study.engine != sqliteEngine {
		return nil, fmt.Errorf("copy the study: %w: only a study in a folder is copied", recount.ErrInvalid)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	text, err := statement(s.study.engine, "backup")
	if err != nil {
		return nil, err
	}
	// An empty file is filled, and what SQLite lays beside it gets its mode.
	to := filepath.Join(dir, studyFile)
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("copy the study: %w", err)
	}
	if _, err := s.study.pool.ExecContext(ctx, text, to); err != nil {
		return nil, s.study.fault(ctx, "copy the study", err)
	}
	return openSQLite(ctx, dir)
}

// errGone says that what a study held then is not there any more.
var errGone = errors.New("some of what it held then was erased or replaced since")

// Rewind takes a copy of a study back to the moment at which its log had size
// entries: what came later goes. It fails with recount.ErrNotFound if what
// stood there then was replaced since, or erased, unless it may be without that.
func (s *Store) Rewind(ctx context.Context, size int64, without bool) error {
	var later []recount.Leaf
	for l, err := range s.Leaves(ctx, size) {
		if err != nil {
			return err
		}
		later = append(later, l)
	}
	before := map[recount.Leaf]bool{} // without sums
	n := int64(0)
	for l, err := range s.Leaves(ctx, 0) {
		if err != nil {
			return err
		}
		if n++; n > size {
			break
		}
		before[recount.Leaf{What: l.What, ID: l.ID}] = true
	}
	gone := func(l recount.Leaf) error {
		return fmt.Errorf("%s %.12s: %w: %w", l.What, l.ID, errGone, recount.ErrNotFound)
	}
	return s.study.change(ctx, "take a copy back", func(w *writer) error {
		done := map[recount.Leaf]bool{}
		slices.Reverse(later)
		for _, l := range later {
			l.Sum = ""
			if done[l] {
				continue
			}
			done[l] = true
			was := before[l]
			var statements []string
			args := []any{l.ID}
			switch l.What {
			case leafDecision:
				statements = []string{"answer_erase", "rewind_decision"}
			case leafErased:
				if before[recount.Leaf{What: leafDecision, ID: l.ID}] && !without {
					return gone(l)
				}
			case leafErasedText:
				if !without {
					return gone(l)
				}
			case leafText:
				if was {
					return gone(l)
				}
				key, extractor, _ := strings.Cut(l.ID, " ")
				statements, args = []string{"rewind_head", "rewind_text"}, []any{key, extractor}
			case leafCapture:
				if !was {
					statements = []string{"rewind_capture"}
				}
			case leafRefusal:
				if !was {
					statements = []string{"rewind_refusal"}
				}
			case leafSearch:
				if !was {
					statements = []string{"rewind_search"}
				}
			}
			for _, name := range statements {
				if _, err := w.exec(ctx, name, args...); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Held lists the captures, texts and decisions that the log had named when it
// had size entries, and the answers and texts that were erased by then.
func (s *Store) Held(ctx context.Context, size int64) (map[recount.Leaf]bool, error) {
	out := map[recount.Leaf]bool{}
	n := int64(0)
	for l, err := range s.Leaves(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if n++; n > size {
			break
		}
		switch l.What {
		case leafCapture, leafText, leafDecision, leafErased, leafErasedText:
			out[l] = true
		}
	}
	return out, nil
}
