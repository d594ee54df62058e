package unpack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"testing"
)

// What a ZIP says is also read in package unpack; here it is compared with
// what the standard library reads.
func TestEntriesAreThoseOfTheStandardLibrary(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("something before the ZIP")
	w := zip.NewWriter(&b)
	w.SetOffset(int64(b.Len()))
	for i := range 300 {
		f, err := w.Create(fmt.Sprintf("folder/%d.html", i))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(f, "<p>%d</p>", i*i)
	}
	if err := w.SetComment("a comment with PK\x05\x06 in it"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := bytes.NewReader(b.Bytes())
	want, err := zip.NewReader(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	d, err := openDirectory(r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	var spans memberSpans
	for range 2 {
		d.Rewind()
		for _, f := range want.File {
			e, err := d.Next()
			if err != nil {
				t.Fatal(err)
			}
			_, data, err := localHeader(r, e.Header)
			if err != nil {
				t.Fatal(err)
			}
			at, err := f.DataOffset()
			if err != nil {
				t.Fatal(err)
			}
			if e.Name != f.Name || e.CRC != f.CRC32 || e.Packed != int64(f.CompressedSize64) || e.Size != int64(f.UncompressedSize64) || data != at {
				t.Fatalf("%+v with bytes at %d; want %+v at %d", e, data, f.FileHeader, at)
			}
			spans.Add(e)
		}
		if _, err := d.Next(); err == nil {
			t.Error("there is an entry too many")
		}
	}
}

func TestSharedBytes(t *testing.T) {
	at := func(header, packed int64) zipEntry { return zipEntry{Name: "12345", Header: header, Packed: packed} } // 35 bytes and packed
	tests := []struct {
		name    string
		entries []zipEntry
		want    []bool
	}{
		{"one behind the other", []zipEntry{at(0, 5), at(40, 5), at(80, 5)}, []bool{false, false, false}},
		{"one behind the other, told backwards", []zipEntry{at(80, 5), at(40, 5), at(0, 5)}, []bool{false, false, false}},
		{"one into the next", []zipEntry{at(0, 6), at(40, 5), at(80, 5)}, []bool{true, true, false}},
		{"one over all", []zipEntry{at(0, 200), at(40, 5), at(80, 5)}, []bool{true, true, true}},
		{"twice the same", []zipEntry{at(0, 5), at(40, 5), at(0, 5)}, []bool{true, false, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s memberSpans
			for _, e := range tt.entries {
				s.Add(e)
			}
			s.Sort()
			for i, e := range tt.entries {
				if got := s.Shared(e); got != tt.want[i] {
					t.Errorf("entry %d shares bytes: %t, want %t", i, got, tt.want[i])
				}
			}
		})
	}
}

func TestAFileThatIsNoZIP(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("PK"), bytes.Repeat([]byte("PK\x05\x06"), 100)} {
		if d, err := openDirectory(bytes.NewReader(b), int64(len(b))); err == nil {
			if _, err := d.Next(); err == nil {
				t.Errorf("%q has an entry", b)
			}
		} else if !errors.Is(err, errMissing) && len(b) > 0 {
			t.Errorf("%q: %v", b, err)
		}
	}
}
