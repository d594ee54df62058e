// Package web shows produced reports in a browser.
//
// In: the folder that holds them, one folder a report, each with its
// manifest.json. Out: an http.Handler that serves them for reading only, and
// Serve, which runs it on this machine.
//
// Who asks is not known, so what is served must be safe from the other pages
// in the same browser: every answer forbids scripts, frames and loading from
// elsewhere; a request for a host name that is not this machine is refused,
// or a site could point its own name here (DNS rebinding) and read along; so
// is one that a page of another site makes in the background. Nothing can be
// changed: only GET and HEAD are answered.
//
// Limits: there are no users and no passwords. Whoever may open a port of this
// machine can read the reports, so Serve stays on the loopback address unless
// told otherwise. Give it the file system of an os.Root, which does not follow
// links out of the folder.
package web

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"recount"
	"recount/internal/web/workbench"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

var templates = template.Must(template.ParseFS(templateFiles, "templates/*.html"))

// Options say what is allowed.
type Options struct {
	AllowRemote bool   // other machines may read: any address to listen on, any host name to ask for
	At          string // path under which the reports lie ("/reports"); "" is the root
	OwnStyle    bool   // pages may carry their style in themselves
	Stopping    func() // Serve calls it when it begins to stop, to end answers that never end by themselves
}

type server struct {
	root fs.FS
	Options
}

// Handler serves the reports in root. If root is itself a report, it serves
// that one.
func Handler(root fs.FS, o Options) http.Handler {
	s := &server{root, o}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.home)
	mux.HandleFunc("GET /_/style.css", s.style)
	mux.HandleFunc("GET /{path...}", s.file)
	return s.guard(http.StripPrefix(o.At, mux))
}

// guard sets the headers of every answer and refuses what may not be asked.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, v := range headers {
			h.Set(v[0], v[1])
		}
		if s.OwnStyle {
			h.Set(headers[0][0], strings.Replace(headers[0][1], "style-src 'self'", "style-src 'self' 'unsafe-inline'", 1))
		}
		switch {
		case !s.AllowRemote && !workbench.Loopback(r.Host):
			s.fail(w, http.StatusMisdirectedRequest, "this machine does not answer to that name", "open the address that recount printed, which begins with http://127.0.0.1")
		case r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate":
			s.fail(w, http.StatusForbidden, "another site asked for this page in the background", "open the page itself")
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			h.Set("Allow", "GET, HEAD")
			s.fail(w, http.StatusMethodNotAllowed, "reports can only be read here", "decide with the commands of recount, then produce the report again")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

var headers = [...][2]string{
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Frame-Options", "DENY"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Embedder-Policy", "require-corp"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"X-Robots-Tag", "noindex, nofollow"},
	{"Cache-Control", "no-store"}, // a report names people; it must not stay in a browser's cache
}

const (
	manifestName = "manifest.json"
	indexName    = "index.html"
	maxManifest  = 512 << 20 // bytes; one that is larger is listed by the name of its folder
)

// A listed report is one line of the home page.
type listed struct {
	Dir   string `json:"-"`
	Title string `json:"title"`
	Kind  string `json:"kind"`
	AsOf  string `json:"as_of"` // RFC 3339
	Day   string `json:"-"`
}

// reports lists the reports in the root, the newest first.
func (s *server) reports() ([]listed, error) {
	dirs, err := fs.ReadDir(s.root, ".")
	if err != nil {
		return nil, err
	}
	var out []listed
	for _, d := range dirs {
		if !d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			continue
		}
		if _, err := fs.Stat(s.root, path.Join(d.Name(), indexName)); err != nil {
			continue
		}
		l := listed{}
		if f, err := s.root.Open(path.Join(d.Name(), manifestName)); err == nil {
			// What cannot be read is listed by the name of its folder.
			_ = readHead(io.LimitReader(f, maxManifest), &l)
			f.Close()
		}
		l.Dir = d.Name()
		l.Title = cmp.Or(l.Title, d.Name())
		if t, err := time.Parse(time.RFC3339, l.AsOf); err == nil {
			l.AsOf, l.Day = t.UTC().Format(time.RFC3339), t.UTC().Format("2 January 2006")
		} else {
			l.AsOf = ""
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b listed) int {
		return cmp.Or(cmp.Compare(b.AsOf, a.AsOf), cmp.Compare(a.Dir, b.Dir))
	})
	return out, nil
}

