package mail

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
	"recount/internal/text/document"
	"recount/internal/text/metadata"
)

// shown writes the paragraphs of a set, one a line.
func shown(set document.Set) string {
	var b strings.Builder
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			if p.Role != "" {
				b.WriteString("(" + string(p.Role) + ") ")
			}
			b.WriteString(p.Text + "\n")
		}
	}
	return b.String()
}

// fact returns the first value of a field.
func fact(set document.Set, field string) string {
	for _, f := range set.Drafts[0].Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

const head = "From: Ada Tamm <ada@news.example>\r\nTo: desk@post.example\r\nSubject: Ferry sinks\r\nDate: Wed, 14 May 2014 09:20:00 +0200\r\nMIME-Version: 1.0\r\n"

func TestRead(t *testing.T) {
	tests := []struct{ name, rest, want string }{
		{"one line", "\r\nIt sank.\r\n", "It sank.\n"},
		{"two paragraphs", "Content-Type: text/plain\r\n\r\nIt sank.\r\n\r\nNobody saw it.\r\n", "It sank.\nNobody saw it.\n"},
		{"lines broken at a column", "\r\nThe ferry sank in the night, and the harbour board that owns it said on\r\nMonday that nobody had lifted its hull in all the years since it was built\r\nby the yard.\r\n\r\nNobody saw it.\r\n",
			"The ferry sank in the night, and the harbour board that owns it said on Monday that nobody had lifted its hull in all the years since it was built by the yard.\nNobody saw it.\n"},
		{"flowed", "Content-Type: text/plain; format=flowed\r\n\r\nThe ferry \r\nsank.\r\nNobody \r\n saw it.\r\n> When \r\n> was it?\r\n", "The ferry sank.\nNobody saw it.\n(related) When was it?\n"},
		{"flowed, the space is no space", "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nThe fer \r\nry sank.\r\n", "The ferry sank.\n"},
		{"quoted-printable", "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe captain=E2=80=99s ferry sa=\r\nnk. 2+2=5 \r\n", "The captain’s ferry sank. 2+2=5\n"},
		{"base64", "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte("Caf\xe9 sank.")) + "\r\n", "Café sank.\n"},
		{"windows-1251", "Content-Type: text/plain; charset=windows-1251\r\n\r\n\xcf\xe0\xf0\xee\xec \xe7\xe0\xf2\xee\xed\xf3\xeb.\r\n", "Паром затонул.\n"},
		{"UTF-8 under a false label", "Content-Type: text/plain; charset=iso-8859-1\r\n\r\n“It sank.”\r\n", "“It sank.”\n"},
		{"HTML before plain", "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>It sank.<p>Nobody saw it.\r\n--b--\r\n", "It sank.\nNobody saw it.\n"},
		{"plain, because the HTML is empty", "Content-Type: multipart/alternative; boundary=\"b b\"\r\n\r\npreamble\r\n--b b\r\nContent-Type: text/plain\r\n\r\nIt sank.\r\n--b b\r\nContent-Type: text/html\r\n\r\n<html><body><img src=x></body></html>\r\n--b b--\r\n", "It sank.\n"},
		{"alternative inside mixed, related inside alternative", "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>It sank.\r\n--c\r\nContent-Type: image/png\r\nContent-ID: <x>\r\n\r\nxx\r\n--c--\r\n--b--\r\n--a--\r\n", "It sank.\n"},
		{"the last boundary is missing", "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\nIt sank.\r\n", "It sank.\n"},
		{"no boundary at all", "Content-Type: multipart/mixed\r\n\r\nIt sank.\r\n", "It sank.\n"},
		{"a signature", "\r\nIt sank.\r\n-- \r\nAda Tamm\r\nHarbour Post\r\n", "It sank.\n"},
		{"a reply", "\r\nIt sank at four.\r\n\r\nOn Wed, 14 May 2014, Ivo Oake wrote:\r\n> When did it sink?\r\n>> Tell us.\r\n", "It sank at four.\n(related) On Wed, 14 May 2014, Ivo Oake wrote:\n(related) When did it sink?\n(related) Tell us.\n"},
		{"nothing but quoted text", "\r\n> It sank.\r\n", "It sank.\n"},
		{"a forwarded mail", "\r\nSee below.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Harbour Post <desk@post.example>\r\nDate: Tue, 13 May 2014 at 08:00\r\nSubject: Hull cracked\r\nTo: <ada@news.example>\r\n\r\nThe hull is cracked.\r\n", "(related) See below.\nThe hull is cracked.\n"},
		{"a forwarded mail, quoted", "\r\nBegin forwarded message:\r\n\r\n> From: Harbour Post <desk@post.example>\r\n> Subject: Hull cracked\r\n> Date: 13 May 2014\r\n>\r\n> The hull is cracked.\r\n>> An older mail.\r\n", "The hull is cracked.\n(related) An older mail.\n"},
		{"HTML: quoted, signed", "Content-Type: text/html\r\n\r\n<p>It sank.</p><div class=gmail_signature>Ada Tamm</div><blockquote type=cite><p>When?</blockquote>\r\n", "It sank.\n(related) When?\n"},
		{"a newsletter", "List-Unsubscribe: <https://post.example/u>\r\nContent-Type: text/html\r\n\r\n<div style='display:none'>preheader</div><table><tr><td><a href=x>View this email in your browser</a></td></tr></table><h2>Hull cracked</h2><p>The hull is cracked.</p><p><a href=y>Read more</a></p><p>You received this email because you signed up. <a href=z>Unsubscribe</a></p>\r\n",
			"(related) View this email in your browser\n(subhead) Hull cracked\nThe hull is cracked.\n(related) Read more\n(related) You received this email because you signed up. Unsubscribe\n"},
		{"the title stands in the text", "Content-Type: text/html\r\n\r\n<h1>Ferry sinks</h1><p>It sank.\r\n", "It sank.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			payload := []byte(head + tt.rest)
			if !Is(payload, "a.eml") {
				t.Fatal("Is = false")
			}
			set, err := Read(payload, document.Options{Name: "a.eml"})
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(set); got != tt.want {
				t.Errorf("Read:\n%swant:\n%s", got, tt.want)
			}
			found(t, payload, set)
		})
	}
}

// found holds that Find gives every paragraph again.
func found(t *testing.T, payload []byte, set document.Set) {
	t.Helper()
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			if got, ok := Find(payload, p.Path); !ok || got != p.Text {
				t.Errorf("Find(%s) = %q, %v; want %q", p.Path, got, ok, p.Text)
			}
		}
	}
}

