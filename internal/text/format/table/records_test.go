package table

import (
	"fmt"
	"testing"
)

func TestEach(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"lines", "{\"a\":1}\n\n{\"a\":\"b\\n\"}\n", "1[{a 1}] 3[{a \"b\\n\"}] "},
		{"a broken line", "{\"a\":1}\n{\n{\"a\":2}\n", "1[{a 1}] 2 no JSON object 3[{a 2}] "},
		{"an array", `[{"a":[1,{"b":"}"}]},{"a":2}]`, `1[{a [1,{"b":"}"}]}] 2[{a 2}] `},
		{"an array that breaks off", `[{"a":1},{"a":`, "1[{a 1}] 2 the JSON breaks off here "},
		{"an array in an object", `{"n":1,"data":{"articles":[{"a":1}]}}`, "1[{a 1}] "},
		{"one object over lines", "{\n\"a\":1\n}", "1[{a 1}] "},
		{"what a search engine wraps", `{"hits":{"hits":[{"_id":"x","_source":{"a":1}}]}}`, "1[{a 1}] "},
		{"a number in an array", `[{"a":1},7]`, "1[{a 1}] 2 no JSON object "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			objectsOf(tt.in).Each(func(n int, m []member, fault string) bool {
				if fault != "" {
					got += fmt.Sprintf("%d %s ", n, fault)
				} else {
					got += fmt.Sprintf("%d%v ", n, m)
				}
				return true
			})
			if got != tt.want {
				t.Errorf("Each(%q) = %s, want %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestText(t *testing.T) {
	for raw, want := range map[string]string{
		`"a\u00e9"`: "aé", `null`: "", `1.5`: "1.5", `true`: "true", `["a","b"]`: "a; b", `[{"name":"a"},{"title":"b"}]`: "a; b",
		`{"id":null,"name":"a"}`: "a", `{"x":1}`: `{"x":1}`, `[]`: "", `[[1]]`: "[[1]]",
	} {
		if got := memberText(raw); got != want {
			t.Errorf("Text(%s) = %q, want %q", raw, got, want)
		}
	}
}
