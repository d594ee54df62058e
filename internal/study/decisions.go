package study

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/text/unicode/norm"

	"recount"
	"recount/internal/disk"
	"recount/internal/store"
)

// ExportDecisions writes every decision, one line each, sorted by id: the same
// set gives the same bytes.
func (s *Study) ExportDecisions(ctx context.Context, w io.Writer) (int, error) {
	ids, err := s.exportDecisions(ctx, w)
	return len(ids), err
}

// exportDecisions is ExportDecisions; it returns the ids.
func (s *Study) exportDecisions(ctx context.Context, w io.Writer) (ids []string, err error) {
	ds, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	b := bufio.NewWriter(w)
	for _, d := range ds {
		line, err := d.MarshalJSON()
		if err != nil {
			return nil, err
		}
		b.Write(line)
		b.WriteByte('\n')
		ids = append(ids, d.ID)
	}
	return ids, b.Flush()
}

// An Imported says what an import of decisions did.
type Imported struct {
	Read     int
	Added    int
	Known    int
	Erased   int               // known answers that were erased where the file comes from, and are now erased here
	Skipped  int               // of another study: its files and rules are its own
	Repaired int               // known ones whose rows were damaged, and are as they were made now
	Whose    []Whose           // whose work is new, by name
	Listed   []string          // who signed the list of its decisions: a name, or the fingerprint of a key that nobody here is known to have
	Apart    []string          // that the file is of a copy of this folder, and both were worked on
	Forks    []string          // what the file shows of a log that was changed otherwise than by adding to it
	Cut      []Cut             // what the file does not hold any more of what was written to it, or holds besides
	Findings []recount.Finding // conflicts, orphans and waiting decisions of the whole study afterwards
}

// ExportLog writes every decision as ExportDecisions does and, behind them,
// their signatures, the hashes of the entries of the log, its checkpoint and the
// list of the decisions: what this copy of the study held when the file was
// written.
func (s *Study) ExportLog(ctx context.Context, w io.Writer) error { return s.exportLog(ctx, w, nil) }

// ExportSignedLog does as ExportLog and signs the list of the decisions with an SSH
// key: no decision can be cut out of the file with its id but by who has the key.
func (s *Study) ExportSignedLog(ctx context.Context, w io.Writer, keyFile string) error {
	signer, done, err := openKey(keyFile)
	if err != nil {
		return err
	}
	defer done()
	return s.exportLog(ctx, w, signer)
}

func (s *Study) exportLog(ctx context.Context, w io.Writer, signer ssh.Signer) error {
	c, err := s.store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	ids, err := s.exportDecisions(ctx, w)
	if err != nil {
		return err
	}
	kept, err := s.store.Signatures(ctx)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	for _, x := range kept {
		line, err := writeSignatureLine(x)
		if err != nil {
			return err
		}
		b.Write(append(line, '\n'))
	}
	entries, err := s.merkle(ctx, c.Size)
	if err != nil {
		return err
	}
	lines, err := writeLog(c, entries)
	if err != nil {
		return err
	}
	b.Write(lines)
	if lines, err = writeList(ids, &c); err != nil {
		return err
	}
	b.Write(lines)
	if signer != nil {
		if lines, err = signList(signer, ids, &c); err != nil {
			return err
		}
		b.Write(lines)
	}
	return b.Flush()
}

// ExportLeaves writes the entries of the log, one a line, in their order: the
// bytes of a line are what is hashed.
func (s *Study) ExportLeaves(ctx context.Context, w io.Writer) error {
	b := bufio.NewWriter(w)
	for l, err := range s.store.Leaves(ctx, 0) {
		if err != nil {
			return err
		}
		line, err := l.Bytes()
		if err != nil {
			return err
		}
		b.Write(append(line, '\n'))
	}
	return b.Flush()
}

// Consent says what somebody allows an import to take: the work of others is
// taken if it is signed by their key, or if who imports says that it is theirs.
type Consent struct {
	As       string   // whose the decisions of another study become; "" for none
	People   []string // whose unsigned work is taken
	Files    []string // study files that may take the place of those in use
	ListedBy string   // who must have signed the list of its decisions; "" for nobody
	Trusted  bool     // all of it is: it came with the program, or from this study
	part     bool     // what is offered is a part of a file on purpose
}

