package workbench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// A job is a long step, as pages show it.
type job struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Done  int    `json:"done"`
	Of    int    `json:"of" doc:"0 while it is not known"`
	Rate  int    `json:"rate" doc:"thousandths a second"`
	Left  int    `json:"left_seconds" doc:"0 while it is not known"`
	State string `json:"state" enum:"waiting,running,done,stopped,failed"`
	Error string `json:"error"`
	Words string `json:"words" doc:"what it did"`
	Href  string `json:"href,omitempty" doc:"page with what it made"`
	Quiet bool   `json:"quiet,omitempty" doc:"nobody asked for it; once it is over it need not be shown"`

	Lines []jobLine `json:"lines,omitempty" doc:"what it found, in sentences"`
}

type jobLine struct {
	Text string `json:"text"`
	Hint string `json:"hint,omitempty" doc:"what to do next"`
	Kind string `json:"kind" enum:"said,note,wrong,under" doc:"wrong: it does not fit; under: it belongs to the line above"`
}

type jobRequest struct {
	Step string   `json:"step" enum:"extract,report,recheck,diff,add-url,example,resume"`
	URLs []string `json:"urls,omitempty" doc:"of add-url"`
	ID   string   `json:"id,omitempty" doc:"of the job that is resumed"`
	Name string   `json:"name,omitempty" doc:"of report: under which it is kept and never overwritten"`
	From string   `json:"from,omitempty" doc:"of diff: a version that was kept, a day, or an entry of the log"`
	To   string   `json:"to,omitempty" doc:"of diff: the same; now, if it is left out"`
	cameFrom
}

// cameFrom says by which search pages were found, for the search log.
type cameFrom struct {
	Search   string `json:"search,omitempty" doc:"the name of the search that the pages came from"`
	Database string `json:"database,omitempty" doc:"in which it was made"`
	Query    string `json:"query,omitempty" doc:"exactly as it was typed there"`
	Language string `json:"language,omitempty" doc:"that it was limited to"`
	Filters  string `json:"filters,omitempty"`
	Made     string `json:"made,omitempty" doc:"day, as 2014-05-31"`
	Hits     string `json:"hits,omitempty" doc:"as the database said"`
}

// offer is what add is given.
func (f cameFrom) offer(paths ...string) (study.Offer, error) {
	const longestQuery = 2000 // letters; databases take strings of many lines
	fields := [][2]string{{"search", f.Search}, {"database", f.Database}, {"query", f.Query}, {"language", f.Language}, {"filters", f.Filters}}
	for _, x := range fields {
		if len([]rune(x[1])) > longestQuery || strings.ContainsFunc(x[1], func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }) {
			return study.Offer{}, bad(x[0], "write it as it was typed, without signs that cannot be seen", "%.40q is too long or holds control characters", x[1])
		}
	}
	hits := 0
	if f.Hits != "" {
		n, err := strconv.Atoi(f.Hits)
		if err != nil || n < 0 {
			return study.Offer{}, bad("hits", "write how many the database named, in digits", "%.40q is no number of hits", f.Hits)
		}
		hits = n
	}
	if d, err := recount.ParseDate(f.Made); f.Made != "" && (err != nil || len(d.String()) != len("2014-05-31")) {
		return study.Offer{}, bad("made", "write it as 2014-05-31", "%.40q is no day", f.Made)
	}
	details := recount.SearchDetails{Database: f.Database, String: f.Query, Language: f.Language, Filters: f.Filters, Made: f.Made, Hits: hits}
	name := f.Search
	if name == "" && details != (recount.SearchDetails{}) {
		name = cmp.Or(f.Database, f.Query) // whoever says where pages come from need not name it, too
	}
	return study.Offer{Paths: paths, Search: name, Details: details}, nil
}

// set sets a field of a form; it reports whether there is one of the name.
func (f *cameFrom) set(name, value string) bool {
	to := map[string]*string{"search": &f.Search, "database": &f.Database, "query": &f.Query, "language": &f.Language, "filters": &f.Filters, "made": &f.Made, "hits": &f.Hits}[name]
	if to != nil {
		*to = value
	}
	return to != nil
}

type jobList struct {
	Items []job `json:"items"`
}

// jobs are the long steps: one runs at a time, on a study of its own, so that
// people read and decide meanwhile.
type jobs struct {
	server *Server
	mu     sync.Mutex
	all    []*running
	turn   sync.Mutex // of the one that runs
	wait   sync.WaitGroup
	closed bool
}

// A running job.
type running struct {
	job
	by    string    // who asked for it
	began time.Time // of the step under way
	step  string
	from  int
	stop  context.CancelFunc
	again func(ctx context.Context, st *study.Study, j *running) (string, error)
	over  func() // when its files are needed no more
}

const keptJobs = 50

