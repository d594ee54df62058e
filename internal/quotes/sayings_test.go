package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestSayings reads sentences that tell what somebody says by more than a verb of
// speech, and sentences that only look like it. Each was written before the
// program read it.
func TestSayings(t *testing.T) {
	checkSayings(t, []sayings{
		{"how much somebody puts it at", []saying{
			{"Mr Fennessy put the dead at forty.", "Fennessy", "the dead at forty"},
			{"The ministry puts at 61 those who came down since January.", "ministry", "61 those who came down since January"},
			{"Dr Sow puts the odds at one in five.", "Sow", "the odds at one in five"},
			{"The union has put vacancies at more than two hundred.", "union", "vacancies at more than two hundred"},
			{"Mrs Adeyemi, who kept the books, put the losses at about £4,000.", "Adeyemi", "the losses at about £4,000"},
			{"The report gave his age as 22.", "report", "his age as 22"},
			{"Dr Sow gave the cause of death as smoke.", "Sow", "the cause of death as smoke"},
			{"She puts the number of boats at nine.", "Adeyemi", "the number of boats at nine"},
			{"Police put the crowd at between three and four thousand.", "olice", "the crowd at between three and four thousand"},
			{"The museum lists its weight as 40 kilos.", "museum", "its weight as 40 kilos"},
			{text: "Mr Fennessy put the chair at one end of the table."},
			{text: "Mrs Adeyemi put the pot at the door."},
			{text: "Mrs Adeyemi put the children to bed at eight."},
			{text: "Mr Fennessy gave the boy his hat as a joke."},
			{text: "The losses were put at the bottom of the page."},
		}},
		{"denials without a clause", []saying{
			{"Mr Fennessy denies fourteen counts of theft.", "Fennessy", "fourteen counts of theft"},
			{"She denied inventing the spoon.", "Adeyemi", "inventing the spoon"},
			{"The ministry denies holding anybody under age.", "ministry", "holding anybody under age"},
			{"Dr Sow, in her reply, denied ever having met the man.", "Sow", "ever having met the man"},
			{"The company has denied any knowledge of the letters.", "company", "any knowledge of the letters"},
			{"Mr Fennessy denied having sold the boat and walked out.", "Fennessy", "having sold the boat"},
			{"The army denied shelling the school.", "army", "shelling the school"},
			{"Mrs Adeyemi denies three charges of arson.", "Adeyemi", "three charges of arson"},
			{"The firm disputed the figures in the report.", "firm", "the figures in the report"},
			{"He denied taking money from the box.", "Fennessy", "taking money from the box"},
			{text: "Mr Fennessy was denied entry to the port."},
			{text: "The ministry denied her a visa."},
			{text: "Mrs Adeyemi did not deny taking the boat."},
			{text: "The guards denied the boys food."},
			{text: "He could hardly deny it."},
		}},
		{"what somebody lets be known", []saying{
			{"Mrs Adeyemi wants it known that she cried first.", "Adeyemi", "she cried first"},
			{"The company let it be known that the gate was shut.", "company", "the gate was shut"},
			{"Dr Sow has let the town know that she will not move.", "Sow", "she will not move"},
			{"Mr Fennessy gave it as his opinion that the roof would go.", "Fennessy", "the roof would go"},
			{"He gave the council to understand that he was leaving.", "Fennessy", "he was leaving"},
			{"The ministry would have people know that the water is clean.", "ministry", "the water is clean"},
			{"Mrs Adeyemi put it to the meeting that the key was lost.", "Adeyemi", "the key was lost"},
			{"She wanted it understood that nobody had paid her.", "Adeyemi", "nobody had paid her"},
			{"The union lets it be known that there will be no strike.", "union", "there will be no strike"},
			{"Dr Sow gave it as her view that the well was bad.", "Sow", "the well was bad"},
			{text: "Mr Fennessy let the dog know that dinner was late by barking."},
		}},
		{"a noun for what is said, and a colon", []saying{
			{"Dr Sow takes the opposite view: nobody who is acting remembers the weather.", "Sow", "nobody who is acting remembers the weather"},
			{"Mr Fennessy has one complaint: the gate is never shut.", "Fennessy", "the gate is never shut"},
			{"The ministry gave a short answer: there was no money.", "ministry", "there was no money"},
			{"Mrs Adeyemi gives the same warning each time, namely that salt will ruin it.", "Adeyemi", "salt will ruin it"},
			{"Mr Fennessy had a second point. It was that certificates do not sweat.", "Fennessy", "certificates do not sweat"},
			{"The union made two demands: the gate should open and the guards should go.", "union", "the gate should open and the guards should go"},
			{"Dr Sow offered an explanation: the pipe had frozen in the night.", "Sow", "the pipe had frozen in the night"},
			{"She had a theory: the bell frightened them.", "Adeyemi", "the bell frightened them"},
			{"The company sent a reply: the matter was closed.", "company", "the matter was closed"},
			{"Mr Fennessy had advice for the young: they should learn to swim.", "Fennessy", "they should learn to swim"},
			{text: "Mr Fennessy has three dogs: they bark all night."},
			{text: "Mrs Adeyemi made a cake: it was eaten by noon."},
		}},
		{"remarks inside a sentence", []saying{
			{"The hours, she directed, are to be worked at the quarry.", "Adeyemi", "The hours"},
			{"The key, Mr Fennessy radioed, was under the mat.", "Fennessy", "The key"},
			{"Had any of them, she demanded of the two thousand graduands, looked at a wall?", "Adeyemi", "Had any of them"},
			{"It was looking at the matter again, the ministry let it be known.", "ministry", "It was looking at the matter again"},
			{"The sentence has been repeated too often, a diplomat in the capital complains, to be true.", "diplomat", "The sentence has been repeated too often"},
			{"The burial ground, one of the guards reminded them, had been there for years.", "guards", "The burial ground"},
			{"The well, her sister wrote to the paper, had been dry since May.", "sister", "The well"},
			{"Nobody, Mrs Adeyemi retorted, had asked her to the house.", "Adeyemi", "Nobody"},
			{"The boats would leave at dawn, he told the council, with or without them.", "Fennessy", "The boats would leave at dawn"},
			{"The smell, Dr Sow texted, was worse by noon.", "Sow", "The smell"},
			{text: "When the bell rang, she left, and nobody saw her."},
			{text: "The man, she knew, was not her son."},
			{text: "The boat, Mr Fennessy, was built in Hull."},
			{text: "The dog, which she fed, was lame."},
			{text: "Seeing this, he laughed, and the gate was shut."},
		}},
		{"it and they", []saying{
			{"Fenwick Bank does not dispute the call. It says a warning was shown.", "Fenwick", "a warning was shown"},
			{"The inspectorate came in May. It warned that the roof was rotten.", "inspectorate", "the roof was rotten"},
			{"The Harbour Board closed the box. It said nobody would lose by it.", "Harbour Board", "nobody would lose by it"},
			{"The guards stood by the gate. They said it had always been shut.", "guards", "it had always been shut"},
			{"The council owns the field. It insists the fence is its own.", "council", "the fence is its own"},
			{"The neighbours saw a van. They told police it was white.", "neighbours", "it was white"},
			{"Fenwick Bank sent a letter. Its case is that he clicked too soon.", "Fenwick", "he clicked too soon"},
			{"The ministry has a list and it says forty are missing.", "ministry", "forty are missing"},
			{"The report runs to nine pages. It says the homes were cold.", "report", "the homes were cold"},
			{"The company lost the case. It has denied that the pipe was old.", "company", "the pipe was old"},
		}},
		{"his and her Honour", []saying{
			{"Judge Alma Meikle sat late. The field, her Honour reminded counsel, had been there for years.", "Meikle", "The field"},
			{"Judge Piet Roos rose. “This is not a pantomime,” his Honour observed.", "Roos", "This is not a pantomime,"},
			{"Judge Alma Meikle sat late. Her Honour said the fence would stay.", "Meikle", "the fence would stay"},
			{"The magistrate, Ada Lum, was brief. Her Worship said the boat was his.", "Lum", "the boat was his"},
			{"Justice Omar Zaki read it twice. His Lordship ruled that the will was good.", "Zaki", "the will was good"},
		}},
		{"what it is to somebody", []saying{
			{"To his brother Wilf he was a stubborn beggar.", "Wilf", "he was a stubborn beggar"},
			{"To Mrs Adeyemi it was the only warm room in the town.", "Adeyemi", "it was the only warm room in the town"},
			{"To Dr Sow, the map is a work of fiction.", "Sow", "the map is a work of fiction"},
			{"To the sergeant, the ring was a small thing.", "sergeant", "the ring was a small thing"},
			{"To the old fisherman they were all fools.", "fisherman", "they were all fools"},
			{"To Mr Fennessy the strike is a farce.", "Fennessy", "the strike is a farce"},
			{text: "To the north it was a long road."},
			{text: "To her surprise, the door was open."},
			{text: "To date, the fund is empty."},
			{text: "To Mr Fennessy the letter was sent at noon."},
		}},
	})
}

