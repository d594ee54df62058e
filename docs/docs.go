// Package docs holds the manual: NNN-verb.md is what `recount help VERB`
// prints, pages/NN-name.md explains a page of the workbench, and what is no
// verb (the files of a study, the methods, what the tool cannot promise) is a
// topic.
package docs

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed [0-9]*.md pages/*.md format.md methods.md ethics.md threat.md
var pages embed.FS

// A topic is a part of the manual that is no verb.
type topic struct {
	name, about string
	file, part  string // part: the section of the file under this heading; "": all of it
}

var topics = []topic{
	{"study.yaml", "the question, the period, who counts, what is recorded, the counting rules", "format.md", "study.yaml"},
	{"codebook.yaml", "the codes and what they mean", "format.md", "codebook.yaml"},
	{"report.md", "the prose of the report with its results in it", "format.md", "report.md"},
	{"format", "every file of a study", "format.md", ""},
	{"methods", "how each number is computed, with its source", "methods.md", ""},
	{"ethics", "what no program can promise to those who spoke", "ethics.md", ""},
	{"threat", "what is protected against whom, and what is not", "threat.md", ""},
}

// first are the verbs of a study's whole way, in its order.
const first = "init, add, extract, scope, link, code, count, report, recheck"

// Topics lists the parts of the manual that are no verbs.
func Topics() (out []string) {
	for _, t := range topics {
		out = append(out, t.name)
	}
	return out
}

// read returns the text of a topic, which begins with a heading.
func (t topic) read() (string, error) {
	b, err := pages.ReadFile(t.file)
	if err != nil || t.part == "" {
		return string(b), err
	}
	_, text, found := strings.Cut(string(b), "\n## "+t.part+"\n")
	if !found {
		return "", fmt.Errorf("%s has no part %q", t.file, t.part)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return "# " + t.part + "\n" + text, nil
}

// Page returns the manual page of a verb or the text of a topic; of "" the list
// of pages.
func Page(verb string) (string, error) {
	verbs, err := fs.Glob(pages, "[0-9]*.md")
	if err != nil {
		return "", err
	}
	var names []string
	for _, file := range verbs {
		_, name, _ := strings.Cut(strings.TrimSuffix(file, ".md"), "-")
		if name == verb {
			b, err := pages.ReadFile(file)
			return string(b), err
		}
		names = append(names, name)
	}
	if verb == "" {
		var b strings.Builder
		fmt.Fprintf(&b, "The way of a study: %s\n\nManual pages: %s\n\n", first, strings.Join(names, ", "))
		for _, t := range topics {
			fmt.Fprintf(&b, "%-14s %s\n", t.name, t.about)
		}
		return b.String(), nil
	}
	for _, t := range topics {
		if t.name == verb {
			return t.read()
		}
	}
	return "", fmt.Errorf("no manual page for %q", verb)
}

// Names lists the verbs that have a manual page, in the order of the work.
func Names() (out []string, err error) {
	verbs, err := fs.Glob(pages, "[0-9]*.md")
	for _, file := range verbs {
		_, name, _ := strings.Cut(strings.TrimSuffix(file, ".md"), "-")
		out = append(out, name)
	}
	return out, err
}

const screen = "screen-"

// Screens lists the names of the pages that explain the workbench, as its
// pages follow one another: screen-next, screen-collect.
func Screens() (out []string, err error) {
	entries, err := fs.ReadDir(pages, "pages")
	for _, e := range entries {
		_, name, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".md"), "-")
		out = append(out, screen+name)
	}
	return out, err
}

// Screen returns what explains a page of the workbench, by a name of Screens;
// ok is false if there is none.
func Screen(name string) (md string, ok bool, err error) {
	entries, err := fs.ReadDir(pages, "pages")
	for _, e := range entries {
		if _, n, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".md"), "-"); screen+n == name {
			b, err := pages.ReadFile("pages/" + e.Name())
			return string(b), err == nil, err
		}
	}
	return "", false, err
}
