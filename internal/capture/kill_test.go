package capture

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pageOf returns the n-th page of the test below: large ones take several
// writes to the disk.
func pageOf(n int) []byte {
	random := rand.New(rand.NewPCG(uint64(n), 7))
	p := make([]byte, 1+random.IntN(400_000))
	for i := range p {
		p[i] = byte(random.Uint32())
	}
	return p
}

// TestWriter is no test: run by TestKilledWriterLosesNothing, it adds pages for
// ever and says of each when it is on the disk.
func TestWriter(t *testing.T) {
	dir := os.Getenv("RECOUNT_TEST_ARCHIVE")
	if dir == "" {
		t.Skip("run by TestKilledWriterLosesNothing")
	}
	first, err := strconv.Atoi(os.Getenv("RECOUNT_TEST_FIRST"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n := first; ; n++ {
		put(t, a, fmt.Sprint(n), pageOf(n))
		if err := a.Sync(); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("done %d\n", n)
	}
}

func TestKilledWriterLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills programs")
	}
	program, err := os.Executable()
	if err != nil {
		t.Skipf("the test cannot start itself: %v", err)
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(5, 6))
	acknowledged := -1
	for range 25 {
		cmd := exec.Command(program, "-test.run=^TestWriter$")
		cmd.Env = append(os.Environ(), "RECOUNT_TEST_ARCHIVE="+dir, "RECOUNT_TEST_FIRST="+strconv.Itoa(acknowledged+1))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(random.IntN(60_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		said, err := io.ReadAll(bufio.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		kill.Stop()
		_ = cmd.Wait() // killed
		for line := range strings.Lines(string(said)) {
			if s, ok := strings.CutPrefix(line, "done "); ok && strings.HasSuffix(s, "\n") {
				if acknowledged, err = strconv.Atoi(strings.TrimSpace(s)); err != nil {
					t.Fatal(err)
				}
			}
		}
		a, err := OpenArchive(dir)
		if err != nil {
			t.Fatal(err)
		}
		there := map[string]bool{}
		found, bad := scanned(t, a, nil)
		for _, f := range found {
			there[f.Capture.Name] = true
			n, err := strconv.Atoi(f.Capture.Name)
			if err != nil {
				t.Fatal(err)
			}
			if p, err := a.Payload(f.Capture.Record); err != nil || !bytes.Equal(p, pageOf(n)) {
				t.Errorf("page %d = %d bytes, %v", n, len(p), err)
			}
		}
		if bad > 0 {
			t.Errorf("%d damaged records", bad)
		}
		for n := range acknowledged + 1 {
			if !there[strconv.Itoa(n)] {
				t.Errorf("page %d was acknowledged and is lost", n)
			}
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("killed 25 times, %d pages acknowledged, none lost", acknowledged+1)
}
