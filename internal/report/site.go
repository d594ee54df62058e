package report

// This file writes a report as a folder of static pages: its front page, one
// page or more for each number, one for each article, and a manifest.
//
// In: an Index over what may be cited, views for the pages a report makes
// itself, and the evidence of its numbers. Out: files. Pages are made one by
// one while they are written, so that memory does not grow with their number.
// Text of the news reaches a page only through html/template.

import (
	"embed"
	"html/template"
	"io"

	"recount/internal/report/cite"
	"recount/internal/report/words"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/style.css
var styleSheet []byte

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"plural": words.Plural, "day": words.Day, "dates": words.Dates, "short": words.Short,
}).ParseFS(templateFiles, "templates/*.html"))

// execute writes one template.
func execute(w io.Writer, name string, view any) error {
	return templates.ExecuteTemplate(w, name, view)
}

// A Site is a report that is ready to be written.
type Site struct {
	Progress func(done, total int) // called by Write after each page, or nil

	x        *cite.Index
	title    string
	kind     string // of a standard report
	pages    []page
	cited    []func() *evidence // all that the pages cite
	manifest *Manifest
}

type page struct {
	path  string
	write func(io.Writer) error
}

// newSite begins a report of a kind ("pile" or "study") with its title.
func newSite(x *cite.Index, kind, title string) *Site {
	return &Site{x: x, title: title, manifest: newManifest(x, kind, title)}
}

// Pages returns how many pages Write writes.
func (s *Site) Pages() int { return len(s.pages) }

// Manifest returns what the report is made of. Its files and citations are
// filled in by Write.
func (s *Site) Manifest() *Manifest { return s.manifest }

// A Frame is what every page of a report shows around its content.
type Frame struct {
	Root     string // from the page to the top of the site: "" or "../"
	Title    string
	Report   string // title of the report
	Question string
	StudyID  string
	Program  string
	AsOf     string
	Log      string
	Counted  string // root over the ids of what is counted
	Kind     string // of a standard report: "brief"; "" of the others
}

// Frame returns the frame of a page.
func (s *Site) Frame(root, title string) Frame {
	return Frame{Root: root, Title: title, Report: s.title, Question: s.x.Question,
		StudyID: s.x.StudyID, Program: s.x.Program, AsOf: s.x.AsOf, Log: s.x.Log, Counted: s.x.Root, Kind: s.kind}
}

// Add puts a page on the site. Its view is made when it is written.
func (s *Site) Add(path, name string, view func() any) {
	s.pages = append(s.pages, page{path, func(w io.Writer) error { return execute(w, name, view()) }})
}

// The report of a study as one document, to be read without a browser.
const (
	WordName     = "report.docx"
	MarkdownName = "report.md"
)

// addFile puts a file beside the pages.
func (s *Site) addFile(path string, write func(io.Writer) error) {
	s.pages = append(s.pages, page{path, write})
}

// AddEvidence puts the pages of all evidence on the site.
func (s *Site) AddEvidence(all []*evidence) {
	for _, e := range all {
		for n := range e.pageCount() {
			s.Add(e.page(n), "evidence.html", func() any { return s.evidenceView(e, n) })
		}
		s.Cites(func() *evidence { return e })
	}
}

// Cites puts the places of an evidence among the citations of the manifest.
// It is for pages that a report makes itself.
func (s *Site) Cites(e func() *evidence) { s.cited = append(s.cited, e) }

// AddCard puts one evidence on the site as a page of its own, all on one page.
func (s *Site) AddCard(path string, make func() *evidence) {
	s.Cites(make)
	s.Add(path, "evidence.html", func() any {
		e := make()
		v := evidenceView{Frame: s.Frame("../", e.Number), evidence: e, First: 1}
		for i := range e.Items {
			v.Cards = append(v.Cards, e.Items[i].Card(s.x, "../"))
		}
		return v
	})
}

// AddNumber puts a number in the manifest.
func (s *Site) AddNumber(n Number) { s.manifest.Numbers = append(s.manifest.Numbers, n) }

// AddArticles puts the page of every version of every article on the site.
func (s *Site) AddArticles() {
	for _, a := range s.x.Every {
		s.Add(cite.ArticlePath(a.Key), "article.html", func() any { return s.articleView(a) })
	}
}
