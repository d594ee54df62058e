package study

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/casebook"
)

// A Described decision says in words what was decided.
type Described struct {
	*recount.Decision
	Words  string   // whom, what, and the answer; "" if the answer was erased
	Reason string   // as its actor gave it
	Pages  []string // that it is about
	State  string   // "" if it holds; else why not: "replaced by ...", "taken back by ...", "waits", "of another study"
	Erased bool
	Signed string // "by SHA256:..." if a signature fits; what is wrong with it otherwise; "" without one
}

// Chosen says which decisions to list.
type Chosen struct {
	By    string // an actor
	Page  string // address or file name, or the end of it
	Case  string // first digits of the id of a person, as `recount people` prints it
	Kind  string
	Since string // day, month or year
	Group string // first digits of its name
	All   bool   // those that do not hold, too
}

// expected lists who may decide something yet: adjudicators, the coders of rounds
// and those to whom pages were given.
func (s *Study) expected(book *casebook.Casebook) (names []string) {
	if s.config != nil {
		names = append(names, s.config.Settle...)
		for _, r := range s.config.Rounds {
			names = append(names, r.Coders...)
		}
	}
	for _, a := range casebook.Settled[recount.AssignBody](book.View, recount.KindAssign) {
		names = append(names, a.Coder)
	}
	return names
}

// known refuses a person of whom the study never heard, and a group that is none:
// an empty list would say that there is nothing to see.
func (f Chosen) known(l *recount.Log, expected []string) error {
	by, group := f.By == "" || slices.Contains(expected, f.By), f.Group == ""
	var actors []string
	for _, d := range l.All() {
		by, group = by || d.Actor == f.By, group || strings.HasPrefix(d.Group, f.Group)
		actors = append(actors, d.Actor)
	}
	if !by {
		slices.Sort(actors)
		return recount.WithHint(fmt.Errorf("%w: nobody named %q decided anything", recount.ErrNotFound, f.By), "those who did are "+strings.Join(slices.Compact(actors), ", "))
	}
	if !group {
		return recount.WithHint(fmt.Errorf("group %s: %w", f.Group, recount.ErrNotFound), "`recount decisions list` shows the groups; give the first 4 digits or more")
	}
	return nil
}

// Decisions lists decisions in words, by when they were made, with what a
// person should look at among them.
func (s *Study) Decisions(ctx context.Context, f Chosen) ([]Described, []recount.Finding, error) {
	var since recount.Date
	if f.Since != "" {
		var err error
		if since, err = recount.ParseDate(f.Since); err != nil {
			return nil, nil, err
		}
	}
	if f.Kind != "" && !slices.Contains(kinds[:], recount.Kind(f.Kind)) {
		var known []string
		for _, k := range kinds {
			known = append(known, string(k))
		}
		return nil, nil, recount.WithHint(fmt.Errorf("%w: no kind of decision named %q", recount.ErrNotFound, f.Kind), "kinds are "+strings.Join(known, ", "))
	}
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, nil, err
	}
	l := book.Log()
	if err := f.known(l, s.expected(book)); err != nil {
		return nil, nil, err
	}
	page := f.Page
	if page != "" {
		p, err := book.FindPage(page)
		if err != nil {
			return nil, nil, err
		}
		page = p.Article.Page()
	}
	var of map[recount.Key]bool
	if f.Case != "" {
		if of, err = s.speakersOf(ctx, f.Case); err != nil {
			return nil, nil, err
		}
	}
	waiting, foreign := map[string]bool{}, map[string]bool{}
	for _, id := range l.Waiting() {
		waiting[id] = true
	}
	for _, id := range l.Foreign() {
		foreign[id] = true
	}
	signed, err := s.Signatures(ctx)
	if err != nil {
		return nil, nil, err
	}
	var out []Described
	listed := map[string]bool{}
	for _, d := range l.All() {
		live := l.Live(d.ID)
		if !live && !f.All || f.By != "" && d.Actor != f.By || f.Kind != "" && d.Kind != recount.Kind(f.Kind) || since.Known() && recount.DateOf(d.Time).Compare(since.First()) < 0 ||
			f.Group != "" && !strings.HasPrefix(d.Group, f.Group) {
			continue
		}
		x := Described{Decision: d, Erased: d.Erasable == nil}
		if a, err := book.Answer(d); err == nil {
			x.Words, x.Pages = inWords(a), pagesOf(a)
			x.Reason = d.Erasable.Reason
		} else if d.Erasable != nil {
			x.Words = "it says nothing that this program understands"
		}
		if d.Kind == recount.KindRetract {
			x.Words = "takes back " + some(shorts(d.Replaces), 5)
		}
		if page != "" && !slices.Contains(x.Pages, page) {
			continue
		}
		if of != nil {
			keys, err := book.Whom(ctx, d)
			if err != nil {
				return nil, nil, err
			}
			if !slices.ContainsFunc(keys, func(k recount.Key) bool { return of[k] }) {
				continue
			}
		}
		switch {
		case live:
		case foreign[d.ID]:
			x.State = "of another study"
		case waiting[d.ID]:
			x.State = "waits for a decision that is not here"
		default:
			x.State = replacedBy(l, d)
		}
		for _, g := range signed[d.ID] {
			switch {
			case !g.Fits:
				x.Signed = "with a signature that does not fit"
			case x.Signed == "" || g.Theirs:
				if x.Signed = "by " + g.Key; !g.Theirs {
					x.Signed += ", which is not known as a key of " + d.Actor
				}
			}
		}
		out, listed[d.ID] = append(out, x), true
	}
	slices.SortStableFunc(out, func(a, b Described) int { return strings.Compare(a.Time, b.Time) })
	var findings []recount.Finding
	all := f == Chosen{} || f == Chosen{All: true}
	for _, x := range book.Findings() {
		if all || slices.ContainsFunc(x.Decisions, func(id string) bool { return listed[id] }) {
			findings = append(findings, x)
		}
	}
	return out, findings, nil
}

