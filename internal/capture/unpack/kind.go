package unpack

import (
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"recount/internal/capture/unpack/warc"
)

// Kind recognises a container by the first 64 KiB of it: "zip", "tar", "warc",
// "arc" (these four also if they are compressed as a whole), "wacz", "gzip", "bzip2"
// or "zstd" for one compressed file, "" for all else. An office document or an
// e-book, though a ZIP, is none. name only says which of a ZIP and a WACZ a
// file is whose head does not tell.
func Kind(head []byte, name string) string {
	head = head[:min(len(head), headSize)]
	switch warc.CodecOf(head) {
	case warc.Gzip:
		return packed("gzip", head)
	case warc.Bzip2:
		return packed("bzip2", head)
	case warc.Zstandard:
		return packed("zstd", head)
	}
	switch {
	case warc.IsRecord(head):
		return "warc"
	case isArc(head):
		return "arc"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipKind(localNames(head), name)
	case isTar(head):
		return "tar"
	}
	return ""
}

// KindAt is Kind for a whole file: of a ZIP it reads the directory too.
func KindAt(f io.ReaderAt, size int64, name string) string {
	head := make([]byte, max(0, min(size, headSize)))
	n, _ := f.ReadAt(head, 0)
	kind := Kind(head[:n], name)
	if kind != "zip" && kind != "wacz" {
		return kind
	}
	d, err := openDirectory(f, size)
	if err != nil {
		return kind
	}
	var names []string
	for len(names) < 10_000 {
		e, err := d.Next()
		if err != nil {
			break
		}
		names = append(names, e.Name)
	}
	return zipKind(names, name)
}

// packed returns the kind of what head, the beginning of a compressed file,
// holds.
func packed(codec string, head []byte) string {
	first := make([]byte, 2*tarBlock)
	var r io.Reader
	switch codec {
	case "gzip":
		z, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return codec
		}
		r = z
	case "bzip2":
		r = bzip2.NewReader(bytes.NewReader(head))
	default:
		if binary.LittleEndian.Uint32(head) == warc.ZstdDictionary {
			return "warc"
		}
		z, err := zstd.NewReader(bytes.NewReader(head), warc.ZstdOptions()...)
		if err != nil {
			return codec
		}
		defer z.Close()
		r = z
	}
	n, _ := io.ReadFull(r, first)
	switch first = first[:n]; {
	case warc.IsRecord(first):
		return "warc"
	case isArc(first) && codec == "gzip":
		return "arc"
	case isTar(first):
		return "tar"
	}
	return codec
}

// zipKind tells by the names of its members what kind of file a ZIP is.
func zipKind(names []string, name string) string {
	archive, pack := false, false
	for i, n := range names {
		switch {
		case n == "[Content_Types].xml", n == "_rels/.rels", n == "mimetype" && i == 0, n == "word/document.xml", n == "xl/workbook.xml",
			n == "ppt/presentation.xml", n == "META-INF/container.xml":
			return ""
		case n == "datapackage.json":
			pack = true
		case strings.HasPrefix(n, "archive/") && strings.Contains(n, ".warc"):
			archive = true
		}
	}
	if archive && (pack || strings.HasSuffix(strings.ToLower(name), ".wacz")) {
		return "wacz"
	}
	return "zip"
}
