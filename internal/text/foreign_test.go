package text

import (
	"testing"
	"time"
)

// TestForeignYears reads days for machines whose years are of other calendars:
// told by the language, a mark or a month beside them, and which readings there
// can be. A lunar day gives its month, and always with a flag.
func TestForeignYears(t *testing.T) {
	meta := func(v string) string { return `<meta property="article:published_time" content="` + v + `">` }
	data := func(v string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry crews stay ashore","datePublished":"` + v + `"}</script>`
	}
	tests := []struct {
		name, lang, head, top string
		want                  string // published
		flagged               bool
	}{
		{"lunar, datetime", "ar", "", `<time datetime="1445-03-12">12 ربيع الأول</time>`, "2023-09", true},
		{"lunar, language of the country", "ar-SA", "", `<time datetime="1445-03-12T10:00:00+03:00">x</time>`, "2023-09", true},
		{"lunar, slashes", "ar", "", `<time datetime="1445/03/12">x</time>`, "2023-09", true},
		{"lunar, meta", "ar", meta("1445-03-12"), "", "2023-09", true},
		{"lunar, JSON-LD", "ar", data("1445-03-12"), "", "2023-09", true},
		{"lunar, the day in front", "ar", meta("12/03/1445"), "", "2023-09", true},
		{"lunar, Arabic digits", "ar", meta("١٤٤٥-٠٣-١٢"), "", "2023-09", true},
		{"lunar, words in meta", "ar", meta("12 ربيع الأول 1445 هـ"), "", "2023-09", true},
		{"lunar, English words", "en", meta("12 Rabi al-Awwal 1445 Hijri"), "", "2023-09", true},
		{"lunar, Urdu", "ur", "", `<time datetime="1445-03-12">x</time>`, "2023-09", true},
		{"lunar, the calendar of the element", "en", "", `<time datetime="1445-03-12" data-calendar="islamic-umalqura">x</time>`, "2023-09", true},
		{"lunar, the extension of its lang", "en", "", `<time lang="ar-SA-u-ca-islamic" datetime="1445-03-12">x</time>`, "2023-09", true},
		{"lunar, a mark beside it", "en", "", `<time datetime="1445-03-12">1445-03-12 هـ</time>`, "2023-09", true},
		{"lunar, a class", "en", "", `<span class="hijri"><time datetime="1445-03-12">x</time></span>`, "2023-09", true},
		{"lunar, on a Persian page with its word", "fa", "", `<time datetime="1445-03-12">۱۲ ربیع الاول ۱۴۴۵ هجری قمری</time>`, "2023-09", true},
		{"lunar, on a Persian page, later than any solar year", "fa", "", `<time datetime="1445-03-12">x</time>`, "2023-09", true},
		{"lunar, at the end of a month only the year is sure", "ar", "", `<time datetime="1445-03-15">x</time>`, "2023", true},
		{"lunar, at the end of a year nothing is", "ar", "", `<time datetime="1445-06-18">x</time>`, "", false},
		{"lunar beside the common day", "ar", "", `<time datetime="1445-03-12">12 ربيع الأول</time><p>27 سبتمبر 2023</p>`, "2023-09-27", false},
		{"lunar beside another common day", "ar", "", `<time datetime="1445-03-12">12 ربيع الأول</time><p>27 مايو 2023</p>`, "2023-05-27", true},
		{"lunar beside a common datetime", "ar", meta("2023-09-27T09:00:00+03:00"), `<time datetime="1445-03-12">x</time>`, "2023-09-27T09:00:00+03:00", false},
		{"no such lunar month", "ar", "", `<time datetime="1445-13-12">x</time>`, "", false},
		{"no such lunar day", "ar", "", `<time datetime="1445-03-31">x</time>`, "", false},
		{"a year that two calendars have, in Arabic", "ar", "", `<time datetime="1403-02-14">x</time>`, "", false},
		{"a medieval year, in English", "en", "", `<time datetime="1445-03-12">x</time>`, "", false},
		{"a medieval year, in German", "de", meta("1445-03-12"), "", "", false},

		{"Persian, datetime with slashes", "fa", "", `<time datetime="1403/02/14">x</time>`, "2024-05-03", false},
		{"Persian, meta", "fa-IR", meta("1403-02-14"), "", "2024-05-03", false},
		{"Persian, JSON-LD with a time of day", "fa", data("1403-02-14T10:20:00+03:30"), "", "2024-05-03T10:20:00+03:30", false},
		{"Persian, no hyphens", "fa", meta("14030214"), "", "2024-05-03", false},
		{"Persian, its digits", "fa", meta("۱۴۰۳/۰۲/۱۴"), "", "2024-05-03", false},
		{"Persian, the day in front", "fa", meta("14/02/1403"), "", "2024-05-03", false},
		{"Persian, words", "fa", meta("۱۴ اردیبهشت ۱۴۰۳"), "", "2024-05-03", false},
		{"Persian, Pashto", "ps", "", `<time datetime="1403-02-14">x</time>`, "2024-05-03", false},
		{"Persian, the extension of its lang", "en", "", `<time lang="fa-u-ca-persian" datetime="1403-02-14">x</time>`, "2024-05-03", false},
		{"Persian, the element's calendar", "en", "", `<time datetime="1403-02-14" data-calendar="jalali">x</time>`, "2024-05-03", false},
		{"Persian, words beside it on an English page", "en", "", `<time datetime="1403-02-14">۱۴ اردیبهشت ۱۴۰۳</time>`, "2024-05-03", false},
		{"Persian, an Arabic service, too early for the moon", "ar", "", `<time datetime="1398-06-31">x</time>`, "2019-09-22", true},
		{"Persian, beside the common day", "fa", "", `<time datetime="1403-02-14">x</time><p>3 مه 2024</p>`, "2024-05-03", false},
		{"Persian, in a fast", "fa", "", `<p>رمضان</p><time datetime="1403-01-14">x</time>`, "2024-04-02", false},
		{"no such Persian day", "fa", "", `<time datetime="1403-08-31">x</time>`, "", false},
		{"no Persian year is said", "en", "", `<time datetime="1403-02-14">x</time>`, "", false},

		{"Buddhist, datetime", "th", "", `<time datetime="2567-05-01">x</time>`, "2024-05-01", false},
		{"Buddhist, a time of day", "th", meta("2567-05-01T08:30:00+07:00"), "", "2024-05-01T08:30:00+07:00", false},
		{"Buddhist, JSON-LD", "th", data("2567-05-01"), "", "2024-05-01", false},
		{"Buddhist, slashes, the day in front", "th", meta("13/05/2567"), "", "2024-05-13", false},
		{"Buddhist, a day that two readers read differently", "th", meta("01/05/2567"), "", "2024-05-01", false},
		{"Buddhist, Thai digits", "th", meta("๒๕๖๗-๐๕-๐๑"), "", "2024-05-01", false},
		{"Buddhist, no hyphens", "th", meta("25670501"), "", "2024-05-01", false},
		{"Buddhist, Lao", "lo", "", `<time datetime="2567-05-01">x</time>`, "2024-05-01", false},
		{"Buddhist, Khmer", "km", "", `<time datetime="2567-05-01">x</time>`, "2024-05-01", false},
		{"Buddhist, words beside it on an English page", "en", "", `<time datetime="2567-05-01">1 พ.ค. 2567</time>`, "2024-05-01", false},
		{"Buddhist, the extension of its lang", "en", "", `<time lang="th-TH-u-ca-buddhist" datetime="2567-05-01">x</time>`, "2024-05-01", false},
		{"Buddhist, nothing says so", "en", "", `<time datetime="2567-05-01">x</time>`, "2024-05-01", true},
		{"Buddhist, a leap day", "th", meta("2567-02-29"), "", "2024-02-29", false},
		{"Buddhist, no such day", "th", meta("2566-02-29"), "", "", false},
		{"Buddhist, after the capture", "th", meta("2590-05-01"), "", "", false},
		{"Reiwa, words", "ja", "", `<p class="date">令和6年5月1日</p>`, "2024-05-01", false},
		{"Reiwa, its first year", "ja", "", `<p>令和元年5月1日（水）</p>`, "2019-05-01", false},
		{"Reiwa, blanks", "ja", "", `<p>令和 6 年 5 月 1 日</p>`, "2024-05-01", false},
		{"Reiwa, wide digits", "ja", "", `<p>令和６年５月１日</p>`, "2024-05-01", false},
		{"Reiwa, Chinese numerals", "ja", "", `<p>令和六年十二月二十一日</p>`, "2024-12-21", false},
		{"Reiwa, datetime", "ja", "", `<time datetime="令和6年5月1日">x</time>`, "2024-05-01", false},
		{"Reiwa, meta", "ja", meta("令和6年5月1日"), "", "2024-05-01", false},
		{"Reiwa, JSON-LD", "ja", data("令和6年5月1日"), "", "2024-05-01", false},
		{"Reiwa, short", "ja", "", `<p>R6.5.1</p>`, "2024-05-01", false},
		{"Reiwa, short for machines", "ja", "", `<time datetime="R06-05-01">x</time>`, "2024-05-01", false},
		{"Reiwa, on an English page", "en", "", `<p>May 1, Reiwa 6</p>`, "2024-05-01", false},
		{"Reiwa, before it began", "ja", "", `<p>令和元年3月1日</p>`, "", false},
		{"Reiwa, after the capture", "ja", "", `<p>令和12年3月1日</p>`, "", false},
		{"short on a page in English", "en", "", `<p>R6.5.1</p>`, "", false},
		{"Heisei, words", "ja", "", `<p>平成30年4月1日</p>`, "2018-04-01", false},
		{"Heisei, its last day", "ja", "", `<p>平成31年4月30日</p>`, "2019-04-30", false},
		{"Heisei, after its end", "ja", "", `<p>平成31年5月10日</p>`, "", false},
		{"Heisei, short", "ja", "", `<p>H30.4.1</p>`, "2018-04-01", false},
		{"Heisei, English", "en", "", `<p>1 April Heisei 30</p>`, "2018-04-01", false},
		{"Showa, words", "ja", "", `<p>昭和63年1月7日</p>`, "1988-01-07", false},
		{"Showa, its last day", "ja", "", `<p>昭和64年1月7日</p>`, "1989-01-07", false},
		{"Showa, no such day", "ja", "", `<p>昭和64年2月7日</p>`, "", false},
		{"Reiwa, a month alone", "ja", "", `<p>令和3年5月</p>`, "2021-05", false},
		{"Reiwa, a month in Chinese numerals", "ja", "", `<p>令和三年五月</p>`, "2021-05", false},
		{"Reiwa, the month it began", "ja", "", `<p>令和元年5月</p>`, "2019-05", false},
		{"Reiwa, the month before it", "ja", "", `<p>令和元年4月</p>`, "", false},
		{"Heisei, its last month", "ja", "", `<p>平成31年4月</p>`, "2019-04", false},
		{"Heisei, the month after it", "ja", "", `<p>平成31年5月</p>`, "", false},
		{"Showa, a month", "ja", "", `<p>昭和63年12月</p>`, "1988-12", false},
		{"Showa, a month of a few days", "ja", "", `<p>昭和64年1月</p>`, "1989-01", false},
		{"Reiwa in one sign, a month", "ja", "", `<p>㋿3年5月</p>`, "2021-05", false},
		{"a thirteenth month", "ja", "", `<p>令和3年13月</p>`, "", false},
		{"Taiwan, a month alone", "zh-TW", "", `<p>民國110年5月</p>`, "2021-05", false},
		{"Taiwan, a month in Chinese numerals", "zh-TW", "", `<p>民國一一〇年五月</p>`, "2021-05", false},
		{"Taiwan, the whole name and a month", "zh-TW", "", `<p>中華民國110年05月</p>`, "2021-05", false},
		{"a common month in Japanese", "ja", "", `<p>2021年5月</p>`, "2021-05", false},
		{"a common month in Chinese", "zh", "", `<p>2021年5月号</p>`, "2021-05", false},
		{"a common month in Korean", "ko", "", `<p>2021년 5월</p>`, "2021-05", false},
		{"a day parted from its month", "ja", "", `<p>2021年5月 3日</p>`, "2021-05-03", false},
		{"a day in Chinese numerals", "zh", "", `<p>2021年5月三日</p>`, "", false},
		{"Reiwa beside the common day", "ja", "", `<time datetime="2024-05-01">令和6年5月1日</time>`, "2024-05-01", false},
		{"Reiwa beside another day", "ja", meta("2024-04-01"), `<p>令和6年5月1日</p>`, "2024-05-01", true},

		{"Taiwan, words", "zh-TW", "", `<p>民國113年5月1日</p>`, "2024-05-01", false},
		{"Taiwan, the whole name", "zh-Hant", "", `<p>中華民國113年05月01日</p>`, "2024-05-01", false},
		{"Taiwan, short letters", "zh", "", `<p>民国113年5月1日</p>`, "2024-05-01", false},
		{"Taiwan, Chinese numerals", "zh-TW", "", `<p>民國一一三年五月一日</p>`, "2024-05-01", false},
		{"Taiwan, Chinese numerals with hundreds", "zh-TW", "", `<p>中華民國一百一十三年五月十一日</p>`, "2024-05-11", false},
		{"Taiwan, two digits", "zh-TW", "", `<p>民國99年5月1日</p>`, "2010-05-01", false},
		{"Taiwan, no name of the era", "zh-TW", "", `<p>113年5月1日</p>`, "2024-05-01", false},
		{"Taiwan, slashes", "zh-TW", "", `<p>113/05/01</p>`, "2024-05-01", false},
		{"Taiwan, datetime", "zh-TW", "", `<time datetime="113-05-01">x</time>`, "2024-05-01", false},
		{"Taiwan, a time of day", "zh-TW", meta("113-05-01T08:30:00+08:00"), "", "2024-05-01T08:30:00+08:00", false},
		{"Taiwan, JSON-LD", "zh-TW", data("113/05/01"), "", "2024-05-01", false},
		{"Taiwan, no hyphens", "zh-TW", meta("1130501"), "", "2024-05-01", true},
		{"Taiwan, Chinese that may be of another place", "zh-Hant", meta("113-05-01"), "", "2024-05-01", true},
		{"Taiwan, words beside it", "en", "", `<time datetime="113-05-01">民國113年5月1日</time>`, "2024-05-01", false},
		{"Taiwan, the extension of its lang", "en", "", `<time lang="zh-u-ca-roc" datetime="113-05-01">x</time>`, "2024-05-01", false},
		{"Taiwan, English", "en", "", `<p>May 1, Minguo 113</p>`, "2024-05-01", false},
		{"Taiwan, before the republic", "zh-TW", "", `<p>民國前3年5月1日</p>`, "", false},
		{"Taiwan, after the capture", "zh-TW", meta("120-05-01"), "", "", false},
		{"three digits in English", "en", "", `<p>113/05/01</p><time datetime="113-05-01">x</time>`, "", false},
		{"Taiwan beside the common day", "zh-TW", meta("2024-05-01"), `<p>民國113年5月1日</p>`, "2024-05-01", false},
		{"Taiwan beside another day", "zh-TW", meta("2024-03-01"), `<p>民國113年5月1日</p>`, "2024-05-01", true},
		{"a common year on a page of Taiwan", "zh-TW", meta("2024-05-01"), "", "2024-05-01", false},
		{"a common year on a Japanese page", "ja", "", `<p>2024年5月1日</p>`, "2024-05-01", false},

		{"a common year on a Thai page", "th", meta("2024-05-01"), "", "2024-05-01", false},
		{"a common year on a Persian page", "fa", meta("2024-05-03"), "", "2024-05-03", false},
		{"a common year on an Arabic page", "ar", meta("2024-05-03"), "", "2024-05-03", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := extract(t, page14(tt.lang, tt.head, tt.top), Options{Name: "p.html", Captured: time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)})
			if a.Published != tt.want || (a.DateFlag != "") != tt.flagged {
				t.Errorf("published %q, flag %q; want %q, flagged %v; dates %v", a.Published, a.DateFlag, tt.want, tt.flagged, a.Dates)
			}
		})
	}
}
