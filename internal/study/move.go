package study

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/vault"
)

// This file moves into the vault what was typed about a person before the person
// was protected, or before there was a vault: names, aliases, notes, values and
// reasons that no page of the person prints. What they were decided for is decided
// again without them, and the answers that held them are erased: all in one
// transaction, after which only what was made of them is left to clean.

// A VaultMove says of whom words go into the vault, and how.
type VaultMove struct {
	Person string   // id, or its first digits, or the key of a speaker
	Also   []string // further names to look for
	Reason string   // stays in the log
	Save   bool     // without it nothing is done
}

// A Moved says what goes into the vault, and what is left to do.
type Moved struct {
	Words    []vault.Words // that are sealed; nothing once they are
	Sealed   int
	Again    int      // answers that are given again without the words
	Answers  []string // that go with nothing in their place, by kind and by whom
	Produced []string // what was made of the study and went
	Remade   []string // of it, what was made again
	Left     []string // what a person has to look at
	Shown    bool     // the person may be shown: what is typed later is not looked at
}

// A move is one under way.
type move struct {
	*removal
	out     Moved
	who     *subject
	printed map[string]*casebook.Printed // by the keys of speakers
	strange []string                     // words of names that no page prints
	again   []recount.Draft
	erased  []recount.Decision // without their answers
}

// MoveIntoVault puts into the vault what was typed about a person and stands on no page of
// the person. Killed at any moment it was done or it was not; given again it ends.
func (s *Study) MoveIntoVault(ctx context.Context, ask VaultMove) (*Moved, error) {
	var m *move
	err := s.change(ctx, func() error {
		before, err := s.unended(ctx)
		if err != nil {
			return err
		}
		if before != nil {
			if !ask.Save {
				return before.begunError()
			}
			if err := before.finish(ctx); err != nil {
				return err
			}
		}
		if m, err = s.move(ctx, ask); err != nil || !ask.Save {
			return err
		}
		if s.opts.Actor == Unnamed || s.opts.Actor == recount.DefaultActor {
			return recount.WithHint(fmt.Errorf("%w: nobody says who moves words into the vault", recount.ErrInvalid), "say who you are: --as NAME; it stays in the log")
		}
		return m.do(ctx, ask.Reason)
	})
	if err != nil {
		return nil, err
	}
	return &m.out, nil
}

