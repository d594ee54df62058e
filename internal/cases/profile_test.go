package cases

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount"
)

// told makes an article out of text, and a speaker for each name: every place
// where it stands is a mention of its speaker. Words between ‹ and › are direct
// speech of the speaker who is named last before their end, by number: ‹0:words›.
func told(text string, speakers ...recount.Speaker) (*recount.Article, []recount.Speaker, []recount.Statement) {
	var plain strings.Builder
	var statements []recount.Statement
	for {
		before, rest, ok := strings.Cut(text, "‹")
		plain.WriteString(before)
		if !ok {
			break
		}
		said, after, _ := strings.Cut(rest, "›")
		who, words, _ := strings.Cut(said, ":")
		from := plain.Len()
		plain.WriteString(words)
		statements = append(statements, recount.Statement{Speaker: "s" + who, Quotation: recount.Quotation{Type: recount.Direct, Content: []recount.Span{{Start: from, End: plain.Len()}}}})
		text = after
	}
	a := &recount.Article{Key: "a", Text: plain.String(), Language: "en", Published: "2031-05-20"}
	for i := range speakers {
		sp := &speakers[i]
		sp.Article, sp.ID = "a", fmt.Sprint("s", i)
		for at := 0; sp.Name != ""; {
			k := strings.Index(a.Text[at:], sp.Name)
			if k < 0 {
				break
			}
			sp.Mentions = append(sp.Mentions, recount.Span{Start: at + k, End: at + k + len(sp.Name)})
			at += k + len(sp.Name)
		}
		if len(sp.Mentions) > 0 {
			sp.Mention = sp.Mentions[0]
		}
	}
	return a, speakers, statements
}

func man(name string) recount.Speaker {
	return recount.Speaker{Name: name, Kind: recount.Named, Gender: recount.Man}
}

func woman(name string) recount.Speaker {
	return recount.Speaker{Name: name, Kind: recount.Named, Gender: recount.Woman}
}

func unnamed(name string, g recount.Gender) recount.Speaker {
	return recount.Speaker{Name: name, Kind: recount.Anonymous, Gender: g}
}

