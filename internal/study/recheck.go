package study

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/capture"
	"recount/internal/casebook"
	"recount/internal/report"
	"recount/internal/store"

	"recount/internal/text"
)

// A Problem is one thing that recheck found, with the next step.
type Problem struct {
	What string // "capture", "decision", "text", "derived", "report", "log", "file", "store", "vault"
	Name string // the item
	Text string
	Hint string
}

// A Recheck says how much recheck looks at.
type Recheck struct {
	Checkpoint string // a checkpoint that somebody kept: a file, or a report; "" for none
	All        bool   // every page of the pile is derived again, however many there are
}

// recheckWhole is up to how many captures all of the pile is derived again
// without being asked; recheckPart is how many are in a larger one. Up to
// recheckThen captures a report is counted again of an earlier state of the study.
const (
	recheckWhole = 1000
	recheckPart  = 200
	recheckThen  = 10_000
)

// recheckDir begins the name of the folder that holds a copy of study.db while
// reports are counted again in it.
const recheckDir = ".recheck"

// A Rechecked says what recheck looked at and what it found.
type Rechecked struct {
	Captures    int
	Decisions   int
	Entries     int64 // of the log
	Checkpoints int   // that the log was set beside
	Derived     int   // pages that were derived again from the archive
	Reports     int
	Files       int // of reports
	Numbers     int // recounted
	Citations   int // found verbatim
	Problems    []Problem
	Unlooked    []Problem // what could not be set beside anything, so that nothing is known of it
	Notes       []string  // not problems: "an answer was erased"
	Signed      int       // decisions with a signature that fits
}

const (
	restoreStore = "restore study.db from a backup; captures/ and an export of the decisions rebuild it"
	redoReport   = "do not use it; `recount report` produces it again"
)

// A rechecker is one recheck under way.
type rechecker struct {
	*Study
	context context.Context
	ask     Recheck
	out     *Rechecked
	kept    []heldCheckpoint
	then    map[int64]*Study // as the study was when its log had so many entries
	lacking map[int64]*Study // the same, without what was erased since
	now     map[recount.Leaf]bool
	today   *moment // as the study is counted now, to be set beside reports of before
	asked   []Query // what of it is counted
	stop    []func()
	chance  string           // chooses the part that is derived again
	keptAt  map[string]int64 // entry of the log that says that a version was kept, by its name
}

// Recheck hashes every capture, replays every decision and checks everything
// that the folder holds: the databases against the log of what was saved, the
// log against the checkpoints that were kept, texts and what follows from them
// against the archive, and each report by counting and rendering it again from
// captures and decisions, never from its own files.
func (s *Study) Recheck(ctx context.Context, ask Recheck) (*Rechecked, error) {
	r := &rechecker{Study: s, context: ctx, ask: ask, out: &Rechecked{}, then: map[int64]*Study{}, lacking: map[int64]*Study{}, chance: rand.Text()}
	if ask.Checkpoint != "" {
		var err error
		if r.kept, err = readCheckpoints(ask.Checkpoint); err != nil {
			return nil, err
		}
	}
	defer func() {
		for _, f := range r.stop {
			f()
		}
		s.dropScratch()
	}()
	for _, step := range []func() error{r.database, r.log, r.archived, r.decisions, r.again, r.vault, r.files, r.texts} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := step(); err != nil {
			return nil, err
		}
	}
	if len(r.out.Problems) > 0 {
		return r.out, nil // counting again over damaged records would only confuse
	}
	if err := r.derivedAgain(); err != nil {
		return nil, err
	}
	if err := r.fromRows(); err != nil {
		return nil, err
	}
	if err := r.searched(); err != nil {
		return nil, err
	}
	book := s.book
	names, err := s.produced()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		r.out.Reports++
		if err := r.report(book, name); err != nil {
			return nil, err
		}
	}
	if err := r.missed(names); err != nil {
		return nil, err
	}
	if err := r.ingest(book); err != nil {
		return nil, err
	}
	if err := r.editions(book); err != nil {
		return nil, err
	}
	return r.out, r.strays()
}

func (out *Rechecked) add(what, name string, err error, hint string) {
	if h := recount.HintOf(err); h != "" {
		hint = h
	}
	out.Problems = append(out.Problems, Problem{what, name, err.Error(), hint})
}

// unlooked names what could not be set beside anything.
func (out *Rechecked) unlooked(what, name, text, hint string) {
	out.Unlooked = append(out.Unlooked, Problem{what, name, text, hint})
}

func (out *Rechecked) say(what, name, text, hint string) {
	out.Problems = append(out.Problems, Problem{what, name, text, hint})
}

// database lets the database system check the files, and their schema.
func (r *rechecker) database() error {
	r.opts.Progress("recheck databases", 0, 0)
	if err := r.store.Integrity(r.context); err != nil {
		r.out.add("store", "study.db", err, restoreStore)
	}
	return nil
}

// log sets rows beside the log, and the log beside the checkpoints of it that
// were kept.
func (r *rechecker) log() error {
	now, err := r.store.Checkpoint(r.context)
	if err != nil {
		r.out.add("log", "study.db", err, restoreStore)
		return nil
	}
	r.out.Entries = now.Size
	held, err := r.heldCheckpoints(now)
	if err != nil {
		return err
	}
	sizes := []int64{now.Size}
	for _, c := range held {
		sizes = append(sizes, c.Size)
	}
	r.opts.Progress("recheck log", 0, 0)
	faults, roots, err := r.store.CheckLog(r.context, sizes...)
	if err != nil {
		r.out.add("log", "study.db", err, restoreStore)
		return nil
	}
	for _, f := range faults {
		what, hint := f.What, restoreStore
		if what == "decision" || what == "erased" {
			hint = "import it again from an export: recount decisions import FILE; or " + restoreStore
		}
		r.out.say(what, cmp.Or(f.ID, "study.db"), f.Text, hint)
	}
	good := int64(0)
	for _, c := range held {
		if c.Log == now.Log && c.Size <= now.Size && roots[c.Size] == c.Root {
			good = max(good, c.Size)
		}
	}
	first := true
	for _, c := range held {
		r.out.Checkpoints++
		if c.Log == now.Log && c.entries != nil {
			if err := r.entries(c, now); err != nil {
				return err
			}
			continue
		}
		switch {
		case c.Log != now.Log:
			r.otherLog(c, now)
		case c.Size > now.Size:
			r.out.say("log", c.from, fmt.Sprintf("the log has %d entries and had %d when this checkpoint was kept: an older study.db was put back, or entries were cut off", now.Size, c.Size),
				"restore the newest study.db; what is missing is entry "+fmt.Sprint(now.Size)+" and later")
			r.missing(c)
		case roots[c.Size] != c.Root:
			if first {
				r.out.say("log", c.from, fmt.Sprintf("the first %d entries of the log are not those of then; the first difference is behind entry %d", c.Size, min(good, c.Size)),
					"this study.db went another way than the one that the checkpoint is of: it was changed, or it is a copy that was worked on apart; restore it from a backup")
				r.missing(c)
			}
			first = false
		case c.from != checkpointsFile:
			r.out.Notes = append(r.out.Notes, onlyAdded(c, now))
		}
	}
	return nil
}

