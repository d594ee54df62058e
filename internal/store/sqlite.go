package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"recount"
	"recount/internal/disk"
)

// connections is how many connections a pool may hold: one that writes, the
// others to read meanwhile.
const connections = 4

func openSQLite(ctx context.Context, dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{
		study: &database{engine: sqliteEngine, name: studyFile, place: dir,
			redo: "put back a copy of " + studyFile + " from a backup; the archived pages in captures/ are not touched by this"},
		derived: &database{engine: sqliteEngine, name: derivedFile, place: dir,
			redo: "delete " + filepath.Join(dir, derivedFile) + " (and the files beside it that begin with its name), then run recount rebuild: nothing in it is lost by that"},
	}
	if s.readOnly, err = readOnly(dir); err != nil {
		return nil, err
	}
	if !s.readOnly && disk.Full(dir) && there(filepath.Join(dir, studyFile)) && !there(filepath.Join(dir, studyFile+"-shm")) {
		// SQLite makes a file beside a database even to read it. Where another
		// program has made it already there is no need to.
		s.readOnly, s.full = true, true
	}
	if s.readOnly {
		return s, s.openImmutable(ctx, dir)
	}
	// synchronous=FULL because with NORMAL a power cut loses decisions that
	// were reported saved; derived.db can lose some and is made again.
	if s.study.pool, err = sql.Open("sqlite", dsn(filepath.Join(dir, studyFile), "full")); err != nil {
		return nil, s.study.fault(ctx, "open", err)
	}
	if s.derived.pool, err = sql.Open("sqlite", dsn(filepath.Join(dir, derivedFile), "normal")); err != nil {
		return nil, errors.Join(s.derived.fault(ctx, "open", err), s.study.pool.Close())
	}
	s.study.pool.SetMaxOpenConns(connections)
	s.derived.pool.SetMaxOpenConns(connections)
	for _, d := range []*database{s.study, s.derived} {
		// A new file is for its owner alone, and SQLite gives the files beside it
		// the same mode.
		if f, err := os.OpenFile(filepath.Join(dir, d.name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			if err := f.Close(); err != nil {
				return nil, errors.Join(d.fault(ctx, "open", err), s.Close())
			}
		}
		if err := d.recognise(filepath.Join(dir, d.name)); err != nil {
			return nil, errors.Join(err, s.Close())
		}
		if err := d.guard(ctx); err != nil {
			return nil, errors.Join(err, s.Close())
		}
	}
	backup := func(from int) error { return s.study.backup(ctx, filepath.Join(dir, studyFile), from) }
	if err := s.prepare(ctx, backup); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// readOnly reports whether a folder, or the databases in it, can be read and not
// written.
func readOnly(dir string) (bool, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return false, err
	}
	f, err := os.OpenFile(filepath.Join(dir, studyFile), os.O_RDWR, 0)
	if err == nil {
		return info.Mode()&0o200 == 0, f.Close()
	}
	if _, there := os.Stat(filepath.Join(dir, studyFile)); there != nil {
		return false, nil // it is made below, or said that it cannot be
	}
	return errors.Is(err, syscall.EROFS) || errors.Is(err, fs.ErrPermission), nil
}

// openImmutable opens databases that nobody can change: nothing is locked and
// no file is made beside them. It refuses what lies in a write-ahead log that
// cannot be taken in.
func (s *Store) openImmutable(ctx context.Context, dir string) (err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	for _, d := range []*database{s.study, s.derived} {
		path := filepath.Join(dir, d.name)
		if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
			if s.full {
				return recount.WithHint(fmt.Errorf("%s: the disk is full, and what was saved last lies in %s-wal: %w", d.name, d.name, syscall.ENOSPC),
					"free some space on the disk of "+d.place+" and run the same command again; what was reported done is kept")
			}
			return recount.WithHint(fmt.Errorf("%s: %w: what was saved last lies in %s-wal, and the folder cannot be written to", d.name, recount.ErrRefused, d.name),
				"make "+d.place+" writable and open the study once, as with recount count; or copy the folder to a place where you may write")
		}
		u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
		if d.pool, err = sql.Open("sqlite", "file:"+u.EscapedPath()+"?mode=ro&immutable=1&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"); err != nil {
			return d.fault(ctx, "open", err)
		}
		d.pool.SetMaxOpenConns(connections)
	}
	for _, d := range []*database{s.study, s.derived} {
		if err := d.recognise(filepath.Join(dir, d.name)); err != nil {
			return err
		}
		if err := d.guard(ctx); err != nil {
			return err
		}
	}
	return s.prepare(ctx, func(int) error { return nil })
}