func TestFacts(t *testing.T) {
	tests := []struct{ name, header, field, want string }{
		{"encoded words", "From: a@news.example\r\nSubject: =?utf-8?Q?F=C3=A4hre_?=\r\n =?utf-8?B?Z2VzdW5rZW4=?=\r\n", "title", "Fähre gesunken"},
		{"a character cut in two", "From: a@news.example\r\nSubject: =?utf-8?Q?F=C3?= =?utf-8?Q?=A4hre?=\r\n", "title", "Fähre"},
		{"words between", "From: a@news.example\r\nSubject: The =?iso-8859-1?Q?caf=E9?= sank\r\n", "title", "The café sank"},
		{"raw bytes", "From: a@news.example\r\nSubject: F\xc3\xa4hre\r\n", "title", "Fähre"},
		{"marks before it", "From: a@news.example\r\nSubject: Fwd: RE: Ferry sinks\r\n", "title", "Ferry sinks"},
		{"a colon in it", "From: a@news.example\r\nSubject: Ferry: it sank\r\n", "title", "Ferry: it sank"},
		{"a name", "From: \"Tamm, Ada\" <a@news.example>\r\nSubject: a\r\n", "byline", "Tamm, Ada"},
		{"an encoded name", "From: =?utf-8?Q?=C3=89lo=C3=AFse_Brun?= <a@news.example>\r\nSubject: a\r\n", "byline", "Éloïse Brun"},
		{"an address alone", "From: a@news.example\r\nSubject: a\r\n", "byline", "a@news.example"},
		{"a name behind", "From: a@news.example (Ada Tamm)\r\nSubject: a\r\n", "byline", "Ada Tamm"},
		{"the date as it stands", "From: a@news.example\r\nDate: Wed, 14 May 2014 09:20:00 +0200 (CEST)\r\n", "published", "Wed, 14 May 2014 09:20:00 +0200 (CEST)"},
		{"a list", "From: a@news.example\r\nList-Id: Harbour Post Daily <daily.post.example>\r\n", "outlet", "Harbour Post Daily"},
		{"a list without name", "From: a@news.example\r\nList-Id: <daily.post.example>\r\n", "outlet", "daily.post.example"},
		{"a newsletter", "From: Harbour Post <a@news.example>\r\nList-Unsubscribe: <https://post.example/u>\r\n", "outlet", "Harbour Post"},
		{"no list", "From: Harbour Post <a@news.example>\r\nSubject: a\r\n", "outlet", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Read([]byte(tt.header+"MIME-Version: 1.0\r\n\r\nIt sank.\r\n"), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := fact(set, tt.field); got != tt.want {
				t.Errorf("%s = %q, want %q", tt.field, got, tt.want)
			}
		})
	}
}

