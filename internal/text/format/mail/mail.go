// Package mail reads e-mail messages (RFC 5322, MIME) and web pages saved as
// MHTML.
//
// In: the bytes of one .eml file, or of a mailbox file with several messages.
// Out: one draft of an article per message, with what its header says of title,
// sender and time, and paragraphs with paths; what is attached is listed, not
// read. Of MHTML the page itself (Page), which is read as every other page.
//
// Method: of alternatives the HTML part is read unless it holds no text; an
// attached or quoted mail that was passed on without comment gives the facts.
// Signatures are left out and noted; quoted replies, and what stands around the
// article of a newsletter, are kept as related. Limits: the date is when the
// mail was sent, which is not when an article in it was published; encrypted
// mail is refused; messages nested deeper than 8, or of more than 500 parts,
// are read up to there.
package mail

import (
	"bytes"
	"fmt"
	"strings"

	"recount"
	"recount/internal/pattern"
	"recount/internal/text/document"
	"recount/internal/text/page"
)

const (
	maxPayload  = 64 << 20 // bytes
	maxMessages = 10_000   // of one mailbox file
	maxParts    = 500      // of one message
	maxDepth    = 8        // of parts in parts
	maxHeader   = 256 << 10
	maxLines    = 100_000 // of one plain part
	maxLeft     = 200
)

// known lists header fields of which a message has at least two.
var known = map[string]bool{
	"from": true, "to": true, "cc": true, "subject": true, "date": true, "mime-version": true, "received": true, "return-path": true,
	"message-id": true, "delivered-to": true, "content-type": true, "reply-to": true, "content-transfer-encoding": true,
	"list-id": true, "list-unsubscribe": true, "snapshot-content-location": true, "dkim-signature": true, "arc-seal": true,
	"x-mailer": true, "x-received": true, "content-location": true, "sender": true, "authentication-results": true, "received-spf": true,
	"x-priority": true, "importance": true, "thread-topic": true, "thread-index": true, "user-agent": true, "in-reply-to": true, "references": true,
	"x-mozilla-status": true, "x-mozilla-status2": true, "x-account-key": true, "x-gm-thrid": true, "x-gmail-labels": true,
}

// Is reports whether payload begins with the header of a message: fields by
// their names, at least two of them known. A page saved as MHTML is one too.
func Is(payload []byte, name string) bool {
	head := payload[:min(len(payload), 16<<10)]
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), "\r\n")
	first, _, _ := bytes.Cut(head, []byte("\n"))
	boxed := envelope.Match(first)
	head = pastEnvelope(head)
	seen, strong, fields := 0, 0, 0
	for len(head) > 0 {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		head = rest
		if len(bytes.TrimRight(line, "\r")) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if fields == 0 {
				return false
			}
			continue
		}
		key, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || !fieldName(key) {
			// A header that is longer than what was looked at is cut anywhere.
			if len(head) == 0 && seen > 0 {
				break
			}
			return false
		}
		fields++
		k := strings.ToLower(string(key))
		if known[k] {
			seen++
		}
		switch k {
		case "mime-version", "received", "return-path", "message-id", "delivered-to", "content-type", "list-id", "snapshot-content-location", "dkim-signature", "x-mailer":
			strong++
		}
	}
	if boxed { // a mailbox file says what it is
		return seen >= 2
	}
	if eml := strings.HasSuffix(strings.ToLower(strings.TrimSuffix(name, ".gz")), ".eml"); eml {
		return seen >= 2
	}
	return seen >= 2 && strong >= 1
}

// fieldName reports whether b can be the name of a header field.
func fieldName(b []byte) bool {
	if len(b) == 0 || len(b) > 80 {
		return false
	}
	for _, c := range b {
		if c <= ' ' || c >= 0x7f || c == '<' || c == '{' {
			return false
		}
	}
	return true
}

// pastEnvelope cuts the line "From a@b.example Wed May 14 ..." that mailbox
// files put above each message.
func pastEnvelope(b []byte) []byte {
	if bytes.HasPrefix(b, []byte("From ")) {
		if _, rest, ok := bytes.Cut(b, []byte("\n")); ok {
			return rest
		}
	}
	return b
}

// envelope matches the line that mailbox files put above each message.
var envelope = pattern.New(`^From \S+ .*\b\d{4}\r?$`)

// messages cuts a mailbox file into its messages; every other file is one.
func messages(payload []byte) [][]byte {
	payload = bytes.TrimLeft(bytes.TrimPrefix(payload, []byte("\xef\xbb\xbf")), "\r\n")
	if !bytes.HasPrefix(payload, []byte("From ")) {
		return [][]byte{payload}
	}
	var out [][]byte
	start := 0
	for at := 1; at < len(payload) && len(out) <= maxMessages; {
		i := bytes.Index(payload[at:], []byte("\nFrom "))
		if i < 0 {
			break
		}
		i += at + 1
		at = i
		line, _, _ := bytes.Cut(payload[i:min(len(payload), i+300)], []byte("\n"))
		before := bytes.TrimRight(payload[max(0, i-4):i], "\r\n")
		if len(before) > 2 || !envelope.Match(line) || !Is(payload[i:], "a.eml") {
			continue
		}
		out = append(out, payload[start:i])
		start = i
	}
	return append(out, payload[start:])
}

// Read takes the messages in payload apart.
func Read(payload []byte, o document.Options) (document.Set, error) {
	var set document.Set
	if len(payload) > maxPayload {
		return set, page.Refuse(fmt.Sprintf("a mail of %d MiB; the limit is %d MiB", len(payload)>>20, maxPayload>>20), "save the attachments and the text of the mail on their own")
	}
	all := messages(payload)
	if len(all) > maxMessages {
		return set, page.Refuse(fmt.Sprintf("a mailbox of more than %d messages", maxMessages), "export it in parts and add those")
	}
	var first error
	for i, m := range all {
		r := reader{set: &set}
		if bytes.HasPrefix(m, []byte("From ")) {
			m = bytes.ReplaceAll(m, []byte("\n>From "), []byte("\nFrom ")) // as mailbox files write it
		}
		if len(all) > 1 {
			r.prefix = fmt.Sprintf("mail[%d]/", i+1)
			r.draft.Part = fmt.Sprint(i + 1)
			r.draft.Range = fmt.Sprintf("mail %d", i+1)
		}
		if err := r.message(m); err != nil {
			if first == nil {
				first = err
			}
			if len(all) > 1 {
				r.left(fmt.Sprintf("mail %d", i+1), strings.TrimSuffix(err.Error(), ": "+recount.ErrRefused.Error()), recount.HintOf(err))
			}
			continue
		}
		set.Drafts = append(set.Drafts, r.draft)
	}
	if len(set.Drafts) == 0 {
		return document.Set{Left: set.Left}, first
	}
	return set, nil
}

// Find returns the paragraph at a path, read from payload again.
func Find(payload []byte, path string) (string, bool) {
	set, _ := Read(payload, document.Options{})
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			if p.Path == path {
				return p.Text, true
			}
		}
	}
	return "", false
}
