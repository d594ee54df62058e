package casebook

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A study with so many pages and decisions takes some hundred megabytes for as
// long as it is open.
const manyEntries = 100_000

// What a process with such a study holds and what is garbage may take room
// together, or, when more is held, a quarter more than that: the collector
// looks at all that is held in each round, and while a study is opened most
// rounds would come where there is room for what they find. With the 100% that
// Go begins with garbage would take as much again as a study that is open.
const (
	room         = 960 << 20
	leastGarbage = 25  // percent of what is held
	mostGarbage  = 300 // so that little is taken again when the study is closed
)

// bound keeps to that from now on, unless GOGC or GOMEMLIMIT says otherwise.
var bound = sync.OnceFunc(func() {
	if os.Getenv("GOGC") != "" || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return
	}
	var again func(*[64]byte)
	again = func(*[64]byte) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if n := live[0].Value; n.Kind() == metrics.KindUint64 {
			percent, limit := garbageFor(int64(n.Uint64()))
			debug.SetMemoryLimit(limit) // holds also before this is called again
			debug.SetGCPercent(percent)
		}
		runtime.SetFinalizer(new([64]byte), again) // runs after the next collection
	}
	again(nil)
})

// garbageFor returns how many percent of the bytes that are held may be
// garbage, and how many bytes both may take with what lies between them.
func garbageFor(live int64) (percent int, limit int64) {
	percent = int(min(max((room-live)*100/max(live, 1), leastGarbage), mostGarbage))
	return percent, max(room, live+live*2*leastGarbage/100)
}
