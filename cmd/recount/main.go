// Recount turns a pile of news coverage into a counted, cited dataset of the
// people who speak in it.
package main

import (
	"os"

	"recount/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
