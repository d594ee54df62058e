package lang

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
)

//go:embed */numbers.txt
var numberFiles embed.FS

// Numbers is what the program knows by hand about how one language writes
// numbers: sections of words, each with the key of its line. The reader of
// numbers (package figures) says what the sections mean.
type Numbers map[string]map[string]string

// NumbersOf returns the number words of a language by its ISO 639-1 code, or
// nil if there are none.
func NumbersOf(language string) Numbers {
	if i := strings.IndexAny(language, "-_"); i >= 0 {
		language = language[:i]
	}
	return numbers()[strings.ToLower(language)]
}

var numbers = sync.OnceValue(func() map[string]Numbers {
	all := map[string]Numbers{}
	names, _ := fs.Glob(numberFiles, "*/numbers.txt")
	for _, name := range names {
		data, _ := numberFiles.ReadFile(name)
		all[strings.TrimSuffix(name, "/numbers.txt")] = parseNumbers(string(data))
	}
	return all
})

// parseNumbers reads a file like that of a lexicon: "[section]" begins a
// section, "#" a comment, every other line is "key: word word" or plain words.
// An underscore stands for a space inside a word.
func parseNumbers(data string) Numbers {
	n := Numbers{}
	var section map[string]string
	for line := range strings.Lines(data) {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if line[0] == '[' {
			name := strings.Trim(line, "[]")
			if n[name] == nil {
				n[name] = map[string]string{}
			}
			section = n[name]
			continue
		}
		if section == nil {
			continue
		}
		key, rest, mapped := strings.Cut(line, ": ")
		if !mapped {
			key, rest = "", line
		}
		for _, w := range strings.Fields(rest) {
			section[strings.ReplaceAll(w, "_", " ")] = key
		}
	}
	return n
}
