// This file takes what is offered into a study: files, containers of
// files, pages of the web and feeds. The archive first, then the index.
//
// In: paths and addresses. Out: captures in the archive and the index, and a
// list of what was not taken and why. Method: everything goes through one
// hand, which recognises what is there already and puts a batch on the disk
// before the next begins, so that what was reported is never lost and whoever
// is interrupted runs the same again. Limits: capture.MaxPayload bytes a page.

package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/capture"
	"recount/internal/sandbox"
	"recount/internal/store"
	"recount/internal/text"
)

// What is kept of words that others say of a page.
const (
	maxHints       = 200     // of one page
	intakeMaxWords = 4 << 10 // bytes of one
)

// Channels: how a capture came.
const (
	fromFile    = "file"
	fromWeb     = "web"
	fromFeed    = "feed"    // the feed itself; its pages come from the web
	fromArchive = "archive" // a web archive, made by another program
	fromHand    = "hand"
)

// A study says in its store how it names files: by their place in the folder
// that was offered, or, if it says nothing, after that folder, as version 0.1
// did.
const (
	metaNames    = "names"
	namesByPlace = "by place"
)

// An Offer is what somebody gives to a study.
type Offer struct {
	Paths   []string // files, folders and addresses of pages
	Search  string   // the name of the search they came from, or ""
	Details recount.SearchDetails
	Columns map[string]string // of tables: field -> column
	Fetch   bool              // the addresses in lists too
	Follow  bool              // links out of a folder too
	Hosts   []string          // of web archives: only pages of these hosts; empty = all
	Match   []string          // of web archives: only addresses that contain one of these
	Web     Web
}

// An Added says what add did.
type Added struct {
	Offered    int
	New        []recount.Capture
	Known      []KnownFile // were there before
	Refused    []recount.Refusal
	Recovered  int      // captures found in the archive that an interruption had left out of the index
	Versions   []string // names of files that the study held with other bytes
	Duplicates int      // new names for bytes that the study holds under another name
	StayOut    []TakenOut
	Passed     []PassedOver
	Lists      []AddressList
}

// A KnownFile is a file that was added again: the same bytes under the same name.
type KnownFile struct{ Name, As string }

// A TakenOut is a page that was offered again after it was taken out of the study.
type TakenOut struct {
	Name    string // as it was offered; nothing of it is saved
	Removal string // id of the decision that took it out
	By, Day string
}

// A PassedOver counts what a web archive held that is no page.
type PassedOver struct {
	Reason string
	N      int
}

// A AddressList is a file with addresses of pages that were not fetched.
type AddressList struct {
	Name  string
	Pages int
}

// A intake is where captures are kept.
type intake struct {
	Store    *store.Store
	Archive  *capture.Archive
	Reader   *sandbox.Reader
	Actor    string
	Now      func() time.Time
	Progress func(step string, done, total int)
	// Removals returns the decisions that took pages out and hold, by the key of
	// the capture.
	Removals func(context.Context) (map[recount.Key]*recount.Decision, error)
}

// A taker takes things into the study, one after another.
type taker struct {
	*intake
	offer  Offer
	out    *Added
	began  time.Time
	known  map[recount.Key]bool
	byHash map[string]bool
	erased map[recount.Key]bool              // captures that were taken out
	stay   map[recount.Key]*recount.Decision // of them those that stay out, with why
	faults map[string]bool                   // names that were refused before
	named  map[string]bool                   // names of the files that the study holds
	older  *olderNames                       // of a study that names files after their folders, else nil

	batch   []recount.Capture
	changed []recount.Capture // known ones of which more is known now
	taken   []string          // names that were refused when they were offered before
	refused []recount.Refusal
	pages   map[string]bool // canonical addresses that are captured or asked for; nil until a list asks
	size    int             // bytes in batch
	passed  map[string]int
	context context.Context
	saving  context.Context // of what is to be kept although context ended
}

