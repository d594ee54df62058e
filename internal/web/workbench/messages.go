package workbench

// What the API sends and takes. Field names are the documented ones, and the
// doc tags become the descriptions of docs/api/openapi.json. Spans are
// half-open ranges of code points of the article's text; probabilities are
// whole thousandths; days are ISO dates cut to their precision.

// A span is a half-open range of code points.
type span = [2]int

// A number is one number of the headline.
type number struct {
	Name  string `json:"name" doc:"of the result in report.md"`
	Label string `json:"label" doc:"in words"`
	One   string `json:"one,omitempty" doc:"the label where the value is 1; empty if it is the same"`
	Value int    `json:"value" doc:"accepted"`
	Of    *int   `json:"of" doc:"the whole that the value is a part of; null if it is no part"`
	Low   int    `json:"low" doc:"smallest value over all consistent answers to open questions"`
	High  int    `json:"high" doc:"largest value"`
	Exact bool   `json:"exact" doc:"false if low and high are only proven bounds"`
	Open  int    `json:"open" doc:"open questions that move it"`
	Text  string `json:"text" doc:"as the headline shows it: 29 people"`
	Href  string `json:"href" doc:"page with its evidence"`

	Says map[string]string `json:"says,omitempty" doc:"of a result of report.md: what each slot prints, by its verb; without one the number with its range"`
}

type studyHead struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Question string `json:"question"`
	Folder   string `json:"folder" doc:"name of the folder, without the path to it"`
}

type named struct {
	Name  string `json:"name"`
	Label string `json:"label" doc:"the question as study.yaml asks it, else the name"`
}

type variable struct {
	Name   string   `json:"name"`
	Label  string   `json:"label"`
	Values []string `json:"values" doc:"allowed values; empty: any"`
	Type   string   `json:"type" enum:"choice,number,date,text"`
}

type codeRow struct {
	ID         string `json:"id" doc:"path of the code: infighting.spy_hunt"`
	Label      string `json:"label" doc:"brief definition, else the id"`
	Parent     string `json:"parent" doc:"empty at the top"`
	Definition string `json:"definition"`
	Count      int    `json:"count" doc:"statements that carry it"`
	Pinned     bool   `json:"pinned" doc:"one of the nine codes with a number key"`
}

type queues struct {
	Open int `json:"open" doc:"speakers nobody answered for, and pairs that are still a question"`
}

type sessionReply struct {
	Study     studyHead  `json:"study"`
	Actor     string     `json:"actor" doc:"who is signed in; empty: nobody"`
	Actors    []string   `json:"actors" doc:"who answered something, codes in a round or has pages assigned"`
	Language  string     `json:"language" doc:"of the pages: en or ar; empty: as the browser asks"`
	Version   int64      `json:"version" doc:"number of the newest change of the study"`
	Round     string     `json:"round" doc:"of coding; empty outside a round"`
	Blind     bool       `json:"blind" doc:"answers of others are hidden"`
	Headline  []number   `json:"headline"`
	Criteria  []named    `json:"criteria"`
	Variables []variable `json:"variables"`
	Codes     []codeRow  `json:"codes"`
	Queues    queues     `json:"queues"`
	May       []string   `json:"may" doc:"what this person may do: read, decide, set_up, collect; lead: make, close and hand out rounds of coding"`
}

type signIn struct {
	Actor    string `json:"actor" doc:"name; empty signs out"`
	Language string `json:"language,omitempty"`
}

type articleRow struct {
	Key          string  `json:"key"`
	Outlet       string  `json:"outlet"`
	Date         string  `json:"date"`
	DateDoubtful bool    `json:"date_doubtful"`
	Care         string  `json:"care" doc:"why the article is to be read with care: it holds little of its page; or empty"`
	MaybeReprint bool    `json:"maybe_reprint" doc:"it runs the text of another page and has a speaker, a name or numbers of its own: whether both count once is for a person to say"`
	DateFlag     string  `json:"date_flag" doc:"why the day needs a look; empty if it does not"`
	Title        string  `json:"title"`
	Byline       string  `json:"byline"`
	Language     string  `json:"language"`
	People       int     `json:"people" doc:"speakers of the article that count"`
	Speakers     int     `json:"speakers"`
	Statements   int     `json:"statements" doc:"that were read or typed in, and nobody rejected"`
	Open         int     `json:"open" doc:"items of the reading queue that are open"`
	Screened     string  `json:"screened" enum:",yes,no,unclear"`
	ReprintOf    string  `json:"reprint_of" doc:"key of the article that is read in its place; empty if it is read itself"`
	Again        int     `json:"again" doc:"answers to look at again: their words stand only in an older text of the page"`
	Reprints     int     `json:"reprints" doc:"other prints of the same original"`
	Words        int     `json:"words"`
	Read         bool    `json:"read" doc:"somebody read it to the end"`
	Assigned     string  `json:"assigned" doc:"coders it is assigned to, with commas"`
	FirstLines   string  `json:"first_lines,omitempty" doc:"of a list for screening"`
	Snippet      []piece `json:"snippet,omitempty" doc:"of a search"`
}

