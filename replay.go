package recount

import (
	"fmt"
	"sort"
)

// A Log is a set of decisions with what follows from the set alone. It does
// not depend on the order in which they arrived.
type Log struct {
	Decisions []Decision      // sorted by id, each once
	Live      map[string]bool // ids that hold
	Waiting   []string        // ids whose base is not there yet, sorted
	Foreign   []string        // ids made in another study, sorted
	Erased    []string        // ids whose erasable part is gone, sorted

	byID         map[string]*Decision
	adjudicators map[string]bool
}

// Replay works out which decisions hold. A decision waits while one of its
// base is missing or waits itself. One that does not wait is live unless a
// live decision of its own actor, or of an adjudicator, replaces it; the study
// files belong to everybody, so there any actor replaces. adjudicators reads
// the names out of the study file that is live.
func Replay(study string, decisions []Decision, adjudicators func(studyYAML string) []string) *Log {
	l := &Log{Live: map[string]bool{}, byID: map[string]*Decision{}, adjudicators: map[string]bool{}}
	sorted := append([]Decision{}, decisions...)
	// The whole decision beats the same one with its answer erased only while
	// nobody removed it: an erased twin means a removal happened somewhere.
	sort.SliceStable(sorted, func(i, j int) bool {
		if sorted[i].ID != sorted[j].ID {
			return sorted[i].ID < sorted[j].ID
		}
		return sorted[i].Erasable == nil && sorted[j].Erasable != nil
	})
	for i := range sorted {
		if d := sorted[i]; i == 0 || d.ID != sorted[i-1].ID {
			l.Decisions = append(l.Decisions, d)
		}
	}
	for i := range l.Decisions {
		l.byID[l.Decisions[i].ID] = &l.Decisions[i]
	}
	waiting := map[string]bool{}
	// An id is a hash over its base, so the references have no cycles; a
	// forged one that has a cycle never becomes ready and waits.
	ready := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for i := range l.Decisions {
			d := &l.Decisions[i]
			if ready[d.ID] {
				continue
			}
			ok := true
			for _, b := range d.Base {
				ok = ok && ready[b]
			}
			if ok {
				ready[d.ID], changed = true, true
			}
		}
	}
	replacedBy := map[string][]*Decision{}
	for i := range l.Decisions {
		d := &l.Decisions[i]
		switch {
		case d.Study != study:
			l.Foreign = append(l.Foreign, d.ID)
			waiting[d.ID] = true
			continue
		case !ready[d.ID]:
			l.Waiting = append(l.Waiting, d.ID)
			waiting[d.ID] = true
			continue
		case d.Erasable == nil:
			l.Erased = append(l.Erased, d.ID)
		}
		for _, r := range d.Replaces {
			replacedBy[r] = append(replacedBy[r], d)
		}
	}
	state := map[string]int{} // 1 being worked out, 2 live, 3 not
	var live func(d *Decision) bool
	live = func(d *Decision) bool {
		switch state[d.ID] {
		case 1, 3: // 1: a forged cycle; nobody in it holds
			return false
		case 2:
			return true
		}
		state[d.ID] = 1
		for _, by := range replacedBy[d.ID] {
			if (by.Actor == d.Actor || l.adjudicators[by.Actor] || d.Kind == KindFile && by.Kind == KindFile) && live(by) {
				state[d.ID] = 3
				return false
			}
		}
		state[d.ID] = 2
		return true
	}
	// The study files come first: one of them names the adjudicators.
	if body, _ := l.studyFile("study.yaml", func(d *Decision) bool { return !waiting[d.ID] && live(d) }); body != nil {
		for _, a := range adjudicators(body.Content) {
			l.adjudicators[a] = true
		}
	}
	state = map[string]int{}
	for i := range l.Decisions {
		if d := &l.Decisions[i]; !waiting[d.ID] && live(d) {
			l.Live[d.ID] = true
		}
	}
	return l
}

// Find returns the decision with this id, or nil.
func (l *Log) Find(id string) *Decision { return l.byID[id] }

// Adjudicator reports whether this actor settles what coders disagree on.
func (l *Log) Adjudicator(actor string) bool { return l.adjudicators[actor] }

// StudyFile returns the content of a study file that is in use and the id of
// the decision that logged it, or nil.
func (l *Log) StudyFile(name string) (*FileBody, string) {
	return l.studyFile(name, func(d *Decision) bool { return l.Live[d.ID] })
}

