package copies

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed cues.txt
var cueFile string

// cueLists are the hashes of the words of the lists of cues.txt, by their name.
var cueLists = sync.OnceValue(func() map[string]map[uint32]bool {
	lists := map[string]map[uint32]bool{}
	for line := range strings.Lines(cueFile) {
		head, list, ok := strings.Cut(line, ": ")
		if !ok || line[0] == '#' {
			continue
		}
		name, _, _ := strings.Cut(head, " ")
		if lists[name] == nil {
			lists[name] = map[uint32]bool{}
		}
		hashes(lists[name], list)
	}
	return lists
})

// cues are verbs of speaking, days the names of days and months, titles what
// stands before the name of a person.
var (
	cues   = sync.OnceValue(func() map[uint32]bool { return cueLists()["said"] })
	days   = sync.OnceValue(func() map[uint32]bool { return cueLists()["days"] })
	titles = sync.OnceValue(func() map[uint32]bool { return cueLists()["titles"] })
	// credits are words of the lines that an outlet sets below a report.
	credits = sync.OnceValue(func() map[uint32]bool { return cueLists()["credits"] })
)

// plainNumbers are the hashes of numbers in digits, which are no names.
var plainNumbers = sync.OnceValue(func() map[uint32]bool {
	set := map[uint32]bool{}
	for n := range 2101 {
		hashes(set, strconv.Itoa(n))
	}
	return set
})

func hashes(set map[uint32]bool, list string) {
	var w Words
	w.ReadWords(list)
	for _, h := range w.Hash {
		set[h] = true
	}
}

const (
	beside       = 8 // a name stands at most so many words from the verb of speaking
	strayVoice   = 3 // so many words of a sentence may agree by chance with the other print
	leastOfVoice = 6 // a sentence of fewer words says nothing
)

// voice reports whether x has a speaker whom y does not have: a sentence that
// stands in no run, with a verb of speaking and beside it a name of which y
// holds no word.
func voice(x, y *Words, runs []run, first bool) bool {
	shared := make([]bool, x.Len())
	for _, r := range runs {
		from, to := r.B0, r.B1
		if first {
			from, to = r.A0, r.A1
		}
		for i := from; i < to; i++ {
			shared[i] = true
		}
	}
	var there map[uint32]bool
	for i := 0; i < x.Len(); {
		j, both, verb := i, 0, -1
		for ; j < x.Len() && (j == i || !x.First[j]); j++ {
			if shared[j] {
				both++
			}
			if verb < 0 && !x.Speech[j] && cues()[x.Hash[j]] {
				verb = j
			}
		}
		if verb >= 0 && both <= strayVoice && j-i >= leastOfVoice {
			for k := max(i, verb-beside); k < min(j, verb+beside); k++ {
				if !x.Named[k] || x.Speech[k] || plainNumbers()[x.Hash[k]] {
					continue
				}
				if there == nil {
					there = make(map[uint32]bool, y.Len())
					for _, h := range y.Hash {
						there[h] = true
					}
				}
				if !there[x.Hash[k]] {
					return true
				}
			}
		}
		i = j
	}
	return false
}
