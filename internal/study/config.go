package study

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"recount"
	"recount/internal/coding"
	"recount/internal/count"
	"recount/internal/figures"
	"recount/internal/pattern"
	"recount/internal/report"
)

// Config is study.yaml: what the study asks and how it counts.
type Config struct {
	Recount    int         `yaml:"recount"` // version of this file's form: 1
	Title      string      `yaml:"title"`
	Question   string      `yaml:"question"`
	Period     Period      `yaml:"period"`
	Scope      []Criterion `yaml:"scope"`
	Variables  []Variable  `yaml:"variables"`
	Rules      Rules       `yaml:"rules"`
	Grades     []Grade     `yaml:"grades"`     // how well an account is supported, the best first
	Sample     bool        `yaml:"sample"`     // false: a census of published accounts, so no intervals
	WhyCensus  string      `yaml:"why_census"` // the sentence printed instead of intervals
	Settle     []string    `yaml:"adjudicators"`
	Citation   string      `yaml:"citation"` // how reports cite pages: news, apa or chicago
	Quotations Quotations  `yaml:"quotations"`
	Rounds     []Round     `yaml:"rounds"`
}

// Quotations say what reports may quote where they list statements to be quoted.
type Quotations struct {
	Most int `yaml:"most"` // characters of one; an outlet's licence may allow less than 300
}

// A Round is a time in which several people code. While it is open and blind
// its coders see nobody's answers but their own in the workbench. Answers of a
// round whose name begins with "calibration" count for agreement only.
type Round struct {
	Name   string   `yaml:"name"`
	Coders []string `yaml:"coders"`
	Lead   string   `yaml:"lead"` // who made it, and may close it and hand its pages out while coding blind in it; "" if nobody may
	Blind  bool     `yaml:"blind"`
	Open   bool     `yaml:"open"`
}

// A Period is a pair of ISO dates cut to a year, month or day, both included.
type Period struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// A Criterion is one condition on who counts.
type Criterion struct {
	Name string `yaml:"name"`
	Ask  string `yaml:"ask"`
}

// A Variable is one thing that is recorded of every person.
type Variable struct {
	Name   string   `yaml:"name"`
	Ask    string   `yaml:"ask"`
	Values []string `yaml:"values"` // allowed values; empty: any

	// The values stand in their order, the lowest first, so that coders who are
	// one apart agree better than those who are three apart.
	Ordered bool `yaml:"ordered"`

	// Further words that mean a value, as the articles write it: Karsova:
	// [Karsovan, Korrin]. Values are proposed by them.
	Words map[string][]string `yaml:"words"`

	// How the public edition may show values at wider levels, the narrowest first:
	// {name: region, of: {Orlund: West, Pelagna: South}}. A value that a level does
	// not name is as it was.
	Wider []Wider `yaml:"wider"`
}

// Wider is one level of a ladder of values.
type Wider struct {
	Name string            `yaml:"name"`
	Of   map[string]string `yaml:"of"`
}

// A Grade is a rule of how well a claim is supported: by so many independent
// originals at least, behind which so many owners stand at least. The first of
// the study's grades that is met holds.
type Grade struct {
	Name      string `yaml:"name"`
	Originals int    `yaml:"originals"`
	Owners    int    `yaml:"owners"`
}

// says writes the conditions of a grade.
func (g Grade) says() string {
	originals, owners := fmt.Sprintf("%d independent originals or more", g.Originals), fmt.Sprintf("outlets of %d owners or more", g.Owners)
	switch {
	case g.Originals > 1 && g.Owners > 1:
		return originals + ", first printed by " + owners
	case g.Originals > 1:
		return originals
	case g.Owners > 1:
		return "independent originals first printed by " + owners
	}
	return "any account"
}

// Rules are the counting rules.
type Rules struct {
	Conflicts string `yaml:"conflicts"` // which of several values of a variable counts: earliest, latest, majority, conflict
	Link      int    `yaml:"link"`      // per cent: unanswered suggestions at least this probable are open questions

	Figures string              `yaml:"figures"` // how figures of several outlets are settled: range, majority, lowest, latest, outlet order
	Outlets []string            `yaml:"outlets"` // for "outlet order": whose figure goes first
	Vague   map[string][2]int64 `yaml:"vague"`   // lowest and highest number of a vague word: dozens: [24, 99]; without one it stays vague
	Bands   figures.Bands       `yaml:"bands"`   // how far "almost", "about" and fractions reach, in thousandths
}

