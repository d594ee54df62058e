package workbench

// The rest of what the API sends and takes; messages.go has what one article needs.

type triage struct {
	Groups []triageGroup `json:"groups"`
	Items  []triaged     `json:"items"`
	Next   string        `json:"next"`
	Total  int           `json:"total"`
}

type triageGroup struct {
	Class string `json:"class" enum:"may be a case,official,expert,relative,company or outlet,other"`
	Label string `json:"label"`
	Count int    `json:"count"`
	Open  int    `json:"open"`
}

type triaged struct {
	speaker
	Row articleRow `json:"row"`
}

type personRow struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Articles      int               `json:"articles"`
	Originals     int               `json:"originals"`
	Statements    int               `json:"statements"`
	Gender        string            `json:"gender"`
	Kind          string            `json:"kind"`
	Scope         string            `json:"scope" enum:"yes,unclear"`
	Counted       bool              `json:"counted" doc:"inside the period of the study"`
	Values        map[string]string `json:"values" doc:"as the counting rules settle them"`
	Codes         []string          `json:"codes"`
	Open          int               `json:"open" doc:"pairs with others that are still a question"`
	FirstReported string            `json:"first_reported"`
	Tier          string            `json:"tier" enum:"open,press,protected,withdrawn" doc:"how far the person may be shown outside the team"`
	Held          bool              `json:"held" doc:"spoke under circumstances about which nobody has decided yet"`
}

type personList struct {
	Items []personRow `json:"items"`
	Next  string      `json:"next"`
	Total int         `json:"total"`
}

type personPage struct {
	ID            string            `json:"id"`
	MovedTo       string            `json:"moved_to,omitempty" doc:"the id of the person whom a former id now leads to"`
	Name          string            `json:"name"`
	Gender        string            `json:"gender"`
	Kind          string            `json:"kind"`
	Scope         string            `json:"scope" enum:"yes,unclear,no,"`
	Counted       bool              `json:"counted" doc:"inside the period of the study"`
	Open          int               `json:"open"`
	FirstReported string            `json:"first_reported"`
	Originals     int               `json:"originals"`
	Codes         []string          `json:"codes"`
	Articles      []articleRow      `json:"articles" doc:"that report the person, in order of publication"`
	Statements    []personStatement `json:"statements" doc:"in order of publication"`
	Values        []personValue     `json:"values" doc:"each variable with what articles state"`
	Links         []personLink      `json:"links" doc:"what holds the person together, the weakest first"`
	Doubts        []doubt           `json:"doubts" doc:"answers that differ, or contradict one another, on who is who"`
	History       []historyItem     `json:"history"`
	Notes         []memo            `json:"notes"`
	FormerIDs     []string          `json:"former_ids"`
	Tier          string            `json:"tier" enum:"open,press,protected,withdrawn" doc:"how far the person may be shown outside the team"`
	Held          bool              `json:"held" doc:"spoke under circumstances about which nobody has decided yet"`
	Circumstances []string          `json:"circumstances" doc:"of speech: custody, watched, minor, threat"`
}

type personStatement struct {
	Key     string      `json:"key"`
	Article string      `json:"article"`
	Outlet  string      `json:"outlet"`
	Date    string      `json:"date"`
	Words   string      `json:"words"`
	Type    string      `json:"type"`
	State   string      `json:"state"`
	Codes   []codeGiven `json:"codes"`
}

type personValue struct {
	Variable string        `json:"variable"`
	Label    string        `json:"label"`
	Value    string        `json:"value" doc:"that counts; empty if none is recorded"`
	State    string        `json:"state" enum:",accepted,conflict"`
	Rule     string        `json:"rule" doc:"which settles a conflict"`
	Choices  []valueChoice `json:"choices"`
}

type valueChoice struct {
	Value    string `json:"value"`
	Outlet   string `json:"outlet"`
	Date     string `json:"date"`
	Article  string `json:"article"`
	Speaker  string `json:"speaker"`
	Span     *span  `json:"span"`
	Sentence string `json:"sentence"`
	State    string `json:"state"`
}

type speakerEnd struct {
	Key        string `json:"key"`
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Gender     string `json:"gender"`
	Outlet     string `json:"outlet"`
	Date       string `json:"date"`
	Article    string `json:"article"`
	Described  string `json:"described"`
	Statements int    `json:"statements"`
	Scope      string `json:"scope"`
}

