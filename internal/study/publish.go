package study

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/disk"
	"recount/internal/pattern"
	"recount/internal/release"
	"recount/internal/report"
)

// A Publishing is one run of publish.
type Publishing struct {
	Reasons []release.Reason // why it is refused; none if it is not
	Applied []string         // changes that were recorded, in words
	Saved   []recount.Decision
	By      map[string][]string // who overrides a reason so far, by its code
	Dir     string              // into which it was written
	Allowed []string            // reasons that two people override, in words
	// Overrode are the reasons that the actor overrode in this run, in words.
	Overrode []string
	Edition  int // that was written; 0 if none was
	Files    int
	Numbers  int // that it prints
	Hidden   int // that it does not
	People   int
	// Recall are the editions that went out before somebody was protected who may stand
	// in them.
	Recall []Recalled
	// Listed names the list of reasons: the numbers of another list mean other reasons.
	Listed string
	// Stale says that nothing was done, because the numbers are those of another list.
	Stale bool
	// Undecided says that nothing was decided, though all changes were to be made and the
	// edition written: no change mends some reasons, so it could not be.
	Undecided bool
	// Declined says that whoever was asked did not want it written.
	Declined bool
	Quoted   int // people whose printed words it quotes
	// Quotations are their printed words.
	Quotations int
	// Omitted are the sentences of report.md that it lacks, as somebody typed them.
	Omitted []string
	// Losses say what goes with the changes that leave results out, by the codes of their
	// reasons.
	Losses map[string]Loss
	// Before and After are what could be shown before the changes of this run and after
	// them; nil if none was made.
	Before, After *Holding
}

// A Recalled is an edition to be called back.
type Recalled struct {
	Edition   int
	Day       string
	Protected int    // people who were protected since
	Gone      int    // who were taken out of the study since
	Text      string // all of it in words
}

// A Holding is how much an edition holds.
type Holding struct{ Numbers, Quotations int }

// A Publish says what to do about a public edition.
type Publish struct {
	Dir    string // new folder to write it into; "" only checks
	Apply  []int  // reasons, counted from one, whose changes are recorded
	All    bool   // all of them, until none is left that can be changed
	Allow  []int  // reasons that the actor overrides
	Reason string // why

	// With opens the vault, so that the names in it are looked for too. That it was
	// opened, by whom and why, is in the log before anything is looked for.
	With VaultKey

	// Here writes it into a folder of the study, named by its number.
	Here bool
	// Listed is the list that the numbers were read from; "": nobody asks.
	Listed string
	// Confirm is asked before anything is written; nil if nobody is.
	Confirm func(*Publishing) bool
	// The same by the codes of reasons, which stay what they are when others come or go.
	ApplyCodes, AllowCodes []string
}

// publicDir is the folder of the editions that Here writes.
const publicDir = "public"

// rounds is how often changes are made before publishing is given up: each can
// make another one necessary.
const rounds = 12

// Publish checks the public edition, records the changes that were chosen, and
// writes the edition if nothing speaks against it. Anything that cannot be
// checked refuses.
func (s *Study) Publish(ctx context.Context, ask Publish) (out *Publishing, err error) {
	out = &Publishing{}
	err = s.change(ctx, func() error {
		if err := s.half(ctx); err != nil {
			return err
		}
		sealed, left, err := s.sealedSecrets(ctx, ask.With, ask.Reason, "the names are looked for in a public edition", nil)
		if err != nil {
			return err
		}
		// What is only listed leaves report.md out of the log.
		looking := true
		for range rounds {
			e, err := s.newEdition(ctx, looking)
			if err != nil {
				return err
			}
			e.sealed, e.unopened = sealed, left
			x, err := e.make(ctx)
			if err != nil {
				return err
			}
			if ask.Dir != "" {
				for _, r := range e.beside(ask.Dir, x.doc.Title) {
					if !slices.ContainsFunc(x.reasons, func(o release.Reason) bool { return o.Code == r.Code }) {
						x.reasons = append(x.reasons, r)
					}
				}
			}
			out.People, out.By, out.Recall = e.People, e.allowed, e.recalls()
			out.Reasons = e.notAllowed(x.reasons, out)
			out.Listed = listOf(out.Reasons)
			if len(ask.Apply)+len(ask.Allow) > 0 && ask.Listed != "" && ask.Listed != out.Listed {
				out.Stale = true
				out.count(x)
				return e.losses(ctx, x, out)
			}
			if ask.All && (ask.Dir != "" || ask.Here) && len(out.Applied) == 0 && slices.ContainsFunc(out.Reasons, func(r release.Reason) bool { return r.Change == nil }) {
				out.Undecided = true
				out.count(x)
				return e.losses(ctx, x, out)
			}
			drafts, err := e.answer(ask, out.Reasons, out)
			if err != nil {
				return err
			}
			if len(out.Applied) > 0 && out.Before == nil {
				if out.Before, err = e.holds(ctx, x, e.changes); err != nil {
					return err
				}
			}
			if len(drafts) > 0 {
				saved, err := s.record(ctx, drafts)
				if err != nil {
					return err
				}
				out.Saved = append(out.Saved, saved...)
				// The numbers of this round say nothing in the next.
				ask.Apply, ask.Allow, ask.ApplyCodes, ask.AllowCodes = nil, nil, nil, nil
				continue
			}
			if out.Before != nil {
				if out.After, err = e.holds(ctx, x, e.changes); err != nil {
					return err
				}
			}
			if len(out.Reasons) > 0 || ask.Dir == "" && !ask.Here {
				out.count(x)
				return e.losses(ctx, x, out)
			}
			if looking { // what is published is in use
				looking = false
				continue
			}
			if ask.Confirm != nil {
				would := *out
				would.count(x)
				if !ask.Confirm(&would) {
					out.Declined = true
					return nil
				}
			}
			return e.publish(ctx, x, ask.Dir, out)
		}
		return fmt.Errorf("publish: after %d rounds of changes the edition still gives people away: %w", rounds, recount.ErrRefused)
	})
	return out, err
}

// holds counts what could be shown after some changes.
func (e *publicEdition) holds(ctx context.Context, x *draftEdition, changes []recount.ReleaseBody) (*Holding, error) {
	then := &draftEdition{index: x.index, shape: release.NewShape(changes)}
	then.numbers = e.Numbers(then.shape)
	quotes, err := e.quotes(ctx, then)
	out := &Holding{Quotations: len(quotes)}
	for i := range then.numbers {
		if !then.numbers[i].Hidden {
			out.Numbers++
		}
	}
	return out, err
}

// losses says of each change that leaves results out what goes with it.
func (e *publicEdition) losses(ctx context.Context, x *draftEdition, out *Publishing) error {
	var now *Holding
	for i := range out.Reasons {
		c := out.Reasons[i].Change
		if c == nil || c.Op != recount.Drop || c.What == peopleTable {
			continue
		}
		if now == nil {
			var err error
			if now, err = e.holds(ctx, x, e.changes); err != nil {
				return err
			}
		}
		then, err := e.holds(ctx, x, append(slices.Clone(e.changes), *c))
		if err != nil {
			return err
		}
		l := e.loss(c, now, then)
		if out.Losses == nil {
			out.Losses = map[string]Loss{}
		}
		out.Reasons[i].Loss, out.Losses[out.Reasons[i].Code] = l.String(), l
	}
	return nil
}

// A Loss is what goes with results that are left out.
type Loss struct {
	Tables, Numbers []string // the results, by name
	Now, Then       Holding  // before the change and after it
}

