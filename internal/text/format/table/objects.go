package table

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"recount/internal/pattern"
)

// sampledRecords is how many objects have keys that make columns.
const sampledRecords = 1000

// recordsKnown reports whether the first records of JSON have a key for a text
// or an address and are no bibliography, which package biblio reads.
func recordsKnown(payload []byte) bool {
	src := beginning(payload)
	if first, _, _ := strings.Cut(src, "\n"); len(payload) > sampled && src[0] != '[' && !json.Valid([]byte(first)) {
		// One object that goes on behind the sample: look at its first array.
		if at := arrayStart.FindStringIndex(src); at != nil {
			src = src[at[0]:]
		}
	}
	known := false
	n := 0
	objectsOf(src).Each(func(_ int, m []member, fault string) bool {
		n++
		keys := make([]string, len(m))
		for i := range m {
			keys[i] = m[i].Key
		}
		if bibliographic(keys) {
			known = false
			return false
		}
		known = known || recognised(keys) >= 1
		return n < headerRows && !(known && n > 3)
	})
	return known
}

var arrayStart = pattern.New(`\[\s*\{`)

// bibliographic reports whether keys are those of CSL-JSON or of Zotero.
func bibliographic(keys []string) bool {
	has := func(k string) bool { return slices.Contains(keys, k) }
	return has("type") && (has("issued") || has("container-title") || has("citation-key")) || has("itemType") || has("CSL")
}

// recordGrid reads JSON records. The columns are the keys of the first records
// in alphabetical order, and the cells stand in that order.
func recordGrid(src string) grid {
	shape := objectsOf(src)
	index := map[string]int{}
	seen := 0
	shape.Each(func(_ int, m []member, _ string) bool {
		for _, x := range m {
			if len(index) < maxKeys {
				index[x.Key] = 0
			}
		}
		seen++
		return seen < sampledRecords
	})
	header := make([]string, 0, len(index))
	for key := range index {
		header = append(header, key)
	}
	slices.Sort(header)
	for i, key := range header {
		index[key] = i
	}
	word := "item"
	if shape.Lines {
		word = "line"
	}
	dates := datesAmong(header)
	return grid{
		word:   word,
		header: header,
		each: func(yield func(row) bool) error {
			cells := make([]string, len(header))
			shape.Each(func(n int, m []member, fault string) bool {
				clear(cells)
				for _, x := range m {
					i, ok := index[x.Key]
					if !ok {
						continue
					}
					if cells[i] = memberText(x.Value); dates[i] {
						cells[i] = instant(cells[i])
					}
				}
				return yield(row{n: n, cells: cells, fault: fault})
			})
			return nil
		},
	}
}

// datesAmong marks the columns that hold a point in time.
func datesAmong(header []string) []bool {
	out := make([]bool, len(header))
	for i, name := range header {
		if m, ok := meaningOf(name); ok {
			switch fields[m.field].name {
			case "published", "modified", "collected", "seen":
				out[i] = true
			}
		}
	}
	return out
}

// instant writes seconds or milliseconds since 1970 as ISO 8601, and leaves
// everything else as it is.
func instant(s string) string {
	if len(s) != 10 && len(s) != 13 {
		return s
	}
	var n int64
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return s
		}
		n = n*10 + int64(c-'0')
	}
	if len(s) == 13 {
		n /= 1000
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}
