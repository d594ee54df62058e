package web_test

import (
	"strings"
	"testing"
)

// TestWordsWhereTheyAreNeeded looks at what pages say beside what is asked: by
// which conditions somebody counts, why a study cannot be made yet, whether a
// statement may carry several codes.
func TestWordsWhereTheyAreNeeded(t *testing.T) {
	b := open(t, serve(t, &pristine))
	type session struct{ Criteria []struct{ Label string } }
	b.show("/articles/" + get[struct{ Items []struct{ Key string } }](b, "/articles?state=open").Items[0].Key)
	b.until(`!!document.querySelector('.item.speaker.current')`)
	for _, c := range get[session](b, "/session").Criteria {
		if text := run[string](b, `document.querySelector('.item.speaker.current').textContent`); !strings.Contains(text, c.Label) {
			t.Errorf("the speaker under the focus does not say %q: %s", c.Label, text)
		}
	}
	b.show("/studies")
	b.until(`document.querySelector('form button.strong').disabled && document.querySelector('form').textContent.includes('A title is needed')`)
	b.show("/codes?list=form")
	multi := `[...document.querySelectorAll('main label.check')].find(x => x.textContent.includes('several codes')).querySelector('input')`
	b.until(multi + `.checked`)
	run[bool](b, multi+`.click(), true`)
	b.until(`!` + multi + `.checked`)
	b.calm()
}
