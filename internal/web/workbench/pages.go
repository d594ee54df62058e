package workbench

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
)

//go:embed templates/*.html
var templateFiles embed.FS

var templates = template.Must(template.ParseFS(templateFiles, "templates/*.html"))

// A page is what a template shows.
type page struct {
	Title     string
	Study     string
	Language  string
	Direction string
	Theme     string // light or dark, if somebody chose one; else as the system has it
	Alone     string // what a blind round hides; "" outside one
	Headline  []number
	Content   any
	Data      any // for app.js: what the page shows, as the API sends it
}

// pageData is what app.js finds in the page.
type pageData struct {
	Page    string        `json:"page"`
	Key     string        `json:"key,omitempty"`
	Session *sessionReply `json:"session,omitempty"`
	Content any           `json:"content,omitempty"` // as the API sends it
}

// A screen is one address of the workbench.
type screen struct {
	path     string
	name     string // of the page, and of its template
	template string
	content  func(s *Server, c *call) (title string, data, view any, err error)
}

// pages puts the screens under their addresses.
func (s *Server) pages(mux *http.ServeMux) {
	for i := range screens {
		x := &screens[i]
		mux.HandleFunc("GET "+x.path, func(w http.ResponseWriter, r *http.Request) { s.screen(w, r, x) })
	}
	mux.HandleFunc("GET /studies", s.studiesPage)
	mux.HandleFunc("POST /studies", s.openForm)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.pageFailed(w, r, http.StatusNotFound, problem{Error: "There is no page at this address", Hint: "choose a page above"})
	})
}

const themeCookie = "recount_theme" // which pages write

func (s *Server) frame(c caller) page {
	p := page{Language: "en", Direction: "ltr", Headline: s.numbers}
	if s.blind(c.Actor) {
		p.Headline = nil
		p.Alone = "A blind round is open: the numbers are hidden, and nobody’s answers are shown."
		if c.Actor != "" {
			p.Alone = "You code in a blind round: what these pages show is your own work alone, not the study’s. The numbers are hidden until the round is closed."
		}
	}
	if c.Language != "" {
		p.Language = c.Language
	}
	if p.Language == "ar" {
		p.Direction = "rtl"
	}
	if s.study != nil && s.study.Config() != nil {
		p.Study = cmp.Or(s.study.Config().Title, filepath.Base(s.study.Dir))
	}
	return p
}

func (s *Server) screen(w http.ResponseWriter, r *http.Request, x *screen) {
	c := &call{ctx: r.Context(), who: s.who(r), w: w, r: r}
	var p page
	err := s.hold(r.Context(), c.who.Actor, func(b *casebook.Casebook) error {
		c.book = b
		out, err := s.session(c)
		if err != nil {
			return err
		}
		session := out.(sessionReply)
		p = s.frame(c.who)
		title, data, view, err := x.content(s, c)
		if err != nil {
			return err
		}
		p.Title, p.Content = title, view
		p.Data = pageData{Page: x.name, Key: r.PathValue("key"), Session: &session, Content: data}
		return nil
	})
	switch {
	case errors.Is(err, errNoStudy):
		w.Header().Set("Location", "/studies")
		w.WriteHeader(http.StatusSeeOther)
	case errors.Is(err, recount.ErrNotFound):
		s.pageFailed(w, r, http.StatusNotFound, problem{Error: err.Error(), Hint: cmpHint(recount.HintOf(err), "choose a page above")})
	case errors.Is(err, context.Canceled):
	case err != nil:
		s.pageFailed(w, r, http.StatusInternalServerError, problem{Error: "this page could not be made", Hint: "load it again"})
	default:
		s.show(w, r, http.StatusOK, x.template, p)
	}
}

func (s *Server) pageFailed(w http.ResponseWriter, r *http.Request, status int, p problem) {
	if strings.HasPrefix(r.Header.Get("Accept"), "application/json") {
		s.fail(w, status, p)
		return
	}
	s.mu.Lock()
	v := s.frame(s.who(r))
	s.mu.Unlock()
	v.Title, v.Content, v.Data = p.Error, p, pageData{Page: "error"}
	s.show(w, r, status, "error.html", v)
}

