package figures

import (
	"slices"
	"testing"

	"recount"
)

// A share is called impossible only where its sentence states of what it is a
// share and counts the same.
func TestBaseStated(t *testing.T) {
	tests := []struct {
		name, text, share string
		stated            bool
	}{
		{"the whole in the same phrase", "The list says that 61% of the 58 miners left in May.", "61%", true},
		{"the whole at the head of the sentence", "Of the 58 miners who spoke, 61% left in May.", "61%", true},
		{"of whom", "The list names 58 miners, 61% of whom left in May.", "61% of whom", true},
		{"of them, in the sentence behind", "The list names 58 miners. Of them, 61% left in May.", "61%", true},
		{"of them, later in the paragraph", "The list names 58 miners. It is long. A clerk said that 61% of them left in May.", "61% of them", true},
		{"a number out of the whole", "A quarter of the 58 miners left.", "A quarter", true},
		{"cases of the people counted", "The 58 miners spoke in May, and 61% of the cases were settled.", "61%", true},
		{"countries are no people", "They came from 12 countries. Nearly a quarter of those who spoke were women.", "Nearly a quarter", false},
		{"countries in the same sentence", "They came from 12 countries, and nearly a quarter of those who spoke were women.", "nearly a quarter", false},
		{"the whole in another sentence", "The list names 58 miners. It was long. About 61% of the cases came up in May.", "About 61%", false},
		{"the whole in another paragraph", "The list names 58 miners.\nA third of the miners left.", "A third", false},
		{"two counts before them", "The list names 58 miners and 40 guards. Of them, 61% left in May.", "61%", false},
		{"no whole at all", "Some 61% of voters agreed.", "Some 61%", false},
		{"a whole of another kind", "The 31 homes have 1,900 beds. A union put vacancies at one in five.", "one in five", false},
		{"months are no people", "In 12 villages people spoke, and 60% of the women had left.", "60%", false},
		{"those polled", "The paper has 58 reporters. 61% of those polled read it.", "61%", false},
		{"a whole that is no exact number", "The paper asked more than 58 guards. 61% of them said no.", "61% of them", false},
		{"at least so many", "Of at least 58 guards, 61% said no.", "61%", false},
		{"some of them", "The paper asked some 58 guards, 61% of whom said no.", "61% of whom", false},
		{"almost so many", "The paper asked almost 58 guards, 61% of whom said no.", "61% of whom", false},
		{"up to so many", "Of up to 58 guards, 61% said no.", "61%", false},
		{"fewer than so many", "Of fewer than 58 guards, 61% said no.", "61%", false},
		{"about so many", "Of about 58 guards, 61% said no.", "61%", false},
		{"a share of what they have", "The 58 guards lost 61% of their pay.", "61%", false},
		{"a share of their time", "The 58 guards spent 61% of their time indoors.", "61%", false},
		{"a share of somebody of theirs", "Of the 58 guards’ families 61% had left.", "61%", false},
		{"a chance", "The 58 guards had a 61% chance of leaving.", "61%", false},
		{"a risk", "The 58 guards ran a 61% risk of infection.", "61%", false},
		{"another way to say the count", "Of the 58 guards, 35 left, or 60.3%.", "60.3%", false},
		{"two counts, one of a trade", "The list names 58 guards and 41 cooks. 61% of them left in May.", "61% of them", false},
		{"milligrams come in parts", "The dose was 58 milligrams. 61% of the 58 milligrams stayed.", "61%", false},
		{"and what is exact stays so", "The paper asked exactly 58 guards. 61% of them said no.", "61% of them", true},
		{"a house of other people", "The town has 40 nurses. Half of the doctors have left.", "Half", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &recount.Article{Key: "a", Text: tt.text, Language: "en"}
			found := Find(a, nil)
			for i, f := range found {
				if f.Span.In(a.Text) == tt.share {
					if got := BaseStated(a.Text, found, i); got != tt.stated {
						t.Errorf("BaseStated(%q in %q) = %v, want %v; it is part of %d", tt.share, tt.text, got, tt.stated, f.Of)
					}
					return
				}
			}
			var got []string
			for _, f := range found {
				got = append(got, brief(a, f))
			}
			t.Errorf("no figure %q in %q: %q", tt.share, tt.text, got)
		})
	}
}