// taker readies the study for what is offered.
func (s *intake) taker(ctx context.Context, o Offer) (*taker, error) {
	// Archive and index keep text only; what is no text would stop a run after
	// its pages are archived.
	d := o.Details
	for _, t := range append([]string{o.Search, d.Database, d.String, d.Language, d.Filters, d.Made}, o.columns()...) {
		if !isText(t) || len(t) > intakeMaxWords {
			return nil, recount.WithHint(fmt.Errorf("%.60q: %w: what is said of a search or a table is no text, or longer than %d bytes", t, recount.ErrInvalid, intakeMaxWords),
				"write it in plain words")
		}
	}
	h := &taker{intake: s, offer: o, out: &Added{}, began: s.Now().UTC().Truncate(time.Second), context: ctx, saving: context.WithoutCancel(ctx),
		known: map[recount.Key]bool{}, byHash: map[string]bool{}, erased: map[recount.Key]bool{}, faults: map[string]bool{}, named: map[string]bool{}, passed: map[string]int{}}
	have, err := s.recoverCaptures(ctx, h.out)
	if err != nil {
		return nil, err
	}
	for _, c := range have {
		if c.Hash == store.ErasedHash {
			h.erased[c.Key] = true
			continue
		}
		h.known[c.Key] = true
		h.byHash[c.Hash] = true
		h.named[c.Name] = h.named[c.Name] || c.Channel == fromFile
	}
	if len(h.erased) > 0 {
		if h.stay, err = s.Removals(ctx); err != nil {
			return nil, err
		}
	}
	if named, err := s.Store.Meta(ctx, metaNames); err != nil {
		return nil, err
	} else if named != namesByPlace {
		h.older = intakeNamesOf(have)
	}
	refused, err := s.Store.Refusals(ctx)
	for _, r := range refused {
		if r.Stage == "add" {
			h.faults[r.Name] = true
		}
	}
	return h, err
}

// columns returns the fields and columns of tables in order.
func (o *Offer) columns() (out []string) {
	for _, field := range slices.Sorted(maps.Keys(o.Columns)) {
		out = append(out, field, o.Columns[field])
	}
	return out
}

// An item is one thing to take.
type item struct {
	name     string
	data     []byte
	head     []byte // of the server that sent it, or nil
	captured time.Time
	media    string        // as declared; recognised if empty
	look     *sandbox.Look // what it was recognised as, nil until somebody asks
	channel  string
	origin   recount.Origin
}

// take archives one thing, unless it is there already.
func (h *taker) take(it item) error {
	sum := sha256.Sum256(it.data)
	c := recount.Capture{Hash: hex.EncodeToString(sum[:]), Name: it.name, Captured: it.captured, Size: int64(len(it.data)),
		MediaType: it.media, Channel: it.channel, Search: h.offer.Search, Origin: it.origin}
	c.Key = recount.CaptureKey(c.Hash, c.Name)
	for n := 1; h.erased[c.Key]; n++ {
		if d := h.stay[c.Key]; d != nil {
			h.out.StayOut = append(h.out.StayOut, TakenOut{it.name, d.ID, d.Actor, fmt.Sprintf("%.10s", d.Time)})
			return nil
		}
		// Its key is that of what was taken out, which stays blank for ever.
		c.Name = anew(it.name, n)
		c.Key = recount.CaptureKey(c.Hash, c.Name)
	}
	if c.MediaType == "" && !h.known[c.Key] {
		seen, err := h.look(&it)
		if err != nil {
			return err
		}
		c.MediaType = seen.MediaType
	}
	// What an archive dates after it was added has a wrong clock, and would be
	// the newest version of its page for ever.
	if c.Captured.IsZero() || it.channel == fromArchive && c.Captured.After(h.began) {
		c.Captured = h.began
	}
	c.Captured = c.Captured.UTC().Truncate(time.Second)
	c.Origin.Hints = heard(c.Origin.Hints)
	if h.known[c.Key] {
		h.out.Known = append(h.out.Known, KnownFile{it.name, c.Name})
		h.right(c.Name)
		return h.columns(c.Key, it)
	}
	var err error
	if c.Record, err = h.Archive.Append(c, it.head, it.data); errors.Is(err, recount.ErrRefused) {
		h.refuse(c.Name, err)
		return nil
	} else if err != nil {
		return err
	}
	if h.byHash[c.Hash] && c.Channel != fromFeed {
		h.out.Duplicates++
	}
	if c.Channel == fromFile {
		if h.named[c.Name] {
			h.out.Versions = append(h.out.Versions, c.Name)
		}
		h.named[c.Name] = true
	}
	h.known[c.Key], h.byHash[c.Hash] = true, true
	h.batch = append(h.batch, c)
	// A batch of captures is on disk before the next begins: WARC first, then the
	// index, so what is acknowledged is never lost.
	if h.size += len(it.data); len(h.batch) == capture.BatchFiles || h.size > capture.BatchBytes {
		return h.flush()
	}
	return nil
}

