package study

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/feed"
	"recount/internal/capture/unpack"
	"recount/internal/text"
)

// Add archives files, folders and pages of the web.
func (s *intake) Add(ctx context.Context, o Offer) (*Added, error) {
	h, err := s.taker(ctx, o)
	if err != nil {
		return nil, err
	}
	var files []string
	var asks []pageRequest
	for _, p := range o.Paths {
		if Address(p) {
			asks = append(asks, pageRequest{URL: p})
		} else {
			files = append(files, p)
		}
	}
	channel := fromFile
	if len(files) == 0 {
		channel = fromWeb
	}
	found, err := h.files(files)
	if err != nil {
		return h.out, h.stop(channel, err)
	}
	if asks = append(asks, found...); len(asks) > 0 {
		if err := h.fetch(asks); err != nil {
			return h.out, h.stop(channel, err)
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
func (h *taker) files(paths []string) (asks []pageRequest, err error) {
	var sources []capture.Source
	linked, first := map[capture.Passed]int{}, map[capture.Passed]string{}
	for src, err := range capture.Files(paths, h.offer.Follow) {
		if err := h.context.Err(); err != nil {
			return nil, err
		}
		if p := capture.Passed(""); errors.As(err, &p) {
			if linked[p]++; linked[p] == 1 {
				first[p] = src.InFolder()
			}
			continue
		}
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return nil, err
			}
			h.out.Offered++
			h.refuse(src.InFolder(), err)
			continue
		}
		sources = append(sources, src)
	}
	for p, n := range linked {
		h.passed[string(p)+" (the first is "+first[p]+")"] += n
	}
	h.name(sources)
	// A bibliography says of which pages the files beside it are.
	beside, err := h.attachments(sources)
	if err != nil {
		return nil, err
	}
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

// name says what the study calls files: by their place in the folder that was
// offered, whatever that folder is called, so that a new version in another
// folder is one, and coders whose folders have other names mean the same page.
// Two files of one place that are offered together keep the names of their
// folders; so do all files of a study of version 0.1.
func (h *taker) name(sources []capture.Source) {
	at := map[string]string{} // name -> path of the only file with it, or ""
	for _, src := range sources {
		if p, twice := at[src.Name]; twice && p != absolute(src.Path) {
			at[src.Name] = ""
		} else {
			at[src.Name] = absolute(src.Path)
		}
	}
	for i := range sources {
		src := &sources[i]
		switch {
		case h.older != nil:
			src.Name = h.older.name(*src)
		case at[src.Name] == "":
			src.Name = src.InFolder()
		}
	}
}

// olderNames holds the names of files in a study of version 0.1, where they
// began with the name of the folder that was offered.
type olderNames struct {
	whole  map[string]bool
	inside map[string]string // place in its folder -> name; "" if several have it
}

func intakeNamesOf(have []recount.Capture) *olderNames {
	n := &olderNames{map[string]bool{}, map[string]string{}}
	for _, c := range have {
		if c.Channel != fromFile || n.whole[c.Name] {
			continue
		}
		n.whole[c.Name] = true
		if _, inside, ok := strings.Cut(c.Name, "/"); ok {
			if _, twice := n.inside[inside]; twice {
				n.inside[inside] = ""
			} else {
				n.inside[inside] = c.Name
			}
		}
	}
	return n
}

// name is what the study calls a file: as it is called there already, else
// after its folder.
func (n *olderNames) name(src capture.Source) string {
	if name := n.inside[src.Name]; name != "" && src.Folder != "" && !n.whole[src.InFolder()] {
		return name
	}
	return src.InFolder()
}

// file takes one file, or what is in it if it is a container.
func (h *taker) file(src capture.Source, beside map[string]recount.Origin) ([]pageRequest, error) {
	f, err := os.Open(src.Path)
	if err == nil {
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			// A packed page is one page and is read as such.
			if kind := unpack.KindAt(f, info.Size(), src.Name); kind != "" && kind != "gzip" {
				return h.container(f, info.Size(), src)
			}
		}
	}
	h.out.Offered++
	data, err := capture.ReadFile(src.Path, capture.MaxPayload)
	if err != nil {
		if !errors.Is(err, recount.ErrRefused) {
			return nil, err
		}
		h.refuse(src.Name, err)
		return nil, nil
	}
	origin := beside[absolute(src.Path)]
	origin.Columns = h.offer.Columns
	it := item{name: src.Name, data: data, channel: fromFile, origin: origin}
	if _, err := h.look(&it); err != nil {
		return nil, err
	}
	if err := h.take(it); err != nil {
		return nil, err
	}
	return h.list(src, it, beside)
}

// list returns the addresses that a file lists, if they are to be fetched.
func (h *taker) list(src capture.Source, it item, beside map[string]recount.Origin) (asks []pageRequest, err error) {
	seen, err := h.look(&it)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(it.data)
	for _, l := range seen.Leads {
		if l.File != "" {
			if _, offered := beside[attachment(src.Path, l.File)]; offered {
				continue
			}
			if l.URL == "" {
				h.out.Offered++
				h.refuse(src.Name+": "+l.File, recount.WithHint(fmt.Errorf("a file that the bibliography names was not offered with it: %w", recount.ErrRefused),
					"add the folder that holds both"))
			}
		}
		if l.URL != "" {
			asks = append(asks, pageRequest{URL: l.URL, Hints: l.Facts, Within: &recount.Within{File: src.Name, Hash: hex.EncodeToString(sum[:])}})
		}
	}
	if len(asks) == 0 {
		return nil, nil
	}
	if !h.offer.Fetch {
		h.out.Lists = append(h.out.Lists, AddressList{src.Name, len(asks) + seen.Listed - len(seen.Leads)})
		return nil, nil
	}
	if err := text.MoreLeads(seen.Listed); err != nil {
		h.refuse(src.Name, err)
	}
	// Pages that an earlier run took are not asked for again, so that a long
	// list goes on where it stopped.
	if h.pages == nil {
		have, err := h.Store.Captures(h.context)
		if err != nil {
			return nil, err
		}
		h.pages = captured(have)
	}
	return slices.DeleteFunc(asks, func(a pageRequest) bool {
		key := text.Canonical(a.URL)
		there := h.pages[key]
		if h.pages[key] = true; there {
			h.out.Offered++
			h.out.Known = append(h.out.Known, KnownFile{a.URL, a.URL})
		}
		return there
	}), nil
}

// attachments returns what bibliographies say of files that are offered with
// them, by path. No other file is opened because a bibliography names it.
func (h *taker) attachments(sources []capture.Source) (map[string]recount.Origin, error) {
	out, offered := map[string]recount.Origin{}, map[string]bool{}
	if len(sources) < 2 {
		return out, nil // nothing lies beside it
	}
	for _, src := range sources {
		offered[absolute(src.Path)] = true
	}
	for _, src := range sources {
		switch strings.ToLower(filepath.Ext(src.Path)) {
		case ".ris", ".bib", ".json":
		default:
			continue
		}
		data, err := capture.ReadFile(src.Path, capture.MaxPayload)
		if err != nil {
			continue // it is refused when its turn comes
		}
		seen, err := h.look(&item{name: src.Name, data: data})
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		for _, l := range seen.Leads {
			if p := attachment(src.Path, l.File); l.File != "" && offered[p] {
				out[p] = recount.Origin{Hints: l.Facts, Within: &recount.Within{File: src.Name, Hash: hex.EncodeToString(sum[:])}}
			}
		}
	}
	return out, nil
}

// attachment returns the path of a file that a bibliography names.
func attachment(bibliography, file string) string {
	if filepath.IsAbs(file) {
		return absolute(file)
	}
	return absolute(filepath.Join(filepath.Dir(bibliography), filepath.FromSlash(file)))
}

func absolute(path string) string {
	if a, err := filepath.Abs(path); err == nil {
		return a
	}
	return path
}

// container takes what is in an archive of files or pages.
func (h *taker) container(f *os.File, size int64, src capture.Source) (asks []pageRequest, err error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, size)); err != nil {
		h.out.Offered++
		h.refuse(src.Name, recount.WithHint(fmt.Errorf("%w: %w", recount.ErrRefused, err), "look whether the file can be read to its end, then add it again"))
		return nil, nil
	}
	o := unpack.Options{Hosts: h.offer.Hosts, Match: h.offer.Match, MaxPayload: capture.MaxPayload,
		Skipped: func(reason string) { h.passed[reason]++ }}
	asks, whole, err := h.packed(src.Name, unpack.Items(f, size, src.Name, hex.EncodeToString(sum.Sum(nil)), o))
	if err == nil && whole {
		h.right(src.Name)
	}
	return asks, err
}