// recognise refuses a file that is no database. SQLite does so itself, but
// takes a file shorter than its header for a new database and overwrites it.
func (d *database) recognise(path string) error {
	const magic = "SQLite format 3\x00"
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return recount.WithHint(fmt.Errorf("%s: %w", d.name, err), "make "+d.place+" and the files in it readable for you, then run the command again")
	}
	defer f.Close()
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || string(head) == magic { // empty, or a database
		return nil
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%s: %w", d.name, err)
	}
	return d.broken(fmt.Errorf("%s is not a database: it begins with %.16q: %w", d.name, head[:n], recount.ErrInvalid))
}

// dsn returns the driver's name for a file. secure_delete overwrites what is
// erased; _txlock=immediate makes a writer wait at its start, where waiting
// cannot fail, instead of in its middle. What a schema says is not trusted, and
// cells are measured when a page is read.
func dsn(path, synchronous string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	return "file:" + u.EscapedPath() + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)" +
		"&_pragma=synchronous(" + synchronous + ")&_pragma=foreign_keys(1)&_pragma=secure_delete(1)" +
		"&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)&_txlock=immediate"
}

// backup copies the database to a file beside it, named after the version
// that it holds. The copy has its name only once it is whole.
func (d *database) backup(ctx context.Context, path string, from int) error {
	text, err := statement(d.engine, "backup")
	if err != nil {
		return err
	}
	to := fmt.Sprintf("%s.version-%d", path, from)
	// Several processes may open an older study at once.
	f, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.part")
	if err != nil {
		return err
	}
	part := f.Name()
	if err := f.Close(); err != nil {
		return err
	}
	if _, err := d.pool.ExecContext(ctx, text, part); err != nil {
		return err
	}
	if err := disk.Sync(part); err != nil {
		return err
	}
	return disk.Rename(part, to)
}

// forget takes erased bytes out of the write-ahead log and gives back the
// room of dropped rows where shrink is set.
func (d *database) forget(ctx context.Context, shrink bool) error {
	if d.engine != sqliteEngine {
		return nil // PostgreSQL does both by itself, later
	}
	d.write.Lock()
	defer d.write.Unlock()
	names := []string{"checkpoint"}
	if shrink {
		names = []string{"shrink", "checkpoint"}
	}
	for _, name := range names {
		text, err := statement(d.engine, name)
		if err != nil {
			return err
		}
		if _, err := d.pool.ExecContext(ctx, text); err != nil {
			return d.fault(ctx, name, err)
		}
	}
	return nil
}

// SyncDerived puts on the disk what was derived, before it is reported done: a
// power cut may take what was written to derived.db since the last time.
func (s *Store) SyncDerived(ctx context.Context) error { return s.derived.forget(ctx, false) }

// CopyTo writes copies of both databases, as they are committed, into a folder
// that has none.
func (s *Store) CopyTo(ctx context.Context, dir string) error {
	if s.study.engine != sqliteEngine {
		return recount.WithHint(fmt.Errorf("copy the study: %w: it lies on a server", recount.ErrRefused), "copy it with the tools of the server")
	}
	for _, d := range []*database{s.study, s.derived} {
		text, err := statement(d.engine, "backup")
		if err != nil {
			return err
		}
		to := filepath.Join(dir, d.name)
		if _, err := d.pool.ExecContext(ctx, text, to); err != nil {
			return d.fault(ctx, "copy", err)
		}
		if err := disk.Sync(to); err != nil {
			return err
		}
	}
	return disk.Sync(dir)
}
