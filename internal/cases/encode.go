package cases

import (
	"encoding/binary"

	"recount"
)

// EncodePeople writes people for DecodePeople. Thousands of them are read
// where a common name comes, so they are kept short.
func EncodePeople(people []Person) []byte {
	var b []byte
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for i := range people {
		p := &people[i]
		for _, s := range []string{string(p.Key), p.Name, string(p.Kind), string(p.Gender), p.Age} {
			text(s)
		}
		b = binary.AppendVarint(b, int64(p.Birth[0]))
		b = binary.AppendVarint(b, int64(p.Birth[1]))
		b = binary.AppendUvarint(b, uint64(len(p.Contents)))
		for _, c := range p.Contents {
			b = binary.AppendVarint(b, int64(c.Start))
			b = binary.AppendVarint(b, int64(c.End))
		}
		b = binary.AppendUvarint(b, uint64(len(p.Also)))
		for _, n := range p.Also {
			text(n)
		}
		b = binary.AppendUvarint(b, uint64(len(p.Traits)))
		for _, t := range p.Traits {
			text(string(t.Field))
			text(t.Value)
			b = binary.AppendVarint(b, int64(t.Probability))
		}
	}
	return b
}

// DecodePeople reads what EncodePeople wrote.
func DecodePeople(b []byte) ([]Person, error) {
	var out []Person
	ok := true
	text := func() string {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			ok, b = false, nil
			return ""
		}
		s := string(b[k : k+int(n)])
		b = b[k+int(n):]
		return s
	}
	number := func() int {
		n, k := binary.Varint(b)
		if k <= 0 {
			ok, b = false, nil
			return 0
		}
		b = b[k:]
		return int(n)
	}
	many := func() uint64 {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)) {
			ok, b = false, nil
			return 0
		}
		b = b[k:]
		return n
	}
	for ok && len(b) > 0 {
		p := Person{Key: recount.Key(text()), Name: text(), Kind: recount.SpeakerKind(text()), Gender: recount.Gender(text()), Age: text()}
		p.Birth = [2]int{number(), number()}
		for range many() {
			p.Contents = append(p.Contents, recount.Span{Start: number(), End: number()})
		}
		for range many() {
			p.Also = append(p.Also, text())
		}
		for range many() {
			p.Traits = append(p.Traits, Trait{Field(text()), text(), recount.Milli(number())})
		}
		out = append(out, p)
	}
	if !ok {
		return nil, recount.ErrTampered
	}
	return out, nil
}

// Form names what EncodePeople writes, so that what another program wrote is
// derived again.
const Form = "people/4"
