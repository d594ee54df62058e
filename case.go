package recount

import (
	"cmp"
	"slices"
	"strings"
)

// A Case is one person across articles: a connected component, over live
// `same` decisions, of speakers that a live decision puts in scope. Its ID is
// the smallest id among those scope decisions, and every former id redirects
// to it.
type Case struct {
	ID      string
	Members []Member // sorted by key
}

// Head returns the member by whose name the person goes: one who is named,
// before one who goes by another name or is only described; of those one whom
// a person corrected or typed in; of those the name of most words; of those one
// with a statement; of those the one who spoke first. It is nil if there are no members.
func (c *Case) Head() *Member {
	var best *Member
	for i := range c.Members {
		if m := &c.Members[i]; best == nil || m.heads(best) < 0 {
			best = m
		}
	}
	for i := range c.Members { // the same name in full, where the one that heads is a part of it
		if m := &c.Members[i]; best != nil && best.Corrected && m.fuller(best) {
			best = m
		}
	}
	return best
}

// fuller reports whether a name holds another one of the same kind and more: "Kez
// Braithwaite" is "Miss Braithwaite" in full.
func (m *Member) fuller(o *Member) bool {
	if m.Speaker.Kind != o.Speaker.Kind || m.Nameless() {
		return false
	}
	has, of := nameWords(m.Speaker.Name), nameWords(o.Speaker.Name)
	return len(of) > 0 && len(has) > len(of) && !slices.ContainsFunc(of, func(w string) bool { return !slices.Contains(has, w) })
}

// nameWords are the words of a name without forms of address.
func nameWords(name string) []string {
	return slices.DeleteFunc(strings.Fields(strings.ToLower(name)), func(w string) bool { return slices.Contains(address[:], strings.TrimSuffix(w, ".")) })
}

var address = [...]string{"miss", "mr", "mrs", "ms", "mx", "dr", "prof", "professor", "sir", "lady", "sister", "brother", "nurse"}

// NoName stands for a person whom no article names or describes.
const NoName = "a person without a name"

// Name is what the person is called: by the member that heads it. A
// description that is only the end of a sentence names nobody.
func (c *Case) Name() string {
	if h := c.Head(); h != nil && h.Speaker.Name != "" && !h.Nameless() {
		return h.Speaker.Name
	}
	return NoName
}

// First is the member that was published first; nil if there are none.
func (c *Case) First() *Member {
	var best *Member
	for i := range c.Members {
		m := &c.Members[i]
		if best == nil {
			best = m
			continue
		}
		d := DateOf(m.Published()).Compare(DateOf(best.Published()))
		if d < 0 || d == 0 && m.First && !best.First {
			best = m
		}
	}
	return best
}

// Known returns by what name reports and tables call the person everywhere, and the
// member that gives it: what the page that first reported the person calls them, or the
// same name in full; where that page says nothing that names or describes them, what the
// member that heads the person does. The name is NoName, and the member may be nil, where
// no page does.
func (c *Case) Known() (string, *Member) {
	first, head := c.First(), c.Head()
	if first == nil {
		return NoName, nil
	}
	in := c.In(first.Article)
	by := in.Head()
	if by == nil || in.Name() == NoName || head.fuller(by) {
		by = head
	}
	if by.Speaker.Name == "" || by.Nameless() {
		return NoName, by
	}
	return by.Speaker.Name, by
}

// NameIn is what one page calls the person (In).
func (c *Case) NameIn(page Key) string { return c.In(page).Name() }

// In is what one page tells of a person: those members who speak on it, or whose
// words stand on it where it is a reprint. By them the person is named beside
// words of the page: a name that only another page gives is none of them, since
// a source whom this page does not name may have spoken on that condition.
func (c *Case) In(page Key) *Case {
	on, words := &Case{ID: c.ID}, &Case{ID: c.ID}
	for i := range c.Members {
		switch m := &c.Members[i]; {
		case m.Article == page:
			on.Members = append(on.Members, *m)
		case m.reprinted(page):
			words.Members = append(words.Members, *m)
		}
	}
	if len(on.Members) == 0 {
		return words
	}
	return on
}

