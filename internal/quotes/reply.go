package quotes

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"recount"
)

// An offer is one quotation of a reply, unchecked.
type offer struct {
	Quote   string `json:"quote"`
	Speaker string `json:"speaker"`
	Type    string `json:"type"`
}

// parse reads the list in a reply. Models put it in a code fence, after their
// thoughts, or as the only list in an object; all three are read. Entries
// without words are counted as unreadable.
func parse(reply string) (offers []offer, unreadable int, err error) {
	if len(reply) > MostAssist {
		return nil, 0, fmt.Errorf("%w: the reply is longer than %d kB", recount.ErrRefused, MostAssist>>10)
	}
	if i := strings.LastIndex(reply, "</think>"); i >= 0 {
		reply = reply[i+len("</think>"):]
	}
	reply = strings.TrimSpace(reply)
	if !strings.HasPrefix(reply, "[") && !strings.HasPrefix(reply, "{") {
		if _, fenced, ok := strings.Cut(reply, "```"); ok {
			fenced, _, _ = strings.Cut(fenced, "```")
			_, reply, _ = strings.Cut(fenced, "\n") // the rest of the first line names the language
		}
	}
	list, err := items([]byte(reply))
	if err != nil {
		return nil, 0, err
	}
	if len(list) > mostItems {
		return nil, 0, fmt.Errorf("%w: the reply has more than %d quotations", recount.ErrRefused, mostItems)
	}
	for _, raw := range list {
		var o offer
		if json.Unmarshal(raw, &o) != nil || strings.TrimSpace(o.Quote) == "" {
			unreadable++
			continue
		}
		o.Speaker = strings.TrimSpace(o.Speaker)
		offers = append(offers, o)
	}
	return offers, unreadable, nil
}

// items returns the entries of a list, of the only list in an object, or an
// object that is itself a quotation.
func items(reply []byte) (list []json.RawMessage, err error) {
	bad := fmt.Errorf("%w: the reply is no list of quotations", recount.ErrInvalid)
	reply = bytes.TrimSpace(reply)
	if bytes.HasPrefix(reply, []byte("[")) {
		if json.Unmarshal(reply, &list) != nil {
			return nil, bad
		}
		return list, nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(reply, &object) != nil || object == nil {
		return nil, bad
	}
	if object["quote"] != nil {
		return []json.RawMessage{reply}, nil
	}
	lists := 0
	for _, v := range object {
		if bytes.HasPrefix(v, []byte("[")) {
			lists++
			if json.Unmarshal(v, &list) != nil {
				return nil, bad
			}
		}
	}
	if lists != 1 {
		return nil, bad
	}
	return list, nil
}

// marks are the quotation marks that may stand around a quotation.
const marks = "\"'“”„‟‘’‚‛«»‹›"

// unquoted takes the quotation marks off that stand around the whole of s.
func unquoted(s string) string {
	s = strings.TrimSpace(s)
	for {
		open, w := utf8.DecodeRuneInString(s)
		end, v := utf8.DecodeLastRuneInString(s)
		if len(s) < w+v || !strings.ContainsRune(marks, open) || !strings.ContainsRune(marks, end) {
			return s
		}
		s = strings.TrimSpace(s[w : len(s)-v])
	}
}

// kind returns the type of an offer: what the reply says if that is a type,
// else direct where quotation marks stand around the words and indirect where
// none do.
func (o *offer) kind(text string, p recount.Span) recount.QuotationType {
	switch t := recount.QuotationType(strings.ToLower(o.Type)); t {
	case recount.Direct, recount.Indirect, recount.Mixed:
		return t
	}
	open, _ := utf8.DecodeLastRuneInString(text[:p.Start])
	end, _ := utf8.DecodeRuneInString(text[p.End:])
	if strings.ContainsRune(marks, open) && strings.ContainsRune(marks, end) {
		return recount.Direct
	}
	return recount.Indirect
}