// move finds what is to be moved.
func (s *Study) move(ctx context.Context, ask VaultMove) (*move, error) {
	if _, err := s.vaultKeys(ctx); err != nil {
		return nil, err
	}
	x, err := s.subject(ctx, ask.Person)
	if err != nil {
		return nil, err
	}
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	m := &move{removal: &removal{Study: s, book: book, pages: map[string]bool{}}, who: x, printed: map[string]*casebook.Printed{}}
	for k := range x.keys {
		if p, ok, err := book.PersonOf(ctx, k); err != nil {
			return nil, err
		} else if ok && p.Tier().Shown() && !p.Held() {
			m.out.Shown = true
		}
	}
	all, err := s.store.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	for _, n := range ask.Also {
		m.name(n, strings.Fields(n))
	}
	// First the names by which answers call the person, then every answer that
	// holds one, or says of the person what no page prints.
	for i := range all {
		if err := m.names(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	if err := m.index(ctx); err != nil {
		return nil, err
	}
	for i := range all {
		if err := m.look(ctx, &all[i]); err != nil {
			return nil, err
		}
	}
	if !ask.Save { // afterwards every file is looked through
		if err := m.drafts(ctx); err != nil {
			return nil, err
		}
	}
	made, err := s.produced()
	if err != nil {
		return nil, err
	}
	for _, name := range made {
		m.removal.out.Produced = append(m.removal.out.Produced, outDir+"/"+name)
	}
	m.out.Produced = m.removal.out.Produced
	return m, nil
}

// drafts lists the files of the folder that hold a name, whoever put them there: copies
// and drafts of report.md, notes, exports. What recount keeps itself is looked at
// elsewhere.
func (m *move) drafts(ctx context.Context) error {
	said := map[string]bool{}
	for _, l := range m.out.Left {
		name, _, _ := strings.Cut(l, " ")
		said[name] = true
	}
	return filepath.WalkDir(m.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(m.Dir, path)
		if err != nil || said[filepath.ToSlash(rel)] {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch m.inFile(rel, b) {
		case sharedName, ownName:
			m.out.Left = append(m.out.Left, filepath.ToSlash(rel)+" holds the name; take it out, or delete the file")
		case likeName:
			m.out.Left = append(m.out.Left, filepath.ToSlash(rel)+" holds what resembles the name; look whether it is the person's")
		}
		return ctx.Err()
	})
}

// name notes a name that no page prints, and which of its words they are.
func (m *move) name(name string, strange []string) {
	m.seal(recount.SealedName, name)
	for _, w := range strange {
		if !slices.Contains(m.strange, w) {
			m.strange = append(m.strange, w)
		}
	}
}

// seal notes words that go into the vault, each once.
func (m *move) seal(what recount.SealedKind, text string) {
	w := vault.Words{What: what, Text: strings.TrimSpace(text)}
	if w.Text != "" && !slices.Contains(m.out.Words, w) {
		m.out.Words = append(m.out.Words, w)
	}
}

// about reports whether an answer is about the person, and returns the words that
// the pages of all whom it is about print.
func (m *move) about(ctx context.Context, d *recount.Decision) (own bool, w *casebook.Printed, err error) {
	whom, err := m.book.Whom(ctx, d)
	if err != nil || !slices.ContainsFunc(whom, func(k recount.Key) bool { return m.who.keys[k] }) {
		return false, nil, err
	}
	w, err = m.printedOf(ctx, whom)
	return true, w, err
}

func (m *move) printedOf(ctx context.Context, whom []recount.Key) (*casebook.Printed, error) {
	var names []string
	for _, k := range whom {
		names = append(names, string(k))
	}
	slices.Sort(names)
	at := strings.Join(names, " ")
	if m.printed[at] == nil {
		w, err := m.book.PrintedOf(ctx, whom)
		if err != nil {
			return nil, err
		}
		m.printed[at] = w
	}
	return m.printed[at], nil
}

// names notes by which names an answer calls the person that no page prints.
func (m *move) names(ctx context.Context, d *recount.Decision) error {
	if d.Erasable == nil || d.Kind == recount.KindSeal {
		return nil
	}
	own, _, err := m.about(ctx, d)
	if err != nil || !own {
		return err
	}
	mine, err := m.printedOf(ctx, slices.Sorted(maps.Keys(m.who.keys)))
	if err != nil {
		return err
	}
	return m.eachRef(ctx, d, func(ref *recount.SpeakerRef, own bool) {
		if strange := mine.Strange(ref.Name, ref.Kind); own && len(strange) > 0 {
			m.name(ref.Name, strange)
		}
	})
}

// eachRef calls f with each speaker whom an answer names and whether it is the
// person; what f changes is changed in the answer.
func (m *move) eachRef(ctx context.Context, d *recount.Decision, f func(ref *recount.SpeakerRef, own bool)) error {
	var body any
	if err := json.Unmarshal(d.Erasable.Body, &body); err != nil {
		return nil // no reader of it sees a name
	}
	changed := false
	var walk func(v any) error
	walk = func(v any) error {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				if err := walk(x); err != nil {
					return err
				}
			}
		case map[string]any:
			if _, named := v["name"].(string); named && v["at"] != nil && v["kind"] != nil {
				b, err := json.Marshal(v)
				if err != nil {
					return err
				}
				var ref recount.SpeakerRef
				if json.Unmarshal(b, &ref) == nil {
					key, err := m.book.Speaker(ctx, ref)
					if err != nil {
						return err
					}
					before := ref.Name
					if f(&ref, m.who.keys[key]); ref.Name != before {
						v["name"], changed = ref.Name, true
					}
				}
				return nil
			}
			for _, k := range slices.Sorted(maps.Keys(v)) {
				if err := walk(v[k]); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := walk(body); err != nil || !changed {
		return err
	}
	b, err := json.Marshal(body)
	d.Erasable = &recount.Erasable{Salt: d.Erasable.Salt, Reason: d.Erasable.Reason, Body: b}
	return err
}

// index prepares the search for the words of names that no page of the person prints.
func (m *move) index(ctx context.Context) error {
	m.removal.names = slices.Clone(m.strange)
	return m.named(ctx, map[recount.Key]bool{})
}

// typed are the words of an answer that somebody wrote, without what it cites of
// pages.
func typed(body json.RawMessage) string {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return string(body)
	}
	var out []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if v["exact"] != nil { // an anchor
				return
			}
			for _, k := range slices.Sorted(maps.Keys(v)) {
				out = append(out, k)
				walk(v[k])
			}
		}
	}
	walk(v)
	return strings.Join(out, "\n")
}