type personLink struct {
	A       speakerEnd `json:"a"`
	B       speakerEnd `json:"b"`
	P       int        `json:"p"`
	State   string     `json:"state" enum:"same,different,unsure"`
	By      string     `json:"by"`
	Weakest bool       `json:"weakest" doc:"without it the person would be two, and no other such link is weaker"`
}

type pairRow struct {
	A      speakerEnd `json:"a"`
	B      speakerEnd `json:"b"`
	P      int        `json:"p"`
	Answer string     `json:"answer"`
	Kind   string     `json:"kind" enum:"next,top,uncertain,random,near"`
	Left   int        `json:"left" doc:"pairs of this kind that are still a question, itself among them"`
}

type pairList struct {
	Items  []pairRow `json:"items"`
	Next   string    `json:"next"`
	Total  int       `json:"total"`
	Drawn  *pairDraw `json:"drawn,omitempty" doc:"of order random: what comparing pairs drawn at random showed"`
	Others int       `json:"others,omitempty" doc:"of order next: suggested pairs that are asked in no turn, since no count can move with them"`

	Elsewhere []orderLeft `json:"elsewhere,omitempty" doc:"orders that still list pairs which this one does not"`
}

type orderLeft struct {
	Order string `json:"order" enum:"next,top,random"`
	Left  int    `json:"left" doc:"pairs that it lists and this order does not"`
}

type pairDraw struct {
	Pairs    int `json:"pairs" doc:"of people who count and whom nothing suggests to be one"`
	Drawn    int `json:"drawn"`
	Compared int `json:"compared"`
	Same     int `json:"same"`
	Unsure   int `json:"unsure"`
	Low      int `json:"low" doc:"so many of the pairs are one person at least, if any was compared"`
	High     int `json:"high"`
}

type pairField struct {
	Field    string `json:"field"`
	A        string `json:"a"`
	B        string `json:"b"`
	For      string `json:"for" enum:"for,against,neutral"`
	Bits     int    `json:"bits" doc:"thousandths of a bit; negative speaks against"`
	Strength int    `json:"strength" doc:"0 to 3"`
}

type pairPage struct {
	A        speakerEnd  `json:"a"`
	B        speakerEnd  `json:"b"`
	P        int         `json:"p"`
	Answer   string      `json:"answer" enum:",same,different,unsure"`
	Fields   []pairField `json:"fields"`
	Most     int         `json:"most" doc:"the largest possible move of the first number"`
	Implied  string      `json:"implied" doc:"why the answer follows from others; empty if it does not"`
	Within   string      `json:"within" enum:",page,original"`
	Chain    []string    `json:"chain" doc:"the answers that join the two"`
	Doubts   []doubt     `json:"doubts" doc:"answers about the two that differ, or contradict one another"`
	Position int         `json:"position,omitempty"`
	Of       int         `json:"of,omitempty"`
	Estimate *estimate   `json:"estimate,omitempty"`
}

type estimate struct {
	Text string `json:"text"`
}

type quantity struct {
	Quantity string        `json:"quantity"`
	Label    string        `json:"label"`
	Settled  string        `json:"settled" doc:"what the study's rule makes of it"`
	Rule     string        `json:"rule"`
	Own      *number       `json:"own" doc:"the study's own count, if one is set beside it"`
	Rows     []quantityRow `json:"rows"`
}

type quantityRow struct {
	Key      string `json:"key"`
	Article  string `json:"article"`
	Outlet   string `json:"outlet"`
	Date     string `json:"date"`
	Words    string `json:"words"`
	Value    string `json:"value"`
	SaidBy   string `json:"said_by"`
	Sentence string `json:"sentence"`
	Original string `json:"original"`
	Outlier  bool   `json:"outlier"`
	Why      string `json:"why"`
	Check    string `json:"check"`
	Holds    bool   `json:"holds"`
}

type figureReply struct {
	Items []quantity `json:"items"`
	Next  string     `json:"next"`
	Total int        `json:"total"`
}

