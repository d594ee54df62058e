package text

import (
	_ "embed"
	"strings"

	"recount/internal/lang"
	"recount/internal/pattern"
	"recount/internal/text/page"
)

// promotion reports whether a piece asks the reader to do something rather
// than tells something.
func promotion(r reading) bool {
	if len(r.Text) > 400 {
		return false
	}
	low := strings.ToLower(strings.TrimLeft(r.Text, "[(*•–—>» "))
	if promotions.Open(low) {
		return true
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
	promotions = pattern.NewWords(fillers["promotion"])
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
	asks, price := paymentAsks.In(low), priced(low)
	if !asks && !price {
		return false // two kinds at most, and nobody is asked
	}
	kinds := 0
	for _, is := range [...]bool{asks, price, paymentEnds.In(low), paymentAccess.In(low)} {
		if is {
			kinds++
		}
	}
	return kinds >= 3 || kinds == 2 && offered(low)
}

// The words of an offer, by what they say.
var (
	paymentAsks   = pattern.NewWords(payments["asks"])
	paymentEnds   = pattern.NewWords(payments["ends"])
	paymentAccess = pattern.NewWords(payments["access"])
	paymentPrices = pattern.NewWords(payments["price"])
)

// priced reports whether a number stands right before the words of a price.
func priced(low string) bool {
	if !strings.ContainsAny(low, "0123456789") || !paymentPrices.In(low) {
		return false
	}
	for _, w := range payments["price"] {
		if i := strings.Index(low, w); i >= 0 && digitNear(low, i) {
			return true
		}
	}
	return false
}

// offered reports whether a line speaks to its reader and begins with what it
// wants of them.
func offered(low string) bool {
	return paymentAsks.Open(low)
}

// digitNear reports whether a digit stands within a dozen bytes before i.
func digitNear(s string, i int) bool {
	return strings.ContainsAny(s[max(0, i-12):i], "0123456789")
}

// What claims that a text belongs to somebody, and what says what must not be
// done with it.
var (
	claimWords = pattern.NewWords([]string{"is subject to copyright", "is protected by copyright", "no part may be", "all rights reserved",
		"alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "todos os direitos reservados",
		"tutti i diritti riservati", "alle rechten voorbehouden", "все права защищены", "tüm hakları saklıdır", "جميع الحقوق محفوظة"})
	termWords = pattern.NewWords([]string{"may not be published", "may not be reproduced", "may be reproduced without", "without the written permission",
		"without prior written permission", "without permission", "rewritten or redistributed",
		"reproduction interdite", "nachdruck", "prohibida la reproducción", "riproduzione riservata"})
)

// rights reports whether a line says to whom the text belongs and what must not
// be done with it.
func rights(s string) bool {
	if len(s) > 500 {
		return false
	}
	low := strings.ToLower(s)
	opens := strings.HasPrefix(low, "copyright") || strings.HasPrefix(low, "©") || strings.HasPrefix(low, "(c) ")
	claim, terms := opens || claimWords.In(low), termWords.In(low)
	if !claim && !terms {
		return false
	}
	switch {
	case strings.HasPrefix(low, "copyright"): // "Copyright law was the first thing they argued about."
		return terms || strings.Contains(low, "all rights reserved") || len(s) < 120 && strings.ContainsAny(s[9:min(len(s), 20)], "0123456789©")
	case strings.HasPrefix(low, "©"), strings.HasPrefix(low, "(c) "):
		return len(s) < 200 || terms
	}
	return claim && (terms || len(s) < 160) || terms && len(s) < 160 && strings.HasPrefix(low, "this ")
}