// look decides what becomes of one answer.
func (m *move) look(ctx context.Context, d *recount.Decision) error {
	if d.Erasable == nil || d.Kind == recount.KindSeal {
		return nil
	}
	own, w, err := m.about(ctx, d)
	if err != nil {
		return err
	}
	a, err := d.Decode()
	if err != nil {
		return nil // recheck says so
	}
	text := casebook.Typed(a)
	reason := d.Erasable.Reason
	var strange, strangeReason bool
	if on, ok := topicOf(a); ok && !own { // of a page on which the person speaks, or of its words
		if own, w, err = m.onPage(ctx, on); err != nil {
			return err
		}
	}
	if own {
		w.Knows(d.Actor)
		strange, strangeReason = len(w.Unprinted(text)) > 0, len(w.Unprinted(reason)) > 0
	}
	bare := *d
	renamed := false
	if err := m.eachRef(ctx, &bare, func(ref *recount.SpeakerRef, own bool) {
		if own && slices.ContainsFunc(m.strange, func(s string) bool { return strings.Contains(ref.Name, s) }) {
			ref.Name, renamed = strings.Join(ref.At.Exact, " "), true
		}
	}); err != nil {
		return err
	}
	held := m.form(typed(bare.Erasable.Body))
	heldReason := m.form(reason)
	if held == likeName || heldReason == likeName {
		m.out.Left = append(m.out.Left, "answer "+short(d.ID)+" holds what resembles the name; if it is about the person: recount decisions erase "+short(d.ID))
	}
	goes := strange || held >= sharedName
	if !goes && !strangeReason && heldReason < sharedName && !renamed {
		return nil
	}
	live := m.book.Log().Live(d.ID)
	if b, ok := a.(recount.FileBody); ok && live {
		m.files = append(m.files, b.Name)
		m.out.Left = append(m.out.Left, b.Name+" holds a name; take it out and run this again")
		return nil
	}
	if d.Kind == recount.KindRemove || d.Kind == recount.KindVault || d.Kind == recount.KindPublish {
		goes = false // what they say is no word of the person
	}
	if strangeReason || heldReason >= sharedName {
		m.seal(recount.SealedNote, fmt.Sprintf("reason of an answer (%s, %s, %s): %s", d.Kind, d.Actor, d.Time[:min(10, len(d.Time))], reason))
		reason = ""
	}
	switch b := a.(type) {
	case recount.ValueBody:
		if goes {
			m.seal(recount.SealedNote, b.Variable+": "+b.Value)
		}
	case recount.FileBody:
	default:
		if goes && text != "" {
			m.seal(recount.SealedNote, text)
		}
	}
	gone := *d
	gone.Erasable = nil
	m.erased, m.decisions = append(m.erased, gone), append(m.decisions, d.ID)
	switch {
	case !live:
	case goes:
		m.out.Answers = append(m.out.Answers, string(d.Kind)+" by "+d.Actor)
	default:
		clean, err := bare.Decode()
		if err != nil {
			return err
		}
		m.again = append(m.again, recount.Draft{Kind: d.Kind, Round: d.Round, Group: d.Group, Actor: d.Actor, Reason: reason, Body: clean,
			Base: append(slices.Clone(d.Base), d.ID), Replaces: append(slices.Clone(d.Replaces), d.ID)})
		m.out.Again++
	}
	return nil
}

