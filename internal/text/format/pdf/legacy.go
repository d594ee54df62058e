package pdf

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// A legacy is the character set in which the codes of a wide font are written,
// as the name of one of the format's own tables says (PDF 32000-1, 9.7.5.2).
// Fonts that use them say nothing else of their letters.
type legacy struct {
	decode encoding.Encoding
	length func(s string) int // bytes of the first code
}

// legacies are beginnings of the names of those tables.
var legacies = []struct {
	name string
	legacy
}{
	{"90ms-RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"90msp-RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"90pv-RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"83pv-RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"Add-RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"Ext-RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"RKSJ", legacy{japanese.ShiftJIS, shiftJIS}},
	{"EUC", legacy{japanese.EUCJP, eucJP}},
	{"GBK2K", legacy{simplifiedchinese.GB18030, gb18030}},
	{"GBKp-EUC", legacy{simplifiedchinese.GBK, twoAbove}},
	{"GBK-EUC", legacy{simplifiedchinese.GBK, twoAbove}},
	{"GBpc-EUC", legacy{simplifiedchinese.GBK, twoAbove}},
	{"GB-EUC", legacy{simplifiedchinese.GBK, twoAbove}},
	{"ETen-B5", legacy{traditionalchinese.Big5, twoAbove}},
	{"ETenms-B5", legacy{traditionalchinese.Big5, twoAbove}},
	{"B5pc", legacy{traditionalchinese.Big5, twoAbove}},
	{"HKscs-B5", legacy{traditionalchinese.Big5, twoAbove}},
	{"KSCms-UHC", legacy{korean.EUCKR, twoAbove}},
	{"KSC-EUC", legacy{korean.EUCKR, twoAbove}},
	{"KSCpc-EUC", legacy{korean.EUCKR, twoAbove}},
}

// legacyOf returns the character set that the name of a table stands for, nil
// if it is none of these.
func legacyOf(name string) *legacy {
	table := strings.TrimSuffix(strings.TrimSuffix(name, "-H"), "-V")
	if table == name {
		return nil
	}
	for i := range legacies {
		if l := &legacies[i]; table == l.name || strings.HasPrefix(table, l.name+"-") {
			return &l.legacy
		}
	}
	return nil
}

// text returns what one code stands for.
func (l *legacy) text(s string) string {
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
