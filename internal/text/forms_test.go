package text

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestListsByTheFormOfHeads recognises lists whose heads name no outlet, or one
// without a word of the press, by the form that their heads repeat. What only
// repeats a form is read as one article.
func TestListsByTheFormOfHeads(t *testing.T) {
	bakers := []string{
		"The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.",
		"“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar of the upper town for forty years and more.",
		"The mayor was said to be at sea with the weather, and the letter with her, and nobody could say when either would be back.",
	}
	nurses := []string{
		"The night nurses of the county hospital handed in their keys on Friday, and the doctors found the wards locked in the morning.",
		"“We gave notice in March and again in April,” said Siri Aune, who has led the night watch of the second floor since it opened.",
		"The hospital said that the day nurses would stay until midnight, and that it had asked the next county for twelve of its own.",
	}
	// of writes three stories under heads in which N stands for what differs.
	of := func(head string, values ...[3]string) string {
		var b strings.Builder
		for i, story := range [][]string{tale, bakers, nurses} {
			h := strings.NewReplacer("TITLE", [3]string{"Ferry crews stay ashore", "Ovens stay cold in the upper town", "Night nurses hand in their keys"}[i]).Replace(head)
			for k, v := range values {
				h = strings.ReplaceAll(h, string(rune('A'+k))+"?", v[i])
			}
			prose, foot, _ := strings.Cut(h, "PROSE")
			first := ""
			if i := strings.LastIndex(prose, "\n\n"); i >= 0 && foot == "" && !strings.Contains(head, "PROSE") {
				prose, first = prose[:i+2], prose[i+2:]
			} else if !strings.Contains(head, "PROSE") {
				prose += "\n\n"
			}
			b.WriteString(prose + first + strings.Join(story, "\n\n") + foot + "\n\n")
		}
		return b.String()
	}
	days := [3]string{"14 May 2014", "15 May 2014", "17 May 2014"}
	mixed := [3]string{"15 May 2014", "14 May 2014", "17 May 2014"}
	names := [3]string{"Ada Lind", "Otto Holm", "Ines Moe"}
	places := [3]string{"HARWICK", "KORRIN", "SANDWICK"}
	lists := []struct{ name, src string }{
		// Heads that hold a day.
		{"title and day", of("TITLE\nA?", days)},
		{"day and title", of("A?\nTITLE", days)},
		{"title and day, not in their order", of("TITLE\nA?", mixed)},
		{"title, writer and day", of("TITLE\nBy B?\nA?", days, names)},
		{"title and day in brackets", of("TITLE (A?)", days)},
		{"day in figures and title in one line", of("A?: TITLE", [3]string{"2014-05-14", "2014-05-15", "2014-05-17"})},
		{"title and day, German", strings.NewReplacer("May", "Mai", "14 ", "14. ", "15 ", "15. ", "17 ", "17. ").Replace(of("TITLE\nA?", days))},
		{"title and place with the day", of("TITLE\nB?, A?", days, places)},
		{"title, day and how many words", of("TITLE\nA?\nB? words", days, [3]string{"532", "412", "380"})},
		{"title and day, an address at the end", of("TITLE\nA?\n\nPROSE\n\nhttps://news.example/B?", days, [3]string{"ferry", "ovens", "nurses"})},
		// Heads that hold a place.
		{"title and place", of("TITLE\nA?", places)},
		{"place and title", of("A?\nTITLE", places)},
		{"title, writer and place", of("TITLE\nBy B?\nA?", places, names)},
		{"title, and the place before the text", of("TITLE\n\nA? (TPA) — ", places)},
		{"title, and place and day before the text", of("TITLE\n\nA?, May 14 (Reuters) - ", places)},
		{"title and place in small letters", of("TITLE\nA?", [3]string{"Harwick", "Korrin", "Sandwick"})},
		// Heads that hold no more than a writer.
		{"title and writer", of("TITLE\nBy A?", names)},
		{"title and writer, German", of("TITLE\nVon A?", names)},
		// Outlets without a word of the press.
		{"Reuters, BBC and Die Zeit", of("TITLE\nA?, B?", [3]string{"Reuters", "BBC", "Die Zeit"}, days)},
		{"The Guardian, El País, Le Monde", of("TITLE\nA?, B?", [3]string{"The Guardian", "El País", "Le Monde"}, days)},
		{"Der Spiegel over the title", of("A?\nB?\nTITLE", [3]string{"Der Spiegel", "CNN", "Al Jazeera"}, days)},
		{"agencies", of("TITLE\nA? | B?", [3]string{"AFP", "dpa", "Xinhua"}, days)},
		{"hosts", of("TITLE\nA?, B?", [3]string{"politico.eu", "heise.de", "vox.com"}, days)},
		{"unknown names with pages", of("TITLE\nA?, B?, p. 3", [3]string{"Korrin Abend", "Am Kai", "Harwick Tonight"}, days)},
		{"unknown names with Seite", of("TITLE\nA?, B?, S. 3", [3]string{"Korrin Abend", "Am Kai", "Harwick Heute"}, days)},
		{"unknown names", of("TITLE\nA?, B?", [3]string{"Korrin Abend", "Am Kai", "Harwick Tonight"}, days)},
		{"La Repubblica, Kommersant, Hürriyet", of("TITLE\nA?, B?", [3]string{"La Repubblica", "Коммерсантъ", "Hürriyet"}, days)},
		{"outlets alone", of("TITLE\nA?", [3]string{"Reuters", "BBC", "Die Zeit"})},
	}
	for _, tt := range lists {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read([]byte(tt.src), Options{Name: "a.txt"})
			if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), "a list of 3 articles or more") || recount.HintOf(err) == "" {
				t.Errorf("%d articles, error %v; want a refusal that names the list; %s", len(c.Articles), err, tt.src[:200])
			}
		})
	}
	// Two of them under heads that hold little are one article with a question.
	two := func(src, third string) string { return src[:strings.Index(src, third)] }
	for _, tt := range lists {
		if strings.Contains(tt.src, "Night nurses hand") && strings.HasPrefix(tt.src, "Ferry crews stay ashore") {
			t.Run("two: "+tt.name, func(t *testing.T) {
				c, err := Read([]byte(two(tt.src, "Night nurses hand")), Options{Name: "a.txt"})
				asked := err == nil && len(c.Articles) == 1 && slices.ContainsFunc(c.Articles[0].Notes, func(s string) bool { return strings.Contains(s, "may hold 2 articles") })
				if !asked && !errors.Is(err, recount.ErrRefused) {
					t.Errorf("%d articles, error %v; want a refusal or a question", len(c.Articles), err)
				}
			})
		}
	}
	// under writes the same under one headline.
	under := func(top string, s string) string { return top + "\n\n" + tale[2] + "\n\n" + s }
	single := []struct{ name, src string }{
		{"a chronology with days", under("The ferry strike, a chronology\nBy Ada Lind\n20 May 2014", of("A?", days))},
		{"a chronology with days and subheads", under("The ferry strike, day by day", of("A?\nTITLE", days))},
		{"a chronology with days before their subheads", under("What happened when\nThe Quay Post, 20 May 2014", of("A?: TITLE", [3]string{"14 May", "15 May", "17 May"}))},
		{"a chronology without a headline", of("A?", days)},
		{"a diary without a headline", of("A?", [3]string{"Monday 12 May", "Tuesday 13 May", "Thursday 15 May"})},
		{"a live blog that goes down", under("Ferry strike: live updates\n17 May 2014", of("TITLE\nA?", [3]string{"17 May 2014", "15 May 2014", "14 May 2014"}))},
		{"a live blog with hours", of("A? TITLE", [3]string{"10:40", "11:15", "12:05"})},
		{"a live blog with days and hours", of("TITLE\nA?", [3]string{"14 May 2014, 10:40", "14 May 2014, 11:15", "14 May 2014, 12:05"})},
		{"a round-up with places", under("Strikes along the coast\nBy Ada Lind\n20 May 2014", of("A?", places))},
		{"a round-up with places and subheads", under("Strikes along the coast\nThe Quay Post, 20 May 2014", of("A?\nTITLE", places))},
		{"a round-up with places before the text", under("Strikes along the coast\nBy Ada Lind", of("\n\nA? — ", places))},
		{"an interview", under("“We are tired”\nInterview by Ada Lind\n20 May 2014", of("A?", [3]string{"Why do you stay ashore?", "What does the council say?", "When will it end?"}))},
		{"an interview with names", under("Three who strike", of("A?:", names))},
		{"subheads", under("Ferry crews stay ashore", of("TITLE"))},
		{"subheads without a headline", of("TITLE")},
		{"portraits under their names", under("Three who strike\nBy Ada Lind\n20 May 2014", of("A?", names))},
		{"papers quoted under their names", under("What the papers say\n14 May 2014", of("A?", [3]string{"Reuters", "BBC", "Die Zeit"}))},
		{"places and days", under("Along the coast", of("A?, B?", places, days))},
		{"letters", under("Letters to the editor", of("A?", names))},
		{"a court list of years", under("The strikes of fifty years\nBy Ada Lind", of("A?", [3]string{"1964", "1989", "2014"}))},
		{"a list of houses", under("Where to eat\nBy Ada Lind\n20 May 2014", of("A?\nB?", [3]string{"The Blue Anchor", "The Old Oven", "The Night Watch"}, [3]string{"Harwick", "Korrin", "Sandwick"}))},
	}
	for _, tt := range single {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read([]byte(tt.src), Options{Name: "a.txt"})
			if err != nil || len(c.Articles) != 1 {
				t.Fatalf("%d articles, error %v; want one article", len(c.Articles), err)
			}
			if slices.ContainsFunc(c.Articles[0].Notes, func(s string) bool { return strings.Contains(s, "may hold") }) {
				t.Errorf("it is asked about: %q", c.Articles[0].Notes)
			}
		})
	}
}
