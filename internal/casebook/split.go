package casebook

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// Words that people set apart from the speaker who was read there name two people
// in answers: whoever knew of it means the one who was set apart, and says so
// (SpeakerRef.Apart); whoever answered before, or in a copy of the study that did
// not have it yet, means the one who was there. An answer stays with whom it means.

// A split is words that people set apart.
type split struct {
	by    map[string]bool // by whom
	names map[string]bool // what the one who was set apart is called
	read  bool            // the program read somebody there
}

// splits finds the words of a page that people set apart.
func (p *page) splits(decisions []*placed) (out map[string]*split) {
	for _, d := range decisions {
		b, ok := d.answer.(recount.SpeakerBody)
		if !ok || !b.Apart {
			continue
		}
		for i := range d.at {
			if d.at[i].page != p || d.at[i].Found == Lost {
				continue
			}
			if out == nil {
				out = map[string]*split{}
			}
			x := out[d.at[i].name()]
			if x == nil {
				x = &split{by: map[string]bool{}, names: map[string]bool{}, read: d.at[i].Found == InOlder || p.read(d.at[i]) >= 0}
				out[d.at[i].name()] = x
			}
			x.by[d.Actor] = true
			x.names[recount.BareName(b.Speaker.Name)] = true
		}
	}
	return out
}

// knew reports whether an answer says itself that one of its places names somebody
// who was set apart there.
func knew(a recount.Answer, i int) bool {
	if b, ok := a.(recount.SpeakerBody); ok {
		return b.Apart || i == 0 && b.Speaker.Apart || slices.Contains(b.ApartMentions, i-1)
	}
	r := refOf(a, i)
	return r != nil && r.Apart
}

// stays reports whether an answer is about whom the program read at a place, and
// not about the one whom people set apart there. Answers of before they said so
// themselves tell it by the name that they use; else those of who set the words
// apart are about the other, and those of anybody else stay where they were.
func (s *settled) stays(d *placed, i int) bool {
	if len(s.splits) == 0 || i >= len(d.at) || d.at[i].Found == Lost {
		return false
	}
	x := s.splits[d.at[i].name()]
	if x == nil || !x.read || knew(d.answer, i) {
		return false
	}
	if r := refOf(d.answer, i); r != nil {
		switch name, words := recount.BareName(r.Name), recount.BareName(strings.Join(r.At.Exact, " ")); {
		case name == "":
		case name != words && x.names[name]:
			return false
		case name == words && !x.names[name] && d.Decision.Kind != recount.KindSpeaker:
			return true
		}
	}
	return !x.by[d.Actor]
}

// nameOf names the place of an answer; of one that stays with whom was there by
// another name than the place of who was set apart.
func (s *settled) nameOf(d *placed, i int) string {
	name := d.at[i].name()
	if s.stays(d, i) {
		return wasThere(name)
	}
	return name
}

func wasThere(name string) string { return name + "\x00there" }

// byAnswer returns who speaks at a place as an answer means it; nil if nobody does
// whom decisions know.
func (s *settled) byAnswer(d *placed, i int) *Speaker {
	if s.stays(d, i) {
		return s.stayed[wasThere(d.at[i].name())]
	}
	return s.byPlace(&d.at[i])
}

// speakerIn is speakerAt for the place of an answer.
func (c *View) speakerIn(d *placed, i int) *Speaker {
	if at := d.at[i]; at.page != nil && c.state(at.page).settled != nil && c.state(at.page).settled.stays(d, i) {
		if sp := c.state(at.page).settled.stayed[wasThere(at.name())]; sp != nil {
			return sp
		}
		return c.state(at.page).settled.byRead(at.page.read(at))
	}
	return c.speakerAt(d.at[i])
}

// refOf returns how an answer names the speaker at one of its places; nil if it
// does not.
func refOf(a recount.Answer, i int) *recount.SpeakerRef {
	if b, ok := a.(recount.SpeakerBody); ok && i == 0 {
		return &b.Speaker
	}
	if refs := namesIn(a); i < len(refs) {
		return refs[i]
	}
	return nil
}

// leftover reports whether an answer is about somebody who was set apart at these
// words, and is not any more.
func (s *settled) leftover(d *placed, i int) bool {
	return d.Decision.Kind != recount.KindSpeaker && d.at[i].Found != Lost && knew(d.answer, i) && s.splits[d.at[i].name()] == nil
}

