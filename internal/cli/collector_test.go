package cli

import (
	"runtime"
	"runtime/debug"
	"testing"
)

// A verb that holds little collects garbage seldom, and afterwards all is as it
// was; what somebody set stands.
func TestLeaveRoom(t *testing.T) {
	t.Setenv("GOGC", "")
	cycles := func() uint32 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		for range 64 << 20 / 4096 {
			garbage = make([]byte, 4096)
		}
		runtime.ReadMemStats(&after)
		return after.NumGC - before.NumGC
	}
	stop := leaveRoom()
	few := cycles()
	stop()
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("afterwards the collector is set to %d", got)
	}
	if many := cycles(); few > 3 || few >= many {
		t.Errorf("64 MB of garbage are collected in %d rounds with room, in %d without", few, many)
	}
	t.Setenv("GOGC", "100")
	leaveRoom()()
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("GOGC=100 became %d", got)
	}
}

var garbage []byte
