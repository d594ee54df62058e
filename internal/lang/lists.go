package lang

import "strings"

// Lists reads a data file of words. "kind: word, word" gives words to a kind,
// in order, and a kind may have several lines; any other line is one entry of
// the list without a name (""). Where a line holds "; ", it is parted there, and
// its words may hold commas. A line that begins with "#" says nothing, and
// blanks behind a word belong to it.
func Lists(file string) map[string][]string {
	lists := map[string][]string{}
	for line := range strings.SplitSeq(file, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		kind, words, ok := strings.Cut(line, ": ")
		if !ok {
			lists[""] = append(lists[""], line)
			continue
		}
		sep := ", "
		if strings.Contains(words, "; ") {
			sep = "; "
		}
		lists[kind] = append(lists[kind], strings.Split(words, sep)...)
	}
	return lists
}

// Set makes a set of a list.
func Set(words []string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
