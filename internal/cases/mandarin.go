package cases

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words/pinyin.txt
var pinyinFile string

// Names of people in Chinese characters are spelled in pinyin. Pinyin and
// Wade-Giles spell the same syllables, and the second is mostly printed without
// the marks that tell "ch'" from "ch": so both are compared as the second without
// marks.

// hanVariants are traditional characters of names beside their simplified ones. Written by
// hand from general knowledge.
var hanVariants = func() map[rune]rune {
	m := map[rune]rune{}
	for _, p := range strings.Fields(`張张 劉刘 陳陈 楊杨 趙赵 黃黄 吳吴 孫孙 馬马 鄭郑 謝谢 韓韩 馮冯 許许 鄧邓 蕭萧 葉叶 蘇苏 盧卢 蔣蒋 賈贾 閻阎 鍾钟 譚谭 陸陆 範范 龔龚
		龐庞 顧顾 錢钱 嚴严 賴赖 鄒邹 龍龙 萬万 湯汤 莊庄 習习 單单 齊齐 喬乔 聶聂 關关 魯鲁 畢毕 賀贺 魏魏 倫伦 羅罗 歐欧 陽阳 諸诸 東东 國国 華华 偉伟 強强 軍军 麗丽 傑杰
		曉晓 紅红 蘭兰 鳳凤 鵬鹏 飛飞 榮荣 慶庆 慧慧 穎颖 瑩莹 潔洁 靜静 豔艳 艷艳 濤涛 濱滨 澤泽 潤润 瀾澜 靈灵 夢梦 愛爱 憶忆 懷怀 恆恒 恩恩 應应 廣广 建建 寧宁 實实
		寶宝 興兴 義义 聖圣 聰聪 聲声 職职 勝胜 勳勋 勵励 勁劲 動动 務务 協协 啟启 員员 圓圆 園园 圖图 堅坚 壽寿 復复 德德 從从 徵征 態态 戰战 揚扬 撫抚 數数 樂乐 樹树
		機机 權权 歡欢 歲岁 氣气 沖冲 淵渊 滿满 煥焕 燁烨 爾尔 獻献 環环 瓊琼 產产 畫画 發发 禮礼 禎祯 穩稳 競竞 筆笔 純纯 紹绍 維维 緯纬 綱纲 練练 縱纵 織织 經经 結结
		絲丝 綠绿 續续 繼继 羣群 習习 蓮莲 蔭荫 薇薇 藝艺 處处 術术 裕裕 補补 規规 視视 覺觉 記记 訓训 詩诗 誠诚 誌志 語语 調调 諒谅 謙谦 證证 譽誉 豐丰 貝贝 貞贞 財财
		貴贵 賢贤 資资 贊赞 輝辉 輔辅 輪轮 達达 遠远 適适 選选 還还 邁迈 鈞钧 鋒锋 銘铭 鋼钢 錦锦 鎮镇 鐵铁 鑫鑫 長长 門门 開开 閔闵 陣阵 際际 隨随 險险 雙双 雲云 電电
		霧雾 順顺 預预 頌颂 領领 願愿 風风 養养 駿骏 騰腾 驍骁 鴻鸿 鶴鹤 鷹鹰 麥麦 齡龄 昇升 傳传 億亿 優优 儀仪 價价 劍剑 嘉嘉 後后 徹彻 會会 棟栋 標标 橋桥 漢汉 濟济 鄔邬 酈郦 鄺邝`) {
		r := []rune(p)
		m[r[0]] = r[1]
	}
	return m
}()

// hanSurnames are surnames of two characters, simplified; hanReadings the
// characters that are read otherwise as a surname.
var (
	hanSurnames = set(`欧阳 司马 上官 诸葛 司徒 夏侯 皇甫 尉迟 公孙 慕容 令狐 端木 东方 独孤 南宫 西门 长孙 宇文 轩辕 闻人 申屠 公冶 钟离 澹台 淳于 太史 呼延`)
	hanReadings = map[string]string{"曾": "zeng", "单": "shan", "仇": "qiu", "区": "ou", "朴": "piao", "查": "zha", "盖": "ge", "翟": "zhai", "缪": "miao", "乐": "yue", "解": "xie",
		"尉迟": "yuchi", "覃": "qin", "晁": "chao", "逄": "pang", "繁": "po", "员": "yun", "秘": "bi", "折": "she", "种": "chong",
		"重": "chong", "黑": "he", "万俟": "moqi", "长孙": "zhangsun", "澹台": "tantai", "宓": "mi",
		"隗": "wei", "祭": "zhai", "谌": "chen"}
)

// hanRuns cuts a name in Chinese characters that stands in one into the family's
// and the given name, in simplified characters. Other words are one.
func hanRuns(w string, alone bool) []string {
	rs := []rune(w)
	for i, r := range rs {
		if !unicode.Is(unicode.Han, r) {
			return []string{w}
		}
		if s := hanVariants[r]; s != 0 {
			rs[i] = s
		}
	}
	switch n := len(rs); {
	case !alone || n < 2 || n > 4:
		return []string{string(rs)}
	case n > 2 && hanSurnames[string(rs[:2])]:
		return []string{string(rs[:2]), string(rs[2:])}
	default:
		return []string{string(rs[:1]), string(rs[1:])}
	}
}

// spellHan writes Chinese characters in pinyin; ok is false if there are others.
func spellHan(w string, family bool) (s string, ok bool) {
	if first, _ := utf8.DecodeRuneInString(w); !unicode.Is(unicode.Han, first) {
		return "", false
	}
	if r := hanReadings[w]; family && r != "" {
		return r, true
	}
	var b strings.Builder
	for _, r := range w {
		p := hanSpelling()[r]
		if p == "" {
			return "", false
		}
		b.WriteString(p)
	}
	return b.String(), b.Len() > 0
}

