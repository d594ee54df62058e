package object

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	peer "github.com/ledongthuc/pdf"
)

// file writes objects with a table behind them. Object 1 is the catalogue.
func file(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, p := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

const catalogue = "<</Type/Catalog/Pages 2 0 R/Test 3 0 R>>"
const pages = "<</Type/Pages/Kids[]/Count 0>>"

// third opens a file and returns its third object.
func third(t *testing.T, b []byte) (*File, Value) {
	t.Helper()
	f, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Unlock(); err != nil {
		t.Fatal(err)
	}
	return f, f.Root().Key("Test")
}

func TestValuesAreReadAsTheyAreWritten(t *testing.T) {
	_, v := third(t, file("", catalogue, pages, `<</A 1/B -2.50/C(a\(b\)\101\
c)/D<48 65 6>/E/F#20g/G[1 2 0 R 3]/H true/I null/J +.5/K 4 0 R/L 99 0 R>>`, "(of another object)"))
	tests := []struct {
		key  string
		got  any
		want any
	}{
		{"A", v.Key("A").Int(), 1}, {"B", v.Key("B").Float(), -2.5}, {"C", v.Key("C").Text(), "a(b)Ac"}, {"D", v.Key("D").Text(), "He`"},
		{"E", v.Key("E").Name(), "F g"}, {"G", v.Key("G").Len(), 3}, {"G[1]", v.Key("G").Index(1).Key("Type").Name(), "Pages"},
		{"H", v.Key("H").True(), true}, {"I", v.Key("I").Kind(), Null}, {"J", v.Key("J").Float(), 0.5}, {"K", v.Key("K").Text(), "of another object"},
		{"K number", v.Key("K").Number(), 4}, {"L", v.Key("L").Kind(), Null}, {"nothing", v.Key("Z").Key("Y").Index(4).Kind(), Null},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s = %v, want %v", tt.key, tt.got, tt.want)
		}
	}
}

func TestFiltersAreUndone(t *testing.T) {
	plain := []byte(strings.Repeat("The ferry was late again. ", 400))
	deflate := func(b []byte) []byte {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		w.Write(b)
		w.Close()
		return z.Bytes()
	}
	eighty := func() []byte {
		var z bytes.Buffer
		w := ascii85.NewEncoder(&z)
		w.Write(plain)
		w.Close()
		return append(z.Bytes(), "~>"...)
	}
	rows := func(filter byte) []byte { // rows of 26 bytes with differences
		var out []byte
		before := make([]byte, 26)
		for i := 0; i < len(plain); i += 26 {
			row := plain[i : i+26]
			out = append(out, filter)
			for k, c := range row {
				left, up, corner := byte(0), before[k], byte(0)
				if k > 0 {
					left, corner = row[k-1], before[k-1]
				}
				switch filter {
				case 1:
					c -= left
				case 2:
					c -= up
				case 3:
					c -= byte((int(left) + int(up)) / 2)
				case 4:
					p := int(left) + int(up) - int(corner)
					best := left
					if abs(p-int(up)) < abs(p-int(best)) {
						best = up
					}
					if abs(p-int(corner)) < abs(p-int(best)) {
						best = corner
					}
					c -= best
				}
				out = append(out, c)
			}
			before = row
		}
		return out
	}
	run := func() []byte {
		var out []byte
		for i := 0; i < len(plain); i += 100 {
			out = append(append(out, 99), plain[i:i+100]...)
		}
		return append(out, 128)
	}
	tests := []struct {
		name, dict string
		data       []byte
	}{
		{"none", "", plain},
		{"flate", "/Filter/FlateDecode", deflate(plain)},
		{"flate without its check sum", "/Filter/FlateDecode", deflate(plain)[:len(deflate(plain))-4]},
		{"85", "/Filter[/ASCII85Decode]", eighty()},
		{"hex", "/Filter/ASCIIHexDecode", []byte(hex.EncodeToString(plain) + ">")},
		{"runs", "/Filter/RunLengthDecode", run()},
		{"two of them", "/Filter[/ASCIIHexDecode/FlateDecode]/DecodeParms[null null]", []byte(hex.EncodeToString(deflate(plain)) + ">")},
		{"predictor left", "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 26>>", deflate(rows(1))},
		{"predictor up", "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 26>>", deflate(rows(2))},
		{"predictor average", "/Filter/FlateDecode/DecodeParms<</Predictor 13/Columns 26>>", deflate(rows(3))},
		{"predictor Paeth", "/Filter/FlateDecode/DecodeParms[<</Predictor 15/Columns 26>>]", deflate(rows(4))},
	}
	for _, tt := range tests {
		for _, length := range []string{fmt.Sprint(len(tt.data)), "99999999", "4 0 R"} {
			f, v := third(t, file("", catalogue, pages, fmt.Sprintf("<<%s/Length %s>>\nstream\n%s\nendstream", tt.dict, length, tt.data), fmt.Sprint(len(tt.data))))
			got, err := f.Stream(v, 1<<20)
			if !bytes.Equal(got, plain) {
				t.Errorf("%s, length %s: %d bytes %.60q, %v; want %d", tt.name, length, len(got), got, err, len(plain))
			}
		}
	}
}