type codeItem struct {
	codeRow
	Brief     string `json:"brief"`
	UseWhen   string `json:"use_when"`
	DoNotUse  string `json:"do_not_use_when"`
	Example   string `json:"example"`
	Depth     int    `json:"depth"`
	People    int    `json:"people" doc:"who count and carry it or one below it"`
	Accepted  int    `json:"accepted" doc:"statements and passages that carry it"`
	Suggested int    `json:"suggested"`
	Became    string `json:"became" doc:"what happened to it; empty if nothing did"`
	Left      int    `json:"left" doc:"of a code that was split: what is to be looked at again"`
	Review    int    `json:"review" doc:"codings that were given when the code meant something else"`
}

type codesRequest struct {
	Version  int64    `json:"version,omitempty" doc:"of the study when the change was made"`
	Op       string   `json:"op" enum:"new,edit,rename,move,merge,split"`
	Code     string   `json:"code" doc:"that is changed; of new its name"`
	To       string   `json:"to,omitempty" doc:"of rename the new name, of move the parent (empty: the top), of merge the other code"`
	Into     []string `json:"into,omitempty" doc:"of split: the codes that it becomes"`
	Parent   string   `json:"parent,omitempty" doc:"of new"`
	Short    string   `json:"short,omitempty" doc:"of new and edit, like the parts that follow; a part that is not given is empty"`
	Define   string   `json:"definition,omitempty"`
	UseWhen  string   `json:"use_when,omitempty"`
	DoNotUse string   `json:"do_not_use_when,omitempty"`
	Example  string   `json:"example,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Preview  bool     `json:"preview,omitempty" doc:"nothing is saved"`
}

type codesReply struct {
	decisionsReply
	Code      string     `json:"code" doc:"that was changed, as it is called now"`
	Codings   int        `json:"codings" doc:"statements and passages that go with it; none is lost"`
	Review    int        `json:"review" doc:"of them that are to be looked at again"`
	Became    []string   `json:"became" doc:"what became of codes, in words"`
	Mentions  int        `json:"mentions" doc:"filters of report.md that name a code that is called otherwise now; they change with it"`
	Codebook  int        `json:"codebook_version"`
	Rewritten bool       `json:"rewritten" doc:"codebook.yaml is written anew, without its comments"`
	Lines     []diffLine `json:"lines" doc:"of codebook.yaml that change"`
}

type diffLine struct {
	Sign string `json:"sign" enum:"+,-"`
	Text string `json:"text"`
}

type codebookVersion struct {
	ID      string   `json:"id" doc:"of the decision that logged it"`
	Version int      `json:"version" doc:"as the file says it; 0 if it does not"`
	Time    string   `json:"time"`
	Actor   string   `json:"actor"`
	Reason  string   `json:"reason"`
	Codes   int      `json:"codes"`
	Codings int      `json:"codings" doc:"that hold and were given with it"`
	Changes []string `json:"changes" doc:"against the one before it"`
	InUse   bool     `json:"in_use"`
}

type codebookVersions struct {
	Items []codebookVersion `json:"items" doc:"the newest first"`
	Total int               `json:"total"`
}

type codeList struct {
	Items   []codeItem `json:"items"`
	Next    string     `json:"next"`
	Total   int        `json:"total"`
	Version int        `json:"version" doc:"of the codebook"`
	Own     int        `json:"own" doc:"statements that you coded"`
	Learn   int        `json:"learn" doc:"statements that you code before codes are suggested to you"`
}

type codedItem struct {
	Key     string `json:"key" doc:"of the statement; empty of a passage"`
	Article string `json:"article"`
	Outlet  string `json:"outlet"`
	Date    string `json:"date"`
	Speaker string `json:"speaker" doc:"name"`
	Person  string `json:"person" doc:"id; empty while the speaker does not count"`
	Words   string `json:"words"`
	State   string `json:"state" enum:"yes,no"`
	By      string `json:"by"`
	ID      string `json:"id" doc:"of the decision"`
	Review  bool   `json:"review" doc:"it was given when the code meant something else"`
}

type codedList struct {
	Items []codedItem `json:"items"`
	Next  string      `json:"next"`
	Total int         `json:"total"`
}

type agreementItem struct {
	Kind    string        `json:"kind" doc:"of question"`
	Code    string        `json:"code" doc:"or criterion or variable; empty for all of this kind"`
	Label   string        `json:"label"`
	What    string        `json:"what" doc:"what one answer compared with another is about"`
	Units   int           `json:"units" doc:"questions that two coders or more answered"`
	Differ  int           `json:"differ" doc:"of them with answers that differ"`
	Percent coefficient   `json:"percent" doc:"of pairs of answers that are equal"`
	Alpha   coefficient   `json:"alpha" doc:"Krippendorff's alpha"`
	AC1     coefficient   `json:"ac1" doc:"Gwet's AC1"`
	Kappas  []coefficient `json:"kappas" doc:"Cohen's kappa of each two coders"`
	Changed int           `json:"changed" doc:"answers that their own coders changed after another had answered the same"`
	First   *agreedFirst  `json:"first" doc:"the same of answers as first given; null if none was changed"`
}

// agreedFirst is how far coders agree by the answers as they stood when another
// had first answered too.
type agreedFirst struct {
	Units   int           `json:"units"`
	Differ  int           `json:"differ"`
	Percent coefficient   `json:"percent"`
	Alpha   coefficient   `json:"alpha"`
	AC1     coefficient   `json:"ac1"`
	Kappas  []coefficient `json:"kappas"`
}

type coefficient struct {
	Value  *float64 `json:"value" doc:"null if it is not computed"`
	Low    *float64 `json:"low" doc:"of the interval of 95 in 100, by resampling the questions; null if it is not computed"`
	High   *float64 `json:"high"`
	Note   string   `json:"note" doc:"why it is not computed"`
	Coders []string `json:"coders,omitempty"`
}

// A codingWeek is how far coders agreed on codes in one week.
type codingWeek struct {
	Monday  string      `json:"monday" doc:"its first day"`
	Units   int         `json:"units" doc:"questions whether a code applies that had two answers for the first time in that week"`
	Differ  int         `json:"differ" doc:"of them with answers that differ"`
	Percent coefficient `json:"percent"`
	Alpha   coefficient `json:"alpha"`
	Looked  []int       `json:"looked" doc:"statements that each coder looked at in that week, in the order of drift_coders"`
}

type codeDrift struct {
	Code  string  `json:"code"`
	Label string  `json:"label"`
	Given [][]int `json:"given" doc:"how often the code was given: by week, and in it by coder"`
}

type disagreement struct {
	Kind      string           `json:"kind"`
	Code      string           `json:"code" doc:"or criterion or variable"`
	Statement string           `json:"statement" doc:"key; empty if it is about none"`
	Article   string           `json:"article"`
	Title     string           `json:"title"`
	Words     string           `json:"words"`
	Settled   string           `json:"settled" doc:"an adjudicator's answer; empty if there is none"`
	Answers   []codedDifferent `json:"answers"`
}

type codedDifferent struct {
	Actor  string `json:"actor"`
	Code   string `json:"code"`
	Answer string `json:"answer"`
	Draft  *draft `json:"draft" doc:"that settles the question so; null if it is settled in the article"`
}

type agreementReply struct {
	Items         []agreementItem `json:"items"`
	Coders        []string        `json:"coders"`
	Disagreements []disagreement  `json:"disagreements"`
	Weeks         []codingWeek    `json:"weeks" doc:"from week to week; of codes only"`
	DriftCoders   []string        `json:"drift_coders"`
	Drift         []codeDrift     `json:"drift" doc:"how often each coder gave each code in each week"`
	Round         string          `json:"round" doc:"that is compared; empty: all but calibration rounds"`
	Rounds        []string        `json:"rounds" doc:"in which answers were given"`
	Blind         bool            `json:"blind"`
	Settles       bool            `json:"settles" doc:"your answer settles a question"`
	Adjudicators  []string        `json:"adjudicators"`
}

type resultItem struct {
	number
	Title string     `json:"title"`
	Kind  string     `json:"kind" enum:"count,share,table,trend,ratio"`
	Table []tableRow `json:"table,omitempty"`
	Note  string     `json:"note,omitempty" doc:"what limits the number, in words"`
}

type tableRow struct {
	Name   string `json:"name" doc:"by which the report names the row"`
	Label  string `json:"label"`
	Number number `json:"number"`

	Cells []tableRow `json:"cells,omitempty" doc:"of a cross-tab: the numbers of the row, each with the name of its column"`
}

type resultList struct {
	Items []resultItem `json:"items"`
	Next  string       `json:"next"`
	Total int          `json:"total"`
}

// A resultPreview is one result before it stands in report.md, in the fields
// that it has there.
type resultPreview struct {
	Name    string `json:"name,omitempty" doc:"small letters, digits and _; preview if not given"`
	Label   string `json:"label,omitempty" doc:"what the number is, in words"`
	Count   string `json:"count,omitempty" doc:"filter of whom to count, or all; all if nothing else says whom"`
	Share   string `json:"share,omitempty" doc:"filter of whom to count as a part of the whole"`
	Of      string `json:"of,omitempty" doc:"filter of the whole of a share"`
	By      string `json:"by,omitempty" doc:"one row for each value: a variable, gender, kind, outlet, code, month, quarter, half, year; two with a comma between make a cross-tab"`
	Where   string `json:"where,omitempty" doc:"filter of whom a table counts"`
	From    string `json:"from,omitempty" doc:"first row of a table by time"`
	To      string `json:"to,omitempty" doc:"last row"`
	Compare string `json:"compare,omitempty" doc:"period that is compared: 2015-01 to 2015-08"`
	With    string `json:"with,omitempty" doc:"period with which it is compared"`
}

type resultShown struct {
	Number    number     `json:"number"`
	Kind      string     `json:"kind" enum:"count,share,table,trend,ratio"`
	Table     []tableRow `json:"table,omitempty"`
	Range     string     `json:"range"`
	Note      string     `json:"note" doc:"what limits the number, in words; empty if nothing does"`
	Lines     string     `json:"lines" doc:"that report.md holds of it, under results"`
	Sentences []sentence `json:"sentences"`
}

type sentence struct {
	Article   string `json:"article"`
	Outlet    string `json:"outlet"`
	Date      string `json:"date"`
	Words     string `json:"words"`
	Person    string `json:"person"`
	ID        string `json:"id" doc:"of the person"`
	Statement string `json:"statement,omitempty" doc:"key"`
}

type evidence struct {
	Number number     `json:"number"`
	Items  []sentence `json:"items"`
	Open   []string   `json:"open" doc:"questions that move it"`
}

type historyItem struct {
	ID       string `json:"id"`
	Time     string `json:"time"`
	Actor    string `json:"actor"`
	Kind     string `json:"kind"`
	Label    string `json:"label"`
	Words    string `json:"words"`
	Reason   string `json:"reason"`
	About    string `json:"about" doc:"the code or result that a memo or note is about, or the words of the article"`
	Article  string `json:"article"`
	Title    string `json:"title"`
	Person   string `json:"person" doc:"id"`
	Live     bool   `json:"live"`
	Group    string `json:"group"`
	Members  int    `json:"members" doc:"answers given together"`
	Undoable bool   `json:"undoable"`
}

type historyList struct {
	Items   []historyItem  `json:"items"`
	Next    string         `json:"next"`
	Total   int            `json:"total"`
	Kinds   []historyCount `json:"kinds" doc:"the kinds of decisions in the whole log, by name"`
	Actors  []historyCount `json:"actors" doc:"who decided in the whole log, by name"`
	Days    []historyCount `json:"days" doc:"the days of the whole log, the latest first"`
	Article string         `json:"article" doc:"the title of the article that was asked for"`
	Person  string         `json:"person" doc:"the name of the person who was asked for"`
}

// A historyCount is how many decisions of the whole log one filter leaves.
type historyCount struct {
	Name      string `json:"name" doc:"as the filter takes it"`
	Label     string `json:"label"`
	Decisions int    `json:"decisions"`
}

// A linePoint is the first number of the headline as it was then.
type linePoint struct {
	Time  string `json:"time"`
	Value int    `json:"value"`
	Low   int    `json:"low"`
	High  int    `json:"high"`
}

type lineMove struct {
	Before     int `json:"before"`
	After      int `json:"after"`
	LowBefore  int `json:"low_before"`
	HighBefore int `json:"high_before"`
	LowAfter   int `json:"low_after"`
	HighAfter  int `json:"high_after"`
}

type historyLine struct {
	Label    string              `json:"label" doc:"of the number"`
	Points   []linePoint         `json:"points" doc:"one for each decision that moved it or its range, the oldest first; of long studies the oldest decisions are taken in pieces"`
	Moved    map[string]lineMove `json:"moved" doc:"what it was before and after, by the id of a decision"`
	Counting bool                `json:"counting" doc:"it is being counted; what is here is of before"`
}

type keptVersion struct {
	Name string `json:"name"`
	AsOf string `json:"as_of" doc:"day of the newest capture or decision that it counts"`
	Href string `json:"href"`
}

type versionList struct {
	Items []keptVersion `json:"items"`
	Total int           `json:"total"`
}

type fileText struct {
	Text    string `json:"text"`
	Version int64  `json:"version"`
}

type fileShown struct {
	fileText
	Template string `json:"template,omitempty" doc:"text to start from; empty if the file is there"`
}

type fileCheck struct {
	Text string `json:"text"`
}

type fileError struct {
	Line    int    `json:"line" doc:"0 if it is not known"`
	Message string `json:"message"`
}

type filePreview struct {
	Errors   []fileError `json:"errors"`
	Enter    int         `json:"enter" doc:"people who would be counted"`
	Leave    int         `json:"leave" doc:"people who would not be counted any more"`
	Entering []string    `json:"entering" doc:"their names, the first ones"`
	Leaving  []string    `json:"leaving"`
	Headline []number    `json:"headline"`
}

type searchReply struct {
	People   []foundPerson  `json:"people"`
	Outlets  []foundOutlet  `json:"outlets"`
	Articles []foundArticle `json:"articles"`
}

type foundPerson struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Articles int    `json:"articles"`
	Speaker  string `json:"speaker" doc:"key of the account by whose name the person goes"`
	Outlet   string `json:"outlet" doc:"of that account"`
	Date     string `json:"date"`
}

type foundOutlet struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

type foundArticle struct {
	Key     string  `json:"key"`
	Title   string  `json:"title"`
	Outlet  string  `json:"outlet"`
	Date    string  `json:"date"`
	Snippet []piece `json:"snippet"`
}

type collectReply struct {
	Searches []searchRow `json:"searches"`
	Refused  []refusal   `json:"refused"`
	Poor     []poor      `json:"poor"`
	Feeds    []feed      `json:"feeds"`
	Folded   []folded    `json:"folded"`
}

type searchRow struct {
	ID       string `json:"id"`
	Database string `json:"database"`
	Query    string `json:"query"`
	Filters  string `json:"filters"`
	Day      string `json:"day"`
	By       string `json:"by"`
	Hits     int    `json:"hits"`
	Since    int    `json:"since" doc:"new to the study when it was taken in"`
	Refused  int    `json:"refused"`
}

type refusal struct {
	Name  string `json:"name"`
	Why   string `json:"why"`
	Hint  string `json:"hint"`
	Stage string `json:"stage"`
	Share int    `json:"share" doc:"thousandths of all that was offered"`
}

type poor struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Why   string `json:"why"`
	Share int    `json:"share"`
}

type feed struct {
	URI  string `json:"uri"`
	Last string `json:"last"`
	New  int    `json:"new"`
}

type folded struct {
	Into  string `json:"into"`
	Key   string `json:"key"`
	Count int    `json:"count"`
}

type nextReply struct {
	Queues []queue    `json:"queues"`
	Flow   []flowStep `json:"flow"`
	Months []month    `json:"months"`
	Since  *since     `json:"since"`
	Jobs   []job      `json:"jobs"`
	Empty  bool       `json:"empty" doc:"nothing was added yet"`
}

type queue struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Left    int    `json:"left"`
	Detail  string `json:"detail"`
	Most    int    `json:"most" doc:"how far one answer moves the first number at most"`
	Minutes int    `json:"minutes" doc:"at this person's own pace"`
	Href    string `json:"href"`
	Key     string `json:"key" doc:"of the article to begin with; empty if it is no article"`
}

type flowStep struct {
	Label string `json:"label"`
	Count int    `json:"count"`
	Depth int    `json:"depth"`
	Href  string `json:"href"`
}

type month struct {
	Month string `json:"month"`
	Count int    `json:"count"`
}

type since struct {
	When   string      `json:"when"`
	By     []actorWork `json:"by"`
	People int         `json:"people"`
	Pages  int         `json:"pages"`
}

type actorWork struct {
	Actor string `json:"actor"`
	Count int    `json:"count"`
}
