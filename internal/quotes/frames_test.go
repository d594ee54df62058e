package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestFrames reads sentences that open with whose words they tell, and sentences
// that only look like it.
func TestFrames(t *testing.T) {
	const before = "Mrs Adeyemi, Dr Sow and Mr Fennessy live in the harbour town. "
	for _, tt := range []struct{ text, who, words string }{
		{"According to Mr Fennessy, the alarm had been off since Easter.", "Fennessy", "the alarm had been off since Easter"},
		{"According to the ministry, the alarm had been off since Easter.", "ministry", "the alarm had been off since Easter"},
		{"According to Dr Sow, who ran the clinic, the water was bad.", "Sow", "the water was bad"},
		{"According to Dr Sow, 41, the water was bad.", "Sow", "the water was bad"},
		{"By her own account, the boats were never counted.", "Adeyemi", "the boats were never counted"},
		{"By Mr Fennessy's own count, forty boats were lost.", "Fennessy", "forty boats were lost"},
		{"In the words of the sergeant, it was a mess.", "sergeant", "it was a mess"},
		{"As Mrs Adeyemi tells it, the boats left at dawn.", "Adeyemi", "the boats left at dawn"},
		{"In Mrs Adeyemi's telling, the boats left at dawn.", "Adeyemi", "the boats left at dawn"},
		{"The way Mrs Adeyemi remembers it, the boats left at dawn.", "Adeyemi", "the boats left at dawn"},
		{"In the opinion of Dr Sow, the well was poisoned.", "Sow", "the well was poisoned"},
		{"Per the filing, revenue fell by a third.", "filing", "revenue fell by a third"},
		{"The inspector's verdict was that the roof had been rotten for years.", "inspector", "the roof had been rotten for years"},
		{"The ministry's line is that the boats had left.", "ministry", "the boats had left"},
		{"Mrs Adeyemi was of the opinion that the boats had left too early.", "Adeyemi", "the boats had left too early"},
		{"Word came from Mrs Adeyemi that the boats had left at dawn.", "Adeyemi", "the boats had left at dawn"},
		{"Mrs Adeyemi has it that the boats left at dawn.", "Adeyemi", "the boats left at dawn"},
		{"Mrs Adeyemi let slip that the boats had left at dawn.", "Adeyemi", "the boats had left at dawn"},
		{"To hear Mrs Adeyemi tell it, the boats left at dawn.", "Adeyemi", "the boats left at dawn"},
		{"If Mrs Adeyemi is to be believed, the boats left at dawn.", "Adeyemi", "the boats left at dawn"},
		{"Mrs Adeyemi was quoted as saying the boats had left at dawn.", "Adeyemi", "the boats had left at dawn"},

		{text: "In the morning, the boats left at dawn."},
		{text: "In her house, the boats were a sore subject."},
		{text: "On the view from the hill, the boats looked small."},
		{text: "By his account book, Mr Fennessy was rich."},
		{text: "As luck would have it, the boats left at dawn."},
		{text: "In the end of the story, the boats left."},
		{text: "From the report of the gun, the birds rose."},
		{text: "The problem was that the boats had left."},
		{text: "Her trouble was that the boats had left."},
		{text: "In line with the rules, the boats had left."},
		{text: "Per person, the cost was forty naira a day."},
		{text: "According to plan, the boats left at dawn."},
		{text: "His story that the boats had left was false."},
	} {
		r := Read(&recount.Article{Key: "frames", Text: before + tt.text, Language: "en"})
		names := map[string]string{}
		for _, s := range r.Speakers {
			names[s.ID] = s.Name
		}
		var got []string
		for _, st := range r.Statements {
			if st.Speech {
				got = append(got, names[st.Speaker]+": "+st.Content[0].In(before+tt.text))
			}
		}
		switch {
		case tt.words == "" && len(got) > 0:
			t.Errorf("%s: read %q, want nobody", tt.text, got)
		case tt.words != "" && (len(got) != 1 || !strings.HasSuffix(got[0], ": "+tt.words) || !strings.Contains(got[0], tt.who)):
			t.Errorf("%s: read %q, want %s: %s", tt.text, got, tt.who, tt.words)
		}
	}
}
