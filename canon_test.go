package recount

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestCanonical(t *testing.T) {
	tests := []struct {
		name, in, want string
	}{
		{"keys are sorted and white space goes", "{ \"b\": 1,\n \"a\": [true, null] }", `{"a":[true,null],"b":1}`},
		{"what HTML would escape stays", `{"a":"<b>&"}`, `{"a":"<b>&"}`},
		{"quotation mark, backslash and control characters", `{"a":"\"\\\n\u001f"}`, `{"a":"\"\\\u000a\u001f"}`},
		{"letters of any script stay", `{"a":"\u0441\u00e9"}`, `{"a":"сé"}`},
		{"a line separator stays", "{\"a\":\"\u2028\"}", "{\"a\":\"\u2028\"}"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := canonicalBytes([]byte(tt.in))
			if err != nil || string(got) != tt.want {
				t.Errorf("canonicalBytes(%s) = %s, %v; want %s", tt.in, got, err, tt.want)
			}
			again, err := canonicalBytes(got)
			if err != nil || string(again) != string(got) {
				t.Errorf("the canonical form of %s is not stable: %s, %v", got, again, err)
			}
		})
	}
}

func TestCanonicalRefuses(t *testing.T) {
	for _, in := range []string{`1.5`, `1e3`, `{"a":0.1}`, `99999999999999999999`, `1 2`} {
		if got, err := canonicalBytes([]byte(in)); !errors.Is(err, ErrInvalid) {
			t.Errorf("canonicalBytes(%s) = %s, %v; want it refused", in, got, err)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"b":[1,"\u0000",{"":null}],"a":"x"}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := canonicalBytes(in)
		if err != nil {
			return
		}
		if !json.Valid(got) {
			t.Fatalf("canonicalBytes(%q) = %q, which is no JSON", in, got)
		}
		again, err := canonicalBytes(got)
		if err != nil || string(again) != string(got) {
			t.Fatalf("the canonical form of %q is not stable: %q, %v", in, again, err)
		}
	})
}