// entries sets an export with the entries of this log beside those here.
func (r *rechecker) entries(c heldCheckpoint, now recount.Checkpoint) error {
	here, err := r.merkle(r.context, now.Size)
	if err != nil {
		return err
	}
	switch parts := here.common(c.entries); {
	case parts == c.Size:
		r.out.Notes = append(r.out.Notes, onlyAdded(c, now))
	case parts == here.size:
		r.out.say("log", c.from, fmt.Sprintf("the log has %d entries, which are the first of the %d it had when the file was written: an older study.db was put back, entries were cut off, or the file is of a copy of this folder that went on", here.size, c.Size),
			"restore the newest study.db; recount decisions import "+c.from+" brings back the decisions that are in it")
		r.missing(c)
	default:
		r.out.say("log", c.from, fmt.Sprintf("the log has %d entries and had %d when the file was written; they are the same up to entry %d, which is another: one of the two logs was changed, or they are of copies of one folder that both went on", here.size, c.Size, parts),
			"if somebody worked in a copy of the folder, import what was decided there: recount decisions import "+c.from+"; if not, restore study.db from a backup")
		r.missing(c)
	}
	return nil
}

// onlyAdded says that a checkpoint fits.
func onlyAdded(c heldCheckpoint, now recount.Checkpoint) string {
	return fmt.Sprintf("%s: the log had %d entries then and was only added to since; it has %d", c.from, c.Size, now.Size)
}

// missing names the first decision of an export that is not here.
func (r *rechecker) missing(c heldCheckpoint) {
	for _, id := range c.ids {
		if _, err := r.store.Decision(r.context, id); errors.Is(err, recount.ErrNotFound) {
			r.out.say("decision", id, "it is in "+c.from+" and not in the study", "import it again: recount decisions import "+c.from)
			return
		}
	}
}

// otherLog says what is known of the checkpoint of another copy.
func (r *rechecker) otherLog(c heldCheckpoint, now recount.Checkpoint) {
	if c.from == checkpointsFile {
		r.out.say("log", c.from, fmt.Sprintf("it holds a checkpoint of the log %.12s, and this study's is %.12s: one of them is of another copy", c.Log, now.Log),
			"restore study.db and "+checkpointsFile+" from one backup")
		return
	}
	known, err := r.store.Checkpoints(r.context)
	if err == nil && slices.ContainsFunc(known, c.Same) {
		r.out.unlooked("log", c.from, fmt.Sprintf("it is of another copy of the study (log %.12s), whose decisions were imported here when its log had %d entries: it does not show that this log is the one of then", c.Log, c.Size),
			"compare with a checkpoint of this study, or recheck that copy with it")
		r.missing(c)
		return
	}
	r.out.say("log", c.from, fmt.Sprintf("it is of the log %.12s, which is neither this study's (%.12s) nor that of a copy whose decisions were imported", c.Log, now.Log),
		"compare the study's id in the report; a copy's decisions come here with recount decisions import FILE")
	r.missing(c)
}

