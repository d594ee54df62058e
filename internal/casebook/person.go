package casebook

import (
	"context"
	"slices"
	"strings"

	"recount"
)

// Accounts returns the accounts of a person, by the first digits of the id by
// which people are listed or of any that the person ever had: it is that of a
// decision about who counts, and leads for ever to the speaker whom it is about.
// That speaker comes first.
func (c *Casebook) Accounts(ctx context.Context, digits string) ([]*Voice, error) {
	var keys []recount.Key
	if len(digits) >= fewestDigits {
		for _, d := range c.log.All() {
			if d.Kind != recount.KindScope && d.Kind != recount.KindCriterion || !strings.HasPrefix(d.ID, digits) {
				continue
			}
			whom, err := c.Whom(ctx, d)
			if err != nil {
				return nil, err
			}
			for _, k := range whom {
				if !slices.Contains(keys, k) {
					keys = append(keys, k)
				}
			}
		}
	}
	persons := 0
	var all []recount.Key
	for _, k := range keys {
		if slices.Contains(all, k) {
			continue // another account of one whom we have
		}
		persons++
		all = append(all, k)
		if person, ok := c.CaseOf(k); ok {
			for _, m := range person.Members {
				if m.Key != k {
					all = append(all, m.Key)
				}
			}
		}
	}
	if err := oneHit("person", digits, persons, "`recount people` lists the people"); err != nil {
		return nil, err
	}
	var out []*Voice
	for _, k := range all {
		v, err := c.FindSpeaker(ctx, string(k))
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// A Person is everybody whom people say to be one, as far as keeping somebody
// safe goes: whoever takes a person out, hides or seals one has to reach every
// page of the person, also one whose speaker nobody counts. Members are all of
// them: those who count or may count, and those whom an answer `same` joins with
// these, over however many others, whether somebody answered that they count or
// not. Of the latter Scope is joined, "" or no; a person may be made of these alone.
type Person struct {
	recount.Case
	Doubtful []recount.Member // whom an answer `same` joins that others contradict, by key
}

// Counting is the person as far as it counts or may count, with the pages whose
// speakers are joined to it.
func (p *Person) Counting() recount.Case {
	out, counts := recount.Case{ID: p.ID}, false
	for _, m := range p.Members {
		if counts = counts || Counts(&m); Counts(&m) || m.Scope == recount.Joined {
			out.Members = append(out.Members, m)
		}
	}
	if !counts {
		out.Members = nil
	}
	return out
}

// Counts reports whether an account of a person counts or may count.
func Counts(m *recount.Member) bool { return m.Scope == recount.Yes || m.Scope == recount.Unclear }

// Name is what the person is called where it counts, else where it speaks.
func (p *Person) Name() string {
	if c := p.Counting(); len(c.Members) > 0 {
		return c.Name()
	}
	return p.Case.Name()
}

// Everywhere lists the members and those who are doubtful.
func (p *Person) Everywhere() []recount.Member { return slices.Concat(p.Members, p.Doubtful) }

// Tier is the strictest tier of the sources in which the person speaks. If one in
// which the person perhaps speaks may not be shown, the person is protected.
func (p *Person) Tier() recount.Tier {
	t := p.Case.Tier()
	for i := range p.Doubtful {
		if m := &p.Doubtful[i]; !m.Tier.Shown() || m.Held {
			t = t.Stricter(recount.Protected)
		}
	}
	return t
}

// Persons lists the people who count or may count, by id: that of the smallest
// decision by which one of them counts, else may count. Among them are those who
// do not count and of whom it was decided how far they may be shown, or who speak
// under another name: their id is the key of their first account.
func (c *Casebook) Persons(ctx context.Context) ([]Person, error) {
	done := map[recount.Key]bool{}
	var out []Person
	take := func(ask func(sp *Speaker) bool) error {
		for _, p := range c.list {
			for _, sp := range c.state(p).settled.speakers {
				if done[sp.Key] || !ask(sp) {
					continue
				}
				x, err := c.person(ctx, account{p, sp})
				if err != nil {
					return err
				}
				for _, m := range x.Members {
					done[m.Key] = true
				}
				out = append(out, x)
			}
		}
		return nil
	}
	if err := take((*Speaker).counts); err != nil {
		return nil, err
	}
	if err := take((*Speaker).guarded); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Person) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// counts reports whether a speaker counts or may count by itself.
func (s *Speaker) counts() bool { return s.Member != nil && Counts(s.Member) }

// guarded reports whether a speaker who does not count is one to keep safe all the
// same.
func (s *Speaker) guarded() bool {
	if s.counts() {
		return false
	}
	for about := range s.about {
		if about == "tier" || strings.HasPrefix(about, "spoken\x00") {
			return true
		}
	}
	return !s.Rejected && s.Ref().Kind == recount.Pseudonym
}

// PersonsByMember gives the people of Persons by each of their accounts.
func (c *Casebook) PersonsByMember(ctx context.Context) (map[recount.Key]*Person, error) {
	all, err := c.Persons(ctx)
	if err != nil {
		return nil, err
	}
	out := map[recount.Key]*Person{}
	for i := range all {
		for _, m := range all[i].Members {
			out[m.Key] = &all[i]
		}
	}
	return out, nil
}

// PersonOf returns the person whom a speaker is; ok is false if nobody decided
// anything about it. The id is empty if no account counts or may count.
func (c *Casebook) PersonOf(ctx context.Context, k recount.Key) (x Person, ok bool, err error) {
	for _, p := range c.list {
		for _, sp := range c.state(p).settled.speakers {
			if sp.Key == k {
				x, err = c.person(ctx, account{p, sp})
				return x, err == nil, err
			}
		}
	}
	return x, false, nil
}

// An account is a speaker with the page on which it stands.
type account struct {
	page *page
	sp   *Speaker
}

// saidSame lists those of whom an answer says that they are the same person as a
// speaker, whoever gave it and whatever others say, but for what an adjudicator
// overruled.
func (c *View) saidSame(x account) (out []account) {
	for _, d := range c.state(x.page).decisions {
		if b, ok := d.answer.(recount.LinkBody); !ok || b.Answer != recount.Same {
			continue
		}
		a, b := c.ends(d)
		if a == nil || b == nil || a == b || a != x.sp && b != x.sp {
			continue
		}
		if l := c.links.of(pairOf(a.Key, b.Key)); l != nil && l.Settled && l.Answer == recount.Different {
			continue
		}
		if a == x.sp {
			out = append(out, account{d.at[1].page, b})
		} else {
			out = append(out, account{d.at[0].page, a})
		}
	}
	return out
}

// person gathers the accounts of the person whom a speaker is.
func (c *View) person(ctx context.Context, first account) (p Person, err error) {
	at := map[recount.Key]account{first.sp.Key: first}
	all := reach(first.sp.Key, func(k recount.Key) (next []recount.Key) {
		for _, x := range c.saidSame(at[k]) {
			at[x.sp.Key] = x
			next = append(next, x.sp.Key)
		}
		return next
	})
	slices.Sort(all)
	sure := c.joined(first.sp.Key)
	for _, k := range all {
		m, err := c.accountOf(ctx, at[k])
		if err != nil {
			return p, err
		}
		if slices.Contains(sure, k) {
			p.Members = append(p.Members, m)
		} else {
			p.Doubtful = append(p.Doubtful, m)
		}
	}
	for _, scope := range []string{recount.Yes, recount.Unclear} {
		for _, m := range p.Members {
			if m.Scope == scope && (p.ID == "" || m.Decision < p.ID) {
				p.ID = m.Decision
			}
		}
		if p.ID != "" {
			return p, nil
		}
	}
	if len(p.Members) > 0 {
		p.ID = string(p.Members[0].Key)
	}
	return p, nil
}

// accountOf is a speaker as an account of a person. One who does not count has
// what the page says of it: words that were read as its own are as much the
// person's as those that somebody accepted.
func (c *View) accountOf(ctx context.Context, x account) (recount.Member, error) {
	if x.sp.counts() {
		return *x.sp.Member, nil
	}
	sp, w := x.sp, c.whereOf(x.page)
	m := recount.Member{Key: sp.Key, Article: x.page.Key, At: sp.At, Corrected: sp.Corrected, Scope: string(sp.Scope), Decision: sp.Decision, Speaker: *sp.Ref(),
		Original: w.original, Outlet: w.outlet, Prints: w.prints, First: w.first, Day: w.day, Dates: w.days, DateReason: w.reason}
	if sp.Member != nil {
		m.Scope = sp.Member.Scope
	}
	vs, err := c.voices(ctx, x.page, true)
	if err != nil {
		return m, err
	}
	for _, v := range vs {
		if v.Speaker != sp {
			continue
		}
		if m.Speaker, err = c.Ref(ctx, v); err != nil {
			return m, err
		}
		for _, u := range v.Utterances {
			if u.State != recount.Rejected {
				m.Statements = append(m.Statements, recount.AcceptedStatement{Article: x.page.Key, At: u.At, Type: u.Type})
			}
		}
	}
	c.protect(&settled{}, sp, &m)
	return m, nil
}