// hanSpelling is the first reading of each character.
var hanSpelling = sync.OnceValue(func() map[rune]string {
	m := make(map[rune]string, 21000)
	for line := range strings.Lines(pinyinFile) {
		if s, chars, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && s[0] != '#' {
			for _, r := range chars {
				m[r] = s
			}
		}
	}
	return m
})

// syllables lists those of pinyin as Wade-Giles has them without its marks, and
// those of Wade-Giles in the one way in which the first are written.
var syllables = sync.OnceValue(func() (t struct{ pinyin, wade map[string]string }) {
	t.pinyin, t.wade = map[string]string{}, map[string]string{}
	for line := range strings.Lines(pinyinFile) {
		if s, _, ok := strings.Cut(line, ": "); ok && s[0] != '#' && len(s) > 1 && s != "hm" {
			t.pinyin[s] = wadeOf(s)
			t.wade[wadeOf(s)] = wadeOf(s)
		}
	}
	for _, p := range strings.Fields("szu:ssu yi:i ke:ko he:ho kei:kei e:o tsu:tzu tze:tzu") {
		s, as, _ := strings.Cut(p, ":")
		t.wade[s] = as
	}
	return t
})

// wadeOf writes a syllable of pinyin as Wade-Giles does, without its marks.
func wadeOf(s string) string {
	switch s {
	case "zi", "ci":
		return "tzu"
	case "si":
		return "ssu"
	case "zhi", "chi":
		return "chih"
	case "shi":
		return "shih"
	case "ri":
		return "jih"
	case "yi":
		return "i"
	case "you":
		return "yu"
	case "er":
		return "erh"
	case "e":
		return "o"
	case "ge", "ke":
		return "ko"
	case "he":
		return "ho"
	case "gui", "kui":
		return "kuei"
	case "yan":
		return "yen"
	}
	initial, final := "", s
	for _, p := range [...][2]string{{"zh", "ch"}, {"ch", "ch"}, {"sh", "sh"}, {"b", "p"}, {"p", "p"}, {"d", "t"}, {"t", "t"}, {"g", "k"}, {"k", "k"},
		{"j", "ch"}, {"q", "ch"}, {"x", "hs"}, {"z", "ts"}, {"c", "ts"}, {"r", "j"}, {"m", "m"}, {"f", "f"}, {"n", "n"}, {"l", "l"}, {"h", "h"}, {"s", "s"}, {"y", "y"}, {"w", "w"}} {
		if rest, ok := strings.CutPrefix(s, p[0]); ok {
			initial, final = p[1], rest
			break
		}
	}
	switch {
	case final == "uo" && initial != "k" && initial != "h" && initial != "sh" && initial != "":
		final = "o"
	case final == "ian":
		final = "ien"
	case final == "ie", final == "ue", final == "e" && initial == "y":
		final += "h"
	case strings.HasSuffix(final, "ong"):
		final = strings.TrimSuffix(final, "ong") + "ung"
	}
	return initial + final
}

// syllabic cuts a word into syllables of a table, long ones first, and writes
// them as the table does; ok is false if it is not made of such.
func syllabic(w string, table map[string]string) (out []string, ok bool) {
	if w == "" {
		return nil, true
	}
	for n := min(6, len(w)); n > 0; n-- {
		as, is := table[w[:n]]
		if !is {
			continue
		}
		if rest, ok := syllabic(w[n:], table); ok {
			return append([]string{as}, rest...), true
		}
	}
	return nil, false
}

// markMandarin notes how the parts of a name sound if all of them are syllables of
// pinyin, or of Wade-Giles. What could be either is the second only with its
// marks: a hyphen, an apostrophe.
func markMandarin(ts []token, marked bool) {
	if len(ts) < 2 || len(ts) > 4 {
		return
	}
	t := syllables()
	both := true
	for _, table := range []map[string]string{t.pinyin, t.wade} {
		wade := table["tse"] != ""
		said := make([]string, 0, len(ts))
		for _, x := range ts {
			if len(x.text) > 18 {
				return
			}
			s, ok := syllabic(x.text, table)
			if !ok || len(s) > 3 {
				break
			}
			said = append(said, strings.Join(s, " "))
		}
		if len(said) < len(ts) {
			both = false
			continue
		}
		for i := range ts {
			switch {
			case !wade:
				ts[i].pinyin = said[i]
			case marked || !both:
				ts[i].wade = said[i]
			}
		}
	}
}

// sameSyllables reports whether the one part is in pinyin what the other is in
// Wade-Giles.
func sameSyllables(a, b token) bool {
	return a.pinyin != "" && a.pinyin == b.wade || a.wade != "" && a.wade == b.pinyin
}

// together is two parts that stand side by side as one.
func together(a, b token) token {
	t := token{text: a.text + b.text, sound: soundOf(a.text + b.text), han: a.han + b.han}
	if a.han == "" || b.han == "" {
		t.han = ""
	}
	if a.pinyin != "" && b.pinyin != "" {
		t.pinyin = a.pinyin + " " + b.pinyin
	}
	if a.wade != "" && b.wade != "" {
		t.wade = a.wade + " " + b.wade
	}
	return t
}

// syllableKey names the syllables of a name in whatever order and however they
// are joined, or "" if it is not made of such.
func syllableKey(ts []token) string {
	var all []string
	for _, t := range ts {
		said := t.wade
		if said == "" {
			said = t.pinyin
		}
		if said == "" {
			return ""
		}
		all = append(all, strings.Fields(said)...)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}
