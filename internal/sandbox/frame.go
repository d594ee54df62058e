package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"recount"
)

// MaxFrame is the most bytes that a call carries in one direction.
const MaxFrame = 512 << 20

// magic begins every message, so that anything else that a program prints is
// not taken for one.
const magic = "rci2"

// A call is what the parent asks of the child.
type call struct {
	most    int64 // bytes, for all of the child as long as it lives
	memory  int64 // bytes, for all of the child during this call
	cpu     time.Duration
	kind    string
	options []byte
	payload []byte
}

// A reply is what the child answers. Of an outcome other than done, reason and
// hint say why.
type reply struct {
	outcome byte
	reason  string
	hint    string
	body    []byte
}

// The outcomes of a call.
const (
	done byte = iota
	refused
	notFound
	invalid
	failed   // any other error
	panicked // the reader panicked; the child ends after it has said so
)

// errFrame says that what came is no message.
var errFrame = errors.New("sandbox: not a message")

func (c *call) write(w io.Writer) error {
	head := make([]byte, 0, 64)
	head = append(head, magic...)
	head = binary.BigEndian.AppendUint64(head, uint64(c.most))
	head = binary.BigEndian.AppendUint64(head, uint64(c.memory))
	head = binary.BigEndian.AppendUint64(head, uint64(c.cpu))
	return writeParts(w, head, []byte(c.kind), c.options, c.payload)
}

func readCall(r io.Reader) (*call, error) {
	head := make([]byte, len(magic)+24)
	if _, err := io.ReadFull(r, head); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, io.EOF
		}
		return nil, errFrame
	}
	if string(head[:len(magic)]) != magic {
		return nil, errFrame
	}
	parts, err := readParts(r, 3)
	if err != nil {
		return nil, err
	}
	return &call{
		most:   int64(binary.BigEndian.Uint64(head[len(magic):])),
		memory: int64(binary.BigEndian.Uint64(head[len(magic)+8:])),
		cpu:    time.Duration(binary.BigEndian.Uint64(head[len(magic)+16:])),
		kind:   string(parts[0]), options: parts[1], payload: parts[2],
	}, nil
}

func (a *reply) write(w io.Writer) error {
	return writeParts(w, append([]byte(magic), a.outcome), []byte(a.reason), []byte(a.hint), a.body)
}

func readReply(r io.Reader) (*reply, error) {
	head := make([]byte, len(magic)+1)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	if string(head[:len(magic)]) != magic || head[len(magic)] > panicked {
		return nil, errFrame
	}
	parts, err := readParts(r, 3)
	if err != nil {
		return nil, err
	}
	return &reply{outcome: head[len(magic)], reason: string(parts[0]), hint: string(parts[1]), body: parts[2]}, nil
}

// writeParts writes head, the lengths of the parts and the parts.
func writeParts(w io.Writer, head []byte, parts ...[]byte) error {
	total := 0
	for _, p := range parts {
		head = binary.BigEndian.AppendUint32(head, uint32(min(len(p), MaxFrame+1)))
		total += len(p)
	}
	if total > MaxFrame {
		return fmt.Errorf("sandbox: a message of more than %d bytes: %w", MaxFrame, recount.ErrInvalid)
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for _, p := range parts {
		if len(p) == 0 {
			continue
		}
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// readParts reads n lengths and as many parts. Memory grows with the bytes that
// come, not with the lengths that are announced.
func readParts(r io.Reader, n int) ([][]byte, error) {
	lengths := make([]byte, 4*n)
	if _, err := io.ReadFull(r, lengths); err != nil {
		return nil, errFrame
	}
	var total int64
	for i := range n {
		total += int64(binary.BigEndian.Uint32(lengths[4*i:]))
	}
	if total > MaxFrame {
		return nil, errFrame
	}
	parts := make([][]byte, n)
	for i := range n {
		size := int64(binary.BigEndian.Uint32(lengths[4*i:]))
		if size <= 1<<20 {
			parts[i] = make([]byte, size)
			if _, err := io.ReadFull(r, parts[i]); err != nil {
				return nil, errFrame
			}
			continue
		}
		b, err := readLong(r, size)
		if err != nil {
			return nil, errFrame
		}
		parts[i] = b
	}
	return parts, nil
}

// readLong reads size bytes in steps that double.
func readLong(r io.Reader, size int64) ([]byte, error) {
	b := make([]byte, 1<<20)
	have := 0
	for {
		n, err := io.ReadFull(r, b[have:])
		have += n
		if err != nil {
			return nil, err
		}
		if int64(have) == size {
			return b, nil
		}
		grown := make([]byte, min(size, 2*int64(have)))
		copy(grown, b)
		b = grown
	}
}

// replyTo puts an error of a reader into a reply.
func replyTo(err error) *reply {
	a := &reply{outcome: failed, hint: recount.HintOf(err)}
	kind := error(nil)
	switch {
	case errors.Is(err, recount.ErrRefused):
		a.outcome, kind = refused, recount.ErrRefused
	case errors.Is(err, recount.ErrNotFound):
		a.outcome, kind = notFound, recount.ErrNotFound
	case errors.Is(err, recount.ErrInvalid):
		a.outcome, kind = invalid, recount.ErrInvalid
	}
	a.reason = err.Error()
	if kind != nil {
		a.reason = strings.TrimSuffix(a.reason, ": "+kind.Error())
	}
	return a
}

// err is the error that a reply stands for.
func (a *reply) err() error {
	var kind error
	switch a.outcome {
	case done:
		return nil
	case refused, panicked:
		kind = recount.ErrRefused
	case notFound:
		kind = recount.ErrNotFound
	case invalid:
		kind = recount.ErrInvalid
	}
	err := errors.New(a.reason)
	if kind != nil {
		err = fmt.Errorf("%s: %w", a.reason, kind)
	}
	if a.hint != "" {
		err = recount.WithHint(err, a.hint)
	}
	return err
}
