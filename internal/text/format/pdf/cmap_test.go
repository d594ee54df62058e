package pdf

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// TestPredefined reads fonts that name one of the format's own tables and say
// nothing else of their letters.
func TestPredefined(t *testing.T) {
	b, err := os.ReadFile("testdata/predefined-cmap.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(texts(draft(t, b)), ""); got != "船は来週から再び運航する。市長は「桟橋を直した」と述べた。" {
		t.Errorf("90ms-RKSJ-H: %q", got)
	}
	const hex = "<914482cd97888f5482a982e78dc482d1895e8d7182b782e98142>"
	utf16 := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	tests := []struct {
		name string
		enc  encoding.Encoding
		text string
	}{
		{"90msp-RKSJ-H", japanese.ShiftJIS, "船は来週 ferry 12 から再び運航する。"},
		{"90ms-RKSJ-V", japanese.ShiftJIS, "船は来週から再び運航する。"},
		{"RKSJ-H", japanese.ShiftJIS, "船は来週から再び運航する。"},
		{"EUC-H", japanese.EUCJP, "船は来週から再び運航する。"},
		{"GBK-EUC-H", simplifiedchinese.GBK, "渡轮下周恢复运行。"},
		{"GB-EUC-H", simplifiedchinese.GBK, "渡轮下周恢复运行。"},
		{"GBK2K-H", simplifiedchinese.GB18030, "渡轮下周恢复运行。"},
		{"ETen-B5-H", traditionalchinese.Big5, "渡輪下週恢復運行。"},
		{"B5pc-H", traditionalchinese.Big5, "渡輪下週恢復運行。"},
		{"KSCms-UHC-H", korean.EUCKR, "여객선이 다음 주부터 다시 운항한다."},
		{"KSC-EUC-H", korean.EUCKR, "여객선이 다음 주부터 다시 운항한다."},
		{"UniJIS-UCS2-H", utf16, "船は来週から再び運航する。"},
		{"UniGB-UTF16-H", utf16, "渡轮下周恢复运行。"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := tt.enc.NewEncoder().String(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			src := strings.Replace(string(b), "90ms-RKSJ-H", tt.name, 1)
			src = strings.Replace(src, hex, fmt.Sprintf("<%x>", s), 1)
			if i := strings.Index(src, " 0 -24 Td"); i > 0 { // one line is enough
				src = src[:i] + src[strings.Index(src, " ET"):]
			}
			got := ""
			if set, err := Read([]byte(src), documentOptions); err == nil {
				for _, d := range set.Drafts {
					got = strings.Join(texts(d), "")
				}
			} else {
				got = err.Error()
			}
			if got != tt.text {
				t.Errorf("%q, want %q", got, tt.text)
			}
		})
	}
}
