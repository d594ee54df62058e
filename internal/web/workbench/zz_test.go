package workbench

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"recount/internal/parallel"
)

func BenchmarkZZ(b *testing.B) {
	s := serve(b, filepath.Join(os.Getenv("RECOUNT_PILE"), "pile"))
	t := newTab(b, s, "ada", "1")
	list := ask[articleList](t, "GET", "/articles", nil)
	var keys []string
	for _, r := range list.Items {
		keys = append(keys, r.Key)
	}
	version := t.session().Version
	articles := map[string]article{}
	for _, k := range keys {
		articles[k], _ = t.article(k)
	}
	measure := func(name string, f func(i int)) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			i := 0
			cpu := parallel.Used()
			for b.Loop() {
				from := time.Now()
				f(i)
				took = append(took, time.Since(from))
				i++
			}
			b.ReportMetric(float64((parallel.Used()-cpu).Microseconds())/1000/float64(i), "cpu-ms/op")
			median(b, took)
		})
	}
	measure("scope", func(i int) {
		a := articles[keys[i%len(keys)]]
		r := ask[decisionsReply](t, "POST", "/decisions", decisionsRequest{Version: version, Drafts: []draft{draft{Do: "scope", Speaker: a.Speakers[i/len(keys)%6].Key, Answer: []string{"yes", "no", "unclear"}[i%3]}}, Articles: []string{a.Row.Key}})
		version = r.Version
	})
	measure("accept", func(i int) {
		a := articles[keys[i%len(keys)]]
		r := ask[decisionsReply](t, "POST", "/decisions", decisionsRequest{Version: version, Drafts: []draft{draft{Do: []string{"accept", "reject"}[i%2], Statement: a.Speakers[i/len(keys)%6].Statements[0].Key}}, Articles: []string{a.Row.Key}})
		version = r.Version
	})
	measure("session", func(int) {
		if w := t.send("GET", "/session", nil); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	})
	measure("effect", func(i int) {
		a := articles[keys[i%len(keys)]]
		if w := t.send("POST", "/effect", effectRequest{Version: version, Drafts: []draft{{Do: "scope", Speaker: a.Speakers[0].Key, Answer: "yes"}}}); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	})
	measure("article", func(i int) { t.article(keys[i%len(keys)]) })
}
