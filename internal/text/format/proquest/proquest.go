// Package proquest reads the files that ProQuest saves: text and HTML.
//
// In: the bytes of one file. Out: a draft of each article in it, with the
// values of its fields as printed and its paragraphs with their paths.
//
// Method: both carriers become segments, one field or one piece of unlabelled
// text each, with the names of fields known in several languages of
// ProQuest's screens. The text of an article begins behind "Full text:"; where
// it ends is not marked. It ends where the fields begin that follow one
// another, without text between them, to the end of the record (see blockStart).
// What could be either is decided, and the draft says so.
//
// Limits: 32 MiB a file, 200,000 nodes of HTML, maxLines lines of text. A
// record with an abstract and no text is no article and is left.
package proquest

import (
	"bytes"
	"fmt"
	"strings"

	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

const (
	maxPayload = 32 << 20  // bytes of a file
	maxLines   = 1_000_000 // of a file
)

// hint is what to do with a file of ProQuest that cannot be read.
const hint = "save the articles again in ProQuest, as text or HTML with full text, at most 500 a file"

// sniffed is how many bytes at either end of a text decide what it is.
const sniffed = 64 << 10

var (
	docLink  = pattern.New(`(?i)https?://[\w.-]*proquest\.com/[^\s"'<>]*docview/\d`)
	htmlBold = pattern.New(`(?i)<(?:strong|b)\b[^>]*>\s*(?:ProQuest[- ][^<]{4,40}|[^<]{2,30}ProQuest):`)
)

// Is reports whether payload is a file of ProQuest. Its name says nothing.
func Is(payload []byte, name string) bool {
	return len(payload) <= maxPayload && carrier(payload) != ""
}

// How long an address and its host may be that are looked at, in bytes.
const (
	longestLink = 2000
	longestHost = 260
)

// linksDocument reports whether the address of a document at ProQuest stands in
// b. An expression without a word to look for is slow, so addresses are.
func linksDocument(b []byte) bool {
	for {
		at := bytes.Index(b, []byte("://"))
		if at < 0 {
			return false
		}
		from, rest := max(at-len("https"), 0), b[at+len("://"):]
		start := b[from:]
		b = rest
		host, _, ok := bytes.Cut(rest[:min(len(rest), longestHost)], []byte("/"))
		if !ok || !bytes.HasSuffix(bytes.ToLower(host), []byte("proquest.com")) {
			continue
		}
		end := min(len(rest), longestLink)
		if i := bytes.IndexAny(rest[:end], " \t\n\f\r\"'<>"); i >= 0 {
			end = i
		}
		if docLink.Match(start[:len(start)-len(rest)+end]) {
			return true
		}
	}
}

// carrier returns what kind of file payload is: "html", "text", or "" if it is
// not ProQuest's.
func carrier(payload []byte) string {
	b := bytes.TrimLeft(bytes.TrimPrefix(payload, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(payload, []byte{0xff, 0xfe}) || bytes.HasPrefix(payload, []byte{0xfe, 0xff}) {
		s, _ := page.Decode(payload, "")
		b = []byte(s)
	}
	if bytes.HasPrefix(b, []byte("{")) || bytes.HasPrefix(b, []byte("%PDF")) {
		return ""
	}
	if bytes.HasPrefix(b, []byte("<")) {
		if bytes.Contains(b, []byte("ProQuest")) && htmlBold.Match(b) {
			return "html"
		}
		return ""
	}
	// A record has a "ProQuest document ID:" and at least two other fields.
	parts := [][]byte{b}
	if len(b) > 2*sniffed {
		parts = [][]byte{b[:sniffed], b[len(b)-sniffed:]}
	}
	id, others := false, 0
	for _, part := range parts {
		for l := range strings.SplitSeq(string(part), "\n") {
			if f, _, _ := label(l); f == id_ {
				id = true
			} else if f != "" {
				others++
			}
		}
	}
	if id && others >= 2 || others >= 4 && linksDocument(b) {
		return "text"
	}
	return ""
}

// Read returns the articles in payload. An error wraps recount.ErrRefused and
// carries a hint.
func Read(payload []byte, o document.Options) (document.Set, error) {
	if len(payload) > maxPayload {
		return document.Set{}, page.Refuse(fmt.Sprintf("a file of %d MiB; the limit is %d MiB", len(payload)>>20, maxPayload>>20), hint)
	}
	var r reader
	var err error
	switch carrier(payload) {
	case "html":
		err = r.readHTML(payload)
	case "text":
		err = r.readText(payload)
	default:
		err = page.Refuse("no file of ProQuest", hint)
	}
	if err != nil {
		return document.Set{}, err
	}
	r.finish()
	if len(r.set.Drafts) == 0 && len(r.set.Left) == 0 {
		return document.Set{}, page.Refuse("a file of ProQuest without articles", hint)
	}
	return r.set, nil
}

// Find returns the text of the paragraph at path, read from payload again.
func Find(payload []byte, path string) (string, bool) {
	if len(payload) > maxPayload {
		return "", false
	}
	switch carrier(payload) {
	case "html":
		return findHTML(payload, path)
	case "text":
		return findText(payload, path)
	}
	return "", false
}
