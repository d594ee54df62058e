package derive

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
	"recount/internal/quotes"
	"recount/internal/store"
)

// A Difference is something that was derived and that deriving it anew does
// not give so.
type Difference struct {
	store.Derived
	Text string
}

// Current reports whether everything that stands in the store is derived. The
// error wraps recount.ErrTampered if the stamps say what no run leaves.
func (s *Stage) Current(ctx context.Context) (bool, error) {
	old, err := s.Store.Stamp(ctx, "derived")
	if err != nil {
		return false, err
	}
	number, ours := strings.CutPrefix(old, reader+" ")
	if !ours {
		return false, nil
	}
	after, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return false, fmt.Errorf("the stamp of derived.db is %.40q: %w", old, recount.ErrTampered)
	}
	if whole, err := s.Store.Stamp(ctx, "pages"); err != nil || whole != reader {
		return false, err
	}
	last, err := s.Store.LastChange(ctx)
	if err != nil {
		return false, err
	}
	through, err := s.Store.PlacedThrough(ctx)
	if err != nil {
		return false, err
	}
	if after > last || through > last {
		return false, fmt.Errorf("derived.db is of a later state of the study than study.db holds: %w", recount.ErrTampered)
	}
	changes, err := s.Store.Changes(ctx, after)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(changes, func(x store.Change) bool { return x.What == "article" }), nil
}

// Compare sets what is derived in the store beside what is derived anew in
// another one, which holds the same study, article by article.
func (s *Stage) Compare(ctx context.Context, anew *store.Store) ([]Difference, error) {
	have, err := s.Store.DerivedSums(ctx)
	if err != nil {
		return nil, err
	}
	want, err := anew.DerivedSums(ctx)
	if err != nil {
		return nil, err
	}
	var out []Difference
	for _, d := range keys(have) {
		switch sum, there := want[d]; {
		case !there:
			out = append(out, Difference{d, "it is there, and nothing gives it"})
		case sum != have[d]:
			out = append(out, Difference{d, "it is not what is derived anew"})
		}
	}
	for _, d := range keys(want) {
		if _, there := have[d]; !there {
			out = append(out, Difference{d, "it is missing"})
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
			out = append(out, Difference{store.Derived{Table: "place", ID: id}, "the words of this decision stand elsewhere"})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(anewPlaces)) {
		if _, there := places[id]; !there && through == last {
			out = append(out, Difference{store.Derived{Table: "place", ID: id}, "where the words of this decision stand is missing"})
		}
	}
	return out, nil
}

func keys(m map[store.Derived]string) []store.Derived {
	return slices.SortedFunc(maps.Keys(m), func(a, b store.Derived) int {
		return cmp.Or(strings.Compare(a.Table, b.Table), strings.Compare(a.ID, b.ID))
	})
}

// CompareReadings reads some articles again and sets what is read beside what
// stands in the store.
func (s *Stage) CompareReadings(ctx context.Context, articles []*recount.Article) ([]Difference, error) {
	var out []Difference
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
				out = append(out, Difference{store.Derived{Table: x.table, ID: string(a.Key)}, "it is not what is derived anew"})
			}
		}
		s.Progress("recheck what was read", i+1, len(articles))
	}
	return out, nil
}