// TestLZWIsUndone reads what the standard library writes: its codes grow one
// later than those of most files, which EarlyChange 0 says.
func TestLZWIsUndone(t *testing.T) {
	var plain []byte
	for i := range 30_000 {
		plain = append(plain, byte(i*i>>3), byte(i))
	}
	var z bytes.Buffer
	w := lzw.NewWriter(&z, lzw.MSB, 8)
	w.Write(plain)
	w.Close()
	got, err := unLZW(z.Bytes(), 0, 1<<20)
	if err != nil || !bytes.Equal(got, plain) {
		t.Errorf("unLZW = %d bytes, %v; want %d", len(got), err, len(plain))
	}
	// The example of the format (ISO 32000, 7.4.4.2).
	got, err = unLZW([]byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}, 1, 100)
	if want := []byte{45, 45, 45, 45, 45, 65, 45, 45, 45, 66}; err != nil || !bytes.Equal(got, want) {
		t.Errorf("unLZW = %v, %v; want %v", got, err, want)
	}
}

// TestAFileWithoutAPasswordIsDecrypted encrypts a file as one that must not be
// printed, and lets the peer read it too.
func TestAFileWithoutAPasswordIsDecrypted(t *testing.T) {
	const text = "The ferry was late again."
	id := "0123456789abcdef"
	o := strings.Repeat("o", 32)
	for _, version := range []int{2, 4} {
		method, key := "V2", md5.New()
		fmt.Fprintf(key, "%s%s\xfc\xff\xff\xff%s", padding, o, id)
		k := key.Sum(nil)
		for range 50 {
			s := md5.Sum(k)
			k = s[:]
		}
		c := &crypt{key: k, strings: "V2", stream: "V2"}
		dict := "/V 2/R 3"
		if version == 4 {
			method = "AESV2"
			dict = "/V 4/R 4/CF<</StdCF<</CFM/AESV2/Length 16/AuthEvent/DocOpen>>>>/StmF/StdCF/StrF/StdCF"
		}
		u := append(c.check(3, id), make([]byte, 16)...)
		hide := func(s string) []byte {
			own := append(append([]byte{}, k...), 3, 0, 0, 0, 0)
			if method == "V2" {
				sum := md5.Sum(own)
				b := []byte(s)
				xor(sum[:16], b)
				return b
			}
			sum := md5.Sum(append(own, "sAlT"...))
			block, err := aes.NewCipher(sum[:])
			if err != nil {
				t.Fatal(err)
			}
			pad := 16 - len(s)%16
			body := append([]byte(s), bytes.Repeat([]byte{byte(pad)}, pad)...)
			iv := []byte("an initial value")
			cipher.NewCBCEncrypter(block, iv).CryptBlocks(body, body)
			return append(append([]byte{}, iv...), body...)
		}
		data := hide(text)
		b := file(fmt.Sprintf("/ID[<%x><%x>]/Encrypt 4 0 R", id, id), catalogue, pages,
			fmt.Sprintf("<</Said<%x>/Length %d>>\nstream\n%s\nendstream", hide("a string"), len(data), data),
			fmt.Sprintf("<</Filter/Standard%s/Length 128/P -4/O<%x>/U<%x>>>", dict, o, u))
		f, v := third(t, b)
		if got, err := f.Stream(v, 1000); string(got) != text {
			t.Errorf("V %d: stream = %q, %v", version, got, err)
		}
		if got := v.Key("Said").Text(); got != "a string" {
			t.Errorf("V %d: string = %q", version, got)
		}
		r, err := peer.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatalf("V %d: the peer refuses the file of the test: %v", version, err)
		}
		if version == 2 {
			if got := r.Trailer().Key("Root").Key("Test").Key("Said").RawString(); got != "a string" {
				t.Errorf("V %d: the peer reads %q", version, got)
			}
		}
		// Another key: a password is needed.
		f, err = Open(bytes.Replace(b, fmt.Appendf(nil, "/U<%x", u[:4]), []byte("/U<deadbeef"), 1))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Unlock(); !errors.Is(err, ErrEncrypted) {
			t.Errorf("V %d: Unlock with another key = %v, want %v", version, err, ErrEncrypted)
		}
	}
}

