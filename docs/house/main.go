// Command house draws the house: which room may hand data to which, out of the
// imports of the code as it is.
//
// In: the module in the working directory. Out: an SVG on standard output, in
// which data goes up: each room stands above the rooms that it imports, and an
// import that follows from others is not drawn. Test files do not count.
//
//	go run ./docs/house > docs/house.svg
package main

import (
	"bytes"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"log"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

func main() {
	log.SetFlags(0)
	imports, err := read(os.DirFS("."))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Stdout.Write(draw(imports)); err != nil {
		log.Fatal(err)
	}
}

const module = "recount"

// room returns the room that a folder of the module belongs to, "" for what is
// no part of the program.
func room(dir string) string {
	switch first, rest, _ := strings.Cut(dir, "/"); {
	case dir == ".":
		return module
	case first == "internal":
		name, _, _ := strings.Cut(rest, "/")
		return name
	case dir == "cmd/recount":
		return dir
	}
	return ""
}

// read returns which rooms each room imports.
func read(tree fs.FS) (map[string]map[string]bool, error) {
	out := map[string]map[string]bool{}
	err := fs.WalkDir(tree, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); p != "." && (strings.HasPrefix(name, ".") || name == "testdata" || name == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		from := room(path.Dir(p))
		if from == "" || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") || strings.Contains(p, "/train/") || strings.Contains(p, "/storetest/") {
			return nil
		}
		src, err := fs.ReadFile(tree, p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if out[from] == nil {
			out[from] = map[string]bool{}
		}
		for _, im := range f.Imports {
			name, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			to := ""
			switch {
			case name == module:
				to = module
			case strings.HasPrefix(name, module+"/"):
				to = room(strings.TrimPrefix(name, module+"/"))
			}
			if to != "" && to != from {
				out[from][to] = true
			}
		}
		return nil
	})
	return out, err
}

// reach returns every room that from imports, at once or by others.
func reach(imports map[string]map[string]bool, from string, seen map[string]bool) map[string]bool {
	for to := range imports[from] {
		if !seen[to] {
			seen[to] = true
			reach(imports, to, seen)
		}
	}
	return seen
}

// level is how many rooms stand below one.
func level(imports map[string]map[string]bool, of string) int {
	n := 0
	for to := range imports[of] {
		n = max(n, level(imports, to)+1)
	}
	return n
}

// Sizes of the picture, in pixels.
const (
	wide, high = 96, 30 // of a room
	across     = 112    // from one room to the next
	up         = 78     // from one level to the next
	margin     = 14
)

// draw returns the picture.
func draw(imports map[string]map[string]bool) []byte {
	levels := map[int][]string{}
	top, most := 0, 0
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		l := level(imports, name)
		levels[l] = append(levels[l], name)
		top, most = max(top, l), max(most, len(levels[l]))
	}
	type point struct{ x, y int }
	at := map[string]point{}
	width := most*across + 2*margin
	for l, names := range levels {
		for i, name := range names {
			at[name] = point{(width-len(names)*across)/2 + i*across + across/2, margin + high/2 + (top-l)*up}
		}
	}
	var b bytes.Buffer
	height := 2*margin + high + top*up
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif" font-size="13" role="img" aria-label="The rooms of recount and which of them import which">`+"\n", width, height, width, height)
	b.WriteString(`<rect width="100%" height="100%" fill="#fff"/>` + "\n")
	for _, from := range slices.Sorted(maps.Keys(imports)) {
		for _, to := range slices.Sorted(maps.Keys(imports[from])) {
			follows := false
			for other := range imports[from] {
				follows = follows || other != to && reach(imports, other, map[string]bool{})[to]
			}
			if p, q := at[from], at[to]; !follows {
				fmt.Fprintf(&b, `<path d="M%d %dC%d %d %d %d %d %d" fill="none" stroke="#888"/>`+"\n",
					q.x, q.y-high/2, q.x, q.y-high/2-up/3, p.x, p.y+high/2+up/3, p.x, p.y+high/2)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(at)) {
		p := at[name]
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" rx="3" fill="#f4f1ea" stroke="#444"/><text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n",
			p.x-wide/2, p.y-high/2, wide, high, p.x, p.y+5, name)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}
