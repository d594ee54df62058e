package cases

import (
	"testing"

	"recount"
)

// What is written small where names have capitals is no name; where no name has
// one, it is a name like any other.
func TestStandIn(t *testing.T) {
	for _, tt := range []struct {
		language, name string
		want           bool
	}{
		{"en", "she", true},
		{"en", "the", true},
		{"en", "Q", true},
		{"en", "Vera Holm", false},
		{"en", "a nurse", false},
		{"de", "ihm", true},
		{"ru", "она", true},
		{"ru", "Вера Холм", false},
		{"el", "αυτή", true},
		{"ar", "هدى عبد الرحمن المنصور", false},
		{"ar", "أما زوجها سامر الخطيب", false},
		{"he", "נועה לוי", false},
		{"fa", "زهرا احمدی", false},
		{"zh", "李美华", false},
		{"ja", "佐藤さくら", false},
		{"ko", "김민준", false},
		{"hi", "राजेश कुमार", false},
		{"th", "สมชาย ใจดี", false},
		{"ka", "ნინო ბერიძე", false},
	} {
		a := &recount.Article{Text: tt.name, Language: tt.language}
		s := newStory(a, []recount.Speaker{{Name: tt.name, Kind: recount.Named}}, nil)
		if got := s.standIn(0); got != tt.want {
			t.Errorf("%s %q: %v, want %v", tt.language, tt.name, got, tt.want)
		}
	}
}
