package recount

import (
	"maps"
	"slices"
	"sort"
	"strings"
)

// A Log is a set of decisions with what follows from the set alone: which of
// them hold. It does not depend on the order in which they arrived. A log is
// for one writer at a time.
//
// A decision waits while one of its base is missing or waits itself. One that
// does not wait holds unless a decision that holds, of its own actor or of an
// adjudicator, replaces it; the study files belong to everybody, so there any
// actor replaces. The study file that holds names the adjudicators.
type Log struct {
	study        string
	adjudicate   func(studyYAML string) []string
	byID         map[string]*Decision
	sorted       []*Decision // by id; nil until asked for
	ready        map[string]bool
	waitingFor   map[string][]string // missing or waiting base -> who waits
	replacedBy   map[string][]*Decision
	live         map[string]bool // of ready ones: whether they hold
	adjudicators map[string]bool
	files        map[string]*Decision // every ready file decision
}

// NewLog returns the log of a study without decisions. adjudicators reads the
// names of those who settle disagreements out of the study file.
func NewLog(study string, adjudicators func(studyYAML string) []string) *Log {
	return &Log{study: study, adjudicate: adjudicators, byID: map[string]*Decision{}, ready: map[string]bool{}, waitingFor: map[string][]string{},
		replacedBy: map[string][]*Decision{}, live: map[string]bool{}, adjudicators: map[string]bool{}, files: map[string]*Decision{}}
}

// Replay returns the log of decisions.
func Replay(study string, decisions []Decision, adjudicators func(studyYAML string) []string) *Log {
	l := NewLog(study, adjudicators)
	l.Add(decisions...)
	return l
}

// Add takes decisions in and returns those whose standing changed: that hold
// now, do not hold any more, or lost their answer. One that is known is taken
// once; if it comes with its answer erased, the answer is gone: an erased twin
// means that a removal happened somewhere.
func (l *Log) Add(decisions ...Decision) (changed []*Decision) {
	own := slices.Clone(decisions)
	ds := make([]*Decision, len(own))
	for i := range own {
		ds[i] = &own[i]
	}
	return l.Take(ds)
}

// Take is Add of decisions that nobody else changes.
func (l *Log) Take(decisions []*Decision) (changed []*Decision) {
	if len(l.byID) == 0 { // as when a study is opened
		l.byID, l.ready, l.live = make(map[string]*Decision, len(decisions)), make(map[string]bool, len(decisions)), make(map[string]bool, len(decisions))
	}
	var fresh []*Decision
	touched, erased := map[string]*Decision{}, map[string]bool{}
	for _, d := range decisions {
		if known := l.byID[d.ID]; known != nil {
			if d.Erasable == nil && known.Erasable != nil {
				known = l.erase(known)
				touched[d.ID], erased[d.ID] = known, true
			}
			continue
		}
		l.byID[d.ID] = d
		l.sorted = nil
		fresh = append(fresh, l.settle(d)...)
	}
	// What replaces may change the standing of what it replaces, and so on back.
	was, file := map[string]bool{}, false
	touch := func(d *Decision) {
		touched[d.ID], was[d.ID], file = d, l.live[d.ID], file || d.Kind == KindFile
	}
	for _, d := range touched {
		touch(d)
	}
	followed := map[string]bool{}
	for queue := fresh; len(queue) > 0; queue = queue[1:] {
		d := queue[0]
		if followed[d.ID] {
			continue
		}
		followed[d.ID] = true
		touch(d)
		for _, r := range d.Replaces {
			if t := l.byID[r]; t != nil {
				queue = append(queue, t)
			}
		}
	}
	if file {
		// Who settles disagreements may have changed, and with it everything.
		for id := range l.ready {
			if d := l.byID[id]; touched[id] == nil {
				touched[id], was[id] = d, l.live[id]
			}
		}
		l.readAdjudicators()
	}
	state := map[string]int{}
	for id := range touched {
		delete(l.live, id)
	}
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		if d := touched[id]; was[id] != l.holds(d, state) || erased[id] {
			changed = append(changed, d)
		}
	}
	return changed
}

// erase takes the answer of a decision away. Who holds the decision as it was
// may still be reading it, so another takes its place.
func (l *Log) erase(d *Decision) *Decision {
	bare := *d
	bare.Erasable = nil
	l.byID[d.ID], l.sorted = &bare, nil
	if l.files[d.ID] != nil {
		l.files[d.ID] = &bare
	}
	for _, r := range d.Replaces {
		if i := slices.Index(l.replacedBy[r], d); i >= 0 {
			l.replacedBy[r][i] = &bare
		}
	}
	return &bare
}

