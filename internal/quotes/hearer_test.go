package quotes

import (
	"strings"
	"testing"

	"recount"
)

// TestGenderOfTheHearer reads the gender of Marr, whose first name tells nothing
// or tells it. The pronoun behind a verb of telling means the one who hears; one
// of her or his own means the speaker.
func TestGenderOfTheHearer(t *testing.T) {
	const woman, man, unknown = recount.Woman, recount.Man, recount.UnknownGender
	for _, tt := range []struct {
		text string
		want recount.Gender
	}{
		// The hearer's.
		{"Robin Marr told him that the boats were safe.", unknown},
		{"Robin Marr told her that the boats were safe.", unknown},
		{"“The boats are safe,” Robin Marr told him.", unknown},
		{"“The boats are safe,” Robin Marr told her.", unknown},
		{"“The boats are safe,” Robin Marr assured him.", unknown},
		{"Robin Marr warned her that the boats were old.", unknown},
		{"Robin Marr promised him that the boats were safe.", unknown},
		{"Robin Marr informed her that the boats were old.", unknown},
		{"Robin Marr said to him that the boats were safe.", unknown},
		{"Robin Marr explained to her that the boats were old.", unknown},
		{"“The boats are safe,” Robin Marr said to him.", unknown},
		{"“The boats are safe,” Robin Marr replied to her.", unknown},
		{"Robin Marr asked him whether the boats were safe.", unknown},
		{"Robin Marr reminded her that the boats were old.", unknown},
		{"“The boats are safe,” Robin Marr answered him.", unknown},
		{"Robin Marr wrote to him that the boats were safe.", unknown},
		{"Maria Lopez Marr told him that the boats were safe.", woman},
		{"Maria Marr told him that the boats were safe.", woman},
		{"Peter Marr told her that the boats were safe.", man},
		{"“The boats are safe,” Maria Marr told him.", woman},
		{"“The boats are safe,” Peter Marr told her.", man},
		{"Maria Marr warned him that the boats were old.", woman},
		{"Peter Marr asked her whether the boats were safe.", man},
		{"Maria Marr said to him that the boats were safe.", woman},
		{"The harbour closed in May. Robin Marr had told him that the boats were safe.", unknown},
		{"Robin Marr told his wife that the boats were safe.", man},
		{"Robin Marr told him and the crew that the boats were safe.", unknown},
		{"Robin Marr called her to say that the boats were safe.", unknown},
		{"Robin Marr showed him the boats and said they were safe.", unknown},
		{"Robin Marr thanked her and said the boats were safe.", unknown},
		{"Robin Marr met him and said the boats were safe.", unknown},
		{"“The boats are safe,” Robin Marr said, looking at him.", unknown},

		// The speaker's own.
		{"Robin Marr told her own story: the boats were safe, Marr said.", woman},
		{"Robin Marr told his own story. “The boats are safe,” Marr said.", man},
		{"Robin Marr told her sister that the boats were safe.", woman},
		{"Robin Marr told his brother that the boats were safe.", man},
		{"Robin Marr asked herself whether the boats were safe.", woman},
		{"Robin Marr told himself that the boats were safe.", man},
		{"Robin Marr said that she had told him of the boats.", woman},
		{"Robin Marr said that he had told her of the boats.", man},
		{"“The boats are safe,” Robin Marr told her followers.", woman},
		{"“The boats are safe,” Robin Marr told his followers.", man},
		{"Robin Marr wrote in her letter that the boats were safe.", woman},
		{"Robin Marr wrote in his diary that the boats were safe.", man},
		{"Robin Marr explained her decision: the boats were safe, Marr said.", woman},
		{"Robin Marr warned his crew that the boats were old.", man},
		{"Robin Marr promised her mother that the boats were safe.", woman},
		{"Robin Marr reminded his neighbours that the boats were old.", man},
		{"Robin Marr said to her children that the boats were safe.", woman},
		{"Robin Marr wrote to his mother that the boats were safe.", man},
		{"“The boats are safe,” Robin Marr said, shaking her head.", woman},
		{"“The boats are safe,” Robin Marr told the man, and raised his hat.", unknown},
		{"“The boats are safe,” Robin Marr answered in her own words.", woman},
	} {
		found := false
		for _, s := range Read(&recount.Article{Key: "g", Text: tt.text, Language: "en"}).Speakers {
			if strings.Contains(s.Name, "Marr") {
				found = true
				if s.Gender != tt.want {
					t.Errorf("%q: %s is %s, want %s", tt.text, s.Name, s.Gender, tt.want)
				}
			}
		}
		if !found {
			t.Errorf("%q: Marr is no speaker", tt.text)
		}
	}
}
