package factiva

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"recount"
	"recount/internal/text/date"
)

// isoDay returns a day as YYYY-MM-DD if s is a date and nothing else and can be
// read one way only. "03/04/2015" is none.
func isoDay(s string) (string, bool) {
	if len(s) > 60 {
		return "", false
	}
	var nums []int
	var widths []int
	month, words, at := 0, 0, -1
	sep := ""
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		for f != "" {
			digit := f[0] >= '0' && f[0] <= '9'
			n := strings.IndexFunc(f, func(r rune) bool { return (r >= '0' && r <= '9') != digit })
			if n < 0 {
				n = len(f)
			}
			t := f[:n]
			f = f[n:]
			if digit {
				v, err := strconv.Atoi(t)
				if err != nil {
					return "", false
				}
				nums, widths = append(nums, v), append(widths, len(t))
				continue
			}
			w := strings.ToLower(t)
			switch {
			case date.Months[w] > 0 && month == 0:
				month, at = date.Months[w], len(nums)
			case w == "年" || w == "月" || w == "日":
				sep += w
			case w == "de" || w == "of" || w == "st" || w == "nd" || w == "rd" || w == "th" || w == "er" || w == "del" || w == "г" || w == "года":
			case weekday[w] && words == 0:
				words++
			default:
				return "", false
			}
		}
	}
	var y, m, d int
	switch {
	case month > 0 && len(nums) == 2 && widths[1] == 4 && widths[0] <= 2 && at <= 1: // 29 décembre 2011, December 29, 2011
		y, m, d = nums[1], month, nums[0]
	case month > 0 && len(nums) == 2 && widths[0] == 4 && widths[1] <= 2 && at == 1: // 2011 December 29
		y, m, d = nums[0], month, nums[1]
	case month > 0 || len(nums) != 3:
		return "", false
	case widths[0] == 4 && (sep == "" || sep == "年月日"): // 2011-12-29, 2011年12月29日
		y, m, d = nums[0], nums[1], nums[2]
	case widths[2] == 4 && sep == "" && strings.Count(s, ".") == 2: // 29.12.2011
		y, m, d = nums[2], nums[1], nums[0]
	default:
		return "", false
	}
	day, ok := recount.NewDate(y, m, d)
	return day.String(), ok && d > 0 && y >= 1900 && y <= 2100
}

var weekday = nameSet(`monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`)

// isoClock returns a time of day as HH:MM. Factiva prints no time zone, so
// there is none.
func isoClock(s string) (string, bool) {
	m := clockShape.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	h, _ := strconv.Atoi(m[1])
	min, _ := strconv.Atoi(m[2])
	switch half := strings.ToLower(strings.ReplaceAll(m[3], ".", "")); {
	case half == "pm" && h >= 1 && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	case (half == "am" || half == "pm") && (h < 1 || h > 12):
		return "", false
	}
	if h > 23 || min > 59 {
		return "", false
	}
	return fmt.Sprintf("%02d:%02d", h, min), true
}
