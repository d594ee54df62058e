package metadata

import "testing"

// TestByName leaves off what says no more than that somebody wrote.
func TestByName(t *testing.T) {
	tests := []struct{ lang, byline, want string }{
		{"en", "By Ada Brunn", "Ada Brunn"},
		{"en", "by Staff reporter", "Staff reporter"},
		{"en", "BY ADA BRUNN", "ADA BRUNN"},
		{"en", "By: Ada Brunn", "Ada Brunn"},
		{"en", "Written by Ada Brunn and Nils Amark", "Ada Brunn and Nils Amark"},
		{"en", "Text: Ada Brunn", "Ada Brunn"},
		{"en", "Author: By Ada Brunn", "Ada Brunn"},
		{"de", "Von Anna Huber", "Anna Huber"},
		{"de", "Von Anna Huber und Otto Brand", "Anna Huber und Otto Brand"},
		{"de", "Von Anna von der Huber", "Anna von der Huber"},
		{"de", "Von unserem Korrespondenten Otto Brand", "unserem Korrespondenten Otto Brand"},
		{"de", "Von dpa", "dpa"},
		{"de", "Text: Von Anna Huber", "Anna Huber"},
		{"de", "Autorin: Anna Huber", "Anna Huber"},
		{"fr", "Par Solène Audiard", "Solène Audiard"},
		{"fr", "Texte : Solène Audiard", "Solène Audiard"},
		{"es", "Por Álvaro Benavente", "Álvaro Benavente"},
		{"pt", "Por Redação", "Redação"},
		{"it", "Di Ada Brunn", "Ada Brunn"},
		{"it", "di Ada Brunn", "Ada Brunn"},
		{"nl", "Door Anna de Vries", "Anna de Vries"},
		{"nl", "Door onze redactie", "onze redactie"},
		{"sv", "Av Anna Lind", "Anna Lind"},
		{"no", "Tekst: Anna Lind", "Anna Lind"},
		{"no", "Tekst og foto: Anna Lind", "Anna Lind"},
		{"da", "Af Anna Lind", "Anna Lind"},
		{"tr", "Yazan: Ada Brunn", "Ada Brunn"},
		{"tr", "Haber: Ada Brunn", "Ada Brunn"},
		{"ar", "بقلم: رنا العلي", "رنا العلي"},
		{"ar", "كتبت رنا العلي", "رنا العلي"},
		{"fa", "نویسنده: رنا علی", "رنا علی"},
		{"ru", "Автор: Ада Брунн", "Ада Брунн"},
		{"ru", "Текст: Ада Брунн", "Ада Брунн"},
		{"zh", "文：王丽", "王丽"},
		{"zh", "作者: 王丽", "王丽"},

		// What says more stays, and so do names.
		{"en", "Interview by Ada Brunn", "Interview by Ada Brunn"},
		{"en", "As told to Ada Brunn", "As told to Ada Brunn"},
		{"en", "EXCLUSIVE by Ada Brunn", "EXCLUSIVE by Ada Brunn"},
		{"en", "Compiled by Ada Brunn", "Compiled by Ada Brunn"},
		{"en", "Byron Lund", "Byron Lund"},
		{"en", "Ada Brunn, by telephone", "Ada Brunn, by telephone"},
		{"en", "Di Stefano Bruno", "Di Stefano Bruno"},
		{"de", "Von Trapp, Maria", "Von Trapp, Maria"},
		{"de", "von der Leyen, Ute", "von der Leyen, Ute"},
		{"de", "Vonnegut, Ada", "Vonnegut, Ada"},
		{"it", "Di Maio, Ada", "Di Maio, Ada"},
		{"es", "Von Anna Huber", "Von Anna Huber"},
		{"da", "Af Klint, Hilma", "Af Klint, Hilma"},
		{"fr", "Parisot, Ada", "Parisot, Ada"},
		{"en", "By", "By"},
		{"en", "", ""},
		{"en", "Textor Ada", "Textor Ada"},
	}
	for _, tt := range tests {
		if got := byName(tt.byline, tt.lang); got != tt.want {
			t.Errorf("byName(%q, %s) = %q, want %q", tt.byline, tt.lang, got, tt.want)
		}
	}
}
