package workbench

import (
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/study"
)

// labels name the kinds of decision on screen.
var labels = map[recount.Kind]string{
	recount.KindFile: "study file", recount.KindRule: "rule", recount.KindStatement: "statement", recount.KindSpeaker: "speaker", recount.KindScope: "who counts",
	recount.KindCriterion: "criterion", recount.KindLink: "same person", recount.KindCode: "code", recount.KindPassage: "coded passage", recount.KindValue: "value", recount.KindDate: "day",
	recount.KindPage: "article", recount.KindScreen: "screening", recount.KindRelation: "reprint", recount.KindOwner: "owner", recount.KindFigure: "reported number", recount.KindStated: "what a number states",
	recount.KindRole: "set aside", recount.KindSample: "sample", recount.KindRead: "read to the end", recount.KindDraw: "drawn pair", recount.KindAssign: "assignment", recount.KindMemo: "memo", recount.KindNote: "note",
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
	var of map[recount.Key]bool
	if id := c.query("person"); id != "" {
		p, err := s.personBy(c, id)
		if err != nil {
			return nil, err
		}
		of = map[recount.Key]bool{}
		for _, m := range p.members {
			of[m.Key] = true
		}
	}
	most := limit(c, 100, 1000)
	from := cursor(c.query("after"), len(s.order))
	for i, id := range slices.Backward(s.order) {
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