// Sayings are sentences of one kind, each with who speaks and the words, or with
// neither where nobody does.
type sayings struct {
	kind  string
	texts []saying
}

type saying struct{ text, who, words string }

// checkSayings reads each sentence behind one that names three people, and holds
// four fifths of each kind.
func checkSayings(t *testing.T, kinds []sayings) {
	t.Helper()
	const before = "Mrs Adeyemi, Dr Sow and Mr Fennessy live in the harbour town. "
	for _, k := range kinds {
		right, all := 0, 0
		for _, tt := range k.texts {
			r := Read(&recount.Article{Key: "sayings", Text: before + tt.text, Language: "en"})
			names := map[string]string{}
			for _, s := range r.Speakers {
				names[s.ID] = s.Name
			}
			var got []string
			for _, st := range r.Statements {
				if st.Speech {
					got = append(got, names[st.Speaker]+": "+strings.TrimPrefix(st.Content[0].In(before+tt.text), "that "))
				}
			}
			all++
			switch {
			case tt.words == "" && len(got) > 0:
				t.Logf("%s: %s: read %q, want nobody", k.kind, tt.text, got)
			case tt.words != "" && (len(got) != 1 || !strings.HasSuffix(got[0], ": "+tt.words) || !strings.Contains(got[0], tt.who)):
				t.Logf("%s: %s: read %q, want %s: %s", k.kind, tt.text, got, tt.who, tt.words)
			default:
				right++
			}
		}
		t.Logf("%s: %d of %d", k.kind, right, all)
		if right*10 < all*8 {
			t.Errorf("%s: %d of %d right", k.kind, right, all)
		}
	}
}
