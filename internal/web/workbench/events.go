package workbench

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"recount"
)

// An event tells open pages that something changed.
type event struct {
	Version  int64    `json:"version"`
	Actor    string   `json:"actor" doc:"who decided; empty if a step did it"`
	Tab      string   `json:"tab" doc:"of the browser in which it was decided; empty if elsewhere"`
	Headline []number `json:"headline"`
	Changed  changed  `json:"changed"`
	Frame    bool     `json:"frame,omitempty" doc:"what the session says of the study is another: question, who counts, variables, codes"`
	Job      *job     `json:"job,omitempty" doc:"a long step went on; then nothing else is set"`
	Jobs     []job    `json:"jobs,omitempty" doc:"all long steps, or those that went on"`
}

// hub passes events to the pages that are open.
type hub struct {
	mu     sync.Mutex
	to     map[chan []byte]string // who listens
	blind  func(actor string) bool
	closed bool
}

// A page that takes nothing for so many events is left out and must ask again.
const eventsWaiting = 64

func (h *hub) join(actor string) (chan []byte, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, false
	}
	if h.to == nil {
		h.to = map[chan []byte]string{}
	}
	c := make(chan []byte, eventsWaiting)
	h.to[c] = actor
	return c, true
}

func (h *hub) leave(c chan []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.to[c]; there {
		delete(h.to, c)
		close(c)
	}
}

// tell tells what changed in the study as seen by one person, "" if by
// everybody. Who is blind hears of what others see that the frame is another,
// and nothing else, nor they of what is seen so.
func (h *hub) tell(e event, seen string) {
	if e.Headline == nil {
		e.Headline = []number{}
	}
	b, err := json.Marshal(e)
	if err != nil {
		return
	}
	// That a round began or the codebook is another is everybody's.
	shared, err := json.Marshal(event{Version: e.Version, Headline: []number{}, Changed: nothingChanged(), Frame: true})
	if err != nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for c, actor := range h.to {
		b := b
		switch blind := h.blind != nil && h.blind(actor); {
		case blind && seen == "" && e.Frame:
			b = shared
		case blind && seen != viewOf(actor), !blind && seen != "":
			continue
		}
		select {
		case c <- b:
		default: // it reads too slowly
			delete(h.to, c)
			close(c)
		}
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for c := range h.to {
		delete(h.to, c)
		close(c)
	}
}

// heartbeat keeps a connection alive, and finds out that a page is gone.
const heartbeat = 20 * time.Second

// events streams what changes to one page (server-sent events).
func (s *Server) events(c *call) (any, error) {
	ch, ok := s.hub.join(c.who.Actor)
	if !ok {
		return nil, fmt.Errorf("%w: the server is stopping", recount.ErrConflict)
	}
	defer s.hub.leave(ch)
	rc := http.NewResponseController(c.w)
	_ = rc.SetWriteDeadline(time.Time{}) // as long as the page is open
	_ = rc.SetReadDeadline(time.Time{})
	c.w.Header().Set("Content-Type", "text/event-stream")
	c.w.WriteHeader(http.StatusOK)
	fmt.Fprint(c.w, "retry: 1000\n\n")
	_ = rc.Flush()
	t := time.NewTicker(heartbeat)
	defer t.Stop()
	for {
		select {
		case <-c.r.Context().Done():
			return nil, errAnswered
		case <-t.C:
			if _, err := fmt.Fprint(c.w, ": here\n\n"); err != nil {
				return nil, errAnswered
			}
		case b, ok := <-ch:
			if !ok {
				return nil, errAnswered
			}
			if _, err := fmt.Fprintf(c.w, "data: %s\n\n", b); err != nil {
				return nil, errAnswered
			}
		}
		if err := rc.Flush(); err != nil {
			return nil, errAnswered
		}
	}
}
