package recount

import (
	"cmp"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// A ReportedFigure is a number an article states ("almost 60%"). It is never a
// number that recount computed.
type ReportedFigure struct {
	Key       Key
	Article   Key
	Span      Span // with its qualifier
	Kind      FigureKind
	Value     *Decimal // nil if vague
	Low, High *Decimal // bounds where the wording gives them
	Qualifier Qualifier
	Unit      string // what is counted, head first in lower case: "defectors"
	Of        int    // index in the article's figures of the whole it is part of, -1 if none
	SaidBy    string // Speaker.ID, or "" if the article says it itself
	Event     string // "reported", "took place", ... or ""
	From, To  string // period it speaks of, resolved: ISO dates, inclusive, or ""
	Denied    bool   // the wording denies it: "there were not 40 deserters"
	Guess     bool   // expected or supposed, counted by nobody: "will presumably have thirty names"

	Withdrawn   bool `json:",omitempty"` // a note of correction takes it back
	CorrectedBy Key  `json:",omitempty"` // then the figure that the article now states instead, or ""
	ByPerson    bool `json:",omitempty"` // a person said what it states
}

// A FigureGroup is one quantity as several outlets report it. The reference
// comes first, the others in order of publication; nothing is averaged.
type FigureGroup struct {
	About   string // what is counted, event and period of the reference
	Members []GroupedFigure
	Settled string // what the study's rule makes of it: "29", "25 to 29", or "" if it finds no value
	Rule    string // that rule and its reason, in words
}

// A GroupedFigure is one reported figure of a group.
type GroupedFigure struct {
	Article  Key
	Figure   int // index in the article's figures
	Original Key // that its article belongs to; reprints share it
	Outlet   string
	Day      string // of publication, or what is known of it
	Wording  string // as printed
	Sentence Span
	Relation string // to the reference: "reference", "agrees", "copy", "degraded", "conflict", "impossible", "other_event", "derived", "not_a_count"
	Reason   string // in plain words
}

// A Decimal is an exact decimal number: Digits / 10^Places.
type Decimal struct {
	Digits int64
	Places int
}

// FigureKind says what sort of number it is.
type FigureKind string

const (
	CountFigure FigureKind = "count"
	ShareFigure FigureKind = "share" // percentages, ratios and fractions; value as a fraction of 1
	MoneyFigure FigureKind = "money"

	ChangeFigure FigureKind = "change" // the size of a rise or fall as a fraction of 1: no level, and no part of anything
)

// Qualifier says how exactly the number is meant.
type Qualifier string

const (
	Exact    Qualifier = "exact"
	AtLeast  Qualifier = "at_least"
	AtMost   Qualifier = "at_most"
	MoreThan Qualifier = "more_than"
	LessThan Qualifier = "less_than"
	About    Qualifier = "about"
	Almost   Qualifier = "almost"
	UpTo     Qualifier = "up_to"
	Between  Qualifier = "between"
	Vague    Qualifier = "vague"
)

// Qualifiers lists them.
var Qualifiers = [...]Qualifier{Exact, AtLeast, AtMost, MoreThan, LessThan, About, Almost, UpTo, Between, Vague}

// Number writes the value or the bounds of a figure, "-" if it is vague.
func (f *ReportedFigure) Number() string {
	switch {
	case f.Value != nil:
		return f.Value.String()
	case f.Low != nil && f.High != nil:
		return f.Low.String() + " to " + f.High.String()
	case f.Low != nil:
		return f.Low.String() + " or more"
	case f.High != nil:
		return f.High.String() + " or less"
	}
	return "-"
}

// Compare orders two numbers: -1, 0 or 1.
func (d Decimal) Compare(e Decimal) int {
	if d.Places == e.Places {
		return cmp.Compare(d.Digits, e.Digits)
	}
	scaled := func(x Decimal, places int) *big.Int {
		n := big.NewInt(x.Digits)
		return n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places-x.Places)), nil))
	}
	most := max(d.Places, e.Places)
	return scaled(d, most).Cmp(scaled(e, most))
}

// ParseDecimal reads a number as people write it: 41, 0.659, 65.9% as a part of
// one, and a fraction of two whole numbers, rounded to four places.
func ParseDecimal(s string) (Decimal, error) {
	var d Decimal
	digits, percent := strings.CutSuffix(strings.TrimSpace(s), "%")
	digits = strings.ReplaceAll(strings.TrimSpace(digits), ",", "")
	bad := func() (Decimal, error) {
		return Decimal{}, WithHint(fmt.Errorf("%w: %.40q is no number", ErrInvalid, s), "write 41, 0.66, 66% or 2/3")
	}
	if above, below, ok := strings.Cut(digits, "/"); ok {
		n, err := strconv.ParseInt(above, 10, 32)
		m, err2 := strconv.ParseInt(below, 10, 32)
		if err != nil || err2 != nil || percent || n < 0 || m < 1 {
			return bad()
		}
		return Decimal{(n*20000/m + 1) / 2, 4}.Trimmed(), nil
	}
	whole, part, _ := strings.Cut(digits, ".")
	if whole+part == "" || strings.Trim(whole+part, "0123456789") != "" || d.UnmarshalJSON([]byte(digits)) != nil || d.Places > 15 {
		return bad()
	}
	if percent {
		d.Places += 2
	}
	return d.Trimmed(), nil
}

// Trimmed leaves out zeros at the end of the places.
func (d Decimal) Trimmed() Decimal {
	for d.Places > 0 && d.Digits%10 == 0 {
		d.Digits, d.Places = d.Digits/10, d.Places-1
	}
	return d
}

// MarshalJSON writes d as a JSON number: 0.25.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// String returns d with its places: "0.25", "58".
func (d Decimal) String() string {
	n, sign := d.Digits, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	s := strconv.FormatInt(n, 10)
	if d.Places <= 0 {
		return sign + s + strings.Repeat("0", -d.Places)
	}
	if len(s) <= d.Places {
		s = strings.Repeat("0", d.Places+1-len(s)) + s
	}
	return sign + s[:len(s)-d.Places] + "." + s[len(s)-d.Places:]
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	whole, part, _ := strings.Cut(string(b), ".")
	n, err := strconv.ParseInt(whole+part, 10, 64)
	if err != nil || len(part) > 18 {
		return fmt.Errorf("%w: %.40q is no decimal", ErrInvalid, b)
	}
	*d = Decimal{n, len(part)}
	return nil
}
