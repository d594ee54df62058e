package text

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/net/html"
)

func TestDump(t *testing.T) {
	dst := os.Getenv("RECOUNT_TEXT_DUMP")
	if dst == "" {
		t.Skip("no dump asked for")
	}
	pages := readPages(t, filepath.Join(shared(t, "pages", "html"), "*.html.gz"))
	f, _ := os.Create(dst)
	enc := json.NewEncoder(f)
	for _, p := range pages {
		src, _ := decode(p.raw, "")
		doc, err := parse(src)
		if err != nil {
			t.Fatal(err)
		}
		ps := pieces(doc)
		tree := lean(doc)
		headed(tree, madeUpHead)
		tv, _ := trafilaturaVote(tree)
		headed(tree, "<head><title></title></head>")
		rv, _ := readabilityVote(tree)
		paths := newPathIndex()
		var rows []map[string]any
		for _, q := range ps {
			var chain []string
			for n := q.at; n != nil && n.Type == html.ElementNode; n = n.Parent {
				chain = append(chain, n.Data+"."+names(n)+"|"+attr(n, "itemprop")+"|"+attr(n, "role")+"|"+attr(n, "style"))
			}
			ts, rsh, _ := shares(&tv, &rv, q.text)
			rows = append(rows, map[string]any{"text": q.text, "links": q.links, "run": q.run, "t": ts, "r": rsh, "chain": chain, "path": q.path(paths)})
		}
		enc.Encode(map[string]any{"file": p.file, "pieces": rows, "ts": tv.size, "rs": rv.size})
	}
	f.Close()
}
