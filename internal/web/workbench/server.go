package workbench

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// Options say what is served, and to whom.
type Options struct {
	Folder      string // of a study, or one that holds studies
	Study       study.Options
	Actor       string // signed in from the start; "" = nobody
	Round       string // of coding
	AllowRemote bool   // other machines may ask
	Static      fs.FS  // app.js, app.css and what they need
	Reports     func(root fs.FS, at string) http.Handler
}

// A Server serves one study at a time.
type Server struct {
	o Options

	mu    sync.Mutex // holds the study: one looks or changes at a time
	study *study.Study
	memory

	last   string           // who asked last of those who are signed in, in whose name study files that changed are logged
	asking string           // who asks while the study is held; "" = nobody who is signed in
	views  map[string]*view // what those see who must not see others' answers
	seen   string           // whose view is in the place of the study; "" = everybody's

	hub  hub
	jobs jobs
	mux  http.Handler
}

// How often other programs' decisions are looked for; how long an answer waits
// in all for a step that changes the study, and how long it holds the study
// while it looks whether that step is over: in between others read.
const (
	pollPause    = 500 * time.Millisecond
	waitTime     = 15 * time.Minute
	lockPatience = 5 * time.Millisecond
	lockPause    = 100 * time.Millisecond
)

// New opens the study in the folder; a folder that holds studies is listed.
func New(ctx context.Context, o Options) (*Server, error) {
	s := &Server{o: o, last: o.Actor}
	s.jobs.server = s
	if study.Exists(o.Folder) {
		if err := s.open(ctx, o.Folder, o.Actor); err != nil {
			return nil, err
		}
	}
	s.mux = s.routes()
	return s, nil
}

// by are the options of a study in which somebody who is signed in decides.
// Nobody decides under a name that nobody gave: without one, what changed in
// study files waits for somebody.
func (s *Server) by(actor string) study.Options {
	o := s.o.Study
	o.Actor = cmp.Or(actor, s.o.Actor)
	return o
}

// open puts a study in the place of the one that is open, in the name of whoever
// asks for it.
func (s *Server) open(ctx context.Context, dir, actor string) error {
	st, err := study.Open(ctx, dir, s.by(actor))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var fault error
	if s.study != nil {
		fault = s.study.Close()
	}
	s.closeViews()
	s.study = st
	if err := s.remember(ctx); err != nil {
		s.study = nil
		return errors.Join(fault, err, st.Close())
	}
	return fault
}

// EndEvents ends the answers that last as long as a page is open; without it a
// server that stops would wait for them.
func (s *Server) EndEvents() { s.hub.close() }

// Close ends what is running and closes the study.
func (s *Server) Close() error {
	s.jobs.close()
	s.hub.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.study == nil {
		return nil
	}
	s.closeViews()
	err := s.study.Close()
	s.study = nil
	return err
}

// Watch looks for what other programs saved until ctx is done, and tells open
// pages.
func (s *Server) Watch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pollPause):
		}
		err := s.holdAll(ctx, "", func(*casebook.Casebook) error { return nil })
		if err != nil && ctx.Err() == nil {
			slog.Debug("look for changes", "error", err)
		}
	}
}

var errNoStudy = recount.WithHint(fmt.Errorf("%w: no study is open", recount.ErrNotFound), "choose a study or make a new one")

// hold runs f with the study in memory as it is now, as whoever asks may see
// it. It is the one place where the study is looked at or changed; what f gets
// must not leave it.
func (s *Server) hold(ctx context.Context, actor string, f func(*casebook.Casebook) error) error {
	return s.holdAll(ctx, actor, func(all *casebook.Casebook) error {
		if !s.blind(actor) {
			return f(all)
		}
		return s.asSeen(ctx, actor, f)
	})
}

// holdAll runs f with everybody's answers.
func (s *Server) holdAll(ctx context.Context, actor string, f func(*casebook.Casebook) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.study == nil {
		return errNoStudy
	}
	s.asking = actor
	if actor != "" {
		s.last = actor
	}
	s.study.As(s.last)
	book, err := s.refreshed(ctx)
	if err != nil {
		return err
	}
	return f(book)
}

