package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"iter"

	"recount"
)

// A Packed block is what opening a study needs of some pages and decisions, as
// the caller writes it. All of them can be dropped: they hold nothing that
// rows do not hold. Blocks go as soon as an answer is erased, before it is.
type Packed struct {
	Number  int64
	Form    string // hash of how the block is written: another program may write it otherwise
	Through int64  // the last change of the study that is in it
	Derived int64  // the same of derived data
	Mark    string // what the change Through was
	Entries int
	Block   []byte
}

// PackedHeads returns the blocks without what they hold, oldest first.
func (s *Store) PackedHeads(ctx context.Context) ([]Packed, error) {
	return read(ctx, s.derived, "read packed blocks", "packed_heads", func(r *sql.Rows) (p Packed, err error) {
		return p, r.Scan(&p.Number, &p.Form, &p.Through, &p.Derived, &p.Mark, &p.Entries)
	})
}

// EachPacked calls f for every block, newest first, until f returns an error. A
// block that does not fit its hash gives recount.ErrTampered.
func (s *Store) EachPacked(ctx context.Context, f func(Packed) error) error {
	_, err := read(ctx, s.derived, "read packed blocks", "packed", func(r *sql.Rows) (none struct{}, err error) {
		var p Packed
		var sum string
		var block sql.RawBytes
		if err := r.Scan(&p.Number, &p.Form, &p.Through, &p.Derived, &p.Mark, &p.Entries, &sum, &block); err != nil {
			return none, err
		}
		if p.Block = block; sum != packedSum(block) {
			return none, fmt.Errorf("packed block %d: %w", p.Number, recount.ErrTampered)
		}
		return none, f(p) // which must not keep the block
	})
	return err
}

// PutPacked adds blocks, all or none; with fresh in place of those that were
// there.
func (s *Store) PutPacked(ctx context.Context, fresh bool, blocks iter.Seq[Packed]) error {
	return s.derived.change(ctx, "keep packed blocks", func(w *writer) error {
		if fresh {
			if _, err := w.exec(ctx, "packed_clear"); err != nil {
				return err
			}
		}
		for p := range blocks {
			if _, err := w.exec(ctx, "packed_put", p.Number, p.Form, p.Through, p.Derived, p.Mark, int64(p.Entries), packedSum(p.Block), p.Block); err != nil {
				return fmt.Errorf("packed block %d: %w", p.Number, err)
			}
		}
		return nil
	})
}

func packedSum(block []byte) string {
	sum := sha256.Sum256(block)
	return hex.EncodeToString(sum[:])
}

// DropPacked drops all blocks, and overwrites what they held.
func (s *Store) DropPacked(ctx context.Context) error {
	there, err := s.PackedHeads(ctx)
	if err != nil || len(there) == 0 {
		return err
	}
	if err := s.PutPacked(ctx, true, func(func(Packed) bool) {}); err != nil {
		return err
	}
	return s.derived.forget(ctx, false)
}

// ChangeAt names the change with a number; "" if there is none.
func (s *Store) ChangeAt(ctx context.Context, seq int64) (string, error) {
	name, _, err := oneText(ctx, s.study, "read changes", "change_at", seq)
	return name, err
}

// ArticlesChanged returns which articles came in, were read again or lost
// their text after a number, in that order.
func (s *Store) ArticlesChanged(ctx context.Context, after int64) ([]Change, error) {
	return read(ctx, s.study, "read changes", "articles_changed", scanChange, after)
}

// HeadsOf returns the heads of one article as every extractor read it, by
// extractor.
func (s *Store) HeadsOf(ctx context.Context, article recount.Key) ([]*Head, error) {
	return read(ctx, s.study, "read articles", "heads_of", scanHead, string(article))
}

// SpeakersOf returns where the speakers of one article stand, in order of
// first mention.
func (s *Store) SpeakersOf(ctx context.Context, article recount.Key) ([]SpeakerRow, error) {
	rows, err := read(ctx, s.derived, "read speakers", "speakers_of", scanSpeakers, string(article))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}
