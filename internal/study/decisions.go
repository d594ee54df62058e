package study

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"recount"
)

// ExportDecisions writes every decision, one line each, sorted by id: the same
// set gives the same bytes.
func (s *Study) ExportDecisions(ctx context.Context, w io.Writer) (int, error) {
	ds, err := s.store.Decisions(ctx)
	if err != nil {
		return 0, err
	}
	b := bufio.NewWriter(w)
	for _, d := range ds {
		line, err := d.MarshalJSON()
		if err != nil {
			return 0, err
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	return len(ds), b.Flush()
}

// An Imported says what an import of decisions did.
type Imported struct {
	Read     int
	Added    int
	Known    int
	Erased   int               // known answers that were erased where the file comes from, and are now erased here
	Skipped  int               // of another study: its files and rules are its own
	Findings []recount.Finding // conflicts, orphans and waiting decisions of the whole study afterwards
}

// ExportLog writes every decision as ExportDecisions does and, behind them, the
// checkpoint of the log: what this copy of the study held when the file was
// written.
func (s *Study) ExportLog(ctx context.Context, w io.Writer) error {
	c, err := s.store.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if _, err := s.ExportDecisions(ctx, w); err != nil {
		return err
	}
	line, err := writeCheckpointLine(c)
	if err != nil {
		return err
	}
	_, err = w.Write(append(line, '\n'))
	return err
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

// ImportDecisions takes every decision of a file, or none if a line of it is
// broken. Decisions of another study are taken only under the name of
// somebody of this one: they are made anew, as that actor's.
func (s *Study) ImportDecisions(ctx context.Context, r io.Reader, as string) (out *Imported, err error) {
	err = s.change(ctx, func() error {
		out, err = s.importDecisions(ctx, r, as)
		return err
	})
	return out, err
}

func (s *Study) importDecisions(ctx context.Context, r io.Reader, as string) (*Imported, error) {
	f, err := parseDecisions(r)
	if err != nil {
		return nil, err
	}
	ds := f.Decisions
	out := &Imported{Read: len(ds)}
	skipped := 0
	for _, d := range ds {
		if d.Study != s.ID {
			if as == "" {
				return nil, recount.WithHint(fmt.Errorf("import decisions: %w: they were made in another study (%s)", recount.ErrConflict, d.Study),
					"to take them over as the work of one of your coders, say whose: --as NAME")
			}
			if ds, err = remake(ds, s.ID, as); err != nil {
				return nil, err
			}
			skipped = out.Read - len(ds)
			break
		}
	}
	for i := range ds {
		if err := ds[i].CheckMeaning(); err != nil {
			return nil, recount.WithHint(fmt.Errorf("import decisions: %w", err), "nothing was imported; get the file again from whoever exported it")
		}
	}
	l, err := s.Log(ctx)
	if err != nil {
		return nil, err
	}
	if id := unproved(ds, l); id != "" {
		return nil, recount.WithHint(fmt.Errorf("import decisions: decision %.12s: %w: its answer is missing, and nothing says that it was erased", id, recount.ErrInvalid),
			"nothing was imported; get the file again from whoever exported it")
	}
	for i := range ds {
		if k := l.Find(ds[i].ID); ds[i].Erasable == nil && k != nil && k.Erasable != nil {
			out.Erased++
		}
	}
	if out.Added, err = s.store.PutDecisions(ctx, ds); err != nil {
		return nil, err
	}
	out.Skipped = skipped
	out.Known = out.Read - out.Added - skipped
	out.Findings, err = s.Findings(ctx)
	return out, err
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

// Retract takes decisions back by their ids, or the first digits of them.
func (s *Study) Retract(ctx context.Context, ids []string, reason string) (out []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		out, err = s.retract(ctx, ids, reason)
		return err
	})
	return out, err
}

func (s *Study) retract(ctx context.Context, ids []string, reason string) ([]recount.Decision, error) {
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
		if d.Actor != s.opts.Actor && !l.Adjudicator(s.opts.Actor) && d.Actor != recount.DefaultActor {
			return nil, recount.WithHint(fmt.Errorf("retract %.12s: %w: it is %s's decision", id, recount.ErrConflict, d.Actor),
				"only its own actor or an adjudicator takes a decision back; say who you are with --as NAME")
		}
	}
	return s.takeBack(ctx, full, reason)
}

// takeBack takes back decisions that hold, all or none: what anybody decided
// by one retraction, the default rules, which belong to the study, by another.
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
	return out, book.Save(ctx, out...)
}

// RetractGroup takes back every answer of a group that still holds, by the
// first digits of its name.
func (s *Study) RetractGroup(ctx context.Context, group, reason string) (out []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		l, err := s.Log(ctx)
		if err != nil {
			return err
		}
		var ids []string
		names := map[string]bool{}
		known := false
		for _, d := range l.All() {
			if len(group) >= 4 && strings.HasPrefix(d.Group, group) {
				names[d.Group], known = true, true
				if l.Live(d.ID) {
					ids = append(ids, d.ID)
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
		out, err = s.retract(ctx, ids, reason)
		return err
	})
	return out, err
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
