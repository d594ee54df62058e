package report

// This file writes a report as a folder of static pages: its front page, one
// page or more for each number, one for each article, and a manifest.
//
// In: an Index over what may be cited, blocks of the pages a report makes
// itself, and the evidence of its numbers. Out: files. Every page is blocks of a
// document (package document) in one frame. Pages are made one by one while they
// are written, so that memory does not grow with their number.

import (
	_ "embed"
	"errors"
	"html/template"
	"io"
	"strings"

	"recount/internal/report/document"
	"recount/internal/report/prose"
)

//go:embed templates/frame.html
var frameText string

//go:embed static/style.css
var styleSheet []byte

// frame is what stands around every page.
var frame = template.Must(template.New("").Funcs(template.FuncMap{"day": prose.Day, "short": prose.Short}).Parse(frameText))

// A Site is a report that is ready to be written.
type Site struct {
	Progress func(done, total int) // called by Write after each page, or nil

	x        *Index
	title    string
	kind     string // of a standard report
	pages    []page
	cited    []func() *evidence // all that the pages cite
	manifest *Manifest
}

type page struct {
	path  string
	write func(io.Writer) error
	made  func() ([]document.Block, [][]document.Inline) // what it shows; nil of a file beside the pages
}

// newSite begins a report of a kind ("pile" or "study") with its title.
func newSite(x *Index, kind, title string) *Site {
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

// Add puts a page on the site. Its blocks are made when it is written.
func (s *Site) Add(path, title string, blocks func() []document.Block) {
	s.addPage(path, title, func() ([]document.Block, [][]document.Inline) { return blocks(), nil })
}

// addPage puts a page on the site whose text has notes.
func (s *Site) addPage(path, title string, made func() ([]document.Block, [][]document.Inline)) {
	root := strings.Repeat("../", strings.Count(path, "/"))
	s.pages = append(s.pages, page{path, func(w io.Writer) error {
		f := s.Frame(root, title)
		err := frame.ExecuteTemplate(w, "head", f)
		blocks, notes := made()
		return errors.Join(err, document.HTML(w, root, blocks, notes), frame.ExecuteTemplate(w, "foot", f))
	}, made})
}

// The report as one document, to be read without a browser or by a program.
const (
	WordName     = "report.docx"
	MarkdownName = "report.md"
	JSONName     = "report.json"
)

// addDocument puts a document on the site: as the front page, as a Word file, as
// Markdown and as JSON.
func (s *Site) addDocument(d *document.Document) {
	s.addPage("index.html", d.Title, func() ([]document.Block, [][]document.Inline) { return d.Blocks, d.Notes })
	s.addFile(WordName, d.Word)
	s.addFile(MarkdownName, d.Markdown)
	s.addFile(JSONName, d.JSON)
}

// addFile puts a file beside the pages.
func (s *Site) addFile(path string, write func(io.Writer) error) {
	s.pages = append(s.pages, page{path, write, nil})
}

// AddEvidence puts the pages of all evidence on the site.
func (s *Site) AddEvidence(all []*evidence) {
	for _, e := range all {
		for n := range e.pageCount() {
			s.Add(e.page(n), e.title(), func() []document.Block { return e.blocks(s.x, n) })
		}
		s.Cites(func() *evidence { return e })
	}
}

// Cites puts the places of an evidence among the citations of the manifest.
// It is for pages that a report makes itself.
func (s *Site) Cites(e func() *evidence) { s.cited = append(s.cited, e) }

// AddCard puts one evidence on the site as a page of its own, all on one page.
func (s *Site) AddCard(path, title string, make func() *evidence) {
	s.Cites(make)
	s.Add(path, title, func() []document.Block {
		e := make()
		return e.shown(s.x, 0, len(e.Items), nil)
	})
}

// AddNumber puts a number in the manifest.
func (s *Site) AddNumber(n Number) { s.manifest.Numbers = append(s.manifest.Numbers, n) }

// AddArticles puts the page of every version of every article on the site.
func (s *Site) AddArticles() {
	for _, a := range s.x.Every {
		s.Add(ArticlePath(a.Key), prose.Title(a), func() []document.Block { return articleBlocks(s.x, a) })
	}
}
