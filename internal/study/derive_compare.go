package study

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/quotes"
	"recount/internal/store"
)

// A derivedDifference is something that was derived and that deriving it anew does
// not give so.
type derivedDifference struct {
	store.Derived
	Text string
}

// A derivedState says what the stamps of derived.db are of.
type derivedState int

// The states of derived.db.
const (
	derivedCurrent derivedState = iota // everything that stands in the store is derived
	derivedBehind                      // some of it is not yet
	derivedOlder                       // it was derived by an older program
)

// State reads the stamps of derived.db. The error wraps recount.ErrTampered if
// they say what no run leaves.
func (s *deriving) State(ctx context.Context) (derivedState, error) {
	old, err := s.Store.Stamp(ctx, "derived")
	if err != nil {
		return derivedBehind, err
	}
	whole, err := s.Store.Stamp(ctx, "pages")
	if err != nil {
		return derivedBehind, err
	}
	i := strings.LastIndexByte(old, ' ')
	if old == "" && (whole == "" || whole == reader) { // the first run has not ended
		changes, err := s.Store.Changes(ctx, 0)
		if err != nil || slices.ContainsFunc(changes, func(x store.Change) bool { return x.What == "article" }) {
			return derivedBehind, err
		}
		return derivedCurrent, nil
	}
	if whole == "" && len(old) == 32 && strings.Trim(old, "0123456789abcdef") == "" { // before version 3 of the tables
		return derivedOlder, nil
	}
	after, err := strconv.ParseInt(old[i+1:], 10, 64)
	if i < 0 || err != nil || whole != "" && whole != old[:i] {
		return derivedBehind, fmt.Errorf("the stamps of derived.db are %.60q and %.60q: %w", old, whole, recount.ErrTampered)
	}
	if whole != reader {
		return derivedOlder, nil
	}
	last, err := s.Store.LastChange(ctx)
	if err != nil {
		return derivedBehind, err
	}
	through, err := s.Store.PlacedThrough(ctx)
	if err != nil {
		return derivedBehind, err
	}
	if after > last || through > last {
		return derivedBehind, fmt.Errorf("derived.db is of a later state of the study than study.db holds: %w", recount.ErrTampered)
	}
	changes, err := s.Store.Changes(ctx, after)
	if err != nil {
		return derivedBehind, err
	}
	if slices.ContainsFunc(changes, func(x store.Change) bool { return x.What == "article" }) {
		return derivedBehind, nil
	}
	return derivedCurrent, nil
}

// older lists the articles of the study that are versions of a page which do
// not count.
func (s *deriving) older(ctx context.Context) (map[recount.Key]bool, error) {
	heads, err := s.Store.Heads(ctx)
	if err != nil {
		return nil, err
	}
	out := map[recount.Key]bool{}
	for _, v := range casebook.Versions(heads) {
		for _, h := range v.All {
			out[h.Key] = h.Key != v.Counts.Key
		}
	}
	return out, nil
}

// Compare sets what is derived in the store beside what is derived anew in
// another one, which holds the same study, article by article.
func (s *deriving) Compare(ctx context.Context, anew *store.Store) ([]derivedDifference, error) {
	have, err := s.Store.DerivedSums(ctx)
	if err != nil {
		return nil, err
	}
	want, err := anew.DerivedSums(ctx)
	if err != nil {
		return nil, err
	}
	older, err := s.older(ctx)
	if err != nil {
		return nil, err
	}
	var out []derivedDifference
	for _, d := range deriveKeys(have) {
		switch sum, there := want[d]; {
		case !there && older[recount.Key(d.ID)]:
			// What was read out of a version while it counted is kept beside the
			// one that counts now; nothing asks for it.
		case !there:
			out = append(out, derivedDifference{d, "it is there, and nothing gives it"})
		case sum != have[d]:
			out = append(out, derivedDifference{d, "it is not what is derived anew"})
		}
	}
	for _, d := range deriveKeys(want) {
		if _, there := have[d]; !there {
			out = append(out, derivedDifference{d, "it is missing"})
		}
	}
	places, err := s.Store.PlaceSums(ctx)
	if err != nil {
		return nil, err
	}
	anewPlaces, err := anew.PlaceSums(ctx)
	if err != nil {
		return nil, err
	}
	through, err := s.Store.PlacedThrough(ctx)
	if err != nil {
		return nil, err
	}
	last, err := s.Store.LastChange(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(places)) {
		if sum, there := anewPlaces[id]; there && sum != places[id] {
			out = append(out, derivedDifference{store.Derived{Table: "place", ID: id}, "the words of this decision stand elsewhere"})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(anewPlaces)) {
		if _, there := places[id]; !there && through == last {
			out = append(out, derivedDifference{store.Derived{Table: "place", ID: id}, "where the words of this decision stand is missing"})
		}
	}
	return out, nil
}

func deriveKeys(m map[store.Derived]string) []store.Derived {
	return slices.SortedFunc(maps.Keys(m), func(a, b store.Derived) int {
		return cmp.Or(strings.Compare(a.Table, b.Table), strings.Compare(a.ID, b.ID))
	})
}

// CompareReadings reads some articles again and sets what is read beside what
// stands in the store.
func (s *deriving) CompareReadings(ctx context.Context, articles []*recount.Article) ([]derivedDifference, error) {
	var out []derivedDifference
	for i, a := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		was, err := s.Store.Reading(ctx, a.Key)
		if errors.Is(err, recount.ErrNotFound) {
			continue // it was not read yet
		}
		if err != nil {
			return nil, err
		}
		figures, err := s.Store.FiguresOf(ctx, a.Key)
		if err != nil {
			return nil, err
		}
		if was.Reader != reader {
			continue // by another program
		}
		r, found := readOne(a, quotes.Read)
		for _, x := range []struct {
			table      string
			have, anew any
			of         int
		}{{"reading", was, &r, 1}, {"figure", figures, found, len(figures) + len(found)}} {
			if x.of == 0 {
				continue
			}
			have, err := json.Marshal(x.have)
			if err != nil {
				return nil, err
			}
			anew, err := json.Marshal(x.anew)
			if err != nil {
				return nil, err
			}
			if !bytes.Equal(have, anew) {
				out = append(out, derivedDifference{store.Derived{Table: x.table, ID: string(a.Key)}, "it is not what is derived anew"})
			}
		}
		s.Progress("recheck what was read", i+1, len(articles))
	}
	return out, nil
}
