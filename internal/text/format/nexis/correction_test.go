package nexis

import (
	"strings"
	"testing"

	"recount/internal/text/document"
)

// A line that says that the article was corrected stands among outlet, date and
// edition, and is none of them.
func TestCorrectionAppended(t *testing.T) {
	older := func(over, under, behind string) string {
		return centre("1 of 1 DOCUMENTS") + "\n\n\n" + over + centre("Coast Courier") + "\n\n" + under + centre("July 3, 2019 Wednesday") + "\n" + behind + "\nPier holds\n\nBYLINE: Per Lund\n\nLENGTH: 5 words\n\nThe pier holds.\n\nLOAD-DATE: July 3, 2019\n\nLANGUAGE: ENGLISH\n\n" + centre("Copyright 2019 X") + "\n\n"
	}
	newer := func(over, under, behind string) string {
		return "Pier holds\n" + over + "Coast Courier\n" + under + "July 3, 2019 Wednesday\n" + behind + "\nCopyright 2019 X All Rights Reserved\n\nSection: LOCAL; Pg. 3\n\nLength: 5 words\n\nByline: Per Lund\n\nBody\n\nThe pier holds.\n\nLoad-Date: July 3, 2019\n\nEnd of Document\n"
	}
	type layout = func(over, under, behind string) string
	for _, tt := range []struct {
		name, line string
		of         layout
		place      int
	}{
		{"older, over the outlet", "Correction Appended", older, 0},
		{"older, under the outlet", "Correction Appended", older, 1},
		{"older, under the date", "Correction Appended", older, 2},
		{"older, in capitals", "CORRECTION APPENDED", older, 1},
		{"older, in parentheses", "(Correction Appended)", older, 1},
		{"older, a clarification", "Clarification Appended", older, 0},
		{"older, an editors' note", "Editors' Note Appended", older, 1},
		{"older, in German", "Berichtigung", older, 1},
		{"newer, over the outlet", "Correction Appended", newer, 0},
		{"newer, under the outlet", "Correction Appended", newer, 1},
		{"newer, under the date", "Correction Appended", newer, 2},
		{"newer, corrections", "Corrections Appended", newer, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := [3]string{}
			line := tt.line + "\n"
			if strings.HasPrefix(tt.name, "older") {
				line = centre(tt.line) + "\n\n"
			}
			at[tt.place] = line
			set, err := Read([]byte(tt.of(at[0], at[1], at[2])), document.Options{})
			if err != nil || len(set.Drafts) != 1 {
				t.Fatalf("%d articles, %v", len(set.Drafts), err)
			}
			d := set.Drafts[0]
			if said(d, "outlet") != "Coast Courier" || said(d, "title") != "Pier holds" || said(d, "published") != "July 3, 2019 Wednesday" || said(d, "correction") != tt.line {
				t.Errorf("title %q, outlet %q, published %q, correction %q; facts %v", said(d, "title"), said(d, "outlet"), said(d, "published"), said(d, "correction"), d.Facts)
			}
		})
	}
}
