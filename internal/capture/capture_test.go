package capture

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"recount"
)

func captureOf(name string, payload []byte) recount.Capture {
	sum := sha256.Sum256(payload)
	hash := hex.EncodeToString(sum[:])
	return recount.Capture{Key: recount.CaptureKey(hash, name), Hash: hash, Name: name,
		Captured: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Size: int64(len(payload)),
		MediaType: "text/html; charset=utf-8", Channel: "file", Search: `"left the order"`}
}

func openArchive(t testing.TB, dir string) *Archive {
	t.Helper()
	a, err := OpenArchive(dir)
	if err != nil {
		t.Fatalf("OpenArchive: %v", err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("Close() = %v", err)
		}
	})
	return a
}

// put appends payload and returns its capture with the record.
func put(t testing.TB, a *Archive, name string, payload []byte) recount.Capture {
	t.Helper()
	c := captureOf(name, payload)
	r, err := a.Append(c, nil, payload)
	if err != nil {
		t.Fatalf("Append(%q): %v", name, err)
	}
	c.Record = r
	return c
}

// scanned returns what a scan finds, and how many errors it yields; each must
// say that something was changed.
func scanned(t testing.TB, a *Archive, after map[string]int64) (found []Found, bad int) {
	t.Helper()
	for f, err := range a.Scan(after) {
		if err == nil {
			found = append(found, f)
		} else if bad++; !errors.Is(err, recount.ErrTampered) || recount.HintOf(err) == "" {
			t.Errorf("Scan yields %v; want ErrTampered with a hint", err)
		}
	}
	return found, bad
}

// names are hostile on purpose: each must come back exactly.
var hostileNames = []string{
	"order/pages/a.html", "https://news.example/a?b=c&d=%20e", "a b/ü/é.html", "line\r\nWARC-Type: response", `quote"\back`,
	"percent%2F%", "tab\there", "\u202e right to left", "file:///etc/passwd", "../../up.html", "#frag?query",
}

func TestArchiveGivesBackWhatItTook(t *testing.T) {
	a := openArchive(t, t.TempDir())
	random := rand.New(rand.NewPCG(1, 2))
	var want []Found
	payloads := map[recount.Key][]byte{}
	for i, name := range hostileNames {
		p := make([]byte, 1+i*i*i*100)
		for j := range p {
			p[j] = byte(random.UintN(256))
		}
		if i%2 == 0 {
			p = bytes.Repeat([]byte("<p>WARC/1.1\r\n\r\n"), 1+i*500)
		}
		c := put(t, a, name, p)
		payloads[c.Key] = p
		want = append(want, Found{Capture: c})
	}
	if err := a.Sync(); err != nil {
		t.Fatalf("Sync() = %v", err)
	}
	got, bad := scanned(t, a, nil)
	if d := cmp.Diff(want, got); d != "" || bad != 0 {
		t.Errorf("Scan: %d errors, differs (-want +got):\n%s", bad, d)
	}
	for _, f := range want {
		p, err := a.Payload(f.Capture.Record)
		if err != nil || !bytes.Equal(p, payloads[f.Capture.Key]) {
			t.Errorf("Payload of %q = %d bytes, %v; want %d bytes", f.Capture.Name, len(p), err, f.Capture.Size)
		}
	}
	third := want[3].Capture.Record
	got, _ = scanned(t, a, map[string]int64{third.File: third.Offset})
	if d := cmp.Diff(want[3:], got); d != "" {
		t.Errorf("Scan from the fourth record differs (-want +got):\n%s", d)
	}
	got, _ = scanned(t, a, map[string]int64{third.File: third.Offset + third.Length})
	if d := cmp.Diff(want[4:], got); d != "" {
		t.Errorf("Scan from behind the fourth record differs (-want +got):\n%s", d)
	}
}