// A piece of a text is one that was searched for, or the words beside it.
type piece struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

type articleList struct {
	Items []articleRow `json:"items"`
	Next  string       `json:"next" doc:"cursor of the next page; empty at the end"`
	Total int          `json:"total" doc:"of all pages; -1 while it is not counted"`
}

type outletRow struct {
	Name      string   `json:"name" doc:"as people corrected it; empty: the page names none"`
	Articles  int      `json:"articles"`
	Originals int      `json:"originals" doc:"independent ones among them"`
	Owner     string   `json:"owner" doc:"empty: nobody named one"`
	Also      []string `json:"also" doc:"other names under which its pages print it"`
}

type outletList struct {
	Items []outletRow `json:"items"`
	Total int         `json:"total"`
}

type block struct {
	Span  span   `json:"span"`
	Kind  string `json:"kind" enum:"headline,lead,subhead,paragraph,caption,list,byline,quote"`
	Aside string `json:"aside" enum:",another story,boilerplate"`
}

type article struct {
	Row      articleRow   `json:"row"`
	Text     string       `json:"text"`
	Blocks   []block      `json:"blocks"`
	Speakers []speaker    `json:"speakers"`
	Figures  []figureSpot `json:"figures"`
	Memos    []memo       `json:"memos"`
	Queue    []queueItem  `json:"queue" doc:"open items in reading order"`
	Previous string       `json:"previous" doc:"key of the article before it in order of publication"`
	NextKey  string       `json:"next_key"`
	Position int          `json:"position" doc:"from 1, in order of publication"`
	Of       int          `json:"of"`
	Version  int64        `json:"version"`
	Tabs     tabs         `json:"tabs"`
}

type tabs struct {
	Dates    int `json:"dates" doc:"days of publication that are still possible, if more than one; else 0"`
	Origins  int `json:"origins" doc:"sentences taken from other articles"`
	Versions int `json:"versions" doc:"older versions of the page"`
	Figures  int `json:"figures"`
	History  int `json:"history" doc:"decisions about it"`
}

type queueItem struct {
	Item    string `json:"item" enum:"speaker,statement,value,code"`
	Key     string `json:"key" doc:"of the speaker or statement; of a value the name of the variable"`
	Speaker string `json:"speaker"`
}

type personRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type sameAs struct {
	Key     string `json:"key" doc:"of the other speaker"`
	Name    string `json:"name"`
	Outlet  string `json:"outlet"`
	Date    string `json:"date"`
	Article string `json:"article" doc:"key of its article"`
	P       int    `json:"p"`
	State   string `json:"state" enum:",same,different,unsure"`
}

// given is who answered a question, what and when.
type given struct {
	Actor   string `json:"actor"`
	Time    string `json:"time"`
	Kind    string `json:"kind"`
	Subject string `json:"subject,omitempty" doc:"the code or criterion"`
	Answer  string `json:"answer"`
	Round   string `json:"round,omitempty"`
}

type conflict struct {
	Actor  string `json:"actor"`
	Answer string `json:"answer"`
}

type speaker struct {
	Key        string            `json:"key"`
	Name       string            `json:"name"`
	Kind       string            `json:"kind" enum:"named,pseudonym,anonymous,collective,document,organisation,unspecified,"`
	Gender     string            `json:"gender" enum:"woman,man,unknown,none,"`
	Class      string            `json:"class" enum:"may be a case,official,expert,relative,company or outlet,other"`
	Described  string            `json:"described" doc:"the words beside the name"`
	Spans      []span            `json:"spans" doc:"every place that speaks of this speaker"`
	Scope      string            `json:"scope" enum:",yes,no,unclear,disputed,nobody"`
	Criteria   map[string]string `json:"criteria"`
	Typed      bool              `json:"typed" doc:"a person entered it"`
	Silent     bool              `json:"silent" doc:"spoken about only"`
	Person     *personRef        `json:"person" doc:"null while the speaker does not count"`
	Same       []sameAs          `json:"same" doc:"speakers of other articles who may be, or are, the same person"`
	Statements []statement       `json:"statements"`
	Values     []value           `json:"values"`
	Open       int               `json:"open" doc:"items of the queue about this speaker"`
	Conflicts  []conflict        `json:"conflicts" doc:"what people answered where they differ"`
	Given      []given           `json:"given" doc:"answers that hold, the oldest first"`
}

