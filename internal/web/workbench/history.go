package workbench

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/study"
)

// labels name the kinds of decision on screen.
var labels = map[recount.Kind]string{
	recount.KindFile: "study file", recount.KindRule: "rule", recount.KindStatement: "statement", recount.KindSpeaker: "speaker", recount.KindScope: "who counts",
	recount.KindCriterion: "criterion", recount.KindLink: "same person", recount.KindCode: "code", recount.KindPassage: "coded passage", recount.KindValue: "value", recount.KindDate: "day",
	recount.KindPage: "article", recount.KindScreen: "screening", recount.KindRelation: "reprint", recount.KindOwner: "owner", recount.KindFigure: "reported number", recount.KindStated: "what a number states",
	recount.KindRole: "set aside", recount.KindSample: "sample", recount.KindRead: "read to the end", recount.KindDraw: "drawn pair", recount.KindWeights: "weights of pairs", recount.KindAssign: "assignment", recount.KindMemo: "memo", recount.KindNote: "note",
	recount.KindTier: "how far shown", recount.KindSpoken: "circumstance of speech", recount.KindSeal: "sealed in the vault", recount.KindVault: "vault", recount.KindRelease: "public edition",
	recount.KindCodebook: "codebook", recount.KindRetract: "taken back", recount.KindRemove: "erased", recount.KindPublish: "produced",
}

func (s *Server) historyItem(c *call, d *recount.Decision) historyItem {
	l := c.book.Log()
	h := historyItem{ID: d.ID, Time: d.Time, Actor: d.Actor, Kind: string(d.Kind), Label: labels[d.Kind], Words: study.InWords(c.book, d), Live: l.Live(d.ID), Group: d.Group, Members: 1}
	if d.Erasable != nil {
		h.Reason = d.Erasable.Reason
	} else {
		h.Words = "its answer was erased"
	}
	if a, err := c.book.Answer(d); err == nil {
		switch b := a.(type) { // what somebody wrote is there to be read
		case recount.MemoBody:
			h.Words, h.About = b.Text, aboutOf(b.On)
		case recount.NoteBody:
			h.Words, h.About = string(b.State)+": "+b.Text, aboutOf(b.On)
		}
	}
	if d.Kind == recount.KindRetract {
		var words []string
		for _, id := range d.Replaces {
			if x := l.Find(id); x != nil && len(words) < 3 {
				words = append(words, study.InWords(c.book, x))
			}
		}
		h.Words = "takes back " + strings.Join(words, "; ")
		if n := len(d.Replaces) - len(words); n > 0 {
			h.Words += " and " + strconv.Itoa(n) + " more"
		}
	}
	if b := s.byDecision[d.ID]; b != nil {
		h.Members = len(b.ids)
	}
	h.Undoable = h.Live && (d.Kind != recount.KindFile || d.Group != "") && d.Kind != recount.KindRemove && d.Kind != recount.KindPublish && d.Kind != recount.KindRetract &&
		(d.Actor == c.who.Actor || l.Adjudicator(c.who.Actor) || d.Actor == recount.DefaultActor)
	if a, err := c.book.Answer(d); err == nil {
		var ch changed
		s.changedBy(c.book, a, &ch)
		if len(ch.Articles) > 0 {
			h.Article = ch.Articles[0]
			if p, ok := c.book.Page(recount.Key(h.Article)); ok {
				h.Title = p.Title
			}
		}
	}
	return h
}

// history lists every decision in words, the newest first.
func (s *Server) history(c *call) (any, error) {
	out := historyList{Items: []historyItem{}}
	l := c.book.Log()
	if k := c.query("article"); k != "" {
		if p, ok := c.book.Page(recount.Key(k)); ok {
			out.Article = p.Title
		}
	}
	var of map[recount.Key]bool
	if id := c.query("person"); id != "" {
		p, err := s.personBy(c, id)
		if err != nil {
			return nil, err
		}
		out.Person = p.Name
		of = map[recount.Key]bool{}
		for _, m := range p.members {
			of[m.Key] = true
		}
	}
	most := limit(c, 100, 1000)
	order := s.inTime(l)
	out.Kinds, out.Actors, out.Days = filtersOf(l, order)
	from := cursor(c.query("after"), len(order))
	for i, id := range slices.Backward(order) {
		d := l.Find(id)
		if d == nil || c.query("actor") != "" && d.Actor != c.query("actor") || c.query("kind") != "" && string(d.Kind) != c.query("kind") ||
			c.query("day") != "" && !strings.HasPrefix(d.Time, c.query("day")) || c.query("live") == "yes" && !l.Live(id) {
			continue
		}
		if k := c.query("article"); k != "" {
			a, err := c.book.Answer(d)
			if err != nil {
				continue
			}
			var ch changed
			s.changedBy(c.book, a, &ch)
			if !slices.Contains(ch.Articles, k) {
				continue
			}
		}
		if of != nil {
			keys, err := c.book.Whom(c.ctx, d)
			if err != nil {
				return nil, err
			}
			if !slices.ContainsFunc(keys, func(k recount.Key) bool { return of[k] }) {
				continue
			}
		}
		out.Total++
		if i >= from {
			continue
		}
		if len(out.Items) == most {
			if out.Next == "" {
				out.Next = strconv.Itoa(i + 1)
			}
			continue
		}
		h := s.historyItem(c, d)
		keys, err := c.book.Whom(c.ctx, d)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			if p, ok := c.book.CaseOf(k); ok {
				h.Person = p.ID
				break
			}
		}
		out.Items = append(out.Items, h)
	}
	return out, nil
}

