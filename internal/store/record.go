package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"recount"
)

// whole refuses strings that PostgreSQL cannot hold or that would not come
// back as they were: names, texts and whatever a key is made of.
func whole(what string, key recount.Key, s ...string) error {
	for _, s := range s {
		if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
			return fmt.Errorf("%s %s: not valid UTF-8, or with a NUL byte: %w", what, key, recount.ErrInvalid)
		}
	}
	return nil
}

// clean puts U+FFFD in the place of each byte that is no UTF-8, and of NUL.
func clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(string([]rune(s)), "\x00", "\uFFFD")
}

// A document is JSON text in a column. Nil and empty lists stay apart.
type document struct{ to any }

func toJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// Scan reads the column into what the document points to.
func (d document) Scan(column any) error {
	switch c := column.(type) {
	case string:
		return json.Unmarshal([]byte(c), d.to)
	case []byte:
		return json.Unmarshal(c, d.to)
	}
	return fmt.Errorf("a JSON column holds %T: %w", column, recount.ErrInvalid)
}

// An instant is a time in a column: RFC 3339, UTC, whole seconds, so that the
// order of the texts is the order of the times.
type instant struct{ to *time.Time }

func toInstant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Scan reads the column into the time that the instant points to.
func (i instant) Scan(column any) error {
	s, ok := column.(string)
	if b, is := column.([]byte); is {
		s, ok = string(b), true
	}
	if !ok {
		return fmt.Errorf("a time column holds %T: %w", column, recount.ErrInvalid)
	}
	t, err := time.Parse(time.RFC3339, s)
	*i.to = t.UTC()
	return err
}

// A block is a recount.Block as it is stored: [start, end, role, path].
type block recount.Block

// MarshalJSON writes the four parts as a list.
func (b block) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{b.Span.Start, b.Span.End, b.Role, b.Path})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (b *block) UnmarshalJSON(raw []byte) error {
	parts := []any{&b.Span.Start, &b.Span.End, &b.Role, &b.Path}
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	if len(parts) != 4 {
		return fmt.Errorf("a block of %d parts: %w", len(parts), recount.ErrInvalid)
	}
	return nil
}

// An alignment is a recount.Alignment as it is stored: [a_start, a_end,
// b_start, b_end].
type alignment recount.Alignment

// MarshalJSON writes the four offsets as a list.
func (a alignment) MarshalJSON() ([]byte, error) {
	return json.Marshal([4]int{a.A.Start, a.A.End, a.B.Start, a.B.End})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *alignment) UnmarshalJSON(raw []byte) error {
	var o [4]int
	if err := json.Unmarshal(raw, &o); err != nil {
		return err
	}
	a.A, a.B = recount.Span{Start: o[0], End: o[1]}, recount.Span{Start: o[2], End: o[3]}
	return nil
}

// convert makes a list of U out of a list of T; nil stays nil.
func convert[T, U any](in []T, f func(T) U) []U {
	if in == nil {
		return nil
	}
	out := make([]U, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