// readHead reads the first fields of a manifest and stops at its first list,
// so that a long one is not read to its end.
func readHead(r io.Reader, l *listed) error {
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return cmp.Or(err, recount.ErrInvalid)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		value, err := d.Token()
		if err != nil {
			return err
		}
		if _, ok := value.(json.Delim); ok {
			return nil
		}
		text, _ := value.(string)
		switch key {
		case "title":
			l.Title = text
		case "kind":
			l.Kind = text
		case "as_of":
			l.AsOf = text
		}
	}
	return nil
}

// home leads to the report if there is one, and lists them if there are more.
func (s *server) home(w http.ResponseWriter, r *http.Request) {
	if _, err := fs.Stat(s.root, manifestName); err == nil {
		s.send(w, r, indexName)
		return
	}
	list, err := s.reports()
	if err != nil {
		s.failWith(w, err)
		return
	}
	switch len(list) {
	case 0:
		hint := "run recount report, then load this page again"
		switch s.At { // who works in the browser writes it there
		case "":
		case "/editions":
			hint = "write one on the page Public edition, then load this page again"
		default:
			hint = "write it on the page Report, then load this page again"
		}
		s.fail(w, http.StatusNotFound, "no report has been produced yet", hint)
	case 1:
		w.Header().Set("Location", s.folderURL(list[0].Dir))
		w.WriteHeader(http.StatusSeeOther)
	default:
		s.page(w, http.StatusOK, "home.html", struct {
			At   string
			List []listed
		}{s.At, list})
	}
}

// folderURL is the address of a folder on this server.
func (s *server) folderURL(name string) string {
	return (&url.URL{Path: s.At + "/" + name + "/"}).String()
}

func (s *server) style(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	http.ServeFileFS(w, r, staticFiles, "static/style.css")
}

// file serves one file of a report.
func (s *server) file(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("path")
	if strings.HasSuffix(name, "/") {
		name += indexName
	}
	s.send(w, r, name)
}

// mediaTypes are the kinds of file a report holds; no other is served.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".json": "application/json",
	".svg":  "image/svg+xml",
	".png":  "image/png",
	".md":   "text/plain; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
	".csv":  "text/csv; charset=utf-8",
}

func (s *server) send(w http.ResponseWriter, r *http.Request, name string) {
	// Windows takes a backslash for a slash and a colon for a drive.
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") || hidden(name) {
		s.failWith(w, recount.ErrNotFound)
		return
	}
	info, err := fs.Stat(s.root, name)
	if err != nil {
		s.failWith(w, err)
		return
	}
	if info.IsDir() {
		if _, err := fs.Stat(s.root, path.Join(name, indexName)); err != nil {
			s.failWith(w, recount.ErrNotFound)
			return
		}
		w.Header().Set("Location", s.folderURL(name))
		w.WriteHeader(http.StatusMovedPermanently)
		return
	}
	kind := mediaTypes[strings.ToLower(path.Ext(name))]
	if kind == "" || !info.Mode().IsRegular() {
		s.failWith(w, recount.ErrNotFound)
		return
	}
	f, err := s.root.Open(name)
	if err != nil {
		s.failWith(w, err)
		return
	}
	defer f.Close()
	content, ok := f.(io.ReadSeeker)
	if !ok {
		s.failWith(w, errors.ErrUnsupported)
		return
	}
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, name, time.Time{}, content)
}

// hidden reports whether a name has a part that begins with a point: a report
// that is just being written lies in such a folder.
func hidden(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), func(p string) bool { return strings.HasPrefix(p, ".") })
}

// failWith answers with the page that fits an error. Its text is not shown:
// it may name files of this machine.
func (s *server) failWith(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, recount.ErrNotFound), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrInvalid):
		s.fail(w, http.StatusNotFound, "this page is not part of a report here", "go back to the list of reports; if the report was produced again, its pages may have new names")
	default:
		s.fail(w, http.StatusInternalServerError, "this page could not be read", "load it again; if that does not help, produce the report again")
	}
}

func (s *server) fail(w http.ResponseWriter, status int, what, hint string) {
	s.page(w, status, "error.html", struct {
		At               string
		Status           int
		Name, What, Hint string
	}{s.At, status, http.StatusText(status), what, hint})
}

func (s *server) page(w http.ResponseWriter, status int, name string, view any) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, view); err != nil {
		http.Error(w, "this page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the reader may have gone
}
