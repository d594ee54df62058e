package workbench

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/study"
)

type studyRow struct {
	Folder string `json:"folder" doc:"name of the folder"`
	Title  string `json:"title"`
	Open   bool   `json:"open"`
}

type studyList struct {
	Folder string     `json:"folder" doc:"in which the studies lie"`
	Items  []studyRow `json:"items"`
}

type studyRequest struct {
	Open     string   `json:"open,omitempty" doc:"folder of a study that is opened"`
	New      string   `json:"new,omitempty" doc:"folder of a study that is made"`
	Title    string   `json:"title,omitempty"`
	Question string   `json:"question,omitempty"`
	Who      []string `json:"who,omitempty" doc:"who counts: each condition is a question answered yes, no or unclear; 'left: Has he left?' gives it a short name"`
	From     string   `json:"from,omitempty"`
	To       string   `json:"to,omitempty"`
	Record   []string `json:"record,omitempty" doc:"variables: 'home', 'home: Where from?' or 'home: Where from? = North (Nerth, the fells), South', further words in brackets"`
	Copy     string   `json:"copy,omitempty" doc:"folder into which the open study is copied"`
}

// parent is the folder in which studies lie: the one that was given, or the
// one that holds the study that was given.
func (s *Server) parent() string {
	dir := s.o.Folder
	if study.Exists(dir) {
		if abs, err := filepath.Abs(dir); err == nil {
			return filepath.Dir(abs)
		}
	}
	return dir
}

// beside returns the path of a folder beside the studies. Its name is one
// folder, so that nothing is made or opened elsewhere.
func (s *Server) beside(name string) (string, error) {
	if name == "" || name != filepath.Base(name) || strings.HasPrefix(name, ".") || strings.ContainsAny(name, `/\:*?"<>|`) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }) ||
		deviceName(name) || strings.TrimRight(name, ". ") != name {
		return "", bad("folder", "give the name of a folder, without a path", "%.80q is no name of a folder", name)
	}
	const longest = 200 // bytes; file systems take 255
	if len(name) > longest {
		return "", bad("folder", "give a shorter name", "the name of the folder is too long")
	}
	return filepath.Join(s.parent(), name), nil
}

// studies lists the studies of the folder.
func (s *Server) studies(c *call) (any, error) {
	entries, err := os.ReadDir(s.parent())
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	current := ""
	if s.study != nil {
		current, _ = filepath.Abs(s.study.Dir)
	}
	s.mu.Unlock()
	out := studyList{Folder: filepath.Base(s.parent()), Items: []studyRow{}}
	if abs, err := filepath.Abs(s.parent()); err == nil {
		out.Folder = filepath.Base(abs)
	}
	for _, e := range entries {
		dir := filepath.Join(s.parent(), e.Name())
		if !e.IsDir() || !study.Exists(dir) {
			continue
		}
		abs, _ := filepath.Abs(dir)
		out.Items = append(out.Items, studyRow{e.Name(), study.TitleOf(dir), abs == current})
	}
	return out, nil
}

// changeStudy opens, makes or copies a study.
func (s *Server) changeStudy(c *call) (any, error) {
	req, err := in[studyRequest](c)
	if err != nil {
		return nil, err
	}
	for _, x := range slices.Concat([][2]string{{"title", req.Title}, {"question", req.Question}}, each("who", req.Who), each("record", req.Record)) {
		if err := checkName(x[0], x[1]); err != nil {
			return nil, err
		}
	}
	for _, x := range [][2]string{{"from", req.From}, {"to", req.To}} {
		if _, err := recount.ParseDate(x[1]); x[1] != "" && err != nil {
			return nil, bad(x[0], "write it as 2014, 2014-01 or 2014-01-31", "%.40q is no day, month or year", x[1])
		}
	}
	switch {
	case req.Open != "":
		dir, err := s.beside(req.Open)
		if err != nil {
			return nil, err
		}
		if err := s.open(c.ctx, dir, c.who.Actor); err != nil {
			return nil, err
		}
	case req.New != "":
		dir, err := s.beside(req.New)
		if err != nil {
			return nil, err
		}
		st, err := study.Init(c.ctx, dir, study.Setup{Title: req.Title, Question: req.Question, Who: req.Who, From: req.From, To: req.To, Record: req.Record}, s.by(c.who.Actor))
		if err != nil {
			return nil, err
		}
		if err := errors.Join(st.Close(), s.open(c.ctx, dir, c.who.Actor)); err != nil {
			return nil, err
		}
	case req.Copy != "":
		dir, err := s.beside(req.Copy)
		if err != nil {
			return nil, err
		}
		if err := s.copyTo(c, dir); err != nil {
			return nil, err
		}
	default:
		return nil, bad("open", "open one, make a new one, or save a copy", "nothing is asked for")
	}
	return s.studies(c)
}

