package mail

import (
	"strings"
	"testing"

	"recount/internal/text/document"
)

// A header may begin with fields of a program's own, which go on in folded
// lines, alone and in a mailbox.
func TestOwnFieldsFirst(t *testing.T) {
	const rest = "From: \"Sandwick Post\" <desk@post.example>\nTo: list@reader.example\nSubject: Ferry returns\nDate: Mon, 6 Sep 2010 05:25:34 -0400\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nThe ferry would run a=\ngain =E2=80=93 soon.\n"
	for _, tt := range []struct{ name, head string }{
		{"folded by spaces", "X-IronPort-AV: E=Sophos;i=\"1.11\";\n   d=\"scan'12\";a=\"1\"\n"},
		{"folded by a tab", "X-IronPort-AV: E=Sophos;\n\td=\"scan'12\"\n"},
		{"folded twice", "X-Spam-Report: a\n  b\n  c\n"},
		{"two of them", "X-A: b\n c\nX-D: e\n f\n"},
		{"not folded", "X-Spam-Status: No\n"},
		{"a signature of a server", "ARC-Message-Signature: i=1; a=rsa-sha256;\n        h=from:to\n"},
		{"empty value", "X-Empty:\n  a\n"},
		{"behind empty lines", "\n\nX-A: b\n c\n"},
		{"with a mark of the byte order", "\xef\xbb\xbfX-A: b\n c\n"},
		{"lines of Windows", "X-A: b\r\n c\r\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mail := tt.head + rest
			if !Is([]byte(mail), "a.eml") || !Is([]byte(mail), "a.txt") {
				t.Error("not recognised")
			}
			set, err := Read([]byte(mail), document.Options{})
			if err != nil || len(set.Drafts) != 1 || shown(set) != "The ferry would run again – soon.\n" {
				t.Errorf("%d drafts, %v:\n%s", len(set.Drafts), err, shown(set))
			}
			if strings.HasPrefix(tt.name, "behind") || strings.HasPrefix(tt.name, "with") {
				return
			}
			box := "From a@b.example Wed May 14 09:20:00 2014\n" + mail + "\nFrom c@d.example Thu May 15 09:20:00 2014\n" + mail
			if set, err := Read([]byte(box), document.Options{}); err != nil || len(set.Drafts) != 2 {
				t.Errorf("a mailbox of two: %d drafts, %v", len(set.Drafts), err)
			}
		})
	}
	for _, other := range []string{" folded first\nFrom: a\nTo: b\nDate: c\n\nx", "X-A b\nFrom: a\nTo: b\n\nx"} {
		if Is([]byte(other), "a.eml") {
			t.Errorf("%q is taken for a mail", other)
		}
	}
}
