// Package factiva reads the files that Factiva saves: HTML in its two forms,
// RTF, XML and plain text, as it is also sent by mail.
//
// In: the bytes of one file. Out: a draft of each article in it, with the
// values of its fields as printed and its paragraphs with their paths.
//
// Method: HTML form A and RTF with indexing name each field by a code of two
// or three letters (HD, BY, PD). HTML form B and RTF without indexing name
// none; each line between headline and text is recognised by its shape (see
// heading). XML names its elements.
//
// Limits: 64 MiB a file, 200,000 nodes of HTML, 64 levels of XML. XML with a
// document type definition is refused. What the codes of subjects and
// companies mean is left to the reader.
package factiva

import (
	"bytes"
	"fmt"
	"strconv"

	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

// maxPayload is the largest file that is read, in bytes.
const maxPayload = 64 << 20

// supplier names whose text it is.
const supplier = "Factiva"

// hint is what to do with a file of Factiva that cannot be read.
const hint = "save the articles again in Factiva, as HTML and at most 100 a file"

var (
	rtfNumber = pattern.New(`[A-Za-z0-9_]{2,12}(?:19|20)[0-9]{6}[a-z0-9]{6,10}\b`)
	rtfEnding = pattern.New(`^Dok?c?um\w{2,4}[ ~\\{}]{1,3}(?:\\?[a-z0-9]{1,4}[ {}]){0,4}[A-Za-z0-9_]{2,12}(?:19|20)[0-9]{6}[A-Za-z0-9]{6,10}\b`)
)

// Is reports whether payload is a file of Factiva. Its name says nothing.
func Is(payload []byte, name string) bool {
	return len(payload) <= maxPayload && carrier(payload) != ""
}

// carrier returns what kind of file payload is: "html", "rtf", "xml", "text", or "" if
// it is not Factiva's.
func carrier(payload []byte) string {
	b := bytes.TrimLeft(bytes.TrimPrefix(payload, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(payload, []byte{0xff, 0xfe}) || bytes.HasPrefix(payload, []byte{0xfe, 0xff}) {
		s, _ := page.Decode(payload, "")
		b = []byte(s)
	}
	switch {
	case bytes.HasPrefix(b, []byte(`{\rtf`)):
		if numberedRTF(b) {
			return "rtf"
		}
	case !bytes.HasPrefix(b, []byte("<")):
		if plainText(b) {
			return "text"
		}
	case bytes.Contains(b, []byte("<pps")) && (bytes.Contains(b, []byte("<ppsarticle")) || bytes.Contains(b, []byte("<ppsArticleResponse"))),
		bytes.Contains(b, []byte("<accessionNo")) && bytes.Contains(b, []byte("<headline")):
		return "xml"
	case articleMarked(b):
		return "html"
	}
	return ""
}

// articleMarked reports whether a page has an element of the class "article
// enArticle" or that of another language.
func articleMarked(b []byte) bool {
	const mark = "article "
	for {
		i := bytes.Index(b, []byte(mark))
		if i < 0 {
			return false
		}
		near := bytes.ToLower(b[max(0, i-12):i])
		b = b[i+len(mark):]
		if len(b) > 9 && letter(b[0]) && letter(b[1]) && bytes.EqualFold(b[2:9], []byte("article")) && !letter(b[9]) && bytes.Contains(near, []byte("class")) {
			return true
		}
	}
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// numberedRTF reports whether RTF has the line with a number that ends an
// article, or names Factiva and has such a number.
func numberedRTF(b []byte) bool {
	for at := b; ; {
		i := bytes.Index(at, []byte("Do"))
		if i < 0 {
			break
		}
		if rtfEnding.Match(at[i:min(len(at), i+120)]) {
			return true
		}
		at = at[i+2:]
	}
	return bytes.Contains(b, []byte("Factiva")) && rtfNumber.Match(b)
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
	case "xml":
		err = r.readXML(payload)
	case "rtf":
		err = r.readRTF(payload)
	case "text":
		err = r.readText(payload)
	default:
		err = page.Refuse("no file of Factiva", hint)
	}
	if err != nil {
		return document.Set{}, err
	}
	r.finish()
	if len(r.set.Drafts) == 0 && len(r.set.Left) == 0 {
		return document.Set{}, page.Refuse("a file of Factiva without articles", hint)
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
	case "xml":
		return findXML(payload, path)
	case "rtf":
		return findRTF(payload, path)
	case "text":
		return findText(payload, path)
	}
	return "", false
}

// A reader collects the articles of one file.
type reader struct {
	set     document.Set
	seen    int // articles met, drafts or not
	unknown map[string]*sighting
	codes   []string // of unknown, as they came
	beyond  int      // pieces left above mostLeft
	search  string   // what the file says of the search that it came from
	hits    int      // as the search says; 0 if it does not
	from    string   // where it says so
}

// A sighting is where a field that is not known was met.
type sighting struct {
	first string // article
	value string // of the first
	times int
}

// left records a piece of the file that was not understood.
func (r *reader) left(where, reason, next string) {
	if len(r.set.Left) >= mostLeft {
		r.beyond++
		return
	}
	r.set.Left = append(r.set.Left, document.Left{Where: where, Reason: reason, Hint: next})
}

// mostLeft is how many pieces that were not understood are listed one by one.
const mostLeft = 1000

// finish adds what is known only after the last article.
func (r *reader) finish() {
	for _, code := range r.codes {
		s := r.unknown[code]
		reason := "a field that is not known: " + strconv.Quote(code) + " (" + excerpt(s.value) + ")"
		if s.times > 1 {
			reason += fmt.Sprintf(", %d times in this file", s.times)
		}
		r.left(s.first, reason, "nothing to do unless it holds what you count; it is kept beside the other fields of its article")
	}
	if r.seen > document.MaxDrafts {
		r.left("article "+strconv.Itoa(document.MaxDrafts+1), fmt.Sprintf("more than %d articles in one file", document.MaxDrafts), hint)
	}
	if r.hits > 0 && r.hits != r.seen {
		r.left("the file", fmt.Sprintf("its search found %d documents; the file holds %d", r.hits, r.seen), "save the other pages of the search too if they are missing")
	}
	r.leftBeyond()
	if r.search != "" {
		r.set.Notes = append(r.set.Notes, "the file names its search: "+excerpt(r.search))
		for i := range r.set.Drafts {
			r.set.Drafts[i].Facts = document.Fact(r.set.Drafts[i].Facts, "search", r.search, r.from)
		}
	}
}

// leftBeyond says how many pieces are not listed.
func (r *reader) leftBeyond() {
	if r.beyond > 0 {
		r.set.Left = append(r.set.Left, document.Left{Where: "the file", Reason: fmt.Sprintf("%d more pieces were not understood", r.beyond), Hint: hint})
	}
}

// excerpt shortens s for a message.
func excerpt(s string) string {
	const most = 120 // characters
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "..."
		}
	}
	return s
}
