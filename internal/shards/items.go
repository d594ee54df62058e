package shards

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/unpack"
)

// items yields the pages of a shard in their order. Position counts all that is
// offered, from 0. What is not taken is yielded as an error that wraps
// recount.ErrRefused, and the walk goes on; that the file could not be read is
// another error, which ends it.
func (s *Shard) items(ctx context.Context) iter.Seq2[unpack.Item, error] {
	return func(yield func(unpack.Item, error) bool) {
		f, err := s.open(ctx)
		if err != nil {
			yield(unpack.Item{}, err)
			return
		}
		defer f.Close()
		on := true
		whole := func(it unpack.Item, err error) bool {
			if fault := f.fault(); fault != nil {
				on = false
				yield(unpack.Item{}, fmt.Errorf("read %s: %w", s.Name, fault))
			}
			on = on && yield(it, err)
			return on
		}
		if s.Lines {
			s.lines(ctx, f, whole)
		} else {
			for it, err := range unpack.Items(f, s.Size, s.Name, s.Hash, unpack.Options{MaxPayload: capture.MaxPayload}) {
				if it.Name == "" {
					it.Name = s.Name
				}
				if !whole(it, err) {
					break
				}
			}
		}
		if fault := f.fault(); on && fault != nil {
			yield(unpack.Item{}, fmt.Errorf("read %s: %w", s.Name, fault))
		}
	}
}

// lines yields each line as a file of one line, named by where it begins in
// the file as it is unpacked.
func (s *Shard) lines(ctx context.Context, f io.ReaderAt, yield func(unpack.Item, error) bool) {
	var r io.Reader = io.NewSectionReader(f, s.Offset, s.Length)
	head := make([]byte, 64<<10)
	n, _ := f.ReadAt(head, 0)
	kind := unpack.Kind(head[:n], s.Name)
	var err error
	switch kind {
	case "gzip":
		r, err = gzip.NewReader(bufio.NewReaderSize(r, 1<<16))
	case "bzip2":
		r = bzip2.NewReader(bufio.NewReaderSize(r, 1<<16))
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20)); err == nil {
			defer z.Close()
			r = z
		}
	}
	within := func(at, length int64) recount.Within {
		if kind != "" {
			return recount.Within{File: s.Name, Hash: s.Hash, Length: s.Size}
		}
		return recount.Within{File: s.Name, Hash: s.Hash, Offset: at, Length: length}
	}
	refuse := func(at int64, why, hint string) bool {
		it := unpack.Item{Name: s.lineName(at), Within: within(at, 0)}
		return yield(it, recount.WithHint(fmt.Errorf("%s: %w", why, recount.ErrRefused), hint))
	}
	if err != nil {
		refuse(0, "the file cannot be unpacked: "+err.Error(), "look whether it can be read to its end")
		return
	}
	b := bufio.NewReaderSize(r, 1<<20)
	at := s.Offset
	var line []byte
	for {
		line = line[:0]
		var length int64
		for {
			var part []byte
			part, err = b.ReadSlice('\n')
			length += int64(len(part))
			if length <= capture.MaxPayload {
				line = append(line, part...)
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
			if err := ctx.Err(); err != nil {
				yield(unpack.Item{}, err)
				return
			}
		}
		if err != nil && !errors.Is(err, io.EOF) {
			refuse(at, "the rest of the file cannot be read: "+err.Error(), "look whether it can be read to its end")
			return
		}
		start := at
		at += length
		switch first := bytes.TrimSpace(bytes.TrimPrefix(line, bom)); {
		case len(first) == 0:
		case length > capture.MaxPayload:
			if !refuse(start, fmt.Sprintf("a line of %d MiB; the limit is %d MiB", length>>20, int64(capture.MaxPayload)>>20), "cut it into its articles") {
				return
			}
		case !startsObject(first):
			if !refuse(start, noObject, oneALine) {
				return
			}
		default:
			it := unpack.Item{Name: s.lineName(start), Payload: bytes.Clone(line), Within: within(start, length)}
			if !yield(it, nil) {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// What is said of a line that gives no article.
const (
	noObject = "a line that is no JSON object"
	oneALine = "write one article a line, as {\"title\":..., \"text\":...}"
	noText   = "call what holds the text \"text\", as in {\"title\":..., \"text\":...}, or take the file into a study, which can be told: recount add --map text=NAME"
)

// bom is what some programs write before the first line of a file.
var bom = []byte("\xef\xbb\xbf")

// startsObject reports whether a line begins as a JSON object does. What does
// not would be read as plain text.
func startsObject(line []byte) bool {
	rest := bytes.TrimLeft(bytes.TrimPrefix(line, []byte{'{'}), " \t\r\n")
	return len(rest) > 0 && len(rest) < len(line) && (rest[0] == '"' || rest[0] == '}')
}

// ofLine says of a refused line what its reader says of a whole table, in terms
// of the line: a scan has no flag that names columns.
func ofLine(line []byte, err error) error {
	switch {
	case !json.Valid(line):
		return recount.WithHint(fmt.Errorf("%s: %w", noObject, recount.ErrRefused), oneALine)
	case strings.Contains(recount.HintOf(err), "--map "):
		return recount.WithHint(err, noText)
	}
	return err
}

// lineName is what a study calls the line at an offset.
func (s *Shard) lineName(at int64) string {
	return s.Name + "/" + strconv.FormatInt(at, 10) + ".jsonl"
}