func TestArchiveIsTheSameBytesEachTime(t *testing.T) {
	var files [2][]byte
	for i := range files {
		dir := t.TempDir()
		a := openArchive(t, dir)
		put(t, a, "a.html", []byte("<p>one"))
		put(t, a, "b.html", []byte("<p>two"))
		if err := a.Sync(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, fileName(1)))
		if err != nil {
			t.Fatal(err)
		}
		files[i] = b
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("two archives of the same captures differ")
	}
}

func TestAppendRefuses(t *testing.T) {
	a := openArchive(t, t.TempDir())
	wrongHash := captureOf("a", []byte("x"))
	if _, err := a.Append(wrongHash, nil, []byte("y")); !errors.Is(err, recount.ErrInvalid) {
		t.Errorf("Append with another payload = %v; want ErrInvalid", err)
	}
	for _, name := range []string{"a\xff", strings.Repeat("long/", 1<<13)} {
		if _, err := a.Append(captureOf(name, []byte("x")), nil, []byte("x")); !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
			t.Errorf("Append of %.10q = %v; want ErrRefused with a hint", name, err)
		}
	}
}

func TestArchiveBeginsNewFiles(t *testing.T) {
	dir := t.TempDir()
	a := openArchive(t, dir)
	a.limit = 2000
	var want []Found
	for i := range 10 {
		want = append(want, Found{Capture: put(t, a, fmt.Sprintf("%d.html", i), []byte(strings.Repeat("text ", i+1)))})
	}
	files, err := a.files()
	if err != nil || len(files) < 2 {
		t.Errorf("files() = %v, %v; want several", files, err)
	}
	got, bad := scanned(t, a, nil)
	if d := cmp.Diff(want, got); d != "" || bad != 0 {
		t.Errorf("Scan over files: %d errors, differs (-want +got):\n%s", bad, d)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		if err != nil || !bytes.HasPrefix(text, []byte("WARC/1.1\r\nWARC-Type: warcinfo\r\n")) {
			t.Errorf("%s does not begin with a warcinfo record: %v", f, err)
		}
	}
	// Opened again, it goes on in the last file.
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	again := openArchive(t, dir)
	c := put(t, again, "again.html", []byte("x"))
	if c.Record.File != files[len(files)-1] || c.Record.Offset == 0 {
		t.Errorf("record after opening again lies at %+v; want the end of %s", c.Record, files[len(files)-1])
	}
}

func TestTwoWritersNeverShareAFile(t *testing.T) {
	dir := t.TempDir()
	a, b := openArchive(t, dir), openArchive(t, dir)
	one := put(t, a, "a.html", []byte("a"))
	two := put(t, b, "b.html", []byte("b"))
	if one.Record.File == two.Record.File {
		t.Skip("this system has no file locks")
	}
	if got, bad := scanned(t, a, nil); len(got) != 2 || bad != 0 {
		t.Errorf("Scan finds %d captures and %d errors; want 2 and 0", len(got), bad)
	}
	// A third that opens while both write cuts nothing off.
	openArchive(t, dir)
	if got, bad := scanned(t, a, nil); len(got) != 2 || bad != 0 {
		t.Errorf("Scan finds %d captures and %d errors; want 2 and 0", len(got), bad)
	}
}

// threeRecords makes a closed archive of three captures and returns them with
// the bytes of its one file.
func threeRecords(t testing.TB, dir string) ([]recount.Capture, []byte) {
	t.Helper()
	a, err := OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	var cs []recount.Capture
	for _, n := range []string{"a.html", "b.html", "c.html"} {
		cs = append(cs, put(t, a, n, []byte("<p>"+strings.Repeat(n+" says nothing new. ", 20))))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, fileName(1)))
	if err != nil {
		t.Fatal(err)
	}
	return cs, b
}

