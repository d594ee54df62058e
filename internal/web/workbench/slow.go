package workbench

import (
	"io"
	"net/http"
	"time"
)

// A controller lets a large request take its time, as long as it goes on.
type controller struct{ rc *http.ResponseController }

func httpController(w http.ResponseWriter) controller {
	return controller{http.NewResponseController(w)}
}

// patience is how long a part of an upload may take.
const patience = time.Minute

func (c controller) extend() { _ = c.rc.SetReadDeadline(time.Now().Add(patience)) }

// reader extends the deadline with each piece that comes.
func (c controller) reader(r io.Reader) io.Reader { return &slowly{r, c} }

type slowly struct {
	io.Reader
	c controller
}

func (s *slowly) Read(p []byte) (int, error) {
	s.c.extend()
	return s.Reader.Read(p)
}

func httpLimit(w http.ResponseWriter, r io.ReadCloser, most int64) io.ReadCloser {
	return http.MaxBytesReader(w, r, most)
}