// refreshed returns the study as it is now.
func (s *Server) refreshed(ctx context.Context) (*casebook.Casebook, error) {
	book, err := s.study.Casebook(ctx)
	if errors.Is(err, recount.ErrInvalid) || errors.Is(err, recount.ErrNewer) || errors.Is(err, recount.ErrConflict) {
		book, err = s.study.Loaded(ctx) // a study file is half written or damaged: the last one goes on being used
	}
	if err != nil {
		return nil, err
	}
	if book.Version() != s.version || book.Derived() != s.derived {
		err = s.notice(ctx, book)
	}
	return book, err
}

// A caller is who asks.
type caller struct {
	Actor    string
	Language string
	Tab      string // of the browser, as it names itself; "" if it does not
}

// What a person may do.
const (
	mayRead    = "read"
	mayDecide  = "decide"
	maySetUp   = "set_up"
	mayLead    = "lead" // the moves about rounds: none of them shows an answer
	mayCollect = "collect"
)

// may lists what a caller may do. Whoever is signed in on this machine may do
// everything; who is not may read; who codes blind decides, and who leads a round
// meanwhile makes, closes and hands out rounds. The study is held.
func (s *Server) may(c caller) []string {
	switch {
	case c.Actor == "":
		return []string{mayRead}
	case s.blind(c.Actor) && s.study.Config().Leads(c.Actor):
		return []string{mayRead, mayDecide, mayLead}
	case s.blind(c.Actor):
		return []string{mayRead, mayDecide}
	}
	return []string{mayRead, mayDecide, maySetUp, mayCollect, mayLead}
}

const (
	cookieName  = "recount"
	headerSign  = "X-Recount" // the id of the study that is meant
	anyStudy    = "1"         // in its place: whichever is open
	headerTab   = "X-Recount-Tab"
	longestBody = 4 << 20 // bytes of a JSON request
)

// who reads who asks.
func (s *Server) who(r *http.Request) caller {
	c := caller{Actor: s.o.Actor, Tab: r.Header.Get(headerTab)}
	if len(c.Tab) > 64 {
		c.Tab = ""
	}
	k, err := r.Cookie(cookieName)
	if err != nil {
		return c
	}
	b, err := base64.RawURLEncoding.DecodeString(k.Value)
	if err != nil {
		return c
	}
	v, err := url.ParseQuery(string(b))
	if err != nil {
		return c
	}
	c.Actor, c.Language = v.Get("actor"), v.Get("language")
	if recount.CheckCoder(c.Actor) != nil || c.Actor == recount.DefaultActor {
		c.Actor = ""
	}
	return c
}

func signedCookie(c caller) *http.Cookie {
	v := url.Values{"actor": {c.Actor}, "language": {c.Language}}
	return &http.Cookie{Name: cookieName, Value: base64.RawURLEncoding.EncodeToString([]byte(v.Encode())), Path: "/", HttpOnly: true,
		SameSite: http.SameSiteStrictMode, MaxAge: 400 * 24 * 3600}
}

// A route is one thing that the API can be asked.
type route struct {
	method, path string
	needs        string // what the caller must be allowed
	about        string // one sentence, for the documentation
	query        []param
	in, out      any   // types of the body and the answer; nil: none
	free         bool  // it does not hold the study; the handler does
	most         int64 // bytes of the body; 0 = longestBody
	whole        bool  // it works on everybody's answers, whoever asks, and shows none of them to who is blind
	tagged       bool  // the answer is a function of the study's version
	handle       func(s *Server, c *call) (any, error)
}

type param struct{ name, about string }

// A call is one request that is being answered.
type call struct {
	ctx  context.Context
	who  caller
	book *casebook.Casebook // nil of a free route
	w    http.ResponseWriter
	r    *http.Request
	body []byte

	texts map[recount.Key]*sheet  // articles that were read for this answer
	asked map[recount.Key][]asked // and their speakers
}

// in decodes the body of a request.
func in[T any](c *call) (v T, err error) {
	d := json.NewDecoder(strings.NewReader(string(c.body)))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, recount.WithHint(fmt.Errorf("%w: the request is no JSON of the documented form: %w", recount.ErrInvalid, err), "look at /api/v1/openapi.json")
	}
	if d.More() {
		return v, recount.WithHint(fmt.Errorf("%w: the request holds more than one value", recount.ErrInvalid), "look at /api/v1/openapi.json")
	}
	return v, nil
}

func (c *call) query(name string) string { return c.r.URL.Query().Get(name) }

var errAnswered = errors.New("answered already")

