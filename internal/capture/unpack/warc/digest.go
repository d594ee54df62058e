package warc

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"
	"time"
)

// Moment returns the time of a WARC-Date, zero if it is none. WARC 1.1 allows
// fractions of a second and whole days, months and years, older tools wrote
// 14 digits.
func Moment(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "20060102150405", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC().Truncate(time.Second)
		}
	}
	return time.Time{}
}

// A Fit is how bytes compare with their digest.
type Fit int

// Unknown is also that of digests which are not checked, as MD5.

const (
	Unknown Fit = iota
	Right
	Wrong
)

// Fits compares a digest with those of the ways to read a payload: tools
// differ in whether they take it before or after chunks and compression are
// undone.
func Fits(digest string, readings ...[]byte) Fit {
	label, value, ok := strings.Cut(digest, ":")
	if !ok {
		return Unknown
	}
	var sum func(b []byte) []byte
	switch strings.ReplaceAll(strings.ToLower(label), "-", "") {
	case "sha1":
		sum = func(b []byte) []byte { s := sha1.Sum(b); return s[:] }
	case "sha256":
		sum = func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
	default:
		return Unknown
	}
	for i, b := range readings {
		if i > 0 && len(b) == len(readings[i-1]) {
			continue
		}
		s := sum(b)
		if strings.EqualFold(value, hex.EncodeToString(s)) ||
			strings.EqualFold(strings.TrimRight(value, "="), base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(s)) {
			return Right
		}
	}
	return Wrong
}
