package text

import (
	_ "embed"
	"strings"

	"recount/internal/lang"
)

//go:embed wording.txt
var wordingFile string

// wordings are the phrases of the file, by kind.
var wordings = lang.Lists(wordingFile)

// A wording is a list of phrases that is looked up in one pass over a text: by
// the first two bytes of each, most places of a text begin none.
type wording struct {
	begins [1 << 16]uint8 // number of the group that two bytes begin, 0 = none
	groups [][]string
}

func phrases(list ...string) *wording {
	w := &wording{groups: [][]string{nil}}
	for _, p := range list {
		k := int(p[0])<<8 | int(p[1])
		if w.begins[k] == 0 {
			w.groups = append(w.groups, nil)
			w.begins[k] = uint8(len(w.groups) - 1)
		}
		w.groups[w.begins[k]] = append(w.groups[w.begins[k]], p)
	}
	return w
}

// contains returns a phrase that s holds, the first in s, or "".
func contains(s string, w *wording) string {
	for i := 0; i+1 < len(s); i++ {
		if g := w.begins[int(s[i])<<8|int(s[i+1])]; g != 0 {
			for _, p := range w.groups[g] {
				if strings.HasPrefix(s[i:], p) {
					return p
				}
			}
		}
	}
	return ""
}

// offers ask a reader to pay or to register before the rest can be read. A
// general offer ("subscribe to our newsletter") is none.
var offers = phrases(wordings["offers"]...)

// offer returns the wording of an offer that stands between a reader and the
// rest of an article, or "".
func offer(low string) string {
	w := contains(low, offers)
	if w == "" || quotedLine(low) {
		return ""
	}
	if w == "残り" && !strings.Contains(low, "文字") || w == "il vous reste" && !strings.Contains(low, "%") && !strings.Contains(low, "lire") {
		return ""
	}
	return w
}

// quotedLine reports whether a line is somebody's words, as in an article
// about such a page.
func quotedLine(low string) bool {
	return strings.HasPrefix(low, "“") || strings.HasPrefix(low, `"`) || strings.HasPrefix(low, "«") || strings.HasPrefix(low, "„") ||
		strings.Contains(low, "” said") || strings.Contains(low, `" said`) || strings.Contains(low, " said:") || strings.Contains(low, ",” ") || strings.Contains(low, `," `)
}

// robots is the wording of pages that keep robots, and whom they take for
// robots, out.
var robots = phrases(wordings["robots"]...)

// robotTitles are titles of such pages, whole or as their beginning.
var robotTitles = wordings["robotTitles"]

// walled reports whether a short line is that of a block page.
func walled(low string) bool { return contains(low, robots) != "" && !quotedLine(low) }

// missing is the wording of a page that is not there.
var missing = phrases(wordings["missing"]...)

// logins is the wording of pages that ask who the reader is.
var logins = phrases(wordings["logins"]...)

// consentAsks are the words with which a page speaks of consent to its reader.
var consentAsks = phrases(wordings["consentAsks"]...)

// consentThings is what such a page speaks of.
var consentThings = wordings["consentThings"]

// asksConsent reports whether a paragraph asks its reader for consent.
func asksConsent(low string) bool {
	if quotedLine(low) || contains(low, consentAsks) == "" {
		return false
	}
	n := 0
	for _, w := range consentThings {
		if strings.Contains(low, w) {
			if n++; n >= 2 {
				return true
			}
		}
	}
	return false
}

// accepts is what stands on the button of a consent page.
var accepts = wordings["accepts"]
