package shards

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A table of which the end is missing, or some of the middle, is an error that
// names it, never a shorter table.
func TestABrokenTableIsAnError(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	w, err := newTable[RelationRow](whole)
	if err != nil {
		t.Fatal(err)
	}
	const n = groupRows + 7
	for i := range n {
		if err := w.add(RelationRow{A: "a", B: string(rune('b' + i%20)), Passages: int32(i)}, 10); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte) (int, error) {
		path := filepath.Join(t.TempDir(), "table")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		rows := 0
		err := eachRow(path, func(RelationRow) bool { rows++; return true })
		return rows, err
	}
	if rows, err := read(b); err != nil || rows != n {
		t.Fatalf("%d rows, %v; want %d", rows, err, n)
	}
	for _, at := range []int{0, 3, 4, 100, len(b) / 3, len(b) / 2, len(b) - 100, len(b) - 8, len(b) - 1} {
		if rows, err := read(b[:at]); err == nil {
			t.Errorf("a table cut at byte %d of %d: %d rows and no error", at, len(b), rows)
		}
		if rows, err := read(append(b[:at:at], b[min(len(b), at+64):]...)); err == nil && rows != n {
			t.Errorf("a table without 64 bytes at %d of %d: %d rows and no error", at, len(b), rows)
		}
	}
	for at := 0; at < len(b); at += 1 + len(b)/200 {
		other := slices.Clone(b)
		other[at] ^= 0x55
		if rows, err := read(other); err == nil && rows != n {
			t.Errorf("a table with another byte at %d of %d: %d rows and no error", at, len(b), rows)
		}
	}
}
