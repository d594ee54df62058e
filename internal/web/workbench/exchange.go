package workbench

import (
	"bytes"
	"fmt"
	"mime"
	"mime/multipart"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount/internal/disk"
	"recount/internal/pattern"
	"recount/internal/study"
)

type takebackRequest struct {
	Text string `json:"text" doc:"the file that the coder sent back"`
	Save bool   `json:"save,omitempty" doc:"take the answers in; without it nothing is saved"`
}

type takebackReply struct {
	decisionsReply
	Coders    []string     `json:"coders" doc:"whose new answers they are"`
	New       int          `json:"new"`
	Known     int          `json:"known"`
	Kinds     []kindOf     `json:"kinds" doc:"of the new ones"`
	Conflicts []clash      `json:"conflicts" doc:"the same person answered the same question otherwise here"`
	Hidden    bool         `json:"hidden" doc:"kinds and conflicts are not said: you code in a blind round"`
	Others    []otherCoder `json:"others" doc:"whose new answers are about pages that are assigned to others"`
	Lost      int          `json:"lost" doc:"about words that stand on no page of this study"`
	Wait      int          `json:"wait" doc:"given with a codebook, or on answers, that are not here"`
	Left      int          `json:"left" doc:"study files and rules: those of this study stay"`
	Cut       []cut        `json:"cut" doc:"what the file does not hold any more of what was written to it, or holds besides"`
}

// An otherCoder is study.OtherCoder.
type otherCoder struct {
	Actor    string   `json:"actor"`
	N        int      `json:"n"`
	Assigned []string `json:"assigned" doc:"to whom the pages are"`
}

// A cut is study.Cut.
type cut struct {
	What   study.CutWhat `json:"what" doc:"missing: n of those that the file lists are not in it; unlisted: n that are in it are not in its list; behind: something stands behind its end; nolist: it has no list; relisted: its list has another digest; undigested: its list has none; strange: n that it lists are not in the log beside the list"`
	N      int           `json:"n,omitempty"`
	Of     int           `json:"of,omitempty" doc:"how many it listed"`
	Here   int           `json:"here,omitempty" doc:"of those that are missing"`
	Places []cutPlace    `json:"places,omitempty" doc:"where they are missing"`
	More   int           `json:"more,omitempty" doc:"places"`
}

// A cutPlace is study.CutPlace.
type cutPlace struct {
	N      int    `json:"n"`
	After  string `json:"after,omitempty" doc:"first digits of the id before it; with neither, all are missing"`
	Before string `json:"before,omitempty" doc:"first digits of the id behind it"`
}

type handoutReply struct {
	studyList
	Coder string `json:"coder" doc:"to whom the file was handed out"`
	Pages int    `json:"pages" doc:"assigned to this coder"`
}

type kindOf struct {
	Kind  string `json:"kind"`
	Label string `json:"label"`
	N     int    `json:"n"`
}

type clash struct {
	Actor string `json:"actor"`
	Here  string `json:"here"`
	There string `json:"there"`
	About string `json:"about"`
}

const mostTakeback = 256 << 20 // bytes of answers that come back

// attach sends a file to be saved.
func (c *call) attach(name, media string, b []byte) (any, error) {
	h := c.w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = c.w.Write(b) // the reader may have gone
	return nil, errAnswered
}

var noName = pattern.New(`[^\p{L}\p{N}._-]+`)

func fileName(parts ...string) string {
	return strings.Trim(noName.ReplaceAllString(strings.Join(parts, "-"), "-"), "-.")
}

// handout sends what a coder who works elsewhere is given.
func (s *Server) handout(c *call) (any, error) {
	coder := c.query("coder")
	if err := checkName("coder", coder); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	h, err := s.study.HandOut(c.ctx, &b, coder)
	if err != nil {
		return nil, err
	}
	return c.attach(fileName(h.Title, coder)+".recount.zip", "application/zip", b.Bytes())
}

