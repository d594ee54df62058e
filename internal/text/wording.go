package text

import (
	_ "embed"
	"strings"

	"recount/internal/lang"
	"recount/internal/text/page"
)

// promotion reports whether a piece asks the reader to do something rather
// than tells something.
func promotion(r reading) bool {
	if len(r.Text) > 400 {
		return false
	}
	low := strings.ToLower(strings.TrimLeft(r.Text, "[(*•–—>» "))
	for _, w := range promotions {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	switch {
	case strings.HasPrefix(low, "follow ") && (strings.Contains(low, "twitter") || strings.Contains(low, "facebook") || strings.Contains(low, "instagram")):
		return true
	case strings.Contains(low, "helpline") || strings.Contains(low, "hotline") || strings.Contains(low, "line on "):
		return strings.Contains(low, "call") && strings.Count(low, "0")+strings.Count(low, "1") >= 3
	}
	return false
}

// credit reports whether a line says who wrote the article, and no more.
func credit(s string) bool {
	if len(s) > 250 {
		return false
	}
	low := strings.ToLower(s)
	switch {
	case strings.HasSuffix(low, "contributed to this report.") || strings.HasSuffix(low, "contributed to this story."):
		return true
	case len(s) < 150 && (strings.Contains(low, " contributed reporting") || strings.Contains(low, "contributed to this ")):
		return true
	case strings.HasPrefix(low, "additional reporting by"), strings.HasPrefix(low, "reporting by "):
		return true
	case strings.HasPrefix(low, "by ") && len(s) < 80 && len(strings.Fields(s)) <= 8 && !page.Ended(s):
		return true
	case s[0] == '(' && len(s) < 24 && strings.IndexByte(s, ')') > 2:
		// The mark of a news agency: "(TPA) lk/jr".
		in, rest, _ := strings.Cut(s[1:], ")")
		return in == strings.ToUpper(in) && len(in) <= 6 && strings.Contains(rest, "/")
	}
	return false
}

//go:embed fillers.txt
var fillerList string

// promotions and pointers are the openings of lines that keep the reader on the
// site or lead to another story, labels the words that stand alone on
// advertisements and buttons, siteWords what sentences of a site on itself hold.
var (
	fillers    = lang.Lists(fillerList)
	promotions = fillers["promotion"]
	pointers   = fillers["pointer"]
	labels     = lang.Set(fillers["label"])
	siteWords  = fillers["site"]
)

//go:embed away.txt
var awayList string

// away holds the lines over lists of other stories, as they stand alone.
var away = lang.Set(lang.Lists(awayList)[""])

//go:embed sources.txt
var sourceList string

// sourceHeadings holds the headings over lists of sources.
var sourceHeadings = lang.Set(lang.Lists(sourceList)[""])

// leadsAway reports whether a line stands over a list of other stories.
func leadsAway(s string) bool {
	return len(s) < 80 && away[strings.ToLower(strings.Trim(s, " :.…>»→[]()•*-–—"))]
}

// pointer reports whether a piece leads to another story: it opens so and its
// rest is a link, or there is no rest.
func pointer(r reading) bool {
	low := strings.ToLower(strings.TrimLeft(r.Text, "[(*•–—>» "))
	for _, w := range pointers {
		if strings.HasPrefix(low, w) {
			return len(r.Text) <= len(w)+6 || r.linked >= 400
		}
	}
	return false
}

//go:embed payment.txt
var paymentList string

// payments holds the words of offers to pay, by kind.
var payments = lang.Lists(paymentList)

// payment reports whether a paragraph is an offer to pay for reading on. It
// needs a price for a time, and one word of another kind that is no quotation,
// because articles write of prices too.
func payment(s string) bool {
	if len(s) > 600 || strings.ContainsAny(s, "“”«»„\"") {
		return false
	}
	low := strings.ToLower(s)
	if strings.Contains(low, " said") || strings.Contains(low, " says") {
		return false
	}
	kinds := 0
	for _, kind := range [...]string{"price", "ends", "access", "asks"} {
		for _, w := range payments[kind] {
			i := strings.Index(low, w)
			if i < 0 || kind == "price" && !digitNear(low, i) {
				continue
			}
			kinds++
			break
		}
	}
	return kinds >= 3 || kinds == 2 && offered(low)
}

// offered reports whether a line speaks to its reader and begins with what it
// wants of them.
func offered(low string) bool {
	for _, w := range payments["asks"] {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	return false
}

// digitNear reports whether a digit stands within a dozen bytes before i.
func digitNear(s string, i int) bool {
	return strings.ContainsAny(s[max(0, i-12):i], "0123456789")
}

// rights reports whether a line says to whom the text belongs and what must not
// be done with it.
func rights(s string) bool {
	if len(s) > 500 {
		return false
	}
	low := strings.ToLower(s)
	claim := strings.HasPrefix(low, "copyright") || strings.Contains(low, "is subject to copyright") || strings.Contains(low, "is protected by copyright") || strings.Contains(low, "no part may be") || strings.HasPrefix(low, "©") || strings.HasPrefix(low, "(c) ") || strings.HasPrefix(low, "© ") || strings.Contains(low, "all rights reserved") ||
		strings.Contains(low, "alle rechte vorbehalten") || strings.Contains(low, "tous droits réservés") || strings.Contains(low, "todos los derechos reservados") || strings.Contains(low, "todos os direitos reservados") ||
		strings.Contains(low, "tutti i diritti riservati") || strings.Contains(low, "alle rechten voorbehouden") || strings.Contains(low, "все права защищены") || strings.Contains(low, "tüm hakları saklıdır") || strings.Contains(low, "جميع الحقوق محفوظة")
	terms := strings.Contains(low, "may not be published") || strings.Contains(low, "may not be reproduced") || strings.Contains(low, "may be reproduced without") || strings.Contains(low, "without the written permission") || strings.Contains(low, "without prior written permission") || strings.Contains(low, "without permission") || strings.Contains(low, "rewritten or redistributed") ||
		strings.Contains(low, "reproduction interdite") || strings.Contains(low, "nachdruck") || strings.Contains(low, "prohibida la reproducción") || strings.Contains(low, "riproduzione riservata")
	switch {
	case strings.HasPrefix(low, "copyright"): // "Copyright law was the first thing they argued about."
		return terms || strings.Contains(low, "all rights reserved") || len(s) < 120 && strings.ContainsAny(s[9:min(len(s), 20)], "0123456789©")
	case strings.HasPrefix(low, "©"), strings.HasPrefix(low, "(c) "):
		return len(s) < 200 || terms
	}
	return claim && (terms || len(s) < 160) || terms && len(s) < 160 && strings.HasPrefix(low, "this ")
}
