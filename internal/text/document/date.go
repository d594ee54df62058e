package document

import (
	"strings"
	"unicode"
)

// dateWords are the names of months (true) and of days of the week (false) in
// English, German, French, Spanish, Dutch, Italian and Portuguese.
var dateWords = func() (m map[string]bool) {
	m = map[string]bool{}
	months := "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec " +
		"januar jänner februar märz mai juni juli oktober dezember mär okt dez " +
		"janvier février mars avril juin juillet août septembre octobre novembre décembre " +
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre " +
		"januari februari maart mei augustus mrt " +
		"gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre " +
		"janeiro fevereiro março maio junho julho setembro outubro novembro dezembro"
	days := "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag " +
		"lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo " +
		"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag lunedì martedì mercoledì giovedì venerdì sabato domenica " +
		"segunda-feira terça-feira quarta-feira quinta-feira sexta-feira"
	for _, w := range strings.Fields(months) {
		m[w] = true
	}
	for _, w := range strings.Fields(days) {
		m[w] = false // known, and no month
	}
	return m
}()

// Dated reports whether a line is a date, as newspapers and databases print it
// above an article, in seven languages: it begins with a day, a month or a day
// of the week, and has month and year among its first words.
func Dated(s string) bool {
	if len(s) > 160 || len(s) < 6 {
		return false
	}
	month, year := false, false
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' })
	for i, w := range words[:min(len(words), 6)] {
		w = strings.ToLower(strings.Trim(w, ".()"))
		m, known := dateWords[w]
		digits := w != "" && strings.Trim(w, "0123456789") == ""
		switch {
		case known:
			month = month || m
		case digits && len(w) == 4 && (w[:2] == "19" || w[:2] == "20"):
			year = true
		case digits && len(w) <= 2:
		case numeric(w):
			return i <= 1
		case len(w) > 1 && len(w) <= 4 && '0' <= w[0] && w[0] <= '9': // 1er, 3rd
		case i > 0 && (w == "de" || w == "of" || w == "del" || w == "di"):
		default:
			if i == 0 {
				return false
			}
			return month && year
		}
		if month && year {
			return true
		}
	}
	return false
}

// alone reports whether a dated line holds nothing but its date and a time of
// day.
func alone(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }) {
		w = strings.ToLower(strings.Trim(w, ".()|–-"))
		if _, known := dateWords[w]; known || w == "" || '0' <= w[0] && w[0] <= '9' {
			continue
		}
		switch w {
		case "am", "pm", "a.m", "p.m", "gmt", "utc", "bst", "cet", "cest", "est", "edt", "uhr", "at", "um", "à", "om", "alle", "de", "of", "del", "di", "the", "le", "den":
			continue
		}
		return false
	}
	return true
}

// numeric reports whether a word is a date in figures.
func numeric(w string) bool {
	if len(w) < 8 || len(w) > 10 || strings.Trim(w, "0123456789./-") != "" {
		return false
	}
	p := strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == '/' || r == '-' })
	return len(p) == 3 && (len(p[0]) == 4 || len(p[2]) == 4)
}