// kinds are those of decisions, as docs/format.md lists them.
var kinds = [...]recount.Kind{recount.KindFile, recount.KindRule, recount.KindStatement, recount.KindSpeaker, recount.KindScope, recount.KindCriterion, recount.KindLink,
	recount.KindCode, recount.KindPassage, recount.KindValue, recount.KindDate, recount.KindPage, recount.KindScreen, recount.KindRelation, recount.KindOwner,
	recount.KindFigure, recount.KindStated, recount.KindRole, recount.KindSample, recount.KindRead, recount.KindDraw, recount.KindWeights, recount.KindAssign, recount.KindMemo, recount.KindNote, recount.KindCodebook,
	recount.KindTier, recount.KindSpoken, recount.KindSeal, recount.KindVault, recount.KindRelease, recount.KindRetract, recount.KindRemove, recount.KindPublish}

// replacedBy says which live decision took the place of one.
func replacedBy(l *recount.Log, d *recount.Decision) string {
	for _, by := range l.Replacers(d.ID) {
		if !l.Live(by.ID) {
			continue
		}
		if by.Kind == recount.KindRetract {
			return fmt.Sprintf("taken back by %s", short(by.ID))
		}
		return fmt.Sprintf("replaced by %s", short(by.ID))
	}
	return "does not hold"
}

