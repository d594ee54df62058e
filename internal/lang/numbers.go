package lang

import (
	"embed"
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
	language = strings.ToLower(language)
	if n, ok := numbersRead.Load(language); ok {
		return n.(Numbers)
	}
	data, err := numberFiles.ReadFile(language + "/numbers.txt")
	if err != nil {
		return nil // not kept: a hostile page may name any language
	}
	n := parseNumbers(string(data))
	numbersRead.Store(language, n)
	return n
}

// NumberLanguages lists the languages that have number words.
func NumberLanguages() []string {
	var out []string
	dirs, _ := numberFiles.ReadDir(".")
	for _, d := range dirs {
		out = append(out, d.Name())
	}
	return out
}

// numbersRead keeps the files that were read, by language.
var numbersRead sync.Map

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