func TestForwardedFacts(t *testing.T) {
	inner := "From: Harbour Post <desk@post.example>\r\nDate: Tue, 13 May 2014 08:00:00 +0000\r\nSubject: Hull cracked\r\n"
	tests := []struct{ name, rest string }{
		{"attached", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + "\r\nThe hull is cracked.\r\n--b--\r\n"},
		{"in the text", "\r\nSee below.\r\n\r\n-----Original Message-----\r\n" + inner + "\r\nThe hull is cracked.\r\n"},
		{"in HTML", "Content-Type: text/html\r\n\r\n<p>See below.<hr><p><b>From:</b> Harbour Post<br><b>Sent:</b> Tue, 13 May 2014 08:00:00 +0000<br><b>To:</b> Ada<br><b>Subject:</b> Hull cracked</p><p>The hull is cracked.</p>\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			set, err := Read([]byte(head+tt.rest), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if a, b, c := fact(set, "title"), fact(set, "byline"), fact(set, "published"); a != "Hull cracked" || b != "Harbour Post" || c != "Tue, 13 May 2014 08:00:00 +0000" {
				t.Errorf("facts %q, %q, %q", a, b, c)
			}
			if got := shown(set); got != "(related) See below.\nThe hull is cracked.\n" {
				t.Errorf("Read:\n%s", got)
			}
		})
	}
}

func TestAttachments(t *testing.T) {
	rest := "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIt sank.\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename*=UTF-8''F%C3%A4hre.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 x")) + "\r\n--b\r\nContent-Type: image/png; name=\"a.png\"\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n"
	set, err := Read([]byte(head+rest), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Left) != 1 || set.Left[0].Where != "attachment Fähre.pdf" || set.Left[0].Reason != "a PDF attached to the mail is not read with it" || set.Left[0].Hint != "save the attachment and add it" {
		t.Errorf("left %q", set.Left)
	}
	if !strings.Contains(strings.Join(set.Drafts[0].Notes, "|"), "1 pictures in the mail were left out") {
		t.Errorf("notes %q", set.Drafts[0].Notes)
	}
}

func TestMailbox(t *testing.T) {
	box := "From ada@news.example Wed May 14 09:20:00 2014\n" + strings.ReplaceAll(head, "\r", "") + "\nIt sank.\n\nFrom here on nobody saw it in 2014\n\nFrom ivo@news.example Thu May 15 09:20:00 2014\n" + strings.ReplaceAll(head, "\r", "") + "\nWhen?\n"
	set, err := Read([]byte(box), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Drafts) != 2 || set.Drafts[1].Part != "2" || shown(set) != "It sank.\nFrom here on nobody saw it in 2014\nWhen?\n" {
		t.Errorf("%d drafts:\n%s", len(set.Drafts), shown(set))
	}
	found(t, []byte(box), set)
}

func TestRefused(t *testing.T) {
	tests := []struct{ name, mail string }{
		{"no text", head + "\r\n"},
		{"attachments alone", head + "Content-Type: application/pdf\r\n\r\n%PDF"},
		{"encrypted", head + "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"},
		{"no header", "It sank."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read([]byte(tt.mail), document.Options{})
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Errorf("Read = %v, want a refusal with a hint", err)
			}
		})
	}
}

func TestIsNot(t *testing.T) {
	tests := []struct{ name, file string }{
		{"a page", "<html><p>From: a\nTo: b"},
		{"text", "From: the harbour\n\nIt sank."},
		{"a transcript", "TAMM: a\nBRENN: b\nTAMM: c\n"},
		{"a database export", "Title: a\nDate: b\nSubject: c\n\n"},
		{"nothing", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if Is([]byte(tt.file), "a.txt") {
				t.Error("Is = true")
			}
		})
	}
}

