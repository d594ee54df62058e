package count

import (
	"cmp"
	"slices"
	"strings"

	"recount"
)

// A roster is what several tallies of the same groups list alike: the accepted
// cases by id, and the open questions in order. It is put in order when
// somebody asks, and then only what changed since is sorted.
type roster struct {
	of        map[recount.Key]*listed
	slots     []*listed            // nil where no group is
	room      room[roomFor]        // for further groups
	free      []int                // slots that groups left
	changed   map[recount.Key]bool // whose cases and questions the lists hold as they were
	ordered   bool                 // the lists were made; before that nothing is noted
	cases     []listedCase
	questions []posed
	groups    []int32                          // of each question the slot of its group
	places    []int32                          // of each question the place among those of the group's form
	open      []*listed                        // groups with questions
	lists     map[uint64][][]*recount.Question // that results hold, by what is in them
}

// A listed group has a slot among all.
type listed struct {
	key    recount.Key
	group  *Group
	cases  []accepted
	open   bool
	slot   int
	places []int32 // of its questions among those of its form; nil: the same
	asked  []int32 // where its questions stand in the list
}

// roomFor is room for a group and its one case, which most have.
type roomFor struct {
	listed
	one [1]accepted
}

// An accepted case of a group.
type accepted struct {
	id    string
	coded bool // somebody coded something
	read  bool // its gender is as the program read it
}

type listedCase struct {
	id   string
	of   *listed
	slot int
	i    int // among the cases of the group
}

// An open question with its group and its place among those of the group's form.
type posed struct {
	*recount.Question
	of   *listed
	i    int
	rank int // by what it asks
}

func newRoster() *roster {
	return &roster{of: map[recount.Key]*listed{}, changed: map[recount.Key]bool{}, lists: map[uint64][][]*recount.Question{}}
}

// expect makes room for so many groups.
func (r *roster) expect(groups int) {
	if len(r.of) == 0 {
		r.of = make(map[recount.Key]*listed, groups)
	}
	r.slots = slices.Grow(r.slots, groups)
}

// set puts a group in the place of the one that had this key, and returns the
// slot that the two share. One that goes leaves it.
func (r *roster) set(key recount.Key, p *prepared) (slot int) {
	if r.ordered {
		r.changed[key] = true
	}
	slot = len(r.of) + len(r.free)
	switch old := r.of[key]; {
	case old != nil:
		slot = old.slot
	case len(r.free) > 0:
		slot = r.free[len(r.free)-1]
		r.free = r.free[:len(r.free)-1]
	}
	if p == nil {
		delete(r.of, key)
		r.free = append(r.free, slot)
		if slot < len(r.slots) {
			r.slots[slot] = nil
		}
		return slot
	}
	room := &r.room.take(1)[0]
	x := &room.listed
	*x = listed{key: key, group: p.group, cases: room.one[:0], open: p.open, slot: slot, places: p.places}
	for _, c := range p.accepted {
		x.cases = append(x.cases, accepted{c.id, p.views[c.class].coded, p.views[c.class].genderRead})
	}
	r.of[key] = x
	for len(r.slots) <= slot {
		r.slots = append(r.slots, nil)
	}
	r.slots[slot] = x
	return slot
}

var questionRank = map[string]int{"link": 0, "scope": 1, "date": 2}

// rankOf puts disputes behind every other question.
func rankOf(what string) int {
	if r, ok := questionRank[what]; ok {
		return r
	}
	return len(questionRank)
}

// order brings the lists up to date.
func (r *roster) order() {
	if r.ordered && len(r.changed) == 0 {
		return
	}
	r.cases = slices.DeleteFunc(r.cases, func(c listedCase) bool { return r.changed[c.of.key] })
	r.questions = slices.DeleteFunc(r.questions, func(q posed) bool { return r.changed[q.of.key] })
	var cases []listedCase
	var questions []posed
	list := func(x *listed) {
		for i, c := range x.cases {
			cases = append(cases, listedCase{c.id, x, x.slot, i})
		}
		if !x.open {
			return
		}
		qs := x.group.Questions()
		for i := range qs {
			place := i
			if x.places != nil {
				place = int(x.places[i])
			}
			questions = append(questions, posed{&qs[i], x, place, rankOf(qs[i].What)})
		}
	}
	if !r.ordered {
		r.ordered, cases = true, make([]listedCase, 0, len(r.of))
		for _, x := range r.slots {
			if x != nil {
				list(x)
			}
		}
	}
	for key := range r.changed {
		if x := r.of[key]; x != nil {
			list(x)
		}
	}
	r.cases = merged(r.cases, cases, func(a, b listedCase) int {
		if c := strings.Compare(a.id, b.id); c != 0 { // most are told apart without looking up their groups
			return c
		}
		return cmp.Or(strings.Compare(string(a.of.key), string(b.of.key)), a.i-b.i)
	})
	r.questions = merged(r.questions, questions, func(a, b posed) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return cmp.Or(slices.Compare(a.About, b.About), strings.Compare(string(a.Key), string(b.Key)))
	})
	r.open = r.open[:0]
	for _, x := range r.slots {
		if x != nil && x.open {
			r.open = append(r.open, x)
		}
	}
	for _, x := range r.open {
		x.asked = x.asked[:0]
	}
	r.groups, r.places = r.groups[:0], r.places[:0]
	for j, q := range r.questions {
		q.of.asked = append(q.of.asked, int32(j))
		r.groups, r.places = append(r.groups, int32(q.of.slot)), append(r.places, int32(q.i))
	}
	clear(r.changed)
	clear(r.lists)
}

// merged puts values into a list that is in order.
func merged[T any](list, more []T, compare func(a, b T) int) []T {
	slices.SortFunc(more, compare)
	if len(list) == 0 {
		return more
	}
	if len(more) == 0 {
		return list
	}
	out := make([]T, 0, len(list)+len(more))
	for _, x := range list {
		for len(more) > 0 && compare(more[0], x) < 0 {
			out, more = append(out, more[0]), more[1:]
		}
		out = append(out, x)
	}
	return append(out, more...)
}

// list keeps a list of questions once for all numbers that have it. sum is the
// same for lists that are alike.
func (r *roster) list(moved []*recount.Question, sum uint64) []*recount.Question {
	if len(moved) == 0 {
		return nil
	}
	for _, l := range r.lists[sum] {
		if slices.Equal(l, moved) {
			return l
		}
	}
	l := slices.Clip(slices.Clone(moved))
	r.lists[sum] = append(r.lists[sum], l)
	return l
}
