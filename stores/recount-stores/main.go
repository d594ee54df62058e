// Recount-stores is recount where the sources of a corpus may lie in S3, Google
// Cloud Storage or Azure Blob Storage.
package main

import (
	"os"

	"recount/internal/cli"
	"recount/stores"
)

func main() {
	s := stores.New()
	code := cli.MainWith(s, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	s.Close()
	os.Exit(code)
}