// anew is what a page is called that comes in again after it was taken out n
// times. The end of a file name says what is in it; an address leads to the same
// page.
func anew(name string, n int) string {
	if Address(name) {
		return fmt.Sprintf("%s#again-%d", name, n)
	}
	end := path.Ext(name)
	return fmt.Sprintf("%s (again %d)%s", strings.TrimSuffix(name, end), n, end)
}

// paths is what the search log keeps of what was offered: not what stays out.
func (h *taker) paths() []string {
	return slices.DeleteFunc(slices.Clone(h.offer.Paths), func(p string) bool {
		return slices.ContainsFunc(h.out.StayOut, func(t TakenOut) bool { return p == t.Name || baseName(p) == path.Base(t.Name) })
	})
}

// right notes that what is called name and was refused before is in the study
// now.
func (h *taker) right(name string) {
	if h.faults[name] {
		delete(h.faults, name)
		h.taken = append(h.taken, name)
	}
}

// look recognises an item, once. What breaks the program that looks at it is of
// no kind that is known, and is refused when it is read.
func (h *taker) look(it *item) (sandbox.Look, error) {
	if it.look == nil {
		seen, err := h.Reader.Look(h.context, it.data, text.Options{Name: it.name, Columns: h.offer.Columns})
		if errors.Is(err, recount.ErrRefused) {
			seen, err = sandbox.Look{MediaType: "application/octet-stream"}, nil
		}
		if err != nil {
			return seen, err
		}
		it.look = &seen
	}
	return *it.look, nil
}

// columns archives a known table again if the user now says which column holds
// what: it is the same table, and is read as it was meant.
func (h *taker) columns(known recount.Key, it item) error {
	if len(it.origin.Columns) == 0 {
		return nil
	}
	if seen, err := h.look(&it); err != nil || seen.MediaType != text.TableMedia {
		return err
	}
	c, err := h.Store.Capture(h.context, known)
	if errors.Is(err, recount.ErrNotFound) || err == nil && maps.Equal(c.Origin.Columns, it.origin.Columns) {
		return nil // it is in the batch, or knows them
	}
	if err != nil {
		return err
	}
	c.Origin.Columns = it.origin.Columns
	if c.Record, err = h.Archive.Append(c, it.head, it.data); err == nil {
		h.changed = append(h.changed, c)
	}
	return err
}

// refuse notes that something was not taken.
func (h *taker) refuse(name string, err error) {
	h.refused = append(h.refused, refusalOf(name, "", "add", err))
}

// heard cuts hints to what a record can hold.
func heard(hints []recount.Candidate) (out []recount.Candidate) {
	for _, c := range hints[:min(len(hints), maxHints)] {
		if len(c.Value) > intakeMaxWords {
			c.Value = strings.ToValidUTF8(c.Value[:intakeMaxWords], "") + " ..."
		}
		out = append(out, c)
	}
	return out
}

