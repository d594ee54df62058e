package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A slow reader is a file that comes by and by.
type slowReader struct {
	lines []string
	pause time.Duration
}

func (r *slowReader) Read(b []byte) (int, error) {
	time.Sleep(r.pause)
	if len(r.lines) == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.lines[0])
	r.lines = r.lines[1:]
	return n, nil
}

// The program itself shows on a real terminal that it works, for a verb that says
// nothing of its steps.
func TestProgressOnATerminal(t *testing.T) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("SKIPPED: no terminals here: %v", err)
	}
	defer master.Close()
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	terminal, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	in := &slowReader{[]string{"{\"name1\":\"Ana Rossi\",", "\"name2\":\"A. Rossi\"}\n"}, 800 * time.Millisecond}
	var out bytes.Buffer
	if code := Main([]string{"match"}, in, &out, terminal); code != exitDone {
		t.Fatalf("match: %d", code)
	}
	if err := terminal.Close(); err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(master) // the end of a terminal is an error
	if !strings.Contains(string(said), "match (1s)") || !strings.HasSuffix(string(said), "\r\x1b[K") {
		t.Errorf("the terminal shows %q", said)
	}
}
