package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// room is how many bytes of garbage may always gather before they are collected.
// The lists that the program begins with are some 20 MB; a collector that waits
// for as much again before each round takes a third of a short verb's time.
const room = 48 << 20

// leaveRoom lets the collector wait for room, until stop is called. Where more is
// in use than room it does what is usual, so a large study takes no more memory
// than it did. GOGC, where somebody set it, stands.
func leaveRoom() (stop func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	const usual = 100
	var over atomic.Bool
	last := debug.SetGCPercent(usual)
	debug.SetGCPercent(last)
	var next func(*[64]byte)
	again := func() {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		percent := usual
		if n := live[0].Value; n.Kind() == metrics.KindUint64 {
			percent = max(usual, int(room*100/max(n.Uint64(), room/10)))
		}
		if was := debug.SetGCPercent(percent); was != last { // a large study asked for less
			debug.SetGCPercent(was)
			return
		}
		last = percent
		runtime.SetFinalizer(new([64]byte), next) // runs after the next collection
	}
	next = func(*[64]byte) {
		if !over.Load() {
			again()
		}
	}
	again()
	return func() {
		over.Store(true)
		debug.SetGCPercent(usual)
	}
}
