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

		// A place, a section or an agency is nobody, whatever stands beside it.
		{"a role and a place", "Special Correspondent | Kottayam", nil},
		{"a role, a comma, a place", "Our Correspondent, Lahore", nil},
		{"a role and a place of two words", "Staff Reporter, New Delhi", nil},
		{"the role behind the place", "Kottayam: Special Correspondent", nil},
		{"the role behind the place and a bar", "Kottayam | Special Correspondent", nil},
		{"staff and an agency of one word", "Examiner staff and Calder", nil},
		{"reporters and an agency", "Post reporters and Reuters", nil},
		{"a correspondent in a place", "From our correspondent in Nairobi", nil},
		{"agencies and a place", "Agencies, Beirut", nil},
		{"an agency and a place of two words", "PTI | New Delhi", nil},
		{"a desk and a place", "Business desk, Kottayam", nil},
		{"a bureau of a place", "Kottayam Bureau", nil},
		{"a correspondent in a place, and agencies", "Correspondent in Kottayam and agencies", nil},
		{"a place of two words in capitals", "STAFF REPORTER, NEW DELHI", nil},
		{"a role and two places", "Staff Reporter, Kottayam, Kerala", nil},
		{"a place before the name", "Kottayam | Nils Amark", []string{"Nils Amark"}},
		{"a place in capitals before the name", "KOTTAYAM, Nils Amark", []string{"Nils Amark"}},
		{"a place before two names", "Harwick: Nils Amark and Rosa Tveit", []string{"Nils Amark", "Rosa Tveit"}},
		{"a place behind a bar", "Nils Amark | Kottayam", []string{"Nils Amark"}},
		{"a place of two words behind a bar", "Nils Amark | New Delhi", []string{"Nils Amark"}},
		{"a place and its country", "Nils Amark, Kottayam, India", []string{"Nils Amark"}},
		{"a bureau before the name", "Kottayam Bureau | Nils Amark", []string{"Nils Amark"}},
		{"a name with a role and a place", "Nils Amark, Special Correspondent, Kottayam", []string{"Nils Amark"}},
		{"a role before the name", "Staff Reporter | Nils Amark", []string{"Nils Amark"}},
		{"a court reporter's name", "Court reporter: Rosa Tveit", []string{"Rosa Tveit"}},
		{"a section before the name", "World | Nils Amark", []string{"Nils Amark"}},
		{"a section and a place", "Business / Kottayam", nil},
		{"a section alone", "Opinion", nil},
		{"a place of two words alone", "New Delhi", nil},
		{"a city", "Korrin City", nil},
		{"a place of a saint behind a name", "Nils Amark, San Felipe", []string{"Nils Amark"}},
		{"a place of a saint behind a role", "Staff Reporter, Santa Rosa", nil},
		{"an editor at large", "Analysis by Nils Amark, Quay Editor-at-large", []string{"Nils Amark"}},
		{"our correspondent's name", "By our correspondent Ada Brunn", []string{"Ada Brunn"}},
		{"a role and a name without a mark", "By Court Reporter Nils Amark", []string{"Nils Amark"}},
		{"a role and a place without a mark", "Special Correspondent Kottayam", nil},
		{"German role and place", "Von unserem Korrespondenten, Kairo", nil},
		{"German role in a place", "Von unserer Korrespondentin in Kairo", nil},
		{"German desk and place", "Redaktion, Köln", nil},
		{"French role and place", "De notre correspondant à Dakar", nil},
		{"French envoy", "Envoyé spécial, Dakar", nil},
		{"Spanish desk and place", "Redacción, Lima", nil},
		{"Spanish agencies and place", "Agencias | Madrid", nil},
		{"Portuguese agencies and place", "Agências, Lisboa", nil},

		// One word may be a name, where nothing else speaks.
		{"a name of one word", "By Nandini", []string{"Nandini"}},
		{"a name of one word and a role", "By Nandini, Staff Reporter", []string{"Nandini"}},
		{"by a role and a place", "By Special Correspondent, Kottayam", nil},
		{"a name of one word first", "By Nandini, Nils Amark", []string{"Nandini", "Nils Amark"}},
		{"a pen name", "Banksy", []string{"Banksy"}},
		{"two names of one word", "By Nandini and Devika", []string{"Nandini", "Devika"}},
		{"a name of one word beside a whole one", "By Nils Amark and Nandini", []string{"Nils Amark", "Nandini"}},
		{"a surname that holds a role", "By Nora Stafford", []string{"Nora Stafford"}},
		{"another", "By Bo Deskin and Rosa Writerson", []string{"Bo Deskin", "Rosa Writerson"}},
		{"a surname that is a place", "By Jack London", []string{"Jack London"}},
		{"a surname that is a kind of place", "By Rosa Hill and Nils Beach", []string{"Rosa Hill", "Nils Beach"}},
		{"three, one of them of one word", "By Nils Amark, Rosa Tveit and Nandini", []string{"Nils Amark", "Rosa Tveit", "Nandini"}},

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
