package study

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/disk"
	"recount/internal/pattern"
)

// A Setup is the answers to the five questions of init.
type Setup struct {
	Title    string
	Question string
	From, To string   // of the period
	Who      []string // who counts: each condition is a question, "left: Did he leave?" gives it a name
	Record   []string // variables: a name, "home: Where from?", "home: Where from? = North (Nerth, the fells), South"
	ID       string   // of the study; "" = a new one
}

// What `recount run` writes into a study.yaml that nobody was asked about, and
// the criterion of every new study.
const (
	runQuestion    = "Who speaks, and what do they say?"
	runWho         = "Does this person count?"
	firstCriterion = "counts"
)

// YAML writes study.yaml out of the answers, with a comment at each field.
func (u Setup) YAML() []byte {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("# What this study asks and how it counts. recount help study.yaml explains every field.")
	line("recount: 1")
	line("title: %s", strconv.Quote(u.Title))
	line("question: %s", strconv.Quote(u.Question))
	line("")
	line("# Only people first reported in this period count. Both ends are included.")
	line("period:")
	line("  from: %s", strconv.Quote(u.From))
	line("  to: %s", strconv.Quote(u.To))
	line("")
	line("# Who counts: one entry for each condition; each is answered yes, no or unclear.")
	line("scope:")
	for i, who := range u.Who {
		name, ask := firstCriterion, who
		if m := namedLine.FindStringSubmatch(who); m != nil {
			name, ask = m[1], m[2]
		} else if i > 0 {
			name += "_" + strconv.Itoa(i+1)
		}
		line("  - name: %s", name)
		line("    ask: %s", strconv.Quote(ask))
	}
	if len(u.Who) == 0 {
		line("  - name: %s", firstCriterion)
		line("    ask: \"\"")
	}
	line("")
	line("# What is recorded of each person, each value with its sentence.")
	if len(u.Record) == 0 {
		line("variables: []")
	} else {
		line("variables:")
		for _, v := range u.Record {
			v, values, _ := strings.Cut(v, " = ")
			m := namedLine.FindStringSubmatch(v)
			if m == nil {
				m = []string{"", strings.TrimSpace(v), ""}
			}
			line("  - name: %s", m[1])
			if m[2] != "" {
				line("    ask: %s", strconv.Quote(m[2]))
			}
			names, words := valuesOf(values)
			if len(names) > 0 {
				line("    values: [%s]", quotedList(names))
			}
			if len(words) > 0 {
				line("    words:")
			}
			for _, x := range names {
				if len(words[x]) > 0 {
					line("      %s: [%s]", strconv.Quote(x), quotedList(words[x]))
				}
			}
		}
	}
	line("")
	line("# Which of several values counts: earliest, latest, majority or conflict.")
	line("# link: suggestions at least this probable (per cent) that nobody has answered widen a range.")
	line("rules:")
	line("  conflicts: earliest")
	line("  link: %d", defaultLink)
	line("")
	line("# false: these are all published accounts that were found, not a sample of them.")
	line("sample: false")
	return []byte(b.String())
}

// namedLine is a question with its short name before it.
var namedLine = pattern.New(`^\s*([a-z][a-z0-9_]*): +(\S.*?)\s*$`)

// valuesOf takes apart what stands between commas; in brackets behind a value
// stand further words that mean it.
func valuesOf(text string) (names []string, words map[string][]string) {
	words = map[string][]string{}
	for text != "" {
		end := strings.IndexAny(text, ",(")
		name, mark := text, byte(0)
		if end >= 0 {
			name, mark, text = text[:end], text[end], text[end+1:]
		} else {
			text = ""
		}
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
		if mark != '(' {
			continue
		}
		var in string
		in, text, _ = strings.Cut(text, ")")
		for x := range strings.SplitSeq(in, ",") {
			if x = strings.TrimSpace(x); x != "" && name != "" {
				words[name] = append(words[name], x)
			}
		}
	}
	return names, words
}

// quotedList writes texts as they stand in a list of YAML.
func quotedList(texts []string) string {
	var out []string
	for _, x := range texts {
		out = append(out, strconv.Quote(x))
	}
	return strings.Join(out, ", ")
}

//go:embed codebook_start.yaml
var codebookStart []byte

// Template is the text that a study file is started from; "" if there is none.
func Template(name string) string {
	if name == codebookFile {
		return string(codebookStart)
	}
	return ""
}

// StartCodebook writes a codebook.yaml to start from, with two codes and a
// comment at each field. One that is there is left alone.
func (s *Study) StartCodebook() (path string, err error) {
	path = filepath.Join(s.Dir, codebookFile)
	if _, err := os.Stat(path); err == nil {
		return "", recount.WithHint(fmt.Errorf("%s: %w: there is a codebook already", path, recount.ErrConflict), "change that one; `recount codes` lists its codes")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return path, disk.Write(path, codebookStart)
}

// Report writes a report.md to start from: the people counted, who they are,
// when they were first reported and what they say. Its author is expected to change it.
func (u Setup) Report() []byte {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("---")
	line("# The title and the question stand in study.yaml; title: here would go before it.")
	line("results:")
	line("  people:")
	line("    label: people counted")
	line("    count: all")
	line("  women:")
	line("    label: women among them")
	line("    share: gender == \"woman\"")
	line("  genders:")
	line("    label: gender")
	line("    by: gender")
	line("  months:")
	line("    label: month first reported")
	line("    by: month")
	line("  reasons:")
	line("    label: what they say, by code")
	line("    by: code.top")
	line("---")
	line("")
	line("The pages that were collected document {{words people}}. Women among them: {{women}}. This counts accounts that were published, not all that happened.")
	line("")
	line("{{table genders}}")
	line("")
	line("{{timeline months}}")
	line("")
	line("## What they say")
	line("")
	line("{{table reasons}}")
	line("")
	line("## What is still open")
	line("")
	line("{{questions}}")
	return []byte(b.String())
}
