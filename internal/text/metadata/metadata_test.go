package metadata

import (
	"slices"
	"testing"
)

func TestAuthors(t *testing.T) {
	tests := []struct {
		name, byline string
		want         []string
	}{
		{"one", "By Nils Amark", []string{"Nils Amark"}},
		{"two and a place", "Nils Amark and Rosa Tveit in Fjordheim", []string{"Nils Amark", "Rosa Tveit"}},
		{"a role", "Nils Amark, Chief Reporter", []string{"Nils Amark"}},
		{"a date behind", "By Nils Amark - Mar 8, 2021, 6:30 am", []string{"Nils Amark"}},
		{"a handle", "Nils Amark @nils", []string{"Nils Amark"}},
		{"nobody", "Staff reporter", nil},
		{"empty", "", nil},
		{"French", "Par Éloïse Brun et Marc Dufour", []string{"Éloïse Brun", "Marc Dufour"}},

		// Words before the name.
		{"exclusive by", "EXCLUSIVE by Nils Amark", []string{"Nils Amark"}},
		{"exclusive, a colon", "Exclusive: Nils Amark", []string{"Nils Amark"}},
		{"exclusive, a bar", "EXCLUSIVE | By Nils Amark", []string{"Nils Amark"}},
		{"an exclusive by two", "Exclusive by Nils Amark and Rosa Tveit", []string{"Nils Amark", "Rosa Tveit"}},
		{"special report", "Special report by Nils Amark", []string{"Nils Amark"}},
		{"analysis", "Analysis by Nils Amark", []string{"Nils Amark"}},
		{"opinion", "Opinion by Nils Amark", []string{"Nils Amark"}},
		{"comment by", "Comment by Nils Amark", []string{"Nils Amark"}},
		{"review", "Review by Nils Amark", []string{"Nils Amark"}},
		{"from our man", "From Nils Amark in Fjordheim", []string{"Nils Amark"}},
		{"as told to", "As told to Nils Amark", []string{"Nils Amark"}},
		{"words and pictures", "Words: Nils Amark. Pictures: Rosa Tveit", []string{"Nils Amark"}},
		{"for the outlet", "By Nils Amark for The Quay Courier", []string{"Nils Amark"}},
		{"of the outlet", "By Nils Amark of The Quay Courier", []string{"Nils Amark"}},

		// Places behind it.
		{"in a place", "By Nils Amark in Fjordheim", []string{"Nils Amark"}},
		{"at sea", "By Nils Amark at Port Ellen", []string{"Nils Amark"}},
		{"a city behind a comma", "By Nils Amark, in Fjordheim", []string{"Nils Amark"}},
		{"two places", "By Nils Amark in Fjordheim and Rosa Tveit in Korrin", []string{"Nils Amark", "Rosa Tveit"}},
		{"capitals", "BY NILS AMARK IN FJORDHEIM", []string{"NILS AMARK"}},
		{"German place", "Von Nils Amark, Fjordheim", []string{"Nils Amark"}},
		{"German in", "Von Nils Amark in Fjordheim", []string{"Nils Amark"}},
		{"French à", "Par Nils Amark, à Fjordheim", []string{"Nils Amark"}},
		{"Spanish en", "Por Nils Amark en Fjordheim", []string{"Nils Amark"}},
		{"three in one place", "Nils Amark, Rosa Tveit and Bo Holt in Fjordheim", []string{"Nils Amark", "Rosa Tveit", "Bo Holt"}},

		// Addresses.
		{"a web address", "https://quaycourier.example/staff/nils", nil},
		{"an address behind", "By Nils Amark, https://quaycourier.example/nils", []string{"Nils Amark"}},
		{"e-mail behind", "By Nils Amark (nils.amark@quaycourier.example)", []string{"Nils Amark"}},
		{"e-mail alone", "nils.amark@quaycourier.example", nil},
		{"www", "www.quaycourier.example", nil},
		{"a host", "quaycourier.example", nil},
		{"a handle alone", "@nilsamark", nil},
		{"a path", "/authors/nils-amark", nil},
		{"an address in brackets", "Nils Amark <nils@quaycourier.example>", []string{"Nils Amark"}},
		{"email label", "By Nils Amark | Email: nils@quaycourier.example", []string{"Nils Amark"}},

		// Days and times.
		{"a day", "14 May 2014", nil},
		{"month first", "May 14, 2014", nil},
		{"a weekday", "Monday", nil},
		{"a weekday and a day", "Monday, 14 May 2014", nil},
		{"numbers", "14/05/2014 07:30", nil},
		{"published behind", "By Nils Amark, published 14 May 2014", []string{"Nils Amark"}},
		{"updated behind a bar", "Nils Amark | Updated: 14 May 2014", []string{"Nils Amark"}},
		{"a day in brackets", "Nils Amark (14 May 2014)", []string{"Nils Amark"}},
		{"a time", "Nils Amark 7:30 am", []string{"Nils Amark"}},
		{"a day before", "14 May 2014, by Nils Amark", []string{"Nils Amark"}},
		{"August Brand is a name", "By August Brand", []string{"August Brand"}},
		{"June May is a name", "By June May", []string{"June May"}},

		// Buttons, desks and outlets.
		{"Print", "Print", nil},
		{"Print this article", "Print this article", nil},
		{"Print behind", "By Nils Amark | Print | Share", []string{"Nils Amark"}},
		{"Share", "Share", nil},
		{"Comments", "By Nils Amark, 12 Comments", []string{"Nils Amark"}},
		{"Follow", "Follow Nils Amark", []string{"Nils Amark"}},
		{"more by", "More by Nils Amark", []string{"Nils Amark"}},
		{"an agency behind", "By Nils Amark, Associated Press", []string{"Nils Amark"}},
		{"an agency alone", "Reuters", nil},
		{"with agencies", "Nils Amark and agencies", []string{"Nils Amark"}},
		{"a paper behind", "By Nils Amark, The Quay Courier", []string{"Nils Amark"}},
		{"an outlet with its kind of word", "By Nils Amark / Quay News", []string{"Nils Amark"}},
		{"web desk", "Web Desk", nil},
		{"news service", "Courier News Service", nil},

		// Rights notices.
		{"copyright", "Copyright 2014 The Quay Courier", nil},
		{"the sign", "© 2014 Quay Courier", nil},
		{"the sign alone", "© Quay Courier", nil},
		{"(c)", "(c) Quay Courier", nil},
		{"all rights reserved", "All rights reserved", nil},
		{"behind a name", "By Nils Amark. All rights reserved.", []string{"Nils Amark"}},
		{"behind a bar", "Nils Amark | © 2014 Quay Courier", []string{"Nils Amark"}},
		{"copyright of a person", "Copyright Nils Amark", nil},
		{"German", "Alle Rechte vorbehalten", nil},
		{"French", "Tous droits réservés", nil},
		{"Spanish", "Todos los derechos reservados", nil},
		{"with permission", "Reprinted with permission", nil},

		// Names that look like none of this.
		{"a particle", "By Ludwig van der Merwen", []string{"Ludwig van der Merwen"}},
		{"initials", "By A. N. Amark", []string{"A. N. Amark"}},
		{"an apostrophe", "By Nora O'Brien", []string{"Nora O'Brien"}},
		{"a hyphen", "By Anne-Marie Holt", []string{"Anne-Marie Holt"}},
		{"Arabic", "كتبت رنا العلي", []string{"رنا العلي"}},
		{"Monday as a surname", "By Rick Monday", []string{"Rick Monday"}},
		{"a title", "By Dr Nils Amark", []string{"Dr Nils Amark"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Authors(tt.byline); !slices.Equal(got, tt.want) {
				t.Errorf("Authors(%q) = %q, want %q", tt.byline, got, tt.want)
			}
		})
	}
}
