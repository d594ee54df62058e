package study

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/disk"
	"recount/internal/release"
	"recount/internal/report"
)

// This file keeps a register of public editions beside the log: a log that is older than
// they are, as out of a backup, does not know what they printed, and a new edition set
// beside nothing gives away whoever came since.

// registerFile lists the public editions of a study, one a line: number, day, manifest,
// folder.
const registerFile = "editions.tsv"

// A registered edition is a line of the register.
type registered struct {
	number                int
	day, manifest, folder string
}

// registered reads the register. A line that is none is an error: it may be an edition.
func (s *Study) registered() (out []registered, err error) {
	b, err := os.ReadFile(filepath.Join(s.Dir, registerFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for i, line := range strings.Split(strings.TrimRight(string(b), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if i == 0 && cells[0] == "edition" {
			continue
		}
		n, err := strconv.Atoi(cells[0])
		if len(cells) != 4 || err != nil || len(cells[2]) < 12 {
			return nil, recount.WithHint(fmt.Errorf("%s, line %d: %w: it names no public edition", registerFile, i+1, recount.ErrInvalid), "restore the file from a backup; it lists what was published")
		}
		out = append(out, registered{n, cells[1], cells[2], cells[3]})
	}
	return out, nil
}

// register adds an edition to the register.
func (s *Study) register(d *recount.Decision, body *recount.PublishBody, dir string) error {
	known, err := s.registered()
	if err != nil {
		return err
	}
	folder, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	known = append(known, registered{body.Edition, d.Time[:min(10, len(d.Time))], body.Manifest, strings.NewReplacer("\t", " ", "\n", " ").Replace(folder)})
	var b strings.Builder
	b.WriteString("edition\tday\tmanifest\tfolder\n")
	for _, x := range known {
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\n", x.number, x.day, x.manifest, x.folder)
	}
	return disk.Write(filepath.Join(s.Dir, registerFile), []byte(b.String()))
}

// editionWords names an edition by its number, day, manifest and, where the register has
// it, the folder into which it was written.
func (s *Study) editionWords(number int, time, manifest string) string {
	out := fmt.Sprintf("public edition %d of %s (manifest %s)", number, time[:min(10, len(time))], short(manifest))
	known, err := s.registered()
	if err != nil {
		return out
	}
	for _, x := range known {
		if x.manifest == manifest {
			return out + ", written into " + x.folder
		}
	}
	return out
}

const forgottenCode = "edition "

// manifests are those of the editions that the log names.
func (e *publicEdition) manifests() (out []string) {
	for _, b := range e.published() {
		out = append(out, b.Manifest)
	}
	return out
}

// forgottenAt is the reason against an edition that the log does not name. how says what
// is known of it besides, away where to take one of another study.
func forgottenAt(where, how, away, manifest string) release.Reason {
	return release.Reason{Kind: release.Forgotten, Cell: where, Code: forgottenCode + short(manifest),
		Text: where + " " + how + " none that the log names, so what it printed is not set beside this edition: together they may give away who came or went since",
		Help: "take the newer study.db out of a backup, or the log that published it (recount import); of another study's edition " + away}
}

// forgotten lists editions that were published of this study, by folders in it and by the
// register, and of which the log knows nothing.
func (e *publicEdition) forgotten() (out []release.Reason, err error) {
	known := e.manifests()
	put := func(manifest, where string) {
		if slices.Contains(known, manifest) {
			return
		}
		known = append(known, manifest)
		out = append(out, forgottenAt(where, "is", "take the folder out of this one", manifest))
	}
	here, err := e.study.editionsHere()
	if err != nil {
		return nil, err
	}
	for _, dir := range sorted(here) {
		put(here[dir], "the public edition in "+dir)
	}
	listed, err := e.study.registered()
	if err != nil {
		return nil, err
	}
	for _, x := range listed {
		put(x.manifest, fmt.Sprintf("public edition %d of %s in %s", x.number, x.day, registerFile))
	}
	return out, nil
}

// beside lists the same for the folder beside which an edition is to be written: other
// editions there with the same title are probably of this study.
func (e *publicEdition) beside(dir, title string) (out []release.Reason) {
	known, above := e.manifests(), filepath.Dir(filepath.Clean(dir))
	entries, err := os.ReadDir(above)
	if err != nil {
		return nil // it is made
	}
	for _, f := range entries {
		b, err := os.ReadFile(filepath.Join(above, f.Name(), report.ManifestName))
		if err != nil {
			continue
		}
		m, sum, ok := publicManifestOf(b)
		if ok && release.SameName(m.Title, title) && !slices.Contains(known, sum) {
			out = append(out, forgottenAt(fmt.Sprintf("the public edition %q beside the new folder", f.Name()), "has the same title and is", "write into another folder", sum))
		}
	}
	return out
}

// publicManifestOf reads the manifest of a public edition; ok is false for what is none.
func publicManifestOf(b []byte) (m publicManifest, sum string, ok bool) {
	ok = json.Unmarshal(b, &m) == nil && m.Kind == "public"
	hash := sha256.Sum256(b)
	return m, hex.EncodeToString(hash[:]), ok
}
