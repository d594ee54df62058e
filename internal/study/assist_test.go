package study

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/quotes"
)

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/assist/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// study returns a study of one article, in which the program has read what
// stands in quotation marks.
func study(t *testing.T) ([]*recount.Article, map[recount.Key]*recount.Reading) {
	t.Helper()
	a := &recount.Article{Key: "ferry", Name: "ferry.txt", Text: read(t, "ferry.txt")}
	place := func(words string) recount.Span {
		i := strings.Index(a.Text, words)
		if i < 0 {
			t.Fatalf("no %q in the article", words)
		}
		return recount.Span{Start: i, End: i + len(words)}
	}
	var said []recount.Statement
	for _, words := range []string{"We were told nothing at all about it,", "I have sold tickets here for eleven years."} {
		said = append(said, recount.Statement{Article: a.Key, Quotation: recount.Quotation{Content: []recount.Span{place(words)}}})
	}
	lund := recount.Speaker{Article: a.Key, ID: "s2", Name: "Peter Lund", Mention: place("Peter Lund"), Mentions: []recount.Span{place("Peter Lund")}}
	return []*recount.Article{a}, map[recount.Key]*recount.Reading{a.Key: {Article: a.Key, Statements: said, Speakers: []recount.Speaker{lund},
		Sentences: []recount.Sentence{{Span: place("Two of the boats are in the yard for repairs"), Role: recount.OffTopic}}}}
}

// recorded serves one answer to everything.
func recorded(t *testing.T, status int, body string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

func ask(t *testing.T, o AssistOptions) ([]Suggestion, AssistTotal, bool, error) {
	t.Helper()
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	o.Model = "small"
	articles, readings := study(t)
	x, err := newAssistant(articles, readings, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Articles) != 1 {
		t.Fatalf("%d articles to ask about, want 1", len(x.Articles))
	}
	var n AssistTotal
	out, fatal, err := x.Ask(context.Background(), x.Articles[0], &n)
	return out, n, fatal, err
}

func TestRecordedReplies(t *testing.T) {
	tests := []struct {
		name string
		file string
		want quotes.AssistCounts
	}{
		{"what the program has and one that it has not", "good.json", quotes.AssistCounts{Offered: 3, Known: 2, New: 1}},
		{"a code fence", "fenced.json", quotes.AssistCounts{Offered: 3, Known: 2, New: 1}},
		{"an invented quotation", "invented_quotation.json", quotes.AssistCounts{Offered: 4, Known: 2, New: 1, NotVerbatim: 1}},
		{"an invented speaker", "invented_speaker.json", quotes.AssistCounts{Offered: 1, NoSuchSpeaker: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, n, _, err := ask(t, AssistOptions{Endpoint: recorded(t, 200, read(t, tt.file)).URL})
			if err != nil {
				t.Fatal(err)
			}
			if n != (AssistTotal{Asked: 1, AssistCounts: tt.want}) {
				t.Errorf("counted %+v, want %+v", n, tt.want)
			}
			if len(out) != tt.want.New {
				t.Fatalf("%d suggestions, want %d", len(out), tt.want.New)
			}
			for _, s := range out {
				if w := s.Words[0].In(read(t, "ferry.txt")); w != "Two of the boats are in the yard for repairs" || s.Known == nil || s.Known.ID != "s2" || !s.Aside || !s.First {
					t.Errorf("suggested %q by %+v, aside %v, first %v", w, s.Known, s.Aside, s.First)
				}
			}
		})
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	tests := []struct {
		name   string
		status int
		body   string
		fatal  bool
		says   string
	}{
		{"broken JSON", 200, read(t, "broken.json"), false, "the reply is no list of quotations"},
		{"a reply that was cut off", 200, read(t, "cut_off.json"), false, "cut off before its end"},
		{"an error in place of an answer", 200, read(t, "no_choices.json"), false, "not one of an OpenAI-compatible server"},
		{"a web page", 200, "<html>", false, "not one of an OpenAI-compatible server"},
		{"an over-long reply", 200, `{"choices":[{"message":{"content":"[` + strings.Repeat(" ", quotes.MostAssist) + `]"}}]}`, false, "longer than 256 kB"},
		{"an over-long response", 200, strings.Repeat(" ", mostResponse+1), false, "longer than 2048 kB"},
		{"a failure of the server", 500, "Maria Holt said", false, "the server answers 500 Internal Server Error"},
		{"no such model", 404, "", true, "the server answers 404 Not Found"},
		{"no entrance", 401, "", true, "the server answers 401 Unauthorized"},
		{"a redirect", 307, "", true, "to another address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, n, fatal, err := ask(t, AssistOptions{Endpoint: recorded(t, tt.status, tt.body).URL})
			if err == nil || !strings.Contains(err.Error(), tt.says) || fatal != tt.fatal {
				t.Fatalf("Ask = fatal %v, %v; want fatal %v, %q", fatal, err, tt.fatal, tt.says)
			}
			if strings.Contains(err.Error(), "Holt") {
				t.Errorf("the error repeats the server's words: %v", err)
			}
			if n != (AssistTotal{Failed: 1}) || out != nil {
				t.Errorf("counted %+v, suggested %v", n, out)
			}
		})
	}
}

func TestASlowServerIsLeft(t *testing.T) {
	left := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-left
	}))
	defer s.Close()
	defer close(left)
	_, n, fatal, err := ask(t, AssistOptions{Endpoint: s.URL, Timeout: 100 * time.Millisecond})
	if err == nil || !strings.Contains(err.Error(), "no reply within 100ms") || fatal || n.Failed != 1 {
		t.Errorf("Ask = %+v, fatal %v, %v; want no reply", n, fatal, err)
	}
}

