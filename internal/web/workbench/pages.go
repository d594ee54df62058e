package workbench

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"
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
	title    string
	template string
	content  func(s *Server, c *call) (title string, data, view any, err error)
}

// pages puts the screens under their addresses.
func (s *Server) pages(mux *http.ServeMux) {
	for i := range screens {
		x := &screens[i]
		mux.HandleFunc("GET "+x.path, func(w http.ResponseWriter, r *http.Request) { s.screen(w, r, x) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.pageFailed(w, r, http.StatusNotFound, problem{Error: "There is no page at this address", Hint: "choose a page above"})
	})
}

func (s *Server) frame(c caller) page {
	p := page{Language: "en", Direction: "ltr", Headline: s.numbers}
	if c.Language != "" {
		p.Language = c.Language
	}
	if p.Language == "ar" {
		p.Direction = "rtl"
	}
	if s.study != nil && s.study.Config() != nil {
		p.Study = s.study.Config().Title
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
		s.show(w, http.StatusOK, x.template, p)
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
	s.show(w, status, "error.html", v)
}

func (s *Server) show(w http.ResponseWriter, status int, name string, p page) {
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

func soon(title, about string) func(s *Server, c *call) (string, any, any, error) {
	return func(*Server, *call) (string, any, any, error) { return title, nil, lines{[]string{about}}, nil }
}

var screens = []screen{
	{path: "/{$}", name: "next", template: "plain.html", content: soon("Next", "What to do next, in the order of its effect on the count.")},
	{path: "/collect", name: "collect", template: "plain.html", content: soon("Collect", "What was collected, and what was refused.")},
	{path: "/articles", name: "articles", template: "articles.html", content: func(s *Server, c *call) (string, any, any, error) {
		out, err := s.articles(c)
		return "Articles", out, out, err
	}},
	{path: "/articles/{key}", name: "article", template: "article.html", content: (*Server).articlePage},
	{path: "/people", name: "people", template: "plain.html", content: soon("People", "The people who count.")},
	{path: "/people/{key}", name: "person", template: "plain.html", content: soon("Person", "One person.")},
	{path: "/links", name: "links", template: "plain.html", content: soon("Same person?", "Pairs of speakers who may be one person.")},
	{path: "/figures", name: "figures", template: "plain.html", content: soon("Reported numbers", "What outlets report.")},
	{path: "/codes", name: "codes", template: "plain.html", content: soon("Codes", "The codebook.")},
	{path: "/report", name: "report", template: "plain.html", content: soon("Report", "The report with its numbers.")},
	{path: "/history", name: "history", template: "plain.html", content: soon("History", "Every decision.")},
	{path: "/setup", name: "setup", template: "plain.html", content: soon("Set-up", "What the study asks and how it counts.")},
	{path: "/help/{key}", name: "help", template: "plain.html", content: soon("Help", "The manual.")},
}

// A paragraph is one block of an article as a page without JavaScript shows it.
type paragraph struct{ Kind, Aside, Text string }

type articleView struct {
	*article
	Paragraphs []paragraph
}

func (s *Server) articlePage(c *call) (string, any, any, error) {
	a, err := s.article(c.ctx, c.book, recount.Key(c.r.PathValue("key")))
	if err != nil {
		return "", nil, nil, err
	}
	v := articleView{article: a}
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
