// Package examples holds the example study: the Harrow Order, in which
// everything is fictional. Its pages, codebook, questions and report are
// embedded, and so is decisions.jsonl, the recorded work of its analyst, which
// `go generate ./examples` makes out of truth.json (examples/make).
//
//go:generate go run ./make -dir order
package examples

import (
	"embed"
	"io/fs"
)

// OrderID is the id of the example study: every copy of it is the same study,
// so that decisions can be exchanged.
const OrderID = "order-example"

//go:embed order/pages order/codebook.yaml order/study.yaml order/report.md order/decisions.jsonl
var files embed.FS

// Order returns the files of the example study.
func Order() fs.FS {
	sub, err := fs.Sub(files, "order")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