// reprinted reports whether what the member said stands on a page that is not
// its own.
func (m *Member) reprinted(page Key) bool {
	return slices.ContainsFunc(m.Prints, func(p Print) bool { return p.Article == page }) ||
		slices.ContainsFunc(m.Statements, func(s AcceptedStatement) bool { return s.Article == page })
}

// States returns the value of one of the variables that was published first with
// its sentence, one of these words before others; nil if there is none.
func (c *Case) States(variables, words []string) (first *Value) {
	other := func(v *Value) int {
		if slices.Contains(words, v.Value) {
			return 0
		}
		return 1
	}
	for i := range c.Members {
		for j := range c.Members[i].Values {
			v := &c.Members[i].Values[j]
			if v.At.Len() == 0 || !slices.Contains(variables, v.Variable) {
				continue
			}
			if first == nil || cmp.Or(cmp.Compare(other(v), other(first)), DateOf(v.Day).Compare(DateOf(first.Day)), cmp.Compare(v.Article, first.Article), cmp.Compare(v.At.Start, first.At.Start)) < 0 {
				first = v
			}
		}
	}
	return first
}

// heads orders members by whose name goes first.
func (m *Member) heads(o *Member) int {
	rank := func(m *Member) int {
		k := slices.Index(SpeakerKinds[:], m.Speaker.Kind)
		if k < 0 || m.Speaker.Name == "" {
			return len(SpeakerKinds)
		}
		return k
	}
	yes := func(b bool) int {
		if b {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(yes(!m.Nameless()), yes(!o.Nameless())), cmp.Compare(rank(m), rank(o)), cmp.Compare(yes(m.Corrected), yes(o.Corrected)),
		cmp.Compare(len(strings.Fields(o.Speaker.Name)), len(strings.Fields(m.Speaker.Name))),
		cmp.Compare(yes(len(m.Statements) > 0), yes(len(o.Statements) > 0)),
		DateOf(m.Published()).Compare(DateOf(o.Published())), cmp.Compare(m.Key, o.Key))
}

// Published is the day of publication that holds: Day, or the first of Dates.
func (m *Member) Published() string {
	if m.Day == "" && len(m.Dates) > 0 {
		return m.Dates[0]
	}
	return m.Day
}

// Nameless reports whether a name says nothing alone: a relative clause ("who
// is 20"), a pronoun, or what stands for a name that was not given.
func (m *Member) Nameless() bool {
	first, _, _ := strings.Cut(strings.ToLower(m.Speaker.Name), " ")
	if strings.EqualFold(m.Speaker.Name, "name") {
		return true
	}
	return slices.Contains(pronouns[:], first) || slices.ContainsFunc(withheld[:], func(w string) bool { return strings.HasPrefix(strings.ToLower(m.Speaker.Name)+" ", w+" ") })
}

// withheld is what stands under a letter instead of a name: "Name and address
// supplied", of which a reader may take the first word for one.
var withheld = [...]string{"name and address", "name supplied", "name withheld", "name with held", "name not", "name changed", "names withheld", "names supplied", "name provided"}

var pronouns = [...]string{"who", "whose", "whom", "which", "that", "he", "she", "they", "i", "we", "him", "her", "them", "his", "their", "it"}

// A Member is one speaker of one article that people have decided about. Its
// key is that of the place where the decision put it, so two members are one
// only if a decision says so.
type Member struct {
	Key        Key
	Speaker    SpeakerRef
	Article    Key
	At         Span
	Corrected  bool                `json:",omitempty"` // a person corrected or typed in its name
	Tier       Tier                `json:",omitempty"` // how far it may be shown: as decided, else by its kind; with a circumstance at least protected
	Spoken     []Spoken            `json:",omitempty"` // circumstances of speech, in their order
	Held       bool                `json:",omitempty"` // nobody decided a tier since the circumstances were recorded
	Scope      string              // yes; unclear: an open question; or joined: it counts for the person whom `same` answers join with it, if that one counts
	Decision   string              // id of the scope decision that holds
	Original   Key                 // that its article belongs to
	Outlet     string              // of its article
	Prints     []Print             `json:"-"` // of its original in further outlets, while reprints are folded; by article
	First      bool                // its article probably printed its original first
	Day        string              // of publication, as chosen: one of Dates; "" means the first of them
	Dates      []string            // days of publication still possible, sorted; one if settled; a month or year if no day is known
	DateReason string              // why there are several
	Values     []Value             // as decided, in the order of their articles' dates
	Codes      []Coding            // sorted by code, then statement
	Coded      bool                `json:"-"` // somebody said of some code whether it applies to what this speaker said
	GenderRead bool                `json:"-"` // its gender is as the program read it: no person corrected or typed in who it is
	Statements []AcceptedStatement // in order of the text
	Disputes   []Dispute           `json:",omitempty"` // what people differ on that changes what it has, by key
	Perhaps    []Perhaps           `json:",omitempty"` // what it has besides, if those are answered so
	Answered   []Condition         `json:"-"`          // disputes about it that a count supposes to be answered so
}

// A Dispute is a question that people answered differently, other than who
// counts, who is the same and which day it was.
type Dispute struct {
	Key       Key
	What      string   // "gender", "kind", "value", "subject", "code", "statement", "mode", "speaker", "words", "outlet", "rule"
	Text      string   // the question in words
	Answers   []string // that are still possible; the first is what holds until it is settled
	Decisions []string // that differ, sorted
}

// Perhaps is what a member has where all conditions hold. None of it holds
// while its disputes have their first answers.
type Perhaps struct {
	If         []Condition
	Gender     Gender              `json:",omitempty"`
	Kind       SpeakerKind         `json:",omitempty"` // in place of the one that holds
	Values     []Value             `json:",omitempty"`
	Codes      []Coding            `json:",omitempty"`
	Statements []AcceptedStatement `json:",omitempty"`
	Gone       bool                `json:",omitempty"` // it has these codes and statements no more
	Prints     []Print             `json:",omitempty"` // outlets of these articles, in place of those that hold
	Where      *Where              `json:",omitempty"` // in place of what holds
}

// A Print is an article with the outlet that printed it.
type Print struct {
	Article Key
	Outlet  string
}

// A Where is what depends on how reprints count: the day on which a speaker
// was reported, and where else.
type Where struct {
	Prints     []Print
	Day        string
	Dates      []string
	DateReason string
	Elsewhere  []Dated `json:",omitempty"` // of other articles that state a value of the speaker
}

// A Dated article has a day of publication.
type Dated struct {
	Article Key
	Day     string
}

// A Condition is one answer to a dispute.
type Condition struct {
	Dispute Key
	Answer  string
}

// Unstated are the values that every variable has: nobody can tell, there is
// nothing to tell, and the article does not say.
var Unstated = []string{"unknown", "not applicable", "not stated"}

// A Value is one value of a variable of a person, with its sentence.
type Value struct {
	Variable string
	Value    string
	Article  Key  // that states it
	At       Span // in that article; zero if no sentence was given
	Decision string
	Outlet   string
	Day      string // of publication of that article
}

// A Coding is one code on one statement.
type Coding struct {
	Code     string
	Article  Key
	At       []Span // content of the statement
	Decision string
}

// An AcceptedStatement is a statement that a person accepted or typed in.
type AcceptedStatement struct {
	Article  Key
	At       []Span // content
	Type     QuotationType
	Decision string
	Typed    bool
}

// A Link is what is known of two members: a person's answer, or a question
// that is still open.
type Link struct {
	A, B          Key    // members
	Answer        string // same, different, or unsure: open
	Reason        string
	Decision      string // "" for a suggestion nobody has answered
	Settled       bool   `json:",omitempty"` // an adjudicator gave the answer
	Supposed      bool   `json:"-"`          // a count supposes it of an open link
	SaidSame      bool   `json:"-"`          // it is open as people differ, and some of them say same
	SaidDifferent bool   `json:"-"`          // or different
}

// A Codebook is the list of codes with what they mean (MacQueen et al. 1998).
type Codebook struct {
	Title      string
	Version    int
	Unit       string // what is coded: "case"; "" if the file does not say
	MultiLabel bool   // one unit may carry several codes
	Codes      []Code // in the order of the file; a parent before its children
}

// A Code is one entry of a codebook. Its name is its path: "infighting" or
// "infighting.spy_hunt".
type Code struct {
	Code       string
	Parent     string // "" at the top
	Short      string
	Definition string
	UseWhen    string
	DoNotUse   string
	Example    string
}
