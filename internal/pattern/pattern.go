// Package pattern holds regular expressions that are compiled where they are
// first used: a verb uses few of some two hundred, and compiling all of them is
// most of what it costs to start.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression that is compiled at its first use.
type Pattern struct {
	text string
	once sync.Once
	re   *regexp.Regexp
}

var all []*Pattern

// New makes a pattern of a package. What cannot be compiled panics at its first
// use, so a test compiles All of them. It is for variables of packages only,
// which are made one after the other.
func New(text string) *Pattern {
	p := &Pattern{text: text}
	all = append(all, p)
	return p
}

// All lists the patterns of every package of the program.
func All() []*Pattern { return all }

// Regexp compiles the pattern if that is not done yet.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(func() { p.re = regexp.MustCompile(p.text) })
	return p.re
}

func (p *Pattern) String() string { return p.text }

func (p *Pattern) MatchString(s string) bool { return p.Regexp().MatchString(s) }
func (p *Pattern) Match(b []byte) bool       { return p.Regexp().Match(b) }
func (p *Pattern) ReplaceAllString(src, repl string) string {
	return p.Regexp().ReplaceAllString(src, repl)
}
func (p *Pattern) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return p.Regexp().ReplaceAllStringFunc(src, repl)
}
func (p *Pattern) ReplaceAll(src, repl []byte) []byte   { return p.Regexp().ReplaceAll(src, repl) }
func (p *Pattern) Find(b []byte) []byte                 { return p.Regexp().Find(b) }
func (p *Pattern) FindIndex(b []byte) (loc []int)       { return p.Regexp().FindIndex(b) }
func (p *Pattern) FindString(s string) string           { return p.Regexp().FindString(s) }
func (p *Pattern) FindStringIndex(s string) (loc []int) { return p.Regexp().FindStringIndex(s) }
func (p *Pattern) FindSubmatch(b []byte) [][]byte       { return p.Regexp().FindSubmatch(b) }
func (p *Pattern) FindStringSubmatch(s string) []string { return p.Regexp().FindStringSubmatch(s) }
func (p *Pattern) FindStringSubmatchIndex(s string) []int {
	return p.Regexp().FindStringSubmatchIndex(s)
}
func (p *Pattern) FindAllString(s string, n int) []string { return p.Regexp().FindAllString(s, n) }
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.Regexp().FindAllStringIndex(s, n)
}
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.Regexp().FindAllStringSubmatch(s, n)
}
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.Regexp().FindAllStringSubmatchIndex(s, n)
}
func (p *Pattern) Split(s string, n int) []string { return p.Regexp().Split(s, n) }

func (p *Pattern) FindAllSubmatchIndex(b []byte, n int) [][]int {
	return p.Regexp().FindAllSubmatchIndex(b, n)
}