// topicOf is what a memo or a note is about.
func topicOf(a recount.Answer) (recount.Topic, bool) {
	switch b := a.(type) {
	case recount.MemoBody:
		return b.On, true
	case recount.NoteBody:
		return b.On, true
	}
	return recount.Topic{}, false
}

// onPage reports whether a memo or note is about the person: on words of the person,
// or on a page on which nobody else speaks of whom anything was decided.
func (m *move) onPage(ctx context.Context, on recount.Topic) (own bool, w *casebook.Printed, err error) {
	if on.Page == "" {
		return false, nil, nil
	}
	var here []recount.Key
	for _, p := range m.book.Pages() {
		if p.Page() != on.Page {
			continue
		}
		for v, err := range m.book.Voices(ctx, casebook.Filter{Page: p.Key}) {
			if err != nil {
				return false, nil, err
			}
			here = append(here, v.Key)
		}
	}
	if len(here) == 0 || slices.ContainsFunc(here, func(k recount.Key) bool { return !m.who.keys[k] }) {
		return false, nil, nil
	}
	w, err = m.printedOf(ctx, here)
	return true, w, err
}

// do moves the words: the new answers, what is sealed and the answers without what
// they held are one transaction.
func (m *move) do(ctx context.Context, reason string) error {
	if len(m.files) > 0 {
		return recount.WithHint(fmt.Errorf("move into the vault: %w: %s holds a name that no page prints", recount.ErrConflict, strings.Join(m.files, ", ")), "take it out of the file, run `recount count` once so that it comes into use, and run this again")
	}
	if m.form(reason) != noName {
		return recount.WithHint(fmt.Errorf("move into the vault: %w: the reason says the name, and it stays in the log", recount.ErrInvalid), "give a reason without names, or none")
	}
	if len(m.out.Words) == 0 && len(m.erased) == 0 {
		return nil
	}
	var err error
	if m.group, err = m.NewGroup(); err != nil {
		return err
	}
	k, err := m.vaultKeys(ctx)
	if err != nil {
		return err
	}
	sealed, err := m.Study.sealed(ctx, k, m.who, m.out.Words)
	if err != nil {
		return err
	}
	drafts := []recount.Draft{}
	for _, d := range sealed {
		drafts = append(drafts, recount.Draft{Kind: d.Answer.Kind(), Group: m.group, Body: d.Answer})
	}
	for _, id := range m.decisions {
		drafts = append(drafts, recount.Draft{Kind: recount.KindRemove, Group: m.group, Reason: reason, Base: []string{id}, Body: recount.RemoveBody{What: "decision", ID: id}})
	}
	var saved []recount.Decision
	for _, d := range append(drafts, m.again...) {
		x, err := m.Study.seal(d)
		if err != nil {
			return err
		}
		saved = append(saved, x)
	}
	m.moving = true
	m.removal.out.Left = m.out.Left
	if err := m.begin(); err != nil {
		return err
	}
	if err := m.book.Save(ctx, append(saved, m.erased...)...); err != nil {
		return err
	}
	m.out.Sealed, m.out.Words = len(m.out.Words), nil
	err = m.finish(ctx)
	m.out.Left, m.out.Produced, m.out.Remade = m.removal.out.Left, m.removal.out.Produced, m.removal.out.Again
	return err
}
