package study

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/release"
	"recount/internal/report"
)

// This file says what limits the numbers of a public edition: the same as the team's
// report, as far as it can be said of nobody. Of everybody together it is a number;
// of part of the people, where the number might be that of a few, it is said in words.

// limits is what limits the results of an edition together.
type limits struct {
	coded        int // people of whom anybody coded anything
	read, readOf int // people whose gender is as the program read it, of those of the widest result
	bounds       bool
	noNumbers    bool // values that are compared with numbers, and are none
	reprints     bool // pages may be reprints that nobody has decided, and a number rests on it
	unjudged     int
	missed       []report.DocumentBlock
}

// limit looks up what does not rest on one result.
func (e *publicEdition) limit(ctx context.Context) error {
	e.limits.unjudged, _ = e.book.Undecided()
	m, err := miss(ctx, e.book)
	if err != nil {
		return err
	}
	e.limits.missed = report.Missed(&m, e.People)
	return nil
}

// ofCodes reports whether a result that is printed looks at codes.
func (e *publicEdition) ofCodes(x *draftEdition) bool {
	return slices.ContainsFunc(e.Results, func(r release.Result) bool {
		return !x.shape.Dropped(r.Name) && e.results[r.Name].CodedOf > 0
	})
}

// codedWords says of how many people behind a number anything was coded, or "".
func (e *publicEdition) codedWords(r recount.Result) string {
	said := report.Coded(r)
	if said != "" && r.CodedOf != e.People {
		return "not all of these people are coded"
	}
	return said
}

// readWords says of the people of a result how many genders nobody confirmed, or "". A
// number of all of them would tell what a gender that is not shown can be.
func (e *publicEdition) readWords(x *draftEdition, name string, whole bool) string {
	if !e.read[name] {
		return ""
	}
	hidden := slices.ContainsFunc(x.numbers, func(n release.Number) bool {
		return n.Hidden && slices.ContainsFunc(n.Where, func(c release.Condition) bool { return c.Column == "gender" })
	})
	if whole && !hidden && e.limits.readOf == e.People {
		return fmt.Sprintf("The gender of %d of %d people is as the program read it, which nobody confirmed.", e.limits.read, e.limits.readOf)
	}
	return "The gender of some of these people is as the program read it, which nobody confirmed."
}

// remarks are what stands under a table: what the team's report says there, where it
// says nothing of a few.
func (e *publicEdition) remarks(x *draftEdition, name string, two bool) (out []string) {
	i := slices.IndexFunc(e.Results, func(r release.Result) bool { return r.Name == name })
	r, counted := &e.Results[i], e.results[name]
	if strings.Contains(counted.Note, "several rows") {
		out = append(out, "A person may stand in several rows.")
	}
	if counted.CodedOf > 0 {
		if counted.CodedOf == e.People {
			out = append(out, fmt.Sprintf("Coded: %d of %d people, and the others are not zeros.", counted.Coded, counted.CodedOf))
		} else {
			out = append(out, "Not all of these people are coded, and the others are not zeros.")
		}
	}
	if s := e.readWords(x, name, len(r.Where)+len(r.Of) == 0); s != "" {
		out = append(out, s)
	}
	if !strings.Contains(counted.Note, "several rows") {
		var rows []recount.Result
		of, hidden := 0, false
		for i := range x.numbers {
			if n := &x.numbers[i]; n.Result == name && n.Row != "" && n.Cell == "" {
				rows, of, hidden = append(rows, recount.Result{N: n.N, Of: n.Of}), n.Of, hidden || n.Hidden
			}
		}
		if s := report.Rounded(rows, of); s != "" && !hidden && len(r.Dims) == 1 {
			out = append(out, s)
		}
	}
	if two {
		out = append(out, "The share of all counts who was not coded as if the code did not apply, and is of the answers accepted so far.")
	}
	return out
}

// sayLimits writes what limits the numbers of the edition.
func (e *publicEdition) sayLimits(x *draftEdition, point func(string)) {
	l := &e.limits
	point(report.Documented)
	if l.unjudged > 0 {
		point(report.Unjudged(l.unjudged))
	}
	if e.uncoded && e.ofCodes(x) {
		point(fmt.Sprintf("Anything was coded of %d of %d people. The others are not zeros: nobody has said of any code whether it applies to them.", l.coded, e.People))
	}
	for i := range e.Results {
		name := e.Results[i].Name
		if !x.shape.Dropped(name) && e.read[name] {
			point(e.readWords(x, name, true))
			break
		}
	}
	point(report.AcceptedOnly)
	for _, b := range l.missed {
		x.doc.Blocks = append(x.doc.Blocks, report.DocumentBlock{Kind: report.ListItem, Level: 1, Text: b.Text})
	}
	if l.reprints {
		point("Some pages may be reprints of others, which nobody has decided yet: the answers may change on which day, by which outlets and on how many independent originals people were reported.")
	}
	if l.bounds {
		point("Where open questions are too many to count out, a range is an outer bound.")
	}
	if l.noNumbers {
		point("Some values that are set against a number are no numbers: whoever has one stands neither above it nor below it.")
	}
	if e.study.config.Sample {
		point("Shares carry an interval, because the study says that its people are a sample.")
	} else {
		point("Shares carry no sampling interval: the study counts all that its coverage holds, not a sample of it. A comparison of two periods carries an exact one: it asks whether chance alone would do, if people came into the news at one rate.")
	}
}

// interval is the interval of a number of a sample; nil if the study is none.
func (e *publicEdition) interval(n *release.Number) *recount.Interval {
	r := e.results[n.Result]
	switch {
	case !e.study.config.Sample || n.Hidden:
		return nil
	case n.Row == "":
		return r.Interval
	case n.Of == 0:
		return nil
	case r.Kind == "trend" && !slices.ContainsFunc(e.Results, func(x release.Result) bool { return x.Name == n.Result && x.Share }):
		return count.Garwood(n.N)
	}
	return count.Wilson(n.N, n.Of)
}
