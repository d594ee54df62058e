package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A kill of recount copies leaves no word of what it compares in the folder of
// the system for temporary files, and the next run clears away the rest.
func TestKilledCopiesLeaveNoWords(t *testing.T) {
	exe := program(t)
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	for i := range 800 {
		text := strings.Repeat(fmt.Sprintf("The kanarievogel of house %d sang in the %dth winter beside the ferry. ", i%40, i%7), 12)
		if err := enc.Encode(map[string]any{"id": fmt.Sprint("kanarie", i), "text": text}); err != nil {
			t.Fatal(err)
		}
	}
	run := func(tmp string) *exec.Cmd {
		cmd := exec.Command(exe, "copies")
		cmd.Env = append(os.Environ(), "TMPDIR="+tmp)
		cmd.Stdin = bytes.NewReader(in.Bytes())
		return cmd
	}
	tmp := t.TempDir()
	began := time.Now()
	cmd := run(tmp)
	if out, err := cmd.Output(); err != nil || len(out) == 0 {
		t.Fatalf("copies: %v, %d bytes", err, len(out))
	}
	whole := time.Since(began)
	there := 0
	for n := range 6 {
		cmd := run(tmp)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole * time.Duration(n+1) / 7)
		cmd.Process.Kill()
		cmd.Wait()
		err := filepath.WalkDir(tmp, func(path string, d fs.DirEntry, err error) error {
			if err != nil || path == tmp {
				return err
			}
			there++
			if d.IsDir() {
				return nil
			}
			b, err := os.ReadFile(path)
			if bytes.Contains(b, []byte("kanarie")) {
				t.Errorf("kill %d leaves words in %s", n, filepath.Base(path))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if there == 0 {
		t.Error("no kill came while anything was there")
	}
	if _, err := run(tmp).Output(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("the next run leaves %v, %v", left, err)
	}
}