// defaultLink is the probability, in per cent, from which a suggestion that
// nobody has answered widens a range.
const defaultLink = 50

// The longest statement that may be quoted has at least and at most so many
// characters.
const (
	shortestQuote = 40
	longestQuote  = 2000
)

var (
	variable = pattern.New(`^[a-z][a-z0-9_]*$`)
)

// parseConfig reads study.yaml. An error names the line or the field and says
// what it should hold.
func parseConfig(data []byte) (c *Config, err error) {
	// The YAML reader panics on some broken files; they are invalid like others.
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, recount.WithHint(fmt.Errorf("study.yaml: %w: it is no YAML that can be read", recount.ErrInvalid),
				"start from the example that `recount help study.yaml` shows")
		}
	}()
	return readConfig(bytes.TrimPrefix(data, []byte("\ufeff"))) // some editors write it before UTF-8
}

func readConfig(data []byte) (*Config, error) {
	c := Config{Rules: Rules{Bands: figures.DefaultBands}}
	if err := wholeNumbers(data); err != nil {
		return nil, err
	}
	if tk := coding.UnknownField(data, c); tk != nil {
		return nil, recount.WithHint(fmt.Errorf("study.yaml: %w: [%d:%d] unknown field %q", recount.ErrInvalid, tk.Position.Line, tk.Position.Column, tk.Value), "`recount help study.yaml` lists its fields")
	}
	if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
		return nil, recount.WithHint(fmt.Errorf("study.yaml: %w: %s", recount.ErrInvalid, yamlError(err)),
			"`recount help study.yaml` lists its fields")
	}
	bad := func(hint, format string, a ...any) (*Config, error) {
		return nil, recount.WithHint(fmt.Errorf("study.yaml: %w: %s", recount.ErrInvalid, fmt.Sprintf(format, a...)), hint)
	}
	if c.Recount == 0 {
		c.Recount = 1
	}
	if c.Recount > 1 {
		return nil, recount.WithHint(fmt.Errorf("study.yaml: form %d: %w", c.Recount, recount.ErrNewer),
			"install the version of recount that wrote it")
	}
	for _, d := range []string{c.Period.From, c.Period.To} {
		if d == "" {
			continue
		}
		if known, err := recount.ParseDate(d); err != nil || known.String() != d {
			hint := recount.HintOf(err)
			if hint == "" {
				hint = "write a day as 2014-05-14, a month as 2014-05, a year as 2014"
			}
			return bad(hint+", between quotation marks", "period: %q is no date", d)
		}
	}
	if from, to := recount.DateOf(c.Period.From), recount.DateOf(c.Period.To); from.Known() && to.Known() && to.Last().Compare(from.First()) < 0 {
		return bad("exchange from and to", "period: it ends (%s) before it begins (%s)", c.Period.To, c.Period.From)
	}
	seen := map[string]bool{}
	for _, v := range c.Variables {
		if !variable.MatchString(v.Name) {
			return bad("a name begins with a letter and holds lower-case letters, digits and _", "variables: %q is no name", v.Name)
		}
		if slices.Contains(reserved, v.Name) {
			return bad("choose another name", "variables: %q is a name that recount fills itself", v.Name)
		}
		if seen[v.Name] {
			return bad("remove one of the two", "variables: %q stands twice", v.Name)
		}
		seen[v.Name] = true
		if v.Ordered && len(v.Values) < 2 {
			return bad("list its values, the lowest first, or leave ordered out", "variables: %s is ordered and has no values", v.Name)
		}
		for _, l := range v.Wider {
			if !variable.MatchString(l.Name) || len(l.Of) == 0 {
				return bad("give each level a name of small letters and, under of:, what each value is at it", "variables: %s: a wider level is named %q and holds %d values", v.Name, l.Name, len(l.Of))
			}
		}
		for _, value := range slices.Sorted(maps.Keys(v.Words)) {
			if !slices.Contains(v.Values, value) {
				return bad("give words for values that stand under values:", "variables: %s: words for %q, which is no value of it", v.Name, value)
			}
		}
	}
	if err := c.checkGrades(); err != nil {
		return nil, err
	}
	if err := checkRounds(c.Rounds); err != nil {
		return nil, err
	}
	switch c.Rules.Conflicts {
	case "":
		c.Rules.Conflicts = "earliest"
	case "earliest", "latest", "majority", "conflict":
	default:
		return bad("the rules are earliest, latest, majority and conflict", "rules: no conflicts rule named %q", c.Rules.Conflicts)
	}
	switch figures.Rule(c.Rules.Figures) {
	case "":
		c.Rules.Figures = string(figures.Range)
	case figures.Range, figures.Majority, figures.Lowest, figures.Latest, figures.Order:
	default:
		return bad("the rules are range, majority, lowest, latest and outlet order", "rules: no figures rule named %q", c.Rules.Figures)
	}
	for word, v := range c.Rules.Vague {
		if v[0] < 0 || v[1] < v[0] {
			return bad("give the lowest and the highest number, as in dozens: [24, 99]", "rules: vague: %s: %d to %d is no range", word, v[0], v[1])
		}
	}
	for _, x := range []struct {
		name string
		band int
	}{{"almost", c.Rules.Bands.Almost}, {"about", c.Rules.Bands.About}, {"fraction", c.Rules.Bands.Fraction}, {"count", c.Rules.Bands.Count}} {
		if x.band < 0 || x.band > 500 {
			return bad("a band is a whole number of thousandths from 0 to 500, which is 0 to 50 in 100", "rules: bands: %s: %d is out of range", x.name, x.band)
		}
	}
	if c.Rules.Link == 0 {
		c.Rules.Link = defaultLink
	}
	if c.Rules.Link < 1 || c.Rules.Link > 100 {
		return bad("give a whole number from 1 to 100", "rules: link: %d is no percentage", c.Rules.Link)
	}
	if c.Citation != "" && !slices.Contains(report.CitationStyles(), c.Citation) {
		return bad("the styles are "+strings.Join(report.CitationStyles(), ", "), "citation: no style named %q", c.Citation)
	}
	if m := c.Quotations.Most; m != 0 && (m < shortestQuote || m > longestQuote) {
		return bad(fmt.Sprintf("give a whole number of characters from %d to %d", shortestQuote, longestQuote), "quotations: most: %d is no length", m)
	}
	if c.WhyCensus == "" {
		c.WhyCensus = "The people counted are all whom the coverage that was collected shows, not a sample of them, so shares carry no sampling interval."
	}
	return &c, nil
}

