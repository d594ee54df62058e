package cases

import (
	"slices"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	tests := []struct {
		name, a, b string
		want       bool
	}{
		{"equal", "Ines Ravel", "Ines Ravel", true},
		{"title and case", "Dr. Ines RAVEL", "ines ravel", true},
		{"order with a comma", "Ravel, Ines", "Ines Ravel", true},
		{"order without a comma", "Ravel Ines", "Ines Ravel", true},
		{"initial", "I. Ravel", "Ines Ravel", true},
		{"another initial", "T. Ravel", "Ines Ravel", false},
		{"middle name left out", "Ines Maria Ravel", "Ines Ravel", true},
		{"another middle name", "Ines Maria Ravel", "Ines Clara Ravel", false},
		{"accents", "Inès Ravél", "Ines Ravel", true},
		{"run together", "InesRavel", "Ines Ravel", true},
		{"short form", "Bill Ostrow", "William Ostrow", true},
		{"slip of the keyboard", "Ines Ravle", "Ines Ravel", true},
		{"from Cyrillic", "Тарас Бойко", "Taras Boiko", true},
		{"transliteration", "Yusuf al-Hadidi", "Youssef el Hadidy", true},
		{"son and father swapped", "Sami bin Karim al-Dali", "Karim bin Sami al-Dali", false},
		{"brothers", "Sami al-Dali", "Omar al-Dali", false},
		{"another surname", "Ines Ravel", "Ines Torrance", false},
		{"one part against two", "Ravel", "Ines Ravel", false},
		{"a hyphen and the other order", "Kim Min-jun", "Minjun Kim", true},
		{"three parts in the other order", "Park Ji-woo", "Jiwoo Park", true},
		{"another given name of the family", "Kim Min-jun", "Minho Kim", false},
		{"from Hangul", "김민준", "Kim Min-jun", true},
		{"another in Hangul", "김민준", "Kim Seo-yeon", false},
		{"from Hebrew", "דוד לוי", "David Levi", true},
		{"man and woman of one name", "Daniel Orr", "Daniela Orr", false},
		{"short form against a foreign spelling", "Toby Wolnik", "Tobiasz Wolnik", true},
		{"a woman's form of the last name", "Nadia Sorokina", "Nadja Sorokin", true},
		{"two last names", "Ana Ruiz Soler", "Ana Ruiz", true},
		{"other two last names", "Ana Ruiz Soler", "Ana Vega Prado", false},
		{"final vowel", "Petra Voss", "Petro Voss", false},
		{"the article in Arabic letters", "سلمى الهاشمي", "Salma al-Hashimi", true},
		{"the article and a servant's name in Arabic letters", "نورا عبد الرحمن المصري", "Nora al-Masri", true},
		{"the article written together", "Salma Alhashimi", "Salma al-Hashimi", true},
		{"the Egyptian article written together", "Tarek Elsayegh", "طارق الصايغ", true},
		{"the article as it sounds", "Omar ash-Shami", "عمر الشامي", true},
		{"a servant's name in one word and in three", "Abdulrahman Darwish", "Abd al-Rahman Darwish", true},
		{"a servant's name as it sounds", "Abdurrahman Darwish", "Abdul Rahman Darwish", true},
		{"a servant's name in Arabic letters", "عبد الكريم ناصيف", "Abdelkarim Nassif", true},
		{"a servant's name in one Arabic word", "عبدالعزيز حداد", "Abdul Aziz Haddad", true},
		{"two servants of one family", "Abdulrahman Darwish", "Abdulkarim Darwish", false},
		{"a servant's name without the servant", "Abdul Latif Sabri", "Latif Sabri", true},
		{"a father in Arabic letters", "خالد بن سالم الحربي", "Khaled bin Salem al-Harbi", true},
		{"son and father swapped in Arabic letters", "خالد بن سالم الحربي", "Salem bin Khaled al-Harbi", false},
		{"another of the family in Arabic letters", "سلمى الهاشمي", "Huda al-Hashimi", false},
		{"a name that only begins like the article", "Albert Holm", "Bert Alholm", false},
		{"a surname that begins like the article", "Ana Alvarez", "Ana Varez", false},
		{"Allah's servant", "Abdullah Noor", "عبد الله نور", true},
		{"Persian, with the article in a first name", "الهام رضایی", "Elham Rezaei", true},
		{"nothing", "", "Ines Ravel", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, same := Match(tt.a, tt.b)
			if same != tt.want {
				t.Errorf("Match(%q, %q) = %d, %v; want %v", tt.a, tt.b, s, same, tt.want)
			}
			if s2, same2 := Match(tt.b, tt.a); s2 != s || same2 != same {
				t.Errorf("Match(%q, %q) = %d, %v, but %d, %v the other way round", tt.a, tt.b, s, same, s2, same2)
			}
		})
	}
}