func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, name string, p page) {
	// The page begins in the colours that it will have.
	if k, err := r.Cookie(themeCookie); err == nil && (k.Value == "light" || k.Value == "dark") {
		p.Theme = k.Value
	}
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, p); err != nil {
		http.Error(w, "this page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the reader may have gone
}

// lines is the view of a page that has only lines.
type lines struct{ Lines []string }

// checked is the view of the public edition.
type checked struct {
	May         bool         // whoever asks may see what speaks against it
	Publication *publication // nil until it is asked for
}

// plainPage makes the page of an answer of the API: its lines are what of it
// can be read without JavaScript.
func plainPage[T any](title string, ask func(s *Server, c *call) (any, error), view func(v T) []string) func(s *Server, c *call) (string, any, any, error) {
	return func(s *Server, c *call) (string, any, any, error) {
		out, err := ask(s, c)
		if err != nil {
			return "", nil, nil, err
		}
		v, ok := out.(T)
		if p, is := out.(*T); is {
			v, ok = *p, true
		}
		if !ok {
			return title, out, lines{}, nil
		}
		return title, out, lines{view(v)}, nil
	}
}

var screens = []screen{
	{path: "/{$}", name: "next", template: "plain.html", content: plainPage("What to do next", (*Server).next, func(v nextReply) (out []string) {
		if v.Empty {
			out = append(out, "Nothing was added yet. Begin with a folder of pages, with addresses, or with the example study.")
		}
		for _, q := range v.Queues {
			minutes := "minutes"
			if q.Minutes == 1 {
				minutes = "minute"
			}
			out = append(out, fmt.Sprintf("%s: %d left, %s, about %d %s", q.Label, q.Left, q.Detail, q.Minutes, minutes))
		}
		for _, f := range v.Flow {
			out = append(out, fmt.Sprintf("%s: %d", f.Label, f.Count))
		}
		return out
	})},
	{path: "/collect", name: "collect", template: "plain.html", content: plainPage("Collect", (*Server).collect, func(v collectReply) (out []string) {
		for _, x := range v.Searches {
			out = append(out, fmt.Sprintf("%s, %s %s: %d offered, %d new, by %s", x.Day, x.Database, x.Query, x.Hits, x.Since, x.By))
		}
		for _, x := range v.Refused {
			out = append(out, fmt.Sprintf("refused: %s, %s", x.Name, x.Why))
		}
		for _, x := range v.Poor {
			out = append(out, fmt.Sprintf("reads poorly: %s, %s", x.Title, x.Why))
		}
		return out
	})},
	{path: "/articles", name: "articles", template: "articles.html", content: func(s *Server, c *call) (string, any, any, error) {
		out, err := s.articles(c)
		return "Articles", out, out, err
	}},
	{path: "/articles/{key}", name: "article", template: "article.html", content: (*Server).articlePage},
	{path: "/people", name: "people", template: "people.html", content: func(s *Server, c *call) (string, any, any, error) {
		out, err := s.people(c)
		return "People", out, out, err
	}},
	{path: "/people/{key}", name: "person", template: "person.html", content: (*Server).personScreen},
	{path: "/links", name: "links", template: "plain.html", content: plainPage("Same person?", (*Server).listPairs, func(v pairList) (out []string) {
		for _, p := range v.Items {
			out = append(out, fmt.Sprintf("%s (%s, %s) and %s (%s, %s): %d%%", p.A.Name, p.A.Outlet, p.A.Date, p.B.Name, p.B.Outlet, p.B.Date, (p.P+5)/10))
		}
		return out
	})},
	{path: "/figures", name: "figures", template: "plain.html", content: plainPage("Reported numbers", (*Server).figures, func(v figureReply) (out []string) {
		for _, q := range v.Items {
			out = append(out, q.Label+": "+q.Settled+" ("+q.Rule+")")
			for _, r := range q.Rows {
				out = append(out, fmt.Sprintf("%s, %s: %s. %s", r.Outlet, r.Date, r.Words, r.Why))
			}
		}
		return out
	})},
	{path: "/codes", name: "codes", template: "plain.html", content: plainPage("Codes", (*Server).codes, func(v codeList) (out []string) {
		for _, x := range v.Items {
			out = append(out, fmt.Sprintf("%s (%s, %s): %s", x.ID, plural(x.Accepted, "1 statement", "%d statements"), plural(x.People, "1 person", "%d people"), x.Brief))
		}
		return out
	})},
	{path: "/report", name: "report", template: "plain.html", content: plainPage("Report", (*Server).results, func(v resultList) (out []string) {
		for _, r := range v.Items {
			if len(r.Table) == 0 {
				out = append(out, r.Label+": "+r.Text)
				continue
			}
			out = append(out, r.Label)
			for _, x := range r.Table {
				out = append(out, x.Label+": "+x.Number.Text)
			}
		}
		return out
	})},
	{path: "/publish", name: "publish", template: "publish.html", content: func(s *Server, c *call) (string, any, any, error) {
		// The check takes a while: app.js asks for it, and who reads without it by a
		// link.
		switch {
		case !slices.Contains(s.may(c.who), maySetUp):
			return "Public edition", nil, checked{}, nil
		case c.query("list") == "":
			return "Public edition", nil, checked{May: true}, nil
		}
		out, err := s.publication(c)
		if err != nil {
			return "", nil, nil, err
		}
		v := out.(publication)
		return "Public edition", nil, checked{May: true, Publication: &v}, nil
	}},
	{path: "/history", name: "history", template: "plain.html", content: plainPage("History", (*Server).history, func(v historyList) (out []string) {
		for _, h := range v.Items {
			state := ""
			if !h.Live {
				state = " (does not hold any more)"
			}
			out = append(out, h.Time+", "+h.Actor+": "+h.Words+state)
		}
		return out
	})},
	{path: "/setup", name: "setup", template: "plain.html", content: func(s *Server, c *call) (string, any, any, error) {
		text, err := s.study.File("study.yaml")
		return "Set-up", nil, lines{strings.Split(text, "\n")}, err
	}},
	{path: "/help/{key}", name: "help", template: "plain.html", content: func(s *Server, c *call) (string, any, any, error) {
		p, err := helpOf(c.r.PathValue("key"))
		if err != nil {
			return "", nil, nil, err
		}
		var v lines
		for _, b := range p.Blocks {
			v.Lines = append(v.Lines, strings.Join(append(b.Items, b.Text), " "))
			for _, r := range b.Rows {
				v.Lines = append(v.Lines, strings.Join(r, ": "))
			}
		}
		return p.Title, p, v, nil
	}},
}

// personScreen shows one person.
func (s *Server) personScreen(c *call) (string, any, any, error) {
	c.r.SetPathValue("id", c.r.PathValue("key"))
	out, err := s.onePerson(c)
	if err != nil {
		return "", nil, nil, err
	}
	p := out.(personPage)
	return p.Name, p, p, nil
}

// A paragraph is one block of an article as a page without JavaScript shows it.
type paragraph struct{ Kind, Aside, Text string }

type articleView struct {
	*article
	Paragraphs []paragraph
	Newer      bool // the address is that of another version of the page
}

func (s *Server) articlePage(c *call) (string, any, any, error) {
	a, err := s.article(c.ctx, c.book, articleAt(c))
	if err != nil {
		return "", nil, nil, err
	}
	v := articleView{article: a, Newer: a.Row.Key != c.r.PathValue("key")}
	points := recount.NewCodePoints(a.Text)
	for _, b := range a.Blocks {
		if sp, ok := points.Span(b.Span); ok && sp.Within(a.Text) {
			v.Paragraphs = append(v.Paragraphs, paragraph{b.Kind, b.Aside, sp.In(a.Text)})
		}
	}
	title := a.Row.Title
	if title == "" {
		title = "Article"
	}
	return title, a, v, nil
}
