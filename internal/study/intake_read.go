package study

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"recount"
	"recount/internal/capture"
	"recount/internal/parallel"
	"recount/internal/sandbox"
	"recount/internal/text"
)

// A textReader takes the text out of captures, in child processes with limits.
type textReader struct {
	archive *capture.Archive
	files   *sandbox.Reader
}

// newTextReader returns a reader. child is the command line of a child process
// that runs sandbox.ServeReader; without one everything is read in this
// process. log hears at Debug how children end.
func newTextReader(archive *capture.Archive, child []string, log *slog.Logger) *textReader {
	return &textReader{archive, sandbox.NewReader(child, log)}
}

// Close ends the child processes.
func (r *textReader) Close() { r.files.Close() }

// intakeReadable reports whether a capture is to be read as articles: feeds,
// translations, and pictures and recordings that somebody supplied are not.
func intakeReadable(c recount.Capture) bool {
	switch {
	case c.Channel == fromFeed:
		return false
	case c.Origin.Hand == nil:
		return true
	case c.Origin.Hand.Kind == translation:
		return false
	case c.Origin.Hand.Kind == intakeAttachment:
		kind, _, _ := strings.Cut(c.MediaType, "/")
		return kind != "image" && kind != "audio" && kind != "video" && c.MediaType != "application/octet-stream"
	}
	return true
}

// Read reads captures on all cores. What could not be read, and what in them
// was not understood, is refused.
func (r *textReader) Read(ctx context.Context, captures []recount.Capture) (articles []recount.Article, refused []recount.Refusal, err error) {
	type result struct {
		text.Contents
		err error
	}
	got := make([]result, len(captures))
	parallel.Each(len(captures), func(i int) {
		// What no reader foresaw in one file must not end the work on the rest.
		defer func() {
			if e := recover(); e != nil {
				got[i].Contents = text.Contents{}
				got[i].err = recount.WithHint(fmt.Errorf("its reader broke off (%v): %w", e, recount.ErrRefused),
					"supply its text by hand: recount attach; and send the file to the maintainers if you may")
			}
		}()
		got[i].Contents, got[i].err = r.one(ctx, captures[i])
	})
	for i, g := range got {
		c := captures[i]
		refuse := func(name string, err error) {
			x := refusalOf(name, c.Hash, "extract", err)
			x.Extractor = text.Extractor
			refused = append(refused, x)
		}
		if g.err != nil {
			if !errors.Is(g.err, recount.ErrRefused) {
				return nil, nil, g.err
			}
			refuse(c.Name, g.err)
			continue
		}
		for _, a := range g.Articles {
			a.Capture, a.Name = c.Key, c.Name
			a.Key = recount.ArticleKey(c.Key, a.Part)
			articles = append(articles, a)
		}
		for _, l := range g.Left {
			refuse(c.Name+"#"+l.Where, recount.WithHint(fmt.Errorf("%s: %w", l.Reason, recount.ErrRefused), l.Hint))
		}
		switch {
		case len(g.Articles) > 0: // each is kept or refused
		case g.Listed > 0:
			refuse(c.Name, recount.WithHint(fmt.Errorf("a list of addresses (%d) and no text: %w", g.Listed, recount.ErrRefused),
				"fetch the pages: recount add --fetch "+c.Name))
		default:
			refuse(c.Name, recount.WithHint(fmt.Errorf("no article in it was understood: %w", recount.ErrRefused), "look at the parts that are listed beside it"))
		}
	}
	return articles, refused, nil
}

func (r *textReader) one(ctx context.Context, c recount.Capture) (out text.Contents, err error) {
	payload, err := r.archive.Payload(c.Record)
	if err != nil {
		return out, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	o := text.Options{Name: c.Name, MediaType: c.MediaType, Captured: c.Captured, Hints: c.Origin.Hints, Fetch: c.Origin.Fetch, Columns: c.Origin.Columns, Counted: true}
	if h := c.Origin.Hand; h != nil {
		o.Supplier = supplier(c)
	}
	return r.files.Read(ctx, payload, o)
}

// supplier says who supplied a text by hand.
func supplier(c recount.Capture) string {
	h := c.Origin.Hand
	if h.Kind == intakeAttachment {
		return "supplied by " + h.By
	}
	s := "typed in by " + h.By + " on " + c.Captured.Format("2006-01-02")
	if h.Where != "" {
		s += " from " + h.Where
	}
	return s
}
