// Package docs holds the manual: NNN-verb.md is what `recount help VERB`
// prints, pages/NN-name.md explains a page of the workbench.
package docs

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed [0-9]*.md pages/*.md
var pages embed.FS

// Page returns the manual page of a verb; of "" the list of pages.
func Page(verb string) (string, error) {
	entries, err := fs.ReadDir(pages, ".")
	if err != nil {
		return "", err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".md"), "-")
		if name == verb {
			b, err := pages.ReadFile(e.Name())
			return string(b), err
		}
		names = append(names, name)
	}
	if verb == "" {
		return "Manual pages: " + strings.Join(names, ", ") + "\n", nil
	}
	return "", fmt.Errorf("no manual page for %q", verb)
}

// Names lists the verbs that have a manual page, in the order of the work.
func Names() (out []string, err error) {
	entries, err := fs.ReadDir(pages, ".")
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".md"), "-")
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
