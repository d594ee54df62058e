package web

import (
	"context"
	"io/fs"
	"net/http"

	"recount/internal/study"
	"recount/internal/web/workbench"
)

// A Workbench serves a study, or the studies of a folder, to read, decide and
// count, with its produced reports under /reports/.
type Workbench = workbench.Server

// Open opens what is in folder. actor is signed in from the start; "" is
// nobody.
func Open(ctx context.Context, folder, actor, round string, o Options, s study.Options) (*Workbench, error) {
	static, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return nil, err
	}
	return workbench.New(ctx, workbench.Options{Folder: folder, Study: s, Actor: actor, Round: round, AllowRemote: o.AllowRemote, Static: static,
		Reports: func(root fs.FS, at string) http.Handler {
			// The page of a public edition carries its style, since it leaves as one file.
			return Handler(root, Options{AllowRemote: o.AllowRemote, At: at, OwnStyle: at == "/editions"})
		}})
}
