package capture

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"unicode/utf8"

	"recount"
	"recount/internal/disk"
)

// fileLimit is the size in bytes after which a new file is begun.
const fileLimit = 1 << 30

// maxHead is the most bytes of a record that are not its payload.
const maxHead = 1 << 20

// An Archive is the folder of a study that holds the captured bytes. It is
// only ever added to. A file has one writer; a second process that adds
// begins its own file. Its methods may be called at the same time.
type Archive struct {
	dir string

	mu      sync.Mutex
	file    *os.File // being written, nil before the first Append
	size    int64    // of file
	limit   int64    // fileLimit; less in tests
	deflate deflater
}

// OpenArchive opens the archive in dir, and makes it if there is none. A
// record that a crash left half written at the end of the last file is cut off
// unless another process is writing there.
func OpenArchive(dir string) (*Archive, error) {
	if err := disk.Folder(dir); err != nil {
		return nil, recount.WithHint(fmt.Errorf("archive %s: %w", dir, err), "name a folder that you may write to")
	}
	a := &Archive{dir: dir, limit: fileLimit}
	files, err := a.files()
	if err != nil || len(files) == 0 {
		return a, err
	}
	f, _, err := a.take(files[len(files)-1])
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return a, nil // an archive to read only
	}
	if err != nil || f == nil {
		return a, err
	}
	return a, f.Close()
}

