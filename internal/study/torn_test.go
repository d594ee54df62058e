package study_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount/internal/study"
)

// A power cut while pages are being added keeps any sectors of what was being
// written behind the pages that were reported. Recheck says so and what to do,
// the next add takes away what is torn and adds what is missing, and what was
// reported is as it was.
func TestTornEndOfTheArchive(t *testing.T) {
	ctx := context.Background()
	open := func(dir string) *study.Study {
		s, err := study.Open(ctx, dir, study.Options{Actor: "analyst", Now: ticking()})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const file = "captures/recount-00001.warc.gz"
	first := files(t, map[string]string{"a.html": story("A", "A."), "b.html": story("B", "B.")})
	more := files(t, map[string]string{"c.html": story("C", "C."), "d.html": story("D", "D."), "e.html": story("E", "E.")})
	s := started(t)
	before := s.Dir
	add(t, s, study.Offer{Paths: []string{first}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	copied := func() string {
		dir := filepath.Join(t.TempDir(), "s")
		if err := os.CopyFS(dir, os.DirFS(before)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	whole, err := os.ReadFile(filepath.Join(before, file))
	if err != nil {
		t.Fatal(err)
	}
	later := copied()
	s = open(later)
	var ends []int
	for _, c := range add(t, s, study.Offer{Paths: []string{more}}).New {
		ends = append(ends, int(c.Record.Offset+c.Record.Length)-len(whole))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(later, file))
	if err != nil {
		t.Fatal(err)
	}
	tail := b[len(whole):] // three records
	if len(ends) != 3 || ends[2] != len(tail) {
		t.Fatalf("the records end at %v of %d", ends, len(tail))
	}
	zeros := func(from, to int) []byte {
		out := slices.Clone(tail)
		clear(out[from:to])
		return out
	}
	flipped := func(at int) []byte {
		out := slices.Clone(tail)
		out[at] ^= 1
		return out
	}
	info := bytes.Index(whole[1:], []byte("\x1f\x8b\x08")) + 1
	tests := []struct {
		name string
		end  []byte
		torn bool // so that it is named: as no record that is being written, or as one that nobody reported
	}{
		{"the first record is zeros, the others are there", zeros(0, ends[0]), true},
		{"the head of the first record is zeros", zeros(0, 8), true},
		{"a sector within the first record is zeros", zeros(20, ends[0]-9), true},
		{"the second record is zeros", zeros(ends[0], ends[1]), true},
		{"the end of the second record and the head of the third", zeros(ends[1]-40, ends[1]+40), true},
		{"only the last bytes are there", zeros(0, len(tail)-10), true},
		{"a sector within the last record is zeros", zeros(ends[1]+20, len(tail)-9), true},
		{"a bit of a record that was not reported", flipped(ends[0] + 60), true},
		{"bytes of another file", bytes.Repeat([]byte("another file "), 50), true},
		{"zeros and then bytes of another file", append(make([]byte, 600), "another file"...), true},
		{"the first record and bytes of another file", append(slices.Clone(tail[:ends[0]]), "another file"...), true},
		{"the beginning of a record", tail[:ends[0]/2], false},
		{"nothing but zeros", make([]byte, 600), false},
		{"all three records, which the index lacks", tail, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copied()
			if err := os.WriteFile(filepath.Join(dir, file), slices.Concat(whole, tt.end), 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(dir)
			defer s.Close()
			r, err := s.Recheck(ctx, study.Recheck{})
			if err != nil {
				t.Fatal(err)
			}
			if tt.torn != (len(r.Problems) > 0) || tt.torn && !strings.Contains(r.Problems[0].Hint, "recount add") {
				t.Errorf("recheck says %+v", r.Problems)
			}
			a := add(t, s, study.Offer{Paths: []string{first, more}})
			if a.Recovered+len(a.New) != 3 || len(captures(t, s)) != 5 {
				t.Errorf("%d recovered, %d new, %d captures", a.Recovered, len(a.New), len(captures(t, s)))
			}
			extract(t, s)
			if r, err = s.Recheck(ctx, study.Recheck{}); err != nil || len(r.Problems) > 0 {
				t.Errorf("recheck afterwards: %+v, %v", r, err)
			}
			got, err := os.ReadFile(filepath.Join(dir, file))
			if err != nil || !bytes.HasPrefix(got, whole) {
				t.Errorf("what was reported added is not as it was (%v)", err)
			}
		})
	}
	for _, at := range []struct {
		name  string
		where int
	}{{"of the first record", info + 60}, {"of the last record", len(whole) - 30}, {"of the record that begins the file", 60}} {
		t.Run("a byte "+at.name+" that was reported", func(t *testing.T) {
			dir := copied()
			changed := slices.Concat(whole, zeros(0, ends[0]))
			changed[at.where] ^= 1
			if err := os.WriteFile(filepath.Join(dir, file), changed, 0o600); err != nil {
				t.Fatal(err)
			}
			s := open(dir)
			defer s.Close()
			add(t, s, study.Offer{Paths: []string{more}})
			if got, err := os.ReadFile(filepath.Join(dir, file)); err != nil || !bytes.HasPrefix(got, changed[:len(whole)]) {
				t.Errorf("the damaged record was touched (%v)", err)
			}
			r, err := s.Recheck(ctx, study.Recheck{})
			if err != nil || len(r.Problems) == 0 || strings.Contains(r.Problems[0].Hint, "recount add") {
				t.Errorf("recheck says %+v, %v", r, err)
			}
		})
	}
}
