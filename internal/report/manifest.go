package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"recount"
)

// ManifestName is the file of a report that says what it is made of.
const ManifestName = "manifest.json"

// ManifestFormat is the version of the manifest's format.
const ManifestFormat = 1

// A Manifest says what a report was made of and what it prints: enough to
// hash, replay and count everything again. Sum is the SHA-256 of the manifest
// as written with an empty Sum, so that a changed byte in the manifest itself
// shows.
type Manifest struct {
	Format    int           `json:"format"`
	Kind      string        `json:"kind"` // "pile" or "study"
	Title     string        `json:"title"`
	Study     string        `json:"study"` // id of the study
	Program   string        `json:"program"`
	AsOf      string        `json:"as_of"`          // RFC 3339: the newest decision or capture
	Log       string        `json:"log"`            // hash over the ids of the live decisions
	Root      string        `json:"root,omitempty"` // of the Merkle tree over the sorted ids of captures and live decisions, in base 64
	Rules     []string      `json:"rules"`          // counting rules that were on
	Sum       string        `json:"sum"`
	Inputs    []Input       `json:"inputs"`
	Numbers   []Number      `json:"numbers"`
	Files     []File        `json:"files"` // every file but the manifest, by path
	Citations []CitedPlaces `json:"citations"`
	Frozen    string        `json:"frozen,omitempty"` // name of a version that was kept
	Since     *Version      `json:"since,omitempty"`  // the version that its changes are told from
}

// A Version is a report that was kept, by the size and root of the log that it
// was counted from.
type Version struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Root string `json:"root"`
	AsOf string `json:"as_of"`
}

// An Input is one capture that the report is made of.
type Input struct {
	Name   string `json:"name"`   // URI or file name
	SHA256 string `json:"sha256"` // of the payload
}

// A File is one file of the report.
type File struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"` // in bytes
	SHA256 string `json:"sha256"`
}

// A Number is one number that the report prints. Row is the position of a row
// in its table or trend, counted from one, and 0 for the result itself.
type Number struct {
	Name      string   `json:"name"`
	Row       int      `json:"row,omitempty"`
	Label     string   `json:"label"`
	Unit      string   `json:"unit"`
	N         int      `json:"n"`
	Of        int      `json:"of"` // 0 if it is not a part of a whole
	Range     [2]int   `json:"range"`
	OfRange   [2]int   `json:"of_range"`
	Share     [4]int   `json:"share_range"`     // low k, low n, high k, high n
	Exact     bool     `json:"exact"`           // the ranges are reached, not only proven
	Questions int      `json:"questions"`       // open ones that move it
	Machine   int      `json:"machine"`         // machine-read, not yet looked at
	Ratio     *[4]int  `json:"ratio,omitempty"` // cases, months or days, and those they are compared with
	Cases     []string `json:"cases,omitempty"` // ids of those counted
	Cells     []Number `json:"cells,omitempty"` // of a row of a cross-tab
	Page      string   `json:"page"`            // its evidence page
}

// CitedPlaces are the places of one article that the report cites.
type CitedPlaces struct {
	Page   string  `json:"page"` // as recount.Article.Page
	Part   string  `json:"part,omitempty"`
	Text   string  `json:"text"` // SHA-256 of the text that the spans refer to
	Places []Cited `json:"places"`
}

// A Cited is one cited place: its spans in code points, half-open, and its
// words, which must stand there.
type Cited struct {
	Spans [][2]int `json:"spans"`
	Exact []string `json:"exact"`
}

// A Fault is one thing about a report on disk that does not hold.
type Fault struct {
	What string // "manifest", "file" or "citation"
	Name string // the file or page
	Text string // one sentence
	Hint string // the next step
}

// newManifest fills in all but the files.
func newManifest(x *Index, kind, title string) *Manifest {
	m := &Manifest{
		Format: ManifestFormat, Kind: kind, Title: title, Study: x.StudyID, Program: x.Program,
		AsOf: x.AsOf, Log: x.Log, Root: x.Root, Rules: append([]string{}, x.Rules...),
		Numbers: []Number{}, Files: []File{}, Citations: []CitedPlaces{},
	}
	m.Inputs = Inputs(x.Material)
	return m
}

// Inputs lists the captures that a report on m is made of.
func Inputs(m *Material) []Input {
	out := []Input{}
	for _, c := range m.Captures {
		out = append(out, Input{c.Name, c.Hash})
	}
	slices.SortFunc(out, func(a, b Input) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.SHA256, b.SHA256))
	})
	return out
}