// mostNeeded is how many originals a grade may ask for.
const mostNeeded = 1000

// checkGrades refuses grades that cannot be told apart or never be met.
func (c *Config) checkGrades() error {
	bad := func(hint, format string, a ...any) error {
		return recount.WithHint(fmt.Errorf("study.yaml: %w: grades: %s", recount.ErrInvalid, fmt.Sprintf(format, a...)), hint)
	}
	for i, g := range c.Grades {
		switch {
		case !variable.MatchString(g.Name):
			return bad("a name begins with a letter and holds lower-case letters, digits and _", "%q is no name", g.Name)
		case slices.Contains([]string{count.Ungraded, "unknown", "conflict"}, g.Name):
			return bad("choose another name", "%q is a name that recount fills itself", g.Name)
		case min(g.Originals, g.Owners) < 0 || max(g.Originals, g.Owners) > mostNeeded:
			return bad(fmt.Sprintf("give whole numbers from 0 to %d", mostNeeded), "%s: %d originals of %d owners cannot be asked for", g.Name, g.Originals, g.Owners)
		case g.Originals > 0 && g.Owners > g.Originals:
			return bad(fmt.Sprintf("write originals: %d, or leave originals out", g.Owners), "%s asks for %d owners behind %d originals, and an original has one owner", g.Name, g.Owners, g.Originals)
		}
		for _, above := range c.Grades[:i] {
			if above.Name == g.Name {
				return bad("remove one of the two", "%s stands twice", g.Name)
			}
			// Owners ask for as many originals.
			if above.Owners <= max(g.Owners, 1) && max(above.Originals, above.Owners) <= max(g.Originals, g.Owners, 1) {
				return bad("list the grade that asks for most first", "%s is never given: whatever meets it meets %s, which stands above it", g.Name, above.Name)
			}
		}
	}
	if len(c.Grades) > 0 {
		for _, v := range c.Variables {
			if v.Name == "grade" || v.Name == "owners" {
				return bad("give the variable another name", "the study has a variable named %s, which recount fills where a study has grades", v.Name)
			}
		}
	}
	return nil
}