func (j *jobs) list() []job {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := []job{}
	for _, r := range j.all {
		if !r.Quiet || r.State == "running" || r.State == "waiting" {
			out = append(out, r.job)
		}
	}
	return out
}

// begin starts a job in the name of whoever asked for it. over is called when it
// is done for good.
func (j *jobs) begin(by, label string, over func(), f func(ctx context.Context, st *study.Study, r *running) (string, error)) (job, error) {
	return j.add(job{Label: label}, by, over, f)
}

// quietly starts a job that nobody asked for.
func (j *jobs) quietly(by, label string, f func(ctx context.Context, st *study.Study, r *running) (string, error)) (job, error) {
	return j.add(job{Label: label, Quiet: true}, by, func() {}, f)
}

func (j *jobs) add(what job, by string, over func(), f func(ctx context.Context, st *study.Study, r *running) (string, error)) (job, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		over()
		return job{}, fmt.Errorf("%w: the server is stopping", recount.ErrConflict)
	}
	what.ID, what.State = strconv.Itoa(len(j.all)+1), "waiting"
	r := &running{job: what, by: by, again: f, over: over}
	j.all = append(j.all, r)
	if n := len(j.all); n > keptJobs && j.all[n-keptJobs-1].State != "running" {
		j.all[n-keptJobs-1].Words, j.all[n-keptJobs-1].Lines = "", nil // only what it was is kept
	}
	j.start(r)
	return r.job, nil
}

// start runs a job when it is its turn. The caller holds the lock.
func (j *jobs) start(r *running) {
	ctx, stop := context.WithCancel(context.Background())
	r.stop, r.State, r.Error = stop, "waiting", ""
	s := j.server
	dir := ""
	if s.study != nil {
		dir = s.study.Dir
	}
	j.wait.Add(1)
	go func() {
		defer j.wait.Done()
		defer stop()
		j.turn.Lock()
		defer j.turn.Unlock()
		if ctx.Err() != nil {
			j.set(r, func() { r.State = "stopped" })
			return
		}
		j.set(r, func() { r.State = "running" })
		words, err := func() (string, error) {
			o := s.by(r.by)
			o.Progress = func(step string, done, total int) { j.progress(r, step, done, total) }
			if dir == "" {
				return r.again(ctx, nil, r)
			}
			st, err := study.Open(ctx, dir, o)
			if err != nil {
				return "", err
			}
			words, err := r.again(ctx, st, r)
			return words, errors.Join(err, st.Close())
		}()
		// What came in is noticed before the job is said to be done.
		if e := s.holdAll(context.Background(), "", func(*casebook.Casebook) error { return nil }); e != nil && err == nil && !errors.Is(e, errNoStudy) {
			err = e
		}
		j.set(r, func() {
			switch {
			case ctx.Err() != nil:
				r.State, r.Words = "stopped", "what was done is kept; it can go on where it stopped"
			case err != nil:
				r.State, r.Error = "failed", inButtons(err.Error())
				if h := recount.HintOf(err); h != "" {
					r.Error += ": " + inButtons(h)
				}
			default:
				r.State, r.Words, r.Left = "done", words, 0
				r.over()
			}
		})
	}()
}

func (j *jobs) set(r *running, f func()) {
	j.mu.Lock()
	f()
	now := r.job
	j.mu.Unlock()
	j.server.hub.tell(event{Job: &now, Jobs: j.list()}, "")
}

// progress notes how far a job is, and tells pages a few times a second.
func (j *jobs) progress(r *running, step string, done, total int) {
	now := time.Now() // of the wall: a rate is no record
	j.mu.Lock()
	if step != r.step {
		r.step, r.began, r.from = step, now, done
	}
	tell := done == total || done/max(1, total/100) != r.Done/max(1, total/100) || r.Of != total
	r.Done, r.Of = done, total
	if s := now.Sub(r.began).Seconds(); s > 0.5 && done > r.from {
		perSecond := float64(done-r.from) / s
		r.Rate = int(1000 * perSecond)
		if total > 0 {
			r.Left = int(float64(total-done)/perSecond) + 1
		}
	}
	v := r.job
	j.mu.Unlock()
	if tell {
		j.server.hub.tell(event{Job: &v, Jobs: []job{v}}, "")
	}
}

func (j *jobs) close() {
	j.mu.Lock()
	j.closed = true
	for _, r := range j.all {
		if r.stop != nil {
			r.stop()
		}
	}
	j.mu.Unlock()
	j.wait.Wait()
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, r := range j.all {
		if r.State != "done" {
			r.over()
		}
	}
}

// jobs lists the long steps of this run of the server.
func (s *Server) listJobs(c *call) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.blind(c.who.Actor) { // a step may say what was counted
		return jobList{[]job{}}, nil
	}
	return jobList{s.jobs.list()}, nil
}

