package recount

import (
	"crypto/sha256"
	"encoding/hex"
)

// A Key names a derived or stored thing by its content, so that a rebuild
// gives it the same name: 32 hexadecimal digits, the first half of a SHA-256.
type Key string

// KeyOf returns the key of the given parts in this order. Each part is
// preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
func KeyOf(parts ...string) Key {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		for i, v := 0, uint64(len(p)); i < 8; i++ {
			n[i] = byte(v >> (8 * i))
		}
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return Key(hex.EncodeToString(h.Sum(nil)[:16]))
}

// HashText returns the SHA-256 of text in hexadecimal digits.
func HashText(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// Milli is a fixed-point number in thousandths: a probability of 0.75 is 750.
// Scores are fixed-point so that no threshold or sort depends on the CPU.
type Milli int
