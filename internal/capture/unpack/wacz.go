package unpack

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"recount"
	"recount/internal/capture/unpack/warc"
)

const maxTitles = 200_000 // pages of a WACZ whose titles are kept

// wacz walks the WARC files of s, with the titles of its page lists, and
// reports whether to go on.
func (w *unpacking) wacz(s source) bool {
	outer, titles := w.index, w.titles
	w.index, w.titles = newIndex(), map[nameKey]string{}
	defer func() { w.index, w.titles = outer, titles }()
	w.pageLists(s)
	return w.zip(s, func(name string) bool {
		return strings.HasPrefix(name, "archive/") || strings.HasSuffix(name, ".wacz")
	}) && w.settle()
}

// pageLists reads the titles in pages/*.jsonl; what is wrong with them costs
// only the titles.
func (w *unpacking) pageLists(s source) {
	d, err := openDirectory(s.at, s.size)
	if err != nil {
		return
	}
	for n := 0; n < w.o.MaxMembers; n++ {
		e, err := d.Next()
		if err != nil {
			return
		}
		if !strings.HasPrefix(e.Name, "pages/") || !strings.HasSuffix(e.Name, ".jsonl") {
			continue
		}
		_, data, err := localHeader(s.at, e.Header)
		if err != nil {
			continue
		}
		list := &unpacking{o: w.o, rootSize: w.rootSize, names: map[nameKey]int{}}
		list.yield = func(i Item, err error) bool {
			if err == nil {
				w.readTitles(i.Payload)
			}
			return true
		}
		list.member(s, e, "", data)
	}
}

func (w *unpacking) readTitles(b []byte) {
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, len(b)+1)
	for sc.Scan() && len(w.titles) < maxTitles {
		var p struct{ URL, TS, Title string }
		if json.Unmarshal(sc.Bytes(), &p) == nil && p.URL != "" && p.Title != "" {
			w.titles[titleKey(p.URL, warc.Moment(p.TS))] = p.Title
			w.titles[titleKey(p.URL, time.Time{})] = p.Title
		}
	}
}

func titleKey(url string, t time.Time) nameKey { return keyOf(t.Format(time.RFC3339) + " " + url) }

// describe adds to a page what the page list says of it.
func (w *unpacking) describe(i *Item) {
	title := w.titles[titleKey(i.Name, i.Captured)]
	if title == "" {
		title = w.titles[titleKey(i.Name, time.Time{})]
	}
	if title != "" {
		i.Hints = append(i.Hints, recount.Candidate{Field: "title", Value: title, Origin: "WACZ page list"})
	}
}