// cancel stops a job. What it did is kept.
func (s *Server) cancel(c *call) (any, error) {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	for _, r := range s.jobs.all {
		if r.ID == c.r.PathValue("id") {
			r.stop()
			return r.job, nil
		}
	}
	return nil, recount.WithHint(fmt.Errorf("job %s: %w", c.r.PathValue("id"), recount.ErrNotFound), "Next lists the long steps")
}

// extract takes the text out of what was added, and reads it.
func extract(ctx context.Context, st *study.Study) (string, error) {
	x, err := st.Extract(ctx, false)
	if err != nil {
		return "", err
	}
	return plural(x.Articles, "1 text, %d read, %d refused", "%d texts, %d read, %d refused", x.Read, x.Refused), nil
}

func addAndExtract(offer study.Offer) func(ctx context.Context, st *study.Study, r *running) (string, error) {
	return func(ctx context.Context, st *study.Study, r *running) (string, error) {
		if st == nil {
			return "", errNoStudy
		}
		a, err := st.Add(ctx, offer)
		if err != nil {
			return "", err
		}
		words, err := extract(ctx, st)
		return fmt.Sprintf("%d new, %d known, %d refused; %s", len(a.New), len(a.Known), len(a.Refused)+len(a.StayOut), words), err
	}
}

// begin starts a long step.
func (s *Server) beginJob(c *call) (any, error) {
	req, err := in[jobRequest](c)
	if err != nil {
		return nil, err
	}
	nothing := func() {}
	switch req.Step {
	case "extract":
		return s.jobs.begin(c.who.Actor, "Taking out and reading texts", nothing, func(ctx context.Context, st *study.Study, r *running) (string, error) {
			if st == nil {
				return "", errNoStudy
			}
			return extract(ctx, st)
		})
	case "report":
		return s.jobs.begin(c.who.Actor, "Writing the report", nothing, func(ctx context.Context, st *study.Study, r *running) (string, error) {
			if st == nil {
				return "", errNoStudy
			}
			p, err := st.Report(ctx, study.Edition{Freeze: req.Name})
			if err != nil {
				return "", err
			}
			s.jobs.set(r, func() { r.Href = "/reports/" + url.PathEscape(filepath.Base(p.Dir)) + "/" })
			return "it lies under " + r.Href, nil
		})
	case "recheck":
		return s.jobs.begin(c.who.Actor, "Checking everything again", nothing, func(ctx context.Context, st *study.Study, r *running) (string, error) {
			if st == nil {
				return "", errNoStudy
			}
			x, err := st.Recheck(ctx, study.Recheck{})
			if err != nil {
				return "", err
			}
			lines := rechecked(x)
			s.jobs.set(r, func() { r.Lines = lines })
			return lines[0].Text, nil
		})
	case "diff":
		if req.From == "" {
			return nil, bad("from", "choose a version, or name a day", "the first of the two versions is missing")
		}
		from, to := req.From, cmp.Or(req.To, "now")
		return s.jobs.begin(c.who.Actor, "Comparing two versions", nothing, func(ctx context.Context, st *study.Study, r *running) (string, error) {
			if st == nil {
				return "", errNoStudy
			}
			x, err := st.Diff(ctx, from, to)
			if err != nil {
				return "", err
			}
			lines := differing(x)
			s.jobs.set(r, func() { r.Lines = lines })
			return lines[0].Text, nil
		})
	case "add-url":
		for _, u := range req.URLs {
			if !study.Address(u) {
				return nil, bad("urls", "write addresses as https://…, one a line", "%.80q is no address", u)
			}
		}
		if len(req.URLs) == 0 {
			return nil, bad("urls", "name at least one", "there is no address")
		}
		offer, err := req.offer(req.URLs...)
		if err != nil {
			return nil, err
		}
		return s.jobs.begin(c.who.Actor, plural(len(req.URLs), "Fetching 1 page", "Fetching %d pages"), nothing, addAndExtract(offer))
	case "example":
		return s.jobs.begin(c.who.Actor, "The example study", nothing, func(ctx context.Context, _ *study.Study, r *running) (string, error) {
			dir, err := s.beside("order-study")
			if err != nil {
				return "", err
			}
			o := s.by(c.who.Actor)
			o.Progress = func(step string, done, total int) { s.jobs.progress(r, step, done, total) }
			st, err := study.Example(ctx, dir, o)
			if err != nil {
				return "", err
			}
			if err := st.Close(); err != nil {
				return "", err
			}
			return "the example study is open", s.open(ctx, dir, c.who.Actor)
		})
	case "resume":
		s.jobs.mu.Lock()
		defer s.jobs.mu.Unlock()
		for _, r := range s.jobs.all {
			if r.ID != req.ID {
				continue
			}
			if r.State != "stopped" && r.State != "failed" {
				return nil, recount.WithHint(fmt.Errorf("%w: the job is %s", recount.ErrConflict, r.State), "only a job that stopped or failed goes on")
			}
			s.jobs.start(r)
			return r.job, nil
		}
		return nil, recount.WithHint(fmt.Errorf("job %s: %w", req.ID, recount.ErrNotFound), "Next lists the long steps")
	}
	return nil, bad("step", "steps are extract, report, recheck, diff, add-url, example and resume", "no step named %q", req.Step)
}

