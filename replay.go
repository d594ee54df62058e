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
	byID         map[string]*logged
	sorted       []*Decision         // by id; nil until asked for
	waitingFor   map[string][]string // missing or waiting base -> who waits
	replacedBy   map[string][]*logged
	adjudicators map[string]bool
	files        []*logged // every ready file decision
	step         uint32    // of taking decisions in
}

// A logged decision has its standing beside it.
type logged struct {
	*Decision
	ready   bool
	live    bool   // it is ready and holds
	known   bool   // live is worked out
	asked   bool   // live is being worked out
	was     bool   // live before the last step that touched it
	erased  bool   // in that step
	touched uint32 // the last step that may change its standing
}

// NewLog returns the log of a study without decisions. adjudicators reads the
// names of those who settle disagreements out of the study file.
func NewLog(study string, adjudicators func(studyYAML string) []string) *Log {
	return &Log{study: study, adjudicate: adjudicators, byID: map[string]*logged{}, waitingFor: map[string][]string{},
		replacedBy: map[string][]*logged{}, adjudicators: map[string]bool{}}
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
	var room []logged
	if len(l.byID) == 0 { // as when a study is opened
		l.byID, room = make(map[string]*logged, len(decisions)), make([]logged, 0, len(decisions))
	}
	l.step++
	var queue, touched []*logged
	file := false
	touch := func(x *logged) {
		if x.touched != l.step {
			x.touched, x.was, x.erased = l.step, x.live, false
			touched, file = append(touched, x), file || x.Kind == KindFile
		}
	}
	for _, d := range decisions {
		if known := l.byID[d.ID]; known != nil {
			if d.Erasable == nil && known.Erasable != nil {
				touch(known)
				l.erase(known)
			}
			continue
		}
		x := &logged{Decision: d}
		if len(room) < cap(room) {
			room = append(room, *x)
			x = &room[len(room)-1]
		}
		l.byID[d.ID] = x
		l.sorted = nil
		queue = append(queue, l.settle(x)...)
	}
	// What replaces may change the standing of what it replaces, and so on back.
	followed := 0
	for _, x := range queue {
		touch(x)
	}
	for ; followed < len(touched); followed++ {
		for _, r := range touched[followed].Replaces {
			if t := l.byID[r]; t != nil {
				touch(t)
			}
		}
	}
	if file {
		// Who settles disagreements may have changed, and with it everything.
		for _, x := range l.byID {
			if x.ready {
				touch(x)
			}
		}
		l.readAdjudicators()
	}
	for _, x := range touched {
		x.live, x.known = false, false
	}
	slices.SortFunc(touched, func(a, b *logged) int { return strings.Compare(a.ID, b.ID) })
	for _, x := range touched {
		if x.was != l.holds(x) || x.erased {
			changed = append(changed, x.Decision)
		}
	}
	return changed
}

// erase takes the answer of a decision away. Who holds the decision as it was
// may still be reading it, so another takes its place.
func (l *Log) erase(x *logged) {
	bare := *x.Decision
	bare.Erasable = nil
	x.Decision, x.erased, l.sorted = &bare, true, nil
}

// settle files a new decision and those that waited for it, and returns the
// ones that wait no longer.
func (l *Log) settle(x *logged) (ready []*logged) {
	queue := []*logged{x}
	for len(queue) > 0 {
		x, queue = queue[0], queue[1:]
		if x.ready || x.Study != l.study {
			continue
		}
		missing := ""
		for _, b := range x.Base {
			if on := l.byID[b]; on == nil || !on.ready {
				missing = b
				break
			}
		}
		if missing != "" {
			l.waitingFor[missing] = append(l.waitingFor[missing], x.ID)
			continue
		}
		x.ready = true
		ready = append(ready, x)
		if x.Kind == KindFile {
			l.files = append(l.files, x)
		}
		for _, r := range x.Replaces {
			l.replacedBy[r] = append(l.replacedBy[r], x)
		}
		for _, id := range l.waitingFor[x.ID] {
			queue = append(queue, l.byID[id])
		}
		delete(l.waitingFor, x.ID)
	}
	return ready
}

// holds works out whether a decision holds. Nobody in a forged circle does.
func (l *Log) holds(x *logged) bool {
	if !x.ready || x.asked {
		return false
	}
	if x.known {
		return x.live
	}
	x.asked = true
	v := true
	for _, by := range l.replacedBy[x.ID] {
		if (by.Actor == x.Actor || l.adjudicators[by.Actor] || x.Kind == KindFile && by.Kind == KindFile) && l.holds(by) {
			v = false
			break
		}
	}
	x.live, x.known, x.asked = v, true, false
	return v
}

// readAdjudicators reads the study file that holds while nobody is one.
func (l *Log) readAdjudicators() {
	forget := func() {
		for _, x := range l.byID {
			x.live, x.known = false, false
		}
	}
	l.adjudicators = map[string]bool{}
	forget()
	if b, _ := l.studyFile("study.yaml", l.holds); b.Name != "" {
		for _, a := range l.adjudicate(b.Content) {
			l.adjudicators[a] = true
		}
	}
	forget()
}

// All lists the decisions by id, each once. The list must not be changed.
func (l *Log) All() []*Decision {
	if l.sorted == nil {
		l.sorted = make([]*Decision, 0, len(l.byID))
		for _, x := range l.byID {
			l.sorted = append(l.sorted, x.Decision)
		}
		slices.SortFunc(l.sorted, func(a, b *Decision) int { return strings.Compare(a.ID, b.ID) })
	}
	return l.sorted
}

// Len returns how many decisions there are.
func (l *Log) Len() int { return len(l.byID) }

// Live reports whether the decision with this id holds.
func (l *Log) Live(id string) bool {
	x := l.byID[id]
	return x != nil && x.live
}

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
func (l *Log) Find(id string) *Decision {
	if x := l.byID[id]; x != nil {
		return x.Decision
	}
	return nil
}

// Adjudicator reports whether this actor settles what coders disagree on.
func (l *Log) Adjudicator(actor string) bool { return l.adjudicators[actor] }

// Adjudicators lists those who settle what coders disagree on, sorted.
func (l *Log) Adjudicators() []string { return slices.Sorted(maps.Keys(l.adjudicators)) }

// StudyFile returns the content of a study file that is in use and the id of
// the decision that logged it; "" if there is none.
func (l *Log) StudyFile(name string) (FileBody, string) {
	return l.studyFile(name, func(x *logged) bool { return x.live })
}

// studyFile takes, of several live contents (two coders' studies merged), the
// one logged last, ties by id.
func (l *Log) studyFile(name string, holds func(*logged) bool) (best FileBody, id string) {
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
				best, at, id = b, d.Decision, d.ID
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
	var out []*Decision
	for _, x := range l.replacedBy[id] {
		out = append(out, x.Decision)
	}
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
