package pdf

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A legacyCharset is the character set in which the codes of a wide font are written,
// as the name of one of the format's own tables says (PDF 32000-1, 9.7.5.2).
// Fonts that use them say nothing else of their letters.
type legacyCharset struct {
	decode encoding.Encoding
	length func(s string) int // bytes of the first code
}

// legacies are beginnings of the names of those tables.
var legacies = []struct {
	name string
	legacyCharset
}{
	{"90ms-RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"90msp-RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"90pv-RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"83pv-RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"Add-RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"Ext-RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"RKSJ", legacyCharset{japanese.ShiftJIS, shiftJIS}},
	{"EUC", legacyCharset{japanese.EUCJP, eucJP}},
	{"GBK2K", legacyCharset{simplifiedchinese.GB18030, gb18030}},
	{"GBKp-EUC", legacyCharset{simplifiedchinese.GBK, twoAbove}},
	{"GBK-EUC", legacyCharset{simplifiedchinese.GBK, twoAbove}},
	{"GBpc-EUC", legacyCharset{simplifiedchinese.GBK, twoAbove}},
	{"GB-EUC", legacyCharset{simplifiedchinese.GBK, twoAbove}},
	{"ETen-B5", legacyCharset{traditionalchinese.Big5, twoAbove}},
	{"ETenms-B5", legacyCharset{traditionalchinese.Big5, twoAbove}},
	{"B5pc", legacyCharset{traditionalchinese.Big5, twoAbove}},
	{"HKscs-B5", legacyCharset{traditionalchinese.Big5, twoAbove}},
	{"KSCms-UHC", legacyCharset{korean.EUCKR, twoAbove}},
	{"KSC-EUC", legacyCharset{korean.EUCKR, twoAbove}},
	{"KSCpc-EUC", legacyCharset{korean.EUCKR, twoAbove}},
}

// legacyOf returns the character set that the name of a table stands for, nil
// if it is none of these.
func legacyOf(name string) *legacyCharset {
	table := strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V")
	if table == name {
		return nil
	}
	for i := range legacies {
		if l := &legacies[i]; table == l.name || strings.HasPrefix(table, l.name+"-") {
			return &l.legacyCharset
		}
	}
	return nil
}

// text returns what one code stands for.
func (l *legacyCharset) text(s string) string {
	out, err := l.decode.NewDecoder().String(s)
	if err != nil || out == "" {
		return unknown
	}
	return out
}

func shiftJIS(s string) int {
	if c := s[0]; c >= 0x81 && c <= 0x9f || c >= 0xe0 && c <= 0xfc {
		return 2
	}
	return 1
}

func eucJP(s string) int {
	switch c := s[0]; {
	case c == 0x8f:
		return 3
	case c == 0x8e || c >= 0xa1 && c <= 0xfe:
		return 2
	}
	return 1
}

func twoAbove(s string) int {
	if c := s[0]; c >= 0x81 && c <= 0xfe {
		return 2
	}
	return 1
}

func gb18030(s string) int {
	if s[0] >= 0x81 && s[0] <= 0xfe {
		if len(s) > 1 && s[1] >= '0' && s[1] <= '9' {
			return 4
		}
		return 2
	}
	return 1
}
