package report

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// Standards are the reports that come with recount, for any study: what came in,
// what people said, and one page for a newsroom.
var Standards = []string{"pile", "said", "brief"}

//go:embed templates/said.md
var saidText string

//go:embed templates/brief.md
var briefText string

// mostValues is how many values a variable has at most that a standard report
// draws as a chart; one with more is listed among the variables only.
const mostValues = 40

// Standard writes the template of a standard report for a study: the results
// follow from what the study records, and the prose is the same for all.
func Standard(kind string, m *Material) (*Template, error) {
	s := &standard{m: m}
	text := map[string]string{"said": saidText, "brief": briefText}[kind]
	if text == "" {
		return nil, recount.WithHint(fmt.Errorf("report: %w: no standard report named %q", recount.ErrInvalid, kind), "they are "+strings.Join(Standards, ", "))
	}
	for _, v := range m.Variables {
		if len(v.Values) > 0 && len(v.Values) <= mostValues && v.Name != "gender" {
			s.variables = append(s.variables, v.Name)
		}
	}
	s.codes = len(m.Codebook.Codes) > 0
	s.unit, s.from, s.to = s.period()
	body := s.fill(text)
	t, err := ParseTemplate([]byte("---\n" + s.results() + "---\n" + body))
	if err != nil {
		return nil, fmt.Errorf("standard report %s: %w", kind, err)
	}
	t.Kind = kind
	t.Title = map[string]string{"said": "What they said", "brief": "In brief"}[kind]
	if m.Title != "" {
		t.Title = m.Title + ": " + strings.ToLower(t.Title[:1]) + t.Title[1:]
	}
	return t, nil
}

// A standard is the template of a standard report while it is written.
type standard struct {
	m              *Material
	variables      []string // that have few values
	codes          bool
	unit, from, to string // of the timeline
}

// period returns the unit of the timeline and the first and last day that it
// covers: the period of the study, or of its people.
func (s *standard) period() (unit, from, to string) {
	from, to = s.m.From, s.m.To
	for i := range s.m.Cases {
		d := firstDay(&s.m.Cases[i])
		if recount.DateOf(d).Precision() != recount.ToDay && recount.DateOf(d).Precision() != recount.ToMonth {
			continue
		}
		if s.m.From == "" && (from == "" || d < from) {
			from = d
		}
		if s.m.To == "" && d > to {
			to = d
		}
	}
	a, b := recount.DateOf(from).First(), recount.DateOf(to).Last()
	if !a.Known() || !b.Known() {
		return "year", "", ""
	}
	months := 12*(b.Year()-a.Year()) + b.Month() - a.Month() + 1
	switch {
	case months <= 36:
		return "month", a.String()[:7], b.String()[:7]
	case months <= 144:
		return "quarter", a.String()[:7], b.String()[:7]
	}
	return "year", a.String()[:4], b.String()[:4]
}

// halves cuts the period of the timeline into two of whole months.
func (s *standard) halves() (first, second string) {
	a, b := recount.DateOf(s.from).First(), recount.DateOf(s.to).Last()
	if !a.Known() || !b.Known() {
		return "", ""
	}
	month := func(d recount.Date) int { return 12*d.Year() + d.Month() - 1 }
	name := func(n int) string { return fmt.Sprintf("%04d-%02d", n/12, n%12+1) }
	from, to := month(a), month(b)
	if to-from < 3 {
		return "", ""
	}
	middle := from + (to-from+1)/2
	return name(from) + " to " + name(middle-1), name(middle) + " to " + name(to)
}

// results writes the results that the prose may take.
func (s *standard) results() string {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("results:")
	line("  people:\n    label: people counted\n    count: all")
	line("  women:\n    label: women\n    share: gender == \"woman\"")
	line("  named:\n    label: named by at least one article\n    share: kind == \"named\"")
	line("  corroborated:\n    label: two or more independent originals speak of them\n    share: originals >= 2")
	line("  genders:\n    label: gender as the texts show it\n    by: gender")
	line("  kinds:\n    label: how they are named in the press\n    by: kind")
	line("  first_outlets:\n    label: outlet that reported them first\n    by: first_outlet")
	for _, v := range s.variables {
		line("  var_%s:\n    label: %s\n    by: %s", v, strings.ReplaceAll(v, "_", " "), v)
	}
	if len(s.m.Grades) > 0 {
		line("  grades:\n    label: how well each account is supported\n    by: grade")
	}
	line("  time:\n    label: %s first reported\n    by: %s", s.unit, s.unit)
	if s.from != "" {
		line("    from: %s\n    to: %s", s.from, s.to)
	}
	if first, second := s.halves(); first != "" {
		line("  halves:\n    label: second half of the period against the first\n    compare: %s\n    with: %s", second, first)
	}
	if s.codes {
		line("  codes:\n    label: %s\n    by: code.top", s.about())
		line("  codes_gender:\n    label: %s, by gender\n    by: code.top, gender", s.about())
		if slices.ContainsFunc(s.m.Codebook.Codes, func(c recount.Code) bool { return c.Parent != "" }) {
			line("  subcodes:\n    label: %s, in detail\n    by: code", s.about())
		}
	}
	return b.String()
}

// about is what the codes are of, in words that YAML leaves alone.
func (s *standard) about() string {
	t := s.m.Codebook.Title
	if t == "" || strings.ContainsAny(t, ":#\"'{}[]|>&*!%@`\n") {
		return "what they said"
	}
	return t
}

// fill takes the lines of a template that suit the study. A line that begins
// with "?name " stands only where the study has such a thing; "@variables" is
// one chart a variable, "@codes" as many codes as are most frequent.
func (s *standard) fill(text string) string {
	var b strings.Builder
	first, _ := s.halves()
	has := map[string]bool{"halves": first != "", "grades": len(s.m.Grades) > 0, "codes": s.codes, "subcodes": slices.ContainsFunc(s.m.Codebook.Codes, func(c recount.Code) bool { return c.Parent != "" }), "variables": len(s.variables) > 0,
		"census": s.m.Census, "sample": !s.m.Census, "first_variable": len(s.variables) > 0, "scope": len(s.m.Scope) > 0, "period": s.from != ""}
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, "?"); ok {
			name, rest, _ := strings.Cut(rest, " ")
			if !has[strings.TrimSpace(name)] {
				continue
			}
			line = rest
		}
		switch strings.TrimSpace(line) {
		case "@variables":
			for _, v := range s.variables {
				fmt.Fprintf(&b, "{{bars var_%s}}\n\n", v)
			}
			continue
		case "@scope":
			for _, c := range s.m.Scope {
				fmt.Fprintf(&b, "- %s\n", escaped(c))
			}
			continue
		}
		if len(s.variables) > 0 {
			line = strings.ReplaceAll(line, "@first_variable", "var_"+s.variables[0])
		}
		b.WriteString(line)
	}
	return b.String()
}

// escaped keeps text of a study file from being read as Markdown or as a slot.
func escaped(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "\\<", "{{", "{ {", "#", "\\#", "!", "\\!", "|", "\\|", "~", "\\~").Replace(s)
}