// TestAFileOfVersion5IsDecrypted encrypts a file with AES-256, as the newer
// standard has it.
func TestAFileOfVersion5IsDecrypted(t *testing.T) {
	for _, revision := range []int{5, 6} {
		key := []byte("a key of thirty-two bytes, 0123.")
		salt, keySalt := []byte("saltsalt"), []byte("keysalts")
		u := append(append(hash5(revision, salt), salt...), keySalt...)
		block, err := aes.NewCipher(hash5(revision, keySalt))
		if err != nil {
			t.Fatal(err)
		}
		ue := make([]byte, 32)
		cipher.NewCBCEncrypter(block, make([]byte, 16)).CryptBlocks(ue, key)
		own, err := aes.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		body := []byte("The ferry was late.\r\r\r\r\r\r\r\r\r\r\r\r\r")
		iv := []byte("an initial value")
		cipher.NewCBCEncrypter(own, iv).CryptBlocks(body, body)
		data := append(append([]byte{}, iv...), body...)
		f, v := third(t, file("/Encrypt 4 0 R", catalogue, pages, fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(data), data),
			fmt.Sprintf("<</Filter/Standard/V 5/R %d/Length 256/P -4/U<%x>/UE<%x>/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/StrF/StdCF>>", revision, u, ue)))
		if got, err := f.Stream(v, 1000); string(got) != "The ferry was late." {
			t.Errorf("R %d: stream = %q, %v", revision, got, err)
		}
	}
}

func TestCirclesEnd(t *testing.T) {
	tests := []struct{ name, object string }{
		{"a reference to itself", "3 0 R"},
		{"a length that is the stream", "<</Length 3 0 R>>\nstream\nabc\nendstream"},
		{"a filter that is the stream", "<</Filter 3 0 R/Length 3>>\nstream\nabc\nendstream"},
		{"a dictionary in itself", "<</A 3 0 R>>"},
	}
	for _, tt := range tests {
		f, v := third(t, file("", catalogue, pages, tt.object))
		for range 1000 {
			v = v.Key("A")
		}
		_, _ = f.Stream(f.Root().Key("Test"), 1000)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file("", catalogue, pages, "<</Length 3>>\nstream\nabc\nendstream"))
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[2 0 R]>>endobj"))
	f.Add(file("/Encrypt<</Filter/Standard/V 4/R 4/U()/O()>>/ID[()()]", catalogue, pages, "(x)"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		o, err := Open(b)
		if err != nil || o.Unlock() != nil {
			return
		}
		seen := 0
		var walk func(v Value, depth int)
		walk = func(v Value, depth int) {
			if seen++; seen > 2000 || depth > 20 {
				return
			}
			if v.Kind() == Stream {
				if out, _ := o.Stream(v, 1<<16); len(out) > 1<<16 {
					t.Errorf("a stream of %d bytes, want at most %d", len(out), 1<<16)
				}
			}
			_ = v.Text()
			for i := range min(v.Len(), 20) {
				walk(v.Index(i), depth+1)
			}
			for _, key := range [...]string{"Pages", "Kids", "Test", "A", "Length", "Filter", "Contents", "Info"} {
				if c := v.Key(key); c.Kind() != Null {
					walk(c, depth+1)
				}
			}
		}
		walk(o.Root(), 0)
	})
}

func FuzzFilters(f *testing.F) {
	f.Add([]byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}, 26)
	f.Fuzz(func(t *testing.T, b []byte, columns int) {
		if out, _ := unLZW(b, 1, 1<<16); len(out) > 1<<17 {
			t.Errorf("LZW gives %d bytes, want at most about %d", len(out), 1<<16)
		}
		un85(b)
		unRun(b, 1<<16)
		v := Value{f: &File{}, o: Object{Kind: Dict, more: &more{dict: map[string]Object{"Columns": {Kind: Number, Num: float64(columns)}}}}}
		unpredict(bytes.Clone(b), 12, v)
		unpredict(bytes.Clone(b), 2, v)
	})
}
