package release

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"
)

const why = "name of a protected person"

func index(t *testing.T, secrets ...Secret) *Index {
	t.Helper()
	x, err := NewIndex(secrets)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func zipped(t *testing.T, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(members); i += 2 {
		m, err := w.Create(members[i])
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(m, members[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func packed(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	fmt.Fprint(w, s)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wide(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestNamesAreFoundInEveryForm(t *testing.T) {
	const name = "Zdeňka Ørsted-Nkemelu"
	tests := []struct{ what, file, body string }{
		{"as it is", "a.html", "said Zdeňka Ørsted-Nkemelu yesterday"},
		{"without accents", "a.txt", "said Zdenka Orsted Nkemelu yesterday"},
		{"in capitals", "a.txt", "ZDEŇKA ØRSTED-NKEMELU"},
		{"accents apart", "a.txt", "Zden\u030cka Ørsted Nkemelu"},
		{"full width", "a.txt", "Ｚｄｅｎｋａ　Ｏｒｓｔｅｄ　Ｎｋｅｍｅｌｕ"},
		{"Cyrillic letters that look alike", "a.txt", "Zdеnkа Orstеd Nkеmеlu"},
		{"invisible signs", "a.txt", "Zde\u200bňka Ør\u00adsted Nke\u2060melu"},
		{"marks of direction", "a.txt", "Zde\u200fňka \u202eØrsted\u202c \u2068Nkemelu\u2069"},
		{"joiners", "a.txt", "Zde\u200cňka Ør\u200dsted Nkemelu"},
		{"selectors", "a.txt", "Zdeň\ufe0fka Ør\U000e0100sted Nke\ufe00melu"},
		{"fillers", "a.txt", "Zde\u3164ňka Ør\uffa0sted Nke\u2800melu"},
		{"spaced out", "a.txt", "Z d e n k a  O r s t e d  N k e m e l u"},
		{"with dots", "a.txt", "Z.d.e.n.k.a.Orsted.Nkemelu"},
		{"over a line", "a.txt", "Zdenka Ors-\nted Nkemelu"},
		{"entities", "a.html", "Zde&#328;ka &Oslash;rsted&nbsp;Nkemelu"},
		{"entities in entities", "a.html", "Zde&amp;#328;ka &amp;Oslash;rsted Nkemelu"},
		{"in a comment", "a.html", "<!-- Zdeňka Ørsted-Nkemelu -->"},
		{"in an attribute", "a.svg", `<rect data-who="Zdeňka Ørsted-Nkemelu"/>`},
		{"tags between", "a.html", "<b>Zdeňka</b> <i>Ør</i>sted-<span>Nke</span>melu"},
		{"in an address", "a.html", "https://example.org/zde%C5%88ka-%C3%B8rsted-nkemelu"},
		{"slug", "a.html", "https://example.org/zdenka_orsted_nkemelu.html"},
		{"escapes of JSON", "a.json", `{"x":"Zde\u0148ka \u00d8rsted-Nkemelu"}`},
		{"key of JSON", "a.json", `{"Zdeňka Ørsted-Nkemelu":1}`},
		{"base64", "a.json", base64.StdEncoding.EncodeToString([]byte("by Zdeňka Ørsted-Nkemelu"))},
		{"base64 in an address", "a.json", "data:text/plain;base64,x/" + base64.URLEncoding.EncodeToString([]byte("by Zdeňka Ørsted-Nkemelu, 29"))},
		{"hexadecimal", "a.json", hex.EncodeToString([]byte("Zdeňka Ørsted-Nkemelu"))},
		{"UTF-16", "a.bin", "\xff\xfe" + wide("x Zdeňka Ørsted-Nkemelu")},
		{"UTF-16 at an odd place", "a.bin", "\xff" + wide("x Zdeňka Ørsted-Nkemelu")},
		{"packed", "a.gz", packed(t, "Zdeňka Ørsted-Nkemelu")},
		{"Word file", "a.docx", zipped(t, "word/document.xml", "<w:t>Zdeňka Ørsted</w:t><w:t>-Nkemelu</w:t>")},
		{"properties of a Word file", "a.docx", zipped(t, "docProps/core.xml", "<dc:creator>Zdeňka Ørsted-Nkemelu</dc:creator>")},
		{"name of a member", "a.zip", zipped(t, "zdenka-orsted-nkemelu.txt", "")},
		{"archive in an archive", "a.zip", zipped(t, "b.zip", zipped(t, "c.txt", name))},
		{"name of the file", "zdenka-orsted-nkemelu.html", ""},
		{"name of a folder", "zdenka orsted nkemelu/a.html", ""},
		{"in a picture", "a.png", "\x89PNG\r\n\x00\x00tEXtAuthor\x00Zde\xc5\x88ka \xc3\x98rsted-Nkemelu\x00"},
	}
	x := index(t, Secret{Words: name, Why: why, Name: true})
	for _, tt := range tests {
		t.Run(tt.what, func(t *testing.T) {
			hits, err := x.Search(fstest.MapFS{tt.file: {Data: []byte(tt.body)}}, func(int) {})
			if err != nil {
				t.Fatal(err)
			}
			if len(hits) == 0 || hits[0].Why != why {
				t.Errorf("not found: %v", hits)
			}
		})
	}
}

func TestWhatIsNoSecretIsLeft(t *testing.T) {
	x := index(t, Secret{Words: "Jana Reest", Why: why}, Secret{Words: "Ali", Why: why}, Secret{Words: "we were told we would march on the Regent", Why: "words of a protected person", Runs: 4})
	for _, text := range []string{
		"Jana said that the rest of them left", "Reest, Jana's sister", "totality and alike", "we were told to go", "they would march on", "told we would",
	} {
		if hits, err := x.Search(fstest.MapFS{"a.txt": {Data: []byte(text)}}, func(int) {}); err != nil || len(hits) > 0 {
			t.Errorf("%q: %v %v", text, hits, err)
		}
	}
	for _, text := range []string{
		"“We were told we ...”", "the men who WOULD MARCH ON THE capital", "told, we would march",
	} {
		if hits, err := x.Search(fstest.MapFS{"a.txt": {Data: []byte(text)}}, func(int) {}); err != nil || len(hits) == 0 {
			t.Errorf("%q: four words of a protected person were not found (%v)", text, err)
		}
	}
}

func TestWhatCannotBeSearchedIsRefused(t *testing.T) {
	x := index(t, Secret{Words: "Jana Reest", Why: why})
	deep := "x"
	for range maxNested + 2 {
		deep = packed(t, deep)
	}
	locked := []byte(zipped(t, "a.txt", "x"))
	locked[6] |= 1 // local head
	i := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[i+8] |= 1
	for name, body := range map[string]string{
		"an archive cut short":    zipped(t, "a.txt", strings.Repeat("x", 999))[:60],
		"a packed file cut short": packed(t, strings.Repeat("abcdef", 999))[:30],
		"packed again and again":  deep,
		"encrypted":               string(locked),
	} {
		if hits, err := x.Search(fstest.MapFS{"a.bin": {Data: []byte(body)}}, func(int) {}); err == nil {
			t.Errorf("%s was passed: %v", name, hits)
		}
	}
	if _, err := NewIndex([]Secret{{Words: "—", Why: why}}); err == nil {
		t.Error("a secret without letters was taken")
	}
}

// A refusal must not say what it protects.
func TestAHitDoesNotRepeatTheName(t *testing.T) {
	x := index(t, Secret{Words: "Jana Reest", Why: why})
	hits, err := x.Search(fstest.MapFS{"a.txt": {Data: []byte("Jana Reest")}}, func(int) {})
	if err != nil || len(hits) == 0 {
		t.Fatal(hits, err)
	}
	if s := fmt.Sprint(hits); strings.Contains(s, "Reest") {
		t.Errorf("%s", s)
	}
}

func FuzzSearch(f *testing.F) {
	f.Add([]byte("Jana Reest"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte{0x1f, 0x8b, 8})
	f.Add([]byte(`%zz\u12 &#x;`))
	x, err := NewIndex([]Secret{{Words: "Jana Reest", Why: why}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		_, _ = x.Search(fstest.MapFS{"a": {Data: b}}, func(int) {})
		// A secret that is added to any bytes is found, or the bytes are refused.
		if bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
			return
		}
		hits, err := x.Search(fstest.MapFS{"a": {Data: append(b[:len(b):len(b)], "\n Jana Reest \n"...)}}, func(int) {})
		if err == nil && len(hits) == 0 {
			t.Errorf("not found behind %q", b)
		}
	})
}