func each(field string, values []string) (out [][2]string) {
	for _, v := range values {
		out = append(out, [2]string{field, v})
	}
	return out
}

// copyTo saves a copy of the open study while nobody changes it.
func (s *Server) copyTo(c *call, dir string) error {
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return recount.WithHint(fmt.Errorf("%s: %w: there is something of that name", filepath.Base(dir), recount.ErrConflict), "choose a new name")
	}
	return patiently(c.ctx, func() error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.study == nil {
			return errNoStudy
		}
		return s.changing(c.ctx, func() error { return s.study.CopyTo(c.ctx, dir) })
	})
}

// studiesView is what the page of the studies shows who reads without
// JavaScript.
type studiesView struct {
	studyList
	Shown string // id of the study that is open; anyStudy if none is
}

// shown is the id of the study that is open. The study is held.
func (s *Server) shown() string {
	if s.study == nil {
		return anyStudy
	}
	return s.study.ID
}

// studiesPage lists the studies for who reads without JavaScript.
func (s *Server) studiesPage(w http.ResponseWriter, r *http.Request) {
	out, err := s.studies(&call{ctx: r.Context(), w: w, r: r})
	if err != nil {
		s.pageFailed(w, r, http.StatusInternalServerError, problem{Error: "the studies could not be listed", Hint: "look whether the folder can be read"})
		return
	}
	list := out.(studyList)
	s.mu.Lock()
	p := s.frame(s.who(r))
	v := studiesView{list, s.shown()}
	s.mu.Unlock()
	p.Title, p.Content, p.Data = "Studies", v, pageData{Page: "studies", Content: list}
	s.show(w, r, http.StatusOK, "studies.html", p)
}

// fromForm reports whether a request is the form of the page of the studies, as
// the browser says: a form cannot send the header that all other changes need.
func fromForm(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/studies" && r.Header.Get("Sec-Fetch-Site") == "same-origin"
}

// openForm opens a study for who reads without JavaScript. It needs no name, as
// reading needs none; who codes blind stays in the study, as in the API.
func (s *Server) openForm(w http.ResponseWriter, r *http.Request) {
	if !fromForm(r) {
		s.pageFailed(w, r, http.StatusForbidden, problem{Error: "the request does not come from the page of the studies", Hint: "open that page and choose a study there"})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, longestBody)
	name, shown := r.PostFormValue("open"), r.PostFormValue("shown")
	s.mu.Lock()
	open, blind := s.shown(), s.blind(s.who(r).Actor)
	s.mu.Unlock()
	switch {
	case blind:
		s.pageFailed(w, r, http.StatusForbidden, problem{Error: "you code in a blind round, and others would see another study", Hint: "open it when the round is closed"})
		return
	case shown != open:
		s.pageFailed(w, r, http.StatusConflict, problem{Error: "another study is open now, and nothing was saved", Hint: "go to the list of studies again"})
		return
	}
	dir, err := s.beside(name)
	if err == nil {
		err = s.open(r.Context(), dir, s.who(r).Actor)
	}
	if err != nil {
		s.pageFailed(w, r, http.StatusBadRequest, problem{Error: "this study could not be opened", Hint: cmpHint(recount.HintOf(err), "look whether its folder can be read")})
		return
	}
	w.Header().Set("Location", "/")
	w.WriteHeader(http.StatusSeeOther)
}