// notify lists the answers that name somebody else than whom their words name now:
// those that stay with whom was there, and those about somebody who was set apart
// before that was taken back.
func (c *View) notify(p *page, s *settled, decisions []*placed) {
	stay, left := map[string][]*placed{}, map[string][]*placed{}
	for _, d := range decisions {
		for i, r := range roles(d.answer) {
			switch {
			case r != speaking || d.at[i].page != p:
			case s.stays(d, i) && !s.splits[d.at[i].name()].by[d.Actor]:
				stay[d.at[i].name()] = append(stay[d.at[i].name()], d)
			case s.leftover(d, i):
				left[d.at[i].name()] = append(left[d.at[i].name()], d)
			}
		}
	}
	list := func(of map[string][]*placed, text func(name string, ps []*placed) string) {
		for _, name := range sortedKeys(of) {
			ps := of[name]
			slices.SortFunc(ps, byID)
			ps = slices.CompactFunc(ps, func(a, b *placed) bool { return a.ID == b.ID })
			f := recount.Finding{What: "set apart", Text: text(name, ps)}
			for _, d := range ps {
				f.Decisions = append(f.Decisions, d.ID)
			}
			s.findings = append(s.findings, f)
		}
	}
	list(stay, func(name string, ps []*placed) string {
		whose := "the speaker who was read there"
		if sp := s.stayed[wasThere(name)]; sp != nil {
			whose = cut(called(sp))
		}
		other := "somebody else"
		if i := slices.IndexFunc(s.places, func(x speakerAt) bool { return x.at.name() == name }); i >= 0 {
			other = cut(called(s.places[i].Speaker))
		}
		return fmt.Sprintf("%s set words apart as those of %s by which %s answered (%s): these answers stay with %s; answer about %s if they are about the other",
			strings.Join(sortedKeys(s.splits[name].by), " and "), other, strings.Join(actors(ps), " and "), kinds(ps), whose, other)
	})
	list(left, func(name string, ps []*placed) string {
		i := slices.IndexFunc(roles(ps[0].answer), func(r role) bool { return r == speaking })
		was := "somebody"
		if r := refOf(ps[0].answer, i); r != nil && r.Name != "" {
			was = cut(r.Name)
		}
		text := fmt.Sprintf("%s answered about %s, who was set apart and is not any more (%s)", strings.Join(actors(ps), " and "), was, kinds(ps))
		if sp := s.byPlace(&ps[0].at[i]); sp != nil && sp.Read >= 0 {
			text += ": these answers are about " + cut(called(sp)) + " now; take back those that are not"
		}
		return text
	})
}

func actors(ps []*placed) []string {
	by := map[string]bool{}
	for _, d := range ps {
		by[d.Actor] = true
	}
	return sortedKeys(by)
}

func kinds(ps []*placed) string {
	of := map[string]bool{}
	for _, d := range ps {
		of[string(d.Decision.Kind)] = true
	}
	return strings.Join(sortedKeys(of), ", ")
}

// ownName gives back the name by which the page reads a speaker whom an answer
// names that was about somebody else, who was set apart there once.
func (c *View) ownName(ctx context.Context, p *page, s *settled) error {
	for _, sp := range s.speakers {
		if sp.Read < 0 || sp.ref == nil || !sp.ref.Apart || sp.Corrected || s.splits[placeName(p.id, []recount.Span{sp.At})] != nil {
			continue
		}
		var of []*placed
		for _, ps := range sp.about {
			of = append(of, ps...)
		}
		for _, d := range slices.SortedFunc(slices.Values(append(of, sp.scope...)), byID) {
			if r := refOf(d.answer, 0); r != nil && !r.Apart {
				sp.ref = r
				break
			}
		}
		if !sp.ref.Apart {
			continue
		}
		r, err := c.reading(ctx, p.Key)
		if err != nil {
			return err
		}
		if sp.Read < len(r.Speakers) {
			x := &r.Speakers[sp.Read]
			sp.ref = &recount.SpeakerRef{At: sp.ref.At, Name: x.Name, Kind: x.Kind, Gender: x.Gender}
		}
	}
	return nil
}

// saysApart returns an answer as somebody means it who knows which words of its
// places were set apart: each says so.
func (c *View) saysApart(p *placed) recount.Answer {
	apart := func(i int) bool {
		if i >= len(p.at) || p.at[i].page == nil || p.at[i].Found == Lost {
			return false
		}
		s := c.state(p.at[i].page).settled
		return s != nil && s.splits[p.at[i].name()] != nil
	}
	ref := func(r recount.SpeakerRef, i int) recount.SpeakerRef {
		r.Apart = apart(i)
		return r
	}
	switch b := p.answer.(type) {
	case recount.SpeakerBody:
		if b.Speaker.Apart = apart(0) && !b.Apart; b.Speaker.Apart && len(b.Mentions) == 0 {
			b.Speaker.Apart, b.Apart = false, true // a correction of who was set apart
		}
		if b.ApartMentions = nil; !b.Apart {
			for i := range b.Mentions {
				if apart(i + 1) {
					b.ApartMentions = append(b.ApartMentions, i)
				}
			}
		}
		return b
	case recount.ScopeBody:
		b.Speaker = ref(b.Speaker, 0)
		return b
	case recount.CriterionBody:
		b.Speaker = ref(b.Speaker, 0)
		return b
	case recount.ValueBody:
		b.Speaker = ref(b.Speaker, 0)
		return b
	case recount.TierBody:
		b.Speaker = ref(b.Speaker, 0)
		return b
	case recount.SpokenBody:
		b.Speaker = ref(b.Speaker, 0)
		return b
	case recount.SealBody:
		b.Speaker = ref(b.Speaker, 0)
		return b
	case recount.VaultBody:
		if b.Speaker != nil {
			r := ref(*b.Speaker, 0)
			b.Speaker = &r
		}
		return b
	case recount.LinkBody:
		b.A, b.B = ref(b.A, 0), ref(b.B, 1)
		return b
	case recount.DrawBody:
		b.A, b.B = ref(b.A, 0), ref(b.B, 1)
		return b
	case recount.StatementBody:
		if b.Speaker != nil {
			r := ref(*b.Speaker, 1)
			b.Speaker = &r
		}
		return b
	case recount.CodeBody:
		b.Speaker = ref(b.Speaker, 1)
		return b
	case recount.PassageBody:
		if b.Speaker != nil {
			r := ref(*b.Speaker, 1)
			b.Speaker = &r
		}
		return b
	}
	return p.answer
}
