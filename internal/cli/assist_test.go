package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const boatPage = `<!DOCTYPE html><html lang="en"><head><title>Ferry stops at Sandwick</title>
<meta property="og:site_name" content="The Sandwick Post">
<meta property="article:published_time" content="2014-05-14T09:00:00Z">
<link rel="canonical" href="https://post.example/ferry"></head><body><article>
<h1>Ferry stops at Sandwick</h1>
<p>The ferry between Sandwick and the mainland stopped on Monday. The harbour was empty in the afternoon, and the ticket window stayed shut.</p>
<p>"We were told nothing at all about it," said Maria Holt. "I have sold tickets here for eleven years, and I left my post in April."</p>
<p>The company has three boats and forty workers. Two of the company's boats are in the yard for repairs that began in the winter and have not ended.</p>
<p>The engineer of the island, Peter Lund, was seen on the pier before the storm, and nobody has seen him since.</p>
</article></body></html>`

// recountSays runs a command and returns what it prints.
func recountSays(t *testing.T, code int, args ...string) (out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	if got := Main(args, strings.NewReader(""), &o, &e); got != code {
		t.Fatalf("recount %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, code, &o, &e)
	}
	return o.String(), e.String()
}

// What a model suggests is listed with the command that types it in; nothing is
// saved until somebody runs that command, and then nothing is suggested again.
func TestAssistSuggestsAndSavesNothing(t *testing.T) {
	t.Setenv("RECOUNT_TIME", "2026-01-31T12:00:00Z")
	offers, err := json.Marshal([]map[string]string{
		{"quote": "We were told nothing at all about it,", "speaker": "Maria Holt", "type": "direct"},
		{"quote": "Two of the company's boats are in the yard", "speaker": "Peter Lund", "type": "indirect"},
		{"quote": "The company has betrayed us", "speaker": "Maria Holt", "type": "direct"},
		{"quote": "The harbour was empty", "speaker": "Ada Stone", "type": "indirect"},
	})
	if err != nil {
		t.Fatal(err)
	}
	reply, err := json.Marshal(map[string]any{"choices": []any{map[string]any{"message": map[string]string{"content": string(offers)}}}})
	if err != nil {
		t.Fatal(err)
	}
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		w.Write(reply)
	}))
	defer server.Close()

	dir := t.TempDir()
	pages, study := filepath.Join(dir, "pages"), filepath.Join(dir, "study")
	if err := os.Mkdir(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(pages, "post.html"), []byte(boatPage), 0o600); err != nil {
		t.Fatal(err)
	}
	recountSays(t, exitDone, "run", "-q", "--study", study, pages)
	before, _ := recountSays(t, exitDone, "export", "--study", study)
	ask := []string{"assist", "--study", study, "--endpoint", server.URL, "--model", "small"}

	said, warned := recountSays(t, exitDone, ask...)
	if want := fmt.Sprintf("the text of 1 article is sent to %s; what comes back is suggestion only, and nothing is saved\n", server.URL); warned != want {
		t.Errorf("assist warns %q, want %q", warned, want)
	}
	if want := "1 article asked about: 4 offered: 1 new, 1 the program has, 0 offered twice, 1 with words that are not in the article, 1 with a speaker who is not in it, 0 unreadable\n"; !strings.HasSuffix(said, want) {
		t.Errorf("assist says\n%s\nwant at its end\n%s", said, want)
	}
	if after, _ := recountSays(t, exitDone, "export", "--study", study); after != before {
		t.Errorf("assist changed the study")
	}

	var command []string
	for _, line := range strings.Split(said, "\n") {
		if c, ok := strings.CutPrefix(strings.TrimSpace(line), "recount type "); ok {
			// A script writes an apostrophe within quotation marks doubled.
			command = append(scriptWords(strings.ReplaceAll("type "+c, `'\''`, "''")), "--study", study)
		}
	}
	if command == nil {
		t.Fatalf("assist says no command:\n%s", said)
	}
	typed, _ := recountSays(t, exitDone, command...)
	if !strings.HasSuffix(typed, "\n1 decision saved\n") || !strings.HasPrefix(typed, "in: Two of the company's boats") {
		t.Errorf("%q says %q", command, typed)
	}
	if said, _ := recountSays(t, exitDone, ask...); !strings.Contains(said, ": 4 offered: 0 new, 2 the program has") || strings.Contains(said, "recount type") {
		t.Errorf("assist says after its suggestion was typed in\n%s", said)
	}

	status = http.StatusInternalServerError
	if said, _ := recountSays(t, exitItems, ask...); !strings.Contains(said, "not read: the server answers 500") || !strings.Contains(said, "1 article not read") {
		t.Errorf("assist says of a server that fails\n%s", said)
	}
}

func TestShellWord(t *testing.T) {
	for s, want := range map[string]string{
		"https://post.example/ferry": "https://post.example/ferry",
		"it's $(rm -r .)":            `'it'\''s $(rm -r .)'`,
		"":                           "''",
		"page.html#2":                "'page.html#2'",
	} {
		if got := shellWord(s); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", s, got, want)
		}
	}
}