// answer serves one route: it asks who, and whether they may, here and nowhere
// else.
func (s *Server) answer(rt *route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &call{ctx: r.Context(), who: s.who(r), w: w, r: r}
		s.mu.Lock()
		may := s.may(c.who)
		s.mu.Unlock()
		switch {
		case slices.Contains(may, rt.needs):
		case c.who.Actor != "":
			s.failWith(w, errBlind)
			return
		default:
			s.fail(w, http.StatusForbidden, problem{Error: "nobody is signed in", Hint: "say who you are first: every decision carries a name"})
			return
		}
		if rt.free {
			s.mu.Lock()
			err := s.meant(rt, r)
			s.mu.Unlock()
			if err != nil {
				s.failWith(w, err)
				return
			}
		}
		if rt.in != nil {
			b, err := readAll(http.MaxBytesReader(w, r.Body, cmp.Or(rt.most, longestBody)))
			if err != nil {
				s.failWith(w, err)
				return
			}
			c.body = b
		}
		var out any
		do := func() (err error) {
			out, err = rt.handle(s, c)
			return err
		}
		once := func() error {
			ctx, cancel := context.WithTimeout(r.Context(), answerTime)
			defer cancel()
			c.ctx = ctx
			hold := s.hold
			if rt.whole {
				hold = s.holdAll
			}
			return hold(ctx, c.who.Actor, func(b *casebook.Casebook) error {
				c.book = b
				if err := s.meant(rt, r); err != nil {
					return err
				}
				if rt.tagged {
					tag := fmt.Sprintf(`"%d.%d.%x"`, b.Version(), b.Derived(), s.seen)
					w.Header().Set("ETag", tag)
					if r.Header.Get("If-None-Match") == tag {
						w.WriteHeader(http.StatusNotModified)
						return errAnswered
					}
				}
				return do()
			})
		}
		var err error
		if rt.free {
			err = do()
		} else {
			err = patiently(r.Context(), func() error {
				*c = call{who: c.who, w: w, r: r, body: c.body}
				return once()
			})
		}
		switch {
		case errors.Is(err, errAnswered):
		case err != nil:
			s.failWith(w, err)
		case out != nil:
			send(w, http.StatusOK, out)
		}
	}
}

// patiently runs f again for as long as another step changes the study, which
// nobody holds in between. f that is told so has saved nothing.
func patiently(ctx context.Context, f func() error) error {
	for began := time.Now(); ; {
		err := f()
		if !errors.Is(err, errBusy) || time.Since(began) > waitTime {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(lockPause):
		}
	}
}

// meant refuses a change that is meant for another study than the one that is
// open: a window may show what was open before. Its header carries the id of
// the study that it shows, or anyStudy where none is open and for what changes
// nothing. The study is held.
func (s *Server) meant(rt *route, r *http.Request) error {
	if rt.method == http.MethodGet {
		return nil
	}
	open, named := anyStudy, r.Header.Get(headerSign)
	if s.study != nil {
		open = s.study.ID
	}
	switch {
	case named == open, named == anyStudy && rt.needs == mayRead:
		return nil
	case named == anyStudy:
		return recount.WithHint(fmt.Errorf("%w: the request does not say for which study it is", recount.ErrConflict),
			"this window may show another study; load it again. A program sends the id of the study, which GET /api/v1/session gives, in the header X-Recount")
	}
	return recount.WithHint(fmt.Errorf("%w: another study is open now, and nothing was saved", recount.ErrConflict), "this window shows another study; load it again")
}

// answerTime is how long an answer may take.
const answerTime = time.Minute

