package document

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// JSONForm is the form in which JSON writes a document.
const JSONForm = 1

// kinds are the names of the kinds of blocks.
var kinds = [...]string{"paragraph", "heading", "list item", "quotation", "code", "table", "flow", "rule", "picture", "section", "items", "item", "citation", "notes", "facts", "fact", "fold", "links"}

// MarshalText names a kind.
func (k BlockKind) MarshalText() ([]byte, error) {
	if k < 0 || int(k) >= len(kinds) {
		return nil, fmt.Errorf("a block of no known kind: %d", k)
	}
	return []byte(kinds[k]), nil
}

// UnmarshalText reads the name of a kind.
func (k *BlockKind) UnmarshalText(b []byte) error {
	i := slices.Index(kinds[:], string(b))
	if i < 0 {
		return fmt.Errorf("no block is of the kind %q", b)
	}
	*k = BlockKind(i)
	return nil
}

// JSON writes the document with all its parts, one block a line.
func (d *Document) JSON(w io.Writer) error {
	b := bufio.NewWriter(w)
	put := func(v any) error {
		raw, err := json.Marshal(v) // escapes <, > and &, so that it stays text within a page
		if err != nil {
			return err
		}
		_, err = b.Write(raw)
		return err
	}
	fmt.Fprintf(b, "{\"form\":%d,\"title\":", JSONForm)
	if err := put(d.Title); err != nil {
		return err
	}
	for _, x := range []struct{ name, value string }{{"language", d.Language}, {"program", d.Program}, {"when", d.When}} {
		if x.value == "" {
			continue
		}
		fmt.Fprintf(b, ",%q:", x.name)
		if err := put(x.value); err != nil {
			return err
		}
	}
	fmt.Fprint(b, ",\n\"blocks\":[")
	first := true
	for i := range d.Blocks {
		if d.Blocks[i].Site {
			continue
		}
		if !first {
			fmt.Fprint(b, ",")
		}
		first = false
		fmt.Fprint(b, "\n")
		if err := put(&d.Blocks[i]); err != nil {
			return err
		}
	}
	fmt.Fprint(b, "],\n\"notes\":[")
	for i, n := range d.Notes {
		if i > 0 {
			fmt.Fprint(b, ",")
		}
		fmt.Fprint(b, "\n")
		if err := put(n); err != nil {
			return err
		}
	}
	fmt.Fprint(b, "]}\n")
	return b.Flush()
}
