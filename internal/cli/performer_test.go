package cli

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"io"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// A performance is one run of a verb, and what came of it.
type performance struct {
	Args []string
	Temp string // folder for temporary files
	At   string // where the disk is mounted
	Seed string

	Code      int
	Out, Errs string
	Holds     []string // files of the disk that are still open
}

// performs makes a process a performer.
const performs = "RECOUNT_TEST_PERFORMS"

// perform is what a performer does.
func perform(in io.Reader, out io.Writer) {
	tasks, results := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var task performance
		if tasks.Decode(&task) != nil {
			return
		}
		os.Setenv("TMPDIR", task.Temp)
		rand.Reader = &seeded{source: mathrand.NewChaCha8(sha256.Sum256([]byte(task.Seed)))}
		var o, e bytes.Buffer
		task.Code = Main(task.Args, strings.NewReader(""), &o, &e)
		task.Out, task.Errs, task.Holds = o.String(), e.String(), heldUnder(task.At)
		if results.Encode(task) != nil {
			return
		}
	}
}

// seeded is a source of what is chosen by chance, for many.
type seeded struct {
	mu     sync.Mutex
	source io.Reader
}

func (s *seeded) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.source.Read(b)
}

// heldUnder lists the files in a folder that this process has open.
func heldUnder(dir string) (held []string) {
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, e := range entries {
		if to, err := os.Readlink(filepath.Join("/proc/self/fd", e.Name())); err == nil && strings.HasPrefix(to, dir+"/") {
			held = append(held, to)
		}
	}
	return held
}