// studyFile takes, of several live contents (two coders' studies merged), the
// one logged last, ties by id; Conflicts lists the fork.
func (l *Log) studyFile(name string, holds func(*Decision) bool) (*FileBody, string) {
	var best *FileBody
	var at *Decision
	for i := range l.Decisions {
		d := &l.Decisions[i]
		if d.Kind != KindFile || !holds(d) {
			continue
		}
		var b FileBody
		if d.Read(&b) != nil || b.Name != name {
			continue
		}
		if at == nil || d.Time > at.Time || d.Time == at.Time && d.ID > at.ID {
			best, at = &b, d
		}
	}
	if at == nil {
		return nil, ""
	}
	return best, at.ID
}

// An Item is what decisions are about: a kind, a place in the texts as they
// are now, and a subject (a code, a variable, the partner of a link).
type Item struct {
	Key     Key
	Kind    Kind
	Place   string
	Subject string
	At      []Placement // of the decision's anchors: one, or two of a link
	Answers []Answer    // live ones, sorted by decision id
}

// An Answer is what one live decision says of an item.
type Answer struct {
	Decision *Decision
	Value    string // yes, same, accepted, "woman", "2014-05-14", ...
	Body     any    // pointer to the body type of the kind
}

// DefaultActor logs the default rules when a study is made.
const DefaultActor = "init"

// Settled returns the answer that holds: the adjudicators' if they agree, else
// the one that everybody gives. ok is false if people disagree.
func (it *Item) Settled(l *Log) (a Answer, ok bool) {
	var all, adj []Answer
	for _, a := range it.Answers {
		// What init logged by default yields to any person.
		if a.Decision.Actor == DefaultActor && len(it.Answers) > 1 {
			continue
		}
		all = append(all, a)
		if l.Adjudicator(a.Decision.Actor) {
			adj = append(adj, a)
		}
	}
	if len(adj) > 0 {
		all = adj
	}
	for _, a := range all {
		if a.Value != all[0].Value {
			return Answer{}, false
		}
	}
	return all[0], true
}

// A Finding is one thing about the log that a person should look at.
type Finding struct {
	What      string   // "orphan", "conflict", "waiting", "disagreement"
	Decisions []string // ids, sorted
	Text      string   // one sentence
}

// Items works out what the live decisions say, over the texts as they are
// now, in order of item key. Decisions that find no place are orphans, listed
// among the findings with the conflicts: one actor, one item, one round, two
// live answers.
func (l *Log) Items(pages *Pages) (items []*Item, findings []Finding) {
	byKey := map[Key]*Item{}
	for i := range l.Decisions {
		d := &l.Decisions[i]
		if !l.Live[d.ID] || d.Erasable == nil {
			continue
		}
		body, anchors, subject, value := d.parts()
		if body == nil {
			continue
		}
		if err := d.Read(body); err != nil {
			findings = append(findings, Finding{"orphan", []string{d.ID}, err.Error()})
			continue
		}
		var at []Placement
		place := ""
		lost := false
		for _, an := range anchors() {
			pl := pages.Place(an)
			if pl.Found == Lost {
				findings = append(findings, Finding{"orphan", []string{d.ID},
					fmt.Sprintf("a decision (%s) is about words that are not in this study's texts: page %s", d.Kind, an.Page)})
				lost = true
				break
			}
			if pl.Found == InOld {
				findings = append(findings, Finding{"orphan", []string{d.ID},
					fmt.Sprintf("a decision (%s) is about words that stand only in an older text of page %s", d.Kind, an.Page)})
			}
			at = append(at, pl)
		}
		if lost {
			continue
		}
		if d.Kind == KindLink && at[1].String() < at[0].String() {
			at[0], at[1] = at[1], at[0] // a link has no direction
		}
		for _, pl := range at {
			place += pl.String() + "\x01"
		}
		key := KeyOf("item", string(d.Kind), place, subject())
		it := byKey[key]
		if it == nil {
			it = &Item{Key: key, Kind: d.Kind, Place: place, Subject: subject(), At: at}
			byKey[key] = it
			items = append(items, it)
		}
		it.Answers = append(it.Answers, Answer{d, value(), body})
	}
	sort.Slice(items, func(i, j int) bool { return items[i].Key < items[j].Key })
	for _, it := range items {
		findings = append(findings, it.findings(l)...)
	}
	for _, id := range l.Waiting {
		findings = append(findings, Finding{"waiting", []string{id}, "a decision builds on one that is not here yet"})
	}
	sort.SliceStable(findings, func(i, j int) bool {
		a, b := findings[i], findings[j]
		if a.What != b.What {
			return a.What < b.What
		}
		return a.Decisions[0] < b.Decisions[0]
	})
	return items, findings
}

