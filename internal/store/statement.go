package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"recount"
	"recount/internal/disk"
	"recount/internal/pattern"
)

// Every statement is a file in sql/, one statement each. A statement that the
// two engines spell differently is a pair x.sqlite.sql and x.postgres.sql.
//
//go:embed sql/*.sql sql/older/*.sql
var statements embed.FS

// An engine is the database system that runs the statements.
type engine string

const (
	sqliteEngine   engine = "sqlite"
	postgresEngine engine = "postgres"
)

// statement returns the text of a statement for an engine.
func statement(e engine, name string) (string, error) {
	for _, path := range []string{"sql/" + name + ".sql", "sql/" + name + "." + string(e) + ".sql"} {
		if b, err := statements.ReadFile(path); err == nil {
			return string(b), nil
		}
	}
	return "", fmt.Errorf("no statement %s for %s: %w", name, e, recount.ErrNotFound)
}

// parameter is the place of an argument in a statement.
var parameter = pattern.New(`\$\d+`)

// inOrder writes "?" for the arguments of a statement that takes each of them once
// and in order: SQLite looks up the name of every other one, at each call.
func inOrder(text string) string {
	for i, name := range parameter.FindAllString(text, -1) {
		if name != "$"+strconv.Itoa(i+1) {
			return text
		}
	}
	return parameter.ReplaceAllString(text, "?")
}

// A database is one set of tables: a SQLite file or a PostgreSQL schema.
type database struct {
	pool   *sql.DB
	engine engine
	name   string // as messages call it: "study.db"
	place  string // where it lies: a folder, or "the PostgreSQL server"
	schema string // of PostgreSQL: "recount_study"
	redo   string // what to do when it is damaged

	// SQLite allows one writer at a time. Writers of this process wait here,
	// without a limit; those of another process wait for busy_timeout.
	write sync.Mutex
	// Whether the name of the write-ahead log is known to be on the disk. SQLite
	// syncs the folder with the first write and passes over its fault, and a power
	// cut would then bring back the log of an earlier session.
	named bool
}

// A writer is one transaction. A statement is prepared when it is first used.
type writer struct {
	d        *database
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
	tree     *tree // nil until something is logged
}

// look runs f in one transaction that only reads: it sees one moment and takes
// no lock that a writer waits for.
func (d *database) look(ctx context.Context, op string, f func(w *writer) error) error {
	tx, err := d.pool.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return d.fault(ctx, op, err)
	}
	err = f(&writer{d: d, tx: tx, prepared: map[string]*sql.Stmt{}})
	return errors.Join(d.fault(ctx, op, err), ignoreDone(tx.Rollback()))
}

// change runs f in one transaction: all of it happens, or nothing. op and
// subject go into the message.
func (d *database) change(ctx context.Context, op string, f func(w *writer) error) (err error) {
	d.write.Lock()
	defer d.write.Unlock()
	tx, err := d.pool.BeginTx(ctx, nil)
	if err != nil {
		return d.fault(ctx, op, err)
	}
	w := &writer{d: d, tx: tx, prepared: map[string]*sql.Stmt{}}
	if err := f(w); err != nil {
		return errors.Join(d.fault(ctx, op, err), ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return d.fault(ctx, op, err)
	}
	if d.engine == sqliteEngine && d.place != "" && !d.named { // one in memory lies nowhere
		if err := disk.Sync(d.place); err != nil {
			return d.fault(ctx, op, err)
		}
		d.named = true
	}
	return nil
}

// ignoreDone drops the complaint that a transaction is over already, which is
// so when its context ended.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (w *writer) prepare(ctx context.Context, name string) (*sql.Stmt, error) {
	if s := w.prepared[name]; s != nil {
		return s, nil
	}
	text, err := statement(w.d.engine, name)
	if err != nil {
		return nil, err
	}
	if w.d.engine == sqliteEngine {
		text = inOrder(text)
	}
	s, err := w.tx.PrepareContext(ctx, text) // closed with the transaction
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w.prepared[name] = s
	return s, nil
}

// exec runs a statement and returns how many rows it changed.
func (w *writer) exec(ctx context.Context, name string, args ...any) (int64, error) {
	s, err := w.prepare(ctx, name)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return r.RowsAffected()
}

