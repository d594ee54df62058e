package recount

// A Case is one person across articles: a connected component, over live
// `same` decisions, of speakers that a live decision puts in scope. Its ID is
// the smallest id among those scope decisions, and every former id redirects
// to it.
type Case struct {
	ID      string
	Members []Member // sorted by key
}

// A Member is one speaker of one article that people have decided about. Its
// key is that of the place where the decision put it, so two members are one
// only if a decision says so.
type Member struct {
	Key        Key
	Speaker    SpeakerRef
	Article    Key
	At         Span
	Scope      string              // yes, or unclear: an open question
	Decision   string              // id of the scope decision that holds
	Original   Key                 // that its article belongs to
	Outlet     string              // of its article
	First      bool                // its article probably printed its original first
	Day        string              // of publication, as chosen: one of Dates; "" means the first of them
	Dates      []string            // days of publication still possible, sorted; one if settled; a month or year if no day is known
	DateReason string              // why there are several
	Values     []Value             // as decided, in the order of their articles' dates
	Codes      []Coding            // sorted by code, then statement
	Statements []AcceptedStatement // in order of the text
}

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
	A, B     Key    // members
	Answer   string // same, different, or unsure: open
	Reason   string
	Decision string // "" for a suggestion nobody has answered
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