func TestNoServer(t *testing.T) {
	s := recorded(t, 200, "")
	s.Close()
	_, _, fatal, err := ask(t, AssistOptions{Endpoint: s.URL})
	if !errors.Is(err, recount.ErrNotFound) || !fatal || recount.HintOf(err) == "" {
		t.Errorf("Ask = fatal %v, %v; want that nobody answers", fatal, err)
	}
}

// Where a redirect leads, the text of an article does not go.
func TestARedirectIsNotFollowed(t *testing.T) {
	reached := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer other.Close()
	s := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer s.Close()
	if _, _, _, err := ask(t, AssistOptions{Endpoint: s.URL}); err == nil || reached {
		t.Errorf("Ask = %v, the other server was reached: %v", err, reached)
	}
}

func TestNoProxyIsAsked(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://192.0.2.1:9")
	t.Setenv("ALL_PROXY", "http://192.0.2.1:9")
	if _, n, _, err := ask(t, AssistOptions{Endpoint: recorded(t, 200, read(t, "good.json")).URL, Timeout: 10 * time.Second}); err != nil || n.New != 1 {
		t.Errorf("Ask = %+v, %v", n, err)
	}
	c, err := newClient(AssistOptions{Endpoint: "https://model.example", Model: "small", Remote: true})
	if err != nil || c.http.Transport.(*http.Transport).Proxy != nil {
		t.Errorf("newClient = %v; a proxy would be asked", err)
	}
}

// The connection itself is refused, whatever a name leads to.
func TestTheConnectionIsChecked(t *testing.T) {
	c, err := newClient(AssistOptions{Endpoint: "http://localhost:1", Model: "small", Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	c.url.Host = "192.0.2.1:9" // as if localhost led there
	_, fatal, err := c.ask(context.Background(), "", "")
	if !errors.Is(err, recount.ErrRefused) || !fatal {
		t.Errorf("ask = fatal %v, %v; want a refusal", fatal, err)
	}
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		name     string
		endpoint string
		remote   bool
		want     string // "" if it is refused
	}{
		{"this machine", "http://127.0.0.1:11434", false, "http://127.0.0.1:11434/v1/chat/completions"},
		{"with the version", "http://localhost:8080/v1/", false, "http://localhost:8080/v1/chat/completions"},
		{"in IPv6", "http://[::1]:8080", false, "http://[::1]:8080/v1/chat/completions"},
		{"below a path", "http://127.0.0.2/models", false, "http://127.0.0.2/models/v1/chat/completions"},
		{"another machine", "http://192.0.2.7:8000", false, ""},
		{"a name", "https://model.example", false, ""},
		{"a name that begins like this machine", "http://127.0.0.1.example", false, ""},
		{"any address of this machine and others", "http://0.0.0.0:8000", false, ""},
		{"another machine that is allowed", "https://model.example", true, "https://model.example/v1/chat/completions"},
		{"no scheme", "127.0.0.1:11434", false, ""},
		{"a file", "file:///etc/hosts", true, ""},
		{"a password", "http://a:b@127.0.0.1", false, ""},
		{"a query", "http://127.0.0.1/?to=elsewhere", false, ""},
		{"nothing", "", true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := newClient(AssistOptions{Endpoint: tt.endpoint, Model: "small", Remote: tt.remote})
			switch {
			case tt.want == "" && (err == nil || recount.HintOf(err) == ""):
				t.Errorf("newClient = %v, want a refusal with a hint", err)
			case tt.want != "" && (err != nil || c.url.String() != tt.want):
				t.Errorf("newClient = %v, want %s", err, tt.want)
			}
		})
	}
	if _, err := newClient(AssistOptions{Endpoint: "http://127.0.0.1", Model: " "}); err == nil {
		t.Error("newClient takes a model without a name")
	}
}

// What is sent is the text and nothing else of the article.
func TestWhatIsSent(t *testing.T) {
	var path string
	var sent request
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path = r.Method + " " + r.URL.Path
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			t.Error(err)
		}
		io.WriteString(w, read(t, "good.json"))
	}))
	defer s.Close()
	if _, _, _, err := ask(t, AssistOptions{Endpoint: s.URL}); err != nil {
		t.Fatal(err)
	}
	if path != "POST /v1/chat/completions" || sent.Model != "small" || sent.Stream || len(sent.Messages) != 2 || sent.Messages[0].Role != "system" {
		t.Fatalf("sent %s, %+v", path, sent)
	}
	if m := sent.Messages[1]; m.Role != "user" || m.Content != "The article:\n\n"+read(t, "ferry.txt") {
		t.Errorf("sent %q", m.Content)
	}
}