// put is exec for a statement that ends at once, since it is about one row or one
// article: whether to stop is asked before it. To stop it on the way takes a
// goroutine for each call, which costs more than most rows do.
func (w *writer) put(ctx context.Context, name string, args ...any) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	return w.exec(context.WithoutCancel(ctx), name, args...)
}

// rowsAtOnce is how many rows go with one statement where many are put: most of
// what a small row costs is the call.
const rowsAtOnce = 50

// values is the end of a statement that puts one row.
var values = pattern.New(`(?s)VALUES \((\$\d+(?:, \$\d+)*)\)\s*$`)

// execAll runs a statement that puts one row, once for each of n rows; row says
// what the i-th one holds.
func (w *writer) execAll(ctx context.Context, name string, n int, row func(i int) []any) error {
	i := 0
	if n >= rowsAtOnce {
		s, err := w.prepareRows(ctx, name)
		if err != nil {
			return err
		}
		for ; n-i >= rowsAtOnce; i += rowsAtOnce {
			var args []any
			for k := range rowsAtOnce {
				args = append(args, row(i+k)...)
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := s.ExecContext(context.WithoutCancel(ctx), args...); err != nil { // as put does
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	for ; i < n; i++ {
		if _, err := w.put(ctx, name, row(i)...); err != nil {
			return err
		}
	}
	return nil
}

// prepareRows prepares a statement that puts one row to put rowsAtOnce.
func (w *writer) prepareRows(ctx context.Context, name string) (*sql.Stmt, error) {
	many := name + ", rows"
	if s := w.prepared[many]; s != nil {
		return s, nil
	}
	text, err := statement(w.d.engine, name)
	if err != nil {
		return nil, err
	}
	m := values.FindStringSubmatchIndex(text)
	if m == nil {
		return nil, fmt.Errorf("%s: it does not end with the values of one row: %w", name, recount.ErrInvalid)
	}
	columns := strings.Count(text[m[2]:m[3]], "$")
	var b strings.Builder
	head := text[:m[0]]
	if w.d.engine == sqliteEngine {
		// So that it copies no page before it changes it, to take back the rows before
		// one that cannot be put: the whole transaction is taken back then.
		head = strings.Replace(head, "INSERT INTO", "INSERT OR FAIL INTO", 1)
	}
	b.WriteString(head)
	for i := range rowsAtOnce * columns {
		switch {
		case i == 0:
			b.WriteString("VALUES (")
		case i%columns == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		if w.d.engine == sqliteEngine {
			b.WriteString("?") // it looks up a name at the cost of all before it
		} else {
			fmt.Fprintf(&b, "$%d", i+1)
		}
	}
	b.WriteString(")")
	s, err := w.tx.PrepareContext(ctx, b.String()) // closed with the transaction
	if err != nil {
		return nil, fmt.Errorf("%s: %w", many, err)
	}
	w.prepared[many] = s
	return s, nil
}

// query runs a statement inside a transaction and returns all its rows.
func query[T any](ctx context.Context, w *writer, name string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	s, err := w.prepare(ctx, name)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return scanAll(rows, scan)
}

func scanText(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) }

// read runs a statement outside a transaction and returns all its rows.
func read[T any](ctx context.Context, d *database, op, name string, scan func(*sql.Rows) (T, error), args ...any) ([]T, error) {
	text, err := statement(d.engine, name)
	if err != nil {
		return nil, err
	}
	rows, err := d.pool.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, d.fault(ctx, op, fmt.Errorf("%s: %w", name, err))
	}
	out, err := scanAll(rows, scan)
	return out, d.fault(ctx, op, err)
}

func scanAll[T any](rows *sql.Rows, scan func(*sql.Rows) (T, error)) (out []T, err error) {
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// oneText reads a statement of one row or none with one text in it; ok is
// false if there is no row.
func oneText(ctx context.Context, d *database, op, name string, args ...any) (s string, ok bool, err error) {
	rows, err := read(ctx, d, op, name, scanText, args...)
	if err != nil || len(rows) == 0 {
		return "", false, err
	}
	return rows[0], true, nil
}
