package date

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"recount"
	"recount/internal/pattern"
)

// Years of Japan are counted from when an emperor began to reign, those of Taiwan
// from the founding of the republic: 令和6年 and 民國113年 are 2024. With the era's name
// a day is sure. A bare 113/05/01 is taken for one of Taiwan where the language of the
// page or words beside it say so (candidate), else for none.

// An era gives its first year's number less one, and its first and last day.
type era struct {
	before      int
	first, last recount.Date
}

func day(y, m, d int) recount.Date { x, _ := recount.NewDate(y, m, d); return x }

var (
	reiwa  = era{2018, day(2019, 5, 1), day(2100, 12, 31)}
	heisei = era{1988, day(1989, 1, 8), day(2019, 4, 30)}
	showa  = era{1925, day(1926, 12, 25), day(1989, 1, 7)}
	taisho = era{1911, day(1912, 7, 30), day(1926, 12, 24)}
	minguo = era{1911, day(1912, 1, 1), day(2100, 12, 31)}

	eras = map[string]era{
		"令和": reiwa, "㋿": reiwa, "reiwa": reiwa, "r": reiwa,
		"平成": heisei, "㍻": heisei, "heisei": heisei, "h": heisei,
		"昭和": showa, "㍼": showa, "showa": showa, "shōwa": showa, "s": showa,
		"大正": taisho, "㍽": taisho, "taisho": taisho, "taishō": taisho,
		"民國": minguo, "民国": minguo, "minguo": minguo, "roc": minguo,
	}

	eraDay = pattern.New(`(令和|平成|昭和|大正|㋿|㍻|㍼|㍽|民國|民国)\s*(元|[0-9]{1,3}|[〇○零一二三四五六七八九十百]{1,6})\s*(?:年|[./-])\s*` +
		`([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(?:月|[./-])\s*([0-9]{1,2}|[一二三四五六七八九十]{1,4})\s*日?`)
	eraMonth   = pattern.New(`(令和|平成|昭和|大正|㋿|㍻|㍼|㍽|民國|民国)\s*(元|[0-9]{1,3}|[〇○零一二三四五六七八九十百]{1,6})\s*年\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*月`)
	monthAlone = pattern.New(`(^|[^0-9])((?:19|20)[0-9]{2})\s*[年년]\s*([01]?[0-9])\s*[月월]($|\s*[^0-9\s一二三四五六七八九十])`)
	eraShort   = pattern.New(`(^|[^A-Za-z0-9])([RHS])\.?([0-9]{1,2})([./-])([01]?[0-9])[./-]([0-3]?[0-9])($|[^0-9./-])`)
	eraWord    = pattern.New(`(?i)(^|[^a-z])(reiwa|heisei|sh[oō]wa|minguo|r\.o\.c\.|roc)( year)? ([0-9]{1,3})($|[^0-9])`)
	rocDay     = pattern.New(`(^|[^0-9./-])(1[0-4][0-9])([./-])([01]?[0-9])([./-])([0-3]?[0-9])($|[^0-9./-])`)
	rocWords   = pattern.New(`(^|[^0-9])(1[0-4][0-9])\s*年\s*([01]?[0-9])\s*月\s*([0-3]?[0-9])\s*日`)
	rocStamp   = pattern.New(`^(1[0-4][0-9])([01][0-9])([0-3][0-9])$`)
	kana       = pattern.New(`[ぁ-ヿ]|[年月日]`)
)

