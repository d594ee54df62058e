package prose

import "testing"

func TestPersonName(t *testing.T) {
	for name, want := range map[string]string{
		"DESMOND ARTHUR FAIRCLOUGH": "Desmond Arthur Fairclough",
		"DAMILOLA OKONKWO-REES":     "Damilola Okonkwo-Rees",
		"SIOBHÁN TUOHY":             "Siobhán Tuohy",
		"MARY O’BRIEN":              "Mary O’Brien",
		"SEAN O'DEA":                "Sean O'Dea",
		"JOHN MCDONALD":             "John McDonald",
		"JORIS VAN DE VELDE":        "Joris van de Velde",
		"J. R. ORMEROD":             "J. R. Ormerod",
		"SHEEJA K. P.":              "Sheeja K. P.",
		"VAN GOGH":                  "Van Gogh",
		"ТОМАС ГЕДРИН":              "Томас Гедрин",
		"J. R.":                     "J. R.",
		"LI":                        "LI",
		"Li":                        "Li",
		"Maria HOLT":                "Maria HOLT", // the page tells the family name so
		"هدى عبد الرحمن المنصور":  "هدى عبد الرحمن المنصور",
		"a person without a name": "a person without a name",
		"":                        "",
	} {
		if got := PersonName(name); got != want {
			t.Errorf("PersonName(%q) is %q, want %q", name, got, want)
		}
	}
}

// Hints as they are written, and what of them a page says.
func TestAdvice(t *testing.T) {
	for hint, want := range map[string]string{
		"save the article as a web page or print it to PDF again, or type the text in: recount attach":  "save the article as a web page or print it to PDF again, or type the text in",
		"open it with its password and print it to a new PDF file, or type the text in: recount attach": "open it with its password and print it to a new PDF file, or type the text in",
		"look for an archived copy of the page, or supply the text with recount attach":                 "look for an archived copy of the page, or supply the text",
		"restore study.db from a backup; or take it out again: recount extract --again":                 "restore study.db from a backup; or take it out again",
		"`recount versions` shows them":                                "",
		"choose another folder, or go on with this one: `recount add`": "choose another folder, or go on with this one",
		"run this again with --force":                                  "",
		"ask for the page again; `recount add --fetch` does it":        "ask for the page again",
		"settle it first (recount link)":                               "settle it first",
		"if it is an article, save it from the browser":                "if it is an article, save it from the browser",
		"a recount of votes is no article":                             "a recount of votes is no article",
		"":                                                             "",
	} {
		if got := Advice(hint); got != want {
			t.Errorf("Advice(%q) is %q, want %q", hint, got, want)
		}
	}
}

func TestPeriods(t *testing.T) {
	for s, want := range map[string]string{
		"from 2014-01 to 2015-08, both included": "from January 2014 to August 2015, both included",
		"from 2014-01-19 to 2015":                "from 19 January 2014 to 2015",
		"since 2014-05-14T09:30:00Z":             "since 14 May 2014, 09:30",
		"the season 2011-13":                     "the season 2011-13", // no month
		"pages 1014-12":                          "pages 1014-12",
		"12014-05":                               "12014-05",
	} {
		if got := Periods(s); got != want {
			t.Errorf("Periods(%q) is %q, want %q", s, got, want)
		}
	}
}
