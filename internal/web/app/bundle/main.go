// Command bundle makes the script and the style sheet of the workbench out of
// their sources: internal/web/app in, internal/web/static out. app.js and
// chunk.js are what every page needs; more.js are the pages that no reader of an
// article waits for, and arabic.js is the Arabic catalogue. It runs esbuild through
// its Go API, so that neither Node nor a network is needed; Preact is taken from
// app/third_party.
//
//go:generate go run .
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	if err := write(".."); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func write(app string) error {
	files, err := bundle(app)
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(app, "..", "static", name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// bundle builds the files from the sources in the folder app. The same
// sources give the same bytes on any machine.
func bundle(app string) (map[string][]byte, error) {
	app, err := filepath.Abs(app)
	if err != nil {
		return nil, err
	}
	preact := filepath.Join(app, "third_party", "preact")
	r := api.Build(api.BuildOptions{
		AbsWorkingDir: app,
		EntryPointsAdvanced: []api.EntryPoint{
			{InputPath: "src/main.tsx", OutputPath: "app"},
			{InputPath: "src/style/app.css", OutputPath: "app"},
		},
		Splitting:         true,
		ChunkNames:        "[name]-[hash]",
		Outdir:            filepath.Join(app, "..", "static"),
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		JSX:               api.JSXAutomatic,
		JSXImportSource:   "preact",
		Banner:            map[string]string{"js": "// Made by go generate ./internal/web/... from internal/web/app. Contains preact 11.2.0, MIT, (c) Jason Miller.", "css": "/* Made by go generate ./internal/web/... from internal/web/app. */"},
		Alias: map[string]string{
			"preact":             filepath.Join(preact, "preact.mjs"),
			"preact/hooks":       filepath.Join(preact, "hooks.mjs"),
			"preact/jsx-runtime": filepath.Join(preact, "jsxRuntime.mjs"),
		},
		LogLevel: api.LogLevelSilent,
	})
	var problems []error
	for _, m := range append(r.Errors, r.Warnings...) {
		at := ""
		if m.Location != nil {
			at = fmt.Sprintf("%s:%d: ", m.Location.File, m.Location.Line)
		}
		problems = append(problems, errors.New(at+m.Text))
	}
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	// The names of parts are without their hashes: a browser asks whether a file is
	// as it was.
	part := regexp.MustCompile(`\b(arabic|more|chunk)-[A-Z0-9]{8}\.js`)
	plain := func(name string) string { return part.ReplaceAllString(name, "$1.js") }
	out := map[string][]byte{}
	for _, f := range r.OutputFiles {
		name := plain(filepath.Base(f.Path))
		if out[name] != nil {
			return nil, fmt.Errorf("two parts are named %s", name)
		}
		out[name] = part.ReplaceAll(f.Contents, []byte("$1.js"))
	}
	return out, nil
}