func relations(gs []Group, outlet, wording string) (out []Relation) {
	for _, g := range gs {
		for _, m := range g.Members {
			if m.Outlet == outlet && m.Wording == wording {
				out = append(out, m.Relation)
			}
		}
	}
	return out
}

func TestAccusations(t *testing.T) {
	spoke := "The institute's report counts 58 miners from 12 countries who spoke to newspapers. Nearly a quarter of those who spoke were women."
	tests := []struct {
		name            string
		pages           []page
		copies          [][]int
		outlet, wording string
		never, want     Relation
	}{
		{"a quarter of those who spoke is no share of countries", []page{{"Post", "2031-11-03", spoke}, {"Star", "2031-11-04", spoke}, {"Echo", "2031-11-05", spoke}}, nil, "Star", "Nearly a quarter", Impossible, ""},
		{"nor where the paper is a reprint", []page{{"Post", "2031-11-03", spoke}, {"Star", "2031-11-04", spoke}}, [][]int{{0, 1}}, "Star", "Nearly a quarter", Impossible, ""},
		{"the first print is judged like the others", []page{{"Post", "2031-11-03", "The report counts 58 miners who spoke, 61% of them in May."}, {"Star", "2031-11-04", "The report counts 58 miners who spoke, 61% of them in May."}},
			nil, "Post", "61% of them", "", Impossible},
		{"and so is the copy", []page{{"Post", "2031-11-03", "The report counts 58 miners who spoke, 61% of them in May."}, {"Star", "2031-11-04", "The report counts 58 miners who spoke, 61% of them in May."}},
			[][]int{{0, 1}}, "Star", "61% of them", "", Impossible},
		{"what can be is the reference, though printed later", []page{{"Post", "2031-11-03", "The report counts 58 miners who spoke, 61% of them in May."}, {"Star", "2031-11-04", "The report counts 58 miners who spoke, 60% of them in May."}},
			nil, "Star", "60% of them", "", Reference},
		{"a second mention is not less exact", []page{{"Post", "2031-11-03", "The report counts at least 58 miners who spoke to newspapers."},
			{"Star", "2031-11-04", "The report counts at least 58 miners who spoke to newspapers. The 58 miners of the report spoke to newspapers in May."}}, nil, "Star", "58", Degraded, Agrees},
		{"nor is the first print's own", []page{{"Post", "2031-11-03", "The report counts at least 58 miners who spoke to newspapers. The 58 miners of the report spoke to newspapers in May."},
			{"Star", "2031-11-04", "The report counts at least 58 miners who spoke to newspapers."}}, nil, "Post", "58", Degraded, Agrees},
		{"another outlet's is", []page{{"Post", "2031-11-03", "The report counts at least 58 miners who spoke to newspapers."}, {"Star", "2031-11-04", "The report counts 58 miners who spoke to newspapers."}}, nil, "Star", "58", "", Degraded},
		{"dozens beside the number in one article", []page{{"Post", "2031-11-03", "The report counts at least 58 miners who spoke to newspapers."},
			{"Star", "2031-11-04", "Dozens of miners spoke, a report says. The report counts at least 58 miners who spoke to newspapers."}}, nil, "Star", "Dozens", Degraded, Agrees},
		{"almost and more than one number", []page{{"Post", "2031-11-03", "The report counts 58 miners who spoke, almost two thirds of them in May."}, {"Star", "2031-11-04", "The report counts 58 miners who spoke, more than two thirds of them in May."}},
			nil, "Star", "more than two thirds of them", Agrees, Conflict},
		{"a page without a day is nobody's source", []page{{"Farm", "", "The report counts 58 miners who spoke to newspapers."}, {"Post", "2031-11-03", "The report counts at least 58 miners who spoke to newspapers."}},
			nil, "Post", "at least 58", "", Reference},
		{"what was withdrawn is told on", []page{{"Post", "2031-11-03", "The mine is losing workers at a rate of 90 a week, the union says."}, {"Star", "2031-11-10", "The mine is losing workers at a rate of 90 a week, the union says."},
			{"Post", "2031-11-12", "Our article said that the mine was losing workers “at a rate of 90 a week”. That figure was wrong and is withdrawn. The mine says that it lost about 90 a year."}},
			nil, "Star", "90", Agrees, Conflict},
		{"the note names it only to take it back", []page{{"Star", "2031-11-10", "The mine is losing workers at a rate of 90 a week, the union says."},
			{"Post", "2031-11-12", "Our article said that the mine was losing workers “at a rate of 90 a week”. That figure was wrong and is withdrawn. The mine says that it lost about 90 a year."}},
			nil, "Post", "90", Agrees, Conflict},
		{"it is no conflict where nobody took it back", []page{{"Star", "2031-11-10", "The mine is losing workers at a rate of 90 a week, the union says."}, {"Post", "2031-11-12", "The mine is losing workers at a rate of 90 a week, the union says."}},
			nil, "Post", "90", Conflict, ""},
		{"what stands now is the reference", []page{{"Star", "2031-11-10", "The mine is losing workers at a rate of 90 a week, the union says."},
			{"Post", "2031-11-12", "Our article said that the mine was losing workers “at a rate of 90 a week”. That figure was wrong and is withdrawn. The mine says that it lost about 90 a year."}},
			nil, "Post", "about 90", "", Reference},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			gs, _ := reconcile(tt.pages, tt.copies...)
			got := relations(gs, tt.outlet, tt.wording)
			ok := tt.want == ""
			for _, r := range got {
				ok = ok || r == tt.want
				if r == tt.never {
					t.Errorf("%s %q is %q; groups:\n%s", tt.outlet, tt.wording, r, show(gs))
				}
			}
			if !ok {
				t.Errorf("%s %q is %q, want %q; groups:\n%s", tt.outlet, tt.wording, got, tt.want, show(gs))
			}
		})
	}
}

