package study_test

import (
	"strings"
	"testing"

	"recount"
)

// Words and answers that somebody deletes by hand, with entries added to the log that
// say so and all that goes with them, are named: recount takes out nothing that no
// decision says.
func TestDeletedWithAnEntryOfTheLog(t *testing.T) {
	from := fullStudy(t)
	entry := func(x *intruder, what, change, id string) {
		x.exec("INSERT INTO change (seq, what, id) SELECT max(seq) + 1, $1, $2 FROM change", change, id)
		x.relog(append(x.leaves(), recount.Leaf{What: what, ID: id}))
	}
	answer := func(kind string) func(x *intruder) {
		return func(x *intruder) {
			id := x.one("SELECT min(id) FROM decision JOIN answer ON answer.decision = decision.id WHERE kind = $1", kind)
			x.exec("DELETE FROM answer WHERE decision = $1", id)
			entry(x, "erased", "erased", id)
		}
	}
	tests := []struct {
		name string
		do   func(x *intruder)
		want string
	}{
		{"an answer who counts", answer("scope"), "no decision says that it was erased"},
		{"a rule", answer("rule"), "no decision says that it was erased"},
		{"a study file", answer("file"), "no decision says that it was erased"},
		{"the removal of another answer", answer("remove"), "no decision says that it was erased"},
		{"the words of a page", func(x *intruder) {
			key := x.one("SELECT min(key) FROM article")
			x.exec(`UPDATE article SET title = '', byline = '', authors = 'null', metadata = 'null', body = '', blocks = 'null', notes = '["the text was erased"]', sum = '' WHERE key = $1`, key)
			x.exec("UPDATE head SET title = '', size = 0 WHERE key = $1", key)
			x.exec("INSERT INTO erased_article (key) VALUES ($1)", key)
			entry(x, "erased text", "article", key)
		}, "no decision says that its page was taken out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := copyFolder(t, from)
			x := intrude(t, dir)
			tt.do(x)
			x.done()
			if found := problemsOf(t, dir); !strings.Contains(strings.Join(found, "\n"), tt.want) {
				t.Errorf("recheck finds %q; want one with %q", found, tt.want)
			}
		})
	}
}
