package text

import (
	"strings"
	"testing"
)

// TestDayOfPublication reads pages whose other days lead astray: of an update,
// of a picture, of another calendar.
func TestDayOfPublication(t *testing.T) {
	meta := func(v string) string { return `<meta property="article:published_time" content="` + v + `">` }
	tests := []struct {
		name, lang, head, top string
		want                  string // the day; "" = none
		flagged               bool
	}{
		// An update's day in the same line or beside it.
		{"published and updated in parentheses", "en", meta("2024-08-30T12:40:00+02:00"), `<p>Published 27 August 2024 20:18 (updated 30 August 2024 12:40)</p>`, "2024-08-27", true},
		{"the same in French", "fr", meta("2024-08-30T12:40:00+02:00"), `<p>publié le 27 août 2024 à 20h18 (mis à jour le 30 août 2024 à 12h40)</p>`, "2024-08-27", true},
		{"written and updated", "en", "", `<p>Written by Ada Brunn on 27 August 2024. Updated 30 August 2024.</p>`, "2024-08-27", false},
		{"updated before published", "en", "", `<p>Updated 30 August 2024, first published 27 August 2024</p>`, "2024-08-27", false},
		{"last updated alone", "en", "", `<p>Last updated 30 August 2024</p>`, "", false},
		{"updated behind the day", "en", "", `<p>30 August 2024 (updated)</p>`, "", false},
		{"two lines", "en", "", `<ul><li>Published 22:30, 27 August 2024</li><li>Updated: 09:12, 30 August 2024</li></ul>`, "2024-08-27", false},
		{"German, Stand", "de", "", `<div>27. August 2024</div><div>Stand: 30.08.2024, 11:20 Uhr</div>`, "2024-08-27", false},
		{"German, aktualisiert am", "de", "", `<div>Veröffentlicht am 27.08.2024, aktualisiert am 30.08.2024</div>`, "2024-08-27", false},
		{"Spanish", "es", "", `<p>27 de agosto de 2024 | Actualizado el 30 de agosto de 2024</p>`, "2024-08-27", false},
		{"Portuguese", "pt", "", `<p>Publicado em 27/08/2024 às 20h18. Atualizado em 30/08/2024</p>`, "2024-08-27", false},
		{"Italian", "it", "", `<p>Pubblicato il 27 agosto 2024 - aggiornato il 30 agosto 2024</p>`, "2024-08-27", false},
		{"Dutch", "nl", "", `<p>27 augustus 2024, bijgewerkt 30 augustus 2024</p>`, "2024-08-27", false},
		{"Swedish", "sv", "", `<p>Publicerad 27 augusti 2024. Uppdaterad 30 augusti 2024</p>`, "2024-08-27", false},
		{"Polish", "pl", "", `<p>27 sierpnia 2024 (aktualizacja: 30 sierpnia 2024)</p>`, "2024-08-27", false},
		{"Russian", "ru", "", `<p>27 августа 2024, обновлено 30 августа 2024</p>`, "2024-08-27", false},
		{"Turkish", "tr", "", `<p>27 Ağustos 2024 - Güncelleme: 30 Ağustos 2024</p>`, "2024-08-27", false},
		{"Arabic", "ar", "", `<p>27 أغسطس 2024 - آخر تحديث 30 أغسطس 2024</p>`, "2024-08-27", false},
		{"time elements with words before", "en", "", `<p>Published <time datetime="2024-08-27T10:00:00Z">Tuesday</time>, updated <time datetime="2024-08-30T10:00:00Z">Friday</time></p>`, "2024-08-27", false},
		{"time element of the class updated", "en", "", `<p><time class="entry-date published" datetime="2024-08-27">27 August</time> <time class="updated" datetime="2024-08-30">30 August</time></p>`, "2024-08-27", false},

		// A picture's day.
		{"in a figcaption", "es", "", `<figure><img src="a.jpg"><figcaption><h4>El alcalde.</h4><h5>27-06-2012</h5></figcaption></figure>`, "", false},
		{"in a div of the class caption", "en", "", `<div class="caption">The quay, 27 June 2012</div>`, "", false},
		{"file photo", "en", "", `<p>File photo: 27 June 2012</p>`, "", false},
		{"Archivfoto", "de", "", `<p>Archivfoto: 27. Juni 2012</p>`, "", false},
		{"a picture's day and the page's", "en", "", `<figure><figcaption>The quay, 27 June 2012</figcaption></figure><p>14 May 2014</p>`, "2014-05-14", false},
		{"a time element under a picture", "en", "", `<figure><figcaption><time datetime="2012-06-27">June</time></figcaption></figure>`, "", false},
		{"of the class photo-credit", "en", "", `<div class="photo-credit">Nils Amark, 27.06.2012</div>`, "", false},

		// Other calendars.
		{"Buddhist year in datetime", "th", "", `<time datetime="2559-03-15T10:00:00+07:00">15 มี.ค. 2559</time>`, "2016-03-15", false},
		{"Buddhist year in meta", "th", meta("2559-03-15"), ``, "2016-03-15", false},
		{"Buddhist year in words", "th", "", `<p>15 มีนาคม 2559</p>`, "2016-03-15", false},
		{"Buddhist year, month cut short", "th", "", `<p>15 มี.ค. 2559 เวลา 10:00 น.</p>`, "2016-03-15", false},
		{"Thai digits", "th", "", `<p>๑๕ มีนาคม ๒๕๕๙</p>`, "2016-03-15", false},
		{"Persian date in figures", "fa", "", `<p>تاریخ انتشار: ۱۳۹۸/۰۶/۳۱ - ۱۴:۵۲</p>`, "2019-09-22", false},
		{"Persian date in words", "fa", "", `<p>۳۱ شهریور ۱۳۹۸</p>`, "2019-09-22", false},
		{"Persian date in datetime", "fa", "", `<time datetime="1398-06-31">۳۱ شهریور</time>`, "2019-09-22", false},
		{"Persian new year", "fa", "", `<p>۱ فروردین ۱۴۰۰</p>`, "2021-03-21", false},
		{"last day of a Persian leap year", "fa", "", `<p>۳۰ اسفند ۱۳۹۹</p>`, "2021-03-20", false},
		{"a day that the Persian year has not", "fa", "", `<p>۳۰ اسفند ۱۴۰۰</p>`, "", false},
		{"lunar Hijri year in datetime", "ar", "", `<time datetime="1435-07-14">14 رجب 1435</time>`, "", true},
		{"lunar Hijri in words", "ar", "", `<p>14 رجب 1435 هـ</p>`, "", false},
		{"lunar Hijri beside the common day", "ar", "", `<p>14 رجب 1435 الموافق 13 مايو 2014</p>`, "2014-05-13", false},
		{"a year beyond reason", "en", meta("2559-03-15"), ``, "2016-03-15", true},

		// Levantine months, both names.
		{"August by both names", "ar", "", `<div>الأربعاء، 28 آب/اغسطس 2013، آخر تحديث 14:00 (GMT+0400)</div>`, "2013-08-28", false},
		{"the other order", "ar", "", `<div>28 أغسطس/آب 2013</div>`, "2013-08-28", false},
		{"January", "ar", "", `<div>3 كانون الثاني/يناير 2014</div>`, "2014-01-03", false},
		{"December", "ar", "", `<div>3 كانون الأول 2014</div>`, "2014-12-03", false},
		{"October in parentheses", "ar", "", `<div>3 تشرين الأول (أكتوبر) 2014</div>`, "2014-10-03", false},
		{"February, Arabic digits", "ar", "", `<div>٣ شباط/فبراير ٢٠١٤</div>`, "2014-02-03", false},
		{"June, spaces round the stroke", "ar", "", `<div>3 حزيران / يونيو 2014</div>`, "2014-06-03", false},
		{"without the sign on the letter", "ar", "", `<div>3 ايلول 2014</div>`, "2014-09-03", false},
		{"November with a dash", "ar", "", `<div>3 تشرين الثاني - نوفمبر 2014</div>`, "2014-11-03", false},
		{"May, a comma before the year", "ar", "", `<div>3 أيار/مايو، 2014</div>`, "2014-05-03", false},

		// hAtom and h-entry.
		{"abbr of the class published", "en", "", `<div>by Ada on <abbr class="published" title="2014-05-14T08:00:00Z">Wednesday</abbr></div>`, "2014-05-14", false},
		{"dt-published", "en", "", `<time class="dt-published" datetime="2014-05-14">Wednesday</time>`, "2014-05-14", false},
		{"published and updated abbr", "en", "", `<abbr class="published" title="2014-05-14">W</abbr><abbr class="updated" title="2014-06-01">J</abbr>`, "2014-05-14", false},
		{"updated alone", "en", "", `<abbr class="updated" title="2014-06-01">J</abbr>`, "", false},

		// Days that two readers read differently, and days of the reading.
		{"two digits each", "en", "", `<p>02-03-04</p>`, "", false},
		{"the masthead's day and the page's", "en", "", `<p>14 May 2014</p>`, "2014-05-14", false},
		{"Nordic day", "sv", "", `<p>den 14 maj 2014</p>`, "2014-05-14", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := page14(tt.lang, tt.head, tt.top)
			if strings.HasPrefix(tt.name, "the masthead") {
				src = strings.Replace(src, menu, `<div>Sunday 29 November 2026</div>`, 1)
			}
			a := extract(t, src, Options{Name: "p.html"})
			if a.Day() != tt.want || (a.DateFlag != "") != tt.flagged {
				t.Errorf("day %q, flag %q; want %q, flagged %v; dates %v", a.Day(), a.DateFlag, tt.want, tt.flagged, a.Dates)
			}
		})
	}
}

