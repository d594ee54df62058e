package casebook

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A study with so many pages and decisions takes some hundred megabytes for as
// long as it is open.
const manyEntries = 100_000

// What a process with such a study holds and what is garbage may be heapRoom
// together, or, when more is held, garbage a quarter of that: the collector
// looks at all that is held in each round, and while a study is opened most
// rounds would come where there is room for what they find. With the 100% that
// Go begins with garbage would take as much again as a study that is open.
const (
	heapRoom     = 900 << 20
	leastGarbage = 25  // percent of what is held
	mostGarbage  = 200 // so that little is taken again when the study is closed
)

// bound keeps to that from now on.
var bound = sync.OnceFunc(func() {
	if os.Getenv("GOGC") != "" {
		return
	}
	var again func(*[64]byte)
	again = func(*[64]byte) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if n := live[0].Value; n.Kind() == metrics.KindUint64 {
			debug.SetGCPercent(garbageFor(int64(n.Uint64())))
		}
		runtime.SetFinalizer(new([64]byte), again) // runs after the next collection
	}
	again(nil)
})

// garbageFor returns how many percent of the bytes that are held may be garbage.
func garbageFor(live int64) int {
	return int(min(max((heapRoom-live)*100/max(live, 1), leastGarbage), mostGarbage))
}
