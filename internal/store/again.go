package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
)

// Again says which entries of the log may come again about the same row. What a row is
// follows from its last entry, so one that is added at the end would change what an
// earlier one says, and the log would still only have been added to.
type Again struct {
	Once    func(name string) bool         // settings that are made once and for all
	List    string                         // the setting that is a list of names, to which one at a time is added
	Removes func(decision string) bool     // decisions that take something out of the study
	Decided func(decision string) string   // when: the time of a decision
	Say     func(what, id, text string)    // what does not hold
	runs    map[string][]string            // sums of the entries of a run of add, by its key
	taken   map[string][]string            // what went with its later ones: "capture" or "asked"
	made    map[string]map[string]struct{} // sums of a setting
	list    []listed
	removed bool   // a decision that takes something out has come
	latest  string // time of a decision or a capture that has come
}

// A listed is one entry of the list of names.
type listed struct {
	sum     string
	removed bool // a removal came before it
}

// CheckAgain looks at the entries that come again: of a run of add only while its time is
// the newest, and where a removal takes out what it added or what it asked for, with the
// counts that follow; of a setting that is made once, never; of the list of names, with
// one name more, or fewer by a removal.
func (s *Store) CheckAgain(ctx context.Context, a Again) error {
	a.runs, a.taken, a.made = map[string][]string{}, map[string][]string{}, map[string]map[string]struct{}{}
	captures, err := read(ctx, s.study, "read what was logged", "rows_capture", scanParts)
	if err != nil {
		return err
	}
	const captured = 3 // column of what is summed up
	sums, times := map[string]string{}, map[string]string{}
	for _, parts := range captures {
		sums[parts[0]], times[parts[0]] = sumOf(parts[1:]...), parts[1:][captured]
	}
	rows, err := read(ctx, s.study, "read what was logged", "rows_search", scanParts)
	if err != nil {
		return err
	}
	const began = 1
	begins := map[string]string{}
	for _, parts := range rows {
		begins[parts[0]] = parts[1:][began]
	}
	gone, err := read(ctx, s.study, "read what was logged", "captures_erased", scanText, ErasedHash)
	if err != nil {
		return err
	}
	asked, err := read(ctx, s.study, "read what was logged", "searches_erased", scanText)
	if err != nil {
		return err
	}
	isGone, isAsked := set(gone), set(asked)
	var waits []string         // runs that a capture that goes must follow
	out := map[string]bool{}   // captures that went
	first := map[string]bool{} // of a run
	flush := func() {
		for _, k := range waits {
			if !isAsked[k] || !a.removed {
				a.Say(leafSearch, k, "the log says a second time what this run of add was, and nothing was taken out of it")
			}
			a.taken[k] = append(a.taken[k], "asked")
		}
		waits = nil
	}
	for l, err := range s.Leaves(ctx, 0) {
		if err != nil {
			return err
		}
		if l.What == leafCapture && len(waits) > 0 && isGone[l.ID] && l.Sum == sums[l.ID] && !out[l.ID] && a.removed {
			last := waits[len(waits)-1]
			waits = waits[:len(waits)-1]
			flush()
			a.taken[last] = append(a.taken[last], "capture")
			out[l.ID] = true
			continue
		}
		if l.What != leafSearch {
			flush()
		}
		switch l.What {
		case leafCapture:
			a.latest = max(a.latest, times[l.ID])
			if isGone[l.ID] && l.Sum == sums[l.ID] {
				out[l.ID] = true
			}
		case leafSearch:
			a.runs[l.ID] = append(a.runs[l.ID], l.Sum)
			switch {
			case !first[l.ID]:
				flush()
				first[l.ID] = true
			case begins[l.ID] >= a.latest:
				a.taken[l.ID] = append(a.taken[l.ID], "adds")
			default:
				waits = append(waits, l.ID)
			}
		case leafDecision:
			a.latest = max(a.latest, a.Decided(l.ID))
			a.removed = a.removed || a.Removes(l.ID)
		case leafSetting:
			a.setting(l)
		}
	}
	flush()
	if err := a.checkList(ctx, s); err != nil {
		return err
	}
	a.checkRuns(rows)
	return nil
}

func set(of []string) map[string]bool {
	m := map[string]bool{}
	for _, x := range of {
		m[x] = true
	}
	return m
}

func (a *Again) setting(l recount.Leaf) {
	if l.ID == a.List {
		a.list = append(a.list, listed{l.Sum, a.removed})
	}
	if !a.Once(l.ID) && l.ID != settingLog {
		return
	}
	if a.made[l.ID] == nil {
		a.made[l.ID] = map[string]struct{}{}
	}
	if a.made[l.ID][l.Sum] = struct{}{}; len(a.made[l.ID]) == 2 {
		a.Say(leafSetting, l.ID, "it is set once and for all, and the log says it a second time, otherwise")
	}
}

// checkList goes back from the list as it is: each entry has one name more than the one
// before it, or as many, unless a removal came before it.
func (a *Again) checkList(ctx context.Context, s *Store) error {
	value, err := s.Meta(ctx, a.List)
	if err != nil {
		return err
	}
	names := strings.Fields(value)
	sum := func(names []string) string { return sumArgs(a.List, strings.Join(names, " ")) }
	for i := len(a.list) - 1; i > 0; i-- {
		want := a.list[i-1].sum
		if sum(names) == want {
			continue
		}
		at := slices.IndexFunc(names, func(n string) bool {
			return sum(slices.DeleteFunc(slices.Clone(names), func(x string) bool { return x == n })) == want
		})
		if at >= 0 {
			names = slices.Delete(slices.Clone(names), at, at+1)
			continue
		}
		if !a.list[i].removed {
			a.Say(leafSetting, a.List, "names were taken off this list, and no removal says so")
		}
		return nil // what the list was before is not known
	}
	return nil
}

// checkRuns goes back from the counts of each run: for each capture that was taken out
// it added, and was offered, one more.
func (a *Again) checkRuns(rows [][]string) {
	const offered, added = 7, 8 // columns of what is summed up
	for _, columns := range rows {
		key := columns[0]
		columns = columns[1:]
		before := func(more int64) []string {
			out := slices.Clone(columns)
			for at, n := range map[int]int64{offered: more, added: 1} {
				was, _ := strconv.ParseInt(out[at], 10, 64) // the table has no other
				out[at] = strconv.FormatInt(was+n, 10)
			}
			return out
		}
		sums, taken := a.runs[key], a.taken[key]
		for i := len(sums) - 1; i > 0; i-- {
			if taken[i-1] != "capture" {
				break // what it was before is not known
			}
			was := before(1)
			if sumOf(was...) != sums[i-1] && columns[offered] == "0" {
				was = before(0)
			}
			if sumOf(was...) != sums[i-1] {
				a.Say(leafSearch, key, fmt.Sprintf("its counts are not those of before less the %d pages that were taken out of it", len(sums)-1))
				break
			}
			columns = was
		}
	}
}
