package workbench

import (
	"fmt"
	"slices"
	"strings"

	"recount/internal/study"
)

// keptReports lists the reports that were kept under a name, the oldest first.
func (s *Server) keptReports(*call) (any, error) {
	list, err := s.study.KeptReports()
	out := versionList{Items: []keptVersion{}}
	for _, v := range list {
		out.Items = append(out.Items, keptVersion{v.Name, v.AsOf, "/reports/" + v.Name + "/"})
	}
	out.Total = len(out.Items)
	return out, err
}

// rechecked says in sentences what a recheck looked at and what it found.
func rechecked(x *study.Rechecked) []jobLine {
	fits := jobLine{Kind: "said", Text: "Everything that this study holds fits together."}
	lines := []jobLine{fits}
	if n := len(x.Problems); n > 0 {
		lines[0] = jobLine{Kind: "wrong", Text: fmt.Sprintf("Does not fit: %d. Each stands here with the next step.", n)}
	}
	if len(x.Problems) == 0 && len(x.Unlooked) > 0 {
		lines[0] = jobLine{Kind: "wrong", Text: "What was compared fits; what stands here was not compared."}
	}
	for _, p := range slices.Concat(x.Unlooked, x.Problems) {
		lines = append(lines, jobLine{Kind: "wrong", Text: strings.TrimSpace(p.What + " " + p.Name + ": " + inButtons(p.Text)), Hint: inButtons(p.Hint)})
	}
	lines = append(lines,
		jobLine{Kind: "said", Text: fmt.Sprintf("Archived pages hashed again: %d. Decisions replayed: %d. Pages whose texts and statements were taken out again: %d.", x.Captures, x.Decisions, x.Derived)},
		jobLine{Kind: "said", Text: fmt.Sprintf("Entries of the log: %d, set beside what was kept of it at earlier moments: %d.", x.Entries, x.Checkpoints)})
	switch {
	case x.Reports > 0:
		lines = append(lines, jobLine{Kind: "said", Text: fmt.Sprintf("Reports counted and written again: %d, with numbers: %d, quotations found word for word: %d, files compared byte by byte: %d.", x.Reports, x.Numbers, x.Citations, x.Files)})
	case len(x.Problems) > 0:
		lines = append(lines, jobLine{Kind: "said", Text: "Reports were not counted again: first what does not fit must be put right."})
	default:
		lines = append(lines, jobLine{Kind: "said", Text: "No report was written yet, so none was counted again."})
	}
	if x.Signed > 0 {
		lines = append(lines, jobLine{Kind: "said", Text: fmt.Sprintf("Signatures that fit: %d.", x.Signed)})
	}
	for _, n := range x.Notes {
		lines = append(lines, jobLine{Kind: "note", Text: inButtons(n)})
	}
	return lines
}

// differing says in sentences what changed between two moments.
func differing(x *study.Diff) []jobLine {
	var lines []jobLine
	if len(x.Lines) == 0 {
		lines = append(lines, jobLine{Kind: "said", Text: "Nothing that is counted changed between the two."})
	}
	for _, l := range x.Lines {
		kind := "said"
		if strings.HasPrefix(l, "  ") {
			kind = "under"
		}
		lines = append(lines, jobLine{Kind: kind, Text: strings.TrimSpace(l)})
	}
	for _, l := range x.Also {
		lines = append(lines, jobLine{Kind: "note", Text: strings.TrimSpace(l)})
	}
	return lines
}