func (e *publicEdition) loss(c *recount.ReleaseBody, now, then *Holding) Loss {
	l := Loss{Now: *now, Then: *then}
	dropped := c.Values
	if len(dropped) == 0 {
		dropped = []string{c.What}
	}
	for _, name := range dropped {
		if slices.ContainsFunc(e.Results, func(r release.Result) bool { return r.Name == name && len(r.Dims) > 0 }) {
			l.Tables = append(l.Tables, name)
		} else {
			l.Numbers = append(l.Numbers, name)
		}
	}
	return l
}

// String says the loss in a sentence.
func (l Loss) String() string {
	var what []string
	for _, x := range []struct {
		names     []string
		one, many string
	}{{l.Tables, "the table ", "the tables "}, {l.Numbers, "the number ", "the numbers "}} {
		switch n := len(x.names); {
		case n == 1:
			what = append(what, x.one+x.names[0])
		case n > 1:
			what = append(what, x.many+strings.Join(x.names[:n-1], ", ")+" and "+x.names[n-1])
		}
	}
	out := fmt.Sprintf("it leaves out %s: %d of %d numbers are left", strings.Join(what, " and "), l.Then.Numbers, l.Now.Numbers)
	switch {
	case l.Now.Quotations > l.Then.Quotations && l.Then.Quotations == 0:
		out += ", and no quotation remains"
	case l.Now.Quotations > l.Then.Quotations:
		out += fmt.Sprintf(", and %d of %d quotations", l.Then.Quotations, l.Now.Quotations)
	}
	return out
}

// listOf names a list of reasons by what they are and how they are numbered.
func listOf(reasons []release.Reason) string {
	var codes []string
	for i := range reasons {
		codes = append(codes, reasons[i].Code)
	}
	return recount.HashText(strings.Join(codes, "\n"))
}

// metaListed is the setting of a study that names the list that was shown last.
const metaListed = "publish listed"

// ListedReasons names the list of reasons that was shown last; "" if none was.
func (s *Study) ListedReasons(ctx context.Context) (string, error) {
	return s.store.Meta(ctx, metaListed)
}

// ListReasons notes that a list of reasons is shown, so that its numbers are known by it.
func (s *Study) ListReasons(ctx context.Context, p *Publishing) error {
	if s.store.ReadOnly() {
		return nil
	}
	return s.change(ctx, func() error { return s.store.SetMeta(ctx, metaListed, p.Listed) })
}

// What is said of words that stand only in the vault. No reason repeats them, nor what
// they stand in.
const (
	sealedNameWhy    = "a name that stands in the vault"
	sealedContactWhy = "a contact that stands in the vault"
)

// sealedSecrets opens the names, aliases and contacts in the vault, which stay in
// memory. left are the fields that were not opened: without an identity all, with one
// those whose key is not here. The reason, or else why, goes into the log. Of says of
// whose words they are to be, by the keys of their speakers; nil if of everybody's.
func (s *Study) sealedSecrets(ctx context.Context, with VaultKey, reason, why string, of func([]recount.Key) bool) (out []release.Secret, left []string, err error) {
	type field struct {
		id, key, sealed string
		what            recount.SealedKind
		of              recount.SpeakerRef
	}
	var fields []field
	if err := s.eachSealed(ctx, func(d *casebook.Placed, b recount.SealBody, whom []recount.Key) {
		if of != nil && !of(whom) {
			return
		}
		if b.What == recount.SealedName || b.What == recount.SealedAlias || b.What == recount.SealedContact {
			fields = append(fields, field{d.ID, b.Key, b.Sealed, b.What, b.Speaker})
		}
	}); err != nil {
		return nil, nil, err
	}
	if len(with.Files) == 0 {
		for _, f := range fields {
			left = append(left, f.id)
		}
		return nil, left, nil
	}
	if s.opts.Actor == Unnamed || s.opts.Actor == recount.DefaultActor {
		return nil, nil, recount.WithHint(fmt.Errorf("%w: nobody says who opens the vault", recount.ErrInvalid), "say who you are: --as NAME; it stays in the log")
	}
	k, ids, err := s.opened(ctx, with)
	if err != nil {
		return nil, nil, err
	}
	opened, speakers := map[string][]string{}, map[string]recount.SpeakerRef{}
	for _, f := range fields {
		if !k.Has(f.key) {
			left = append(left, f.id)
			continue
		}
		w, err := k.Unseal(f.key, f.sealed, ids)
		if err != nil {
			return nil, nil, fmt.Errorf("field %.12s: %w", f.id, err)
		}
		if strings.Contains(strings.ToLower(reason), strings.ToLower(w.Text)) {
			return nil, nil, recount.WithHint(fmt.Errorf("%w: the reason says what is sealed, and it stays in the log", recount.ErrInvalid), "give a reason without names")
		}
		secret := release.Secret{Words: w.Text, Why: sealedNameWhy, Name: true}
		if f.what == recount.SealedContact {
			secret = release.Secret{Words: w.Text, Why: sealedContactWhy}
		}
		if strings.ContainsFunc(w.Text, letter) {
			out = append(out, secret)
		}
		opened[f.key], speakers[f.key] = append(opened[f.key], f.id), f.of
	}
	var drafts []casebook.Draft
	for _, key := range sorted(opened) {
		of := speakers[key]
		drafts = append(drafts, casebook.Draft{Answer: recount.VaultBody{Op: recount.OpenVault, Speaker: &of, Opened: opened[key]}, Reason: cmpOr(reason, why)})
	}
	if len(drafts) > 0 {
		_, err = s.decideAll(ctx, By{}, drafts)
	}
	return out, left, err
}

// answer makes decisions of the reasons that were chosen: by their numbers in what
// is listed, which leaves out those that two people override.
func (e *publicEdition) answer(ask Publish, reasons []release.Reason, out *Publishing) (drafts []casebook.Draft, err error) {
	chosen := func(n int) (*release.Reason, error) {
		if n < 1 || n > len(reasons) {
			return nil, recount.WithHint(fmt.Errorf("%w: there is no reason %d", recount.ErrInvalid, n), "`recount publish` numbers them; those that two people override have no number")
		}
		return &reasons[n-1], nil
	}
	change := func(r *release.Reason) {
		out.Applied = append(out.Applied, ChangeWords(*r.Change))
		drafts = append(drafts, casebook.Draft{Answer: *r.Change, Reason: cmpOr(ask.Reason, r.Text)})
	}
	byCode := func(codes []string) (out []int, err error) {
		for _, code := range codes {
			i := slices.IndexFunc(reasons, func(r release.Reason) bool { return r.Code == code })
			if i < 0 {
				return nil, recount.WithHint(fmt.Errorf("%w: this reason is there no more", recount.ErrConflict), "look at the list again")
			}
			out = append(out, i+1)
		}
		return out, nil
	}
	apply, err := byCode(ask.ApplyCodes)
	if err != nil {
		return nil, err
	}
	allow, err := byCode(ask.AllowCodes)
	if err != nil {
		return nil, err
	}
	for _, n := range append(apply, ask.Apply...) {
		r, err := chosen(n)
		if err != nil {
			return nil, err
		}
		if r.Change == nil {
			return nil, recount.WithHint(fmt.Errorf("%w: no change can be made for reason %d", recount.ErrInvalid, n), r.Help)
		}
		change(r)
	}
	for _, n := range append(allow, ask.Allow...) {
		r, err := chosen(n)
		switch {
		case err != nil:
			return nil, err
		case strings.TrimSpace(ask.Reason) == "":
			return nil, recount.WithHint(fmt.Errorf("%w: nobody overrides a reason without saying why", recount.ErrInvalid), "say it with --reason WORDS")
		case release.SameName(e.study.opts.Actor, "") || release.SameName(e.study.opts.Actor, Unnamed):
			return nil, recount.WithHint(fmt.Errorf("%w: a person with a name overrides a reason", recount.ErrInvalid), "say who you are with --as NAME, or in RECOUNT_AS")
		case strings.HasPrefix(r.Code, withdrawnCode):
			return nil, recount.WithHint(fmt.Errorf("%w: nobody overrides a withdrawal", recount.ErrRefused), "recount remove PERSON")
		}
		for _, who := range e.allowed[r.Code] {
			if a := e.study.opts.Actor; release.OnePerson(who, a) && !release.SameName(who, a) {
				return nil, recount.WithHint(fmt.Errorf("%w: %s overrides this reason already, and %s can be the same person: one name is a part of the other or looks like it", recount.ErrRefused, who, a), "a second person overrides it; two people whose names are near sign with their whole names")
			}
		}
		out.Overrode = append(out.Overrode, r.Text)
		drafts = append(drafts, casebook.Draft{Answer: recount.ReleaseBody{Op: recount.Allow, What: r.Code}, Reason: ask.Reason})
	}
	if ask.All {
		for i := range reasons {
			if reasons[i].Change != nil {
				change(&reasons[i])
			}
		}
	}
	return drafts, nil
}

