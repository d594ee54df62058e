package cli

import (
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// A topic is what a memo or a note is about; nothing is the whole study.
type topic struct {
	Page   string `help:"It is about this page." placeholder:"PAGE"`
	Words  string `help:"It is about these words of the page." placeholder:"WORDS"`
	Nth    int    `help:"Which of several places where the words stand." placeholder:"N"`
	Code   string `help:"It is about this code." placeholder:"CODE"`
	Result string `help:"It is about this result of report.md." placeholder:"NAME"`
}

// find anchors the topic.
func (c *topic) find(r *runner, b *casebook.Casebook) (recount.Topic, error) {
	t := recount.Topic{Code: c.Code, Name: c.Result}
	if c.Page == "" {
		if c.Words != "" {
			return t, recount.WithHint(fmt.Errorf("%w: words of no page", recount.ErrInvalid), "name the page with --page")
		}
		return t, nil
	}
	p, err := open(r, b, c.Page)
	if err != nil {
		return t, err
	}
	t.Page, t.Part = p.page.Page(), p.page.Part
	if c.Words != "" {
		at, err := p.anchor(r, b, shown, c.Words, c.Nth)
		if err != nil {
			return t, err
		}
		t.At = &at
	}
	return t, nil
}

// check refuses a result that report.md does not ask for.
func (c *topic) check(r *runner) error {
	if c.Result == "" {
		return nil
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	return s.CheckResult(c.Result)
}

// listed refuses to list what is about a page, a code or a result that there is
// not, unless some of these is about it: an empty list would say that nobody
// wrote anything.
func (c *topic) listed(s *study.Study, b *casebook.Casebook, all []recount.Topic) error {
	if slices.ContainsFunc(all, c.concerns) {
		return nil
	}
	if c.Page != "" {
		if _, err := b.FindPage(c.Page); err != nil {
			return err
		}
	}
	if c.Code != "" {
		if err := b.CheckCode(c.Code); err != nil {
			return err
		}
	}
	if c.Result != "" {
		return s.CheckResult(c.Result)
	}
	return nil
}

// about says what a memo or a note is about.
func about(t recount.Topic) string {
	var out []string
	if t.Page != "" {
		out = append(out, called(t.Page, t.Part))
	}
	if t.At != nil {
		out = append(out, fmt.Sprintf("%q", Cell(strings.Join(t.At.Exact, " ... "))))
	}
	if t.Code != "" {
		out = append(out, "code "+t.Code)
	}
	if t.Name != "" {
		out = append(out, "result "+t.Name)
	}
	if out == nil {
		return "the study"
	}
	return strings.Join(out, ", ")
}

// concerns reports whether a topic is one that a list asks for.
func (c *topic) concerns(t recount.Topic) bool {
	return (c.Page == "" || t.Page == c.Page || strings.HasSuffix(t.Page, "/"+c.Page)) && (c.Code == "" || t.Code == c.Code) && (c.Result == "" || t.Name == c.Result)
}

// byTime sorts decisions by when they were made.
func byTime(ds []casebook.Placed) {
	slices.SortStableFunc(ds, func(a, b casebook.Placed) int { return strings.Compare(a.Time, b.Time) })
}

type memoCmd struct {
	Text string `arg:"" optional:"" help:"What you think; without it the memos are listed."`
	topic
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *memoCmd) Run(r *runner) error {
	if c.Text != "" {
		if err := c.check(r); err != nil {
			return err
		}
	}
	return decideIn(r, func(s *study.Study, b *casebook.Casebook) (bool, []casebook.Draft, error) {
		if c.Text != "" {
			on, err := c.find(r, b)
			return false, one(recount.MemoBody{On: on, Text: c.Text}, c.Reason), err
		}
		memos := b.Holding(recount.KindMemo)
		byTime(memos)
		var topics []recount.Topic
		for _, d := range memos {
			topics = append(topics, d.Answer.(recount.MemoBody).On)
		}
		if err := c.listed(s, b, topics); err != nil {
			return false, nil, err
		}
		for _, d := range memos {
			if m := d.Answer.(recount.MemoBody); c.concerns(m.On) {
				r.Printf("%.12s  %s  %s, on %s\n    %s\n", d.ID, d.Time[:min(10, len(d.Time))], d.Actor, about(m.On), Cell(m.Text))
			}
		}
		return false, nil, nil
	})
}

type noteCmd struct {
	Text string `arg:"" optional:"" help:"What you ask for; without it the open notes are listed."`
	topic
	Done   []string `help:"Notes that are done: ids, or their first digits." placeholder:"ID"`
	All    bool     `help:"List those that are done too."`
	Reason string   `help:"Why; of a note that is done, what was done." placeholder:"WORDS"`
}

// A note is done while one answer that holds says so.
type note struct {
	asked, done *casebook.Placed
}

// notes lists the notes by when they were asked.
func notes(b *casebook.Casebook) []note {
	all := b.Holding(recount.KindNote)
	byTime(all)
	at := map[string]int{}
	var out []note
	for i := range all {
		d := &all[i]
		n := d.Answer.(recount.NoteBody)
		k := noteKey(n)
		j, ok := at[k]
		if !ok {
			j = len(out)
			at[k] = j
			out = append(out, note{})
		}
		if n.State == recount.DoneNote {
			out[j].done = d
		} else if out[j].asked == nil {
			out[j].asked = d
		}
	}
	return out
}

// noteKey is the same for answers about one note.
func noteKey(n recount.NoteBody) string {
	k := n.Subject()
	if n.On.At != nil {
		k += fmt.Sprint("\x00", n.On.At.Text, n.On.At.Spans)
	}
	return k
}

func (n *note) shown() *casebook.Placed {
	if n.asked != nil {
		return n.asked
	}
	return n.done
}

func (c *noteCmd) Run(r *runner) error {
	if c.Text != "" {
		if err := c.check(r); err != nil {
			return err
		}
	}
	return decideIn(r, func(s *study.Study, b *casebook.Casebook) (bool, []casebook.Draft, error) {
		all := notes(b)
		if len(c.Done) > 0 {
			drafts, err := c.close(all)
			return false, drafts, err
		}
		if c.Text != "" {
			on, err := c.find(r, b)
			return false, one(recount.NoteBody{On: on, Text: c.Text, State: recount.OpenNote}, c.Reason), err
		}
		var topics []recount.Topic
		for i := range all {
			topics = append(topics, all[i].shown().Answer.(recount.NoteBody).On)
		}
		if err := c.listed(s, b, topics); err != nil {
			return false, nil, err
		}
		open := 0
		for i := range all {
			d := all[i].shown()
			n := d.Answer.(recount.NoteBody)
			if !c.concerns(n.On) || all[i].done != nil && !c.All {
				continue
			}
			state := "open"
			if x := all[i].done; x != nil {
				state = "done by " + x.Actor + because(x.Erasable.Reason)
			} else {
				open++
			}
			r.Printf("%.12s  %s  %s, on %s: %s\n    %s\n", d.ID, d.Time[:min(10, len(d.Time))], d.Actor, about(n.On), state, Cell(n.Text))
		}
		r.Printf("%s open\n", Plural(open, "note", "notes"))
		return false, nil, nil
	})
}

// close says that notes are done.
func (c *noteCmd) close(all []note) ([]casebook.Draft, error) {
	var drafts []casebook.Draft
	for _, id := range c.Done {
		var hits []*casebook.Placed
		for i := range all {
			if d := all[i].shown(); len(id) >= 4 && strings.HasPrefix(d.ID, id) {
				hits = append(hits, d)
			}
		}
		switch len(hits) {
		case 0:
			return nil, recount.WithHint(fmt.Errorf("note %s: %w", id, recount.ErrNotFound), "give the first 4 digits of its id or more; `recount note --all` lists the notes")
		case 1:
			n := hits[0].Answer.(recount.NoteBody)
			n.State = recount.DoneNote
			drafts = append(drafts, casebook.Draft{Answer: n, Reason: c.Reason})
		default:
			return nil, recount.WithHint(fmt.Errorf("note %s: %w: several begin like this", id, recount.ErrInvalid), "give more digits")
		}
	}
	return drafts, nil
}
