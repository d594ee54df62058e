// Package docs holds the manual: NNN-verb.md is what `recount help VERB`
// prints.
package docs

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed [0-9]*.md
var pages embed.FS

// Page returns the manual page of a verb; of "" the list of pages.
func Page(verb string) (string, error) {
	entries, err := fs.ReadDir(pages, ".")
	if err != nil {
		return "", err
	}
	var names []string
	for _, e := range entries {
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
		_, name, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".md"), "-")
		out = append(out, name)
	}
	return out, err
}