func cmpOr(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

// Unnamed is who decides where nobody says who.
const Unnamed = "analyst"

// record saves changes as one group.
func (s *Study) record(ctx context.Context, drafts []casebook.Draft) ([]recount.Decision, error) {
	group, err := s.NewGroup()
	if err != nil {
		return nil, err
	}
	// Of two changes of the same the later, which is the wider one, is recorded.
	last := map[string]int{}
	for i, d := range drafts {
		last[d.Answer.Subject()] = i
	}
	var own []casebook.Draft
	for i, d := range drafts {
		if last[d.Answer.Subject()] == i {
			own = append(own, d)
		}
	}
	return s.decideAll(ctx, By{Group: group}, own)
}

// notAllowed leaves out the reasons that two people override.
func (e *publicEdition) notAllowed(reasons []release.Reason, out *Publishing) []release.Reason {
	out.Allowed = nil
	return slices.DeleteFunc(slices.Clone(reasons), func(r release.Reason) bool {
		if len(e.allowed[r.Code]) < 2 {
			return false
		}
		out.Allowed = append(out.Allowed, r.Text+" (overridden by "+strings.Join(e.allowed[r.Code], " and ")+")")
		return true
	})
}

// ChangeWords says what a change of the public edition does.
func ChangeWords(b recount.ReleaseBody) string {
	what := strings.TrimPrefix(b.What, codePrefix)
	switch b.Op {
	case recount.Classify:
		return fmt.Sprintf("treat the column %s as %s", what, b.To)
	case recount.Coarsen:
		switch {
		case b.To == "top":
			return "show only the main codes, not the codes below them"
		case slices.Contains(ladder[:], b.To) && what != dayColumn:
			return fmt.Sprintf("show %s by the %s", strings.ReplaceAll(what, "_", " "), b.To)
		case slices.Contains(ladder[:], b.To):
			return fmt.Sprintf("show no days finer than the %s", b.To)
		}
		if width, ok := strings.CutPrefix(b.To, "band"); ok {
			return fmt.Sprintf("show %s only in bands of %s", strings.ReplaceAll(what, "_", " "), width)
		}
		return fmt.Sprintf("show %s only as %s", strings.ReplaceAll(what, "_", " "), strings.ReplaceAll(b.To, "_", " "))
	case recount.Merge:
		return fmt.Sprintf("show %s of %s together as %q", strings.Join(b.Values, ", "), what, b.To)
	case recount.Hide:
		if len(b.Values) == 0 {
			return fmt.Sprintf("do not show the number %q", what)
		}
		rows := slices.Clone(b.Values)
		for i := range rows {
			rows[i] = strings.TrimPrefix(rows[i], ": ")
		}
		return fmt.Sprintf("do not show these numbers of %q: %s", what, strings.Join(rows, ", "))
	case recount.Drop:
		if len(b.Values) > 0 {
			return fmt.Sprintf("leave out %s everywhere: %s", what, strings.Join(b.Values, ", "))
		}
		return fmt.Sprintf("leave out %q", what)
	case recount.Omit:
		if b.To == linkOmitted {
			return "keep the words of a link of report.md without its address"
		}
		return "leave out a sentence of report.md"
	case recount.Rename:
		if strings.TrimSpace(b.To) == "" {
			return fmt.Sprintf("leave out %s", what)
		}
		return fmt.Sprintf("call %s %q", what, b.To)
	case recount.Allow:
		return fmt.Sprintf("override %q", what)
	}
	return string(b.Op) + " " + what
}

// Codes of reasons that are not about a number.
const (
	withdrawnCode = "withdrawn "
	heldCode      = "held "
	sealedCode    = "sealed "
)

// readAs names a reason with what was read of it: who overrides it has read no other
// words, so that it asks again once they are changed.
func readAs(code string, read ...string) string {
	return code + ": " + short(recount.HashText(strings.Join(read, "\n")))
}

// notLookedFor says that words of the vault were not looked for.
func notLookedFor(n int) string {
	if n == 1 {
		return "1 name or contact that only the vault holds was not looked for, so nobody knows whether it would be printed"
	}
	return fmt.Sprintf("%d names and contacts that only the vault holds were not looked for, so nobody knows whether they would be printed", n)
}

// A draftEdition is an edition as it would be written.
type draftEdition struct {
	reasons  []release.Reason
	shape    *release.Shape
	numbers  []release.Number
	kept     release.Kept
	files    map[string][]byte // without manifest and what rests on the seed
	index    *release.Index
	doc      *report.Document
	shown    []shownWords
	people   *Table            // one row a person, without ids; nil if it is not published
	omitted  []string          // sentences of report.md that it lacks
	told     string            // of how many people it said last that they are coded, with the base
	toldRead string            // what it said last of genders
	twins    map[string]string // results that print what another one does since something was changed
}

// make puts an edition together and lists what speaks against it.
func (e *publicEdition) make(ctx context.Context) (*draftEdition, error) {
	x := &draftEdition{}
	add := func(r release.Reason) { x.reasons = append(x.reasons, r) }
	if n := len(e.unopened); n > 0 {
		// Overridden is that these are not looked for, and none that is sealed later.
		add(release.Reason{Kind: release.Unopened, Low: n, High: n, Code: sealedCode + short(recount.HashText(strings.Join(slices.Sorted(slices.Values(e.unopened)), "\n"))),
			Text: notLookedFor(n), Help: "say who you are and open the vault for it: recount --as NAME publish --identity FILE; the log keeps that it was opened"})
	}
	for i := range e.cases {
		if c := &e.cases[i]; c.Held() && !e.outside[c.ID] {
			var how []string
			for _, y := range c.Circumstances() {
				how = append(how, string(y))
			}
			add(release.Reason{Kind: release.Held, Cell: short(c.ID), Detail: strings.Join(how, ", "), Code: readAs(heldCode+short(c.ID), how...), Text: fmt.Sprintf("the person %s spoke under circumstances that nobody has weighed (%s)", short(c.ID), strings.Join(how, ", ")),
				Help: "decide how far the person may be shown: recount tier " + short(c.ID) + " protected --reason WORDS (recount help ethics)"})
		}
	}
	x.reasons = append(x.reasons, e.lowered()...)
	forgotten, err := e.forgotten()
	if err != nil {
		return nil, err
	}
	x.reasons = append(x.reasons, forgotten...)
	if e.People < e.Rule.Small {
		add(release.Reason{Kind: release.FewPeople, Low: e.People, High: e.Rule.Small, Code: fmt.Sprintf("few people: %d", e.People), Text: fmt.Sprintf("the study counts %d people: fewer than %d cannot be shown as a group", e.People, e.Rule.Small), Help: "publish what is not about people, or wait until more are counted"})
	}
	changes := slices.Clone(e.changes)
	for _, c := range e.asked() {
		col := e.Column(c)
		class := release.NewShape(changes).ClassOf(col)
		switch class {
		case "":
			change := recount.ReleaseBody{Op: recount.Classify, What: c, To: string(release.Quasi)}
			changes = append(changes, change)
			add(release.Reason{Kind: release.Unclassed, Cell: c, Code: "column " + c, Text: fmt.Sprintf("nobody has said whether the column %q lets somebody recognise a person", c), Change: &change})
		case release.Direct, release.Evidence:
			for _, r := range e.using(c) {
				if release.NewShape(changes).Dropped(r) {
					continue
				}
				change := recount.ReleaseBody{Op: recount.Drop, What: r}
				changes = append(changes, change)
				add(release.Reason{Kind: release.Leading, Cell: r, Detail: c, Code: "column " + c + " in " + r, Text: fmt.Sprintf("%q is by %q, which leads to the sources and from there to the people", r, c), Change: &change})
			}
		default:
			if !slices.Contains(release.Classes[:], class) {
				add(release.Reason{Kind: release.Unclassed, Cell: c, Code: "column " + c, Text: fmt.Sprintf("the column %q is classified as %q, which is no class", c, class), Help: "take the decision back; `recount decisions list --kind release` shows it"})
			}
		}
	}
	for i := range e.Results {
		name := e.Results[i].Name
		if filter := e.joined[name]; filter != "" && !release.NewShape(changes).Dropped(name) {
			change := recount.ReleaseBody{Op: recount.Drop, What: name}
			changes = append(changes, change)
			add(release.Reason{Kind: release.Joined, Cell: name, Detail: filter, Code: readAs("joined "+name, filter), Text: fmt.Sprintf("what the filter of %q tells beside other numbers cannot be checked, since it joins columns otherwise than by \"and\" (%s)", name, filter), Change: &change, Help: "or write it in report.md as results of one column each, or joined by &&"})
		}
	}
	if e.People >= e.Rule.Small {
		more, err := e.Plan(changes)
		if err != nil {
			return nil, err
		}
		for _, r := range more {
			if r.Change != nil {
				changes = append(changes, *r.Change)
			}
		}
		x.reasons = append(x.reasons, more...)
	}
	// The prose is looked at as it will be once these changes are made.
	e.change(x, changes)
	secrets, err := e.secrets(ctx)
	if err != nil {
		return nil, err
	}
	if x.index, err = release.NewIndex(secrets); err != nil {
		return nil, err
	}
	if err := e.ordinary(ctx, x.index); err != nil {
		return nil, err
	}
	labels, err := e.labels(x)
	if err != nil {
		return nil, err
	}
	for _, r := range labels {
		if r.Change != nil {
			changes = append(changes, *r.Change)
		}
	}
	x.reasons = append(x.reasons, labels...)
	e.change(x, changes)
	if err := e.limit(ctx); err != nil {
		return nil, err
	}
	if err := e.write(ctx, x, changes); err != nil {
		return nil, err
	}
	return x, nil
}

// change gives a draft the shape that changes make, with what it then prints and
// keeps.
func (e *publicEdition) change(x *draftEdition, changes []recount.ReleaseBody) {
	x.shape = release.NewShape(changes)
	x.numbers = e.Numbers(x.shape)
	x.kept = e.Kept(x.shape, x.numbers)
	x.twins = map[string]string{}
	before, first := printedRows(e.Numbers(release.NewShape(nil))), map[string]string{}
	now := printedRows(x.numbers)
	for i := range e.Results {
		name := e.Results[i].Name
		if len(e.Results[i].Dims) == 0 || now[name] == "" {
			continue
		}
		of, ok := first[now[name]]
		if !ok {
			first[now[name]] = name
		} else if before[of] != before[name] {
			x.twins[name] = of
		}
	}
}

// printedRows is what each table prints: its rows, by what they count.
func printedRows(numbers []release.Number) map[string]string {
	out := map[string]string{}
	for i := range numbers {
		n := &numbers[i]
		if n.Row != "" {
			whole := release.Number{Where: n.OfWhere}
			out[n.Result] += fmt.Sprintln(n.Row, n.Cell, n.Label, n.Keys(), whole.Keys(), n.N, n.Of, n.Hidden)
		}
	}
	return out
}

// linkOmitted says that a change is about the address of a link and not a sentence.
const linkOmitted = "link"

// How changes name the title of a report and the question of a study.
const (
	titleLabel    = "the title"
	questionLabel = "the question of the study"
)

// labels lists the titles, captions and names of rows that hold what must not
// leave, say a number that is not shown, or claim what no number carries. A label
// is called otherwise; where the name of a value says too much, it is merged, and
// where the name of a result does, the result is left out.
func (e *publicEdition) labels(x *draftEdition) (out []release.Reason, err error) {
	holds := func(text string) (string, error) {
		hits, err := x.index.SearchFile("", []byte(text))
		if err != nil || len(hits) == 0 {
			return "", err
		}
		return hits[0].Why, nil
	}
	against := func(code, what, said string, o *objection, change recount.ReleaseBody, help string) {
		if o != nil {
			out = append(out, release.Reason{Kind: o.kind, Cell: what, Detail: o.why, Code: readAs(code, said, o.why), Text: what + " " + o.words(), Change: &change, Help: o.help(help)})
		}
	}
	aLabel := release.Around{Label: true}
	title := x.shape.Label(titleLabel, cmp.Or(e.template.Title, e.study.config.Title))
	against("title", titleLabel, title, e.objection(x, title, title, report.Unborne(release.Bare(title)), aLabel), recount.ReleaseBody{Op: recount.Rename, What: titleLabel, To: "Public edition"}, "or write it otherwise in report.md")
	question := x.shape.Label(questionLabel, e.study.config.Question)
	claim := ""
	if !asks.MatchString(question) {
		claim = report.Unborne(release.Bare(question))
	}
	against("question", questionLabel, question, e.objection(x, question, question, claim, aLabel), recount.ReleaseBody{Op: recount.Rename, What: questionLabel, To: " "}, "or write it otherwise in study.yaml")
	for i := range e.Results {
		r := &e.Results[i]
		if x.shape.Dropped(r.Name) {
			continue
		}
		if why, err := holds(r.Name); err != nil {
			return nil, err
		} else if why != "" {
			against("name "+strconv.Itoa(i+1), fmt.Sprintf("the name of result %d of report.md", i+1), r.Name, &objection{kind: release.Worded, why: "holds " + why, secret: true}, recount.ReleaseBody{Op: recount.Drop, What: r.Name}, "or name it otherwise in report.md")
			continue
		}
		label, counted := x.shape.Label(r.Name, r.Label), e.results[r.Name]
		plain := strings.ReplaceAll(r.Name, "_", " ")
		if e.objection(x, plain, plain, report.Unborne(release.Bare(plain), &counted), aLabel) != nil {
			plain = "result " + strconv.Itoa(i+1)
		}
		against("label "+r.Name, fmt.Sprintf("the label of %q", r.Name), label, e.objection(x, label, label, report.Unborne(release.Bare(label), &counted), aLabel), recount.ReleaseBody{Op: recount.Rename, What: r.Name, To: plain}, "or write it otherwise in report.md")
	}
	done := map[string]bool{}
	for i := range x.numbers {
		n := &x.numbers[i]
		if n.Row == "" {
			continue
		}
		name, label, at := n.Row, n.Label, n.Result+": "+n.Row
		if n.Cell != "" {
			name, label, at = n.Cell, n.Own, at+": "+n.Cell
		}
		d := dimensionOf(e.Results, n)
		if done[at] || slices.ContainsFunc(out, func(r release.Reason) bool {
			return r.Change != nil && r.Change.Op == recount.Drop && r.Change.What == n.Result
		}) {
			continue
		}
		done[at] = true
		if why, err := holds(name); err != nil {
			return nil, err
		} else if why != "" {
			change := recount.ReleaseBody{Op: recount.Drop, What: n.Result}
			if d != nil && d.Column != "" && !ofVault(why) { // a merge would name the value
				if done[d.Column+"="+name] {
					continue
				}
				done[d.Column+"="+name] = true
				change = recount.ReleaseBody{Op: recount.Merge, What: d.Column, Values: []string{name}, To: "other"}
			}
			out = append(out, release.Reason{Kind: release.Worded, Cell: n.Result, Detail: why, Code: readAs("row "+short(recount.HashText(at)), name, why), Text: fmt.Sprintf("the name of a row of %q holds %s", n.Result, why), Change: &change, Help: "or call the value otherwise"})
			continue
		}
		if label == name {
			continue
		}
		claim, typed := "", ""
		if d != nil && strings.HasPrefix(d.Name, "code") { // somebody wrote it
			typed = label
			// A code says what people said; only of people and accounts can it claim something.
			if bare := release.Bare(label); release.OfPeople(bare) || ofAccounts.MatchString(bare) {
				claim = report.Unborne(bare, &recount.Result{N: n.N, Of: n.Of})
			}
		}
		against("row "+short(recount.HashText(at)), fmt.Sprintf("the label of the row %q", at), label, e.objection(x, label, typed, claim, aLabel), recount.ReleaseBody{Op: recount.Rename, What: at, To: name}, "or write it otherwise in codebook.yaml")
	}
	return out, nil
}

// ofVault reports whether what was found stands only in the vault.
func ofVault(why string) bool {
	return strings.HasSuffix(why, sealedNameWhy) || strings.HasSuffix(why, sealedContactWhy)
}

// ofAccounts finds a word for what the study counts beside people.
var ofAccounts = pattern.New(`\b(?:accounts?|complaints?|reports?|statements?|answers?|mentions?|cases?|numbers?|shares?|rates?)\b`)

// asks finds a question that has no mark of one.
var asks = pattern.New(`(?i)\?|^\s*(?:why|how|who|whom|whose|what|when|where|which|whether)\b`)

// dimensionOf is the dimension whose value the last part of a number's name is.
func dimensionOf(results []release.Result, n *release.Number) *release.Dimension {
	i := slices.IndexFunc(results, func(r release.Result) bool { return r.Name == n.Result })
	at := 0
	if n.Cell != "" {
		at = 1
	}
	if i < 0 || at >= len(results[i].Dims) {
		return nil
	}
	return &results[i].Dims[at]
}

// asked lists the columns that the results ask for.
func (e *publicEdition) asked() (out []string) {
	put := func(c string) {
		if c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for i := range e.Results {
		for _, c := range columnsOf(&e.Results[i]) {
			put(c)
		}
	}
	slices.Sort(out)
	return out
}

func columnsOf(r *release.Result) (out []string) {
	for _, c := range slices.Concat(r.Where, r.Of, r.Base) {
		out = append(out, c.Column)
	}
	for _, d := range r.Dims {
		out = append(out, d.Column)
		for _, row := range d.Rows {
			out = append(out, row.Where.Column)
		}
	}
	return out
}

// using lists the results that ask for a column.
func (e *publicEdition) using(column string) (out []string) {
	for i := range e.Results {
		if slices.Contains(columnsOf(&e.Results[i]), column) {
			out = append(out, e.Results[i].Name)
		}
	}
	return out
}

// secrets lists what must not stand in anything that leaves: of people who are
// protected or withdrew what they are called, what they said, and all that leads
// to the pages on which they speak.
func (e *publicEdition) secrets(ctx context.Context) ([]release.Secret, error) {
	out := slices.Clone(e.sealed)
	seen := map[release.Secret]bool{}
	put := func(x release.Secret) {
		if strings.ContainsFunc(x.Words, letter) && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	add := func(words, why string, runs int) { put(release.Secret{Words: words, Why: why, Runs: runs}) }
	captures, err := e.study.store.Captures(ctx)
	if err != nil {
		return nil, err
	}
	archived := map[recount.Key]*recount.Capture{}
	for i := range captures {
		archived[captures[i].Key] = &captures[i]
	}
	for _, c := range slices.Concat(e.cases, e.gone) {
		add(c.ID, "the id of a person", 0)
		add(short(c.ID), "the id of a person", 0)
		if c.Tier().Shown() {
			continue
		}
		for _, m := range c.Everywhere() {
			for _, n := range namesOf(&m) {
				put(n)
			}
			add(string(m.Key), "the key of a source", 0)
			if err := e.page(ctx, &m, archived, add); err != nil {
				return nil, err
			}
		}
	}
	own, err := e.ownRuns(ctx)
	for _, run := range own {
		add(run, "words of the page of a protected person", runs)
	}
	return out, err
}

// ownRuns lists the runs of words by which pages tell of people who may not be shown, and
// no other story does: a search for one leads to the page.
func (e *publicEdition) ownRuns(ctx context.Context) ([]string, error) {
	of := map[string]recount.Key{} // run -> its story; "" if there are several
	for _, c := range slices.Concat(e.cases, e.gone) {
		if c.Tier().Shown() && !c.Held() {
			continue
		}
		for _, m := range c.Everywhere() {
			a, err := e.book.Article(ctx, m.Article)
			if err != nil {
				return nil, err
			}
			for _, sentence := range append(sentencesAbout(&m, a), sentencesOfOne(a)...) {
				for _, run := range release.Telling(sentence, runs) {
					if _, ok := of[run]; !ok {
						of[run] = cmp.Or(m.Original, m.Article)
					}
				}
			}
		}
	}
	for _, p := range e.book.Pages() {
		a, err := e.book.Article(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		story := cmp.Or(p.Original.Key, p.Key)
		for _, run := range release.Runs(a.Text, runs) {
			if was, ok := of[run]; ok && was != story {
				of[run] = ""
			}
		}
	}
	var out []string
	for _, run := range sorted(of) {
		if of[run] != "" {
			out = append(out, run)
		}
	}
	return out, nil
}

// namesOf lists what a person is called.
func namesOf(m *recount.Member) (out []release.Secret) {
	name := m.Speaker.Name
	switch {
	case m.Nameless():
		return nil
	case m.Speaker.Kind == recount.Anonymous:
		if len(strings.Fields(name)) >= runs { // fewer words describe anybody
			out = append(out, release.Secret{Words: name, Why: "how a protected person is described"})
		}
		return out
	}
	out = append(out, release.Secret{Words: name, Why: nameWhy, Name: true})
	for _, an := range m.Speaker.At.Exact {
		if len(strings.Fields(an)) <= maxName && release.IsName(an) {
			out = append(out, release.Secret{Words: an, Why: nameWhy, Name: true})
		}
	}
	return out
}

const (
	nameWhy = "the name of a protected person"
	maxName = 5 // words of a mention that is taken for a name
)

// commonFrom is in how many original stories a word that is written large is
// something that everybody writes about, and no misspelling.
const commonFrom = 3

// ordinary tells an index which words the pages write small, which ones recount
// itself writes, and whom it may name, so that these are not taken for a name.
func (e *publicEdition) ordinary(ctx context.Context, x *release.Index) error {
	stories, err := e.largeWords(ctx)
	if err != nil {
		return err
	}
	for _, p := range e.book.Pages() {
		a, err := e.book.Article(ctx, p.Key)
		if err != nil {
			return err
		}
		x.Ordinary(a.Text)
		x.Others(a.Outlet)
	}
	for w, in := range stories {
		if len(in) >= commonFrom {
			x.Others(w)
		}
	}
	for _, c := range e.cases {
		if c.Tier().Shown() && !c.Held() {
			for _, m := range c.Members {
				x.Others(m.Speaker.Name)
			}
		}
	}
	for _, c := range e.Columns {
		if !strings.HasPrefix(c.Name, "filter:") {
			x.Others(append(slices.Clone(c.Of), c.Values...)...)
		}
	}
	blank, err := blankEdition()
	if err != nil {
		return err
	}
	for _, name := range sorted(blank) {
		if err := x.Blank(name, blank[name]); err != nil {
			return err
		}
	}
	return nil
}

// page adds what leads to a page on which a protected person speaks, and what
// the person says there.
func (e *publicEdition) page(ctx context.Context, m *recount.Member, archived map[recount.Key]*recount.Capture, add func(words, why string, runs int)) error {
	a, err := e.book.Article(ctx, m.Article)
	if err != nil {
		return err
	}
	add(a.Title, "the title of a page on which a protected person speaks", 2*runs)
	add(bare(a.URL), "the address of a page on which a protected person speaks", 0)
	add(string(a.Key), "the key of a page on which a protected person speaks", 0)
	add(recount.HashText(a.Text), "the hash of a page on which a protected person speaks", 0)
	if c := archived[a.Capture]; c != nil {
		add(bare(c.Name), "the address or file of a page on which a protected person speaks", 0)
		add(c.Hash, "the hash of a page on which a protected person speaks", 0)
		add(string(c.Key), "the key of a page on which a protected person speaks", 0)
		add(c.Captured.UTC().Format("2006-01-02T15:04:05"), "the time at which a page of a protected person was archived", 0)
		if w := c.Origin.Within; w != nil {
			add(bare(w.File), "the file of a page on which a protected person speaks", 0)
		}
	}
	for _, st := range m.Statements {
		for _, span := range st.At {
			if span.Within(a.Text) {
				if words := span.In(a.Text); len(strings.Fields(words)) >= runs {
					add(words, "words of a protected person", runs)
				}
			}
		}
	}
	return nil
}

func bare(address string) string {
	return strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
}

// publish writes an edition that nothing speaks against, and logs it.
func (e *publicEdition) publish(ctx context.Context, x *draftEdition, dir string, out *Publishing) error {
	s := e.study
	if dir == "" { // in the study, which a folder of the same name may be from before
		return e.publishHere(ctx, x, out)
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return recount.WithHint(fmt.Errorf("publish: %s holds something: %w", filepath.Base(dir), recount.ErrConflict), "name a new folder; what was published is not overwritten")
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	inputs, err := e.inputs(ctx)
	if err != nil {
		return err
	}
	// The same study gives the same edition: the seed of the first time.
	var body recount.PublishBody
	known := e.published()
	i := slices.IndexFunc(known, func(b recount.PublishBody) bool { return b.Inputs == inputs })
	if i >= 0 {
		body = known[i]
	} else {
		var seed [32]byte
		if _, err := io.ReadFull(s.opts.Random, seed[:]); err != nil {
			return fmt.Errorf("publish: seed: %w", err)
		}
		c, err := s.store.Checkpoint(ctx)
		if err != nil {
			return err
		}
		body = recount.PublishBody{Edition: len(known) + 1, Inputs: inputs, Seed: hex.EncodeToString(seed[:]), Checkpoint: c.String(), Counts: release.Told(x.numbers)}
	}
	files, manifest, err := e.finish(x, &body)
	if err != nil {
		return err
	}
	if i >= 0 && manifest != body.Manifest {
		return recount.WithHint(fmt.Errorf("publish: edition %d comes out otherwise than it was logged: %w", body.Edition, recount.ErrTampered), "`recount recheck` says what changed; another version of recount may write it otherwise")
	}
	if err := e.searched(x, files); err != nil {
		return err
	}
	if err := writeFolder(dir, files); err != nil {
		return err
	}
	out.Edition, out.Files, out.Dir = body.Edition, len(files), dir
	out.count(x)
	if i >= 0 {
		return nil
	}
	body.Manifest = manifest
	d, err := s.decide(ctx, recount.Draft{Kind: recount.KindPublish, Reason: fmt.Sprintf("public edition %d", body.Edition), Body: body})
	if err != nil {
		return err
	}
	out.Saved = append(out.Saved, d)
	return s.register(&d, &body, dir)
}

// count says how many numbers an edition prints.
func (p *Publishing) count(x *draftEdition) {
	for i := range x.numbers {
		if x.numbers[i].Hidden {
			p.Hidden++
		} else {
			p.Numbers++
		}
	}
	people := map[string]bool{}
	for _, q := range x.shown {
		people[q.person] = true
	}
	p.Quoted, p.Quotations, p.Omitted = len(people), len(x.shown), x.omitted
}

// publishHere writes an edition into the study's own folder, unless it lies there.
func (e *publicEdition) publishHere(ctx context.Context, x *draftEdition, out *Publishing) error {
	inputs, err := e.inputs(ctx)
	if err != nil {
		return err
	}
	n := len(e.published()) + 1
	for _, b := range e.published() {
		if b.Inputs == inputs {
			n = b.Edition
		}
	}
	dir := filepath.Join(e.study.Dir, publicDir, fmt.Sprintf("edition-%d", n))
	if b, err := os.ReadFile(filepath.Join(dir, report.ManifestName)); err == nil {
		sum := sha256.Sum256(b)
		if slices.ContainsFunc(e.published(), func(p recount.PublishBody) bool {
			return p.Edition == n && p.Manifest == hex.EncodeToString(sum[:])
		}) {
			out.Edition, out.Dir = n, dir
			out.count(x)
			return nil
		}
	}
	return e.publish(ctx, x, dir, out)
}

// A PublicEdition is one that was published.
type PublicEdition struct {
	Number int
	Day    string
	Name   string // of its folder in the study, if it lies there
	Files  []string
}

// PublicEditions lists the editions that the log names, the newest first, with
// the files of those that lie in the study's own folder.
func (s *Study) PublicEditions(ctx context.Context) (out []PublicEdition, err error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range book.Holding(recount.KindPublish) {
		b, ok := d.Answer.(recount.PublishBody)
		if !ok || b.Edition == 0 {
			continue
		}
		x := PublicEdition{Number: b.Edition, Day: d.Time[:min(10, len(d.Time))]}
		name := fmt.Sprintf("edition-%d", b.Edition)
		if sum, err := hashOf(filepath.Join(s.Dir, publicDir, name, report.ManifestName)); err == nil && sum == b.Manifest {
			x.Name = name
			for _, f := range []string{"report.html", "report.docx", "report.md", "results.xlsx", "datapackage.json", report.ManifestName} {
				if _, err := os.Stat(filepath.Join(s.Dir, publicDir, name, f)); err == nil {
					x.Files = append(x.Files, f)
				}
			}
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b PublicEdition) int { return cmp.Compare(b.Number, a.Number) })
	return out, nil
}

// Editions returns the folder of the public editions that lie in the study.
func (s *Study) Editions() (fs.FS, error) {
	root, err := os.OpenRoot(filepath.Join(s.Dir, publicDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, recount.WithHint(fmt.Errorf("%w: no public edition lies in the study", recount.ErrNotFound), "publish one on the page Public edition")
	} else if err != nil {
		return nil, err
	}
	return root.FS(), nil
}

// inputs names what an edition is made of: everything but what was published.
func (e *publicEdition) inputs(ctx context.Context) (string, error) {
	captures, err := e.study.store.Captures(ctx)
	if err != nil {
		return "", err
	}
	ids := counted(e.book, captures)
	gone := map[string]bool{} // nor that the vault was opened, which changes nothing
	for _, d := range e.book.Holding(recount.KindPublish) {
		gone["decision "+d.ID] = true
	}
	for _, d := range e.book.Holding(recount.KindVault) {
		if b, ok := d.Answer.(recount.VaultBody); ok && b.Op == recount.OpenVault {
			gone["decision "+d.ID] = true
		}
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return gone[id] })
	slices.Sort(ids)
	return recount.HashText(recount.Version + "\n" + strings.Join(ids, "\n")), nil
}

// searched looks through what was produced, unpacked and decoded: the last word.
func (e *publicEdition) searched(x *draftEdition, files map[string][]byte) error {
	for _, name := range sorted(files) {
		hits, err := x.index.SearchFile(name, unhashed(name, files[name]))
		if err != nil {
			return err
		}
		if len(hits) > 0 {
			return recount.WithHint(fmt.Errorf("publish: %s stands in %s%s: %w; nothing was written", hits[0].Why, hits[0].File, e.stands(x, hits[0].Why), recount.ErrRefused), "leave it out of report.md, study.yaml or codebook.yaml, and publish again")
		}
	}
	return nil
}

// checkpointFile is the checkpoint of the log in a public edition.
const checkpointFile = "checkpoint.txt"

// What this program draws or hashes for an edition, line by line: commitments and hashes
// of the manifest, pseudonyms of the people. What looks like one elsewhere is searched.
var (
	hashOfManifest = pattern.New(`(?m)^( *"(?:commitment|sha256)": ")[0-9a-f]{64}(",?)$`)
	pseudonymOfRow = pattern.New(fmt.Sprintf(`(?m)^p[0-9a-f]{%d},`, 2*pseudonymBytes))
)

// unhashed returns what of a file of an edition is searched for names: all but what is
// random, in which letters of a name stand by chance.
func unhashed(name string, b []byte) []byte {
	switch name {
	case checkpointFile: // all but its head
		if c, err := recount.ParseCheckpoint(string(b)); err == nil {
			return []byte(strings.Join(c.More, "\n"))
		}
	case report.ManifestName:
		return hashOfManifest.ReplaceAll(b, []byte("$1$2"))
	case peopleFile:
		return pseudonymOfRow.ReplaceAll(b, []byte(","))
	}
	return b
}

// mostLines is over how many lines something is looked for that stands in one piece
// nowhere: the cells of a row, items of a list, a paragraph and the next.
const mostLines = 4

var marksOfMarkdown = strings.NewReplacer("|", " ", "#", " ", "*", "", "_", " ", ">", " ", "`", "", "- ", " ")

// stands says on which lines of a study file something stands that was found in what
// was produced; "" if on none.
func (e *publicEdition) stands(x *draftEdition, why string) string {
	for size := 1; size <= mostLines; size++ {
		for _, name := range []string{reportFile, studyFile, codebookFile} {
			f, _ := e.book.Log().StudyFile(name)
			if b, err := os.ReadFile(filepath.Join(e.study.Dir, name)); err == nil {
				f.Content = string(b)
			}
			lines := strings.Split(f.Content, "\n")
			for i := 0; i+size <= len(lines); i++ {
				hits, err := x.index.SearchFile("", []byte(strings.Join(strings.Fields(marksOfMarkdown.Replace(strings.Join(lines[i:i+size], " "))), " ")))
				if err != nil || !slices.ContainsFunc(hits, func(h release.Hit) bool { return h.Why == why }) {
					continue
				}
				if size == 1 {
					return fmt.Sprintf(" (%s, line %d)", name, i+1)
				}
				return fmt.Sprintf(" (%s, lines %d to %d)", name, i+1, i+size)
			}
		}
	}
	return ""
}

// finish adds what rests on the seed: commitments, the checkpoint and the
// manifest, whose hash it returns.
func (e *publicEdition) finish(x *draftEdition, body *recount.PublishBody) (map[string][]byte, string, error) {
	files := map[string][]byte{}
	for name, b := range x.files {
		files[name] = b
	}
	if x.people != nil {
		b, err := x.pseudonyms(e, body.Seed)
		if err != nil {
			return nil, "", err
		}
		files[peopleFile] = b
	}
	files[checkpointFile] = []byte(body.Checkpoint)
	m := publicManifest{Format: 1, Kind: "public", Title: x.doc.Title, Edition: body.Edition, Program: "recount " + recount.Version, People: e.People}
	for i := range x.numbers {
		n := &x.numbers[i]
		c := commitment{Name: n.Name(), Label: e.captionOf(x, n.Result), Commitment: e.commit(body.Seed, n)}
		if n.Row != "" {
			c.Label += ": " + e.words(n)
		}
		if !n.Hidden {
			c.N, c.Of = &n.N, n.Of
		}
		m.Numbers = append(m.Numbers, c)
	}
	for _, name := range sorted(files) {
		sum := sha256.Sum256(files[name])
		m.Files = append(m.Files, report.File{Path: name, Size: int64(len(files[name])), SHA256: hex.EncodeToString(sum[:])})
	}
	b, err := indented(m)
	if err != nil {
		return nil, "", err
	}
	files[report.ManifestName] = b
	sum := sha256.Sum256(b)
	return files, hex.EncodeToString(sum[:]), nil
}

// A publicManifest says what a public edition holds. Each number carries a salted
// commitment to the people and places that it was counted from: who has the study
// checks it, and nobody else learns anything from it.
type publicManifest struct {
	Format  int           `json:"format"`
	Kind    string        `json:"kind"`
	Title   string        `json:"title"`
	Edition int           `json:"edition"`
	Program string        `json:"program"`
	People  int           `json:"people"`
	Numbers []commitment  `json:"numbers"`
	Files   []report.File `json:"files"`
}

type commitment struct {
	Name       string `json:"name"`
	Label      string `json:"label"`       // in words
	N          *int   `json:"n,omitempty"` // left out if it is not shown
	Of         int    `json:"of,omitempty"`
	Commitment string `json:"commitment"`
}

// commit is the SHA-256 of a salt of its own and what a number was counted from:
// people by id with the pages and places of their statements.
func (e *publicEdition) commit(seed string, n *release.Number) string {
	key, _ := hex.DecodeString(seed)
	salt := hmac.New(sha256.New, key)
	salt.Write([]byte("number " + n.Name()))
	h := sha256.New()
	h.Write(salt.Sum(nil))
	for i := range e.people {
		if !e.Counts(n.Where, i) {
			continue
		}
		fmt.Fprintf(h, "person %s\n", e.people[i].ID)
		for _, m := range e.people[i].Members {
			fmt.Fprintf(h, "source %s\n", m.Article)
			for _, st := range m.Statements {
				fmt.Fprintf(h, "statement %s %v\n", st.Article, st.At)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// writeFolder writes files into a new folder: beside it first, so that it is
// there whole or not at all.
func writeFolder(dir string, files map[string][]byte) error {
	dir = filepath.Clean(dir)
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // it may be there, and empty
		return fmt.Errorf("publish: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	err := disk.FillFolder(dir, func(in string) error {
		for _, name := range sorted(files) {
			path := filepath.Join(in, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				return err
			}
			if err := os.WriteFile(path, files[name], 0o600); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

// A CheckedEdition says what a check of a public edition found.
type CheckedEdition struct {
	Edition  int
	Files    int
	Numbers  int
	Problems []string

	Protected int // people
	Strings   int // that the edition prints, each searched for over the pages
	Named     int // protected people whom a reader would name from one
	Unlooked  int // names and contacts in the vault that were not looked for
}

// readers lets three readers search the pages for every string of an edition.
func (e *publicEdition) readers(ctx context.Context, files map[string][]byte, out *CheckedEdition) error {
	var voices []release.Voice
	for _, c := range slices.Concat(e.cases, e.gone) {
		hidden := !c.Tier().Shown() || c.Held()
		if hidden {
			out.Protected++
		}
		for _, m := range c.Everywhere() {
			a, err := e.book.Article(ctx, m.Article)
			if err != nil {
				return err
			}
			v := release.Voice{Person: c.ID, Protected: hidden, Story: string(cmp.Or(m.Original, m.Article)), Text: a.Title + "\n" + a.Text}
			for _, st := range m.Statements {
				for _, at := range st.At {
					if at.Within(a.Text) {
						v.Said = append(v.Said, at.In(a.Text))
					}
				}
			}
			for line := range strings.Lines(a.Text) {
				if strings.Contains(line, m.Speaker.Name) || slices.ContainsFunc(v.Said, func(s string) bool { return strings.Contains(line, s) }) {
					v.About += line
				}
			}
			voices = append(voices, v)
		}
	}
	r := release.NewReaders(voices)
	seen, named := map[string]bool{}, map[string]bool{}
	for _, name := range sorted(files) {
		printed, err := release.Printed(name, files[name])
		if err != nil {
			return err
		}
		for _, s := range printed {
			if seen[s] {
				continue
			}
			seen[s] = true
			for _, p := range r.Named(s) {
				named[p] = true
			}
		}
	}
	out.Strings, out.Named = len(seen), len(named)
	return nil
}

// sealedWords opens the names and contacts of the vault for a search of what was
// produced; left are those that were not opened.
func (s *Study) sealedWords(ctx context.Context, with VaultKey, why string) (out []release.Secret, left int, err error) {
	var fields []string
	open := func() error {
		out, fields, err = s.sealedSecrets(ctx, with, "", why, nil)
		return err
	}
	if len(with.Files) > 0 { // that it was opened goes into the log
		err = s.change(ctx, open)
	} else {
		err = open()
	}
	return out, len(fields), err
}

// holdsSealed says in which files of an edition words of the vault stand.
func (e *publicEdition) holdsSealed(ctx context.Context, files map[string][]byte, problem func(string, ...any)) error {
	if len(e.sealed) == 0 {
		return nil
	}
	index, err := release.NewIndex(e.sealed)
	if err != nil {
		return err
	}
	if err := e.ordinary(ctx, index); err != nil {
		return err
	}
	for i, name := range sorted(files) {
		hits, err := index.SearchFile(name, unhashed(name, files[name]))
		if err != nil {
			return err
		}
		told := map[string]bool{}
		for _, h := range hits {
			where := name
			if in, err := index.SearchFile("", []byte(name)); err != nil || len(in) > 0 { // it is in the name
				where = fmt.Sprintf("file %d of %d, by name", i+1, len(files))
			}
			if !told[h.Why] {
				told[h.Why] = true
				problem("%s: it holds %s", where, h.Why)
			}
		}
	}
	return nil
}

// check sets the files of a public edition beside its manifest. With hold it returns
// what every file in the folder holds, whether the manifest lists it or not.
func (m *publicManifest) check(dir string, problem func(format string, a ...any), hold bool) (map[string][]byte, error) {
	known := map[string]bool{report.ManifestName: true}
	for _, f := range m.Files {
		known[f.Path] = true
		if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
			problem("%s: the manifest leads out of the folder", f.Path)
			continue
		}
		sum, err := hashOf(filepath.Join(dir, filepath.FromSlash(f.Path)))
		switch {
		case err != nil:
			problem("%s: it is not there or cannot be read", f.Path)
		case sum != f.SHA256:
			problem("%s: it was changed after it was published", f.Path)
		}
	}
	there := map[string][]byte{}
	return there, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		rel, relErr := filepath.Rel(dir, path)
		if err != nil || relErr != nil || d.IsDir() {
			return errors.Join(err, relErr)
		}
		switch rel = filepath.ToSlash(rel); {
		case !known[rel]:
			problem("%s: it is no part of the edition", rel)
		case d.Type()&fs.ModeSymlink != 0:
			problem("%s: it is a link to a file elsewhere", rel)
		}
		if hold {
			there[rel], err = os.ReadFile(path)
		}
		return err
	})
}

// CheckEdition sets a public edition beside the study that it was made of: its
// files beside its manifest, that beside the log, and each commitment beside
// what is counted now. With what opens the vault the bytes of every file in the
// folder are searched for what only the vault holds.
func (s *Study) CheckEdition(ctx context.Context, dir string, with VaultKey) (*CheckedEdition, error) {
	b, err := os.ReadFile(filepath.Join(dir, report.ManifestName))
	if err != nil {
		return nil, recount.WithHint(err, "name the folder of a public edition")
	}
	var m publicManifest
	if err := json.Unmarshal(b, &m); err != nil || m.Kind != "public" {
		return nil, recount.WithHint(fmt.Errorf("%s: %w: it is no manifest of a public edition", report.ManifestName, recount.ErrInvalid), "name the folder of a public edition")
	}
	// The manifest is a file too, which it cannot list itself.
	out := &CheckedEdition{Edition: m.Edition, Files: len(m.Files) + 1, Numbers: len(m.Numbers)}
	problem := func(format string, a ...any) { out.Problems = append(out.Problems, fmt.Sprintf(format, a...)) }
	sealed, left, err := s.sealedWords(ctx, with, "the names are looked for in a public edition that was published")
	if err != nil {
		return nil, err
	}
	out.Unlooked = left
	there, err := m.check(dir, problem, len(sealed) > 0)
	if err != nil {
		return nil, err
	}
	e, err := s.newEdition(ctx, false)
	if err != nil {
		return nil, err
	}
	if e.sealed = sealed; len(sealed) > 0 {
		if err := e.holdsSealed(ctx, there, problem); err != nil {
			return nil, err
		}
	}
	files := map[string][]byte{report.ManifestName: b}
	for _, f := range m.Files {
		if filepath.IsLocal(filepath.FromSlash(f.Path)) {
			if files[f.Path], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(f.Path))); err != nil {
				delete(files, f.Path) // that it is not there is a problem already
			}
		}
	}
	if err := e.readers(ctx, files, out); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	at := slices.IndexFunc(e.published(), func(p recount.PublishBody) bool { return p.Manifest == hex.EncodeToString(sum[:]) })
	if at < 0 {
		problem("the log names no edition with this manifest: it was changed, or it comes from another study")
		return out, nil
	}
	numbers := map[string]*release.Number{}
	now := e.Numbers(release.NewShape(e.changes))
	for i := range now {
		numbers[now[i].Name()] = &now[i]
	}
	for _, c := range m.Numbers {
		n := numbers[c.Name]
		switch {
		case n == nil:
			problem("%s: the study counts no such number any more", c.Name)
		case e.commit(e.published()[at].Seed, n) != c.Commitment:
			problem("%s: it is counted from other people or places now (%s now)", c.Name, strconv.Itoa(n.N))
		}
	}
	return out, nil
}
