package parallel

import (
	"testing"
	"time"
)

// What is worked is counted, on all cores together.
func TestUsed(t *testing.T) {
	began := Used()
	for end := time.Now().Add(10 * time.Second); Used()-began < 20*time.Millisecond; {
		if time.Now().After(end) {
			t.Fatalf("after ten seconds of work %v were used", Used()-began)
		}
	}
}
