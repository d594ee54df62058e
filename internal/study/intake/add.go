// Package intake takes files into a study: the archive first, then the index.
package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"recount"
	"recount/internal/capture"
	"recount/internal/store"
	"recount/internal/text"
)

// MaxPayload is the largest page that is taken, in bytes after inflation.
const MaxPayload = 32 << 20

// A batch of captures is on disk before the next begins: WARC first, then the
// index, so what is acknowledged is never lost.
const (
	batchFiles = 64
	batchBytes = 16 << 20
)

// An Added says what add did.
type Added struct {
	Offered    int
	New        []recount.Capture
	Known      []Known // were there before
	Refused    []recount.Refusal
	Recovered  int // captures found in the archive that an interruption had left out of the index
	Duplicates int // new names for bytes that the study holds under another name
}

// A Known is a file that was added again: the same bytes under the same name.
type Known struct{ Name, As string }

// A Shelf is where captures are kept.
type Shelf struct {
	Store    *store.Store
	Archive  *capture.Archive
	Actor    string
	Now      time.Time // of every capture
	Progress func(step string, done, total int)
}

// Add archives files and folders. search is the search or channel they came
// from, as the user gave it.
func (s *Shelf) Add(ctx context.Context, paths []string, search string) (*Added, error) {
	out := &Added{}
	if err := s.recoverCaptures(ctx, out); err != nil {
		return nil, err
	}
	have, err := s.Store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	known := map[recount.Key]bool{}
	byHash := map[string]string{}
	for _, c := range have {
		known[c.Key] = true
		byHash[c.Hash] = c.Name
	}
	now := s.Now.UTC().Truncate(time.Second)
	var batch []recount.Capture
	var refused []recount.Refusal
	size := 0
	flush := func() error {
		if len(batch) > 0 {
			if err := s.Archive.Sync(); err != nil {
				return err
			}
			if err := s.Store.PutCaptures(ctx, batch); err != nil {
				return err
			}
		}
		if len(refused) > 0 {
			if err := s.Store.PutRefusals(ctx, refused); err != nil {
				return err
			}
		}
		out.New = append(out.New, batch...)
		out.Refused = append(out.Refused, refused...)
		batch, refused, size = nil, nil, 0
		return nil
	}
	for src, err := range capture.Files(paths) {
		if cerr := ctx.Err(); cerr != nil {
			return out, errors.Join(flush(), cerr)
		}
		out.Offered++
		var data []byte
		if err == nil {
			data, err = capture.ReadFile(src.Path, MaxPayload)
		}
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return nil, err
			}
			refused = append(refused, Refusal(src.Name, "", "add", err))
			continue
		}
		sum := sha256.Sum256(data)
		c := recount.Capture{Hash: hex.EncodeToString(sum[:]), Name: src.Name, Captured: now, Size: int64(len(data)),
			MediaType: text.MediaType(data, src.Name), Channel: "file", Search: search}
		c.Key = recount.CaptureKey(c.Hash, c.Name)
		if known[c.Key] {
			out.Known = append(out.Known, Known{src.Name, c.Name})
			continue
		}
		if _, dup := byHash[c.Hash]; dup {
			out.Duplicates++
		}
		known[c.Key], byHash[c.Hash] = true, c.Name
		if c.Record, err = s.Archive.Append(c, data); err != nil {
			return nil, err
		}
		batch = append(batch, c)
		if size += len(data); len(batch) == batchFiles || size > batchBytes {
			if err := flush(); err != nil {
				return nil, err
			}
			s.Progress("add", out.Offered, 0)
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	s.Progress("add", out.Offered, out.Offered)
	run := recount.SearchRun{Query: search, Channel: "file", Actor: s.Actor, Time: now, Paths: paths,
		Offered: out.Offered, Added: len(out.New), Known: len(out.Known), Refused: len(out.Refused)}
	return out, s.Store.PutSearch(ctx, run)
}

// recoverCaptures indexes records that are in the archive but not in the
// index: an interruption came between the two.
func (s *Shelf) recoverCaptures(ctx context.Context, out *Added) error {
	have, err := s.Store.Captures(ctx)
	if err != nil {
		return err
	}
	after := map[string]int64{}
	for _, c := range have {
		after[c.Record.File] = max(after[c.Record.File], c.Record.Offset+c.Record.Length)
	}
	var found []recount.Capture
	for f, err := range s.Archive.Scan(after) {
		if err != nil {
			return fmt.Errorf("read the archive: %w", err)
		}
		if f.Capture.Key == "" { // a warcinfo or a tombstone
			continue
		}
		found = append(found, f.Capture)
	}
	out.Recovered = len(found)
	return s.Store.PutCaptures(ctx, found)
}

// Refusal says why an item was not taken.
func Refusal(name, hash, stage string, err error) recount.Refusal {
	reason := err.Error()
	var h *recount.HintError
	if errors.As(err, &h) {
		reason = h.Err.Error()
	}
	// The list names the item already, and that it was refused.
	reason = strings.TrimSuffix(reason, ": "+recount.ErrRefused.Error())
	reason = strings.TrimPrefix(strings.TrimPrefix(reason, name+": "), path.Base(name)+": ")
	return recount.Refusal{Name: name, Hash: hash, Stage: stage, Reason: reason, Hint: recount.HintOf(err)}
}