// settle files a new decision and those that waited for it, and returns the
// ones that wait no longer.
func (l *Log) settle(d *Decision) (ready []*Decision) {
	queue := []*Decision{d}
	for len(queue) > 0 {
		d, queue = queue[0], queue[1:]
		if l.ready[d.ID] || d.Study != l.study {
			continue
		}
		missing := ""
		for _, b := range d.Base {
			if !l.ready[b] {
				missing = b
				break
			}
		}
		if missing != "" {
			l.waitingFor[missing] = append(l.waitingFor[missing], d.ID)
			continue
		}
		l.ready[d.ID] = true
		ready = append(ready, d)
		if d.Kind == KindFile {
			l.files[d.ID] = d
		}
		for _, r := range d.Replaces {
			l.replacedBy[r] = append(l.replacedBy[r], d)
		}
		for _, id := range l.waitingFor[d.ID] {
			queue = append(queue, l.byID[id])
		}
		delete(l.waitingFor, d.ID)
	}
	return ready
}

// holds works out whether d holds; state is 1 while it is being worked out, so
// that nobody in a forged circle holds.
func (l *Log) holds(d *Decision, state map[string]int) bool {
	if !l.ready[d.ID] || state[d.ID] == 1 {
		return false
	}
	if v, known := l.live[d.ID]; known {
		return v
	}
	state[d.ID] = 1
	v := true
	for _, by := range l.replacedBy[d.ID] {
		if (by.Actor == d.Actor || l.adjudicators[by.Actor] || d.Kind == KindFile && by.Kind == KindFile) && l.holds(by, state) {
			v = false
			break
		}
	}
	state[d.ID] = 2
	l.live[d.ID] = v
	return v
}

// readAdjudicators reads the study file that holds while nobody is one.
func (l *Log) readAdjudicators() {
	l.adjudicators, l.live = map[string]bool{}, map[string]bool{}
	state := map[string]int{}
	if b, _ := l.studyFile("study.yaml", func(d *Decision) bool { return l.holds(d, state) }); b.Name != "" {
		for _, a := range l.adjudicate(b.Content) {
			l.adjudicators[a] = true
		}
	}
	l.live = map[string]bool{}
}

// All lists the decisions by id, each once. The list must not be changed.
func (l *Log) All() []*Decision {
	if l.sorted == nil {
		for _, d := range l.byID {
			l.sorted = append(l.sorted, d)
		}
		slices.SortFunc(l.sorted, func(a, b *Decision) int { return strings.Compare(a.ID, b.ID) })
	}
	return l.sorted
}

// Len returns how many decisions there are.
func (l *Log) Len() int { return len(l.byID) }

// Live reports whether the decision with this id holds.
func (l *Log) Live(id string) bool { return l.live[id] }

// Waiting lists the ids whose base is not there yet, sorted.
func (l *Log) Waiting() (out []string) {
	for _, ids := range l.waitingFor { // each waits for one at a time
		out = append(out, ids...)
	}
	slices.Sort(out)
	return out
}

// Foreign lists the ids made in another study, sorted.
func (l *Log) Foreign() []string { return l.ids(func(d *Decision) bool { return d.Study != l.study }) }

func (l *Log) ids(of func(*Decision) bool) (out []string) {
	for _, d := range l.All() {
		if of(d) {
			out = append(out, d.ID)
		}
	}
	return out
}

// Find returns the decision with this id, or nil.
func (l *Log) Find(id string) *Decision { return l.byID[id] }

// Adjudicator reports whether this actor settles what coders disagree on.
func (l *Log) Adjudicator(actor string) bool { return l.adjudicators[actor] }

// Adjudicators lists those who settle what coders disagree on, sorted.
func (l *Log) Adjudicators() []string { return slices.Sorted(maps.Keys(l.adjudicators)) }

// StudyFile returns the content of a study file that is in use and the id of
// the decision that logged it; "" if there is none.
func (l *Log) StudyFile(name string) (FileBody, string) {
	return l.studyFile(name, func(d *Decision) bool { return l.live[d.ID] })
}

// studyFile takes, of several live contents (two coders' studies merged), the
// one logged last, ties by id.
func (l *Log) studyFile(name string, holds func(*Decision) bool) (best FileBody, id string) {
	var at *Decision
	for _, d := range l.files {
		if d.Erasable == nil || !holds(d) {
			continue
		}
		if at != nil && (d.Time < at.Time || d.Time == at.Time && d.ID < at.ID) {
			continue
		}
		if a, err := d.Decode(); err == nil {
			if b := a.(FileBody); b.Name == name {
				best, at, id = b, d, d.ID
			}
		}
	}
	return best, id
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

// Replacers lists the decisions that name id in Replaces and wait for nothing,
// by id.
func (l *Log) Replacers(id string) []*Decision {
	out := slices.Clone(l.replacedBy[id])
	slices.SortFunc(out, func(a, b *Decision) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// DefaultActor logs the default rules when a study is made.
const DefaultActor = "init"

// A Finding is one thing about the log that a person should look at.
type Finding struct {
	What      string   // "orphan", "conflict", "waiting", "disagreement", ...
	Decisions []string // ids, sorted
	Text      string   // one sentence
}