// ImportDecisions takes every decision of a file, or none if a line of it is
// broken, if it brings somebody's work that is neither signed nor accepted, or
// if it would put another study file in use. Decisions of another study are
// taken only under the name of somebody of this one: they are made anew, as
// that actor's.
func (s *Study) ImportDecisions(ctx context.Context, r io.Reader, c Consent) (out *Imported, err error) {
	err = s.change(ctx, func() error {
		out, err = s.importDecisions(ctx, r, c)
		return err
	})
	return out, err
}

func (s *Study) importDecisions(ctx context.Context, r io.Reader, c Consent) (*Imported, error) {
	f, err := parseDecisions(r)
	if err != nil {
		return nil, err
	}
	beside, err := s.besideLogs(ctx, f.Logs)
	if err != nil {
		return nil, err
	}
	ds := f.Decisions
	out := &Imported{Read: len(ds), Apart: beside.notes, Forks: beside.forks}
	l, err := s.Log(ctx)
	if err != nil {
		return nil, err
	}
	if !c.Trusted && !c.part {
		out.Cut = f.cut(l)
		if out.Listed, err = s.checkList(f, out.Cut, c.ListedBy); err != nil {
			return nil, err
		}
	}
	skipped := 0
	if i := slices.IndexFunc(ds, func(d recount.Decision) bool { return d.Study != s.ID }); i >= 0 {
		if c.As == "" {
			return nil, recount.WithHint(fmt.Errorf("import decisions: %w: they were made in another study (%s)", recount.ErrConflict, ds[i].Study),
				"to take them over as the work of one of your coders, say whose: --as NAME")
		}
		for i := range ds { // also of those that are left out
			if err := ds[i].CheckMeaning(); err != nil {
				return nil, recount.WithHint(fmt.Errorf("import decisions: %w", err), "nothing was imported; get the file again from whoever exported it")
			}
		}
		if ds, err = remake(ds, s.ID, c.As); err != nil {
			return nil, err
		}
		skipped, f.Signatures = out.Read-len(ds), nil
		c.People = append(c.People, c.As)
	}
	for i := range ds {
		if l.Find(ds[i].ID) != nil {
			continue // it is here, however it came
		}
		if err := ds[i].CheckMeaning(); err != nil {
			return nil, recount.WithHint(fmt.Errorf("import decisions: %w", err), "nothing was imported; get the file again from whoever exported it")
		}
	}
	if err := checkNames(ds); err != nil {
		return nil, err
	}
	if !c.Trusted {
		if err := s.checkLikeness(l, ds); err != nil {
			return nil, err
		}
	}
	nothing, err := s.removesNothing(ctx, l, ds)
	if err != nil {
		return nil, err
	}
	if id := unproved(ds, l); id != "" {
		return nil, recount.WithHint(fmt.Errorf("import decisions: decision %.12s: %w: its answer is missing, and nothing says that it was erased", id, recount.ErrInvalid),
			"nothing was imported; get the file again from whoever exported it")
	}
	if !c.Trusted {
		if err := s.checkTimes(l, ds); err != nil {
			return nil, err
		}
		if err := s.checkWhose(l, f, ds, c, out); err != nil {
			return nil, err
		}
		if err := s.checkFiles(ctx, l, ds, c); err != nil {
			return nil, err
		}
	}
	for i := range ds {
		if k := l.Find(ds[i].ID); ds[i].Erasable == nil && k != nil && k.Erasable != nil {
			out.Erased++
		}
	}
	if out.Repaired, err = s.repair(ctx, ds); err != nil {
		return nil, err
	}
	// Before what was decided in the copy, so that the log here never goes on as
	// that of the copy did: where they part stays where it is.
	for _, cs := range beside.keep {
		if err := s.store.PutCheckpoints(ctx, cs...); err != nil {
			return nil, err
		}
	}
	if out.Added, err = s.store.PutDecisions(ctx, ds); err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for i := range ds {
		taken[ds[i].ID] = true
	}
	f.Signatures = slices.DeleteFunc(f.Signatures, func(x store.Signature) bool { return !taken[x.Decision] })
	if err := s.store.PutSignatures(ctx, f.Signatures); err != nil {
		return nil, err
	}
	if err := s.takeFiles(ctx, c.Files, ds); err != nil {
		return nil, err
	}
	// The keys that removals of the file destroyed go here too.
	if destroyed, err := s.destroyed(ctx); err != nil {
		return nil, err
	} else if err := s.shred(ctx, slices.Sorted(maps.Keys(destroyed))); err != nil {
		out.Apart = append(out.Apart, "a removal destroyed a key of the vault, which could not be taken out of the file of keys here: "+err.Error()+"; import the file again when it is there")
	}
	out.Skipped = skipped
	out.Known = out.Read - out.Added - skipped
	missing := append(replacesNothing(l, ds), nothing...)
	here, by, err := s.stillHere(ctx)
	if err != nil {
		return nil, err
	}
	for i, c := range here {
		text, hint := stillHereWords(by[i])
		missing = append(missing, recount.Finding{What: "page", Decisions: []string{by[i].ID}, Text: c.Name + ": " + text + "; " + hint})
	}
	out.Findings, err = s.Findings(ctx)
	out.Findings = append(missing, out.Findings...)
	return out, err
}