// mayHoldEra reports whether a line may name an era.
func mayHoldEra(s string) bool {
	for _, w := range [...]string{"令和", "平成", "昭和", "大正", "民國", "民国", "㋿", "㍻", "㍼", "㍽", "eiwa ", "eisei ", "howa ", "hōwa ", "inguo ", "ROC ", "R.O.C. "} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// ofEras rewrites the days in a line with Latin digits that name an era as common
// ones. A day that its era did not have stays.
func ofEras(s string) string {
	if !mayHoldEra(s) {
		return monthsAlone(s)
	}
	s = eraDay.ReplaceAllStringFunc(s, func(m string) string {
		g := eraDay.FindStringSubmatch(m)
		if iso := eras[g[1]].day(g[2], g[3], g[4]); iso != "" {
			return iso + " "
		}
		return m
	})
	s = monthsAlone(eraMonth.ReplaceAllStringFunc(s, func(m string) string {
		g := eraMonth.FindStringSubmatch(m)
		if month := eras[g[1]].month(g[2], g[3]); month != "" {
			return month
		}
		return m
	}))
	return eraWord.ReplaceAllStringFunc(s, func(m string) string {
		g := eraWord.FindStringSubmatch(m)
		e := eras[strings.ReplaceAll(strings.ToLower(g[2]), ".", "")]
		y, _ := strconv.Atoi(g[4])
		if y += e.before; y < e.first.Year() || y > e.last.Year() {
			return m
		}
		return g[1] + strconv.Itoa(y) + g[5]
	})
}

// inEras rewrites the days without an era's name too, where the language of the page
// is one that writes them: R6.5.1 in Japanese, 113/5/1 and 113年5月1日 in Taiwan.
func inEras(s, was, lang string) string {
	s = ofEras(s)
	if lang == "ja" || lang == "" && kana.MatchString(was) {
		s = eraShort.ReplaceAllStringFunc(s, func(m string) string {
			g := eraShort.FindStringSubmatch(m)
			if iso := eras[strings.ToLower(g[2])].day(g[3], g[5], g[6]); iso != "" {
				return g[1] + iso + g[7]
			}
			return m
		})
	}
	if !ofTaiwan(lang) {
		return s
	}
	s = rocWords.ReplaceAllStringFunc(s, func(m string) string {
		g := rocWords.FindStringSubmatch(m)
		if iso := minguo.day(g[2], g[3], g[4]); iso != "" {
			return g[1] + iso + " "
		}
		return m
	})
	return rocDay.ReplaceAllStringFunc(s, func(m string) string {
		g := rocDay.FindStringSubmatch(m)
		if iso := minguo.day(g[2], g[4], g[6]); iso != "" && g[3] == g[5] {
			return g[1] + iso + g[7]
		}
		return m
	})
}

// ofTaiwan reports whether a page in a language of this code is one of Taiwan.
func ofTaiwan(lang string) bool {
	return lang == "zh-tw" || strings.HasPrefix(lang, "zh-hant-tw") || lang == "nan" || lang == "hak"
}

// Region returns the code of a language as Common wants it: with the region where
// years are counted otherwise there.
func Region(lang string) string {
	if lang = strings.ReplaceAll(strings.ToLower(lang), "_", "-"); ofTaiwan(lang) {
		return "zh-tw"
	}
	return lang[:min(2, len(lang))]
}

// day returns a common date of a day of the era, "" if the era had no such day.
func (e era) day(year, month, date string) string {
	y, m, d := eraNumber(year), eraNumber(month), eraNumber(date)
	if year == "元" {
		y = 1
	}
	if y < 1 || m < 1 || d < 1 {
		return ""
	}
	x, ok := Of(e.before+y, m, d)
	if !ok || x.Number() < e.first.Number() || x.Number() > e.last.Number() {
		return ""
	}
	return x.String()
}

// monthsAlone rewrites a month without a day as it is written with a name: 2021年5月,
// 2021년 5월.
func monthsAlone(s string) string {
	if !strings.Contains(s, "月") && !strings.Contains(s, "월") {
		return s
	}
	return monthAlone.ReplaceAllStringFunc(s, func(m string) string {
		g := monthAlone.FindStringSubmatch(m)
		n, _ := strconv.Atoi(g[3])
		if n < 1 || n > 12 {
			return m
		}
		return g[1] + " " + time.Month(n).String() + " " + g[2] + " " + g[4]
	})
}

// month returns a common month of a month of the era, "" if the era had no such month.
func (e era) month(year, month string) string {
	y, m := eraNumber(year), eraNumber(month)
	if year == "元" {
		y = 1
	}
	x, ok := Of(e.before+y, m, 1)
	if y < 1 || !ok || x.Number() > e.last.Number() || x.Number() < e.first.Number()-(e.first.Day()-1) {
		return ""
	}
	return strconv.Itoa(e.before+y) + "年" + strconv.Itoa(m) + "月"
}

// eraNumber reads a number up to 199 in digits or in Chinese: 113, 一一三, 一百一十三.
func eraNumber(s string) int {
	if v, err := strconv.Atoi(s); err == nil {
		return v
	}
	digits := map[rune]int{'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	total, last, scaled := 0, 0, strings.ContainsAny(s, "十百")
	for _, c := range s {
		switch c {
		case '百':
			total, last = total+100*max(last, 1), 0
		case '十':
			total, last = total+10*max(last, 1), 0
		default:
			v, ok := digits[c]
			if !ok {
				return 0
			}
			if !scaled {
				last *= 10
			}
			last += v
		}
	}
	return total + last
}

// ofRepublic reads a date for machines whose year is one of Taiwan: 113-05-01,
// 113/05/01T08:00, 1130501. ok is false where nothing says so.
func (c Candidate) ofRepublic(captured time.Time, languages []string) (Candidate, bool) {
	s := strings.TrimSpace(LatinDigits(c.Raw))
	var iso, rest string
	if g := rocDay.FindStringSubmatchIndex(s); g != nil && g[0] == 0 && g[4] == 0 && s[g[6]:g[7]] == s[g[10]:g[11]] {
		iso, rest = minguo.day(s[g[4]:g[5]], s[g[8]:g[9]], s[g[12]:g[13]]), s[g[13]:]
	} else if g := rocStamp.FindStringSubmatch(s); g != nil {
		iso = minguo.day(g[1], g[2], g[3])
	}
	m, ok := ParseISO(iso + rest)
	if iso == "" || !ok || !captured.IsZero() && m.Number() > recount.DayOf(captured.UTC()).Number()+1 {
		return c, false
	}
	beside := strings.ToLower(c.Beside)
	said := slices.ContainsFunc(calendars["roc.said"], func(w string) bool { return strings.Contains(beside, w) })
	if !said && !slices.ContainsFunc(languages, func(l string) bool { return strings.HasPrefix(l, "zh") || ofTaiwan(l) }) {
		return c, false
	}
	out := c.read(m, "Minguo")
	if !said && (rest == "" && rocStamp.MatchString(s) || !slices.ContainsFunc(languages, ofTaiwan)) {
		out.Doubt = s + " (" + c.Origin + ") is taken for a day of the calendar of Taiwan, which nothing else on the page says"
	}
	return out, true
}