// yamlError cuts the source excerpt off a YAML error.
func yamlError(err error) string {
	s, _, _ := strings.Cut(err.Error(), "\n")
	return s
}

// reserved are the names of what recount computes for every case.
var reserved = []string{"first_reported", "last_reported", "codes", "has", "outlets", "originals", "statements", "kind",
	"articles", "first_outlet", "reported_by", "value", "within"}

// Filter returns the filter that a case was first reported in the period, or
// "" if the study has none. Both ends are included (package count compares
// dates at the precision of the bound).
func (p Period) Filter() string {
	var parts []string
	if p.From != "" {
		parts = append(parts, fmt.Sprintf("first_reported >= %q", p.From))
	}
	if p.To != "" {
		parts = append(parts, fmt.Sprintf("first_reported <= %q", p.To))
	}
	return strings.Join(parts, " && ")
}

// Names lists the variables of the study for package count.
func (c *Config) Names() []string {
	var out []string
	for _, v := range c.Variables {
		out = append(out, v.Name)
	}
	return out
}

// Counting returns the rules for package count.
func (c *Config) Counting() count.Rules {
	r := count.Rules{Conflict: c.Rules.Conflicts, Sample: c.Sample, From: c.Period.From, To: c.Period.To}
	for _, g := range c.Grades {
		r.Grades = append(r.Grades, count.Grade(g))
	}
	return r
}

// Words says each counting rule in a sentence.
func (c *Config) Words() []string {
	var out []string
	if c.Period.From != "" || c.Period.To != "" {
		out = append(out, fmt.Sprintf("Only people first reported in the period count: from %s to %s, both included.", orOpen(c.Period.From), orOpen(c.Period.To)))
	}
	out = append(out, map[string]string{
		"earliest": "Where articles differ about a person, the value of the one published first counts.",
		"latest":   "Where articles differ about a person, the value of the one published last counts.",
		"majority": "Where articles differ about a person, the value that most independent originals state counts.",
		"conflict": "Where articles differ about a person, the person counts under neither value but under \"conflict\".",
	}[c.Rules.Conflicts])
	out = append(out, fmt.Sprintf("A suggested link of %d%% or more that nobody has answered is an open question and widens the range.", c.Rules.Link))
	settled := map[string]string{
		"range":        "Where outlets report a figure differently, it is settled as the range from the lowest to the highest number stated.",
		"majority":     "Where outlets report a figure differently, the number that most independent originals state settles it.",
		"outlet order": "Where outlets report a figure differently, the first outlet in the study's order that states it settles it.",
		"lowest":       "Where outlets report a figure differently, the lowest number stated settles it.",
		"latest":       "Where outlets report a figure differently, the number that was published last settles it.",
	}[c.Rules.Figures]
	out = append(out, cmp.Or(settled, "Figures that outlets report differently are settled by the rule: "+c.Rules.Figures+"."))
	for i, g := range c.Grades {
		if i == 0 {
			out = append(out, "An account has the first grade that it meets.")
		}
		out = append(out, fmt.Sprintf("Grade %s: %s.", g.Name, g.says()))
	}
	if len(c.Rules.Vague) == 0 {
		out = append(out, "Vague words such as \"dozens\" have no number.")
	}
	for _, w := range slices.Sorted(maps.Keys(c.Rules.Vague)) {
		out = append(out, fmt.Sprintf("%q stands for %d to %d.", w, c.Rules.Vague[w][0], c.Rules.Vague[w][1]))
	}
	if !c.Sample {
		out = append(out, c.WhyCensus)
	}
	return out
}

func orOpen(d string) string {
	if d == "" {
		return "any time"
	}
	return d
}
