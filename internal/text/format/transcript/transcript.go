// Package transcript reads what was said in a recording: WebVTT and SubRip
// subtitles, and plain transcripts whose lines begin with a name and a colon.
//
// In: the bytes of one file. Out: one draft of an article with one paragraph
// per turn of a speaker, "NAME: ..." where the file names the speaker, so that
// quotations are found by their names; each with the cues or lines it was
// joined from, and the time.
//
// Method: cues are cut into lines; lines that a roll-up caption repeats are
// kept once; a line that begins with a voice tag, a name and a colon, ">>" or a
// dash begins a turn; cues without any of these are joined until a pause or the
// end of a sentence after some length. Sound notes ("[music]") are kept as
// fragments. Limits: at most 200,000 cues or lines; who speaks is what the file
// says, nothing is recognised from the wording.
package transcript

import (
	"bytes"
	"fmt"
	"strings"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

const (
	maxPayload = 32 << 20 // bytes
	maxCues    = 100_000  // two days of subtitles
	maxUnits   = 200_000  // lines of a plain transcript
	maxLines   = 400_000  // of subtitles
	maxLeft    = 100      // things not understood that are listed
	sniffed    = 64 << 10 // bytes that decide what a file is
)

// kind is the layout of a file.
type kind int

const (
	none kind = iota
	vtt
	srt
	plain
)

// Is reports whether payload is a transcript: subtitles by their form, a plain
// text if at least three lines, and half of all, begin with a name and a colon.
func Is(payload []byte, name string) bool { return kindOf(payload, name) != none }

func kindOf(payload []byte, name string) kind {
	head := payload[:min(len(payload), sniffed)]
	if page.Binary(head) {
		return none
	}
	src, _ := page.Decode(head, "")
	src = strings.TrimLeft(newlines(src), " \t\n")
	if rest, ok := strings.CutPrefix(src, "WEBVTT"); ok && (rest == "" || strings.ContainsRune(" \t\n", rune(rest[0]))) {
		return vtt
	}
	first, rest, _ := strings.Cut(src, "\n")
	second, _, _ := strings.Cut(strings.TrimLeft(rest, "\n"), "\n")
	if timed(first) || number(strings.TrimSpace(first)) && timed(second) {
		return srt
	}
	low := strings.ToLower(strings.TrimSuffix(name, ".gz"))
	if i := strings.LastIndexByte(low, '.'); i >= 0 && strings.Contains(" .html .htm .xhtml .xml .csv .tsv .json .jsonl .md .eml .ris .bib .tex .yaml .yml ", " "+low[i:]+" ") {
		return none
	}
	if bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) || !isPlain(src) {
		return none
	}
	return plain
}

// Read takes the transcript in payload apart.
func Read(payload []byte, o document.Options) (document.Set, error) {
	var set document.Set
	if len(payload) > maxPayload {
		return set, page.Refuse(fmt.Sprintf("a transcript of %d MiB; the limit is %d MiB", len(payload)>>20, maxPayload>>20), "cut the file into parts and add those")
	}
	k := kindOf(payload, o.Name)
	src, note := page.Decode(payload, "")
	r := reader{set: &set}
	if note != "" {
		r.draft.Notes = append(r.draft.Notes, note)
	}
	lines := strings.Split(newlines(src), "\n")
	var err error
	switch k {
	case vtt, srt:
		err = r.subtitles(lines, k)
	case plain:
		err = r.plain(lines)
	default:
		return set, page.Refuse("no transcript", "check the file")
	}
	if err != nil {
		return document.Set{}, err
	}
	if len(r.draft.Paragraphs) == 0 {
		return document.Set{}, page.Refuse("a transcript without any words", "check that the subtitles were exported with their text")
	}
	set.Drafts = []document.Draft{r.draft}
	return set, nil
}

// Find returns the paragraph at a path, read from payload again.
func Find(payload []byte, path string) (string, bool) {
	set, err := Read(payload, document.Options{})
	if err != nil {
		return "", false
	}
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			if p.Path == path {
				return p.Text, true
			}
		}
	}
	return "", false
}

// A reader collects what a file says.
type reader struct {
	set   *document.Set
	draft document.Draft
	paths map[string]int
}

// paragraph adds one paragraph; a path that is taken gets a number.
func (r *reader) paragraph(text, path string, role recount.Role) {
	if text = page.Tidy(text); text == "" {
		return
	}
	if r.paths == nil {
		r.paths = map[string]int{}
	}
	r.paths[path]++
	if n := r.paths[path]; n > 1 {
		path = fmt.Sprintf("%s#%d", path, n)
	}
	r.draft.Paragraphs = append(r.draft.Paragraphs, document.Paragraph{Text: text, Path: path, Role: role})
}

func (r *reader) left(where, reason, hint string) {
	if len(r.set.Left) < maxLeft {
		r.set.Left = append(r.set.Left, document.Left{Where: where, Reason: reason, Hint: hint})
	}
}

// fact takes a line of the form "Date: 14 May 2014" as a fact.
func (r *reader) fact(line, origin string) bool {
	key, value, ok := strings.Cut(line, ":")
	field := headerFields[strings.ToLower(strings.TrimSpace(key))]
	if value = strings.TrimSpace(value); !ok || field == "" || value == "" {
		return false
	}
	r.draft.Facts = document.Fact(r.draft.Facts, field, page.Tidy(value), origin+" "+strings.TrimSpace(key))
	return true
}

// headerFields says which fact a line of a header is.
var headerFields = map[string]string{
	"title": "title", "headline": "title", "episode": "title", "episode title": "title", "titel": "title", "titre": "title", "título": "title",
	"date": "published", "air date": "published", "aired": "published", "airdate": "published", "broadcast": "published",
	"broadcast date": "published", "published": "published", "recorded": "recorded", "datum": "published", "fecha": "published",
	"program": "outlet", "programme": "outlet", "show": "outlet", "outlet": "outlet", "network": "outlet", "station": "outlet",
	"channel": "outlet", "publisher": "outlet", "sendung": "outlet", "podcast": "outlet", "source": "outlet",
	"byline": "byline", "author": "byline", "reporter": "byline", "transcribed by": "transcriber", "transcriber": "transcriber",
	"transcript by": "transcriber", "url": "url", "link": "url", "language": "language", "lang": "language", "kind": "kind",
	"length": "length", "duration": "length", "section": "section",
}

func newlines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
}

func number(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
