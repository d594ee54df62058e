package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"recount/internal/pattern"
)

// What the parser of arguments says of a call that it does not take.
var (
	missingFlags = pattern.New(`^missing flags: (.+)$`)
	missingArgs  = pattern.New(`^(?:expected|missing positional arguments) "?(<[^"]+?)"?$`)
	oneOf        = pattern.New(`^expected one of (.+)$`)
	noValue      = pattern.New(`^(--[\w-]+)(?:=\S+)?: (?:expected \w+ value but got "EOL" \(<EOL>\)|missing value, expecting .*)$`)
	nextFlag     = pattern.New(`^(--[\w-]+)(?:=\S+)?: expected \w+ value but got "(.+?)" \((?:long|short) flag\)`)
	noNumber     = pattern.New(`^(--[\w-]+)(?:=\S+)?: expected (?:an int|a valid \d+ bit u?int|a float) but got "(.*?)"`)
	argument     = pattern.New(`<[\w-]+>`)
	unexpected   = pattern.New(`^unexpected argument (\S+?)(?:,|$)`)
)

// misuse says in one line what is wrong with args, and in another what to write.
func misuse(parser *kong.Kong, args []string, err error) (said, hint string) {
	said = oneLine(err.Error())
	hint = "`recount --help` lists the verbs, `recount help VERB` explains one"
	verb := calledVerb(err)
	if verb != "" {
		hint = fmt.Sprintf("`recount help %s` shows how it is used, `recount --help` lists the verbs", strings.Fields(verb)[0])
	}
	switch {
	case missingFlags.MatchString(said):
		said = fmt.Sprintf("%s needs %s", verb, strings.ReplaceAll(missingFlags.FindStringSubmatch(said)[1], "=", " "))
	case verb != "" && missingArgs.MatchString(said):
		said = fmt.Sprintf("%s needs %s", verb, capitals(missingArgs.FindStringSubmatch(said)[1]))
	case verb != "" && oneOf.MatchString(said):
		said = fmt.Sprintf("%s needs one of %s", verb, strings.ReplaceAll(oneOf.FindStringSubmatch(said)[1], `"`, ""))
	case noValue.MatchString(said):
		said = needsValue(parser, verb, noValue.FindStringSubmatch(said)[1])
	case nextFlag.MatchString(said):
		m := nextFlag.FindStringSubmatch(said)
		said = fmt.Sprintf("%s, but %s follows it", needsValue(parser, verb, m[1]), m[2])
		hint = fmt.Sprintf("if that is the value, write %s=%s", m[1], m[2])
	case noNumber.MatchString(said):
		m := noNumber.FindStringSubmatch(said)
		said = fmt.Sprintf("%s needs a number in digits, and %q is none", m[1], m[2])
	case unexpected.MatchString(said):
		if full := verbOf(parser, unexpected.FindStringSubmatch(said)[1]); full != "" && verb == "" {
			said = unexpected.FindString(said)
			said = strings.TrimSuffix(said, ",")
			hint = fmt.Sprintf("write `recount %s`; `recount help %s` explains it", full, strings.Fields(full)[0])
		}
	}
	if name := hyphened(args); name != "" {
		hint = fmt.Sprintf("%s begins with a hyphen, as flags do: write ./%s, or -- before it", name, name)
	}
	return said, hint
}

// calledVerb returns the verb that a call was about, with the part of it that was
// named, or "".
func calledVerb(err error) string {
	var p *kong.ParseError
	if !errors.As(err, &p) || p.Context == nil {
		return ""
	}
	var names []string
	for _, at := range p.Context.Path {
		if at.Command != nil {
			names = append(names, at.Command.Name)
		}
	}
	return strings.Join(names, " ")
}

// needsValue says what a flag wants behind it, as the manual names it.
func needsValue(parser *kong.Kong, verb, flag string) string {
	node := parser.Model.Node
	flags := slices.Clone(node.Flags)
	for _, name := range strings.Fields(verb) {
		i := slices.IndexFunc(node.Children, func(n *kong.Node) bool { return n.Name == name })
		if i < 0 {
			break
		}
		node = node.Children[i]
		flags = append(flags, node.Flags...)
	}
	for _, f := range flags {
		if "--"+f.Name == flag && f.PlaceHolder != "" {
			return fmt.Sprintf("%s needs a value: %s %s", flag, flag, f.PlaceHolder)
		}
	}
	return flag + " needs a value"
}

// verbOf returns the verb of which name is a part ("decisions retract"), or "".
func verbOf(parser *kong.Kong, name string) string {
	for _, verb := range parser.Model.Children {
		for _, part := range verb.Children {
			if part.Name == name && !part.Hidden && !verb.Hidden {
				return verb.Name + " " + part.Name
			}
		}
	}
	return ""
}

// capitals writes the arguments that the parser names as the manual does.
func capitals(args string) string {
	return argument.ReplaceAllStringFunc(args, func(a string) string {
		return strings.ToUpper(strings.Trim(a, "<>"))
	})
}

// hyphened returns the first argument that begins like a flag and is the name of a
// file or folder that is there, or "".
func hyphened(args []string) string {
	for _, a := range args {
		if a == "--" {
			break
		}
		if strings.HasPrefix(a, "-") && len(a) > 1 {
			if _, err := os.Lstat(a); err == nil {
				return a
			}
		}
	}
	return ""
}