func send(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		slog.Error("write an answer", "error", err)
		status, b = http.StatusInternalServerError, []byte(`{"error":"the answer could not be written","hint":"load the page again","field":""}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(b) // the reader may have gone
}

// A fieldError is an error about one field of a request.
type fieldError struct {
	field string
	err   error
}

func (e *fieldError) Error() string { return e.err.Error() }
func (e *fieldError) Unwrap() error { return e.err }

// A conflictError says which answer stands in the way.
type conflictError struct {
	err     error
	current *currentAnswer
}

func (e *conflictError) Error() string { return e.err.Error() }
func (e *conflictError) Unwrap() error { return e.err }

// failWith answers with the status that fits an error.
func (s *Server) failWith(w http.ResponseWriter, err error) {
	p := problem{Error: inButtons(err.Error()), Hint: inButtons(recount.HintOf(err))}
	var f *fieldError
	if errors.As(err, &f) {
		p.Field = f.field
	}
	var k *conflictError
	if errors.As(err, &k) {
		p.Current = k.current
	}
	var no *forbiddenError
	var large *http.MaxBytesError
	status := http.StatusInternalServerError
	switch {
	case errors.As(err, &large):
		status, p.Error, p.Hint = http.StatusRequestEntityTooLarge, "the request is too large", fmt.Sprintf("send at most %d bytes at a time", large.Limit)
	case errors.Is(err, recount.ErrNotFound):
		status = http.StatusNotFound
	case errors.As(err, &no):
		status = http.StatusForbidden
	case errors.Is(err, errBusy), errors.Is(err, context.DeadlineExceeded):
		status, p.Error, p.Hint = http.StatusServiceUnavailable, "another step is changing the study", "nothing was saved; try again in a moment"
	case errors.Is(err, recount.ErrConflict):
		status = http.StatusConflict
	case errors.Is(err, recount.ErrInvalid), errors.Is(err, recount.ErrRefused), errors.Is(err, recount.ErrNewer):
		status = http.StatusBadRequest
	case errors.Is(err, context.Canceled):
		status, p.Error, p.Hint = http.StatusServiceUnavailable, "the answer was stopped", "try again"
	default:
		slog.Error("answer", "error", err)
		p.Error, p.Hint = "the study could not be read or written", cmpHint(p.Hint, "try again; “Check everything again”, on the page Report, looks whether everything is in order")
	}
	s.fail(w, status, p)
}

func cmpHint(hint, otherwise string) string {
	if hint != "" {
		return hint
	}
	return otherwise
}

// A forbiddenError is of what somebody may not do now, and says why.
type forbiddenError struct{ why string }

func (e *forbiddenError) Error() string { return e.why }

func forbidden(format string, a ...any) error { return &forbiddenError{fmt.Sprintf(format, a...)} }

var errBlind = recount.WithHint(forbidden("you code in a blind round, and this would show what others answered or change what they see"),
	"do it when the round is closed, on the page Codes: its leader closes it")

var errBusy = errors.New("another step is changing the study")

func (s *Server) fail(w http.ResponseWriter, status int, p problem) { send(w, status, p) }

// headers are those of every answer. Scripts come from this server only, and
// no text becomes markup or code.
var headers = [...][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Frame-Options", "DENY"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Embedder-Policy", "require-corp"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
	{"X-Robots-Tag", "noindex, nofollow"},
	{"Cache-Control", "no-store"}, // a study names people; it must not stay in a browser's cache
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, v := range headers {
		h.Set(v[0], v[1])
	}
	switch {
	case !s.o.AllowRemote && !Loopback(r.Host):
		s.fail(w, http.StatusMisdirectedRequest, problem{Error: "this machine does not answer to that name", Hint: "open the address that recount printed, which begins with http://127.0.0.1"})
	case r.Header.Get("Sec-Fetch-Site") == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate":
		s.fail(w, http.StatusForbidden, problem{Error: "another site asked for this page in the background", Hint: "open the page itself"})
	default:
		s.mux.ServeHTTP(w, r)
	}
}

// routes puts the list of routes, the pages and the files of the pages under
// their addresses.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for i := range api {
		rt := &api[i]
		mux.HandleFunc(rt.method+" /api/v1"+rt.path, s.answer(rt))
	}
	mux.HandleFunc("GET /api/v1/openapi.json", s.answer(&route{needs: mayRead, free: true, handle: (*Server).openapi}))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, http.StatusNotFound, problem{Error: "there is nothing at this address, or not by this method", Hint: "look at /api/v1/openapi.json"})
	})
	mux.HandleFunc("GET /static/{name...}", s.static)
	mux.HandleFunc("GET /reports/{path...}", s.reports)
	mux.HandleFunc("GET /editions/{path...}", s.editions)
	s.pages(mux)
	same := http.NewCrossOriginProtection()
	return same.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead && r.Header.Get(headerSign) == "" && !fromForm(r) {
			s.fail(w, http.StatusForbidden, problem{Error: "the request does not come from a page of recount", Hint: "send the header X-Recount with the id of the study, or 1 for what changes nothing"})
			return
		}
		mux.ServeHTTP(w, r)
	}))
}

// Loopback reports whether a Host header names this machine.
func Loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