// flush puts what was taken on the disk, also when the run was stopped.
func (h *taker) flush() error {
	if len(h.batch)+len(h.changed) > 0 {
		if err := h.Archive.Sync(); err != nil {
			return err
		}
	}
	if len(h.batch) > 0 {
		if err := h.Store.PutCaptures(h.saving, h.batch); err != nil {
			return err
		}
	}
	if len(h.changed) > 0 {
		if err := h.Store.ChangeCaptures(h.saving, h.changed); err != nil {
			return err
		}
	}
	if len(h.taken) > 0 {
		if err := h.Store.ForgetRefusals(h.saving, h.taken); err != nil {
			return err
		}
	}
	if len(h.refused) > 0 {
		if err := h.Store.PutRefusals(h.saving, h.refused); err != nil {
			return err
		}
	}
	for _, c := range h.batch {
		if c.Channel != fromFeed { // a feed is no page
			h.out.New = append(h.out.New, c)
		}
	}
	h.out.Refused = append(h.out.Refused, h.refused...)
	h.batch, h.changed, h.taken, h.refused, h.size = nil, nil, nil, nil, 0
	return nil
}

// close flushes and writes the search log.
func (h *taker) close(channel string) error {
	if err := h.flush(); err != nil {
		return err
	}
	for _, reason := range sorted(h.passed) {
		h.out.Passed = append(h.out.Passed, PassedOver{reason, h.passed[reason]})
	}
	h.Progress("add", h.out.Offered, h.out.Offered)
	return h.Store.PutSearch(h.saving, recount.SearchRun{Query: h.offer.Search, Details: h.offer.Details, Channel: channel, Actor: h.Actor,
		Time: h.began, Paths: h.paths(), Offered: h.out.Offered - len(h.out.StayOut), Added: len(h.out.New), Known: len(h.out.Known), Refused: len(h.out.Refused)})
}

// stop keeps what was taken until err, which it returns.
func (h *taker) stop(channel string, err error) error {
	if fault := h.close(channel); fault != nil && !errors.Is(fault, err) {
		return fmt.Errorf("%w; and after it: %w", err, fault)
	}
	return err
}

// recoverCaptures indexes records that are in the archive but not in the
// index, because an interruption came between the two, and returns all
// captures. Of several records of one capture the last says most. What a power
// cut tore behind the records of the index is cut off.
func (s *intake) recoverCaptures(ctx context.Context, out *Added) ([]recount.Capture, error) {
	have, err := s.Store.AllCaptures(ctx)
	if err != nil {
		return nil, err
	}
	after := indexedEnds(have)
	known := map[recount.Key]bool{}
	for _, c := range have {
		known[c.Key] = true
	}
	at := map[recount.Key]int{}
	var found, changed []recount.Capture
	for f, err := range s.Archive.Scan(after) {
		if at := f.Capture.Record; errors.Is(err, recount.ErrTampered) && at.Offset >= after[at.File] {
			// Nothing behind what the index names was ever reported added.
			var ok bool
			if ok, err = s.Archive.CutBack(at.File, at.Offset); ok && err == nil {
				return s.recoverCaptures(ctx, out)
			}
		}
		if err != nil {
			return nil, fmt.Errorf("read the archive: %w", err)
		}
		c := f.Capture
		switch i, twice := at[c.Key]; {
		case f.Erased != "" && (twice || known[c.Key]):
		case known[c.Key]:
			changed = append(changed, c)
		case twice:
			found[i] = c
		default:
			at[c.Key] = len(found)
			found = append(found, c)
		}
	}
	out.Recovered = len(found)
	if len(changed) > 0 {
		if err := s.Store.ChangeCaptures(ctx, changed); err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		return have, nil
	}
	return append(have, found...), s.Store.PutCaptures(ctx, found)
}

// indexedEnds returns where, in each file of the archive, the last record ends
// that the index names.
func indexedEnds(captures []recount.Capture) map[string]int64 {
	ends := map[string]int64{}
	for _, c := range captures {
		ends[c.Record.File] = max(ends[c.Record.File], c.Record.Offset+c.Record.Length)
	}
	return ends
}

// refusalOf says why an item was not taken.
func refusalOf(name, hash, stage string, err error) recount.Refusal {
	// The list names the item already.
	reason := strings.TrimPrefix(strings.TrimPrefix(recount.ReasonOf(err), name+": "), path.Base(name)+": ")
	return recount.Refusal{Name: name, Hash: hash, Stage: stage, Reason: reason, Hint: recount.HintOf(err)}
}
