package table

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// prose is text that looks a little like a table.
var prose = map[string]string{
	"an article":                          "Ferry late again\n\nThe ferry to Gull Point was late on Tuesday, the third week in a row.\n\n\"We stood there for an hour,\" said Maud Tern.\n",
	"one line":                            "The ferry was late, again.",
	"a title of column names":             "Title, Author, Date and Text: what a library writes down\n\nA library, Ada Quill says, writes down four things.\nIt does so, she adds, for ever.\nNobody, she thinks, reads them.\n",
	"a headline that is a column name":    "Text\n\nThe text of the treaty, made public on Tuesday, is short.\nIt has, in all, four lines.\n",
	"lists with commas":                   "Eggs, flour, milk\nSugar, salt, butter\nHoney, nuts, raisins\n",
	"a letter":                            "Dear Ada,\n\nthank you for the article, the link and the date.\n\nYours,\nBen\n",
	"notes with colons":                   "Title: Ferry late\nAuthor: Ada Quill\nDate: 4 May 2021\nText: The ferry was late.\n",
	"notes with bars":                     "Ferry late | The Harbour Post\nBy Ada Quill | 4 May 2021\nThe ferry was late.\n",
	"an interview":                        "QUILL: Where is the ferry?\nTERN: It is late, as ever.\nQUILL: Why?\n",
	"subtitles":                           "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nThe ferry is late, they say.\n",
	"an older database's text":            "                              1 of 2 DOCUMENTS\n\n                            The Harbour Post\n\n                             May 4, 2021 Tuesday\n\nFerry late\n\nBYLINE: Ada Quill\n\nLENGTH: 120 words\n\nThe ferry was late.\n",
	"another database's text":             "____________________________________________________________\n\nTitle: Ferry late\n\nPublication title: The Harbour Post\n\nFull text: The ferry was late.\n\nURL: https://a.news.example/1\n",
	"an address in the middle":            "See\nhttps://a.news.example/1\nfor the rest of it.\n",
	"an address and prose":                "https://a.news.example/1\n\nThe ferry was late on Tuesday.\n",
	"Markdown with a table in it":         "# Coverage\n\nSome words, and then a table.\n\n| title | url |\n|---|---|\n| Ferry | https://a.news.example/1 |\n\nAnd some words after it.\n",
	"HTML":                                "<!doctype html><title>Text, URL</title><p>Title,Text,URL\na,b,c",
	"RTF":                                 `{\rtf1\ansi Title,Text,URL\par a,b,c}`,
	"an e-mail":                           "From: ada@news.example\nTo: ben@news.example\nSubject: text, url\n\nHello, Ben.\n",
	"WARC":                                "WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n",
	"a program":                           "package main\n\nfunc main() {\n\tprintln(\"text\", \"url\")\n}\n",
	"settings in JSON":                    `{"name":"thing","version":"1.0.0","dependencies":{"a":"1"}}`,
	"a bibliography in JSON":              `[{"id":"a","type":"article-newspaper","title":"T","URL":"https://a.news.example/1","issued":{"date-parts":[[2014]]}}]`,
	"a poem with semicolons":              "The sea is wide; the ferry late;\nThe crowd is cold; the crowd must wait;\nThe gulls are loud; the text is short;\n",
	"Russian prose":                       "Текст, ссылка и дата\n\nПаром опоздал, как всегда.\nНикто, кажется, не удивился.\n",
	"German prose":                        "Text und Bild, ein Versuch\n\nDie Fähre, sagte sie, kommt zu spät.\nNiemand, so hieß es, wundert sich.\n",
	"words between tabs":                  "Harbour Post\tpage 3\nThe ferry was late.\tAgain.\nNobody knew why.\tStill.\n",
	"a RIS record":                        "TY  - NEWS\nTI  - Ferry, late\nUR  - https://a.news.example/1\nER  - \n",
	"a BibTeX entry":                      "@article{a,\n  title = {Ferry},\n  url = {https://a.news.example/1},\n}\n",
	"nothing":                             "",
	"white space":                         " \n\t\n",
	"a picture":                           "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x01",
	"an article whose first line is data": "text,url\n\nThe first line above is, oddly, all that is left of a table.\nThe rest of this, as anybody can see, is not one.\nIt goes on, and on, and on.\n",
}

func TestProseIsNoTable(t *testing.T) {
	for name, text := range prose {
		t.Run(name, func(t *testing.T) {
			for _, file := range []string{"article.txt", "article", "https://a.news.example/1", "page.html"} {
				if Is([]byte(text), file) {
					t.Errorf("Is(%q) = true", file)
				}
			}
		})
	}
	t.Run("a ZIP archive of pages", func(t *testing.T) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, _ := z.Create("page.html")
		w.Write([]byte("<p>text</p>"))
		z.Close()
		if Is(b.Bytes(), "pages.xlsx") {
			t.Error("Is = true")
		}
	})
}

func TestTablesByContentAlone(t *testing.T) {
	tests := map[string]string{
		"two columns":               "title,text\nFerry,It was late.\nPier,It was closed.\n",
		"semicolons and quotes":     "\"Titel\";\"Text\"\n\"Fähre\";\"Sie kam; zu spät.\"\n\"Steg\";\"Er war zu.\"\n",
		"tabs":                      "url\ttitle\nhttps://a.news.example/1\tFerry\nhttps://a.news.example/2\tPier\n",
		"bars":                      "id|headline|link\n1|Ferry|https://a.news.example/1\n2|Pier|https://a.news.example/2\n",
		"one address":               "https://a.news.example/1\n",
		"addresses and a comment":   "# mine\n\nhttps://a.news.example/1\nhttps://a.news.example/2\n",
		"JSON Lines":                "{\"text\":\"It was late.\"}\n{\"text\":\"It was closed.\"}\n",
		"one JSON record":           "{\n \"title\": \"Ferry\",\n \"url\": \"https://a.news.example/1\"\n}\n",
		"Mac line ends":             "title,text\rFerry,It was late.\rPier,It was closed.\r",
		"lines above the header":    "Coverage of the ferry\n\ntitle,url,date\nFerry,https://a.news.example/1,2021\nPier,https://a.news.example/2,2021\n",
		"a long JSON line, wrapped": `{"status":"ok","articles":[` + strings.Repeat(`{"title":"Ferry","url":"https://a.news.example/1"},`, 10000) + `{"url":"https://a.news.example/2"}]}`,
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			if !Is([]byte(text), "export.txt") {
				t.Error("Is = false")
			}
		})
	}
}