// citations lists every place that the evidence cites, once.
func citations(x *Index, all []func() *evidence) []CitedPlaces {
	out := []CitedPlaces{}
	byArticle := map[recount.Key]map[string]Place{}
	for _, e := range all {
		for _, it := range e().Items {
			for _, c := range it.Cites {
				k := c.Article.Key
				if byArticle[k] == nil {
					byArticle[k] = map[string]Place{}
				}
				byArticle[k][c.Place.ID] = c.Place
			}
		}
	}
	for _, a := range x.Every {
		places := byArticle[a.Key]
		if len(places) == 0 {
			continue
		}
		cp := recount.NewCodePoints(a.Text)
		c := CitedPlaces{Page: a.Page(), Part: a.Part, Text: recount.HashText(a.Text)}
		for _, p := range places {
			var one Cited
			for _, s := range p.Spans {
				one.Spans = append(one.Spans, cp.Points(s))
				one.Exact = append(one.Exact, s.In(a.Text))
			}
			c.Places = append(c.Places, one)
		}
		slices.SortFunc(c.Places, func(s, t Cited) int {
			return slices.CompareFunc(s.Spans, t.Spans, func(a, b [2]int) int {
				return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
			})
		})
		c.Places = slices.CompactFunc(c.Places, func(s, t Cited) bool { return slices.Equal(s.Spans, t.Spans) })
		out = append(out, c)
	}
	return out
}

// bytes returns the manifest as it is written, with its sum.
func (m *Manifest) bytes() ([]byte, error) {
	m.Sum = ""
	b, err := m.marshal()
	if err != nil {
		return nil, err
	}
	s := sha256.Sum256(b)
	m.Sum = hex.EncodeToString(s[:])
	return m.marshal()
}

func (m *Manifest) marshal() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(m)
	return b.Bytes(), err
}

// ReadManifest reads a manifest and checks its own sum.
func ReadManifest(b []byte) (*Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, recount.WithHint(fmt.Errorf("report manifest: %w: %v", recount.ErrTampered, err), "produce the report again")
	}
	if m.Format > ManifestFormat {
		return nil, recount.WithHint(fmt.Errorf("report manifest of format %d: %w", m.Format, recount.ErrNewer), "use the newer recount")
	}
	was := m.Sum
	again, err := m.bytes()
	if err != nil {
		return nil, err
	}
	if m.Sum != was || !bytes.Equal(again, b) {
		return nil, recount.WithHint(fmt.Errorf("report manifest: its bytes do not match its own sum: %w", recount.ErrTampered), "produce the report again")
	}
	return &m, nil
}

// Check hashes every file of a report again and looks up every cited place.
// find returns the article of a page whose text has this hash, or nil. The
// numbers are not counted again here; they are in m.Numbers for that.
func (m *Manifest) Check(files fs.FS, find func(page, part, textHash string) *recount.Article) []Fault {
	var faults []Fault
	known := map[string]bool{ManifestName: true}
	for _, f := range m.Files {
		known[f.Path] = true
		sum, err := hashFile(files, f.Path)
		switch {
		case err != nil:
			faults = append(faults, Fault{"file", f.Path, "this file of the report is not there any more or cannot be read", "produce the report again"})
		case sum != f.SHA256:
			faults = append(faults, Fault{"file", f.Path, "this file of the report was changed after it was produced", "produce the report again and compare the two"})
		}
	}
	// A file that the manifest does not name was put there by somebody else.
	_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir():
		case !known[path]:
			faults = append(faults, Fault{"file", path, "this file is not part of the report as it was produced", "look who put it there, then produce the report again"})
		case d.Type()&fs.ModeSymlink != 0:
			faults = append(faults, Fault{"file", path, "it is a link to a file elsewhere, which may be another one tomorrow", "look who put it there, then produce the report again"})
		}
		return nil
	})
	for _, c := range m.Citations {
		a := find(c.Page, c.Part, c.Text)
		if a == nil {
			faults = append(faults, Fault{"citation", c.Page, "the text that the report cites is not in the study", "see whether its capture was erased, else restore derived.db with rebuild"})
			continue
		}
		if recount.HashText(a.Text) != c.Text {
			faults = append(faults, Fault{"citation", c.Page, "the text of this page is not the one that the report cites", "produce the report again; recheck then says which numbers move"})
			continue
		}
		cp := recount.NewCodePoints(a.Text)
		for _, p := range c.Places {
			for i, points := range p.Spans {
				s, ok := cp.Span(points)
				if !ok || i >= len(p.Exact) || s.End > len(a.Text) || s.In(a.Text) != p.Exact[i] {
					faults = append(faults, Fault{"citation", c.Page, fmt.Sprintf("the words cited at code points %d to %d do not stand there", points[0], points[1]), "produce the report again"})
				}
			}
		}
	}
	return faults
}

func hashFile(files fs.FS, path string) (string, error) {
	f, err := files.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
