package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"recount"
)

// A Place is where one anchor of a decision was found.
type Place struct {
	Decision string
	N        int         // of the decision's anchors
	Article  recount.Key // that counts for the page; "" if the page is not there
	Found    int         // how, as the caller numbers it
	At       []recount.Span
	Text     string // SHA-256 of the older text that holds the words, "" if the newest does
}

// PutPlaces keeps where the anchors of decisions were found, in place of what
// was kept of these decisions before. All decisions up to the change with the
// number through are placed then.
func (s *Store) PutPlaces(ctx context.Context, decisions []string, places []Place, through int64) error {
	return s.derived.change(ctx, "keep places", func(w *writer) error {
		for _, d := range decisions {
			if _, err := w.exec(ctx, "place_drop", d); err != nil {
				return err
			}
		}
		for _, p := range places {
			if _, err := w.put(ctx, "place_put", p.Decision, int64(p.N), string(p.Article), int64(p.Found), spanText(p.At), p.Text); err != nil {
				return fmt.Errorf("place of %.12s: %w", p.Decision, err)
			}
		}
		_, err := w.exec(ctx, "stamp_put", "places", strconv.FormatInt(through, 10))
		return err
	})
}

// Places returns where every anchor of every decision was found, by decision
// and anchor, and up to which change of the study that is known; 0 if it is
// not.
func (s *Store) Places(ctx context.Context) (places []Place, through int64, err error) {
	if through, err = s.PlacedThrough(ctx); err != nil || through == 0 {
		return nil, 0, err
	}
	places, err = read(ctx, s.derived, "read places", "places", scanPlace)
	number(places)
	return places, through, err
}

// PlacesOf returns where the anchors of these decisions were found, by decision
// as they are named and anchor.
func (s *Store) PlacesOf(ctx context.Context, decisions []string) (out []Place, err error) {
	for _, d := range decisions {
		places, err := read(ctx, s.derived, "read places", "places_of", scanPlace, d)
		if err != nil {
			return nil, err
		}
		out = append(out, places...)
	}
	number(out)
	return out, nil
}

// PlacedThrough returns up to which change of the study it is known where the
// anchors of decisions were found; 0 if it is not.
func (s *Store) PlacedThrough(ctx context.Context) (int64, error) {
	stamp, err := s.Stamp(ctx, "places")
	if err != nil || stamp == "" {
		return 0, err
	}
	through, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return 0, nil // it is found again
	}
	return through, nil
}

func scanPlace(r *sql.Rows) (p Place, err error) {
	var columns string
	if err = r.Scan(&p.Decision, &columns); err != nil {
		return p, err
	}
	var article, found string
	article, columns, _ = strings.Cut(columns, " ")
	found, columns, _ = strings.Cut(columns, " ")
	p.Text, columns, _ = strings.Cut(columns, " ")
	p.Article = recount.Key(article)
	if p.Found, err = strconv.Atoi(found); err == nil {
		p.At, err = textSpans(columns)
	}
	return p, err
}

// number counts the places of each decision.
func number(places []Place) {
	for i := range places {
		if i > 0 && places[i-1].Decision == places[i].Decision {
			places[i].N = places[i-1].N + 1
		}
	}
}

// spanText writes spans as a column holds them: "3-9 12-20".
func spanText(spans []recount.Span) string {
	if len(spans) == 0 {
		return ""
	}
	b := make([]byte, 0, 12*len(spans))
	for i, s := range spans {
		if i > 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(s.Start), 10)
		b = append(b, '-')
		b = strconv.AppendInt(b, int64(s.End), 10)
	}
	return string(b)
}

// textSpans reads what spanText writes.
func textSpans(column string) (out []recount.Span, err error) {
	for column != "" {
		var one string
		one, column, _ = strings.Cut(column, " ")
		from, to, _ := strings.Cut(one, "-")
		var s recount.Span
		if s.Start, err = strconv.Atoi(from); err == nil {
			s.End, err = strconv.Atoi(to)
		}
		if err != nil {
			return nil, fmt.Errorf("a column of places holds %.40q: %w", one, recount.ErrTampered)
		}
		out = append(out, s)
	}
	return out, nil
}
