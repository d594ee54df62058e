// Package intake takes what is offered into a study: files, containers of
// files, pages of the web and feeds. The archive first, then the index.
//
// In: paths and addresses. Out: captures in the archive and the index, and a
// list of what was not taken and why. Method: everything goes through one
// hand, which recognises what is there already and puts a batch on the disk
// before the next begins, so that what was reported is never lost and whoever
// is interrupted runs the same again. Limits: MaxPayload bytes a page.
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

// Channels: how a capture came.
const (
	FromFile    = "file"
	FromWeb     = "web"
	FromFeed    = "feed"    // the feed itself; its pages come from the web
	FromArchive = "archive" // a web archive, made by another program
	FromHand    = "hand"
)

// An Offer is what somebody gives to a study.
type Offer struct {
	Paths   []string // files, folders and addresses of pages
	Search  string   // the name of the search they came from, or ""
	Details recount.SearchDetails
	Columns map[string]string // of tables: field -> column
	Fetch   bool              // the addresses in lists too
	Hosts   []string          // of web archives: only pages of these hosts; empty = all
	Match   []string          // of web archives: only addresses that contain one of these
	Web     Web
}

// An Added says what add did.
type Added struct {
	Offered    int
	New        []recount.Capture
	Known      []Known // were there before
	Refused    []recount.Refusal
	Recovered  int // captures found in the archive that an interruption had left out of the index
	Duplicates int // new names for bytes that the study holds under another name
	Passed     []Passed
	Lists      []List
}

// A Known is a file that was added again: the same bytes under the same name.
type Known struct{ Name, As string }

// A Passed counts what a web archive held that is no page.
type Passed struct {
	Reason string
	N      int
}

// A List is a file with addresses of pages that were not fetched.
type List struct {
	Name  string
	Pages int
}

// A Shelf is where captures are kept.
type Shelf struct {
	Store    *store.Store
	Archive  *capture.Archive
	Actor    string
	Now      func() time.Time
	Progress func(step string, done, total int)
}

// A hand takes things into the study, one after another.
type hand struct {
	*Shelf
	offer  Offer
	out    *Added
	began  time.Time
	known  map[recount.Key]bool
	byHash map[string]string

	batch   []recount.Capture
	refused []recount.Refusal
	size    int // bytes in batch
	passed  map[string]int
	context context.Context
}

// hand readies the study for what is offered.
func (s *Shelf) hand(ctx context.Context, o Offer) (*hand, error) {
	h := &hand{Shelf: s, offer: o, out: &Added{}, began: s.Now().UTC().Truncate(time.Second), context: ctx,
		known: map[recount.Key]bool{}, byHash: map[string]string{}, passed: map[string]int{}}
	have, err := s.recoverCaptures(ctx, h.out)
	if err != nil {
		return nil, err
	}
	for _, c := range have {
		h.known[c.Key] = true
		h.byHash[c.Hash] = c.Name
	}
	return h, nil
}

// An item is one thing to take.
type item struct {
	name     string
	data     []byte
	head     []byte // of the server that sent it, or nil
	captured time.Time
	media    string // as declared; recognised if empty
	channel  string
	origin   recount.Origin
}

// take archives one thing, unless it is there already.
func (h *hand) take(it item) error {
	sum := sha256.Sum256(it.data)
	c := recount.Capture{Hash: hex.EncodeToString(sum[:]), Name: it.name, Captured: it.captured, Size: int64(len(it.data)),
		MediaType: it.media, Channel: it.channel, Search: h.offer.Search, Origin: it.origin}
	if c.MediaType == "" {
		c.MediaType = text.MediaType(it.data, it.name)
	}
	if c.Captured.IsZero() {
		c.Captured = h.began
	}
	c.Captured = c.Captured.UTC().Truncate(time.Second)
	c.Key = recount.CaptureKey(c.Hash, c.Name)
	if h.known[c.Key] {
		h.out.Known = append(h.out.Known, Known{it.name, c.Name})
		return nil
	}
	if _, there := h.byHash[c.Hash]; there {
		h.out.Duplicates++
	}
	h.known[c.Key], h.byHash[c.Hash] = true, c.Name
	var err error
	if c.Record, err = h.Archive.Append(c, it.head, it.data); errors.Is(err, recount.ErrRefused) {
		h.refuse(c.Name, err)
		return nil
	} else if err != nil {
		return err
	}
	h.batch = append(h.batch, c)
	if h.size += len(it.data); len(h.batch) == batchFiles || h.size > batchBytes {
		return h.flush()
	}
	return nil
}

// refuse notes that something was not taken.
func (h *hand) refuse(name string, err error) {
	h.refused = append(h.refused, Refusal(name, "", "add", err))
}

// flush puts what was taken on the disk.
func (h *hand) flush() error {
	if len(h.batch) > 0 {
		if err := h.Archive.Sync(); err != nil {
			return err
		}
		if err := h.Store.PutCaptures(h.context, h.batch); err != nil {
			return err
		}
	}
	if len(h.refused) > 0 {
		if err := h.Store.PutRefusals(h.context, h.refused); err != nil {
			return err
		}
	}
	for _, c := range h.batch {
		if c.Channel != FromFeed { // a feed is no page
			h.out.New = append(h.out.New, c)
		}
	}
	h.out.Refused = append(h.out.Refused, h.refused...)
	h.batch, h.refused, h.size = nil, nil, 0
	return nil
}

// close flushes and writes the search log.
func (h *hand) close(channel string) error {
	if err := h.flush(); err != nil {
		return err
	}
	for _, reason := range sorted(h.passed) {
		h.out.Passed = append(h.out.Passed, Passed{reason, h.passed[reason]})
	}
	h.Progress("add", h.out.Offered, h.out.Offered)
	return h.Store.PutSearch(h.context, recount.SearchRun{Query: h.offer.Search, Details: h.offer.Details, Channel: channel, Actor: h.Actor,
		Time: h.began, Paths: h.offer.Paths, Offered: h.out.Offered, Added: len(h.out.New), Known: len(h.out.Known), Refused: len(h.out.Refused)})
}

// recoverCaptures indexes records that are in the archive but not in the
// index, because an interruption came between the two, and returns all
// captures.
func (s *Shelf) recoverCaptures(ctx context.Context, out *Added) ([]recount.Capture, error) {
	have, err := s.Store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	after := map[string]int64{}
	for _, c := range have {
		after[c.Record.File] = max(after[c.Record.File], c.Record.Offset+c.Record.Length)
	}
	var found []recount.Capture
	for f, err := range s.Archive.Scan(after) {
		if err != nil {
			return nil, fmt.Errorf("read the archive: %w", err)
		}
		found = append(found, f.Capture)
	}
	out.Recovered = len(found)
	return append(have, found...), s.Store.PutCaptures(ctx, found)
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