// answers sends the decisions of one person, or of all.
func (s *Server) answers(c *call) (any, error) {
	var b bytes.Buffer
	if _, err := s.study.ExportAnswers(c.ctx, &b, c.query("of")); err != nil {
		return nil, err
	}
	title := "decisions"
	if cfg := s.study.Config(); cfg != nil {
		title = cfg.Title
	}
	return c.attach(fileName(title, c.query("of"))+".jsonl", "application/jsonl", b.Bytes())
}

// takeback says what answers bring that come back, and takes them in.
func (s *Server) takeback(c *call) (any, error) {
	req, err := in[takebackRequest](c)
	if err != nil {
		return nil, err
	}
	before := s.numbers
	var t *study.TakenBack
	if err := s.changing(c.ctx, func() error {
		if err := s.freshen(c); err != nil {
			return err
		}
		t, err = s.study.TakeBack(c.ctx, strings.NewReader(req.Text), req.Save)
		return err
	}); err != nil {
		return nil, err
	}
	if req.Save {
		if err := s.notice(c.ctx, c.book); err != nil {
			return nil, err
		}
	}
	out := takebackReply{Coders: append([]string{}, t.Coders...), New: t.New, Known: t.Known, Kinds: []kindOf{}, Conflicts: []clash{}, Others: []otherCoder{}, Lost: t.Lost, Wait: t.Wait, Left: t.Left, Cut: []cut{}}
	for _, x := range t.Cut {
		c := cut{What: x.What, N: x.N, Of: x.Of, Here: x.Here, More: x.More}
		for _, p := range x.Places {
			c.Places = append(c.Places, cutPlace(p))
		}
		out.Cut = append(out.Cut, c)
	}
	for _, x := range t.Others {
		out.Others = append(out.Others, otherCoder(x))
	}
	out.decisionsReply = s.discreet(c, s.replying(c))
	if s.blind(c.who.Actor) {
		out.Hidden = true
		return out, nil
	}
	if req.Save {
		out.Moved = movedBy(before, s.numbers)
	}
	for k, label := range labels {
		if n := t.Kinds[k]; n > 0 {
			out.Kinds = append(out.Kinds, kindOf{string(k), label, n})
		}
	}
	slices.SortFunc(out.Kinds, func(a, b kindOf) int { return strings.Compare(a.Kind, b.Kind) })
	const most = 200
	for _, x := range t.Conflicts[:min(most, len(t.Conflicts))] {
		out.Conflicts = append(out.Conflicts, clash{x.Actor, x.Here, x.There, x.Question})
	}
	return out, nil
}

// openHandout makes a study beside the others of a file that was handed out,
// and opens it.
func (s *Server) openHandout(c *call) (any, error) {
	tmp, err := disk.Scratch(s.parent(), ".handout")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	root, err := os.OpenRoot(tmp)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	const packed = "handout.zip"
	called := ""
	err = c.parts(func(part *multipart.Part, rc controller) error {
		if called != "" {
			return bad("", "open one at a time", "there are several files")
		}
		called = part.FileName()
		return receive(root, part, packed, rc)
	})
	if err == nil && called == "" {
		err = errNoFile
	}
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(strings.TrimSuffix(fileName(filepath.Base(called)), ".zip"), ".recount")
	if name == "" {
		name = "handout"
	}
	dir, err := s.beside(name)
	if err != nil {
		return nil, err
	}
	for n := 2; ; n++ {
		if _, err := os.Lstat(dir); os.IsNotExist(err) {
			break
		}
		if dir, err = s.beside(fmt.Sprintf("%s-%d", name, n)); err != nil {
			return nil, err
		}
	}
	h, err := study.OpenHandout(c.ctx, filepath.Join(tmp, packed), dir, s.by(c.who.Actor))
	if err != nil {
		return nil, err
	}
	if err := s.open(c.ctx, dir, c.who.Actor); err != nil {
		return nil, err
	}
	list, err := s.studies(c)
	if err != nil {
		return nil, err
	}
	return handoutReply{list.(studyList), h.Coder, h.Pages}, nil
}
