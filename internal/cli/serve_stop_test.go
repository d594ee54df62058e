//go:build !windows

package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A serve that is stopped while pages listen to events, and while a browser
// holds a connection in advance, closes the study: it ends well, nothing is
// left in a write-ahead log, and a checkpoint covers what was decided.
func TestServeStopsWhilePagesAreOpen(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the program is not built")
	}
	exe, dir := program(t), filepath.Join(t.TempDir(), "study")
	if out, err := exec.Command(exe, "demo", dir, "--no-serve").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	checkpoints := func() []byte {
		b, err := os.ReadFile(filepath.Join(dir, "checkpoints.txt"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		before := checkpoints()
		cmd := exec.Command(exe, "serve", dir, "--addr", "127.0.0.1:0", "--as", "ada")
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatalf("serve printed %q, %v", line, err)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		r := &reviewer{base: strings.Fields(line)[1], client: &http.Client{Jar: jar}}
		var session struct {
			Study struct {
				ID string `json:"id"`
			} `json:"study"`
		}
		if code, err := r.ask("GET", "/session", nil, &session); err != nil || code != http.StatusOK {
			t.Fatalf("session %d, %v", code, err)
		}
		r.study = session.Study.ID
		for range 3 {
			w, err := http.Get(r.base + "api/v1/events")
			if err != nil {
				t.Fatal(err)
			}
			defer w.Body.Close()
			if s, err := bufio.NewReader(w.Body).ReadString('\n'); err != nil || !strings.HasPrefix(s, "retry:") {
				t.Fatalf("events began with %q, %v", s, err)
			}
		}
		unused, err := net.Dial("tcp", strings.Trim(strings.TrimPrefix(r.base, "http://"), "/"))
		if err != nil {
			t.Fatal(err)
		}
		defer unused.Close()
		for n := range 3 {
			var reply struct {
				Saved []string `json:"saved"`
			}
			body := map[string]any{"drafts": []map[string]any{{"do": "memo", "text": fmt.Sprint(sig, " ", n)}}}
			if code, err := r.ask("POST", "/decisions", body, &reply); err != nil || code != http.StatusOK || len(reply.Saved) != 1 {
				t.Fatalf("decision %d, %v, %v", code, err, reply)
			}
		}
		if err := cmd.Process.Signal(sig); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil || said.Len() > 0 {
			t.Errorf("%v: %v\n%s", sig, err, said.Bytes())
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*-wal")); err != nil || len(left) > 0 {
			t.Errorf("%v left %v, %v", sig, left, err)
		}
		if after := checkpoints(); len(after) <= len(before) {
			t.Errorf("%v: no checkpoint was kept: %d bytes, before %d", sig, len(after), len(before))
		}
	}
}