// What stands first after a correction is said to be the first that nobody took
// back, and no other reference is.
func TestReasonOfTheReference(t *testing.T) {
	const rate, note = "The mine is losing workers at a rate of 90 a week, the union says.", "Our article said that the mine was losing workers “at a rate of 90 a week”. That figure was wrong and is withdrawn. The mine says that it lost about 90 a year."
	tests := []struct {
		name  string
		pages []page
		want  string
	}{
		{"nothing was taken back", []page{{"Post", "2031-11-03", "The report counts 58 miners who spoke to newspapers."}, {"Star", "2031-11-04", "The report counts at least 58 miners who spoke to newspapers."}}, "the first specific figure"},
		{"the first was", []page{{"Post", "2031-11-03", rate}, {"Post", "2031-11-12", note}}, "the first specific figure that nobody took back"},
		{"so was that of another outlet", []page{{"Post", "2031-11-03", rate}, {"Star", "2031-11-10", rate}, {"Post", "2031-11-12", note}}, "the first specific figure that nobody took back"},
		{"told on after the note", []page{{"Post", "2031-11-03", rate}, {"Post", "2031-11-12", note}, {"Star", "2031-11-20", rate}}, "the first specific figure that nobody took back"},
	}
	for _, tt := range tests {
		gs, _ := reconcile(tt.pages)
		var got []string
		for _, g := range gs {
			for _, m := range g.Members {
				if m.Relation == Reference {
					got = append(got, m.Reason)
				}
			}
		}
		if !slices.Contains(got, tt.want) {
			t.Errorf("%s: %q, want %q; groups:\n%s", tt.name, got, tt.want, show(gs))
		}
	}
}