// packed takes the pages that lie in the container file. whole says that the container
// itself could be read to its end.
func (h *taker) packed(file string, items iter.Seq2[unpack.Item, error]) (asks []pageRequest, whole bool, err error) {
	whole = true
	for it, err := range items {
		if err := h.context.Err(); err != nil {
			return nil, false, err
		}
		h.out.Offered++
		name := it.Name
		if name == "" {
			name = file
		}
		if err != nil {
			if !errors.Is(err, recount.ErrRefused) {
				return nil, false, err
			}
			whole = whole && name != file
			h.refuse(name, err)
			continue
		}
		one, lists := h.unpacked(name, it), it.Fetch == nil && it.Own == nil && !Address(name)
		if lists {
			if _, err := h.look(&one); err != nil {
				return nil, false, err
			}
		}
		if err := h.take(one); err != nil {
			return nil, false, err
		}
		if lists {
			more, err := h.list(capture.Source{Name: name}, one, nil)
			if err != nil {
				return nil, false, err
			}
			asks = append(asks, more...)
		}
		h.Progress("add", h.out.Offered, 0)
	}
	return asks, whole, nil
}

// AddPages archives pages that lie in files outside of the study, as Add would
// if it was offered those files and took these pages only. o.Paths says in the
// search log where they came from.
func (s *intake) AddPages(ctx context.Context, o Offer, items iter.Seq2[unpack.Item, error]) (*Added, error) {
	h, err := s.taker(ctx, o)
	if err != nil {
		return nil, err
	}
	if _, _, err := h.packed("", items); err != nil {
		return h.out, h.stop(fromFile, err)
	}
	return h.out, h.close(fromFile)
}

// unpacked makes an item of what lay in a container. What a study of recount
// wrote comes in as it was there.
func (h *taker) unpacked(name string, it unpack.Item) item {
	out := item{name: name, data: it.Payload, captured: it.Captured, channel: fromFile, origin: it.Origin()}
	if it.Fetch != nil || Address(name) {
		out.channel = fromArchive
	}
	if it.Own != nil {
		out.media = it.MediaType
		switch {
		case it.Own.Hand != nil:
			out.channel = fromHand
		case it.Fetch != nil && feed.Is(it.Payload):
			out.channel = fromFeed
		}
	} else {
		out.origin.Columns = h.offer.Columns
	}
	return out
}