func TestProfiles(t *testing.T) {
	for _, tt := range []struct {
		name     string
		text     string
		speakers []recount.Speaker
		want     []string // of the first speaker: field=value; "!field" that none may stand
	}{
		{"age, trade and home beside the name", "The tide was out. Vera Holm, 41, a welder from Sandhamn, said so.", []recount.Speaker{woman("Vera Holm")},
			[]string{"age=41", "occupation=welder", "home=Sandhamn"}},
		{"in brackets, and aged", "Vera Holm (41) spoke. She is a baker.", []recount.Speaker{woman("Vera Holm")}, []string{"age=41", "occupation=baker"}},
		{"a description before the name", "The retired welder Vera Holm said so.", []recount.Speaker{woman("Vera Holm")}, []string{"occupation=welder"}},
		{"nobody's name", "A 26-year-old former cook from Norway said so.", []recount.Speaker{unnamed("A 26-year-old former cook", recount.UnknownGender)},
			[]string{"age=26", "occupation=cook", "nationality=Norway"}},
		{"a countrywoman", "A Jordanian nurse said so.", []recount.Speaker{unnamed("A Jordanian nurse", recount.Woman)}, []string{"nationality=Jordan", "occupation=nurse"}},
		{"after a pronoun", "Ivo Lind left his post in a hurry. He is 33 and comes from Vik.", []recount.Speaker{man("Ivo Lind")}, []string{"age=33", "home=Vik"}},
		{"in the decade of life", "Ivo Lind, a farmer in his fifties, said so.", []recount.Speaker{man("Ivo Lind")}, []string{"age=fifties", "occupation=farmer"}},
		{"in words", "Ivo Lind, fifty-one, said so.", []recount.Speaker{man("Ivo Lind")}, []string{"age=51"}},
		{"a month before the article", "Ivo Lind left the company in March and went home.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2031-03"}},
		{"a month after that of the article is last year's", "Ivo Lind resigned in November.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2030-11"}},
		{"last year by its name", "Ivo Lind quit at the end of January last year.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2030-01"}},
		{"joined and left", "Ivo Lind joined the company in 2027 and left in April.", []recount.Speaker{man("Ivo Lind")}, []string{"joined=2027", "left=2031-04"}},
		{"the month before the verb", "In August Ivo Lind walked out.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2030-08"}},
		{"in one's own words", "“‹0:I left in June. I’m 29.›” Ivo Lind said.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2030-06", "age=29"}},
		{"what somebody says of another", "“‹0:He left in June. He is 29.›” Ivo Lind said.", []recount.Speaker{man("Ivo Lind")}, []string{"!left", "!age"}},
		{"a wife's age is not his", "Ivo Lind and his wife, 52, said so.", []recount.Speaker{man("Ivo Lind")}, []string{"!age"}},
		{"another's trade", "Ivo Lind spoke. His brother Per, 19, a miner, did not.", []recount.Speaker{man("Ivo Lind")}, []string{"!age", "!occupation"}},
		{"a man named between", "Ivo Lind spoke, and Karl Berg, 60, a judge, wrote it down.", []recount.Speaker{man("Ivo Lind")}, []string{"!age", "!occupation"}},
		{"several left", "Ivo Lind said that ten men left in April.", []recount.Speaker{man("Ivo Lind")}, []string{"!left"}},
		{"the left hand", "Ivo Lind held his left hand in April.", []recount.Speaker{man("Ivo Lind")}, []string{"!left"}},
		{"a count is no age", "Ivo Lind, 3,000 miles away, said so.", []recount.Speaker{man("Ivo Lind")}, []string{"!age"}},
		{"where one lives is not where one comes from", "Ivo Lind lives in Hamburg.", []recount.Speaker{man("Ivo Lind")}, []string{"residence=Hamburg", "!home"}},
		{"moving away is no home", "Ivo Lind walked from Vik to Oslo.", []recount.Speaker{man("Ivo Lind")}, []string{"!home"}},
		{"who is named with a small particle", "Omar al-Hadidi spoke. On Monday Mr al-Hadidi, who resigned in November, went further.", []recount.Speaker{man("Omar al-Hadidi")}, []string{"left=2030-11"}},
		{"behind a preposition", "The words are those of Ivo Lind, 45, a carer who resigned in February from the home.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2031-02", "age=45", "occupation=carer"}},
		{"as what somebody worked", "Ivo Lind, 41, did nights as a porter.", []recount.Speaker{man("Ivo Lind")}, []string{"occupation=porter"}},
		{"a month of a year that only the story tells", "Ivo Lind gave it up the April after.", []recount.Speaker{man("Ivo Lind")}, []string{"!left"}},
		{"the age at death", "Ivo Lind, who has died aged 72, fed the town.", []recount.Speaker{man("Ivo Lind")}, []string{"age=72"}},
		{"a job without an article", "Ivo Lind was head cook at the harbour.", []recount.Speaker{man("Ivo Lind")}, []string{"occupation=head cook"}},
		{"anybody who left", "A year ago Ivo Lind could go a month without meeting anyone who had left the company in May.", []recount.Speaker{man("Ivo Lind")}, []string{"!left"}},
		{"others who left, in one's own words", "“‹0:I would say that ten have left since Christmas›,” Ivo Lind said.", []recount.Speaker{man("Ivo Lind")}, []string{"!left"}},
		{"packed and left", "“‹0:I packed my things and left in May›,” Ivo Lind said.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2031-05"}},
		{"what two people are, and until when", "Mollie met Vera Holm, 42, and husband Ivo, 44, both carers at the harbour until last October.", []recount.Speaker{woman("Vera Holm"), man("Ivo")}, []string{"age=42", "occupation=carer", "left=2030-10"}},
		{"the second of the two", "Mollie met Vera Holm, 42, and husband Ivo, 44, both carers at the harbour until last October.", []recount.Speaker{man("Ivo"), woman("Vera Holm")}, []string{"age=44", "occupation=carer", "left=2030-10"}},
		{"two who are only named one after the other", "Vera Holm, who knew Ivo, said both carers at the harbour left in May.", []recount.Speaker{woman("Vera Holm"), man("Ivo")}, []string{"!occupation", "!left"}},
		{"both hands", "Vera Holm and Ivo, both hands up, said so.", []recount.Speaker{woman("Vera Holm"), man("Ivo")}, []string{"!occupation"}},
		{"until when, behind a description", "Vera Holm, 41, a carer at the harbour until last October, said so.", []recount.Speaker{woman("Vera Holm")}, []string{"left=2030-10", "occupation=carer"}},
		{"until when somebody was something", "Vera Holm was a carer there until June 2030.", []recount.Speaker{woman("Vera Holm")}, []string{"left=2030-06"}},
		{"until when somebody worked", "Vera Holm spoke. She worked in the laundry until March.", []recount.Speaker{woman("Vera Holm")}, []string{"left=2031-03"}},
		{"until when something else was", "Vera Holm said the ferry ran until March.", []recount.Speaker{woman("Vera Holm")}, []string{"!left"}},
		{"until when another worked", "Vera Holm knew Karl Berg, a carer at the harbour until last October.", []recount.Speaker{woman("Vera Holm"), man("Karl Berg")}, []string{"!left"}},
		{"until a day of the story", "Vera Holm, a carer, waited until the doors closed in March.", []recount.Speaker{woman("Vera Holm")}, []string{"!left"}},
		{"hanging up one's whites", "Ivo Lind was a cook, and in June 2030 he hung up his whites and walked.", []recount.Speaker{man("Ivo Lind")}, []string{"left=2030-06"}},
		{"hanging up one's coat", "Ivo Lind hung up the coat in June 2030.", []recount.Speaker{man("Ivo Lind")}, []string{"!left"}},
		{"gender by a title", "Mrs Holm said so.", []recount.Speaker{woman("Holm")}, []string{"gender=woman"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, speakers, statements := told(tt.text, tt.speakers...)
			got := Profiles(a, speakers, statements)[0]
			var all []string
			for _, x := range got {
				all = append(all, string(x.Field)+"="+x.Value)
				if !x.At.Within(a.Text) || x.At.Len() == 0 {
					t.Errorf("%s=%s has no words", x.Field, x.Value)
				}
			}
			for _, w := range tt.want {
				if f, none := strings.CutPrefix(w, "!"); none {
					if slices.ContainsFunc(got, func(x Attribute) bool { return string(x.Field) == f }) {
						t.Errorf("%q: %v; want no %s", a.Text, all, f)
					}
				} else if !slices.Contains(all, w) {
					t.Errorf("%q: %v; want %s", a.Text, all, w)
				}
			}
		})
	}
}

