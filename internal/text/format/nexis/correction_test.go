package nexis

import (
	"slices"
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

// What a field says is wrong in the text is part of what the article says.
func TestCorrectionFields(t *testing.T) {
	older := func(head, tail string) string {
		return centre("1 of 1 DOCUMENTS") + "\n\n\n" + centre("Coast Courier") + "\n\n" + centre("July 3, 2019 Wednesday") + "\n\nPier holds\n\nBYLINE: Per Lund\n\n" + head + "LENGTH: 5 words\n\nBODY:\n\nThe pier holds.\n\n" + tail + "LOAD-DATE: July 3, 2019\n\nLANGUAGE: ENGLISH\n\n" + centre("Copyright 2019 X") + "\n\n"
	}
	newer := func(head, tail string) string {
		return "Pier holds\nCoast Courier\nJuly 3, 2019 Wednesday\n\nCopyright 2019 X All Rights Reserved\n\nSection: LOCAL; Pg. 3\n\n" + head + "Length: 5 words\n\nByline: Per Lund\n\nBody\n\nThe pier holds.\n\nClassification\n\n" + tail + "Load-Date: July 3, 2019\n\nEnd of Document\n"
	}
	for _, tt := range []struct {
		name, head, tail string
		of               func(head, tail string) string
		want             []string
	}{
		{"older, behind the text", "", "CORRECTION: The pier has 12 piles, not 21.\n\n", older, []string{"CORRECTION: The pier has 12 piles, not 21."}},
		{"older, with its day", "", "CORRECTION-DATE: July 5, 2019\n\nCORRECTION: The pier has 12 piles, not 21.\n\n", older, []string{"CORRECTION: The pier has 12 piles, not 21."}},
		{"older, two lines", "", "CORRECTION: An article on Wednesday about the pier misstated the number of\npiles. There are 12, not 21.\n\n", older, []string{"CORRECTION: An article on Wednesday about the pier misstated the number of piles. There are 12, not 21."}},
		{"older, notes", "", "NOTES: An earlier version gave 21 piles.\n\n", older, []string{"NOTES: An earlier version gave 21 piles."}},
		{"older, in the head", "CORRECTION: The pier has 12 piles, not 21.\n\n", "", older, []string{"CORRECTION: The pier has 12 piles, not 21."}},
		{"older, German", "", "KORREKTUR: Der Pier hat zwölf Pfähle, nicht 21.\n\n", older, []string{"KORREKTUR: Der Pier hat zwölf Pfähle, nicht 21."}},
		{"older, a clarification", "", "CLARIFICATION: Per Lund did not see the pier.\n\n", older, []string{"CLARIFICATION: Per Lund did not see the pier."}},
		{"older, both", "", "CORRECTION: There are 12 piles.\n\nNOTES: See the picture.\n\n", older, []string{"CORRECTION: There are 12 piles.", "NOTES: See the picture."}},
		{"older, a day alone", "", "CORRECTION-DATE: July 5, 2019\n\n", older, nil},
		{"older, another field behind it", "", "CORRECTION: There are 12 piles.\n\nSUBJECT: PIERS\n\n", older, []string{"CORRECTION: There are 12 piles."}},
		{"newer, behind the text", "", "Correction: The pier has 12 piles, not 21.\n\n", newer, []string{"Correction: The pier has 12 piles, not 21."}},
		{"newer, in the head", "Correction: The pier has 12 piles, not 21.\n\n", "", newer, []string{"Correction: The pier has 12 piles, not 21."}},
		{"newer, notes", "", "Notes: An earlier version gave 21 piles.\n\n", newer, []string{"Notes: An earlier version gave 21 piles."}},
		{"newer, a day alone", "", "Correction-Date: July 5, 2019\n\n", newer, nil},
		{"newer, a label on a line of its own", "", "Correction:\n\nThe pier has 12 piles, not 21.\n\n", newer, []string{"Correction:", "The pier has 12 piles, not 21."}},
		{"none", "", "", newer, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := []byte(tt.of(tt.head, tt.tail))
			set, err := Read(src, document.Options{})
			if err != nil || len(set.Drafts) != 1 {
				t.Fatalf("%d articles, %v", len(set.Drafts), err)
			}
			want := append([]string{"The pier holds."}, tt.want...)
			var got []string
			for _, p := range set.Drafts[0].Paragraphs {
				got = append(got, p.Text)
				if s, ok := Find(src, p.Path); !ok || s != p.Text {
					t.Errorf("%s leads to %q, want %q", p.Path, s, p.Text)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}