// checkNames refuses names of people and rounds that look like others because their
// letters are put together of parts.
func checkNames(ds []recount.Decision) error {
	for i := range ds {
		for _, name := range []string{ds[i].Actor, ds[i].Round} {
			if norm.NFC.String(name) != name {
				return recount.WithHint(fmt.Errorf("import decisions: decision %.12s: %w: the name %.80q is written in parts of letters, and looks like another", ds[i].ID, recount.ErrInvalid, name),
					"nothing was imported; ask whoever exported it to decide under the name as it is usually written")
			}
		}
	}
	return nil
}

// removesNothing lists new decisions that take out a capture that was never here.
func (s *Study) removesNothing(ctx context.Context, l *recount.Log, ds []recount.Decision) (out []recount.Finding, err error) {
	var here map[string]bool
	for i := range ds {
		d := &ds[i]
		if d.Kind != recount.KindRemove || d.Erasable == nil || l.Find(d.ID) != nil {
			continue
		}
		a, err := d.Decode()
		if b, ok := a.(recount.RemoveBody); err != nil || !ok || b.What != "capture" {
			continue
		} else if here == nil {
			here = map[string]bool{}
			all, err := s.store.AllCaptures(ctx)
			if err != nil {
				return nil, err
			}
			for _, c := range all {
				here[string(c.Key)] = true
			}
		}
		if b := a.(recount.RemoveBody); !here[b.ID] {
			out = append(out, recount.Finding{What: "waiting", Decisions: []string{d.ID}, Text: fmt.Sprintf("it takes out a capture that is not in this study: %.12q", b.ID)})
		}
	}
	return out, nil
}

// leeway is by how much two honest clocks may differ.
const leeway = 24 * time.Hour

// checkTimes refuses new decisions that were made later than now.
func (s *Study) checkTimes(l *recount.Log, ds []recount.Decision) error {
	latest := s.opts.Now().Add(leeway).UTC().Format(time.RFC3339)
	for i := range ds {
		if d := &ds[i]; l.Find(d.ID) == nil && d.Time > latest {
			return recount.WithHint(fmt.Errorf("import decisions: decision %.12s: %w: it was made on %.10s, and today is %.10s", d.ID, recount.ErrConflict, d.Time, s.opts.Now().UTC().Format(time.RFC3339)),
				"nothing was imported; if the clock of this computer is wrong, set it, else ask whoever exported it")
		}
	}
	return nil
}

// replacesNothing lists new decisions that take back what is not here, or what
// they cannot take back: answers of another kind.
func replacesNothing(l *recount.Log, ds []recount.Decision) (out []recount.Finding) {
	kinds := map[string]recount.Kind{}
	for i := range ds {
		kinds[ds[i].ID] = ds[i].Kind
	}
	for i := range ds {
		d := &ds[i]
		for _, id := range d.Replaces {
			kind, here := kinds[id]
			if old := l.Find(id); old != nil {
				kind, here = old.Kind, true
			}
			switch {
			case !here:
				out = append(out, recount.Finding{What: "waiting", Decisions: []string{d.ID}, Text: fmt.Sprintf("it takes back a decision that is not here: %.12s", id)})
			case d.Kind != recount.KindRetract && kind != d.Kind:
				out = append(out, recount.Finding{What: "conflict", Decisions: []string{d.ID, id}, Text: fmt.Sprintf("an answer (%s) takes back one of another kind (%s)", d.Kind, kind)})
			}
		}
	}
	return out
}

