package pattern

import (
	"slices"
	"sync"
	"testing"
)

func TestCompiledAtTheFirstUse(t *testing.T) {
	p := New(`(\d+) pages?`)
	if p.re != nil {
		t.Error("it is compiled before it is used")
	}
	if !slices.Contains(All(), p) {
		t.Error("All does not list it")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if m := p.FindStringSubmatch("it has 12 pages"); len(m) != 2 || m[1] != "12" {
				t.Errorf("found %q", m)
			}
		})
	}
	all.Wait()
	if first := p.Regexp(); p.Regexp() != first {
		t.Error("it is compiled twice")
	}
}

func TestWhatCannotBeCompiledPanics(t *testing.T) {
	p := New(`(`)
	all = all[:len(all)-1]
	defer func() {
		if recover() == nil {
			t.Error("a pattern that cannot be compiled matches")
		}
	}()
	p.MatchString("(")
}