// speakersOf returns the keys of the speakers of a person, by an id of today or
// by one that the person ever had.
func (s *Study) speakersOf(ctx context.Context, digits string) (map[recount.Key]bool, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	var hits []casebook.Person
	former := map[recount.Key]bool{}
	if len(digits) >= 4 {
		people, err := book.Persons(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range people {
			if strings.HasPrefix(c.ID, digits) {
				hits = append(hits, c)
			}
		}
		if len(hits) == 0 {
			// An id is that of a decision about who counts, and leads for ever to
			// the speaker whom that decision is about.
			for _, d := range book.Log().All() {
				if d.Kind != recount.KindScope && d.Kind != recount.KindCriterion || !strings.HasPrefix(d.ID, digits) {
					continue
				}
				keys, err := book.Whom(ctx, d)
				if err != nil {
					return nil, err
				}
				for _, k := range keys {
					former[k] = true
				}
			}
			for _, c := range people {
				if slices.ContainsFunc(c.Members, func(m recount.Member) bool { return former[m.Key] }) {
					hits = append(hits, c)
				}
			}
			if len(hits) == 0 && len(former) == 1 {
				return former, nil // somebody who does not count any more
			}
			if len(hits) == 0 {
				// Lists of speakers print an id of their own.
				if v, err := book.FindSpeaker(ctx, digits); err == nil {
					for _, c := range people {
						if slices.ContainsFunc(c.Members, func(m recount.Member) bool { return m.Key == v.Key }) {
							hits = append(hits, c)
						}
					}
				}
			}
		}
	}
	switch len(hits) {
	case 0:
		return nil, recount.WithHint(fmt.Errorf("person %s: %w", digits, recount.ErrNotFound), "give the first 4 digits of an id or more; `recount people` lists the people")
	case 1:
		out := map[recount.Key]bool{}
		for _, m := range hits[0].Members {
			out[m.Key] = true
		}
		return out, nil
	}
	return nil, recount.WithHint(fmt.Errorf("person %s: %w: several begin like this", digits, recount.ErrInvalid), "give more digits")
}

// pagesOf lists the pages that an answer names, each once.
func pagesOf(a recount.Answer) (out []string) {
	for _, an := range a.Anchors() {
		out = append(out, an.Page)
	}
	switch b := a.(type) {
	case recount.DateBody:
		out = append(out, b.Page)
	case recount.PageBody:
		out = append(out, b.Page)
	case recount.ScreenBody:
		out = append(out, b.Page)
	case recount.RelationBody:
		out = append(out, b.Page, b.Of)
	case recount.ReadBody:
		out = append(out, b.Page)
	case recount.AssignBody:
		out = append(out, b.Page)
	case recount.SampleBody:
		out = append(out, b.Pages...)
	case recount.MemoBody:
		out = append(out, b.On.Page)
	case recount.NoteBody:
		out = append(out, b.On.Page)
	}
	var once []string
	for _, p := range out {
		if p != "" && !slices.Contains(once, p) {
			once = append(once, p)
		}
	}
	return once
}

func recipientNames(b recount.VaultBody) (out []string) {
	for _, r := range b.Recipients {
		out = append(out, r.Name)
	}
	return out
}

func shorts(ids []string) (out []string) {
	for _, id := range ids {
		out = append(out, short(id))
	}
	return out
}

// some joins the first of a list.
func some(list []string, most int) string {
	if len(list) > most {
		return strings.Join(list[:most], ", ") + fmt.Sprintf(" and %d more", len(list)-most)
	}
	return strings.Join(list, ", ")
}

// clip writes the first runes of a text on one line.
func clip(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "..."
	}
	return s
}

// quoted writes the words of a place.
func quoted(an *recount.Anchor) string {
	return "\"" + clip(strings.Join(an.Exact, " ... "), 60) + "\""
}

// who names a speaker of a decision.
func who(r *recount.SpeakerRef) string {
	if r == nil {
		return "nobody"
	}
	if n := clip(r.Name, 60); n != "" {
		return n
	}
	return quoted(&r.At)
}

