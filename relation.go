package recount

// A Relation is what two articles share, found by aligning their words. A is
// the article with the smaller key.
type Relation struct {
	A, B      Key
	Kind      RelationKind
	CoverageA Milli // share of A's words that lie in aligned runs
	CoverageB Milli
	Spans     []Alignment
	First     Key    // the article that probably printed the text first, or ""
	Reason    string // why First is thought to be first
	OwnA      bool   // A has a speaker who has no counterpart in B, or other names or numbers
	OwnB      bool
	Said      bool `json:"-"` // a person said that the two count once
}

// Asks reports whether counting the two once is for a person to say: they are
// copies, and the one that was not printed first, or may not have been, has a
// speaker whom the other does not have.
func (r *Relation) Asks() bool {
	switch {
	case r.Kind != Copy:
		return false
	case r.First == r.A:
		return r.OwnB
	case r.First == r.B:
		return r.OwnA
	}
	return r.OwnA || r.OwnB
}

// Asked returns the page about which a person is asked whether it counts once
// with another: the one that was not printed first, or of which that is not
// known the one with a speaker of its own.
func (r *Relation) Asked() (page, of Key) {
	if r.First == r.A || r.First == "" && !r.OwnA {
		return r.B, r.A
	}
	return r.A, r.B
}

// RelationKind says how much two articles share.
type RelationKind string

const (
	Copy      RelationKind = "copy"       // one runs the other's text
	Partial   RelationKind = "partial"    // they share passages of prose
	QuoteOnly RelationKind = "quote_only" // they share speech only
	Trace     RelationKind = "trace"      // a stock phrase
)

// An Alignment is one run of words that two articles share.
type Alignment struct{ A, B Span }

// An Original is a group of articles joined by copy relations. It counts once.
type Original struct {
	Key     Key
	Members []Key // articles, sorted
	First   Key   // probably printed first
	Reason  string
	Spliced bool // a page put together from several originals; it counts for nobody
}

// A SentenceOrigin says from which articles a sentence was taken.
type SentenceOrigin struct {
	Article  Key
	Sentence Span
	Origins  []Key // articles that hold it, sorted
	Altered  bool  // it is not verbatim in any of them
	OffTopic bool  // what it tells belongs to another story than the rest of its article
}
