package unpack

import (
	"bytes"
	"fmt"
	"testing"
)

// all unpacks b and returns what came of it.
func all(b []byte, name string, o Options) (items []Item, refused []string, skipped map[string]int) {
	skipped = map[string]int{}
	o.Skipped = func(reason string) { skipped[reason]++ }
	for i, err := range Items(bytes.NewReader(b), int64(len(b)), name, "", o) {
		if err != nil {
			refused = append(refused, fmt.Sprintf("%s [%d+%d]: %v", i.Name, i.Within.Offset, i.Within.Length, err))
			continue
		}
		items = append(items, i)
	}
	return items, refused, skipped
}

func TestSmoke(t *testing.T) {
	for name, b := range samples() {
		items, refused, skipped := all(b, name, Options{})
		t.Log(name, Kind(b, name), len(b))
		for _, i := range items {
			t.Log("   ", i.Name, len(i.Payload), i.Captured, i.MediaType, i.Within.Offset, i.Within.Length, i.Hints)
		}
		for _, r := range refused {
			t.Log("   !", r)
		}
		t.Log("   ", skipped)
	}
}
