package workbench

// api lists everything that can be asked. docs/api/openapi.json is made of it,
// and a test asks each.
var api = []route{
	{method: "GET", path: "/session", needs: mayRead, about: "What every page needs to know: the study, who is signed in, and the headline.", out: sessionReply{}, handle: (*Server).session},
	{method: "POST", path: "/session", needs: mayRead, about: "Sign in by name on this machine.", in: signIn{}, out: sessionReply{}, handle: (*Server).signIn},
	{method: "GET", path: "/articles", needs: mayRead, about: "The articles in order of publication.", out: articleList{}, query: []param{
		{"outlet", "only of this outlet"}, {"from", "published on this day, month or year, or later"}, {"to", "published then, or before"}, {"language", "ISO 639-1"},
		{"state", "open, read, screened, unscreened or all"}, {"search", "words of the text"}, {"flag", "date: the day is doubtful; reprint: there are other prints"},
		{"after", "cursor"}, {"limit", "how many items; 100 if not given"}}, handle: (*Server).articles},
	{method: "GET", path: "/articles/{key}", needs: mayRead, about: "One article with its speakers, statements, values and what is open.", out: article{}, tagged: true, handle: (*Server).oneArticle},
	{method: "POST", path: "/decisions", needs: mayDecide, about: "Give answers. All are saved, or none.", in: decisionsRequest{}, out: decisionsReply{}, handle: (*Server).decisions},
	{method: "POST", path: "/effect", needs: mayRead, about: "How far answers would move the first number at most.", in: effectRequest{}, out: effectReply{}, handle: (*Server).effect},
	{method: "POST", path: "/undo", needs: mayDecide, about: "Take back my last answer in this tab, or the one of a token.", in: undoRequest{}, out: decisionsReply{}, handle: (*Server).undo},
	{method: "POST", path: "/redo", needs: mayDecide, about: "Give again what I undid last in this tab, or what a token names.", in: undoRequest{}, out: decisionsReply{}, handle: (*Server).redo},
	{method: "POST", path: "/retract", needs: mayDecide, about: "Take decisions back by their ids.", in: retractRequest{}, out: decisionsReply{}, handle: (*Server).retract},
	{method: "GET", path: "/events", needs: mayRead, about: "Server-sent events: what changes in the study.", out: event{}, free: true, handle: (*Server).events},
}
