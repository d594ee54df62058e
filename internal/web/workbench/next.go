package workbench

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"recount"
)

// next says what to do next, in the order of its effect on the count.
func (s *Server) next(c *call) (any, error) {
	out := nextReply{Queues: []queue{}, Flow: []flowStep{}, Months: []month{}, Jobs: s.jobs.list()}
	pages := len(c.book.Dated())
	out.Empty = pages == 0
	seconds := s.pace(c)
	minutes := func(n int) int { return (n*seconds + 59) / 60 }
	add := func(q queue) {
		if q.Left > 0 {
			q.Minutes = minutes(q.Left)
			out.Queues = append(out.Queues, q)
		}
	}
	firstOpen := ""
	for _, k := range c.book.Dated() {
		if c.book.UnansweredOn(k) > 0 {
			firstOpen = string(k)
			break
		}
	}
	undecided, _ := c.book.Undecided()
	reading := queue{ID: "speakers", Label: "Who counts", Left: undecided, Detail: plural(undecided, "1 speaker whom nobody answered for", "%d speakers whom nobody answered for"), Most: min(1, undecided), Href: "/people", Key: firstOpen}
	if firstOpen != "" {
		reading.Href = "/articles/" + firstOpen
	}
	add(reading)
	links, likely := 0, 0
	for i := range s.suggestions {
		if asked, both := c.book.Asks(&s.suggestions[i]); asked && both && s.suggestions[i].Probability >= leastAsked {
			links++
			if s.suggestions[i].Probability >= 500 {
				likely++
			}
		}
	}
	decided, err := c.book.DecidedPairs(c.ctx)
	if err != nil {
		return nil, err
	}
	for i := range decided {
		if decided[i].Asked() {
			links, likely = links+1, likely+1
		}
	}
	add(queue{ID: "pairs", Label: "Same person?", Left: links, Detail: plural(links, "1 pair of people who count, %d of them likely", "%d pairs of people who count, %d of them likely", likely), Most: min(1, links), Href: "/links"})
	// Statements of people who count are on the pages that have some.
	open, first := 0, ""
	const look = 100 // pages whose lines are made for this list at a time
	looked, all := 0, true
	for _, k := range c.book.Dated() {
		if c.book.Quiet(k) || c.book.UnansweredOn(k) > 0 {
			continue
		}
		if _, ok := s.rows[k]; !ok {
			if looked == look {
				all = false
				continue
			}
			looked++
		}
		r, err := s.row(c.ctx, c.book, k)
		if err != nil {
			return nil, err
		}
		if r.Open > 0 && r.ReprintOf == "" && r.Screened != recount.No {
			open += r.Open
			if first == "" {
				first = r.Key
			}
		}
	}
	statements := queue{ID: "statements", Label: "Statements, values and codes", Left: open, Detail: "of people who count", Href: "/articles/" + first, Key: first}
	if !all {
		statements.Detail = "of people who count, at least: not all articles were looked at yet"
	}
	add(statements)
	doubtful, firstDoubtful, screened, unscreened, folded, screenedOut, read := 0, "", 0, 0, 0, 0, 0
	c.book.EachPage(func(k recount.Key, _, _ string, flagged, isFirst bool, answer recount.YesNo) {
		if flagged {
			doubtful++
			firstDoubtful = cmp.Or(firstDoubtful, string(k))
		}
		if answer != "" {
			screened++
		} else {
			unscreened++
		}
		switch {
		case answer == recount.No:
			screenedOut++
		case !isFirst:
			folded++
		default:
			read++
		}
	})
	add(queue{ID: "dates", Label: "Days that are doubtful", Left: doubtful, Detail: "articles whose day of publication is not certain", Most: min(1, doubtful), Href: "/articles?flag=date", Key: firstDoubtful})
	if maybe := len(s.maybeReprint(c.book)); maybe > 0 {
		add(queue{ID: "reprints", Label: "Pages that may be reprints", Left: maybe, Detail: "they run the text of another page and have a speaker of their own", Most: 1, Href: "/articles?flag=maybe"})
	}
	if screened > 0 {
		add(queue{ID: "screening", Label: "Screening", Left: unscreened, Detail: "articles that nobody said belong to the study or not", Href: "/articles?state=unscreened"})
	}
	disagree := len(s.lookAgain(c.book))
	add(queue{ID: "findings", Label: "To be looked at", Left: disagree, Detail: "answers that differ, or whose words are gone", Most: min(1, disagree), Href: "/codes?list=review"})
	notes := 0
	for _, m := range s.memos(c.book, c.book.Holding, func(recount.Topic) bool { return true }, nil) {
		if m.State == string(recount.OpenNote) {
			notes++
		}
	}
	add(queue{ID: "notes", Label: "Notes", Left: notes, Detail: "what an editor or a lawyer asks", Href: "/history?kind=note"})
	slices.SortStableFunc(out.Queues, func(a, b queue) int { return cmp.Compare(b.Most, a.Most) })
	refused, err := s.study.Refusals(c.ctx)
	if err != nil {
		return nil, err
	}
	offered, err := s.study.Offered(c.ctx, refused)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, p := range c.book.Pages() {
		names[p.Name] = true
	}
	refused, _ = recount.Pieces(refused, func(name string) bool { return names[name] })
	if offered > 0 {
		counted := 0
		if len(s.numbers) > 0 {
			counted = s.numbers[0].Value
		}
		out.Flow = []flowStep{
			{"offered", offered, 0, "/collect"},
			{"could not be read", len(refused), 1, "/collect"},
			{"articles", pages, 0, "/articles"},
			{"screened out", screenedOut, 1, "/articles?state=screened"},
			{"reprints folded into their original", folded, 1, "/articles?flag=reprint"},
			{"articles to read", read, 0, "/articles?state=open"},
			{"people who count", counted, 0, "/people?list=people"},
		}
	}
	by, err := s.study.Months(c.ctx)
	if err != nil {
		return nil, err
	}
	if ms := slices.Sorted(maps.Keys(by)); len(ms) > 0 {
		last, _ := time.Parse("2006-01", ms[len(ms)-1])
		for t, err := time.Parse("2006-01", ms[0]); err == nil && !t.After(last); t = t.AddDate(0, 1, 0) {
			m := t.Format("2006-01")
			out.Months = append(out.Months, month{m, by[m]})
		}
	}
	out.Since = s.since(c)
	return out, nil
}

