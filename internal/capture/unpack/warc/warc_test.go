package warc

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// The whole of this package is tested with files in package unpack; here is
// what does not show there.

func TestFirstLinesOfRecords(t *testing.T) {
	for head, want := range map[string]bool{
		"WARC/1.0\r\nWARC-Type": true, "WARC/1.1\n": true, "WARC/0.18\r\n": true, "WARC/1.0 \r\n": true,
		"WARC/1.0 is a format\n": false, "WARC/2.0\r\n": false, "WARC/1.x\r\n": false, "WARC/1.0": false, "": false, "\r\n": false, "WARC/1.000\r\n": false,
	} {
		if got := IsRecord([]byte(head)); got != want {
			t.Errorf("IsRecord(%q) = %t, want %t", head, got, want)
		}
	}
}

// A frame hands through exactly its bytes, whatever its header leaves out.
func TestFramesOfZstandardEndWhereTheyEnd(t *testing.T) {
	for _, text := range []string{"", "x", strings.Repeat("The pier is long. ", 20_000), strings.Repeat("\x00", 1<<20)} {
		for _, o := range [][]zstd.EOption{nil, {zstd.WithEncoderCRC(false)}, {zstd.WithSingleSegment(true)}, {zstd.WithZeroFrames(true)}} {
			e, err := zstd.NewWriter(nil, o...)
			if err != nil {
				t.Fatal(err)
			}
			var streamed bytes.Buffer
			e.Reset(&streamed)
			io.WriteString(e, text)
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			for _, b := range [][]byte{e.EncodeAll([]byte(text), nil), streamed.Bytes()} {
				if len(b) == 0 {
					continue
				}
				r := bufio.NewReader(bytes.NewReader(append(bytes.Clone(b), "what follows"...)))
				got, err := io.ReadAll(&frame{r: r})
				rest, _ := io.ReadAll(r)
				if err != nil || !bytes.Equal(got, b) || string(rest) != "what follows" {
					t.Errorf("a frame of %d bytes is handed through as %d, %v; then %.20q", len(b), len(got), err, rest)
				}
			}
		}
	}
}

func TestHeadsOfAnswers(t *testing.T) {
	tests := []struct {
		name, in string
		ok       bool
		status   int
		body     string
	}{
		{"as usual", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nx", true, 200, "x"},
		{"without a reason", "HTTP/2 404\r\n\r\n", true, 404, ""},
		{"bare line feeds", "HTTP/1.0 200 OK\nA: b\n\nx", true, 200, "x"},
		{"folded", "HTTP/1.0 200 OK\r\nA: b\r\n c\r\n\r\nx", true, 200, "x"},
		{"a fold before any field", "HTTP/1.0 200 OK\r\n c\r\n\r\nx", true, 200, "x"},
		{"cut off", "HTTP/1.1 200 OK\r\nA: b\r\n", false, 200, ""},
		{"a status of two digits", "HTTP/1.1 20 OK\r\n\r\n", false, 0, ""},
		{"no HTTP", "ICY 200 OK\r\n\r\n", false, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, ok := ReadAnswer([]byte(tt.in))
			if ok != tt.ok || ok && (a.Status != tt.status || tt.in[a.Size:] != tt.body) {
				t.Errorf("ReadAnswer = %+v, %t", a, ok)
			}
		})
	}
}
