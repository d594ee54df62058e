package object

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// A crypt decrypts a file that opens without a password (ISO 32000-2, 7.6):
// one that only asks readers not to print or copy.
type crypt struct {
	key             []byte
	strings, stream string // "V2", "AESV2", "AESV3" or "Identity"
}

var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// newCrypt returns the key of a file that has no password.
func newCrypt(e Value, id string) (*crypt, bool) {
	if e.Key("Filter").Name() != "Standard" {
		return nil, false
	}
	c := &crypt{strings: "V2", stream: "V2"}
	version, revision := e.Key("V").Int(), e.Key("R").Int()
	text := func(key string) string { return e.Key(key).o.Str }
	if version >= 4 {
		method := func(key string) string {
			name := e.Key(key).Name()
			if name == "" || name == "Identity" {
				return "Identity"
			}
			return e.Key("CF").Key(name).Key("CFM").Name()
		}
		c.strings, c.stream = method("StrF"), method("StmF")
		for _, m := range [...]string{c.strings, c.stream} {
			if m != "V2" && m != "AESV2" && m != "AESV3" && m != "Identity" {
				return nil, false
			}
		}
	}
	switch {
	case version == 5 && (revision == 5 || revision == 6):
		u, ue := text("U"), text("UE")
		if len(u) < 48 || len(ue) < 32 {
			return nil, false
		}
		if !bytes.Equal(hash5(revision, []byte(u[32:40])), []byte(u[:32])) {
			return nil, false
		}
		block, err := aes.NewCipher(hash5(revision, []byte(u[40:48])))
		if err != nil {
			return nil, false
		}
		c.key = make([]byte, 32)
		cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(c.key, []byte(ue[:32]))
		return c, true
	case version >= 1 && version <= 4 && revision >= 2 && revision <= 4:
		n := 5
		if l := e.Key("Length").Int(); version > 1 && l >= 40 && l <= 128 {
			n = l / 8
		}
		if version == 4 {
			n = 16
		}
		o, u := text("O"), text("U")
		if len(o) < 32 || len(u) < 16 {
			return nil, false
		}
		h := md5.New()
		h.Write(padding)
		h.Write([]byte(o[:32]))
		h.Write(binary.LittleEndian.AppendUint32(nil, uint32(int64(e.Key("P").o.Num))))
		h.Write([]byte(id))
		if m := e.Key("EncryptMetadata"); revision >= 4 && m.Kind() == Bool && !m.True() {
			h.Write([]byte{255, 255, 255, 255})
		}
		key := h.Sum(nil)
		if revision >= 3 {
			for range 50 {
				s := md5.Sum(key[:n])
				key = s[:]
			}
		}
		c.key = key[:n]
		return c, bytes.HasPrefix([]byte(u), c.check(revision, id))
	}
	return nil, false
}

// check is what a file without a password holds as U.
func (c *crypt) check(revision int, id string) []byte {
	if revision == 2 {
		out := bytes.Clone(padding)
		xor(c.key, out)
		return out
	}
	s := md5.Sum(append(bytes.Clone(padding), id...))
	out := s[:]
	for i := range 20 {
		k := bytes.Clone(c.key)
		for j := range k {
			k[j] ^= byte(i)
		}
		xor(k, out)
	}
	return out
}

func xor(key, b []byte) {
	if r, err := rc4.NewCipher(key); err == nil {
		r.XORKeyStream(b, b)
	}
}

// hash5 is the hash of the empty password: SHA-256, or algorithm 2.B.
func hash5(revision int, salt []byte) []byte {
	first := sha256.Sum256(salt)
	k := first[:]
	if revision == 5 {
		return k
	}
	for i := 0; ; i++ {
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := bytes.Repeat(k, 64)
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, e)
		sum := 0
		for _, c := range e[:16] {
			sum += int(c)
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-31 {
			return k[:32]
		}
	}
}

// decrypt decrypts a string or stream of an object, in place.
func (c *crypt) decrypt(num, gen int, b []byte, stream bool) []byte {
	method := c.strings
	if stream {
		method = c.stream
	}
	key := c.key
	if method == "V2" || method == "AESV2" {
		k := append(bytes.Clone(c.key), byte(num), byte(num>>8), byte(num>>16), byte(gen), byte(gen>>8))
		if method == "AESV2" {
			k = append(k, "sAlT"...)
		}
		s := md5.Sum(k)
		key = s[:min(16, len(c.key)+5)]
	}
	switch method {
	case "V2":
		xor(key, b)
	case "AESV2", "AESV3":
		block, err := aes.NewCipher(key)
		if err != nil || len(b) < 32 {
			return nil
		}
		iv, body := b[:16], b[16:]
		body = body[:len(body)/16*16]
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(body, body)
		if pad := int(body[len(body)-1]); pad >= 1 && pad <= 16 {
			body = body[:len(body)-pad]
		}
		return body
	}
	return b
}
