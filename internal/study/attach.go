package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/capture"
	"recount/internal/text"
)

// Kinds of what a person supplies.
const (
	intakeAttachment = "attachment"  // a screenshot, scan, photo, recording or file
	intakeTyped      = "typed"       // text typed in from one
	translation      = "translation" // of a page that the study holds
)

// A Supplied is what a person supplies for a page: a picture, scan or
// recording of it, the text typed in from that, or a translation.
type Supplied struct {
	Address   string // of the page
	File      string // path of the picture, scan, recording or file; or ""
	Text      string // typed in or translated; or ""
	By        string // who typed or translated it
	Where     string // region, page or time code that the text was typed from
	Translate bool   // Text is a translation
	Machine   bool   // a machine translated it
	Checked   string // who compared it with the original
	Title     string
	Outlet    string
	Published string
	Byline    string
}

// Attach archives what a person supplies for one page. What was typed is kept
// apart from what it was typed from, and says so.
func (s *intake) Attach(ctx context.Context, x Supplied) (*Added, error) {
	switch {
	case !Address(x.Address):
		return nil, recount.WithHint(fmt.Errorf("%q: %w: no address of a page", x.Address, recount.ErrInvalid), "give the address where the page stands or stood: https://...")
	case x.File == "" && strings.TrimSpace(x.Text) == "":
		return nil, recount.WithHint(fmt.Errorf("%w: nothing to attach", recount.ErrInvalid), "name a file, and give the text with --text FILE")
	case x.Text != "" && x.By == "":
		return nil, recount.WithHint(fmt.Errorf("%w: a text without a name", recount.ErrInvalid), "say with --by who typed or translated it")
	case !isText(x.Text):
		return nil, recount.WithHint(fmt.Errorf("%w: the text is not UTF-8", recount.ErrInvalid), "save it as UTF-8 text")
	}
	for _, f := range [...][2]string{{"address", x.Address}, {"name of who typed", x.By}, {"place", x.Where}, {"name of who compared", x.Checked},
		{"title", x.Title}, {"outlet", x.Outlet}, {"day of publication", x.Published}, {"byline", x.Byline}} {
		if !isText(f[1]) || len(f[1]) > intakeMaxWords {
			return nil, recount.WithHint(fmt.Errorf("%w: the %s is no text, or longer than %d bytes", recount.ErrInvalid, f[0], intakeMaxWords), "write it in plain words")
		}
	}
	if x.Published != "" {
		if _, err := recount.ParseDate(x.Published); err != nil {
			return nil, fmt.Errorf("day of publication: %w", err)
		}
	}
	h, err := s.taker(ctx, Offer{Paths: []string{x.Address}})
	if err != nil {
		return nil, err
	}
	hints := x.hints()
	of := ""
	if x.Translate && x.Text != "" {
		if of, err = s.original(ctx, x.Address); err != nil {
			return nil, err
		}
	}
	if x.File != "" {
		h.out.Offered++
		data, err := capture.ReadFile(x.File, capture.MaxPayload)
		if err != nil {
			return nil, err
		}
		if of == "" {
			sum := sha256.Sum256(data)
			of = hex.EncodeToString(sum[:])
		}
		err = h.take(item{name: x.Address, data: data, channel: fromHand, origin: recount.Origin{Hints: hints,
			Within: &recount.Within{File: baseName(x.File)}, Hand: &recount.Hand{Kind: intakeAttachment, By: h.Actor, Where: x.Where}}})
		if err != nil {
			return nil, err
		}
	}
	if x.Text != "" {
		h.out.Offered++
		kind := intakeTyped
		if x.Translate {
			kind = translation
		}
		err := h.take(item{name: x.Address, data: []byte(x.Text), media: "text/plain; charset=utf-8", channel: fromHand,
			origin: recount.Origin{Hints: hints, Hand: &recount.Hand{Kind: kind, Of: of, By: x.By, Where: x.Where, Machine: x.Machine, Checked: x.Checked}}})
		if err != nil {
			return nil, err
		}
	}
	return h.out, h.close(fromHand)
}

// original returns the hash of the newest capture of a page that can be read.
func (s *intake) original(ctx context.Context, page string) (string, error) {
	have, err := s.Store.Captures(ctx)
	if err != nil {
		return "", err
	}
	var newest recount.Capture
	for _, c := range have {
		if text.Canonical(c.Name) == text.Canonical(page) && intakeReadable(c) && (newest.Hash == "" || newest.Captured.Before(c.Captured)) {
			newest = c
		}
	}
	if newest.Hash == "" {
		return "", recount.WithHint(fmt.Errorf("%s: %w: no page of that address to translate", page, recount.ErrNotFound),
			"add the page first: recount add "+page)
	}
	return newest.Hash, nil
}

// isText reports whether the index can keep s as it is.
func isText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// hints returns what the person says of the page.
func (x *Supplied) hints() (out []recount.Candidate) {
	for _, f := range [...][2]string{{"url", x.Address}, {"title", x.Title}, {"outlet", x.Outlet}, {"published", x.Published}, {"byline", x.Byline}} {
		if f[1] != "" {
			out = append(out, recount.Candidate{Field: f[0], Value: f[1], Origin: "by hand"})
		}
	}
	return out
}

func baseName(path string) string {
	return path[strings.LastIndexAny(path, `/\`)+1:]
}
