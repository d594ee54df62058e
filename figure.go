package recount

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
