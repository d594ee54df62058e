package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/unpack"
	"recount/internal/text"
)

func sorted(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }

// Add archives files, folders and pages of the web.
func (s *Shelf) Add(ctx context.Context, o Offer) (*Added, error) {
	h, err := s.hand(ctx, o)
	if err != nil {
		return nil, err
	}
	var files []string
	var asks []Ask
	for _, p := range o.Paths {
		if Address(p) {
			asks = append(asks, Ask{URL: p})
		} else {
			files = append(files, p)
		}
	}
	found, err := h.files(files)
	if err != nil {
		return h.out, errors.Join(h.flush(), err)
	}
	channel := FromFile
	if len(files) == 0 {
		channel = FromWeb
	}
	if asks = append(asks, found...); len(asks) > 0 {
		if err := h.fetch(asks); err != nil {
			return h.out, errors.Join(h.flush(), err)
		}
	}
	return h.out, h.close(channel)
}

// Address reports whether what was given is an address and no path.
func Address(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// files takes files and folders, and returns the addresses in lists among
// them if they are to be fetched.
func (h *hand) files(paths []string) (asks []Ask, err error) {
	var sources []capture.Source
	for src, err := range capture.Files(paths) {
		if err := h.context.Err(); err != nil {
			return nil, err
		}
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return nil, err
			}
			h.out.Offered++
			h.refuse(src.Name, err)
			continue
		}
		sources = append(sources, src)
	}
	// A bibliography says of which pages the files beside it are.
	beside := h.attachments(sources)
	for i, src := range sources {
		if err := h.context.Err(); err != nil {
			return nil, err
		}
		more, err := h.file(src, beside)
		if err != nil {
			return nil, err
		}
		asks = append(asks, more...)
		h.Progress("add", i+1, len(sources))
	}
	return asks, nil
}

// file takes one file, or what is in it if it is a container.
func (h *hand) file(src capture.Source, beside map[string]recount.Origin) ([]Ask, error) {
	f, err := os.Open(src.Path)
	if err == nil {
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			// A packed page is one page and is read as such.
			if kind := unpack.KindAt(f, info.Size(), src.Name); kind != "" && kind != "gzip" {
				return nil, h.container(f, info.Size(), src)
			}
		}
	}
	h.out.Offered++
	data, err := capture.ReadFile(src.Path, MaxPayload)
	if err != nil {
		if !errors.Is(err, recount.ErrRefused) {
			return nil, err
		}
		h.refuse(src.Name, err)
		return nil, nil
	}
	origin := beside[abs(src.Path)]
	origin.Columns = h.offer.Columns
	if err := h.take(item{name: src.Name, data: data, channel: FromFile, origin: origin}); err != nil {
		return nil, err
	}
	return h.list(src, data, beside)
}

// list returns the addresses that a file lists, if they are to be fetched.
func (h *hand) list(src capture.Source, data []byte, beside map[string]recount.Origin) (asks []Ask, err error) {
	leads := text.Leads(data, text.Options{Name: src.Name, Columns: h.offer.Columns})
	sum := sha256.Sum256(data)
	for _, l := range leads {
		if _, there := beside[attachment(src.Path, l.File)]; there && l.File != "" || l.URL == "" {
			continue
		}
		asks = append(asks, Ask{URL: l.URL, Hints: l.Facts, Within: &recount.Within{File: src.Name, Hash: hex.EncodeToString(sum[:])}})
	}
	if len(asks) > 0 && !h.offer.Fetch {
		h.out.Lists = append(h.out.Lists, List{src.Name, len(asks)})
		return nil, nil
	}
	// Pages that an earlier run took are not asked for again, so that a long
	// list goes on where it stopped.
	have, err := h.Store.Captures(h.context)
	if err != nil {
		return nil, err
	}
	pages := captured(have)
	asks = slices.DeleteFunc(asks, func(a Ask) bool {
		there := pages[text.Canonical(a.URL)]
		if there {
			h.out.Offered++
			h.out.Known = append(h.out.Known, Known{a.URL, a.URL})
		}
		return there
	})
	return asks, nil
}

// attachments returns what bibliographies say of files beside them, by path.
func (h *hand) attachments(sources []capture.Source) map[string]recount.Origin {
	out := map[string]recount.Origin{}
	for _, src := range sources {
		switch strings.ToLower(filepath.Ext(src.Path)) {
		case ".ris", ".bib", ".json":
		default:
			continue
		}
		data, err := capture.ReadFile(src.Path, MaxPayload)
		if err != nil {
			continue // it is refused when its turn comes
		}
		sum := sha256.Sum256(data)
		for _, l := range text.Leads(data, text.Options{Name: src.Name}) {
			if p := attachment(src.Path, l.File); l.File != "" && regular(p) {
				out[p] = recount.Origin{Hints: l.Facts, Within: &recount.Within{File: src.Name, Hash: hex.EncodeToString(sum[:])}}
			}
		}
	}
	return out
}

func regular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// attachment returns the path of a file that a bibliography names.
func attachment(bibliography, file string) string {
	if filepath.IsAbs(file) {
		return abs(file)
	}
	return abs(filepath.Join(filepath.Dir(bibliography), filepath.FromSlash(file)))
}

func abs(path string) string {
	if a, err := filepath.Abs(path); err == nil {
		return a
	}
	return path
}

// container takes what is in an archive of files or pages.
func (h *hand) container(f *os.File, size int64, src capture.Source) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		h.out.Offered++
		h.refuse(src.Name, recount.WithHint(fmt.Errorf("%w: %w", recount.ErrRefused, err), "look whether the file can be read to its end, then add it again"))
		return nil
	}
	o := unpack.Options{Hosts: h.offer.Hosts, Match: h.offer.Match, MaxPayload: MaxPayload,
		Skipped: func(reason string) { h.passed[reason]++ }}
	for it, err := range unpack.Items(f, size, src.Name, hex.EncodeToString(sum.Sum(nil)), o) {
		if err := h.context.Err(); err != nil {
			return err
		}
		h.out.Offered++
		name := it.Name
		if name == "" {
			name = src.Name
		}
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return err
			}
			h.refuse(name, err)
			continue
		}
		channel, media := FromFile, ""
		if it.Fetch != nil || Address(name) {
			channel, media = FromArchive, ""
		}
		within := it.Within
		if err := h.take(item{name: name, data: it.Payload, captured: it.Captured, media: media, channel: channel,
			origin: recount.Origin{Fetch: it.Fetch, Within: &within, Columns: h.offer.Columns}}); err != nil {
			return err
		}
		h.Progress("add", h.out.Offered, 0)
	}
	return nil
}