// pace is how many seconds this person takes for an answer: the median of the
// gaps between the last answers, pauses left out.
func (s *Server) pace(c *call) int {
	const longest, enough = 120, 200
	var gaps []int
	var last time.Time
	for _, id := range slices.Backward(s.order) {
		d := c.book.Log().Find(id)
		if d == nil || d.Actor != c.who.Actor || d.Kind == recount.KindFile {
			continue
		}
		t, err := time.Parse(time.RFC3339, d.Time)
		if err != nil {
			continue
		}
		if gap := int(last.Sub(t) / time.Second); !last.IsZero() && gap > 0 && gap < longest {
			gaps = append(gaps, gap)
		}
		last = t
		if len(gaps) == enough {
			break
		}
	}
	if len(gaps) < 5 {
		return 0 // nobody has a pace before there are answers
	}
	slices.Sort(gaps)
	return max(1, gaps[len(gaps)/2])
}

// since says what others did since this person was last here.
func (s *Server) since(c *call) *since {
	const away = 30 * time.Minute
	mine, l := -1, c.book.Log()
	var later time.Time
	for i, id := range slices.Backward(s.order) {
		d := l.Find(id)
		if d == nil || d.Actor != c.who.Actor {
			continue
		}
		t, err := time.Parse(time.RFC3339, d.Time)
		if err != nil {
			continue
		}
		// The last answer before a pause: what came since the one before this
		// visit is news, too.
		if !later.IsZero() && later.Sub(t) > away {
			mine = i
			break
		}
		if later.IsZero() {
			mine = i
		}
		later = t
	}
	if mine < 0 || c.who.Actor == "" {
		return nil
	}
	out := &since{When: l.Find(s.order[mine]).Time, By: []actorWork{}}
	by := map[string]int{}
	for _, id := range s.order[mine+1:] {
		if d := l.Find(id); d != nil && d.Actor != c.who.Actor && d.Actor != recount.DefaultActor {
			by[d.Actor]++
			if d.Kind == recount.KindScope && l.Live(id) {
				if a, err := c.book.Answer(d); err == nil && a.Says() == recount.Yes {
					out.People++
				}
			}
		}
	}
	for _, a := range slices.Sorted(maps.Keys(by)) {
		out.By = append(out.By, actorWork{a, by[a]})
	}
	c.book.EachPage(func(_ recount.Key, _, captured string, _, _ bool, _ recount.YesNo) {
		if captured > out.When {
			out.Pages++
		}
	})
	return out
}

// collect says what was looked for, and what came of it.
func (s *Server) collect(c *call) (any, error) {
	out := collectReply{Searches: []searchRow{}, Refused: []refusal{}, Poor: []poor{}, Feeds: []feed{}, Folded: []folded{}}
	searches, err := s.study.Searches(c.ctx)
	if err != nil {
		return nil, err
	}
	for i, x := range slices.Backward(searches) {
		row := searchRow{ID: fmt.Sprint(i), Database: cmp.Or(x.Details.Database, x.Channel), Query: cmp.Or(x.Details.String, x.Query), Filters: x.Details.Filters,
			Day: cmp.Or(x.Details.Made, x.Time.UTC().Format("2006-01-02")), By: x.Actor, Hits: cmp.Or(x.Details.Hits, x.Offered), Since: x.Added, Refused: x.Refused}
		out.Searches = append(out.Searches, row)
		if x.Channel == "feed" {
			for _, p := range x.Paths {
				if !slices.ContainsFunc(out.Feeds, func(f feed) bool { return f.URI == p }) {
					out.Feeds = append(out.Feeds, feed{p, row.Day, x.Added})
				}
			}
		}
	}
	refused, err := s.study.Refusals(c.ctx)
	if err != nil {
		return nil, err
	}
	pages := c.book.Pages()
	for _, r := range refused {
		out.Refused = append(out.Refused, refusal{Name: r.Name, Why: r.Reason, Hint: r.Hint, Stage: r.Stage, Share: 1000 / max(1, len(pages)+len(refused))})
	}
	for i := range pages {
		p := &pages[i]
		const few = 400 // bytes; a page with fewer says hardly anything
		switch {
		case p.Size < few:
			out.Poor = append(out.Poor, poor{string(p.Key), p.Title, plural((p.Size+5)/6, "1 word", "%d words"), 1000 * p.Size / few})
		case p.Title == "":
			out.Poor = append(out.Poor, poor{string(p.Key), p.Name, "no headline was found", 1000})
		}
		if n := len(p.Original.Members); n > 1 && p.First {
			out.Folded = append(out.Folded, folded{cmp.Or(p.Title, p.Name), string(p.Key), n - 1})
		}
	}
	slices.SortStableFunc(out.Folded, func(a, b folded) int { return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Key, b.Key)) })
	return out, nil
}