type statement struct {
	Key       string         `json:"key"`
	Spans     []span         `json:"spans" doc:"empty if the words stand only in an older version of the page"`
	Old       string         `json:"old" doc:"day of the older version of the page in which alone the words stand; empty if they stand in the text"`
	Words     string         `json:"words"`
	Type      string         `json:"type" enum:"direct,indirect,mixed"`
	Mode      string         `json:"mode" enum:"speech,thought"`
	State     string         `json:"state" enum:",accepted,rejected,adjudicated,disputed"`
	P         int            `json:"p" doc:"how sure the program is; 0 if a person entered it"`
	Why       string         `json:"why" doc:"what the suggestion rests on"`
	Codes     []codeGiven    `json:"codes"`
	Suggested []codeProposed `json:"suggested"`
	Aside     bool           `json:"aside" doc:"it stands in a passage of another story"`
	Typed     bool           `json:"typed"`
	Given     []given        `json:"given" doc:"answers about it and its codes that hold, the oldest first"`
}

type codeGiven struct {
	ID    string `json:"id"`
	State string `json:"state" enum:"yes,no,disputed"`
	By    string `json:"by"`
}

type codeProposed struct {
	Code  string   `json:"code"`
	Words []string `json:"words" doc:"of the statement that speak for it and say something by themselves; there may be none"`
}

type value struct {
	Variable string  `json:"variable"`
	Value    string  `json:"value"`
	Span     *span   `json:"span" doc:"of its words; null if no sentence was given"`
	Sentence string  `json:"sentence"`
	P        int     `json:"p"`
	State    string  `json:"state" enum:",suggested,accepted,disputed"`
	Given    []given `json:"given" doc:"answers about the variable that hold, the oldest first"`
}

type figureSpot struct {
	Key      string `json:"key"`
	Value    string `json:"value" doc:"as a number; empty if the wording is vague"`
	Quantity string `json:"quantity" doc:"what is counted"`
	SaidBy   string `json:"said_by"`
	Of       string `json:"of" doc:"the figure that it is part of, as printed"`
	Span     span   `json:"span"`
	Words    string `json:"words"`
	Kind     string `json:"kind"`
	Check    string `json:"check" doc:"which whole numbers it can stand for; empty if that cannot be said"`
	Holds    bool   `json:"holds" doc:"a person said that it is the one that holds"`
}

type topic struct {
	Article   string `json:"article,omitempty"`
	Span      *span  `json:"span,omitempty"`
	Speaker   string `json:"speaker,omitempty"`
	Statement string `json:"statement,omitempty"`
	Code      string `json:"code,omitempty"`
	Result    string `json:"result,omitempty"`
	Person    string `json:"person,omitempty" doc:"id; of a note: it is about the speaker who heads the person"`
	Note      string `json:"note,omitempty" doc:"id of a note that is answered"`
}

type memo struct {
	ID    string `json:"id"`
	Kind  string `json:"kind" enum:"memo,note"`
	Actor string `json:"actor"`
	Time  string `json:"time"`
	Text  string `json:"text"`
	State string `json:"state" enum:",open,done"`
	On    topic  `json:"on"`
}

// A draft is one answer that somebody is about to give. Which fields it needs
// depends on what it does.
type draft struct {
	Do        string            `json:"do" enum:"scope,accept,reject,say,bounds,type,speaker_of,person,rename,nobody,split,join,code,value,link,aside,read,screen,page,reprint,figure,memo,note,assign,tier,owner,outlet,codes,rule,draw,weights,keep,move"`
	Speaker   string            `json:"speaker,omitempty" doc:"key"`
	Statement string            `json:"statement,omitempty" doc:"key"`
	Article   string            `json:"article,omitempty" doc:"key"`
	Answer    string            `json:"answer,omitempty"`
	Criteria  map[string]string `json:"criteria,omitempty"`
	Reason    string            `json:"reason,omitempty"`
	Spans     []span            `json:"spans,omitempty"`
	Span      *span             `json:"span,omitempty"`
	Block     *int              `json:"block,omitempty" doc:"index in the article's blocks"`
	Words     string            `json:"words,omitempty" doc:"exact words of the article in place of a span"`
	Type      string            `json:"type,omitempty"`
	Mode      string            `json:"mode,omitempty"`
	Name      string            `json:"name,omitempty"`
	Kind      string            `json:"kind,omitempty"`
	Gender    string            `json:"gender,omitempty"`
	Silent    bool              `json:"silent,omitempty"`
	New       *newSpeaker       `json:"new,omitempty" doc:"somebody who has no key yet, in place of speaker"`
	Figure    string            `json:"figure,omitempty" doc:"key of a reported figure"`
	Quantity  string            `json:"quantity,omitempty" doc:"that the figure is about; not kept"`
	Label     string            `json:"label,omitempty" doc:"of a new code"`
	Parent    string            `json:"parent,omitempty" doc:"of a new code"`
	Code      string            `json:"code,omitempty"`
	Passage   *passage          `json:"passage,omitempty"`
	Variable  string            `json:"variable,omitempty"`
	Value     string            `json:"value,omitempty"`
	A         string            `json:"a,omitempty" doc:"key of a speaker (link, join) or of an article (reprint)"`
	B         string            `json:"b,omitempty"`
	Field     string            `json:"field,omitempty" doc:"title, byline, outlet, date or language"`
	On        *topic            `json:"on,omitempty"`
	Text      string            `json:"text,omitempty"`
	State     string            `json:"state,omitempty" doc:"of a note: open or done"`
	To        string            `json:"to,omitempty" doc:"coder; of codes, the code that it becomes; of outlet, the name that its pages get"`
	Outlet    string            `json:"outlet,omitempty"`
	Owner     string            `json:"owner,omitempty"`
	Op        string            `json:"op,omitempty" doc:"of codes: new, move, merge or split"`
	Into      []string          `json:"into,omitempty" doc:"codes that a code becomes"`
	Rule      string            `json:"rule,omitempty"`
	Decision  string            `json:"decision,omitempty" doc:"of keep and move: the answer whose words stand only in an older text"`
	Pairs     int               `json:"pairs,omitempty" doc:"to draw at random, of people whom nothing suggests to be one"`
}