// A whole is printed beside a figure only where the article says that it is a part of
// it.
func TestWholeStated(t *testing.T) {
	tests := []struct{ text, part, whole string }{
		{"The fire killed 130 people in March. The union asked its members in June. Nearly a fifth of those who replied had thought of leaving.", "Nearly a fifth", ""},
		{"A list names 130 dead. Nearly a fifth of those who replied wanted a memorial.", "Nearly a fifth", ""},
		{"A bomb killed 130 people on Friday. Of those who replied to the poll, 40 per cent feared more attacks.", "40 per cent", ""},
		{"The mine lost 58 workers. A quarter of respondents blamed the company.", "A quarter", ""},
		{"The mine lost 58 workers. About 60% said that they would go.", "About 60%", ""},
		{"Seven men died. A third of households have no water.", "A third", ""},
		{"130 people died in the fire. Only a fifth of the money has been paid.", "a fifth", ""},
		{"The flood killed 7 people. Half had no insurance.", "Half", ""},
		{"The town buried seven people. It was a long week. A fifth of people who voted stayed for the mass.", "A fifth", ""},
		{"The list names 58 miners. It was long. About 61% of the cases came up in May.", "About 61%", ""},
		{"The list names 58 miners.\nA third of those who voted left.", "A third", ""},
		{"The report lists 58 defectors. A third of them spoke to a newspaper.", "A third of them", "58"},
		{"The report lists 58 defectors. A third of the defectors spoke to a newspaper.", "A third", "58"},
		{"The report lists 58 defectors, and a third spoke to a newspaper.", "a third", "58"},
		{"The list says that 61% of the 58 miners left in May.", "61%", "58"},
		{"Of the 58 miners who spoke, 61% left in May.", "61%", "58"},
		{"The institute counts 58 miners who spoke. A quarter of those who spoke were women.", "A quarter", ""},
		{"The institute counts 58 miners, and a quarter of those who spoke were women.", "a quarter", ""},
		{"Fifty-eight people died. Only two were children.", "two", "Fifty-eight"},
		{"Nine people died, including two children.", "two", "Nine"},
		// A paragraph that goes on about one whole, or takes it up with "they".
		{"The inspectors heard 41 carers.\nTwenty-seven of the 41 carers were women. Fourteen had come from abroad. It records that just over half were told to sign.", "just over half", "41"},
		{"The list names 58 miners. Of the 58 miners, 12 were boys. A third left in May.", "A third", "58"},
		{"The watchdog has heard from about 40 former carers of the firm since 2021.\nThey are women in more than two thirds of the cases. Fourteen were recruited abroad.", "more than two thirds", "about 40"},
		{"The inspectors heard 41 carers.\nTwenty-seven of the 41 carers were women. It asked 300 towns. Just over half answered.", "Just over half", ""},
		{"The inspectors heard 41 carers.\nTwenty-seven of the 41 carers were women.\nJust over half had no insurance.", "Just over half", ""},
		{"The inspectors heard 41 carers. Towns were asked. They pay in two thirds of the cases.", "two thirds", ""},
	}
	for _, tt := range tests {
		a := &recount.Article{Key: "a", Text: tt.text, Language: "en"}
		found := Find(a, nil)
		seen := false
		for i, f := range found {
			if f.Span.In(tt.text) != tt.part {
				continue
			}
			seen = true
			got := ""
			if WholeStated(tt.text, found, i) {
				got = found[f.Of].Span.In(tt.text)
			}
			if got != tt.whole {
				t.Errorf("%q: %s is part of %q, want %q", tt.text, tt.part, got, tt.whole)
			}
		}
		if !seen {
			var got []string
			for _, f := range found {
				got = append(got, brief(a, f))
			}
			t.Errorf("%q: no figure %q: %q", tt.text, tt.part, got)
		}
	}
}
