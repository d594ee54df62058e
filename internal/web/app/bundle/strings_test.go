package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// readCatalogue reads one language: a message is a text, or a text for each
// plural form.
func readCatalogue(t *testing.T, language string) map[string]map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "strings", language+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(b, &raw); err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for name, v := range raw {
		switch v := v.(type) {
		case string:
			out[name] = map[string]string{"": v}
		case map[string]any:
			out[name] = map[string]string{}
			for form, text := range v {
				out[name][form], _ = text.(string)
			}
		}
	}
	return out
}

var place = regexp.MustCompile(`\{\w+\}`)

// TestCataloguesSayTheSame holds every language to the English one: the same
// messages with the same places, plural where it is plural, with the forms
// that the language has (CLDR 48).
func TestCataloguesSayTheSame(t *testing.T) {
	forms := map[string][]string{"en": {"one", "other"}, "ar": {"one", "two", "few", "many", "other"}}
	en := readCatalogue(t, "en")
	for language, need := range forms {
		c := readCatalogue(t, language)
		for name, m := range c {
			if en[name] == nil {
				t.Errorf("%s: %q is no message of the English catalogue", language, name)
			}
			_, plain := m[""]
			if _, want := en[name][""]; want != plain {
				t.Errorf("%s: %q is plural in one language only", language, name)
				continue
			}
			for _, form := range need {
				if !plain && m[form] == "" {
					t.Errorf("%s: %q has no form %q", language, name, form)
				}
			}
			for form, text := range m {
				if text == "" {
					t.Errorf("%s: %q is empty", language, name)
				}
				all := place.FindAllString(en[name][""]+en[name]["other"], -1)
				for _, p := range place.FindAllString(text, -1) {
					if !slices.Contains(all, p) {
						t.Errorf("%s: %q %s has the place %s, which the English one has not", language, name, form, p)
					}
				}
				if plain || form == "other" {
					for _, p := range all {
						if !slices.Contains(place.FindAllString(text, -1), p) {
							t.Errorf("%s: %q does not say %s", language, name, p)
						}
					}
				}
			}
		}
		for name := range en {
			if c[name] == nil {
				t.Errorf("%s: no message %q", language, name)
			}
		}
	}
}

// TestEveryMessageIsUsed finds messages that no page shows.
func TestEveryMessageIsUsed(t *testing.T) {
	var source []byte
	err := filepath.WalkDir(filepath.Join("..", "src"), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		source = append(source, b...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// A name that is put together at run time begins with one of these.
	made := regexp.MustCompile(`['` + "`" + `]([a-z]+\.(?:[a-z]+\.)?)(?:' \+|\$\{)|(?:word|has)\('([a-z]+\.)'`)
	var prefixes []string
	for _, m := range made.FindAllStringSubmatch(string(source), -1) {
		prefixes = append(prefixes, m[1]+m[2])
	}
	for name := range readCatalogue(t, "en") {
		used := false
		for _, quote := range []string{"'", `"`, "`"} {
			used = used || bytes.Contains(source, []byte(quote+name+quote))
		}
		if !used && !slices.ContainsFunc(prefixes, func(p string) bool { return len(name) > len(p) && name[:len(p)] == p }) {
			t.Errorf("no page shows %q", name)
		}
	}
}