// What shows nothing in a name makes no other name of it, and so does a joiner that
// a name is written with in one place and without in another.
func TestMatchOfWhatIsNotShown(t *testing.T) {
	for _, r := range []rune{0xad, 0x34f, 0x61c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2060, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xfe00, 0xfe0f, 0xe0100, 0x3164} {
		c := string(r)
		for _, name := range []string{"Ines Ravel", "علیرضا کریمی", "Давид Леви"} {
			runes := []rune(name)
			for i := range len(runes) + 1 {
				other := string(runes[:i]) + c + string(runes[i:])
				if s, same := Match(name, other); s != 1000 || !same {
					t.Errorf("Match(%q, %+q) = %d, %v", name, other, s, same)
				}
				if a, b := Sounds(name), Sounds(other); !slices.Equal(a, b) {
					t.Errorf("Sounds(%+q) = %q, want %q", other, b, a)
				}
			}
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("Ines Ravel", "RAVEL, Inès")
	f.Add("عمر الدالي", "Omar al-Dali")
	f.Add("\xff\xfe", strings.Repeat("a b ", 200))
	f.Fuzz(func(t *testing.T, a, b string) {
		s, same := Match(a, b)
		if s < 0 || s > 1000 {
			t.Errorf("Match(%q, %q) = %d", a, b, s)
		}
		if s2, same2 := Match(b, a); s != s2 || same != same2 {
			t.Errorf("Match(%q, %q) = %d, %v, but %d, %v the other way round", a, b, s, same, s2, same2)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for b.Loop() {
		Match("Yusuf Ibrahim al-Hadidi", "Youssef el Hadidy")
	}
}

// Names of East Asia: ten and more of a kind.
func TestMatchEast(t *testing.T) {
	for _, kind := range []struct {
		name  string
		same  [][2]string
		other [][2]string
	}{
		{"pinyin and Wade-Giles", [][2]string{
			{"Zhang Zedong", "Chang Tse-tung"}, {"Xi Jinguo", "Hsi Chin-kuo"}, {"Deng Lihua", "Teng Li-hua"}, {"Zhou Enming", "Chou En-ming"}, {"Jiang Guoqing", "Chiang Kuo-ch'ing"},
			{"Xu Zhijian", "Hsü Chih-chien"}, {"Song Ziwen", "Sung Tzu-wen"}, {"Zhu Desheng", "Chu Te-sheng"}, {"Cai Yingwen", "Ts'ai Ying-wen"}, {"Ren Zhiqiang", "Jen Chih-chiang"},
			{"Xie Xuehong", "Hsieh Hsueh-hung"}, {"Dong Jianhua", "Tung Chien-hua"}, {"Qian Xuesen", "Ch'ien Hsueh-sen"}, {"Lu Xiulian", "Lu Hsiu-lien"},
		}, [][2]string{
			{"Zhang Zedong", "Chang Tse-min"}, {"Xi Jinguo", "Hsi Kuo-hua"}, {"Deng Lihua", "Teng Li-kuo"}, {"Zhou Enming", "Chou Te-ming"}, {"Jiang Guoqing", "Chiang Wei-kuo"},
			{"Xu Zhijian", "Hsu Kuo-chien"}, {"Song Ziwen", "Sung Mei-ling"}, {"Cai Yingwen", "Ts'ai Hsueh-ming"}, {"Ren Zhiqiang", "Jen Hsiao-ming"}, {"Qian Xuesen", "Ch'ien Kuo-hua"},
		}},
		{"Chinese characters", [][2]string{
			{"王小明", "Wang Xiaoming"}, {"张伟", "Zhang Wei"}, {"李娜", "Na Li"}, {"欧阳明", "Ouyang Ming"}, {"司马光华", "Sima Guanghua"}, {"曾国强", "Zeng Guoqiang"}, {"单雪", "Shan Xue"},
			{"陳水明", "Chen Shuiming"}, {"劉曉東", "刘晓东"}, {"王小明", "Wang Xiao-ming"}, {"蔣國強", "Jiang Guoqiang"}, {"毛泽明", "Mao Tse-ming"}, {"王 小明", "Wang Xiaoming"}, {"張偉", "张伟"},
		}, [][2]string{
			{"王小明", "Wang Dawei"}, {"张伟", "Li Wei"}, {"王伟", "王薇"}, {"李娜", "李丽"}, {"欧阳明", "Ouyang Hua"}, {"曾国强", "Zeng Xiaoli"}, {"王小明", "李小明"}, {"刘晓东", "刘小东"},
			{"陳水明", "Chen Jianguo"}, {"单雪", "Dan Feng"},
		}},
		{"surname first, with hyphens and without", [][2]string{
			{"Kim Min-jun", "Minjun Kim"}, {"Wang Xiao-ming", "Xiaoming Wang"}, {"Park Ji-woo", "Park Ji Woo"}, {"Li Xiao Long", "Xiaolong Li"}, {"KIM Minjun", "Min-Jun Kim"},
			{"Zhang, Weiguo", "Weiguo Zhang"}, {"Lee Seo-yeon", "Seoyeon Lee"}, {"Chen Guo-hua", "Guohua Chen"}, {"Choi Eun-ji", "Eunji Choi"}, {"Zhao Ming-li", "Mingli Zhao"},
		}, [][2]string{
			{"Kim Min-jun", "Minseo Kim"}, {"Wang Xiao-ming", "Xiaoli Wang"}, {"Park Ji-woo", "Park Ji-min"}, {"Li Xiao Long", "Xiaofeng Li"}, {"Zhang, Weiguo", "Weimin Zhang"},
			{"Lee Seo-yeon", "Soomin Lee"}, {"Chen Guo-hua", "Guofeng Chen"}, {"Choi Eun-ji", "Hanbyeol Choi"}, {"Zhao Ming-li", "Mingde Zhao"}, {"Kim Min-jun", "Min Kyungsoo"},
		}},
		{"Korean", [][2]string{
			{"김민준", "Kim Min-jun"}, {"박지우", "Park Jiwoo"}, {"최은지", "Choi Eun-ji"}, {"정하윤", "Jeong Hayun"}, {"강도현", "Kang Do-hyeon"}, {"조수빈", "Cho Subin"}, {"윤서연", "Yoon Seo-yeon"},
			{"임지호", "Lim Ji-ho"}, {"한유진", "Han Yujin"}, {"오세훈", "Oh Se-hun"}, {"이서준", "Lee Seo-jun"}, {"신동혁", "Shin Dong-hyuk"},
		}, [][2]string{
			{"김민준", "Kim Seo-yeon"}, {"박지우", "Park Minho"}, {"최은지", "Choi Haneul"}, {"정하윤", "Jeong Minseok"}, {"강도현", "Kang Sujin"}, {"조수빈", "Cho Minwoo"}, {"윤서연", "Yoon Taeho"},
			{"임지호", "Lim Sooah"}, {"한유진", "Han Dongwook"}, {"오세훈", "Oh Minji"},
		}},
	} {
		for i, pairs := range [][][2]string{kind.same, kind.other} {
			for _, p := range pairs {
				if s, same := Match(p[0], p[1]); same != (i == 0) {
					t.Errorf("%s: Match(%q, %q) = %d, %v", kind.name, p[0], p[1], s, same)
				}
			}
		}
	}
}

// Scripts that other words are written in: ten of a kind.
func TestMatchScripts(t *testing.T) {
	for _, kind := range []struct {
		name  string
		same  [][2]string
		other [][2]string
	}{
		{"Hebrew", [][2]string{
			{"דוד לוי", "David Levi"}, {"משה כהן", "Moshe Cohen"}, {"יעל מזרחי", "Yael Mizrahi"}, {"אברהם פרץ", "Avraham Peretz"}, {"רחל ביטון", "Rachel Biton"}, {"יוסף דהן", "Yosef Dahan"},
			{"שרה אזולאי", "Sarah Azoulay"}, {"דניאל שפירא", "Daniel Shapira"}, {"תמר גבאי", "Tamar Gabbay"}, {"נועה ברק", "Noa Barak"}, {"אורי שמיר", "Uri Shamir"},
		}, [][2]string{
			{"דוד לוי", "Moshe Levi"}, {"משה כהן", "Moshe Mizrahi"}, {"יעל מזרחי", "Tamar Mizrahi"}, {"אברהם פרץ", "Avraham Shapira"}, {"רחל ביטון", "Sarah Biton"}, {"יוסף דהן", "Yosef Barak"},
			{"שרה אזולאי", "Noa Azoulay"}, {"דניאל שפירא", "David Shapira"}, {"תמר גבאי", "Tamar Cohen"}, {"נועה ברק", "Noa Peretz"},
		}},
		{"Persian", [][2]string{
			{"علیرضا کریمی", "Alireza Karimi"}, {"مریم حسینی", "Maryam Hosseini"}, {"الهام رضایی", "Elham Rezaei"}, {"محمد احمدی", "Mohammad Ahmadi"}, {"زهرا موسوی", "Zahra Mousavi"},
			{"حسین جعفری", "Hossein Jafari"}, {"نرگس محمدی", "Narges Mohammadi"}, {"پرویز پرستویی", "Parviz Parastui"}, {"شیرین عبادی", "Shirin Ebadi"}, {"گلناز چراغی", "Golnaz Cheraghi"},
		}, [][2]string{
			{"علیرضا کریمی", "Alireza Hosseini"}, {"مریم حسینی", "Zahra Hosseini"}, {"الهام رضایی", "Elham Karimi"}, {"محمد احمدی", "Hossein Ahmadi"}, {"زهرا موسوی", "Zahra Jafari"},
			{"حسین جعفری", "Parviz Jafari"}, {"نرگس محمدی", "Narges Ebadi"}, {"پرویز پرستویی", "Golnaz Parastui"}, {"شیرین عبادی", "Shirin Rezaei"}, {"گلناز چراغی", "Maryam Cheraghi"},
		}},
		{"Greek", [][2]string{
			{"Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"}, {"Μαρία Νικολάου", "Maria Nikolaou"}, {"Αλέξης Τζανής", "Alexis Tzanis"}, {"Ελένη Βασιλείου", "Eleni Vasileiou"}, {"Κώστας Δημητρίου", "Kostas Dimitriou"},
			{"Ευαγγελία Χρήστου", "Evangelia Christou"}, {"Λάμπρος Μπακάλης", "Lampros Bakalis"}, {"Αντώνης Σαμαράς", "Antonis Samaras"}, {"Παύλος Ευθυμίου", "Pavlos Efthymiou"}, {"Γκίκας Αυγουστίνος", "Gikas Avgoustinos"},
			{"Άγγελος Κυριάκου", "Angelos Kyriakou"},
		}, [][2]string{
			{"Γιώργος Παπαδόπουλος", "Kostas Papadopoulos"}, {"Μαρία Νικολάου", "Eleni Nikolaou"}, {"Αλέξης Τζανής", "Alexis Samaras"}, {"Ελένη Βασιλείου", "Maria Vasileiou"}, {"Κώστας Δημητρίου", "Kostas Vasileiou"},
			{"Ευαγγελία Χρήστου", "Evangelia Dokas"}, {"Λάμπρος Ντόκας", "Pavlos Dokas"}, {"Αντώνης Σαμαράς", "Antonis Christou"}, {"Παύλος Ευθυμίου", "Giorgos Efthymiou"}, {"Γκίκας Αυγουστίνος", "Gikas Kyriakou"},
		}},
	} {
		for i, pairs := range [][][2]string{kind.same, kind.other} {
			for _, p := range pairs {
				if s, same := Match(p[0], p[1]); same != (i == 0) {
					t.Errorf("%s: Match(%q, %q) = %d, %v", kind.name, p[0], p[1], s, same)
				}
			}
		}
	}
}

// Two who are one share a block, whichever way the name is spelled.
func TestEastMeets(t *testing.T) {
	for _, p := range [][2]string{{"Kim Min-jun", "Minjun Kim"}, {"Zhang Zedong", "Chang Tse-tung"}, {"王小明", "Xiao-ming Wang"}, {"Xi Jinguo", "Hsi Chin-kuo"}, {"김민준", "Minjun Kim"}} {
		a := newProfile(nil, &Person{Name: p[0], Kind: "named"})
		b := newProfile(nil, &Person{Name: p[1], Kind: "named"})
		if !slices.ContainsFunc(a.blocks, func(x uint64) bool { return slices.Contains(b.blocks, x) }) {
			t.Errorf("%s and %s share no block", p[0], p[1])
		}
	}
}
