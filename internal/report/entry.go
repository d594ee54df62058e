package report

import (
	"strings"

	"recount"
	"recount/internal/count"
	"recount/internal/pattern"
)

// An Entry is one result of a report.md before it stands there: its fields as
// they are typed.
type Entry struct {
	Name, Label             string
	Count, Share, Of, Where string // filters, or "all"
	By, From, To            string
	Compare, With           string // periods: "2015-01 to 2015-08"
}

// bare texts mean in YAML what they are written as, and no number, date or flag.
var bare = pattern.New(`^[A-Za-z][\pL\pN_.,()"=!&|<>/ -]*$`)

var switches = pattern.New(`^(?i:null|true|false|yes|no|on|off|y|n)$`)

// value writes a text so that YAML reads the same text.
func value(s string) string {
	if bare.MatchString(s) && !switches.MatchString(s) && !strings.HasSuffix(s, " ") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// Lines are the entry as report.md holds it, under results.
func (e Entry) Lines() string {
	var b strings.Builder
	b.WriteString("  " + e.Name + ":\n")
	for _, f := range [...][2]string{{"label", e.Label}, {"count", e.Count}, {"share", e.Share}, {"of", e.Of}, {"by", e.By}, {"where", e.Where},
		{"from", e.From}, {"to", e.To}, {"compare", e.Compare}, {"with", e.With}} {
		if s := strings.Join(strings.Fields(f[1]), " "); s != "" {
			b.WriteString("    " + f[0] + ": " + value(s) + "\n")
		}
	}
	return b.String()
}

// Query reads the lines as report.md would be read.
func (e Entry) Query() (count.Query, error) {
	if !resultName.MatchString(e.Name) {
		return count.Query{}, recount.WithHint(templateError(1, "", "%q cannot be the name of a result", e.Name), "a name has small letters, digits and _, and begins with a letter")
	}
	t, err := ParseTemplate([]byte("---\nresults:\n" + e.Lines() + "---\n"))
	if err != nil {
		return count.Query{}, err
	}
	return t.Queries[0], nil
}