type newSpeaker struct {
	Name   string `json:"name"`
	Kind   string `json:"kind,omitempty"`
	Gender string `json:"gender,omitempty"`
	Span   *span  `json:"span,omitempty" doc:"where the article names him or her; else the first place of the name"`
}

type passage struct {
	Article string `json:"article"`
	Spans   []span `json:"spans"`
}

type decisionsRequest struct {
	Version  int64    `json:"version" doc:"of the study when the answers were given"`
	Drafts   []draft  `json:"drafts"`
	Group    string   `json:"group,omitempty" doc:"a label: the answers are one decision and are undone as one"`
	Preview  bool     `json:"preview,omitempty" doc:"check and size only; nothing is saved"`
	Articles []string `json:"articles,omitempty" doc:"keys of articles that the reply shall hold"`
	Context  string   `json:"queue_context,omitempty" doc:"where the page stands; not kept"`
}

// A moved number is one of the headline that is another than before, or has
// another range.
type moved struct {
	Name   string   `json:"name"`
	Label  string   `json:"label" doc:"what it counts"`
	One    string   `json:"one,omitempty" doc:"the label of 1; empty if it is the same"`
	Before standing `json:"before"`
	After  standing `json:"after"`
}

type standing struct {
	Value int  `json:"value"`
	Of    *int `json:"of" doc:"the whole of a share; null if it is none"`
	Low   int  `json:"low"`
	High  int  `json:"high"`
}

type changed struct {
	Articles []string `json:"articles"`
	Speakers []string `json:"speakers"`
	People   []string `json:"people"`
	Pairs    []string `json:"pairs"`
}

type decisionsReply struct {
	Version  int64              `json:"version"`
	Saved    []string           `json:"saved" doc:"ids of the decisions"`
	Words    []string           `json:"words" doc:"what they say"`
	Did      []string           `json:"did" doc:"what somebody did, or took back: one step of a person may be several decisions"`
	Changed  changed            `json:"changed"`
	Articles map[string]article `json:"articles" doc:"the articles that the answers are about, as they are now"`
	Headline []number           `json:"headline"`
	Moved    []moved            `json:"moved"`
	Undo     string             `json:"undo" doc:"token that takes these answers back"`
	Most     int                `json:"most" doc:"of a preview: the largest possible move of the first number"`
}

type effectRequest struct {
	Version int64   `json:"version,omitempty"`
	Drafts  []draft `json:"drafts"`
}

type effectReply struct {
	Most int `json:"most" doc:"the largest possible move of the first number, without its direction"`
}

type undoRequest struct {
	Token string `json:"token,omitempty" doc:"of a reply to decisions; empty: my last one in this tab"`
}

type retractRequest struct {
	IDs    []string `json:"ids"`
	Reason string   `json:"reason,omitempty"`
}

type problem struct {
	Error   string         `json:"error" doc:"one sentence"`
	Hint    string         `json:"hint" doc:"what to do next"`
	Field   string         `json:"field" doc:"of the request that is wrong; empty if none is"`
	Current *currentAnswer `json:"current,omitempty" doc:"of a conflict: the answer that stands"`
}

type currentAnswer struct {
	ID    string `json:"id"`
	Actor string `json:"actor"`
	Time  string `json:"time"`
	Words string `json:"words"`
}