// TestPreamble reads the lines under the title of a plain text.
func TestPreamble(t *testing.T) {
	prose := "\n\n" + strings.Join(tale, "\n\n") + "\n"
	tests := []struct{ name, above, day, outlet, byline string }{
		{"outlet, then a day as mail writes it", "Ferry returns\nSandwick Post\nMon, 04 Apr 2011 10:01:50 GMT", "2011-04-04", "Sandwick Post", ""},
		{"day in words", "Ferry returns\n4 April 2011", "2011-04-04", "", ""},
		{"outlet and day in one line", "Ferry returns\nSandwick Post, 4 April 2011", "2011-04-04", "Sandwick Post", ""},
		{"by and day", "Ferry returns\nBy Ada Brunn\n4 April 2011", "2011-04-04", "", "Ada Brunn"},
		{"by, outlet and day", "Ferry returns\nBy Ada Brunn\nSandwick Post\nApril 4, 2011", "2011-04-04", "Sandwick Post", "Ada Brunn"},
		{"ISO day", "Ferry returns\n2011-04-04", "2011-04-04", "", ""},
		{"day with its label", "Ferry returns\nPublished: 4 April 2011 10:01", "2011-04-04", "", ""},
		{"German", "Fähre kehrt zurück\nSandwicker Bote\n4. April 2011", "2011-04-04", "Sandwicker Bote", ""},
		{"a time with its zone", "Ferry returns\n2011-04-04T10:01:50+02:00", "2011-04-04", "", ""},
		{"updated alone", "Ferry returns\nUpdated 4 April 2011", "", "", ""},
		{"no preamble", "Ferry returns", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, tt.above+prose, Options{Name: "p.txt"})
			if a.Day() != tt.day || a.Outlet != tt.outlet || a.Byline != tt.byline {
				t.Errorf("day %q, outlet %q, byline %q; want %q, %q, %q; %v", a.Day(), a.Outlet, a.Byline, tt.day, tt.outlet, tt.byline, a.Dates)
			}
			if got := blocksOf(a, "body"); strings.Join(got, "|") != strings.Join(tale, "|") {
				t.Errorf("body is %q", got)
			}
		})
	}
}

