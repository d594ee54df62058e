package web

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

const (
	idle      = 10 * time.Second // between two pieces of an answer
	ratio     = 100              // most inflated bytes for one on the wire
	ratioFrom = 1 << 20          // inflated bytes from which ratio counts
	layers    = 2                // most packings of one answer inside each other
)

// acceptEncoding is what readBody can unpack.
const acceptEncoding = "gzip, br, deflate"

var (
	errIdle     = errors.New("the server stopped in the middle of its answer")
	errTooLarge = errors.New("more bytes than allowed")
)

// A wire reads the bytes of an answer as they come: it counts them, stops
// above limit, and puts off the timer that ends an answer that stands still.
type wire struct {
	r     io.Reader
	n     int64 // bytes read
	limit int64 // bytes
	timer *time.Timer
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.n += int64(n)
	if w.n > w.limit {
		return 0, errTooLarge
	}
	if n > 0 {
		w.timer.Reset(idle)
	}
	return n, err
}

// readBody returns the payload of an answer, unpacked. It changes the header so
// that it describes the payload: Content-Encoding and Content-Length move to
// X-Orig-Content-Encoding and X-Orig-Content-Length, and Content-Length becomes
// the length of the payload.
//
// Where cut is above 0 a longer payload is cut there in place of refused.
func (f *Fetcher) readBody(resp *http.Response, cut int64, cancel context.CancelCauseFunc) ([]byte, error) {
	if resp.ContentLength > f.o.MaxBytes && cut == 0 {
		return nil, tooLarge(f.o.MaxBytes)
	}
	w := &wire{r: resp.Body, limit: f.o.MaxBytes, timer: time.AfterFunc(idle, func() { cancel(errIdle) })}
	defer w.timer.Stop()

	packed, err := packings(resp.Header)
	if err != nil {
		return nil, err
	}
	var r io.Reader = w
	for i := len(packed) - 1; i >= 0; i-- {
		if r, err = unpack(r, packed[i]); err == io.EOF {
			r = bytes.NewReader(nil) // an empty answer is packed as nothing
		} else if err != nil {
			return nil, broken(err, w)
		}
	}

	var out bytes.Buffer
	if len(packed) == 0 && resp.ContentLength > 0 && cut == 0 {
		out.Grow(int(resp.ContentLength) + bytes.MinRead)
	}
	for {
		_, err := io.CopyN(&out, r, 64<<10)
		if n := int64(out.Len()); cut > 0 && n >= cut {
			return out.Bytes()[:cut], nil
		} else if n > f.o.MaxInflated || n > ratioFrom && n/ratio > w.n {
			return nil, refuse(hintByHand, "the page unpacks to more than %s", size(min(f.o.MaxInflated, n)))
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, broken(err, w)
		}
	}
	if len(packed) > 0 {
		move(resp.Header, "Content-Encoding")
		move(resp.Header, "Content-Length")
		resp.Header.Set("Content-Length", strconv.Itoa(out.Len()))
	}
	return out.Bytes(), nil
}

func move(h http.Header, name string) {
	if v := h.Values(name); len(v) > 0 {
		h["X-Orig-"+name] = v
		h.Del(name)
	}
}

func tooLarge(limit int64) error {
	return refuse(hintByHand, "the page is larger than %s", size(limit))
}

// broken returns why the payload ended early.
func broken(err error, w *wire) error {
	if errors.Is(err, errTooLarge) {
		return tooLarge(w.limit)
	}
	return err
}

// packings returns how a payload is packed, the outermost last.
func packings(h http.Header) ([]string, error) {
	var out []string
	for _, v := range strings.Split(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		switch v = strings.ToLower(strings.TrimSpace(v)); v {
		case "", "identity", "none", "utf-8": // the last two are mistakes that servers make
		case "gzip", "x-gzip", "br", "deflate":
			out = append(out, v)
		default:
			return nil, refuse(hintByHand, "the page is packed as %.20q, which was not asked for", v)
		}
	}
	if len(out) > layers {
		return nil, refuse(hintByHand, "the page is packed %d times", len(out))
	}
	return out, nil
}

func unpack(r io.Reader, how string) (io.Reader, error) {
	switch how {
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		// The standard says zlib, and some servers send the bare stream.
		b := bufio.NewReader(r)
		head, err := b.Peek(2)
		if err != nil {
			return nil, err
		}
		if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			return zlib.NewReader(b)
		}
		return flate.NewReader(b), nil
	}
	return gzip.NewReader(r)
}
