package unpack

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"recount/internal/parallel"
)

// What a hostile file may cost.
const (
	maxHostileTime = time.Minute // the bar is 2 s on a free machine; the log says how long each took

	maxHostileMemory = 256 << 20 // bytes
)

// zeros returns n zeros, compressed by what newWriter gives.
func zeros(n int64, newWriter func(io.Writer) (io.WriteCloser, error)) []byte {
	var b bytes.Buffer
	z, err := newWriter(&b)
	if err != nil {
		panic(err)
	}
	if _, err := io.CopyN(z, zeroReader{}, n); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func gzipWriter(w io.Writer) (io.WriteCloser, error)    { return gzip.NewWriterLevel(w, 6) }
func deflateWriter(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 6) }
func zstdWriter(w io.Writer) (io.WriteCloser, error)    { return zstd.NewWriter(w) }

// rawMember is a member of a ZIP that is written as it is told to.
type rawMember struct {
	name                 string
	method, flags        uint16
	data                 []byte
	size, packed, header int64 // as the directory says; 0 = the truth
	crc                  uint32
	shared               bool // it is the member at header, even at 0
}

// rawZip writes a ZIP by hand.
func rawZip(members ...rawMember) []byte {
	var out, directory []byte
	le := binary.LittleEndian
	for _, m := range members {
		at := int64(len(out))
		if m.header = max(m.header, 0); !m.shared && m.header == 0 {
			m.header = at
		}
		if m.packed == 0 {
			m.packed = int64(len(m.data))
		}
		if m.size == 0 {
			m.size = m.packed
		}
		fixed := le.AppendUint16(nil, 20)
		for _, v := range []uint16{m.flags, m.method, 0, 0x5821} {
			fixed = le.AppendUint16(fixed, v)
		}
		for _, v := range []uint32{m.crc, uint32(m.packed), uint32(m.size)} {
			fixed = le.AppendUint32(fixed, v)
		}
		fixed = le.AppendUint16(fixed, uint16(len(m.name)))
		out = append(append(append(out, "PK\x03\x04"...), fixed...), 0, 0)
		out = append(append(out, m.name...), m.data...)
		directory = append(append(append(directory, "PK\x01\x02\x14\x00"...), fixed...), make([]byte, 12)...)
		directory = append(le.AppendUint32(directory, uint32(m.header)), m.name...)
	}
	end := le.AppendUint16(append([]byte("PK\x05\x06"), 0, 0, 0, 0), uint16(len(members)))
	end = le.AppendUint16(end, uint16(len(members)))
	end = le.AppendUint32(end, uint32(len(directory)))
	end = le.AppendUint32(end, uint32(len(out)))
	return append(append(append(out, directory...), end...), 0, 0)
}

func stored(name, data string) rawMember {
	return rawMember{name: name, data: []byte(data), crc: crc32.ChecksumIEEE([]byte(data))}
}

// nested returns a ZIP in a ZIP in a ZIP, each with copies of the next.
func nested(depth, copies int) []byte {
	b := []byte(story(1))
	name := "a.html"
	for range depth {
		var files [][2]string
		for i := range copies {
			files = append(files, [2]string{fmt.Sprintf("%d-%s", i, name), string(b)})
		}
		b, name = zipFile(files...), "inner.zip"
	}
	return b
}

func plainRecord(head string) []byte {
	return []byte("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/\r\nContent-Type: application/http\r\n" + head)
}