// aboutOf names the code or the result that a memo or a note is about, and the
// words of the page.
func aboutOf(t recount.Topic) string {
	switch {
	case t.Code != "":
		return t.Code
	case t.Name != "":
		return t.Name
	case t.At != nil:
		return strings.Join(t.At.Exact, " … ")
	}
	return ""
}

// filtersOf counts what each filter of the log would leave.
func filtersOf(l *recount.Log, order []string) (kinds, actors, days []historyCount) {
	byKind, byActor, byDay := map[string]int{}, map[string]int{}, map[string]int{}
	for _, id := range order {
		if d := l.Find(id); d != nil {
			byKind[string(d.Kind)]++
			byActor[d.Actor]++
			byDay[d.Time[:min(len(d.Time), len("2006-01-02"))]]++
		}
	}
	list := func(of map[string]int) []historyCount {
		out := make([]historyCount, 0, len(of))
		for _, name := range slices.Sorted(maps.Keys(of)) {
			out = append(out, historyCount{Name: name, Decisions: of[name]})
		}
		return out
	}
	kinds, actors, days = list(byKind), list(byActor), list(byDay)
	for i := range kinds {
		kinds[i].Label = labels[recount.Kind(kinds[i].Name)]
	}
	slices.Reverse(days)
	return kinds, actors, days
}

// inTime lists every decision as it was given, which is not always as it was
// saved: those of another study file came in later.
func (s *Server) inTime(l *recount.Log) []string {
	if len(s.timed) != len(s.order) {
		s.timed = study.InTime(l, s.order)
	}
	return s.timed
}

// lineSingly is of how many decisions, the last ones, it is known what each
// moved.
const lineSingly = 2000

// historyLine tells how the first number went from decision to decision. It is
// counted aside; until it is there, the page is told that it comes.
func (s *Server) historyLine(c *call) (any, error) {
	out := historyLine{Points: []linePoint{}, Moved: map[string]lineMove{}}
	if s.seen != "" { // who codes blind sees no numbers
		return out, nil
	}
	if s.line != nil && s.lineAt == s.version {
		return *s.line, nil
	}
	if s.line != nil {
		out = *s.line
	}
	if slices.ContainsFunc(s.jobs.list(), func(j job) bool { return j.Quiet }) {
		out.Counting = true
		return out, nil
	}
	if s.lineTried == s.version { // it failed, or was stopped
		return out, nil
	}
	out.Counting, s.lineTried = true, s.version
	of, version, ids := s.study, s.version, slices.Clone(s.inTime(c.book.Log()))
	_, err := s.jobs.quietly(c.who.Actor, "Counting the history", func(ctx context.Context, st *study.Study, _ *running) (string, error) {
		var steps []study.Step
		err := errNoStudy
		if st != nil {
			steps, err = st.Trail(ctx, ids, lineSingly)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.study != of || err != nil {
			return "", err
		}
		line := historyLine{Points: []linePoint{}, Moved: map[string]lineMove{}}
		if len(s.numbers) > 0 {
			line.Label = s.numbers[0].Label
		}
		for _, x := range steps {
			line.add(x.IDs, x.Time, pointOf(x.Before), pointOf(x.After))
		}
		s.line, s.lineAt = &line, version
		return "", nil
	})
	return out, err
}

func pointOf(n count.Number) linePoint {
	return linePoint{Value: n.N, Low: n.Range.Low, High: n.Range.High}
}

// add puts a step at the end of the line.
func (l *historyLine) add(ids []string, time string, before, after linePoint) {
	if before != after || len(l.Points) == 0 {
		after.Time = time
		l.Points = append(l.Points, after)
	}
	before.Time, after.Time = "", ""
	if before != after {
		for _, id := range ids {
			l.Moved[id] = lineMove{before.Value, after.Value, before.Low, before.High, after.Low, after.High}
		}
	}
}

// lineOn lets the line go on with what was just saved.
func (s *Server) lineOn(saved []recount.Decision, at int64, before, after []number) {
	if s.line == nil || s.lineAt != at || s.seen != "" || len(before) == 0 || len(after) == 0 || len(saved) == 0 {
		return
	}
	ids := []string{}
	for i := range saved {
		if slices.Contains(wideFiles, saved[i].Kind) {
			return // what was counted before may be counted otherwise now
		}
		ids = append(ids, saved[i].ID)
	}
	point := func(n number) linePoint { return linePoint{Value: n.Value, Low: n.Low, High: n.High} }
	line := *s.line
	line.Moved = maps.Clone(line.Moved)
	line.add(ids, saved[len(saved)-1].Time, point(before[0]), point(after[0]))
	s.line, s.lineAt = &line, s.version
}

var wideFiles = []recount.Kind{recount.KindFile, recount.KindOwner, recount.KindWeights}