const (
	chrome   = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/2014/05/ferry\r\nSubject: =?utf-8?Q?Ferry=20sinks?=\r\nDate: Wed, 14 May 2014 07:20:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--x----\"\r\n\r\n\r\n------MultipartBoundary--x----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://news.example/2014/05/ferry\r\n\r\n<!DOCTYPE html><html lang=3D\"en\"><p>It sank.=\r\n</html>\r\n------MultipartBoundary--x----\r\nContent-Type: text/css\r\nContent-Location: cid:css-1@mhtml.blink\r\n\r\np{}\r\n------MultipartBoundary--x------\r\n"
	explorer = "From: <Saved by Windows Internet Explorer 8>\r\nSubject: Ferry sinks\r\nDate: Wed, 14 May 2014 09:20:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_NextPart_000_0000\"\r\nX-MimeOLE: Produced By Microsoft MimeOLE V6.1\r\n\r\nThis is a multi-part message in MIME format.\r\n\r\n------=_NextPart_000_0000\r\nContent-Type: text/html;\r\n\tcharset=\"windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: http://news.example/2014/05/ferry\r\n\r\n<HTML><P>Caf=E9 sank.</HTML>\r\n------=_NextPart_000_0000--\r\n"
	single   = "From: \"Saved by Internet Explorer 11\"\r\nSubject: Ferry\r\nDate: Wed, 14 May 2014 09:20:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://news.example/2014/05/ferry\r\n\r\n<p>It sank.\r\n"
	nobody   = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; start=\"<main>\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: file:///C:/side.htm\r\n\r\n<p>side\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <main>\r\nContent-Location: file:///C:/a.htm\r\n\r\n<p>It sank.\r\n--b--\r\n"
)

func TestPage(t *testing.T) {
	saved := time.Date(2014, 5, 14, 7, 20, 0, 0, time.UTC)
	tests := []struct {
		name, file, html, kind, location string
		saved                            time.Time
	}{
		{"Chrome", chrome, "<!DOCTYPE html><html lang=\"en\"><p>It sank.</html>", "text/html", "https://news.example/2014/05/ferry", saved},
		{"Internet Explorer", explorer, "<HTML><P>Caf\xe9 sank.</HTML>", "text/html; charset=windows-1252", "http://news.example/2014/05/ferry", saved},
		{"Internet Explorer, one part", single, "<p>It sank.\r\n", "text/html; charset=utf-8", "http://news.example/2014/05/ferry", saved},
		{"an office program", nobody, "<p>It sank.", "text/html", "", time.Time{}},
		{"a newsletter", head + "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://a.example/\r\n\r\n<p>It sank.\r\n--b--\r\n", "", "", "", time.Time{}},
		{"text", "It sank.", "", "", "", time.Time{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			html, kind, location, ok := Page([]byte(tt.file))
			if string(html) != tt.html || kind != tt.kind || location != tt.location || ok != (tt.html != "") {
				t.Errorf("Page = %q, %q, %q, %v", html, kind, location, ok)
			}
			if at, _ := Saved([]byte(tt.file)); !at.Equal(tt.saved) {
				t.Errorf("Saved = %v, want %v", at, tt.saved)
			}
		})
	}
}

// FuzzRead holds that nothing panics and that Find gives every paragraph again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{chrome, explorer, single, nobody, head + "\r\n> a\r\n-- \r\nb\r\n",
		head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + head + "\r\nx\r\n--b--\r\n",
		head + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\na\r\n--b\r\nContent-Type: text/html; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+YQ==\r\n--b--\r\n",
		"From a@b.example Wed May 14 09:20:00 2014\n" + head + "Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\na \r\nb\r\n\r\nOn 14 May 2014, X wrote:\r\n> c \r\n> d\r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		Is(payload, "")
		Page(payload)
		Saved(payload)
		set, err := Read(payload, document.Options{})
		if err != nil || len(payload) > 4096 {
			return
		}
		found(t, payload, set)
	})
}

