package workbench

import (
	"strings"

	"recount/internal/pattern"
)

// buttons name, for each verb of the command line, where the workbench does the
// same. Hints are written once, for a terminal; whoever sits before the
// workbench is led to its pages.
var buttons = map[string]string{
	"add":       "the page Collect",
	"agreement": "Coding together, on the page Codes",
	"code":      "the page Codes",
	"codes":     "the page Codes",
	"count":     "the page Report",
	"date":      "“Correct title, date …” in the article",
	"decisions": "the page History",
	"diff":      "“What changed since”, on the page Report",
	"extract":   "“Read what is new”, on the page Collect",
	"help":      "the page Help",
	"figures":   "the page Reported numbers",
	"init":      "“A new study”, on the page Studies",
	"link":      "the page Same person?",
	"outlet":    "Outlets, on the page Set-up",
	"owner":     "Outlets, on the page Set-up",
	"page":      "“Correct title, date …” in the article",
	"people":    "the page People",
	"publish":   "the page Public edition",
	"recheck":   "“Check everything again”, on the page Report",
	"remove":    "“Take this person out”, on the page of the person",
	"report":    "“Write the report”, on the page Report",
	"reprint":   "the page Articles",
	"run":       "“A new study”, on the page Studies",
	"sample":    "the page Articles",
	"scope":     "the page People",
	"screen":    "“Screen”, on the page Articles",
	"tier":      "“How far shown”, on the page of the person",
	"value":     "the page of the person",
	"vault":     "the vault, whose keys one of the team holds",
}

// Most commands stand between marks; these also stand bare.
var command = pattern.New("`recount ([a-z]+)[^`]*`|\\brecount (diff|tier|remove) [0-9A-Za-z-]+")

// inButtons puts the page that does the same in the place of each command.
func inButtons(s string) string {
	s = strings.ReplaceAll(s, "--place WORDS", "write the words among the places below")
	return command.ReplaceAllStringFunc(s, func(c string) string {
		m := command.FindStringSubmatch(c)
		if b := buttons[m[1]+m[2]]; b != "" {
			return b
		}
		return c
	})
}

// helpInButtons says what to do about a reason against a public edition; the
// commands that the program names for it are those of a terminal.
func helpInButtons(kind, help string) string {
	if s := publishHelp[kind]; s != "" {
		return s
	}
	return inButtons(help)
}

var publishHelp = map[string]string{
	"held":   "decide on the page of the person how far he or she may be shown",
	"sealed": "let whoever holds the keys of the vault look for them and publish, or let two people override this",
}
