package recount

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
)

// A Leaf is one entry of the log of a study: what one row of it must be from
// there on. The log is a Merkle tree over leaves in the order in which things
// were saved (RFC 6962, section 2.1); it is only ever added to.
type Leaf struct {
	What string `json:"what"` // "capture", "text", "decision", ..., as store writes them
	ID   string `json:"id"`   // key or id of the row
	Sum  string `json:"sum"`  // SHA-256 of the row; "" if the id says all, or the row went
}

// Bytes returns what is hashed of a leaf: its canonical JSON.
func (l Leaf) Bytes() ([]byte, error) { return Canonical(l) }

// A Checkpoint says what the log of one copy of a study was at one moment:
// whoever keeps it can show later that the log was only added to.
type Checkpoint struct {
	Log  string   // id of the log: 32 hexadecimal digits; each copy of a study has its own
	Size int64    // leaves
	Root string   // of the tree over them: 32 bytes in base 64
	More []string // further lines, such as "sha256 HASH FILE"
}

// origin is the first line of a checkpoint, before the id of the log.
const origin = "recount/"

// String writes a checkpoint in the form of C2SP tlog-checkpoint without
// signatures: origin, size, root, further lines.
func (c Checkpoint) String() string {
	return origin + c.Log + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root + "\n" + strings.Join(append(c.More[:len(c.More):len(c.More)], ""), "\n")
}

// Same reports whether two checkpoints say the same of the same log.
func (c Checkpoint) Same(d Checkpoint) bool {
	return c.Log == d.Log && c.Size == d.Size && c.Root == d.Root
}

// ParseCheckpoint reads what String writes, also where another program gave it the line
// ends of Windows or a mark of the order of bytes, as version control and mail do.
func ParseCheckpoint(text string) (Checkpoint, error) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 {
		return Checkpoint{}, fmt.Errorf("a checkpoint has three lines or more: %w", ErrInvalid)
	}
	c := Checkpoint{Root: lines[2], More: lines[3:]}
	var ok bool
	if c.Log, ok = strings.CutPrefix(lines[0], origin); !ok || len(c.Log) != 32 || strings.Trim(c.Log, "0123456789abcdef") != "" {
		return Checkpoint{}, fmt.Errorf("the first line of a checkpoint is %q and the id of a log: %w", origin, ErrInvalid)
	}
	n, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("a checkpoint of the size %.40q: %w", lines[1], ErrInvalid)
	}
	c.Size = n
	if b, err := base64.StdEncoding.Strict().DecodeString(c.Root); err != nil || len(b) != 32 || base64.StdEncoding.EncodeToString(b) != c.Root {
		return Checkpoint{}, fmt.Errorf("a checkpoint with the root %.60q: %w", c.Root, ErrInvalid)
	}
	return c, nil
}