// Limits of one upload.
const (
	mostUpload      = 4 << 30 // bytes
	mostUploadFiles = 20000
)

var errNoFile = bad("", "choose a file", "the request holds no file")

// parts gives the parts of a form to f, one after the other as they come. None
// is held in memory.
func (c *call) parts(f func(*multipart.Part, controller) error) error {
	rc := httpController(c.w)
	c.r.Body = httpLimit(c.w, c.r.Body, mostUpload)
	parts, err := c.r.MultipartReader()
	if err != nil {
		return bad("", "send files as multipart/form-data", "the request holds no file: %v", err)
	}
	for {
		rc.extend()
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f(part, rc); err != nil {
			return err
		}
	}
}

// upload takes files that were dropped on a page into the same intake as add.
// They are streamed to the disk, and never held in memory.
func (s *Server) upload(c *call) (any, error) {
	tmp, err := s.study.Inbox()
	if err != nil {
		return nil, err
	}
	over := func() { os.RemoveAll(tmp) }
	root, err := os.OpenRoot(tmp)
	if err != nil {
		over()
		return nil, err
	}
	defer root.Close()
	n := 0
	var from cameFrom
	err = c.parts(func(part *multipart.Part, rc controller) error {
		if part.FormName() != "file" {
			const longest = 10_000 // bytes of a field
			b, err := io.ReadAll(io.LimitReader(part, longest))
			if err != nil {
				return err
			}
			if from.set(part.FormName(), string(b)) {
				return nil
			}
			return bad(part.FormName(), "look at /api/v1/openapi.json", "there is no field %.40q", part.FormName())
		}
		if n++; n > mostUploadFiles {
			return bad("", "send fewer at a time, or pack them into a ZIP file", "there are more than %d files", mostUploadFiles)
		}
		return receive(root, part, uploadName(part.Header.Get("Content-Disposition"), n), rc)
	})
	if err == nil && n == 0 {
		err = errNoFile
	}
	offer, wrong := from.offer(tmp)
	if err = errors.Join(err, wrong); err != nil {
		over()
		return nil, err
	}
	return s.jobs.begin(c.who.Actor, plural(n, "Adding 1 file", "Adding %d files"), over, addAndExtract(offer))
}

// plural says a number in a sentence: one is the sentence of 1, many has a place
// for the number before those for the rest.
func plural(n int, one, many string, rest ...any) string {
	if n == 1 {
		return fmt.Sprintf(one, rest...)
	}
	return fmt.Sprintf(many, append([]any{n}, rest...)...)
}

// uploadName makes a harmless path out of the name that a browser gives a
// file: folders stay, ways up and roots do not.
func uploadName(disposition string, n int) string {
	_, params, _ := mime.ParseMediaType(disposition)
	var out []string
	for p := range strings.SplitSeq(strings.ReplaceAll(params["filename"], `\`, "/"), "/") {
		p = strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f || strings.ContainsRune(`:*?"<>|`, r) {
				return '_'
			}
			return r
		}, strings.ToValidUTF8(p, "_"))
		if p = strings.TrimRight(strings.TrimLeft(strings.TrimSpace(p), "."), ". "); p != "" {
			if len(p) > 200 {
				p = p[len(p)-200:]
				p = strings.ToValidUTF8(p, "")
			}
			if deviceName(p) {
				p = "_" + p
			}
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return fmt.Sprintf("file-%d", n)
	}
	return path.Join(out[max(0, len(out)-8):]...)
}

// deviceName reports names that Windows keeps for devices, whatever ending they
// have: no file can be called so there.
func deviceName(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(name)), ".")
	stem = strings.TrimSpace(stem)
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	digit, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		digit, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && slices.Contains([]string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"}, digit)
}

// receive writes one file. Two of one name in one folder get numbers.
func receive(root *os.Root, from io.Reader, name string, rc controller) error {
	if dir := path.Dir(name); dir != "." {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for i := 1; ; i++ {
		f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) && i < 10000 {
			name = fmt.Sprintf("%s-%d%s", base, i+1, ext)
			continue
		}
		if err != nil {
			return err
		}
		_, err = io.Copy(f, rc.reader(from))
		return errors.Join(err, f.Close())
	}
}
