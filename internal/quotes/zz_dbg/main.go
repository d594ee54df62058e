package main

import (
	"fmt"
	"io"
	"os"

	"recount"
	"recount/internal/lang"
	"recount/internal/quotes/page"
	"recount/internal/quotes/linker"
)

func main() {
	data, _ := io.ReadAll(os.Stdin)
	p := page.New(&recount.Article{Text: string(data), Language: "en"})
	linker.Tag(p, lang.English())
	p.FindNames()
	for i, t := range p.Tree.Tokens {
		fmt.Println(i, t.Span.In(p.Text), lang.Tags[t.POS], lang.Names[t.Name], lang.Labels[t.Label], t.Head, p.Tree.Subject[i])
	}
	for _, n := range p.Names {
		fmt.Printf("%s %c %v\n", n.Span.In(p.Text), n.Kind, n.Words)
	}
}
