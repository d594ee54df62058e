package figures

import (
	"recount"
	"recount/internal/figures/compare"
)

// The results of comparing are described in package compare.
type (
	Bands    = compare.Bands
	Ratio    = compare.Ratio
	Answer   = compare.Answer
	Group    = compare.Group
	Member   = compare.Member
	Relation = compare.Relation
	Rule     = compare.Rule
	Settled  = compare.Settled
	Vague    = compare.Vague
)

// How a figure stands to the reference of its group.
const (
	Reference  = compare.Reference
	Agrees     = compare.Agrees
	Copied     = compare.Copied
	Degraded   = compare.Degraded
	Conflict   = compare.Conflict
	Impossible = compare.Impossible
	OtherEvent = compare.OtherEvent
	Derived    = compare.Derived
	NotACount  = compare.NotACount
)

// The rules by which Group.Settle resolves figures that differ.
const (
	Range    = compare.Range
	Majority = compare.Majority
	Order    = compare.Order
	Lowest   = compare.Lowest
	Latest   = compare.Latest
)

// DefaultBands are the bands of a study that sets none.
var DefaultBands = compare.DefaultBands

// Check answers whether a share of a whole can be a whole number, under
// DefaultBands: "61% of 58", "nearly a third of 58", "two of 58".
func Check(question string) (Answer, error) { return DefaultBands.Check(question) }

// BaseStated reports whether the article itself says of what figure i is a
// part. See compare.BaseStated.
func BaseStated(text string, figs []recount.ReportedFigure, i int) bool {
	return compare.BaseStated(text, figs, i)
}

// Reconcile groups the figures of several articles that speak of one quantity
// and says how each relates to the others, under DefaultBands. found holds
// what Find returned, by article; originals says which articles are reprints
// of one text and therefore one voice.
func Reconcile(articles []*recount.Article, found map[recount.Key][]recount.ReportedFigure, originals []recount.Original) []Group {
	return DefaultBands.Reconcile(articles, found, originals)
}