// inWords says what an answer says.
func inWords(a recount.Answer) string {
	switch b := a.(type) {
	case recount.FileBody:
		return clip(b.Name, 40)
	case recount.RuleBody:
		if b.On {
			return "rule " + clip(string(b.Rule), 40) + " on"
		}
		return "rule " + clip(string(b.Rule), 40) + " off"
	case recount.StatementBody:
		s := string(b.Answer) + ": " + who(b.Speaker)
		if b.Mode == recount.Thought {
			s += " thinks " + quoted(&b.At)
		} else {
			s += " says " + quoted(&b.At)
		}
		if b.Typed {
			s += ", typed in"
		}
		for i := range b.Instead {
			if b.Answer == recount.Rejected {
				s += ", nor " + quoted(&b.Instead[i])
			} else {
				s += ", in place of " + quoted(&b.Instead[i])
			}
		}
		return s
	case recount.SpeakerBody:
		s := who(&b.Speaker)
		if b.Answer == recount.Rejected {
			return "nobody speaks at " + quoted(&b.Speaker.At)
		}
		s += fmt.Sprintf(" (%s, %s)", b.Speaker.Kind, b.Speaker.Gender)
		switch {
		case b.Apart:
			s += " is somebody else than the speaker who was read there"
		case b.Typed:
			s += " typed in"
		case len(b.Mentions) == 0:
			s += " corrected"
		}
		for i := range b.Mentions {
			s += ", joined with " + quoted(&b.Mentions[i])
		}
		if b.Silent {
			s += ", spoken about only"
		}
		return s
	case recount.ScopeBody:
		return who(&b.Speaker) + " counts: " + string(b.Answer)
	case recount.CriterionBody:
		return who(&b.Speaker) + ", " + clip(b.Criterion, 40) + ": " + string(b.Answer) + shownBy(b.Evidence)
	case recount.LinkBody:
		return who(&b.A) + " and " + who(&b.B) + ": " + string(b.Answer)
	case recount.CodeBody:
		return clip(b.Code, 60) + ": " + string(b.Answer) + ", of " + who(&b.Speaker) + ", " + quoted(&b.At)
	case recount.PassageBody:
		s := clip(b.Code, 60) + ": " + string(b.Answer) + ", of the passage " + quoted(&b.At)
		if b.Speaker != nil {
			s += " about " + who(b.Speaker)
		}
		return s
	case recount.ValueBody:
		return who(&b.Speaker) + ", " + clip(b.Variable, 40) + ": " + clip(b.Value, 60) + shownBy(b.Evidence)
	case recount.DateBody:
		return "published " + clip(b.Published, 20)
	case recount.PageBody:
		return string(b.Field) + ": " + clip(b.Value, 80)
	case recount.ScreenBody:
		return "belongs to the study: " + string(b.Answer)
	case recount.RelationBody:
		return "reprint of " + clip(b.Of, 80) + ": " + string(b.Answer)
	case recount.OwnerBody:
		if b.Owner == "" {
			return clip(b.Outlet, 60) + " belongs to nobody who is known"
		}
		return clip(b.Outlet, 60) + " belongs to " + clip(b.Owner, 60)
	case recount.FigureBody:
		return "the figure " + quoted(&b.At) + ": " + string(b.Answer)
	case recount.StatedBody:
		return "the figure " + quoted(&b.At) + " states: " + clip(b.Says(), 100)
	case recount.RoleBody:
		return quoted(&b.At) + ": " + string(b.Role)
	case recount.SampleBody:
		return fmt.Sprintf("drawn to be read to the end: %d", len(b.Pages))
	case recount.ReadBody:
		return "read to the end"
	case recount.DrawBody:
		return "drawn to be compared: " + who(&b.A) + " and " + who(&b.B)
	case recount.WeightsBody:
		return fmt.Sprintf("weights of two people, from %d pairs answered the same and %d different: %d", b.Same, b.Different, len(b.Levels))
	case recount.AssignBody:
		return "coded by " + clip(b.Coder, 40) + ": " + string(b.Answer)
	case recount.MemoBody:
		return clip(b.Text, 100)
	case recount.NoteBody:
		return string(b.State) + ": " + clip(b.Text, 100)
	case recount.CodebookBody:
		return string(b.Op) + " " + clip(b.Code, 60) + " to " + clip(strings.Join(b.To, ", "), 80)
	case recount.TierBody:
		return who(&b.Speaker) + ": " + string(b.Tier)
	case recount.SpokenBody:
		return who(&b.Speaker) + ", " + string(b.Circumstance) + ": " + string(b.Answer) + shownBy(b.Evidence)
	case recount.SealBody:
		return who(&b.Speaker) + ", in the vault: " + string(b.What)
	case recount.VaultBody:
		switch b.Op {
		case recount.OpenVault:
			return who(b.Speaker) + ", opened in the vault: " + some(shorts(b.Opened), 5)
		case recount.RotateVault:
			return "the vault opens for other keys: " + clip(strings.Join(recipientNames(b), ", "), 200)
		}
		return "vault begun, which opens for " + clip(strings.Join(recipientNames(b), ", "), 200)
	case recount.ReleaseBody:
		return ChangeWords(b)
	case recount.RemoveBody:
		return "erased: " + clip(b.What, 20) + " " + short(clip(b.ID, 64))
	case recount.PublishBody:
		return "produced " + short(clip(b.Manifest, 64))
	}
	return a.Says()
}

func shownBy(an *recount.Anchor) string {
	if an == nil {
		return ""
	}
	return ", " + quoted(an)
}
