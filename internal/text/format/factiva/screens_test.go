package factiva

import (
	"fmt"
	"strings"
	"testing"

	"recount/internal/text/document"
)

// TestScreens reads form B with the labels of other screens: words, day and
// time, language and the line of the number in their own language.
func TestScreens(t *testing.T) {
	tests := []struct{ name, words, when, lang, number, day, clock string }{
		{"simplified Chinese, day and time in one line", "120 字", "2018 年 10 月 7 日 17:04", "德文", "文件", "2018-10-07", "17:04"},
		{"traditional Chinese", "120 字", "2018 年 10 月 7 日 17:04", "德語", "文件", "2018-10-07", "17:04"},
		{"Chinese without a time", "120 字", "2018年10月7日", "英文", "文件", "2018-10-07", ""},
		{"Japanese", "120 ワード", "2018年10月7日 17:04", "ドイツ語", "文書", "2018-10-07", "17:04"},
		{"English, day and time in one line", "120 words", "7 October 2018 17:04", "German", "Document", "2018-10-07", "17:04"},
		{"American, in one line", "120 words", "October 7, 2018 5:04 PM", "German", "Document", "2018-10-07", "17:04"},
		{"German, in one line", "120 Wörter", "7. Oktober 2018 17:04", "Deutsch", "Dokument", "2018-10-07", "17:04"},
		{"French, in one line", "120 mots", "7 octobre 2018 17:04", "Allemand", "Document", "2018-10-07", "17:04"},
		{"Spanish", "120 palabras", "7 octubre 2018", "Alemán", "Documento", "2018-10-07", ""},
		{"Russian", "120 слов", "7 октября 2018", "Немецкий", "Документ", "2018-10-07", ""},
		{"Korean language", "120 words", "2018-10-07", "독일어", "Document", "2018-10-07", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := fmt.Sprintf(`<html><body><div id="article-POST00020181007ea7000001" class="article"><div class="article deArticle"><p>
<div id="hd"><span class='deHeadline'>Fähre kehrt zurück</span></div><div>%s</div><div>%s</div><div>Sandwick Post</div><div>SPOST</div><div>%s</div><div>Copyright (2018) Sandwick Post</div>
</p><p class="articleParagraph dearticleParagraph">Die Fähre fährt wieder, sagte Bürgermeister Ola Berg am Dienstag.</p><p>%s POST00020181007ea7000001</p></div></div></body></html>`, tt.words, tt.when, tt.lang, tt.number)
			set, err := Read([]byte(src), document.Options{})
			if err != nil || len(set.Drafts) != 1 {
				t.Fatalf("%d articles, %v", len(set.Drafts), err)
			}
			got := map[string]string{}
			for _, f := range set.Drafts[0].Facts {
				if _, ok := got[f.Field]; !ok || f.Field == "published" {
					got[f.Field] = f.Value
				}
			}
			when := tt.day
			if tt.clock != "" {
				when += "T" + tt.clock
			}
			if got["outlet"] != "Sandwick Post" || !strings.HasPrefix(got["published"], when) || got["language"] != tt.lang {
				t.Errorf("outlet %q, published %q, language %q; want Sandwick Post, %q, %q; %v", got["outlet"], got["published"], got["language"], when, tt.lang, set.Drafts[0].Facts)
			}
		})
	}
}