// TestPlainHead reads the title, and what else stands above the text, of plain
// texts as people save them.
func TestPlainHead(t *testing.T) {
	prose := "\n\n" + strings.Join(tale, "\n\n") + "\n"
	const title = "Ferry crews stay ashore for an eighth day"
	tests := []struct{ name, above, title, outlet, byline, day string }{
		{"title alone", title, title, "", "", ""},
		{"outlet, day, title", "The Quay Courier\n14 May 2014\n\n" + title, title, "The Quay Courier", "", "2014-05-14"},
		{"outlet, title, day", "The Quay Courier\n" + title + "\n14 May 2014", title, "The Quay Courier", "", "2014-05-14"},
		{"outlet in capitals", "THE QUAY COURIER\nWednesday, May 14, 2014\n\n" + title + "\nBy Ada Brunn", title, "THE QUAY COURIER", "Ada Brunn", "2014-05-14"},
		{"day, title", "14 May 2014\n\n" + title, title, "", "", "2014-05-14"},
		{"section, title", "Opinion\n\n" + title + "\n14 May 2014", title, "", "", "2014-05-14"},
		{"address, title", "https://quaycourier.example/harbour/ferry\n\n" + title, title, "", "", ""},
		{"labels", "Title: " + title + "\nSource: The Quay Courier\nDate: 14 May 2014\nAuthor: Ada Brunn", title, "The Quay Courier", "Ada Brunn", "2014-05-14"},
		{"labels in German", "Titel: " + title + "\nQuelle: Kaikurier\nDatum: 14. Mai 2014", title, "Kaikurier", "", "2014-05-14"},
		{"Markdown", "# " + title + "\n\nBy Ada Brunn\n14 May 2014", title, "", "Ada Brunn", "2014-05-14"},
		{"title, outlet and day in one line", title + "\nThe Quay Courier, 14 May 2014", title, "The Quay Courier", "", "2014-05-14"},
		{"title, byline, day", title + "\nBy Ada Brunn\nPublished 14 May 2014, updated 16 May 2014", title, "", "Ada Brunn", "2014-05-14"},
		{"German with a masthead", "Sandwicker Bote\n4. April 2011\n\nFähre kehrt zurück\nVon Ada Brunn", "Fähre kehrt zurück", "Sandwicker Bote", "Von Ada Brunn", "2011-04-04"},
		{"title with a colon", "Ferry strike: crews stay ashore\n14 May 2014", "Ferry strike: crews stay ashore", "", "", "2014-05-14"},
		{"no title", "", "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, strings.TrimLeft(tt.above+prose, "\n"), Options{Name: "p.txt"})
			if a.Title != tt.title || a.Outlet != tt.outlet || a.Byline != tt.byline || a.Day() != tt.day {
				t.Errorf("title %q, outlet %q, byline %q, day %q; want %q, %q, %q, %q; %v", a.Title, a.Outlet, a.Byline, a.Day(), tt.title, tt.outlet, tt.byline, tt.day, a.Metadata)
			}
			if got := blocksOf(a, "body"); strings.Join(got, "|") != strings.Join(tale, "|") {
				t.Errorf("body is %q", got)
			}
		})
	}
}