// TestTruth reads the samples and compares them with what a person wrote down.
func TestTruth(t *testing.T) {
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Articles []struct{ Part, Title, Outlet, Published, Byline, URL, First, Last string }
		Left     []string
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	for file, want := range truth {
		payload, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		if html, _, location, ok := Page(payload); ok {
			if w := want.Articles[0]; location != w.URL || !strings.Contains(string(html), w.First) {
				t.Errorf("Page(%s) = %.80q, %q", file, html, location)
			}
			continue
		}
		if !Is(payload, file) {
			t.Errorf("Is(%s) = false", file)
		}
		set, err := Read(payload, document.Options{Name: file})
		if err != nil {
			t.Fatalf("Read(%s): %v", file, err)
		}
		found(t, payload, set)
		var left []string
		for _, l := range set.Left {
			left = append(left, l.Where)
		}
		if strings.Join(left, "|") != strings.Join(want.Left, "|") {
			t.Errorf("%s: left %q, want %q", file, left, want.Left)
		}
		if len(set.Drafts) != len(want.Articles) {
			t.Fatalf("%s: %d drafts, want %d", file, len(set.Drafts), len(want.Articles))
		}
		for i, w := range want.Articles {
			d := set.Drafts[i]
			a := recount.Article{Part: d.Part}
			for _, p := range d.Paragraphs {
				a.Text += p.Text + "\n"
			}
			a.Text = strings.TrimSpace(a.Text)
			metadata.Complete(&a, d.Facts, file, time.Time{})
			if a.Part != w.Part || a.Title != w.Title || a.Outlet != w.Outlet || a.Day() != w.Published || a.Byline != w.Byline || a.URL != w.URL {
				t.Errorf("%s: %q, %q, %q, %q, %q, %q; want %+v", file, a.Part, a.Title, a.Outlet, a.Published, a.Byline, a.URL, w)
			}
			if !strings.HasPrefix(a.Text, w.First) || !strings.HasSuffix(a.Text, w.Last) {
				t.Errorf("%s: text %.80q ... %q", file, a.Text, a.Text[max(0, len(a.Text)-80):])
			}
		}
	}
}

// TestHostile holds that no file takes long, or grows.
func TestHostile(t *testing.T) {
	nest := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
		}
		return b.String() + "\r\nIt sank.\r\n"
	}
	tests := []struct{ name, file string }{
		{"parts in parts", head + nest(20_000)},
		{"100,000 parts", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 100_000)},
		{"boundaries that are none", head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--bx\r\n", 1_000_000)},
		{"mails in mails", head + strings.Repeat("Content-Type: message/rfc822\r\n\r\n"+head, 5_000)},
		{"a header that never ends", head + strings.Repeat("X-A: b\r\n", 1_000_000)},
		{"a folded header", head + "X-A: b\r\n" + strings.Repeat(" b\r\n", 1_000_000)},
		{"encoded words that nothing ends", strings.Replace(head, "Ferry sinks", strings.Repeat("=?utf-8?q?", 20_000), 1) + "\r\nIt sank."},
		{"encoded words", strings.Replace(head, "Ferry sinks", strings.Repeat("=?utf-8?q?a?= ", 20_000), 1) + "\r\nIt sank."},
		{"base64", head + "Content-Transfer-Encoding: base64\r\n\r\n" + strings.Repeat("QUJDRA==", 2_500_000)},
		{"escapes", head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat("=\r\n=", 4_000_000)},
		{"white space", head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + strings.Repeat(" ", 20_000_000)},
		{"marks of quotation", head + "\r\n" + strings.Repeat("> ", 10_000_000)},
		{"lines", head + "\r\n" + strings.Repeat("a\r\n", 5_000_000)},
		{"one flowed paragraph", head + "Content-Type: text/plain; format=flowed\r\n\r\n" + strings.Repeat("a word \r\n", 2_000_000)},
		{"headers in the text", head + "\r\n" + strings.Repeat("From: a\r\n", 1_000_000)},
		{"marks in the text", head + "\r\n" + strings.Repeat("----- Original Message -----\r\n\r\n", 500_000)},
		{"signatures", head + "\r\n" + strings.Repeat("-- \r\n", 1_000_000)},
		{"a mailbox of beginnings", strings.Repeat("From a@b.example Wed May 14 09:20:00 2014\n\n", 500_000)},
		{"a mailbox", strings.Repeat("From a@b.example Wed May 14 09:20:00 2014\nFrom: a\nDate: b\n\nx\n\n", 9_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := parallel.Used()
			Is([]byte(tt.file), "")
			Page([]byte(tt.file))
			_, err := Read([]byte(tt.file), document.Options{})
			if took := parallel.Used() - start; took > time.Minute {
				t.Errorf("took %v", took)
			}
			if err != nil && !errors.Is(err, recount.ErrRefused) {
				t.Error(err)
			}
		})
	}
}
