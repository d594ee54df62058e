package report

import (
	"recount"
	"recount/internal/report/cite"
	"recount/internal/report/prose"
	"recount/internal/report/site"
	"recount/internal/report/words"
)

// The parts of a report that others need, under one roof.
type (
	Material    = cite.Material
	Translation = cite.Translation
	Template    = prose.Template
	Site        = site.Site
	Manifest    = site.Manifest
	Number      = site.Number
	Input       = site.Input
	Fault       = site.Fault
	Moved       = site.Moved
)

// The rules that change what the report on a pile counts.
const (
	FoldReprints         = cite.FoldReprints
	SetAsideOtherStories = cite.SetAsideOtherStories
)

// ManifestName is the file of a report that says what it is made of.
const ManifestName = site.ManifestName

// ParseTemplate reads a report.md.
func ParseTemplate(md []byte) (*Template, error) { return prose.Parse(md) }

// ReadManifest reads a manifest and checks its own sum.
func ReadManifest(b []byte) (*Manifest, error) { return site.ReadManifest(b) }

// Inputs lists the captures that a report on m is made of, by name.
func Inputs(m *Material) []Input { return site.Inputs(m) }

// Lines writes results for a terminal, one a line, in columns.
func Lines(results []recount.Result) string { return words.Lines(results) }