// hostile is the public list, and some more. items is how many pages come
// out, refused whether anything must be refused.
func hostile() []struct {
	name    string
	make    func() []byte
	items   int
	refused bool
} {
	const html = "Content-Type: text/html"
	return []struct {
		name    string
		make    func() []byte
		items   int
		refused bool
	}{
		{"a ZIP with ../x", func() []byte { return rawZip(stored("../x", "<p>x</p>"), stored("../../../x", "<p>y</p>")) }, 2, false},
		{"a ZIP of 205 KB that holds 200 MiB", func() []byte {
			return rawZip(rawMember{name: "a.html", method: 8, data: zeros(200<<20, deflateWriter), size: 200 << 20})
		}, 0, true},
		{"the same, but it says that it holds 1 KB", func() []byte {
			return rawZip(rawMember{name: "a.html", method: 8, data: zeros(200<<20, deflateWriter), size: 1000})
		}, 0, true},
		{"the same, without a directory", func() []byte {
			b := rawZip(rawMember{name: "a.html", method: 8, flags: descriptor, data: zeros(200<<20, deflateWriter)})
			return b[:len(b)-60]
		}, 0, true},
		{"400 members of 30 MiB of zeros each", func() []byte {
			z := zeros(30<<20, deflateWriter)
			var all []rawMember
			for i := range 400 {
				all = append(all, rawMember{name: fmt.Sprint(i), method: 8, data: z, size: 30 << 20, crc: 0x4444})
			}
			return rawZip(all...)
		}, 0, true},
		{"gzip, 300 MiB of zeros", func() []byte { return zeros(300<<20, gzipWriter) }, 0, true},
		{"gzip of gzip, 300 MiB of zeros", func() []byte { return zipped(string(zeros(300<<20, gzipWriter))) }, 0, true},
		{"Zstandard, 600 MiB of zeros", func() []byte { return zeros(600<<20, zstdWriter) }, 0, true},
		{"bzip2, 45 bytes for 40 MiB", bzipBomb, 0, true},
		{"a tar.gz with a member of 300 MiB of zeros", func() []byte {
			var b bytes.Buffer
			z, _ := gzip.NewWriterLevel(&b, 9)
			t := tar.NewWriter(z)
			if err := t.WriteHeader(&tar.Header{Name: "a.html", Size: 300 << 20, Typeflag: tar.TypeReg}); err != nil {
				panic(err)
			}
			io.CopyN(t, zeroReader{}, 300<<20)
			t.Close()
			z.Close()
			return b.Bytes()
		}, 0, true},
		{"a tar that says 8 EiB", func() []byte {
			b := tarFile([2]string{"a.html", story(1)})
			copy(b[124:], "\x80\x00\x00\x00\x7f\xff\xff\xff\xff\xff\xff\xff")
			return retar(b)
		}, 0, true},
		{"a tar with links out and a device", func() []byte {
			var b bytes.Buffer
			t := tar.NewWriter(&b)
			for _, h := range []*tar.Header{{Name: "l", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, {Name: "h", Typeflag: tar.TypeLink, Linkname: "../../x"},
				{Name: "d", Typeflag: tar.TypeBlock, Devmajor: 8}, {Name: "f", Typeflag: tar.TypeFifo}, {Name: "/abs/../../a.html", Size: 8, Typeflag: tar.TypeReg}} {
				if err := t.WriteHeader(h); err != nil {
					panic(err)
				}
			}
			io.WriteString(t, "<p>x</p>")
			t.Close()
			return b.Bytes()
		}, 1, false},
		{"WARC with a Content-Length of 10^12", func() []byte {
			return append(plainRecord("Content-Length: 1000000000000\r\n\r\n"), httpResponse("200 OK", html, story(1))...)
		}, 0, true},
		{"WARC with a Content-Length of 10^12, gzip, and a page behind it", func() []byte {
			return append(zipped(string(plainRecord("Content-Length: 1000000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"))), members(crawl()[2:3])...)
		}, 1, true},
		{"WARC with a Content-Length of 10^30", func() []byte { return plainRecord("Content-Length: 1" + strings.Repeat("0", 30) + "\r\n\r\nx") }, 0, true},
		{"WARC with a Content-Length of -1", func() []byte { return plainRecord("Content-Length: -1\r\n\r\nx") }, 0, true},
		{"WARC without a Content-Length", func() []byte { return plainRecord("\r\nx") }, 0, true},
		{"WARC with a header that does not end", func() []byte { return plainRecord("X: " + strings.Repeat("a", 20<<20)) }, 0, true},
		{"WARC with a million header lines", func() []byte { return plainRecord(strings.Repeat("X: y\r\n", 1_000_000)) }, 0, true},
		{"WARC, gzip, one record of 600 MiB of zeros", func() []byte {
			return zeros(600<<20, func(w io.Writer) (io.WriteCloser, error) {
				z, err := gzip.NewWriterLevel(w, 6)
				if err == nil {
					_, err = z.Write(plainRecord("Content-Length: 629145600\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
				}
				return z, err
			})
		}, 0, true},
		{"WARC, gzip, 200 records of 60 MiB of zeros", func() []byte {
			return bytes.Repeat(zeros(60<<20, func(w io.Writer) (io.WriteCloser, error) {
				z, err := gzip.NewWriterLevel(w, 6)
				if err == nil {
					_, err = z.Write(plainRecord("Content-Length: 62914560\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"))
				}
				return z, err
			}), 200)
		}, 0, true},
		{"WARC of a page that inflates to 300 MiB", func() []byte {
			return members([]string{responseRecord(storyURI(1), sampleDate, "200 OK", html+"\nContent-Encoding: gzip", string(zeros(300<<20, gzipWriter)))})
		}, 0, true},
		{"WARC of a page that inflates to 300 MiB, by brotli", func() []byte {
			return members([]string{responseRecord(storyURI(1), sampleDate, "200 OK", html+"\nContent-Encoding: br", brotlied(strings.Repeat("\x00", 300<<20)))})
		}, 0, true},
		{"WARC of a page compressed a thousand times over", func() []byte {
			return members([]string{responseRecord(storyURI(1), sampleDate, "200 OK", html+"\nContent-Encoding: "+strings.Repeat("gzip,", 1000), "x")})
		}, 0, true},
		{"WARC of a page in chunks of one byte", func() []byte {
			return members([]string{responseRecord(storyURI(1), sampleDate, "200 OK", html+"\nTransfer-Encoding: chunked", chunked(strings.Repeat("<p>x</p>", 400_000), 1))})
		}, 1, false},
		{"WARC of a million records that are nothing", func() []byte { return bytes.Repeat([]byte("WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n"), 1_000_000) }, 0, true},
		{"WARC of 200,000 broken members", func() []byte { return append(members(crawl()[:1]), bytes.Repeat(zipped("x"), 200_000)...) }, 0, true},
		{"WARC of a million beginnings of gzip behind a broken record", func() []byte {
			b := members(crawl()[:2])
			b[len(b)-5] ^= 1
			return append(b, bytes.Repeat([]byte{0x1f, 0x8b, 8, 0, 0}, 1_000_000)...)
		}, 0, true},
		{"WARC of 5,000 revisits of one large page", func() []byte {
			large := responseRecord(storyURI(1), sampleDate, "200 OK", html, strings.Repeat("<p>The pier is long.</p>\n", 1_000_000))
			again := warcRecord("WARC/1.1", "revisit", storyURI(2), sampleDate, httpResponse("200 OK", html, ""), "WARC-Refers-To-Target-URI: "+storyURI(1),
				"WARC-Refers-To-Date: "+sampleDate.Format(time.RFC3339))
			return append(zipped(large), bytes.Repeat(zipped(again), 5000)...)
		}, -1, true},
		{"WARC, Zstandard, with a dictionary of 4 GiB", func() []byte {
			return append([]byte{0x5d, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0xff}, make([]byte, 1000)...)
		}, 0, true},
		{"Zstandard that asks for a window of 2 GiB", func() []byte { return []byte("\x28\xb5\x2f\xfd\x00\xa8\x00\x00\x10\x00\x00\x00\x01\x00\x00") }, 0, true},
		{"ZIP in ZIP, 30 deep", func() []byte { return nested(30, 1) }, 0, true},
		{"ZIP in ZIP, 30 wide and 4 deep", func() []byte { return nested(4, 30) }, -1, true},
		{"ZIP in ZIP, 30 wide and 5 deep", func() []byte { return nested(5, 30) }, 0, true},
		{"a ZIP of a million members", func() []byte {
			all := make([]rawMember, 1_000_000)
			for i := range all {
				all[i] = stored(fmt.Sprintf("%d.html", i), "<p>")
			}
			return rawZip(all...)
		}, maxMembers, true},
		{"a ZIP of a million members that are one", func() []byte {
			all := make([]rawMember, 1_000_000)
			for i := range all {
				all[i] = stored("a.html", "<p>")
				all[i].shared = true
			}
			return rawZip(all...)
		}, 0, true},
		{"a ZIP whose members lie one over another", overlapping, 0, true},
		{"a ZIP of 100,000 members of one name", func() []byte {
			all := make([]rawMember, maxMembers)
			for i := range all {
				all[i] = stored("a.html", "<p>")
			}
			return rawZip(all...)
		}, maxMembers, false},
		{"a ZIP with names of 64 KB", func() []byte {
			var all []rawMember
			for i := range 300 {
				all = append(all, stored(strings.Repeat("n/", 32_000)+fmt.Sprint(i), "<p>"))
			}
			return rawZip(all...)
		}, 300, false},
		{"a ZIP whose directory lies beyond its end", func() []byte {
			b := rawZip(stored("a.html", "<p>x</p>"))
			binary.LittleEndian.PutUint32(b[len(b)-6:], 0xfffffff0)
			return b
		}, 1, true},
		{"a ZIP64 whose sizes are negative", func() []byte {
			b := zipFile([2]string{"a.html", story(1)})
			end := append([]byte("PK\x06\x06"), bytes.Repeat([]byte{0xff}, 52)...)
			at := len(b) - 22
			locator := binary.LittleEndian.AppendUint64([]byte("PK\x06\x07\x00\x00\x00\x00"), uint64(at))
			tail := append([]byte(nil), b[at:]...)
			copy(tail[12:], "\xff\xff\xff\xff\xff\xff\xff\xff")
			return append(append(append(b[:at:at], end...), append(locator, 1, 0, 0, 0)...), tail...)
		}, -1, true},
		{"an encrypted ZIP", func() []byte {
			return rawZip(rawMember{name: "a.html", flags: encrypted, data: []byte("????????????xx")})
		}, 0, true},
		{"a ZIP with a method nobody has", func() []byte { return rawZip(rawMember{name: "a.html", method: 97, data: []byte("x")}) }, 0, true},
		{"a ZIP whose bytes do not fit their checksum", func() []byte { return rawZip(rawMember{name: "a.html", data: []byte("<p>x</p>"), crc: 1}) }, 0, true},
		{"a ZIP with a link", func() []byte {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			h := &zip.FileHeader{Name: "l"}
			h.SetMode(0o777 | 1<<27)
			w, _ := z.CreateHeader(h)
			io.WriteString(w, "/etc/passwd")
			z.Close()
			return b.Bytes()
		}, 0, true},
		{"a WACZ with a page list of 100 MiB", func() []byte {
			return zipFile([2]string{"archive/a.warc.gz", string(members(crawl()))}, [2]string{"datapackage.json", "{}"},
				[2]string{"pages/pages.jsonl", strings.Repeat(`{"url":"x","title":"y"}`+"\n", 4_500_000)})
		}, 7, false},
		{"a page that names itself WARC", func() []byte { return []byte("WARC/1.0 is a format, and this is a text about it.\n\nIt goes on.") }, 0, true},
	}
}

// overlapping returns a ZIP in which each member begins within the one before
// and runs to a common end, as in Fifield's.
func overlapping() []byte {
	kernel := zeros(30<<20, deflateWriter)
	var body []byte
	var all []rawMember
	for i := range 200 {
		name := fmt.Sprintf("%03d.html", i)
		all = append(all, rawMember{name: name, method: 8, header: int64(len(body)), packed: int64(200-i)*40 + int64(len(kernel)), size: 30 << 20})
		body = append(body, rawZip(rawMember{name: name, method: 8})[:30+len(name)]...)
		body = append(body, make([]byte, 2)...)
	}
	body = append(body, kernel...)
	z := rawZip(all...)
	directory := z[bytes.Index(z, []byte("PK\x01\x02")):]
	binary.LittleEndian.PutUint32(directory[len(directory)-6:], uint32(len(body)))
	binary.LittleEndian.PutUint32(directory[42:], 0)
	return append(body, directory...)
}

// bzipBomb returns many streams of bzip2, each of 45 bytes for 900 kB of
// zeros; bzip2 itself made the first.
func bzipBomb() []byte {
	return bytes.Repeat([]byte("BZh91AY&SY\x0e\x09\xe2\xdf\x01\x5f\x8e\x40\x00\xc0\x00\x00\x08\x20\x00\x30\x80\x4d\x46\x42\xa0\x25\xa9\x0a\x80\x97\x31\x77\x24\x53\x85\x09\x00\xe0\x9e\x2d\xf0"), 50)
}

// retar makes the checksum of the first header of a tar fit.
func retar(b []byte) []byte {
	copy(b[148:156], "        ")
	var sum int
	for _, c := range b[:tarBlock] {
		sum += int(c)
	}
	copy(b[148:156], fmt.Sprintf("%06o\x00 ", sum))
	return b
}

// memory returns the bytes that Go has from the system and uses.
func memory() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}

// watch returns a function that says by how much the memory rose at most since.
func watch() func() uint64 {
	runtime.GC()
	debug.FreeOSMemory()
	start, quit, result := memory(), make(chan struct{}), make(chan uint64)
	go func() {
		most := start
		for {
			select {
			case <-quit:
				result <- max(most, memory()) - start
				return
			case <-time.After(2 * time.Millisecond):
				most = max(most, memory())
			}
		}
	}()
	return func() uint64 { close(quit); return <-result }
}

func TestHostileFiles(t *testing.T) {
	for _, tt := range hostile() {
		t.Run(tt.name, func(t *testing.T) {
			b := tt.make()
			items, refused, first := 0, 0, ""
			risen, begun := watch(), parallel.Used()
			for i, err := range Items(bytes.NewReader(b), int64(len(b)), "hostile", "", Options{}) {
				if err == nil {
					items++
					if strings.Contains("/"+i.Name+"/", "/../") {
						t.Errorf("an item is called %q", i.Name)
					}
				} else if refused++; first == "" {
					first = err.Error()
				}
			}
			took, rose := parallel.Used()-begun, risen()
			t.Logf("%d bytes: %d items, %d refusals, %s of CPU, %d MB; %s", len(b), items, refused, took.Round(time.Millisecond), rose>>20, first)
			if took > maxHostileTime || rose > maxHostileMemory {
				t.Errorf("it took %s of CPU and %d MB", took, rose>>20)
			}
			if tt.items >= 0 && items != tt.items || (refused > 0) != tt.refused {
				t.Errorf("%d items, %d refused (%s); want %d items, refused: %t", items, refused, first, tt.items, tt.refused)
			}
		})
	}
}
