package workbench

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"recount"
	"recount/internal/study"
)

// mediaTypes are the kinds of file that pages load; no other is served.
var mediaTypes = map[string]string{
	".js":    "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
	".png":   "image/png",
	".ico":   "image/x-icon",
}

// static serves the files of the pages. They hold nobody, so a browser may
// keep them as long as they are the same.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind := mediaTypes[strings.ToLower(path.Ext(name))]
	if kind == "" || s.o.Static == nil || !fs.ValidPath(name) {
		s.failWith(w, recount.ErrNotFound)
		return
	}
	b, err := fs.ReadFile(s.o.Static, name)
	if err != nil {
		s.failWith(w, fmt.Errorf("%w: no file of that name", recount.ErrNotFound))
		return
	}
	h := fnv.New64a()
	h.Write(b)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, h.Sum64()))
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(b))
}

// reports serves the produced reports for reading.
func (s *Server) reports(w http.ResponseWriter, r *http.Request) {
	s.folder(w, r, "/reports", (*study.Study).Reports)
}

// folder serves what was made of the study and lies in one folder of it.
func (s *Server) folder(w http.ResponseWriter, r *http.Request, at string, of func(*study.Study) (fs.FS, error)) {
	if s.o.Reports == nil {
		s.failWith(w, recount.ErrNotFound)
		return
	}
	s.mu.Lock()
	st, blind := s.study, s.blind(s.who(r).Actor)
	s.mu.Unlock()
	if blind {
		s.fail(w, http.StatusForbidden, problem{Error: "a report shows what others answered, and a blind round is open", Hint: "open it when the round is closed"})
		return
	}
	if st == nil {
		s.failWith(w, errNoStudy)
		return
	}
	root, err := of(st)
	if err != nil {
		s.failWith(w, err)
		return
	}
	if c, ok := root.(io.Closer); ok {
		defer c.Close()
	}
	s.o.Reports(root, at).ServeHTTP(w, r)
}

func readAll(r io.Reader) ([]byte, error) { return io.ReadAll(r) }