// repair puts known decisions back as they were made if their rows do not fit
// their ids any more.
func (s *Study) repair(ctx context.Context, ds []recount.Decision) (n int, err error) {
	good := map[string]*recount.Decision{}
	for i := range ds {
		good[ds[i].ID] = &ds[i]
	}
	all, err := s.store.Decisions(ctx)
	if err != nil {
		return 0, err
	}
	for i := range all {
		if d := good[all[i].ID]; d != nil && all[i].Check() != nil {
			if err := s.store.RepairDecision(ctx, d); err != nil {
				return n, err
			}
			n++
		}
	}
	if n > 0 {
		s.book = nil // what was loaded of them is of the damaged rows
	}
	return n, nil
}

// A Whose says whose new work an import brings.
type Whose struct {
	Actor  string
	New    int
	Signed int    // of them with a signature by a key of that person
	Key    string // fingerprint of a key that signed some and is not known as that person's, or ""
}

// checkWhose sums up whose work is new, and refuses what is neither signed nor
// accepted.
func (s *Study) checkWhose(l *recount.Log, f *decisionsFile, ds []recount.Decision, c Consent, out *Imported) error {
	people, err := s.readSigners()
	if err != nil {
		return err
	}
	signed := map[string][]store.Signature{}
	for _, x := range f.Signatures {
		signed[x.Decision] = append(signed[x.Decision], x)
	}
	by := map[string]*Whose{}
	seen := map[string]bool{}
	for i := range ds {
		d := &ds[i]
		if l.Find(d.ID) != nil && (d.Erasable != nil || l.Find(d.ID).Erasable == nil) || seen[d.ID] {
			continue
		}
		seen[d.ID] = true
		w := by[d.Actor]
		if w == nil {
			w = &Whose{Actor: d.Actor}
			by[d.Actor] = w
		}
		w.New++
		for _, x := range signed[d.ID] {
			key, err := verify(ofDecision, d.ID, x.Armored)
			if err != nil {
				return err
			}
			if people.may(d.Actor, key, ofDecision) {
				w.Signed++
				break
			}
			w.Key = ssh.FingerprintSHA256(key)
		}
	}
	var open, said []string
	for _, name := range slices.Sorted(maps.Keys(by)) {
		w := by[name]
		out.Whose = append(out.Whose, *w)
		if w.Signed < w.New && !slices.Contains(c.People, name) {
			open = append(open, name)
			text := fmt.Sprintf("%s (%d)", name, w.New-w.Signed)
			if w.Key != "" {
				text += fmt.Sprintf(", signed by a key that is not known as theirs (%s)", w.Key)
			}
			said = append(said, text)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return recount.WithHint(fmt.Errorf("import decisions: %w: nothing shows that the new decisions are really by %s; nothing was imported", recount.ErrConflict, strings.Join(said, ", ")),
		"if you know that they are, say so: --accept "+inShell(strings.Join(open, ","))+"; or let them sign (recount help decisions) and put their keys into "+signersFile)
}

// inShell writes a word as a shell takes it.
func inShell(s string) string {
	if strings.ContainsAny(s, " '\"\\$") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// checkFiles refuses an import after which another study file would be in use,
// or somebody else an adjudicator, unless that was accepted.
func (s *Study) checkFiles(ctx context.Context, l *recount.Log, ds []recount.Decision, c Consent) error {
	then, err := s.after(ctx, ds)
	if err != nil {
		return err
	}
	for _, name := range StudyFiles {
		was, _ := l.StudyFile(name)
		now, id := then.StudyFile(name)
		if was.Name == "" {
			if data, err := os.ReadFile(filepath.Join(s.Dir, name)); err == nil {
				was.Hash = recount.HashText(string(data))
			}
		}
		heads := fileHeads(then, name)
		if slices.Contains(c.Files, name) || now.Name == "" && was.Name == "" || now.Hash == was.Hash && len(heads) < 2 {
			continue
		}
		if now.Hash == was.Hash { // the other of two stands beside it
			if i := slices.IndexFunc(heads, func(h *recount.Decision) bool { return h.ID != id }); i >= 0 {
				id = heads[i].ID
			}
		}
		what := fmt.Sprintf("it would take the place of the %s in use", name)
		if id != "" {
			what = fmt.Sprintf("its %s (decision %.12s, by %s) is another than the one in use", name, id, then.Find(id).Actor)
		}
		if more := added(l.Adjudicators(), then.Adjudicators()); len(more) > 0 {
			what += ", and makes " + strings.Join(more, ", ") + " an adjudicator"
		}
		return recount.WithHint(fmt.Errorf("import decisions: %w: %s; nothing was imported", recount.ErrConflict, what),
			"ask who wrote it; to take it into use in place of yours: --accept-file "+name)
	}
	return nil
}

// after is the log as it would be with further decisions.
func (s *Study) after(ctx context.Context, ds []recount.Decision) (*recount.Log, error) {
	all, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	l := recount.NewLog(s.ID, adjudicators)
	l.Add(all...)
	l.Add(ds...)
	return l, nil
}

// fileHeads lists the live versions of a study file with different contents:
// more than one if two copies changed it apart.
func fileHeads(l *recount.Log, name string) (out []*recount.Decision) {
	hashes := map[string]bool{}
	for _, d := range l.All() {
		if d.Kind != recount.KindFile || !l.Live(d.ID) || d.Erasable == nil {
			continue
		}
		a, err := d.Decode()
		if err != nil {
			continue
		}
		if b := a.(recount.FileBody); b.Name == name && !hashes[b.Hash] {
			hashes[b.Hash] = true
			out = append(out, d)
		}
	}
	return out
}

func added(was, now []string) (out []string) {
	for _, n := range now {
		if !slices.Contains(was, n) {
			out = append(out, n)
		}
	}
	return out
}

// takeFiles puts accepted study files of an import in use: as a decision where
// two versions stand side by side, and in the folder.
func (s *Study) takeFiles(ctx context.Context, names []string, ds []recount.Decision) error {
	for _, name := range names {
		if err := s.open(ctx); err != nil {
			return err
		}
		l := s.book.Log()
		var taken *recount.Decision
		for i := range ds {
			if d := l.Find(ds[i].ID); d != nil && slices.Contains(fileHeads(l, name), d) {
				taken = d
			}
		}
		if taken == nil {
			continue // the file brings no other
		}
		a, err := taken.Decode()
		if err != nil {
			return err
		}
		body := a.(recount.FileBody)
		if heads := fileHeads(l, name); len(heads) > 1 {
			draft := recount.Draft{Kind: recount.KindFile, Reason: "accepted with an import", Body: body}
			for _, h := range heads {
				draft.Replaces = append(draft.Replaces, l.Replaced(h.ID)...)
			}
			if _, err := s.decide(ctx, draft); err != nil {
				return err
			}
		}
		path := filepath.Join(s.Dir, name)
		if now, err := os.ReadFile(path); err == nil && string(now) != body.Content {
			if err := disk.Write(path+".old", now); err != nil {
				return err
			}
		}
		if err := disk.Write(path, []byte(body.Content)); err != nil {
			return err
		}
	}
	return nil
}

// Findings lists what a person should look at: orphans, conflicts,
// disagreements and decisions that wait.
func (s *Study) Findings(ctx context.Context) ([]recount.Finding, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	return book.Findings(), nil
}

// Log returns the replayed decisions.
func (s *Study) Log(ctx context.Context) (*recount.Log, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	return book.Log(), nil
}

// Retract takes decisions back by their ids, or the first digits of them. Those of
// replaced, whose place later answers took, are taken back with them, so that
// they do not come back when those answers are.
func (s *Study) Retract(ctx context.Context, ids []string, reason string, replaced ...string) (out []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		out, err = s.retract(ctx, ids, reason, replaced)
		return err
	})
	return out, err
}

func (s *Study) retract(ctx context.Context, ids []string, reason string, replaced []string) ([]recount.Decision, error) {
	l, err := s.Log(ctx)
	if err != nil {
		return nil, err
	}
	full, err := resolveIDs(l, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range full {
		d := l.Find(id)
		if !l.Live(id) {
			return nil, recount.WithHint(fmt.Errorf("retract %.12s: %w: it does not hold any more", id, recount.ErrConflict), "`recount decisions list` shows those that hold")
		}
		if !s.mayUndo(l, d) {
			return nil, recount.WithHint(fmt.Errorf("retract %.12s: %w: it is %s's decision", id, recount.ErrConflict, d.Actor),
				"only its own actor or an adjudicator takes a decision back; say who you are with --as NAME")
		}
	}
	return s.takeBack(ctx, append(full, replaced...), reason)
}

// mayUndo reports whether whoever uses the study may take a decision back, or
// erase it: who made it, an adjudicator, and anybody what init set.
func (s *Study) mayUndo(l *recount.Log, d *recount.Decision) bool {
	return d.Actor == s.opts.Actor || l.Adjudicator(s.opts.Actor) || d.Actor == recount.DefaultActor
}

// takeBack takes back decisions that hold, all or none: what anybody decided
// by one retraction, the default rules, which belong to the study, by another.
// A study file that comes back with them is written.
func (s *Study) takeBack(ctx context.Context, ids []string, reason string) ([]recount.Decision, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	by := map[string][]string{}
	for _, id := range ids {
		actor := ""
		if book.Log().Find(id).Actor == recount.DefaultActor {
			actor = recount.DefaultActor
		}
		by[actor] = append(by[actor], id)
	}
	var out []recount.Decision
	for _, actor := range []string{"", recount.DefaultActor} {
		if len(by[actor]) == 0 {
			continue
		}
		d, err := s.seal(recount.Draft{Kind: recount.KindRetract, Actor: actor, Replaces: by[actor], Base: by[actor], Reason: reason, Body: recount.RetractBody{}})
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, s.following(ctx, func() error { return book.Save(ctx, out...) })
}

// RetractGroup takes back every answer of a group, by the first digits of its
// name, and says how many of them held. One whose place a later answer took is
// taken back too, so that it does not come back when that one is.
func (s *Study) RetractGroup(ctx context.Context, group, reason string) (out []recount.Decision, held int, err error) {
	err = s.change(ctx, func() error {
		l, err := s.Log(ctx)
		if err != nil {
			return err
		}
		var ids, replaced []string
		names := map[string]bool{}
		known := false
		for _, d := range l.All() {
			if len(group) >= 4 && strings.HasPrefix(d.Group, group) {
				names[d.Group], known = true, true
				if l.Live(d.ID) {
					ids = append(ids, d.ID)
				} else if d.Erasable != nil {
					replaced = append(replaced, d.ID)
				}
			}
		}
		switch {
		case len(names) > 1:
			return recount.WithHint(fmt.Errorf("group %s: %w: several begin like this", group, recount.ErrInvalid), "give more of its name")
		case !known:
			return recount.WithHint(fmt.Errorf("group %s: %w", group, recount.ErrNotFound), "`recount decisions list` shows the groups; give the first 4 digits or more")
		case len(ids) == 0:
			return recount.WithHint(fmt.Errorf("group %s: %w: none of its answers holds any more", group, recount.ErrConflict), "`recount decisions list --group "+group+" --all` shows them")
		}
		held = len(ids)
		out, err = s.retract(ctx, ids, reason, replaced)
		return err
	})
	return out, held, err
}

// Erase takes the answer out of decisions for ever; header and commitment
// stay, and a decision of kind remove says so.
func (s *Study) Erase(ctx context.Context, ids []string, reason string) error {
	return s.change(ctx, func() error { return s.erase(ctx, ids, reason) })
}

func (s *Study) erase(ctx context.Context, ids []string, reason string) error {
	l, err := s.Log(ctx)
	if err != nil {
		return err
	}
	full, err := resolveIDs(l, ids)
	if err != nil {
		return err
	}
	for _, id := range full {
		d := l.Find(id)
		if d.Erasable == nil {
			return recount.WithHint(fmt.Errorf("erase %.12s: %w: it was erased already", id, recount.ErrConflict), "nothing was erased; leave it out and give the others again")
		}
		if !s.mayUndo(l, d) {
			return recount.WithHint(fmt.Errorf("erase %.12s: %w: it is %s's decision", id, recount.ErrConflict, d.Actor),
				"nothing was erased; only its own actor or an adjudicator erases a decision, since it cannot be brought back; say who you are with --as NAME")
		}
	}
	for _, id := range full {
		if _, err := s.decide(ctx, recount.Draft{Kind: recount.KindRemove, Base: []string{id}, Reason: reason,
			Body: recount.RemoveBody{What: "decision", ID: id}}); err != nil {
			return err
		}
		if err := s.store.EraseDecision(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
