// What the form of the codebook knows of codebook.yaml: its codes and what each
// means in brief. It adds and takes out codes; comments and everything else stay
// as written.

import { quote, scalar } from './studyfile'

interface Place { from: number; to: number } // lines, half open
interface CodeEntry { code: string; parent: string; indent: number; lines: Place; short?: Place & { value: string }; under?: number } // under: the line of subcodes:

const indentOf = (l: string) => l.length - l.trimStart().length
const blank = (l: string) => /^\s*(#.*)?$/.test(l)

// codesOf finds the codes of a codebook; null when it is written in a way that
// the form cannot keep.
export function codesOf(text: string): CodeEntry[] | null {
  const lines = text.split('\n')
  const out: CodeEntry[] = []
  lines.forEach((l, i) => {
    const m = /^(\s*)- code:\s*(.*)$/.exec(l)
    if (!m) return
    const indent = m[1].length
    let to = i + 1
    for (let j = i + 1; j < lines.length && (blank(lines[j]) || indentOf(lines[j]) > indent); j++) if (!blank(lines[j])) to = j + 1
    const upper = out.findLast((x) => x.indent < indent && x.lines.to >= to)
    const e: CodeEntry = { code: scalar(m[2]), parent: upper?.code ?? '', indent, lines: { from: i, to } }
    for (let j = i + 1; j < to; j++) {
      const f = /^(\s*)([a-z_]+):\s*(.*)$/.exec(lines[j])
      if (!f || f[1].length !== indent + 2) continue
      if (f[2] === 'subcodes') {
        e.under = j
        break
      }
      if (f[2] !== 'short') continue
      let end = j + 1
      const folded = /^[>|]/.test(f[3])
      while (end < to && !blank(lines[end]) && indentOf(lines[end]) > indent + 2) end++
      const more = lines.slice(j + 1, end).map((x) => x.trim())
      e.short = { from: j, to: end, value: folded ? more.join(' ') : scalar([f[3], ...more].join(' ')) }
    }
    out.push(e)
  })
  if (out.length === 0 && /^codes:\s*\S/m.test(text) && !/^codes:\s*\[\s*\]/m.test(text)) return null
  return out
}

const find = (text: string, code: string) => codesOf(text)?.find((x) => x.code === code)

// withShort writes what a code means in brief.
function withShort(text: string, code: string, short: string): string {
  const e = find(text, code)
  if (!e) return text
  const lines = text.split('\n')
  const at = e.short ?? { from: e.lines.from + 1, to: e.lines.from + 1 }
  lines.splice(at.from, at.to - at.from, ' '.repeat(e.indent + 2) + 'short: ' + quote(short))
  return lines.join('\n')
}

// withCode adds a code, under another or at the end.
function withCode(text: string, code: string, parent: string): string {
  const lines = text.replace(/\n*$/, '\n').split('\n')
  lines.pop()
  const upper = parent ? find(text, parent) : undefined
  const put = (at: number, indent: number, head: string[] = []) => lines.splice(at, 0, ...head, ' '.repeat(indent) + '- code: ' + code, ' '.repeat(indent + 2) + 'short: ""')
  if (upper?.under !== undefined) put(upper.lines.to, upper.indent + 4)
  else if (upper) put(upper.lines.to, upper.indent + 4, [' '.repeat(upper.indent + 2) + 'subcodes:'])
  else {
    const all = codesOf(text) ?? []
    const top = all.filter((x) => !x.parent)
    if (top.length > 0) put(top[top.length - 1].lines.to, top[0].indent)
    else {
      const i = lines.findIndex((l) => /^codes:/.test(l))
      if (i >= 0) lines.splice(i, 1)
      put(lines.length, 2, ['codes:'])
    }
  }
  return lines.join('\n') + '\n'
}

export function withoutCode(text: string, code: string): string {
  const e = find(text, code)
  if (!e) return text
  const lines = text.split('\n')
  lines.splice(e.lines.from, e.lines.to - e.lines.from)
  let out = lines.join('\n')
  // The last one under another takes its heading along.
  const upper = e.parent ? find(out, e.parent) : undefined
  if (upper?.under !== undefined && upper.lines.to === upper.under + 1) out = out.split('\n').filter((_, i) => i !== upper.under).join('\n')
  if ((codesOf(out) ?? []).length === 0) out = out.replace(/^codes:\s*$/m, 'codes: []')
  return out
}

// withoutCodes takes the codes out that a new codebook is started from.
export function withoutCodes(text: string): string {
  for (const c of codesOf(text) ?? []) if (!c.parent) text = withoutCode(text, c.code)
  return text
}

const nameOf = (s: string) => s.trim().toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '')

// withLines adds codes out of lines "name: in brief"; a line that is moved in
// lies under the one above it that is less so.
export function withLines(text: string, typed: string): string {
  const above: { indent: number; code: string }[] = []
  for (const l of typed.split('\n')) {
    if (!l.trim()) continue
    const [, name, brief] = /^([^:]*):?(.*)$/.exec(l.trim())!
    const indent = indentOf(l.replace(/\t/g, '    '))
    while (above.length > 0 && above[above.length - 1].indent >= indent) above.pop()
    const parent = above.at(-1)?.code ?? ''
    const short = nameOf(name.replace(/^.*\./, ''))
    if (!short) continue
    const code = parent ? parent + '.' + short : short
    if (!find(text, code)) text = withCode(text, code, parent)
    if (brief.trim()) text = withShort(text, code, brief.trim())
    above.push({ indent, code })
  }
  return text
}
