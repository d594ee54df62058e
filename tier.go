package recount

import (
	"slices"
)

// A Tier says how far a person may be shown outside the team.
type Tier string

// The tiers, from the widest to the strictest.
const (
	Open      Tier = "open"      // a public figure, or one who agreed to be named
	Press     Tier = "press"     // named in the press: words and links may be shown, no new linkage
	Protected Tier = "protected" // no name, no words, no link; coarse attributes in counts only
	Withdrawn Tier = "withdrawn" // in nothing that leaves
)

// Tiers lists them, the widest first.
var Tiers = [...]Tier{Open, Press, Protected, Withdrawn}

// Stricter returns the stricter of two tiers. One that is not known is as
// strict as any.
func (t Tier) Stricter(o Tier) Tier {
	rank := func(t Tier) int {
		if i := slices.Index(Tiers[:], t); i >= 0 {
			return i
		}
		return len(Tiers)
	}
	if rank(o) > rank(t) {
		return o
	}
	return t
}

// Shown reports whether words, names and links of such a person may leave.
func (t Tier) Shown() bool { return t == Open || t == Press }

// DefaultTier is the tier of a speaker about whom nobody decided: whom the
// press names is named already, whom it hides is protected.
func DefaultTier(k SpeakerKind) Tier {
	if k == Named {
		return Press
	}
	return Protected
}

// A Circumstance is one under which somebody spoke that may have left no
// choice, or that makes speaking a danger.
type Circumstance string

// The circumstances.
const (
	Custody Circumstance = "custody" // held by somebody
	Watched Circumstance = "watched" // a guard or an official was present
	Minor   Circumstance = "minor"   // under 18
	Threat  Circumstance = "threat"  // under threat, or in fear of it
)

// Circumstances lists them.
var Circumstances = [...]Circumstance{Custody, Watched, Minor, Threat}

// A Spoken is a circumstance of speech with the sentence that shows it.
type Spoken struct {
	Circumstance Circumstance
	Article      Key
	At           Span // zero if no sentence was given
	Decision     string
}

// Tier is the strictest tier of the sources in which the person speaks: linking
// two of them makes something known that neither says.
func (c *Case) Tier() Tier {
	if len(c.Members) == 0 {
		return Protected
	}
	t := Open
	for i := range c.Members {
		t = t.Stricter(c.Members[i].Tier)
	}
	return t
}

// Held reports whether the person spoke under circumstances about which nobody
// has decided yet.
func (c *Case) Held() bool {
	return slices.ContainsFunc(c.Members, func(m Member) bool { return m.Held })
}

// Circumstances lists under which the person spoke, each once, in their order.
func (c *Case) Circumstances() (out []Circumstance) {
	for _, x := range Circumstances {
		if slices.ContainsFunc(c.Members, func(m Member) bool {
			return slices.ContainsFunc(m.Spoken, func(s Spoken) bool { return s.Circumstance == x })
		}) {
			out = append(out, x)
		}
	}
	return out
}