// TestNoAges reads numbers beside people that are no ages: lengths of service,
// anniversaries, numbers of houses, temperatures, scores, sums, distances; and
// ages in the same places.
func TestNoAges(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"years' standing", "Ivo Lund, a driver of forty years' standing, said the brakes were old.", "!age"},
		{"years' service", "Ivo Lund, a guard of 30 years' service, left in May.", "!age"},
		{"years' experience", "Ivo Lund, a nurse of twenty-five years’ experience, left in May.", "!age"},
		{"with so many years behind him", "Ivo Lund, with 40 years behind him, left in May.", "!age"},
		{"a member of so many years", "Ivo Lund, a member of 40 years, left in May.", "!age"},
		{"a veteran of so many seasons", "Ivo Lund, a veteran of 12 seasons, left in May.", "!age"},
		{"a veteran of so many wars", "Ivo Lund, a veteran of 15 campaigns, left in May.", "!age"},
		{"so many years in the job", "Ivo Lund, 40 years in the job, said so.", "!age"},
		{"so many years a driver", "Ivo Lund, 40 years a driver, said so.", "!age"},
		{"married for so many years", "Ivo Lund, married for 40 years, said so.", "!age"},
		{"an anniversary", "Ivo Lund, on the 50th anniversary of the mill, said so.", "!age"},
		{"a number of a house", "Ivo Lund, of 14 Mill Road, said so.", "!age"},
		{"a number of a house with its street first", "Ivo Lund, of Mill Road 14, said so.", "!age"},
		{"a number of a flat", "Ivo Lund, of flat 14, said so.", "!age"},
		{"degrees", "Ivo Lund, of 38 degrees in the shade no friend, said so.", "!age"},
		{"a father of several", "Ivo Lund, a father of 12, said so.", "!age"},
		{"the head of a group", "Ivo Lund, the leader of 40 men, said so.", "!age"},
		{"the owner of boats", "Ivo Lund, owner of 14 boats, said so.", "!age"},
		{"a score", "Ivo Lund, scorer of 23 goals, said so.", "!age"},
		{"a share", "Ivo Lund, holder of 51 per cent, said so.", "!age"},
		{"a sum", "Ivo Lund, a debtor of 90 crowns, said so.", "!age"},
		{"a year behind the name", "Ivo Lund, 40 kilos lighter, said so.", "!age"},
		{"the winner of", "Ivo Lund, winner of 13, said so.", "!age"},
		{"one of so many", "Ivo Lund, one of 58 who left, said so.", "!age"},
		{"number on the list", "Ivo Lund, number 12 on the list, said so.", "!age"},

		{"a man of forty", "Ivo Lund, a man of forty, said so.", "age=40"},
		{"a woman of 61", "Ada Marr, a woman of 61, said so.", "age=61"},
		{"a widower of 70", "Ivo Lund, a widower of 70, said so.", "age=70"},
		{"a porter of 52", "Ivo Lund, a porter of 52, said so.", "age=52"},
		{"a number between commas", "Ivo Lund, 43, said so.", "age=43"},
		{"aged", "Ivo Lund, aged 43, said so.", "age=43"},
		{"years old", "Ivo Lund, 43 years old, said so.", "age=43"},
		{"years of age", "Ivo Lund, a man of 43 years of age, said so.", "age=43"},
		{"a year-old", "Ivo Lund, a 43-year-old porter, said so.", "age=43"},
		{"an age and a service", "Ivo Lund, 61, a driver of forty years' standing, said so.", "age=61"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			speaker := man("Ivo Lund")
			if strings.Contains(tt.text, "Ada Marr") {
				speaker = woman("Ada Marr")
			}
			a, speakers, statements := told(tt.text, speaker)
			got := ""
			for _, x := range Profiles(a, speakers, statements)[0] {
				if x.Field == Age {
					got += "age=" + x.Value
				}
			}
			if got != strings.TrimPrefix(tt.want, "!age") {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestNoAgesElsewhere is TestNoAges in other languages, and for things of an age.
func TestNoAgesElsewhere(t *testing.T) {
	for _, tt := range []struct{ language, text, want string }{
		{"fr", "Ivo Lund, 20 ans de service, a quitté la maison en mai.", ""},
		{"fr", "Ivo Lund, après 40 ans d’ancienneté, a quitté la maison en mai.", ""},
		{"fr", "Ivo Lund a quitté la maison il y a 12 ans.", ""},
		{"fr", "Ivo Lund travaille ici depuis 30 ans.", ""},
		{"fr", "Ivo Lund a été condamné à 15 ans de prison.", ""},
		{"fr", "Ivo Lund, 43 ans, a quitté la maison.", "43"},
		{"es", "Ivo Lund, con 20 años de servicio, dejó la casa en mayo.", ""},
		{"es", "Ivo Lund trabaja aquí desde hace 30 años.", ""},
		{"es", "Ivo Lund dejó la casa hace 12 años.", ""},
		{"es", "Ivo Lund, de 43 años, dejó la casa.", "43"},
		{"es", "Ivo Lund, de 43 años de edad, dejó la casa.", "43"},
		{"de", "Ivo Lund verließ das Haus nach 40-jähriger Dienstzeit.", ""},
		{"de", "Ivo Lund feierte das 25-jährige Jubiläum der Mühle.", ""},
		{"de", "Der 43-jährige Ivo Lund verließ das Haus.", "43"},
		{"ru", "Иво Лунд ушёл 12 лет назад.", ""},
		{"en", "Ivo Lund, owner of a 40-year-old mill, said so.", ""},
		{"en", "Ivo Lund, a driver of a 25-year-old lorry, said so.", ""},
		{"en", "Ivo Lund, a 43-year-old lorry driver, said so.", "43"},
	} {
		t.Run(tt.language+" "+tt.text, func(t *testing.T) {
			name := "Ivo Lund"
			if tt.language == "ru" {
				name = "Иво Лунд"
			}
			a, speakers, statements := told(tt.text, man(name))
			a.Language = tt.language
			got := ""
			for _, x := range Profiles(a, speakers, statements)[0] {
				if x.Field == Age {
					got += x.Value
				}
			}
			if got != tt.want {
				t.Errorf("age %q, want %q", got, tt.want)
			}
		})
	}
}

func TestProposeValues(t *testing.T) {
	text := "Ivo Lind, a Veldmarker, 33, and a cook."
	profile := []Attribute{
		{Field: Home, Value: "Veldmarker", At: recount.Span{Start: 12, End: 22}, Probability: 600},
		{Field: Age, Value: "33", At: recount.Span{Start: 24, End: 26}, Probability: 930},
		{Field: Occupation, Value: "ship's cook", At: recount.Span{Start: 34, End: 38}, Probability: 850},
	}
	variables := []Variable{
		{Name: "age"},
		{Name: "country", Values: []string{"Karsova", "Veldmark"}},
		{Name: "trade", Values: []string{"kitchen", "guard"}, Words: map[string][]string{"kitchen": {"cook", "baker"}}},
		{Name: "colour"},
	}
	var got []string
	for _, p := range ProposeValues(text, profile, variables) {
		got = append(got, fmt.Sprintf("%s=%s %d", p.Variable, p.Value, p.Probability))
	}
	want := []string{"age=33 930", "country=Veldmark 540", "trade=kitchen 807"}
	if !slices.Equal(got, want) {
		t.Errorf("ProposeValues = %q, want %q", got, want)
	}
}

// Whatever a page holds, its people are read without an end of the work, and
// every attribute has words of the text.
func FuzzProfiles(f *testing.F) {
	f.Add("Vera Holm, 41, a welder from Sandhamn, said “I left in May”.", "Vera Holm", "en")
	f.Add("His wife, Vera (41), who is called Ivo, of in aged from a the 29-year-old", "Vera", "")
	f.Add("die 52-jährige Altenpflegerin aus Trier, Vera, ging im Mai", "Vera", "de")
	f.Add("\xff\xfe who is ( ( ( , , from from of of", "who", "en")
	f.Add(strings.Repeat("Vera, 41, ", 300), "Vera", "en")
	f.Add("last last year ago 3 weeks ago In May 2014 , 2014", "2014", "fr")
	f.Fuzz(func(t *testing.T, text, name, language string) {
		a, speakers, _ := told(text, man(name), unnamed(name+" ", recount.Woman))
		a.Language = language
		statements := []recount.Statement{{Speaker: "s0", Quotation: recount.Quotation{Type: recount.Direct, Content: []recount.Span{{Start: len(text) / 3, End: len(text) / 2}, {Start: 5, End: 2 * len(text)}}}}}
		for _, p := range Profiles(a, speakers, statements) {
			for _, x := range p {
				if !x.At.Within(a.Text) || x.Value == "" || x.Probability < 0 || x.Probability > 1000 {
					t.Errorf("%+v", x)
				}
			}
		}
		Triage(a, speakers, statements)
		records := []Record{{Article: a, Speaker: speakers[0], statements: statements}, {Article: a, Speaker: speakers[1]}}
		people, _ := peopleOf(records)
		back, err := DecodePeople(EncodePeople(people))
		if err != nil || len(back) != len(people) {
			t.Errorf("%d people came back as %d: %v", len(people), len(back), err)
		}
	})
}