// files returns the names of the WARC files in order.
func (a *Archive) files() ([]string, error) {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	var out []string
	for _, e := range entries { // sorted by ReadDir
		if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".warc.gz") {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

func fileName(n int) string { return fmt.Sprintf("recount-%05d.warc.gz", n) }

// fileNumber returns n of fileName(n), 0 for other names.
func fileNumber(name string) int {
	middle, ok := strings.CutPrefix(name, "recount-")
	if !ok {
		return 0
	}
	middle, ok = strings.CutSuffix(middle, ".warc.gz")
	n, err := strconv.Atoi(middle)
	if !ok || err != nil || n < 1 || fileName(n) != name {
		return 0
	}
	return n
}

// take opens a file to add to it, cuts off a torn end and returns its size. f
// is nil if the file is not ours to add to: another process has it, or its end
// is damaged in a way that no crash explains.
func (a *Archive) take(name string) (f *os.File, size int64, err error) {
	if fileNumber(name) == 0 {
		return nil, 0, nil
	}
	f, err = os.OpenFile(filepath.Join(a.dir, name), os.O_RDWR, 0)
	if err != nil {
		return nil, 0, fmt.Errorf("archive: %w", err)
	}
	ok, err := alone(f)
	if err != nil || !ok {
		return nil, 0, errors.Join(err, f.Close())
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	end, state, err := tail(f, info.Size())
	switch {
	case err != nil || state == damaged:
		return nil, 0, errors.Join(err, f.Close())
	case state == torn:
		if err := errors.Join(f.Truncate(end), f.Sync()); err != nil {
			return nil, 0, errors.Join(fmt.Errorf("archive: cut off a torn record of %s: %w", name, err), f.Close())
		}
	}
	return f, end, nil
}

// CutBack takes off the end of a file from at on, for a caller who knows that
// nothing there was ever said to be kept: a power cut may keep any sectors of
// what was being written, and lose those between them. It does nothing to a file
// that another program wrote or has.
func (a *Archive) CutBack(name string, at int64) (bool, error) {
	if fileNumber(name) == 0 {
		return false, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file != nil && filepath.Base(a.file.Name()) == name {
		if err := a.release(); err != nil {
			return false, err
		}
	}
	f, err := os.OpenFile(filepath.Join(a.dir, name), os.O_RDWR, 0)
	if err != nil {
		return false, fmt.Errorf("archive: %w", err)
	}
	ok, err := alone(f)
	if err != nil || !ok {
		return false, errors.Join(err, f.Close())
	}
	return true, errors.Join(f.Truncate(at), f.Sync(), f.Close())
}

// How a file ends.
type ending int

const (
	clean   ending = iota
	torn           // with the beginning of a member, or zeros
	damaged        // with something else: evidence, to be left as it is
)

// tail walks a file by the lengths in its members' headers and returns where
// its last whole member ends. A tail is torn only if it is the beginning of a
// member and no more: a whole member whose length field was damaged is not.
func tail(f io.ReaderAt, size int64) (end int64, state ending, err error) {
	var head [memberHead]byte
	for end < size {
		n, err := f.ReadAt(head[:min(int64(len(head)), size-end)], end)
		if err != nil && err != io.EOF {
			return 0, clean, err
		}
		skip := skipLength(head[:n])
		if skip > 0 && end+skip <= size {
			end += skip
			continue
		}
		rest := io.NewSectionReader(f, end, size-end)
		zeros, err := onlyZeros(rest)
		if err != nil {
			return 0, clean, err
		}
		if zeros {
			return end, torn, nil // the length of the file was kept, its bytes were not
		}
		if _, err := rest.Seek(0, io.SeekStart); err != nil {
			return 0, clean, err
		}
		var i inflater
		_, err = i.member(&counter{r: bufio.NewReader(rest)})
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return end, torn, nil
		}
		return end, damaged, nil
	}
	return end, clean, nil
}

func onlyZeros(r io.Reader) (bool, error) {
	b := make([]byte, 1<<16)
	for {
		n, err := r.Read(b)
		for _, c := range b[:n] {
			if c != 0 {
				return false, nil
			}
		}
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// Append writes one capture and returns where. It is on the disk only after
// Sync. Hash and size of c must be those of payload. head is the status line
// and header of the server that sent it, nil if no server did.
func (a *Archive) Append(c recount.Capture, head, payload []byte) (recount.WARCRecord, error) {
	sum := sha256.Sum256(payload)
	switch {
	case c.Hash != hex.EncodeToString(sum[:]) || c.Size != int64(len(payload)):
		return recount.WARCRecord{}, fmt.Errorf("archive: the hash or size of %s is not that of its bytes: %w", c.Key, recount.ErrInvalid)
	case len(payload) > maxRecord:
		return recount.WARCRecord{}, refuse(c.Name, fmt.Sprintf("larger than %d MB", maxRecord>>20), "cut it into smaller files, or leave it out")
	case !utf8.ValidString(c.Name+c.Search+c.Channel) || strings.ContainsRune(c.Name+c.Search+c.Channel, 0) || len(c.Name)+len(c.Search)+len(c.Channel)+len(c.MediaType) > 1<<14:
		return recount.WARCRecord{}, refuse(fmt.Sprintf("%.60q", c.Name), "a name that is not UTF-8, or too long a name or search", "give it a shorter, plain name")
	}
	record, err := captureRecord(c, head, payload)
	if err != nil {
		return recount.WARCRecord{}, err
	}
	if over := len(record) - len(payload); over > maxHead {
		return recount.WARCRecord{}, refuse(c.Name, fmt.Sprintf("%d kB of what was said about it", over>>10), "give it fewer hints")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ready(c); err != nil {
		return recount.WARCRecord{}, a.full(err)
	}
	// A record must be able to hold the tombstone that may take its place.
	room := memberHead + len(tombstone(c, "")) + 200 + memberTail
	m, err := a.deflate.member(record, room)
	if err != nil {
		return recount.WARCRecord{}, err
	}
	r := recount.WARCRecord{File: filepath.Base(a.file.Name()), Offset: a.size, Length: int64(len(m))}
	return r, a.full(a.write(m))
}

// ready makes a.file one that can be added to.
func (a *Archive) ready(c recount.Capture) error {
	if a.file != nil && a.size < a.limit {
		return nil
	}
	if a.file != nil {
		if err := a.release(); err != nil {
			return err
		}
	}
	files, err := a.files()
	if err != nil {
		return err
	}
	last := 0
	if len(files) > 0 {
		last = fileNumber(files[len(files)-1])
		for _, f := range files {
			last = max(last, fileNumber(f))
		}
	}
	if last > 0 {
		f, size, err := a.take(fileName(last))
		if err != nil {
			return err
		}
		if f != nil && size < a.limit {
			a.file, a.size = f, size
		} else if f != nil {
			if err := f.Close(); err != nil {
				return err
			}
		}
	}
	for a.file == nil {
		last++
		f, err := os.OpenFile(filepath.Join(a.dir, fileName(last)), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("archive: %w", err)
		}
		if ok, err := alone(f); err != nil || !ok { // another process was quicker
			if err := errors.Join(err, f.Close()); err != nil {
				return err
			}
			continue
		}
		a.file, a.size = f, 0
	}
	if a.size > 0 {
		return nil
	}
	m, err := a.deflate.member(infoRecord(filepath.Base(a.file.Name()), c), 0)
	if err != nil {
		return err
	}
	if err := a.write(m); err != nil {
		return err
	}
	return disk.Sync(a.dir)
}

// write adds one member. If it cannot be written whole, the file is cut back,
// so that the next one begins at a member.
func (a *Archive) write(m []byte) error {
	if _, err := a.file.WriteAt(m, a.size); err != nil {
		err = fmt.Errorf("archive: %w", err)
		if cut := a.file.Truncate(a.size); cut != nil {
			err = errors.Join(err, cut, a.release())
		}
		return err
	}
	a.size += int64(len(m))
	return nil
}

// full adds what to do when the disk is full.
func (a *Archive) full(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return recount.WithHint(fmt.Errorf("the disk is full: %w", err),
			"free some space on the disk of "+a.dir+" and run the same command again; what was reported done is kept")
	}
	return err
}

// Sync puts everything that was appended on the disk, the folder's list of
// files included.
func (a *Archive) Sync() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file == nil {
		return nil
	}
	return a.full(errors.Join(a.file.Sync(), disk.Sync(a.dir)))
}

// release syncs and closes the file being written.
func (a *Archive) release() error {
	f := a.file
	a.file, a.size = nil, 0
	return errors.Join(f.Sync(), f.Close())
}

// Close puts everything on the disk and closes the archive.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file == nil {
		return nil
	}
	return a.full(a.release())
}

// tampered says that a record is not as it was written.
func tampered(r recount.WARCRecord, err error) error {
	return recount.WithHint(
		fmt.Errorf("archived page at byte %d of %s: its bytes were changed (%w): %w", r.Offset, r.File, err, recount.ErrTampered),
		"put back "+r.File+" from a backup, or add the page again")
}

// record reads and checks the one record at r.
func (a *Archive) record(r recount.WARCRecord) (header, []byte, error) {
	if r.File != filepath.Base(r.File) || r.Offset < 0 || r.Length < minMember || r.Length > maxRecord*2 {
		return nil, nil, fmt.Errorf("archive: no record can lie at %d-%d of %q: %w", r.Offset, r.Offset+r.Length, r.File, recount.ErrInvalid)
	}
	f, err := os.Open(filepath.Join(a.dir, r.File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, recount.WithHint(fmt.Errorf("archive: %s is gone: %w: %w", r.File, recount.ErrTampered, recount.ErrNotFound),
			"put it back from a backup")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("archive: %w", err)
	}
	defer f.Close()
	c := &counter{r: bufio.NewReader(io.NewSectionReader(f, r.Offset, r.Length))}
	var i inflater
	b, err := i.member(c)
	if err != nil {
		return nil, nil, tampered(r, err)
	}
	if c.n != r.Length {
		return nil, nil, tampered(r, fmt.Errorf("%d bytes where %d were written", c.n, r.Length))
	}
	if fileNumber(r.File) > 0 {
		if err := checkHead(f, r.Offset, r.Length, int64(len(b))); err != nil {
			return nil, nil, tampered(r, err)
		}
	}
	h, block, err := parseRecord(b)
	if err != nil {
		return nil, nil, tampered(r, err)
	}
	return h, block, nil
}

// Payload returns the bytes of a capture. The error wraps recount.ErrTampered
// if they are not as they were written, and recount.ErrNotFound if they were
// erased. A caller that knows their hash compares it: an archive that was
// replaced as a whole is whole.
func (a *Archive) Payload(r recount.WARCRecord) ([]byte, error) {
	h, block, err := a.record(r)
	if err != nil {
		return nil, err
	}
	f, ok, err := found(h, block)
	if err != nil || !ok {
		return nil, tampered(r, errors.Join(err, errors.New("not a capture")))
	}
	if f.Erased != "" {
		return nil, fmt.Errorf("archived page %s was erased (%s): %w", f.Capture.Key, f.Erased, recount.ErrNotFound)
	}
	return payloadOf(h, block), nil
}

// Blank overwrites one record with a tombstone of the same length, which keeps
// the name, time and hash of the page and says why it was erased, as far as
// the reason fits. No other byte of the file changes. To blank it again changes
// nothing. A crash in the middle of it leaves a record that is neither and is
// reported as changed, so its removal is decided and logged first.
func (a *Archive) Blank(r recount.WARCRecord, reason string) error {
	h, block, err := a.record(r)
	if err != nil {
		return err
	}
	old, ok, err := found(h, block)
	if err != nil || !ok {
		return tampered(r, errors.Join(err, errors.New("not a capture")))
	}
	if old.Erased != "" {
		return nil
	}
	return a.blank(r, old.Capture, reason)
}

// Erase is Blank for a page of which nothing may be known any more: left is what
// the tombstone says of it, its name, hash, time and channel; where its record
// lies is said by left too. A record that was blanked before is erased too, and
// so is one that a crash left half erased.
func (a *Archive) Erase(left recount.Capture, reason string) error {
	r := left.Record
	left = recount.Capture{Name: left.Name, Hash: left.Hash, Captured: left.Captured, Channel: left.Channel}
	h, block, err := a.record(r)
	if err == nil {
		old, ok, bad := found(h, block)
		switch {
		case bad != nil || !ok:
			return tampered(r, errors.Join(bad, errors.New("not a capture")))
		case old.Erased != "" && old.Capture.Name == left.Name:
			return nil
		}
	} else if whole, bad := a.holdsMember(r); !errors.Is(err, recount.ErrTampered) || bad != nil || !whole {
		return errors.Join(err, bad)
	}
	return a.blank(r, left, reason)
}

// holdsMember reports whether a record begins where one should and ends where
// the next one begins, or the file ends: what lies between may be torn.
func (a *Archive) holdsMember(r recount.WARCRecord) (bool, error) {
	f, err := os.Open(filepath.Join(a.dir, r.File))
	if err != nil {
		return false, fmt.Errorf("archive: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, fmt.Errorf("archive: %w", err)
	}
	end := r.Offset + r.Length
	for _, at := range []int64{r.Offset, end} {
		var b [len(gzipMagic)]byte
		if at == end && end == info.Size() {
			continue
		}
		if _, err := f.ReadAt(b[:], at); err != nil || string(b[:]) != gzipMagic {
			return false, nil
		}
	}
	return true, nil
}

// gzipMagic begins every member.
const gzipMagic = "\x1f\x8b\x08"

// blank writes the tombstone of a page in place of its record.
func (a *Archive) blank(r recount.WARCRecord, left recount.Capture, reason string) error {
	var d deflater
	for reason != "" {
		m, err := d.member(tombstone(left, reason), 0)
		if err != nil {
			return err
		}
		if int64(len(m)) <= r.Length {
			break
		}
		half := len(reason) / 2
		for half > 0 && !utf8.RuneStart(reason[half]) {
			half--
		}
		reason = reason[:half]
	}
	m, err := d.member(tombstone(left, reason), int(r.Length))
	if err != nil {
		return err
	}
	if int64(len(m)) != r.Length {
		return fmt.Errorf("archive: the record at byte %d of %s is too short to be blanked: %w", r.Offset, r.File, recount.ErrInvalid)
	}
	f, err := os.OpenFile(filepath.Join(a.dir, r.File), os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	_, err = f.WriteAt(m, r.Offset)
	return a.full(errors.Join(err, f.Sync(), f.Close()))
}

// Scan yields every capture whose record lies at or after the offset that
// after gives for its file (0 for files it does not name), in the order of
// files and offsets, with digests checked. A record that is not as it was
// written is yielded as an error wrapping recount.ErrTampered, with File and
// Offset of its place, and the scan goes on behind it. A torn end is no error.
func (a *Archive) Scan(after map[string]int64) iter.Seq2[Found, error] {
	return func(yield func(Found, error) bool) {
		files, err := a.files()
		if err != nil {
			yield(Found{}, err)
			return
		}
		for _, name := range files {
			if !a.scanFile(name, after[name], yield) {
				return
			}
		}
	}
}

func (a *Archive) scanFile(name string, from int64, yield func(Found, error) bool) bool {
	f, err := os.Open(filepath.Join(a.dir, name))
	if err != nil {
		return yield(Found{}, fmt.Errorf("archive: %w", err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return yield(Found{}, fmt.Errorf("archive: %w", err))
	}
	return scan(f, info.Size(), name, from, yield)
}

// scan is Scan for one file of size bytes.
func scan(f io.ReaderAt, size int64, name string, from int64, yield func(Found, error) bool) bool {
	var i inflater
	buffered := bufio.NewReaderSize(nil, 1<<16)
	at, fresh := max(from, 0), true
	for at < size {
		if fresh {
			buffered.Reset(io.NewSectionReader(f, at, size-at))
			fresh = false
		}
		c := &counter{r: buffered}
		b, err := i.member(c)
		r := recount.WARCRecord{File: name, Offset: at, Length: c.n}
		var h header
		var block []byte
		if err == nil && fileNumber(name) > 0 {
			err = checkHead(f, at, c.n, int64(len(b)))
		}
		if err == nil {
			h, block, err = parseRecord(b)
		}
		var got Found
		var ok bool
		if err == nil {
			got, ok, err = found(h, block)
		}
		if err == nil {
			got.Capture.Record = r
			if ok && !yield(got, nil) {
				return false
			}
			at += c.n
			continue
		}
		next := nextMember(f, at+1, size)
		if next == size {
			_, state, tailErr := tail(io.NewSectionReader(f, at, size-at), size-at)
			if tailErr == nil && state == torn {
				return true // being written, or left by a crash
			}
		}
		got.Capture.Record = recount.WARCRecord{File: name, Offset: at}
		if !yield(got, tampered(r, err)) {
			return false
		}
		at, fresh = next, true
	}
	return true
}

// nextMember returns where the next member of ours begins at or after from,
// size if there is none.
func nextMember(f io.ReaderAt, from, size int64) int64 {
	b := make([]byte, 1<<16)
	for from < size {
		n, err := f.ReadAt(b[:min(int64(len(b)), size-from)], from)
		for i := 0; i < n; {
			j := bytes.IndexByte(b[i:n], 0x1f)
			if j < 0 {
				break
			}
			i += j
			if skip := skipLength(b[i:n]); skip > 0 && from+int64(i)+skip <= size {
				return from + int64(i)
			}
			i++
		}
		if err != nil && err != io.EOF || n < memberHead || from+int64(n) >= size {
			return size
		}
		from += int64(n) - memberHead + 1
	}
	return size
}

// alone makes this process the only one that writes to f, until f is closed. ok
// is false if another process has it. Where nothing can be locked the study says
// so, and lets one program change it at a time as far as it can.
func alone(f *os.File) (ok bool, err error) {
	ok, err = disk.Lock(f)
	if errors.Is(err, errors.ErrUnsupported) {
		return true, nil
	}
	return ok, err
}
