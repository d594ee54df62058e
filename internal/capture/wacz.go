package capture

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"

	"recount"
	"recount/internal/capture/unpack/warc"
)

// This file writes archived pages as one WACZ file, the form in which web
// archives are handed on and replayed in a browser.
//
// In: WARC files, compressed record by record, and the list of the pages that
// count. Out: a WACZ 1.2.0 (Webrecorder, "Web Archive Collection Zipped"): a
// ZIP with archive/*.warc.gz byte for byte as they are, indexes/index.cdx,
// pages/pages.jsonl, datapackage.json with the SHA-256 and size of each of
// them, and datapackage-digest.json with the SHA-256 of that.
//
// Method: each WARC file is read twice, once to index and hash it, once to
// copy it, and the two are compared, so that the output is written from front
// to back and no size is filled in afterwards. The same input gives the same
// bytes: all members bear the time of the package.
//
// Limits: the index and the page list are built in memory, some 300 bytes for
// each record and the text of each page. Records that are no response,
// resource or revisit are not indexed. The package is not signed.

// waczVersion is the version of WACZ that is written.
const waczVersion = "1.2.0"

// waczOptions describes the package.
type waczOptions struct {
	Title       string
	Description string    // Markdown
	Software    string    // "recount 0.2.0"
	Created     time.Time // of the study, as no clock is asked here
}

// A waczFile is one WARC file, compressed by gzip record by record.
type waczFile struct {
	Name string // "recount-00001.warc.gz"
	Data io.ReaderAt
	Size int64 // bytes
}

// A waczPage is one entry of the page list: what a reader of the package begins
// with.
type waczPage struct {
	URL   string
	Title string
	Time  time.Time // when it was archived, as its record says
	Text  string    // for search; may be ""
}

// A resource is one entry of datapackage.json.
type resource struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

// A packer writes the members of one package.
type packer struct {
	zip       *zip.Writer
	created   time.Time
	resources []resource
	index     []string
}

// writeWACZ writes the package. An error of recount.ErrInvalid says that a WARC
// file is broken, is compressed as a whole, or changed while it was read; what
// was written until then is no package.
func writeWACZ(w io.Writer, o waczOptions, warcs iter.Seq2[waczFile, error], pages []waczPage) error {
	p := &packer{zip: zip.NewWriter(w), created: o.Created.UTC().Truncate(time.Second)}
	seen := map[string]bool{}
	for f, err := range warcs {
		if err != nil {
			return err
		}
		if f.Name != path.Base(f.Name) || !isPlain(f.Name) || !strings.HasSuffix(f.Name, ".warc.gz") || seen[f.Name] {
			return fmt.Errorf("wacz: %q is no name of a WARC file in a package: %w", f.Name, recount.ErrInvalid)
		}
		seen[f.Name] = true
		if err := p.warc(f); err != nil {
			return fmt.Errorf("wacz: %s: %w", f.Name, err)
		}
	}
	slices.Sort(p.index)
	index := strings.Join(p.index, "")
	list, err := pageList(pages)
	if err != nil {
		return fmt.Errorf("wacz: page list: %w", err)
	}
	if err := p.member("indexes/index.cdx", []byte(index)); err != nil {
		return err
	}
	if err := p.member("pages/pages.jsonl", list); err != nil {
		return err
	}
	pack := struct {
		Profile     string     `json:"profile"`
		Version     string     `json:"wacz_version"`
		Title       string     `json:"title,omitempty"`
		Description string     `json:"description,omitempty"`
		Software    string     `json:"software,omitempty"`
		Created     string     `json:"created"`
		Home        *home      `json:"home,omitempty"`
		Resources   []resource `json:"resources"`
	}{"wacz", waczVersion, o.Title, o.Description, o.Software, p.created.Format(time.RFC3339), nil, p.resources}
	if len(pages) > 0 {
		pack.Home = &home{pages[0].URL, stamp(pages[0].Time)}
	}
	described, err := plainJSON(pack, "  ")
	if err != nil {
		return fmt.Errorf("wacz: %w", err)
	}
	sum := sha256.Sum256(described)
	digest, err := plainJSON(struct {
		Path string `json:"path"`
		Hash string `json:"hash"`
	}{"datapackage.json", "sha256:" + hex.EncodeToString(sum[:])}, "  ")
	if err != nil {
		return fmt.Errorf("wacz: %w", err)
	}
	if err := p.member("datapackage.json", described); err != nil {
		return err
	}
	if err := p.member("datapackage-digest.json", digest); err != nil {
		return err
	}
	if err := p.zip.Close(); err != nil {
		return fmt.Errorf("wacz: %w", err)
	}
	return nil
}

// isPlain reports whether a name is of characters that all tools read alike.
func isPlain(name string) bool {
	for i := range len(name) {
		if name[i] <= ' ' || name[i] > '~' || name[i] == '\\' {
			return false
		}
	}
	return true
}

type home struct {
	URL string `json:"url"`
	TS  string `json:"ts"`
}

func stamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// plainJSON writes JSON without escaping "&", which is frequent in addresses.
func plainJSON(v any, indent string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// pageList returns pages.jsonl. The id of a page is made of its address and
// time, so that it is the same in every package.
func pageList(pages []waczPage) ([]byte, error) {
	hasText := slices.ContainsFunc(pages, func(p waczPage) bool { return p.Text != "" })
	out, err := plainJSON(struct {
		Format  string `json:"format"`
		ID      string `json:"id"`
		Title   string `json:"title"`
		HasText bool   `json:"hasText"`
	}{"json-pages-1.0", "pages", "All Pages", hasText}, "")
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		line, err := plainJSON(struct {
			ID    string `json:"id"`
			URL   string `json:"url"`
			TS    string `json:"ts"`
			Title string `json:"title,omitempty"`
			Text  string `json:"text,omitempty"`
		}{string(recount.KeyOf("page", p.URL, stamp(p.Time))), p.URL, stamp(p.Time), p.Title, p.Text}, "")
		if err != nil {
			return nil, err
		}
		out = append(out, line...)
	}
	return out, nil
}

// A capture is the JSON of one line of the index.
type capture struct {
	URL      string `json:"url"`
	Media    string `json:"mime"`
	Status   string `json:"status"`
	Digest   string `json:"digest,omitempty"`
	Length   string `json:"length"`
	Offset   string `json:"offset"`
	Filename string `json:"filename"`
}

// warc indexes, hashes and copies one WARC file.
func (p *packer) warc(f waczFile) error {
	sum := newSums()
	if _, err := io.Copy(sum, io.NewSectionReader(f.Data, 0, f.Size)); err != nil {
		return err
	}
	for r, err := range warc.Records(f.Data, f.Size) {
		if err != nil {
			return err
		}
		if r.URI == "" || r.Kind != "response" && r.Kind != "resource" && r.Kind != "revisit" {
			continue
		}
		c := capture{URL: r.URI, Media: r.MediaType, Status: "200", Digest: r.Digest, Length: strconv.FormatInt(r.Length, 10),
			Offset: strconv.FormatInt(r.Offset, 10), Filename: f.Name}
		switch {
		case r.Kind == "revisit":
			c.Media, c.Status = "warc/revisit", "-"
		case r.Status != 0:
			c.Status = strconv.Itoa(r.Status)
		}
		if c.Media == "" {
			c.Media = "unk"
		}
		line, err := plainJSON(c, "")
		if err != nil {
			return err
		}
		p.index = append(p.index, surt(r.URI)+" "+r.Date.Format("20060102150405")+" "+string(line))
	}
	again := newSums()
	w, err := p.create("archive/"+f.Name, zip.Store, sum, f.Size)
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.MultiWriter(w, again), io.NewSectionReader(f.Data, 0, f.Size)); err != nil {
		return err
	}
	if again.hash() != sum.hash() {
		return fmt.Errorf("it changed while it was read: %w", recount.ErrInvalid)
	}
	return nil
}

// member writes a member that is small enough for the memory, deflated.
func (p *packer) member(name string, b []byte) error {
	sum := newSums()
	if _, err := sum.Write(b); err != nil {
		return fmt.Errorf("wacz: %w", err)
	}
	var packed bytes.Buffer
	z, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err == nil {
		_, err = z.Write(b)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("wacz: %s: %w", name, err)
	}
	w, err := p.create(name, zip.Deflate, sum, int64(packed.Len()))
	if err == nil {
		_, err = w.Write(packed.Bytes())
	}
	if err != nil {
		return fmt.Errorf("wacz: %s: %w", name, err)
	}
	return nil
}

// create begins a member whose bytes are known, and lists it as a resource.
func (p *packer) create(name string, method uint16, s *sums, packed int64) (io.Writer, error) {
	h := &zip.FileHeader{Name: name, Method: method, CRC32: s.crc.Sum32(), CompressedSize64: uint64(packed), UncompressedSize64: uint64(s.n)}
	h.SetMode(0o644)
	t := p.created
	if t.Year() < 1980 { // ZIP knows no earlier time
		t = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	//lint:ignore SA1019 CreateRaw, which alone writes sizes before the bytes, takes the time from nowhere else.
	h.SetModTime(t)
	if !strings.HasPrefix(name, "datapackage") {
		p.resources = append(p.resources, resource{path.Base(name), name, s.hash(), s.n})
	}
	return p.zip.CreateRaw(h)
}

// sums are the checksums of what is written to them.
type sums struct {
	sha hash.Hash
	crc hash.Hash32
	n   int64
}

func newSums() *sums { return &sums{sha: sha256.New(), crc: crc32.NewIEEE()} }

func (s *sums) Write(b []byte) (int, error) {
	s.n += int64(len(b))
	s.sha.Write(b)
	return s.crc.Write(b)
}

func (s *sums) hash() string { return "sha256:" + hex.EncodeToString(s.sha.Sum(nil)) }