func TestTornEndIsCutOff(t *testing.T) {
	dir := t.TempDir()
	cs, whole := threeRecords(t, dir)
	path := filepath.Join(dir, fileName(1))
	last := cs[2].Record
	for cut := last.Offset + 1; cut < last.Offset+last.Length; cut += 7 {
		for _, zeros := range []int{0, 300} {
			if zeros > 0 && cut > last.Offset+1 {
				continue
			}
			b := whole[:cut]
			if zeros > 0 {
				b = append(append([]byte{}, whole[:last.Offset]...), make([]byte, zeros)...)
			}
			if err := os.WriteFile(path, b, 0o644); err != nil {
				t.Fatal(err)
			}
			// Whoever reads meanwhile sees no error, and two records.
			if got, bad := scanned(t, &Archive{dir: dir}, nil); len(got) != 2 || bad != 0 {
				t.Fatalf("Scan of a file torn at %d finds %d captures and %d errors; want 2 and 0", cut, len(got), bad)
			}
			a, err := OpenArchive(dir)
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil || info.Size() != last.Offset {
				t.Fatalf("after a tear at %d the file has %d bytes; want %d (%v)", cut, info.Size(), last.Offset, err)
			}
			if c := put(t, a, "d.html", []byte("d")); c.Record.Offset != last.Offset || c.Record.File != last.File {
				t.Fatalf("the next record lies at %+v; want byte %d", c.Record, last.Offset)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEveryFlippedByteIsNoticedAndNothingIsCutOff(t *testing.T) {
	dir := t.TempDir()
	cs, whole := threeRecords(t, dir)
	path := filepath.Join(dir, fileName(1))
	silent := 0
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for i := range whole {
		if i > 0 {
			if _, err := file.WriteAt(whole[i-1:i], int64(i-1)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := file.WriteAt([]byte{whole[i] ^ 0x20}, int64(i)); err != nil {
			t.Fatal(err)
		}
		a, err := OpenArchive(dir)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Size() != int64(len(whole)) {
			t.Fatalf("byte %d flipped: the file was cut to %d bytes (%v)", i, info.Size(), err)
		}
		broken := 0
		for _, c := range cs {
			if _, err := a.Payload(c.Record); err != nil {
				broken++
				if !errors.Is(err, recount.ErrTampered) || recount.HintOf(err) == "" {
					t.Fatalf("byte %d flipped: Payload = %v; want ErrTampered with a hint", i, err)
				}
				if int64(i) < c.Record.Offset || int64(i) >= c.Record.Offset+c.Record.Length {
					t.Fatalf("byte %d flipped: the record at %d is blamed", i, c.Record.Offset)
				}
			}
		}
		got, bad := scanned(t, a, nil)
		if len(got)+broken != 3 || bad < broken {
			t.Fatalf("byte %d flipped: %d records broken, Scan finds %d and %d errors", i, broken, len(got), bad)
		}
		if broken == 0 && bad == 0 {
			silent++
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// The last byte of deflated data may hold bits that mean nothing (RFC 1951,
	// 3.2.3): one byte a member.
	if silent > 4 {
		t.Errorf("%d of %d flipped bytes are not noticed", silent, len(whole))
	}
}

// An erasure that was stopped anywhere in its record goes on, and one of a
// place where no record can lie changes nothing.
func TestErasureThatWasStoppedGoesOn(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	dir := t.TempDir()
	a := openArchive(t, dir)
	secret := make([]byte, 20_000)
	for i := range secret {
		secret[i] = byte(random.UintN(256))
	}
	put(t, a, "a.html", []byte("a"))
	target := put(t, a, "https://news.example/x", secret)
	put(t, a, "c.html", []byte("c"))
	path := filepath.Join(dir, target.Record.File)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	left := target
	left.Name, left.Hash = "erased:x", strings.Repeat("0", 64)
	if err := a.Erase(left, "on request"); err != nil {
		t.Fatal(err)
	}
	done, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	from, to := target.Record.Offset, target.Record.Offset+target.Record.Length
	mixed := func(first, then []byte, at int64) []byte {
		return slices.Concat(first[:from], first[from:from+at], then[from+at:to], first[to:])
	}
	n := to - from
	for _, tt := range []struct {
		name string
		file []byte
	}{
		{"before it began", old}, {"after it had ended", done},
		{"after 10 bytes", mixed(done, old, 10)}, {"after 40 bytes", mixed(done, old, 40)}, {"after a page", mixed(done, old, 4096)},
		{"after three pages", mixed(done, old, 3*4096)}, {"before the last byte", mixed(done, old, n-1)},
		{"with the end first", mixed(old, done, 4096)}, {"with the last byte first", mixed(old, done, n-1)}, {"with the head last", mixed(old, done, 40)},
	} {
		if err := os.WriteFile(path, tt.file, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := a.Erase(left, "on request"); err != nil {
			t.Errorf("stopped %s: %v", tt.name, err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, done) {
			t.Errorf("stopped %s it ends otherwise: %v", tt.name, err)
		}
	}
	for _, by := range []int64{-1, 1, 100, n - 1} {
		moved := left
		moved.Record.Offset += by
		if err := a.Erase(moved, "on request"); !errors.Is(err, recount.ErrTampered) {
			t.Errorf("a record %d bytes further on: %v", by, err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, done) {
		t.Errorf("a place that holds no record was written to: %v", err)
	}
}

func TestBlankedRecordLeavesTheOthersAlone(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, size := range []int{1, 2, 3, 4, 5, 100, 700, 800, 900, 1000, 5000, 66_000, 70_000, 200_000, 3_000_000} {
		dir := t.TempDir()
		a := openArchive(t, dir)
		secret := make([]byte, size)
		for i := range secret {
			secret[i] = byte(random.UintN(256))
		}
		before, target, behind := put(t, a, "a.html", []byte("a")), put(t, a, "https://news.example/x", secret), put(t, a, "c.html", []byte("c"))
		path := filepath.Join(dir, target.Record.File)
		old, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		reason := "the person asked for it; " + strings.Repeat("schön ", size%40)
		for range 2 {
			if err := a.Blank(target.Record, reason); err != nil {
				t.Fatalf("Blank of %d bytes: %v", size, err)
			}
		}
		now, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		from, to := target.Record.Offset, target.Record.Offset+target.Record.Length
		if len(now) != len(old) || !bytes.Equal(now[:from], old[:from]) || !bytes.Equal(now[to:], old[to:]) {
			t.Errorf("Blank of %d bytes changed other records", size)
		}
		if size > 8 && bytes.Contains(now[from:to], secret[:8]) {
			t.Errorf("Blank of %d bytes left some of them", size)
		}
		if _, err := a.Payload(target.Record); !errors.Is(err, recount.ErrNotFound) {
			t.Errorf("Payload of a blanked record = %v; want ErrNotFound", err)
		}
		got, bad := scanned(t, a, nil)
		if len(got) != 3 || bad != 0 || got[1].Erased == "" {
			t.Fatalf("Scan finds %d captures, %d errors, the second erased because %q", len(got), bad, got[1].Erased)
		}
		if !strings.HasPrefix(reason, got[1].Erased) {
			t.Errorf("reason = %q; want the beginning of %q", got[1].Erased, reason)
		}
		if d := cmp.Diff([]recount.Capture{before, target, behind}, []recount.Capture{got[0].Capture, got[1].Capture, got[2].Capture}); d != "" {
			t.Errorf("captures differ after Blank (-want +got):\n%s", d)
		}
	}
}

func TestPayloadOfAPlaceWhereNothingIs(t *testing.T) {
	dir := t.TempDir()
	cs, _ := threeRecords(t, dir)
	a := openArchive(t, dir)
	r := cs[1].Record
	for name, bad := range map[string]recount.WARCRecord{
		"another folder": {File: "../" + r.File, Offset: r.Offset, Length: r.Length},
		"before":         {File: r.File, Offset: -1, Length: r.Length},
		"inside":         {File: r.File, Offset: r.Offset + 1, Length: r.Length - 1},
		"too short":      {File: r.File, Offset: r.Offset, Length: r.Length - 1},
		"too long":       {File: r.File, Offset: r.Offset, Length: r.Length + 1},
		"behind":         {File: r.File, Offset: 1 << 40, Length: r.Length},
		"the info":       {File: r.File, Offset: 0, Length: cs[0].Record.Offset},
		"no file":        {File: "recount-00009.warc.gz", Offset: r.Offset, Length: r.Length},
	} {
		if _, err := a.Payload(bad); !errors.Is(err, recount.ErrTampered) && !errors.Is(err, recount.ErrInvalid) {
			t.Errorf("Payload %s = %v; want ErrTampered or ErrInvalid", name, err)
		}
	}
}

// readWARC is a reader that shares no code with ours.
const readWARC = `
import json, sys
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
out = []
with open(sys.argv[1], "rb") as f:
    it = ArchiveIterator(f, no_record_parse=False, verify_http=True, check_digests="raise")
    for r in it:
        body = r.raw_stream.read()
        out.append({"type": r.rec_type, "length": len(body), "offset": it.get_record_offset(),
          "uri": r.rec_headers.get_header("WARC-Target-URI") or "", "name": r.rec_headers.get_header("Recount-Name") or ""})
    if it.err_count:
        sys.exit("%d errors" % it.err_count)
print(json.dumps(out))
`

func TestAnIndependentReaderReadsTheArchive(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: the archive is not read by a second program")
	}
	if exec.Command(python, "-c", "import warcio").Run() != nil {
		t.Skip("no warcio for python3 (pip install warcio): the archive is not read by a second program")
	}
	dir := t.TempDir()
	a := openArchive(t, dir)
	var cs []recount.Capture
	for i, n := range hostileNames {
		cs = append(cs, put(t, a, n, bytes.Repeat([]byte{byte(i), '\n'}, 1+i*40_000)))
	}
	if err := a.Blank(cs[2].Record, "on request"); err != nil {
		t.Fatal(err)
	}
	if err := a.Sync(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", readWARC, filepath.Join(dir, fileName(1)))
	cmd.Stderr = os.Stderr
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("warcio: %v", err)
	}
	var records []struct {
		Type, URI, Name string
		Length          int64
		Offset          int64
	}
	if err := json.Unmarshal(b, &records); err != nil {
		t.Fatal(err)
	}
	if len(records) != len(cs)+1 || records[0].Type != "warcinfo" {
		t.Fatalf("warcio reads %d records, the first a %s; want %d, warcinfo", len(records), records[0].Type, len(cs)+1)
	}
	for i, r := range records[1:] {
		want := "resource"
		if i == 2 {
			want = "metadata"
		} else if r.Length != cs[i].Size {
			t.Errorf("%q has %d bytes; want %d", r.Name, r.Length, cs[i].Size)
		}
		if r.Type != want || r.Offset != cs[i].Record.Offset || r.Name != fmt.Sprintf("%q", cs[i].Name) {
			t.Errorf("record %d is a %s at %d named %s; want a %s at %d named %q", i, r.Type, r.Offset, r.Name, want, cs[i].Record.Offset, cs[i].Name)
		}
	}
}

func FuzzScan(f *testing.F) {
	_, whole := threeRecords(f, f.TempDir())
	f.Add(whole, int64(0))
	f.Add(whole[:len(whole)-9], int64(0))
	f.Add(append(append([]byte{}, whole...), make([]byte, 64)...), int64(7))
	var d deflater
	for _, text := range []string{"", "WARC/1.1\r\n\r\n\r\n\r\n", "WARC/1.0\r\nContent-Length: 0\r\n folded\r\n\r\n\r\n\r\n",
		"WARC/1.1\r\nWARC-Type: metadata\r\nRecount-Erased: \"\"\r\nRecount-Size: x\r\nContent-Length: -1\r\n\r\n"} {
		m, err := d.member([]byte(text), 0)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(m, int64(0))
	}
	f.Fuzz(func(t *testing.T, b []byte, from int64) {
		size := int64(len(b))
		last := int64(-1)
		scan(bytes.NewReader(b), size, fileName(1), from, func(got Found, err error) bool {
			r := got.Capture.Record
			if r.Offset <= last || r.Offset+r.Length > size || r.Length < 0 {
				t.Fatalf("record at %d of %d bytes after one at %d, in %d bytes", r.Offset, r.Length, last, size)
			}
			last = r.Offset
			if err == nil && got.Capture.Key != recount.CaptureKey(got.Capture.Hash, got.Capture.Name) {
				t.Fatalf("capture %+v has the key of another", got.Capture)
			}
			return true
		})
		end, state, err := tail(bytes.NewReader(b), size)
		if err != nil || end > size || (state == clean) != (end == size) {
			t.Fatalf("tail = %d, %d, %v of %d bytes", end, state, err, size)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	a := openArchive(b, b.TempDir())
	page := []byte("<!doctype html>" + strings.Repeat("<p>Twelve left the order in March, said Ada Quist.</p>\n", 2000))
	c := captureOf("a.html", page)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Append(c, nil, page); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no /dev/full here: %v", err)
	}
	dir := t.TempDir()
	a := openArchive(t, dir)
	before := put(t, a, "a.html", []byte("a"))
	whole, size := a.file, a.size
	a.file = full
	_, err = a.Append(captureOf("b.html", []byte("b")), nil, []byte("b"))
	if err == nil || !strings.Contains(err.Error(), "disk is full") || !strings.Contains(recount.HintOf(err), dir) {
		t.Errorf("Append on a full disk = %v, hint %q", err, recount.HintOf(err))
	}
	// There is room again: the next record lies where that one would have.
	a.file, a.size = whole, size
	if c := put(t, a, "b.html", []byte("b")); c.Record.Offset != before.Record.Offset+before.Record.Length {
		t.Errorf("the next record lies at %d; want %d", c.Record.Offset, before.Record.Offset+before.Record.Length)
	}
	if got, bad := scanned(t, a, nil); len(got) != 2 || bad != 0 {
		t.Errorf("Scan finds %d captures and %d errors; want 2 and 0", len(got), bad)
	}
}

func TestAnAnswerOfAServerIsKeptWithItsHeader(t *testing.T) {
	a := openArchive(t, t.TempDir())
	body := []byte("<p>Twelve left the order.</p>\r\n\r\n<p>The end.</p>")
	c := captureOf("https://news.example/a?b=1", body)
	c.Channel, c.MediaType = "web", "text/html"
	c.Origin = recount.Origin{
		Fetch:   &recount.Fetch{Status: 200, Final: "https://news.example/a", ETag: `"x\"y"`, Type: "text/html; charset=utf-8"},
		Within:  &recount.Within{File: "list.csv", Hash: "ab", Offset: 7, Length: 9},
		Hints:   []recount.Candidate{{Field: "title", Value: "Twelve left\nthe order", Origin: "row 2"}},
		Columns: map[string]string{"url": "link", "title": "head"},
	}
	var err error
	if c.Record, err = a.Append(c, []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"), body); err != nil {
		t.Fatal(err)
	}
	got, bad := scanned(t, a, nil)
	if len(got) != 1 || bad != 0 {
		t.Fatalf("Scan finds %d captures and %d errors; want 1 and 0", len(got), bad)
	}
	if d := cmp.Diff(c, got[0].Capture); d != "" {
		t.Errorf("the capture differs (-want +got):\n%s", d)
	}
	if p, err := a.Payload(c.Record); err != nil || !bytes.Equal(p, body) {
		t.Errorf("Payload = %q, %v; want %q", p, err, body)
	}
	if err := a.Blank(c.Record, "on request"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Payload(c.Record); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("Payload of a blanked answer = %v; want ErrNotFound", err)
	}
}