func (it *Item) findings(l *Log) (out []Finding) {
	type by struct{ actor, round string }
	first := map[by]Answer{}
	for _, a := range it.Answers {
		k := by{a.Decision.Actor, a.Decision.Round}
		if f, ok := first[k]; !ok {
			first[k] = a
		} else if f.Value != a.Value {
			out = append(out, Finding{"conflict", []string{f.Decision.ID, a.Decision.ID},
				fmt.Sprintf("%s gave two answers to one question (%s): %s and %s", k.actor, it.Kind, f.Value, a.Value)})
		}
	}
	if _, ok := it.Settled(l); !ok && out == nil {
		f := Finding{What: "disagreement", Text: fmt.Sprintf("people disagree on one question (%s)", it.Kind)}
		for _, a := range it.Answers {
			f.Decisions = append(f.Decisions, a.Decision.ID)
		}
		out = append(out, f)
	}
	return out
}

// parts returns an empty body for the kind of d and, once that is filled, its
// anchors, subject and answer; nil for kinds that are about no item.
func (d *Decision) parts() (body any, anchors func() []*Anchor, subject, value func() string) {
	none := func() []*Anchor { return nil }
	empty := func() string { return "" }
	switch d.Kind {
	case KindFile:
		b := &FileBody{}
		return b, none, func() string { return b.Name }, func() string { return b.Hash }
	case KindRule:
		b := &RuleBody{}
		return b, none, func() string { return b.Rule }, func() string { return fmt.Sprint(b.On) }
	case KindStatement:
		b := &StatementBody{}
		return b, func() []*Anchor { return []*Anchor{&b.At} }, empty, func() string { return b.Answer }
	case KindScope:
		b := &ScopeBody{}
		return b, func() []*Anchor { return []*Anchor{&b.Speaker.At} }, empty, func() string { return b.Answer }
	case KindLink:
		b := &LinkBody{}
		return b, func() []*Anchor { return []*Anchor{&b.A.At, &b.B.At} }, empty, func() string { return b.Answer }
	case KindCode:
		b := &CodeBody{}
		return b, func() []*Anchor { return []*Anchor{&b.At} }, func() string { return b.Code }, func() string { return b.Answer }
	case KindValue:
		b := &ValueBody{}
		return b, func() []*Anchor {
			if b.Evidence != nil {
				return []*Anchor{&b.Speaker.At, b.Evidence}
			}
			return []*Anchor{&b.Speaker.At}
		}, func() string { return b.Variable }, func() string { return b.Value }
	case KindDate:
		b := &DateBody{}
		return b, none, func() string { return b.Page }, func() string { return b.Published }
	case KindRelation:
		b := &RelationBody{}
		return b, none, func() string {
			if b.Of < b.Page {
				return b.Of + "\x00" + b.Page
			}
			return b.Page + "\x00" + b.Of
		}, func() string { return b.Answer }
	case KindFigure:
		b := &FigureBody{}
		return b, func() []*Anchor { return []*Anchor{&b.At} }, empty, func() string { return b.Answer }
	case KindRead:
		b := &ReadBody{}
		return b, none, func() string { return b.Page }, func() string { return Yes }
	case KindRole:
		b := &RoleBody{}
		return b, func() []*Anchor { return []*Anchor{&b.At} }, empty, func() string { return string(b.Role) }
	}
	return nil, nil, nil, nil
}

// Replaced returns id and everything that it replaces, back to the first
// answer: what a changed mind must name in Replaces so that no older answer
// comes back.
func (l *Log) Replaced(id string) []string {
	seen := map[string]bool{}
	var walk func(string)
	walk = func(id string) {
		if d := l.byID[id]; d != nil && !seen[id] {
			seen[id] = true
			for _, r := range d.Replaces {
				walk(r)
			}
		}
	}
	walk(id)
	out := make([]string, 0, len(seen))
	for id := range seen {
		out = append(out, id)
	}
	sort.Strings(out)
	return out
}