// heldCheckpoints lists what was kept of the log: the one that was asked for,
// those of checkpoints.txt, and those beside reports.
func (r *rechecker) heldCheckpoints(now recount.Checkpoint) ([]heldCheckpoint, error) {
	held := slices.Clone(r.kept)
	data, err := os.ReadFile(filepath.Join(r.Dir, checkpointsFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// said below, if it should be there
	case err != nil:
		return nil, err
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		c, err := parseLine(strings.TrimSuffix(line, "\n"))
		if err != nil || !strings.HasSuffix(line, "\n") {
			r.out.say("file", checkpointsFile, fmt.Sprintf("line %d is no checkpoint", n), "restore "+checkpointsFile+" from a backup; what it says is then checked")
			continue
		}
		held = append(held, heldCheckpoint{toldLog: toldLog{Checkpoint: c}, from: checkpointsFile})
	}
	// A study that was just brought up from an older program has none yet.
	begun, err := r.store.Meta(r.context, metaCheckpoints)
	if err != nil {
		return nil, err
	}
	first := func(c heldCheckpoint) bool {
		return c.from == checkpointsFile && strconv.FormatInt(c.Size, 10) == begun
	}
	if begun != "" && !slices.ContainsFunc(held, first) {
		r.out.say("file", checkpointsFile, fmt.Sprintf("the checkpoint that was kept when the log had %s entries is not in it, so nothing shows that this log is the one of earlier sessions", begun),
			"restore "+checkpointsFile+" from a backup; `recount recheck --checkpoint FILE` compares with one that was kept elsewhere")
	}
	names, err := matching(filepath.Join(r.Dir, outDir), "*"+checkpointEnd)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		label := outDir + "/" + name
		name = filepath.Join(r.Dir, outDir, name)
		if of := strings.TrimSuffix(name, checkpointEnd); !isThere(of) && !isThere(of+".html") {
			if isThere(report.Replaced(of)) {
				r.out.say("report", strings.TrimSuffix(label, checkpointEnd), "it was being replaced when recount was stopped", "`recount report` produces it again; the one before it is kept until then")
			} else {
				r.out.Notes = append(r.out.Notes, label+" is of a report that is no longer there")
			}
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		c, err := recount.ParseCheckpoint(string(data))
		if err != nil {
			r.out.add("report", label, err, "produce the report again: recount report")
			continue
		}
		if c.Log != now.Log {
			r.out.say("report", label, fmt.Sprintf("it is of the log %.12s, and this study's is %.12s: the report was produced in another copy", c.Log, now.Log), "produce the report again: recount report")
			continue
		}
		held = append(held, heldCheckpoint{toldLog: toldLog{Checkpoint: c}, from: label})
	}
	// Of those in the folder only what does not fit is worth a line.
	for i := range held {
		if i >= len(r.kept) && held[i].from != checkpointsFile && held[i].Size <= now.Size {
			if err := r.store.Consistent(r.context, held[i].Checkpoint); err == nil {
				held[i].from = checkpointsFile
			}
		}
	}
	return held, nil
}

// matching lists what lies in a folder, by name, and fits one of some patterns. The
// name of the folder is no pattern, whatever stands in it.
func matching(dir string, patterns ...string) (names []string, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		fits := func(pattern string) bool {
			ok, err := filepath.Match(pattern, e.Name())
			return ok && err == nil
		}
		if slices.ContainsFunc(patterns, fits) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// archived hashes every record of the archive once, the ones that are no
// captures too; a capture whose bytes did not come up so is looked at alone.
func (r *rechecker) archived() error {
	captures, err := r.store.AllCaptures(r.context)
	if err != nil {
		r.out.add("store", "study.db", err, restoreStore)
		return nil
	}
	hashed := map[recount.WARCRecord]recount.Capture{}
	var order []recount.WARCRecord // of them
	ends := indexedEnds(captures)
	torn := map[string]bool{} // files of which that was said
	for f, err := range r.archive.Scan(nil) {
		if err := r.context.Err(); err != nil {
			return err
		}
		if at := f.Capture.Record; errors.Is(err, recount.ErrTampered) && at.Offset >= ends[at.File] {
			if !torn[at.File] {
				r.out.say("capture", "captures/"+at.File, fmt.Sprintf("what follows byte %d was cut off while pages were being added; none of it was reported added", at.Offset),
					"run recount add again: it takes away what is torn and adds what is missing")
			}
			torn[at.File] = true
			continue
		}
		if err != nil {
			r.out.add("capture", "captures/"+f.Capture.Record.File, err, "restore captures/ from a backup; nothing else is damaged by it")
			break
		}
		if f.Erased == "" {
			hashed[f.Capture.Record] = f.Capture
			order = append(order, f.Capture.Record)
		}
		if len(hashed)%extractBatch == 0 {
			r.opts.Progress("recheck captures", len(hashed), len(captures))
		}
	}
	r.unnamed(captures, hashed, order)
	removed, err := r.removed()
	if err != nil {
		return err
	}
	here, by, err := r.stillHere(r.context)
	if err != nil {
		r.out.add("store", "study.db", err, restoreStore)
	}
	for i, c := range here {
		text, hint := stillHereWords(by[i])
		r.out.say("capture", c.Name, text, hint)
	}
	for _, c := range captures {
		r.out.Captures++
		found, ok := hashed[c.Record]
		if c.Hash == store.ErasedHash {
			// Of a page that was taken out with a person nothing is left but that.
			if _, err := r.archive.Payload(c.Record); !errors.Is(err, recount.ErrNotFound) || !removed[string(c.Key)] {
				r.out.say("capture", c.Name, "it is marked as erased, and the archive or the log does not say so", restoreStore)
			} else {
				r.out.Notes = append(r.out.Notes, fmt.Sprintf("capture %.12s: it was taken out", c.Key))
			}
			continue
		}
		switch {
		case !ok || found.Hash != c.Hash:
			r.recheckCapture(c, r.out)
		case found.Name != c.Name || !found.Captured.Equal(c.Captured) || found.Channel != c.Channel || found.Search != c.Search || !reflect.DeepEqual(found.Origin, c.Origin),
			found.Size != c.Size, found.MediaType != c.MediaType && found.MediaType != capture.HeaderType(c.MediaType):
			r.out.say("capture", c.Name, "what study.db says of where and when it came from is not what its record in the archive says", restoreStore)
		}
		if recount.CaptureKey(c.Hash, c.Name) != c.Key {
			r.out.say("capture", c.Name, "its key is not that of its bytes and name", restoreStore)
		}
	}
	return nil
}

// unnamed names the records that study.db knows nothing of, which the next add
// would take for pages: an interruption left them, or somebody put them there. Of
// several records of one capture it names the last, and knows those before it.
func (r *rechecker) unnamed(captures []recount.Capture, hashed map[recount.WARCRecord]recount.Capture, order []recount.WARCRecord) {
	at := map[recount.Key]recount.WARCRecord{}
	for _, c := range captures {
		at[c.Key] = c.Record
	}
	said := 0
	for _, w := range order {
		c := hashed[w]
		known, ok := at[c.Key]
		if ok && (w == known || w.File < known.File || w.File == known.File && w.Offset < known.Offset) {
			continue
		}
		if said++; said > mostUnnamed {
			continue
		}
		r.out.say("capture", c.Name, fmt.Sprintf("its record at byte %d of captures/%s is not in study.db: recount was stopped before it was, or somebody put it there", w.Offset, w.File),
			"run recount add again, which takes it in; if nobody was adding pages, restore captures/ from a backup")
	}
	if said > mostUnnamed {
		r.out.say("capture", "captures/", fmt.Sprintf("%d more records are not in study.db", said-mostUnnamed), "as above")
	}
	entries, err := os.ReadDir(filepath.Join(r.Dir, capturesDir))
	if err != nil {
		return // said before
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !strings.HasSuffix(e.Name(), ".warc.gz") {
			r.out.say("file", capturesDir+"/"+e.Name(), "it is no archive of recount, and nothing of it was looked at", "look who put it there; what is yours belongs elsewhere")
		}
	}
}

// mostUnnamed is how many records without a capture are named.
const mostUnnamed = 20

// removed lists the captures of which a decision says that they were taken out.
func (r *rechecker) removed() (map[string]bool, error) {
	decisions, err := r.store.Decisions(r.context)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for i := range decisions {
		if a, err := decisions[i].Decode(); err == nil {
			if b, ok := a.(recount.RemoveBody); ok && b.What == "capture" {
				out[b.ID] = true
			}
		}
	}
	return out, nil
}

func (s *Study) recheckCapture(c recount.Capture, out *Rechecked) {
	hint := "restore captures/" + c.Record.File + " from a backup; nothing else is damaged by it"
	payload, err := s.archive.Payload(c.Record)
	if err == nil {
		if sum := sha256.Sum256(payload); hex.EncodeToString(sum[:]) != c.Hash {
			err = fmt.Errorf("its bytes are not those that were captured: %w", recount.ErrTampered)
		}
	}
	if err != nil {
		out.say("capture", c.Name, err.Error(), hint)
	}
}

// decisions checks every decision against its id and what it can mean.
func (r *rechecker) decisions() error {
	if begun, err := r.unended(r.context); err != nil {
		r.out.add("study", removalFile, err, "")
		return nil
	} else if begun != nil {
		r.out.add("study", removalFile, begun.begunError(), "")
		return nil
	}
	decisions, err := r.store.Decisions(r.context)
	if err != nil {
		r.out.add("store", "study.db", err, restoreStore)
		return nil
	}
	for i := range decisions {
		r.out.Decisions++
		d := &decisions[i]
		if err := d.Check(); err != nil {
			r.out.add("decision", d.ID, err, "import it again from an export: recount decisions import FILE; or restore study.db from a backup")
		} else if d.Erasable == nil {
			by := erasedBy(decisions, d.ID)
			if by == "" {
				r.out.say("decision", d.ID, "its answer is gone, and no decision says that it was erased: somebody deleted it", "import it again from an export that holds it: recount decisions import FILE; or "+restoreStore)
				continue
			}
			r.out.Notes = append(r.out.Notes, fmt.Sprintf("decision %.12s: its answer was erased by decision %.12s", d.ID, by))
		}
	}
	if len(r.out.Problems) > 0 {
		return nil
	}
	signed, err := r.Signatures(r.context)
	if err != nil {
		r.out.add("file", signersFile, err, "write it anew, or take it out of the folder")
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(signed)) {
		for _, x := range signed[id] {
			if !x.Fits {
				r.out.say("decision", id, "a signature that is kept of it does not fit", restoreStore)
			} else {
				r.out.Signed++
			}
		}
	}
	return nil
}

// erasedBy returns the id of the decision that says of another one that it was erased,
// "" if none does. That builds on it, which its header says also when it was erased
// itself.
func erasedBy(decisions []recount.Decision, id string) string {
	for i := range decisions {
		if d := &decisions[i]; d.Kind == recount.KindRemove && slices.Contains(d.Base, id) {
			return d.ID
		}
	}
	return ""
}

// files sets the study files beside those that are in use, and looks for what
// does not belong into the folder.
func (r *rechecker) files() error {
	if len(r.out.Problems) > 0 {
		return nil
	}
	book, err := r.loaded(r.context)
	if err != nil {
		r.out.add("store", "study.db", err, restoreStore)
		return nil
	}
	for _, name := range []string{studyFile, codebookFile, reportFile} {
		b, id := book.Log().StudyFile(name)
		data, err := os.ReadFile(filepath.Join(r.Dir, name))
		switch {
		case id == "" && errors.Is(err, fs.ErrNotExist):
		case id != "" && errors.Is(err, fs.ErrNotExist):
			r.out.say("file", name, "it is gone; the one in use is kept in the log", "put it back: recount decisions restore "+name)
		case err != nil:
			return err
		case id == "":
			r.out.Notes = append(r.out.Notes, name+" was not used yet")
		case recount.HashText(string(data)) != b.Hash:
			if err := damagedFile(name, data, b.Content); err != nil {
				r.out.add("file", name, err, "")
				continue
			}
			r.out.say("file", name, fmt.Sprintf("it is not the one in use (decision %.12s)", id),
				"if you changed it, the next count takes it into use and says so; if not, put the other one back: recount decisions restore "+name)
		}
	}
	data, err := os.ReadFile(filepath.Join(r.Dir, ".gitignore"))
	if err != nil || string(data) != gitignore && string(data) != olderGitignore {
		r.out.Notes = append(r.out.Notes, ".gitignore is not as recount wrote it: look that git takes nothing that names people")
	}
	return nil
}

// part chooses the captures that are derived again: all, or some of a large study,
// by chance, so that who changes a page cannot know that it will be passed over.
func (r *rechecker) part(captures []recount.Capture) []recount.Capture {
	if r.ask.All || len(captures) <= recheckWhole {
		return captures
	}
	order := map[recount.Key]recount.Key{}
	for _, c := range captures {
		order[c.Key] = recount.KeyOf(r.chance, string(c.Key))
	}
	out := slices.SortedFunc(slices.Values(captures), func(a, b recount.Capture) int { return strings.Compare(string(order[a.Key]), string(order[b.Key])) })
	return out[:recheckPart]
}

// texts takes the text of captures out of the archive again and sets it beside
// what the study holds.
func (r *rechecker) texts() error {
	if len(r.out.Problems) > 0 {
		return nil
	}
	captures, err := r.store.Captures(r.context)
	if err != nil {
		return err
	}
	archived := slices.Clone(captures)
	captures = slices.DeleteFunc(slices.Clone(r.part(captures)), func(c recount.Capture) bool { return !intakeReadable(c) })
	refusals, err := r.store.Refusals(r.context)
	if err != nil {
		return err
	}
	refused := map[string]bool{}
	for _, x := range refusals {
		refused[x.Hash] = true
	}
	removed, err := r.removed()
	if err != nil {
		return err
	}
	held, extracted := map[recount.Key]*recount.Article{}, map[recount.Key]bool{} // by this program
	of := map[recount.Key]bool{}
	for _, c := range captures {
		of[c.Key] = true
	}
	var rows []textRow // but of texts that were erased
	for a, err := range r.store.Articles(r.context) {
		if err != nil {
			r.out.add("text", "study.db", err, "restore study.db from a backup")
			return nil
		}
		if erasedText(a) && !removed[string(a.Capture)] {
			r.out.say("text", a.Name, "its words are gone, and no decision says that its page was taken out: somebody deleted them", restoreStore)
			continue
		}
		if !erasedText(a) {
			rows = append(rows, textRow{a.Key, a.Capture, a.Name, a.Extractor, a.Text != ""})
		}
		if a.Extractor == text.Extractor && of[a.Capture] {
			held[a.Key], extracted[a.Capture] = a, true
		}
	}
	if err := r.textsOfOthers(rows, archived); err != nil {
		return err
	}
	reader := newTextReader(r.archive, r.opts.Child, r.opts.Log)
	defer reader.Close()
	var gone []string
	for from := 0; from < len(captures); from += extractBatch {
		if err := r.context.Err(); err != nil {
			return err
		}
		part := captures[from:min(from+extractBatch, len(captures))]
		part = slices.DeleteFunc(slices.Clone(part), func(c recount.Capture) bool {
			_, err := r.archive.Payload(c.Record)
			return errors.Is(err, recount.ErrNotFound) // it was erased
		})
		articles, _, err := reader.Read(r.context, part)
		if err != nil {
			return err
		}
		for i := range articles {
			a := &articles[i]
			was := held[a.Key]
			delete(held, a.Key)
			switch {
			case was == nil && extracted[a.Capture]:
				r.out.say("text", a.Name, "a text that the archive gives is not in the study", "take it out again: recount extract --again")
			case was != nil && !sameArticle(was, a):
				r.out.say("text", a.Name, "the text in study.db, or what is known of it, is not what the archive gives", "restore study.db from a backup; or take it out again: recount extract --again")
			}
		}
		for _, c := range part {
			if !extracted[c.Key] && !refused[c.Hash] {
				gone = append(gone, c.Name)
			}
		}
		r.out.Derived += len(part)
		r.opts.Progress("recheck texts", r.out.Derived, len(captures))
	}
	for _, k := range slices.Sorted(maps.Keys(held)) {
		if a := held[k]; !erasedText(a) {
			r.out.say("text", a.Name, "the archive gives no such text", "restore study.db from a backup; or take it out again: recount extract --again")
		}
	}
	if len(gone) > 0 {
		r.out.Notes = append(r.out.Notes, fmt.Sprintf("%d captures have no text of this program yet, the first %s: recount extract", len(gone), gone[0]))
	}
	return nil
}

// erasedText reports whether the words of an article were taken out of study.db.
func erasedText(a *recount.Article) bool {
	return a.Text == "" && a.Blocks == nil && len(a.Notes) == 1 && a.Notes[0] == store.ErasedNote
}

// sameArticle compares what two extractions of one capture gave; a text that
// was erased is not compared.
func sameArticle(a, b *recount.Article) bool {
	if erasedText(a) {
		return true
	}
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && bytes.Equal(x, y)
}

// derivedAgain derives the pile again and compares what is derived: all of a
// small study, or when asked to; else what is read in a part of the articles.
func (r *rechecker) derivedAgain() error {
	stage := deriving{Store: r.store, Progress: r.opts.Progress}
	state, err := stage.State(r.context)
	if err != nil {
		r.out.add("derived", "derived.db", err, "drop it and make it again: recount rebuild")
		return nil
	}
	switch state {
	case derivedOlder:
		r.out.Unlooked = append(r.out.Unlooked, Problem{"derived", "derived.db", "it says that another reader than this program's derived it, an older one as a rule, so nothing of it was compared", "derive it again: recount rebuild; nothing in it is lost by that"})
		return nil
	case derivedBehind:
		r.out.say("derived", "derived.db", "it is not derived from the texts as they are now", "bring it up to date: recount extract; or make it again: recount rebuild")
		return nil
	}
	captures, err := r.store.Captures(r.context)
	if err != nil {
		return err
	}
	part := r.part(captures)
	var found []derivedDifference
	if len(part) == len(captures) {
		again, err := r.at(-1)
		if err != nil {
			return err
		}
		if found, err = stage.Compare(r.context, again.store); err != nil {
			r.out.add("derived", "derived.db", err, "drop it and make it again: recount rebuild")
			return nil
		}
	} else {
		of := map[recount.Key]bool{}
		for _, c := range part {
			of[c.Key] = true
		}
		if err := r.open(r.context); err != nil {
			return err
		}
		var articles []*recount.Article
		for _, p := range r.book.Pages() {
			a, err := r.store.ArticleBy(r.context, p.Key, p.Extractor)
			if err != nil {
				return err
			}
			if of[a.Capture] {
				articles = append(articles, a)
			}
		}
		if found, err = stage.CompareReadings(r.context, articles); err != nil {
			return err
		}
		r.out.unlooked("derived", "derived.db", fmt.Sprintf("%d of %d captures were derived again, chosen by chance; the others, and what rests on all together, were not compared", len(part), len(captures)), "all of them: recount recheck --all")
	}
	for i, d := range found {
		if i == 20 {
			r.out.Notes = append(r.out.Notes, fmt.Sprintf("%d more places of derived.db differ", len(found)-i))
			break
		}
		r.out.say("derived", d.Table+" of "+d.ID, d.Text, "drop derived.db and make it again: recount rebuild; nothing in it is lost by that")
	}
	return nil
}

// fromRows loads the study anew from decisions and what was read alone, and
// sets beside it what opening takes from blocks.
func (r *rechecker) fromRows() error {
	said := func(b *casebook.Casebook) ([]byte, error) {
		// A decision is what its id is the hash of; the body of one that was taken
		// back is read when it is asked for.
		var log []string
		for _, d := range b.Log().All() {
			log = append(log, d.ID)
		}
		return json.Marshal([]any{b.Hash(), b.Members(), b.Links(), b.Statements(), b.Findings(), b.Originals(), b.Rules(), b.Kinds(), b.Pages(), log})
	}
	r.book = nil
	if err := r.open(r.context); err != nil {
		return err
	}
	packed, err := said(r.book)
	if err != nil {
		return err
	}
	if r.book, err = casebook.OpenFromRows(r.context, r.store, r.settings()); err != nil {
		return err
	}
	rows, err := said(r.book)
	if err != nil {
		return err
	}
	const again = "drop derived.db and make it again: recount rebuild; nothing in it is lost by that"
	if !bytes.Equal(packed, rows) {
		r.out.say("derived", "packed", "what opening takes from blocks is not what the decisions give", again)
		return nil
	}
	differs, err := r.book.PackedDiffers(r.context)
	if err != nil {
		r.out.add("derived", "packed", err, again)
	} else if differs != "" {
		r.out.say("derived", "packed", "a block says something else than the rows: "+differs, again)
	}
	return nil
}

// searched sets the texts in the search index beside those of the study: one
// that was changed there would be found, or not found, by other words.
func (r *rechecker) searched() error {
	differ, err := r.store.SearchDiffers(r.context)
	if err != nil {
		r.out.add("derived", "derived.db", err, "drop it and make it again: recount rebuild")
		return nil
	}
	for _, k := range differ {
		r.out.say("derived", strings.TrimSpace("search index "+string(k)), "it holds other words than the text", "drop derived.db and make it again: recount rebuild; nothing in it is lost by that")
	}
	return nil
}

// at returns the study as it was when its log had size entries; -1 is as it is
// now.
func (r *rechecker) at(size int64) (*Study, error) {
	if s := r.then[size]; s != nil {
		return s, nil
	}
	if r.lacking[size] != nil {
		return nil, fmt.Errorf("some of what it held then was erased or replaced since: %w", recount.ErrNotFound)
	}
	s, stop, err := r.Study.at(r.context, size)
	if err != nil {
		return nil, err
	}
	r.stop = append(r.stop, stop)
	r.then[size] = s
	return s, nil
}

// produced lists the reports under out/, by name.
func (s *Study) produced() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(s.Dir, outDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// missed says which reports were produced and are not there, with nothing left of
// them: whoever does not like one can take it away.
func (r *rechecker) missed(names []string) error {
	list, err := r.store.Meta(r.context, metaReports)
	if err != nil {
		return err
	}
	for _, name := range strings.Fields(list) {
		if dir := filepath.Join(r.Dir, outDir, name); slices.Contains(names, name) || isThere(dir+checkpointEnd) || isThere(report.Replaced(dir)) {
			continue // or it is said with its checkpoint
		}
		again := "recount report"
		if name != studyReport {
			again += ", with the options of then"
		}
		r.out.Notes = append(r.out.Notes, fmt.Sprintf("%s/%s was produced and is not there, nor is its checkpoint: %s produces it again", outDir, name, again))
	}
	return nil
}

// report counts and renders one report again.
func (r *rechecker) report(book *casebook.Casebook, name string) error {
	dir := filepath.Join(r.Dir, outDir, name)
	label := outDir + "/" + name
	data, err := os.ReadFile(filepath.Join(dir, report.ManifestName))
	if err != nil {
		r.out.say("report", label, "it has no "+report.ManifestName, redoReport)
		return nil
	}
	m, err := report.ReadManifest(data)
	if err != nil {
		r.out.add("report", label+"/"+report.ManifestName, err, redoReport)
		return nil
	}
	r.out.Files += len(m.Files)
	for _, c := range m.Citations {
		r.out.Citations += len(c.Places)
	}
	mat, t, err := r.material(r.context, book)
	if err != nil {
		return err
	}
	if faults := m.Check(os.DirFS(dir), finder(t)); len(faults) > 0 {
		for _, f := range faults {
			r.out.say("report", label+"/"+f.Name, f.Text, f.Hint)
		}
		return nil
	}
	// Which captures and decisions it counts is taken from its checkpoint,
	// which the log bears out, and from nothing that it says itself.
	kept, err := os.ReadFile(filepath.Join(r.Dir, outDir, name+checkpointEnd))
	if errors.Is(err, fs.ErrNotExist) {
		if m.Program == mat.Program {
			r.out.say("report", label, "it has no checkpoint beside it, so nothing shows what it was counted from", redoReport)
			return nil
		}
		r.otherProgram(label, m.Program, mat.Program)
		return r.numbers(m, r.Study, book, label)
	}
	if err != nil {
		return err
	}
	c, err := recount.ParseCheckpoint(string(kept))
	if err != nil {
		r.out.add("report", label+checkpointEnd, err, redoReport)
		return nil
	}
	sum := sha256.Sum256(data)
	if !slices.Equal(c.More, []string{"sha256 " + hex.EncodeToString(sum[:]) + " " + name + "/" + report.ManifestName}) {
		r.out.say("report", label+checkpointEnd, "it is not of this report", redoReport)
		return nil
	}
	if err := r.keptVersion(m, name, label, data); err != nil {
		return err
	}
	of, lacks, err := r.reportedOf(label, c.Size)
	if err != nil || of == nil {
		return err
	}
	before := len(r.out.Problems)
	if err := r.numbers(m, of, of.book, label); err != nil {
		return err
	}
	if m.Program != mat.Program {
		r.otherProgram(label, m.Program, mat.Program)
	} else if err := r.render(of, m, c, name, label); err != nil {
		return err
	}
	if lacks != nil {
		r.counted(label, lacks, before, "produce it again: recount report; who has a copy of the study from before can recheck it there")
	}
	return nil
}

// reportedOf returns the study of which a report was produced, when its log had size
// entries: without what was erased since, if lacks says so; nil if it could not be
// made again, which was said.
func (r *rechecker) reportedOf(label string, size int64) (of *Study, lacks, err error) {
	then, err := r.store.Held(r.context, size)
	if err != nil {
		return nil, nil, err
	}
	if r.now == nil {
		if r.now, err = r.store.Held(r.context, r.out.Entries); err != nil {
			return nil, nil, err
		}
	}
	if maps.Equal(then, r.now) {
		return r.Study, nil, nil
	}
	if of, lacks, err = r.asOfThen(label, size); err != nil || of == nil {
		return nil, nil, err
	}
	since, err := r.sinceThen(of, size)
	r.out.Notes = append(r.out.Notes, label+" was produced before the newest capture or decision and was set beside the study as it was then; "+renewed(label)+since)
	return of, lacks, err
}

// asOfThen returns the study as it was when its log had size entries; without what
// was erased since, if lacks says what; nil if that cannot be had, which is said.
func (r *rechecker) asOfThen(label string, size int64) (of *Study, lacks, err error) {
	captures, err := r.store.Captures(r.context)
	if err != nil {
		return nil, nil, err
	}
	if len(captures) > recheckThen && !r.ask.All {
		r.out.unlooked("report", label, fmt.Sprintf("nothing of it was compared: it is of an earlier state of a study of more than %d captures", recheckThen), "produce it again: recount report; or recount recheck --all")
		return nil, nil, nil
	}
	if of, err = r.at(size); !errors.Is(err, recount.ErrNotFound) {
		return of, nil, err
	}
	if lacks = err; r.lacking[size] != nil {
		return r.lacking[size], lacks, nil
	}
	of, stop, err := r.past(r.context, size, true)
	if errors.Is(err, recount.ErrNotFound) {
		r.out.unlooked("report", label, fmt.Sprintf("nothing of it was compared: the study cannot be taken back to then: %v", err), "produce it again: recount report; who has a copy of the study from before can recheck it there")
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	r.stop = append(r.stop, stop)
	r.lacking[size] = of
	return of, lacks, nil
}

// counted says of a report from before an erasure what was found of it since before: what
// differs rests on what was erased, or was forged, and nothing shows which.
func (r *rechecker) counted(label string, lacks error, before int, hint string) {
	found := r.out.Problems[before:]
	if len(found) == 0 {
		r.out.Notes = append(r.out.Notes, label+" was compared without what was erased since, which changes nothing in it")
		return
	}
	text := "it is from before an erasure, and what was counted without what was erased is not what it says, so that nothing shows whether it is as it was produced: "
	for i, p := range found {
		if i == 3 {
			text += fmt.Sprintf("; and %d more", len(found)-i)
			break
		}
		if i > 0 {
			text += "; "
		}
		if p.Name != label {
			text += strings.TrimPrefix(p.Name, label+"/") + ": "
		}
		text += p.Text
	}
	r.out.Problems = r.out.Problems[:before]
	r.out.unlooked("report", label, text, hint)
}

// otherProgram says of a report that it names a program that renders otherwise: who
// forges a page could have written that there, so it is not believed.
func (r *rechecker) otherProgram(label, said, this string) {
	r.out.say("report", label, fmt.Sprintf("it says that %s produced it: %s counted its numbers again, and set no page of it beside anything", said, this),
		"produce it again: recount report; or let the program that it names recheck it, before you use it")
}

// sinceThen says in a sentence what changed since the study had size entries, and
// where to read the rest.
func (r *rechecker) sinceThen(then *Study, size int64) (string, error) {
	if r.today == nil {
		var err error
		if r.asked, err = r.ownQueries(r.context); err != nil {
			return "", err
		}
		if r.today, err = r.moment(r.asked); err != nil {
			return "", err
		}
	}
	lines, also, err := r.today.differs(r.context, then, r.asked)
	if err != nil {
		return "", err
	}
	first, rest := lines, also
	if len(first) == 0 {
		first, rest = also, nil
	}
	if len(first) == 0 {
		return "", nil
	}
	out := "; since then: " + strings.TrimSuffix(first[0], ".")
	n := 1
	for n < len(first) && n <= alsoSingly && strings.HasPrefix(first[n], "  ") {
		out += "; " + strings.TrimSuffix(strings.TrimSpace(first[n]), ".")
		n++
	}
	if len(first)+len(rest) > n {
		out += fmt.Sprintf("; all of it: recount diff %d", size)
	}
	return out, nil
}

// finder finds the article of a page whose text has a hash.
func finder(t *texts) func(page, part, hash string) *recount.Article {
	return func(page, part, hash string) *recount.Article {
		for _, a := range t.articles {
			if a.Page() != page || a.Part != part {
				continue
			}
			for _, v := range append([]*recount.Article{a}, t.older[a.Key]...) {
				if recount.HashText(v.Text) == hash {
					return v
				}
			}
		}
		return nil
	}
}

// numbers counts every number of a report again.
func (r *rechecker) numbers(m *report.Manifest, of *Study, book *casebook.Casebook, label string) error {
	mat, _, err := of.material(r.context, book)
	if err != nil {
		return err
	}
	var moved []report.ChangedNumber
	if m.Kind == "pile" {
		was := map[string]int{}
		for _, n := range m.Numbers {
			was[n.Name] = n.N
		}
		for _, n := range report.Numbers(mat) {
			r.out.Numbers++
			// What was refused is no input of a report, so a page that was
			// refused since moves this number and no other.
			if old, ok := was[n.Name]; n.Name != "refused" && (!ok || old != n.N) {
				moved = append(moved, report.ChangedNumber{Label: n.Label, Was: fmt.Sprint(old), Now: fmt.Sprint(n.N)})
			}
		}
	} else {
		queries, err := of.queries(mat, edition(m))
		if err != nil {
			return err
		}
		results, err := of.answers(book, queries)
		if err != nil {
			return err
		}
		looked, changed := m.Recount(results)
		r.out.Numbers, moved = r.out.Numbers+looked, changed
	}
	for _, x := range moved {
		text := fmt.Sprintf("%q was %s and is %s now, with the same captures and decisions", x.Label, x.Was, x.Now)
		if m.Program != mat.Program {
			text += fmt.Sprintf(" (counted by %s then, by %s now)", m.Program, mat.Program)
		}
		r.out.say("report", label, text, "`recount report` produces it anew; compare the two before you publish either")
	}
	return nil
}

// render writes the report again and compares every byte.
func (r *rechecker) render(of *Study, m *report.Manifest, c recount.Checkpoint, name, label string) error {
	if err := of.open(r.context); err != nil {
		return err
	}
	mat, _, err := of.material(r.context, of.book)
	if err != nil {
		return err
	}
	e := edition(m)
	if e.Since, err = r.since(m, c, label); err != nil {
		return err
	}
	if m.Kind == pileReport {
		e.Standard = pileReport // asked for, or all that there was
	}
	site, _, err := of.site(r.context, mat, e)
	if err != nil {
		return err
	}
	if was := site.Name; was != name {
		r.out.say("report", label, fmt.Sprintf("what these captures and decisions give is out/%s", was), redoReport)
		return nil
	}
	room, err := r.scratch()
	if err != nil {
		return err
	}
	dir := filepath.Join(room, "out", name)
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	if err := site.Render(dir); err != nil {
		return err
	}
	differ, err := differingFiles(dir, filepath.Join(r.Dir, outDir, name))
	for _, f := range differ {
		r.out.say("report", label+"/"+f, "rendered again from captures and decisions, it has other bytes", redoReport)
	}
	return err
}

// differingFiles lists the files that are not the same in two folders.
func differingFiles(a, b string) (out []string, err error) {
	sums := map[string]string{}
	for _, dir := range []string{a, b} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(dir, path)
			if err != nil {
				return err
			}
			sum, err := hashOf(path)
			if err != nil {
				return err
			}
			if dir == a {
				sums[filepath.ToSlash(name)] = sum
			} else if name = filepath.ToSlash(name); sums[name] == sum {
				delete(sums, name)
			} else {
				sums[name] = ""
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(sums)), nil
}

// ingest sets the report on what came in beside the hash that its checkpoint holds,
// and beside one that is written again of the study as it was then.
func (r *rechecker) ingest(book *casebook.Casebook) error {
	const again = "write it again: recount extract"
	name, label := strings.TrimSuffix(report.IngestName, ".html"), outDir+"/"+report.IngestName
	data, err := os.ReadFile(filepath.Join(r.Dir, outDir, name+checkpointEnd))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(filepath.Join(r.Dir, outDir, report.IngestName)); err == nil {
			r.out.say("report", label, "it has no checkpoint beside it, so nothing shows that it is as it was written", again)
		}
		return nil
	}
	if err != nil {
		return err
	}
	c, err := recount.ParseCheckpoint(string(data))
	if err != nil {
		return nil // it was named with the log
	}
	sum, err := hashOf(filepath.Join(r.Dir, outDir, report.IngestName))
	if err != nil || !slices.Equal(c.More, []string{"sha256 " + sum + " " + report.IngestName}) {
		r.out.say("report", label, "it is not the one that its checkpoint is of", again)
		return nil
	}
	if c.Size > r.out.Entries {
		return nil // named with the log
	}
	of, lacks := r.Study, error(nil)
	if c.Size < r.out.Entries {
		if of, lacks, err = r.asOfThen(label, c.Size); err != nil || of == nil {
			return err
		}
		book = of.book
	}
	var b bytes.Buffer
	if err := of.writeIngest(r.context, &b, book); err != nil {
		return err
	}
	if now := sha256.Sum256(b.Bytes()); hex.EncodeToString(now[:]) != sum {
		before := len(r.out.Problems)
		r.out.say("report", label, "written again of the study as it was then, it has other bytes: it was changed with its checkpoint, or another version of recount wrote it", again)
		if lacks != nil {
			r.counted(label, lacks, before, again)
		}
	}
	return nil
}

// editions sets the public editions that lie in the study beside the log, which
// holds the hash of each manifest.
func (r *rechecker) editions(book *casebook.Casebook) error {
	if err := r.registered(book); err != nil {
		return err
	}
	if info, err := os.Stat(filepath.Join(r.Dir, publicDir)); err == nil && !info.IsDir() {
		r.out.say("file", publicDir, "it is no folder, and nothing of it was looked at", "look who put it there; what is yours belongs elsewhere")
		return nil
	}
	entries, err := os.ReadDir(filepath.Join(r.Dir, publicDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	const redo = "do not use it; `recount publish` writes it again"
	logged := map[string]bool{} // a folder and a manifest
	for _, d := range book.Holding(recount.KindPublish) {
		if b, ok := d.Answer.(recount.PublishBody); ok && b.Edition > 0 {
			logged[fmt.Sprintf("edition-%d %s", b.Edition, b.Manifest)] = true
		}
	}
	for _, e := range entries {
		label := publicDir + "/" + e.Name()
		if !e.IsDir() {
			r.out.say("file", label, "it is no public edition, and nothing of it was looked at", "look who put it there; what is yours belongs elsewhere")
			continue
		}
		if strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), ".partial") {
			continue // of a run that was stopped; the next one takes it away
		}
		dir := filepath.Join(r.Dir, publicDir, e.Name())
		data, err := os.ReadFile(filepath.Join(dir, report.ManifestName))
		sum := sha256.Sum256(data)
		if err != nil || !logged[e.Name()+" "+hex.EncodeToString(sum[:])] {
			r.out.say("report", label, "the log names no edition with this number and this manifest: it was changed, or it is of another study", redo)
			continue
		}
		var m publicManifest
		if err := json.Unmarshal(data, &m); err != nil {
			r.out.add("report", label+"/"+report.ManifestName, err, redo)
			continue
		}
		if _, err := m.check(dir, func(format string, a ...any) { r.out.say("report", label, fmt.Sprintf(format, a...), redo) }, false); err != nil {
			return err
		}
	}
	return nil
}

// registered sets the register of public editions beside the log: a line that is none,
// or that names an edition which this study never published, hides one or invents it.
func (r *rechecker) registered(book *casebook.Casebook) error {
	const hint = "restore the file from a backup, or take the line out; if it is right, an older study.db lies here: restore the newest one"
	listed, err := r.Study.registered()
	if err != nil {
		r.out.add("file", registerFile, err, hint)
		return nil
	}
	logged := map[string]int{}
	for _, d := range book.Holding(recount.KindPublish) {
		if b, ok := d.Answer.(recount.PublishBody); ok && b.Edition > 0 {
			logged[b.Manifest] = b.Edition
		}
	}
	for _, x := range listed {
		if n, ok := logged[x.manifest]; !ok || n != x.number {
			r.out.say("file", registerFile, fmt.Sprintf("it names public edition %d of %.10s with the manifest %.12s, which the log does not", x.number, x.day, x.manifest), hint)
		}
	}
	return nil
}

// linked notes what of the study leads out of its folder.
func (r *rechecker) linked() {
	for _, name := range []string{capturesDir, "study.db", "derived.db", studyFile, codebookFile, reportFile, checkpointsFile, outDir, publicDir} {
		if info, err := os.Lstat(filepath.Join(r.Dir, name)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			r.out.Notes = append(r.out.Notes, name+" is a link, which recount never makes; what it leads to today was looked at")
		}
	}
}

// strays names what lies among reports and is none: a page that looks like one, a
// folder that no list shows, a link to what nobody compared.
func (r *rechecker) strays() error {
	r.linked()
	entries, err := os.ReadDir(filepath.Join(r.Dir, outDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			r.out.say("report", outDir+"/"+name, "it is a link, which recount never makes; what it leads to was not looked at", "look who put it there, then take it away and produce the report again: recount report")
		case e.IsDir() && !strings.HasPrefix(name, "."), name == report.IngestName, strings.HasSuffix(name, checkpointEnd):
		case strings.HasPrefix(name, ".") && (strings.HasSuffix(name, ".partial") || strings.HasSuffix(name, ".old")), strings.HasSuffix(name, ".new"):
			// Of a run that was stopped; the next one takes it away.
			r.out.Notes = append(r.out.Notes, outDir+"/"+name+" is left of a report that was being written when recount was stopped; nothing of it was looked at, and the next report takes it away")
		default:
			r.out.say("file", outDir+"/"+name, "recount did not produce it, and nothing of it was looked at", "look who put it there; what is yours belongs elsewhere")
		}
	}
	return nil
}

// renewed says how a report is brought up to date, by the folder that it lies in.
func renewed(label string) string {
	switch name := label[strings.LastIndexByte(label, '/')+1:]; name {
	case studyReport:
		return "`recount report` brings it up to date"
	case pileReport, "said", "brief":
		return "`recount report --standard " + name + "` brings it up to date"
	}
	return "it was kept and stays as it is"
}
