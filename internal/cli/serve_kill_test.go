package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A reviewer decides in the browser's place.
type reviewer struct {
	base   string
	client *http.Client
	study  string // its id, once the session was asked
}

func (r *reviewer) ask(method, path string, body, out any) (int, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequest(method, r.base+"api/v1"+path, bytes.NewReader(b))
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-Recount", r.study)
	w, err := r.client.Do(req)
	if err != nil {
		return 0, err
	}
	defer w.Body.Close()
	answer, err := io.ReadAll(w.Body)
	if err != nil {
		return 0, err
	}
	if w.StatusCode == http.StatusOK {
		return w.StatusCode, json.Unmarshal(answer, out)
	}
	return w.StatusCode, nil
}

// A review that is killed at any moment loses no answer that was acknowledged,
// and the study opens again as it was: 4 kills, 100 under `make bars`.
func TestServeKilledDuringAReview(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no review is killed")
	}
	kills := times(4, 100)
	exe, dir := program(t), filepath.Join(t.TempDir(), "study")
	if out, err := exec.Command(exe, "demo", dir, "--no-serve").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	acknowledged := map[string]bool{}
	rnd := rand.New(rand.NewPCG(15, 6))
	for kill := range kills {
		cmd := exec.Command(exe, "serve", dir, "--addr", "127.0.0.1:0", "--as", "ada")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatalf("kill %d: serve printed %q, %v", kill, line, err)
		}
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		r := &reviewer{base: strings.Fields(line)[1], client: &http.Client{Jar: jar}}
		var session struct {
			Version int64 `json:"version"`
			Study   struct {
				ID string `json:"id"`
			} `json:"study"`
		}
		if code, err := r.ask("GET", "/session", nil, &session); err != nil || code != http.StatusOK {
			t.Fatalf("kill %d: session %d, %v", kill, code, err)
		}
		r.study = session.Study.ID
		time.AfterFunc(time.Duration(rnd.IntN(400))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		for n := 0; ; n++ {
			var reply struct {
				Version int64    `json:"version"`
				Saved   []string `json:"saved"`
			}
			drafts := []map[string]any{{"do": "memo", "text": fmt.Sprint("thought ", kill, " ", n)}, {"do": "memo", "text": fmt.Sprint("second thought ", kill, " ", n)}}
			code, err := r.ask("POST", "/decisions", map[string]any{"version": session.Version, "drafts": drafts}, &reply)
			if err != nil {
				break // it was killed
			}
			if code != http.StatusOK || len(reply.Saved) != 2 {
				t.Fatalf("kill %d: decision %d, %v", kill, code, reply)
			}
			for _, id := range reply.Saved {
				acknowledged[id] = true
			}
			session.Version = reply.Version
		}
		_ = cmd.Wait()
	}
	said, err := exec.Command(exe, "decisions", "export", "--study", dir).Output()
	if err != nil {
		t.Fatal(err)
	}
	halves := map[string]int{}
	for line := range bytes.Lines(said) {
		var d struct {
			ID    string `json:"id"`
			Group string `json:"group"`
			Actor string `json:"actor"`
		}
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		delete(acknowledged, d.ID)
		if d.Actor == "ada" && d.Group != "" {
			halves[d.Group]++
		}
	}
	if len(acknowledged) > 0 {
		t.Errorf("%d acknowledged decisions are lost", len(acknowledged))
	}
	for g, n := range halves {
		if n != 2 {
			t.Errorf("group %s was saved by %d of its 2 answers", g, n)
		}
	}
	if len(halves) < kills {
		t.Errorf("%d answers in %d reviews: the test tries too little", len(halves), kills)
	}
	if out, err := exec.Command(exe, "recheck", "--study", dir).CombinedOutput(); err != nil {
		t.Errorf("recheck after %d kills: %v\n%s", kills, err, out)
	}
	t.Logf("%d kills, %d answers kept", kills, 2*len(halves))
}
