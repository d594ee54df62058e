// What the forms of Set-up know of study.yaml. A form changes only the lines
// that it shows; comments and everything it does not know stay as written.

export interface Block { key: string; from: number; to: number; lines: string[] }

// blocksOf cuts a YAML file at its top-level keys.
export function blocksOf(text: string): Block[] {
  const lines = text.split('\n')
  const out: Block[] = []
  lines.forEach((l, i) => {
    const m = /^([A-Za-z_][\w-]*):/.exec(l)
    if (m) out.push({ key: m[1], from: i, to: i + 1, lines: [] })
    else if (out.length > 0 && (/^\s+\S/.test(l) || /^- /.test(l))) out[out.length - 1].to = i + 1
  })
  for (const b of out) b.lines = lines.slice(b.from, b.to)
  return out
}

export function scalar(s: string): string {
  const v = s.trim()
  if (/^".*"$/.test(v)) {
    try {
      return JSON.parse(v)
    } catch {
      return v.slice(1, -1)
    }
  }
  if (/^'.*'$/.test(v)) return v.slice(1, -1).replace(/''/g, "'")
  return v.replace(/\s+#.*$/, '')
}

// flow takes apart a list between brackets; null where it is none.
function flow(v: string): string[] | null {
  const m = /^\[(.*)\]\s*(#.*)?$/.exec(v.trim())
  return m ? [...m[1].matchAll(/\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+)/g)].map((x) => scalar(x[1])).filter(Boolean) : null
}

export const quote = (s: string) => JSON.stringify(s)

export function valueOf(text: string, key: string, sub?: string): string {
  const b = blocksOf(text).find((x) => x.key === key)
  if (!b) return ''
  if (!sub) return scalar(b.lines[0].slice(key.length + 1))
  const l = b.lines.find((x) => new RegExp('^\\s+' + sub + ':').test(x))
  return l ? scalar(l.slice(l.indexOf(':') + 1)) : ''
}

// fieldAt names the field of a form that a line of the file is written by, the
// first line is 1: its key, of an entry its number, and what of it; null where
// no form writes the line.
export function fieldAt(text: string, line: number): { key: string; entry: number; part: string } | null {
  const b = blocksOf(text).find((x) => x.from < line && line <= x.to)
  if (!b) return null
  const upTo = b.lines.slice(0, line - b.from)
  const entry = upTo.filter((l) => /^\s*- /.test(l)).length - 1
  const part = [...upTo.slice(1)].reverse().map((l) => /^(?:\s{2,4}|\s*- )(\w+):/.exec(l)).find((m) => !!m)
  return { key: b.key, entry, part: part ? part[1] : '' }
}

export function withoutValue(text: string, key: string): string {
  const lines = text.split('\n')
  const b = blocksOf(text).find((x) => x.key === key)
  if (b) lines.splice(b.from, b.to - b.from)
  return lines.join('\n')
}

// withValue writes a field where it stands; a new one before another, or last.
export function withValue(text: string, key: string, value: string, sub?: string, before?: string): string {
  const lines = text.split('\n')
  const b = blocksOf(text).find((x) => x.key === key)
  const follows = b ? undefined : blocksOf(text).find((x) => x.key === before)
  if (follows) {
    lines.splice(follows.from, 0, `${key}: ${quote(value)}`)
    return lines.join('\n')
  }
  if (!b) return text.replace(/\n*$/, '\n') + (sub ? `${key}:\n  ${sub}: ${quote(value)}\n` : `${key}: ${quote(value)}\n`)
  if (!sub) {
    lines.splice(b.from, b.to - b.from, `${key}: ${quote(value)}`)
    return lines.join('\n')
  }
  const i = b.lines.findIndex((x) => new RegExp('^\\s+' + sub + ':').test(x))
  if (i >= 0) lines[b.from + i] = lines[b.from + i].replace(/:.*$/, () => ': ' + quote(value))
  else lines.splice(b.to, 0, `  ${sub}: ${quote(value)}`)
  return lines.join('\n')
}

// words: one line "value: word, word" for each value; wider: one line "level:
// value = what it is then, ..." for each level; rest: lines that the form does not
// know, as written. An entry that is as it was keeps its lines and comments.
export interface Entry { name: string; ask: string; values?: string[]; words?: string; ordered?: boolean; wider?: string; rest?: string[]; source?: { lines: string[]; says: string } }

// entriesOf reads a list of {name, ask, values}; null when the file says more
// than the form can keep.
export function entriesOf(text: string, key: string): Entry[] | null {
  const b = blocksOf(text).find((x) => x.key === key)
  if (!b) return []
  const first = b.lines.slice(1).find((l) => !idle(l))
  if (!first) return []
  const dash = inset(first)
  const out: Entry[] = []
  const lines = b.lines.slice(1)
  const moved = (l: string) => (dash < 2 ? ' '.repeat(2 - dash) + l : l.slice(dash - 2))
  for (let i = 0; i < lines.length; ) {
    const l = lines[i]
    if (/^\s*$/.test(l)) {
      i++
      continue
    }
    const begins = inset(l) === dash && /^\s*- /.test(l)
    const m = /^\s*(?:- )?\s*(\w+):\s*(.*)$/.exec(l)
    if (begins) {
      if (!m) return null
      out.push({ name: '', ask: '', source: { lines: [], says: '' } })
    }
    const e = out[out.length - 1]
    if (!e) return null
    // What is moved in belongs to the field.
    let j = i + 1
    while (j < lines.length && (/^\s*$/.test(lines[j]) || inset(lines[j]) > dash + 2)) j++
    const whole = lines.slice(i, j).filter((x) => !/^\s*$/.test(x))
    const under = whole.slice(1)
    i = j
    e.source!.lines.push(...whole)
    const known = !!m && /^\w/.test(l.slice(dash + 2)) && take(e, m[1], m[2].replace(/^#.*$/, ''), under)
    if (known) continue
    if (begins || known === null) return null // written in a way that the form cannot keep
    e.rest = [...(e.rest ?? []), ...whole.map(moved)]
  }
  for (const e of out) e.source = dash === 2 ? { lines: e.source!.lines, says: said(e) } : undefined
  return out
}

const said = ({ source: _, ...e }: Entry) => JSON.stringify([e.name, e.ask, e.values ?? [], !!e.ordered, e.words ?? '', e.wider ?? '', e.rest ?? []])

// take takes a field of an entry over; false where the form keeps its lines as
// they are, null where it cannot.
function take(e: Entry, name: string, value: string, under: string[]): boolean | null {
  switch (name) {
    case 'name':
    case 'ask':
      if (under.length > 0 || /^[>|&*{]/.test(value)) return null
      e[name] = scalar(value)
      return true
    case 'ordered':
      if (!/^(true|false)\b/.test(value)) return false
      e.ordered = value.startsWith('true')
      return true
    case 'values': {
      const list = flow(value)
      if (!list || under.length > 0 || list.some((v) => v.includes(','))) return false
      e.values = list
      return true
    }
    case 'words': {
      const of = value ? [] : under.map((l) => /^\s*([^#:]+):\s*(\[.*\])\s*$/.exec(l))
      if (of.length === 0 || of.some((m) => !m)) return false
      e.words = of.map((m) => scalar(m![1]) + ': ' + flow(m![2])!.join(', ')).join('\n')
      return true
    }
    case 'wider': {
      const levels: { name: string; of: string[] }[] = []
      for (const l of value ? [''] : under) {
        const level = /^\s*- name:\s*(.+)$/.exec(l)
        const value = /^\s*("[^"]*"|[^#:]+):\s+([^[{>|&*].*)$/.exec(l)
        if (level) levels.push({ name: scalar(level[1]), of: [] })
        else if (/^\s*of:\s*$/.test(l) && levels.length > 0) continue
        else if (value && levels.length > 0) levels[levels.length - 1].of.push(scalar(value[1]) + ' = ' + scalar(value[2]))
        else return false
      }
      if (levels.length === 0 || levels.some((x) => x.of.some((v) => v.includes(',')))) return false
      e.wider = levels.map((x) => x.name + ': ' + x.of.join(', ')).join('\n')
      return true
    }
  }
  return false
}

const pairsOf = (words: string) =>
  words
    .split('\n')
    .map((l) => /^([^:]+):(.*)$/.exec(l))
    .filter((m) => !!m)
    .map((m) => ({ value: m[1].trim(), words: listOf(m[2]) }))

// wordsAs gives the lines of words as the file gives them back.
export const wordsAs = (words: string) => pairsOf(words).map((x) => x.value + ': ' + x.words.join(', ')).join('\n')

const levelsOf = (wider: string) => pairsOf(wider).map((x) => ({ name: x.value, of: x.words.map((w) => w.split('=').map((y) => y.trim())).filter(([a, b]) => !!a && !!b) }))
// widerAs does the same for the levels.
export const widerAs = (wider: string) => levelsOf(wider).map((x) => x.name + ': ' + x.of.map(([a, b]) => a + ' = ' + b).join(', ')).join('\n')

export function withEntries(text: string, key: string, entries: Entry[]): string {
  const block = [key + ':']
  for (const e of entries) {
    if (e.source?.says === said(e)) {
      block.push(...e.source.lines)
      continue
    }
    block.push('  - name: ' + (/^\w+$/.test(e.name) ? e.name : quote(e.name)), '    ask: ' + quote(e.ask))
    const known = e.rest ?? []
    if (e.values && e.values.length > 0) block.push('    values: [' + e.values.map(plain).join(', ') + ']')
    if (e.ordered) block.push('    ordered: true')
    const pairs = pairsOf(e.words ?? '')
    if (pairs.length > 0) block.push('    words:', ...pairs.map((x) => `      ${plain(x.value)}: [${x.words.map(plain).join(', ')}]`))
    const levels = levelsOf(e.wider ?? '')
    if (levels.length > 0) block.push('    wider:', ...levels.flatMap((x) => ['      - name: ' + plain(x.name), '        of:', ...x.of.map(([a, b]) => `          ${plain(a)}: ${plain(b)}`)]))
    block.push(...known)
  }
  const lines = text.split('\n')
  const b = blocksOf(text).find((x) => x.key === key)
  if (!b) return text.replace(/\n*$/, '\n') + block.join('\n') + '\n'
  lines.splice(b.from, b.to - b.from, ...block)
  return lines.join('\n')
}

// listOf takes apart what stands between commas.
export const listOf = (s: string) => s.split(',').map((v) => v.trim()).filter(Boolean)

// What lies deeper than a top-level key: a path of keys, as rules, bands, about.

const keyed = (l: string) => /^(\s*)("[^"]*"|'[^']*'|[^\s#"'\-][^:#]*):(?:\s+(.*))?$/.exec(l)
const idle = (l: string) => /^\s*(#.*)?$/.test(l)
const inset = (l: string) => l.length - l.trimStart().length

interface Place { at: number; to: number; indent: number; value: string } // at: the line of the key; to: the line after what is under it

// placesOf finds the keys of a path one under the other, as far as they are
// there; deep says how far.
function placesOf(lines: string[], path: string[]): { places: Place[]; deep: number } {
  const places: Place[] = []
  let from = 0
  let to = lines.length
  let deeper = -1
  for (const key of path) {
    let indent = -1
    let hit = -1
    for (let i = from; i < to; i++) {
      if (idle(lines[i])) continue
      if (indent < 0) indent = inset(lines[i])
      if (inset(lines[i]) !== indent || indent <= deeper) continue
      const m = keyed(lines[i])
      if (m && scalar(m[2]) === key) {
        hit = i
        break
      }
    }
    if (hit < 0) break
    let end = hit + 1
    for (let i = hit + 1; i < to; i++) {
      if (idle(lines[i])) continue
      if (inset(lines[i]) < indent || (inset(lines[i]) === indent && !/^\s*- /.test(lines[i]))) break
      end = i + 1
    }
    places.push({ at: hit, to: end, indent, value: (keyed(lines[hit])![3] ?? '').trim() })
    from = hit + 1
    to = end
    deeper = indent
  }
  return { places, deep: places.length }
}

const filled = (v: string) => v !== '' && !v.startsWith('#')

// fits says whether a form can write at a path: what stands above it is written
// line by line.
export function fits(text: string, path: string[]): boolean {
  const { places } = placesOf(text.split('\n'), path)
  return places.slice(0, path.length - 1).every((p) => !filled(p.value)) && !places.some((p) => /^[&*!|>]/.test(p.value))
}

// textAt is the value of a key, "" where there is none.
export function textAt(text: string, path: string[]): string {
  const { places, deep } = placesOf(text.split('\n'), path)
  return deep === path.length ? scalar(places[deep - 1].value) : ''
}

// listAt is a list, between brackets or one a line.
export function listAt(text: string, path: string[]): string[] {
  const lines = text.split('\n')
  const { places, deep } = placesOf(lines, path)
  if (deep < path.length) return []
  const p = places[deep - 1]
  return flow(p.value) ?? lines.slice(p.at + 1, p.to).filter((l) => /^\s*- /.test(l)).map((l) => scalar(l.replace(/^\s*- /, '')))
}

// under lists the keys right under a path with their values as written.
export function under(text: string, path: string[]): [string, string][] {
  const lines = text.split('\n')
  const { places, deep } = placesOf(lines, path)
  if (deep < path.length) return []
  const p = places[deep - 1]
  const own = lines.slice(p.at + 1, p.to).filter((l) => !idle(l))
  const first = own.length > 0 ? inset(own[0]) : 0
  return own.flatMap((l) => {
    const m = inset(l) === first ? keyed(l) : null
    return m ? [[scalar(m[2]), (m[3] ?? '').trim()] as [string, string]] : []
  })
}

// put writes a value where it stands, or under what is there of its path; null
// takes it out, with what is empty then. Lines stand under the key.
export function put(text: string, path: string[], value: string | string[] | null): string {
  const lines = text.split('\n')
  const { places, deep } = placesOf(lines, path)
  const written = (indent: number, from: number): string[] => {
    const out: string[] = []
    path.slice(from).forEach((key, i, rest) => {
      const pad = ' '.repeat(indent + 2 * i)
      const k = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key) ? key : quote(key)
      if (i < rest.length - 1) out.push(pad + k + ':')
      else if (typeof value === 'string') out.push(pad + k + ': ' + value)
      else out.push(pad + k + ':', ...(value ?? []).map((l) => pad + '  ' + l))
    })
    return out
  }
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    if (deep < path.length) return text
    // What held nothing else goes with it.
    let d = deep - 1
    while (d > 0 && lines.slice(places[d - 1].at + 1, places[d - 1].to).every((l, i) => idle(l) || (places[d - 1].at + 1 + i >= places[d].at && places[d - 1].at + 1 + i < places[d].to))) d--
    lines.splice(places[d].at, places[d].to - places[d].at)
    return lines.join('\n')
  }
  if (deep === path.length) {
    const p = places[deep - 1]
    const after = /(\s+#.*)$/.exec(typeof value === 'string' && !p.value.startsWith('"') && !p.value.startsWith("'") ? lines[p.at] : '')
    const out = written(p.indent, path.length - 1)
    if (after) out[0] += after[1]
    lines.splice(p.at, p.to - p.at, ...out)
    return lines.join('\n')
  }
  if (deep > 0) {
    const p = places[deep - 1]
    const inner = lines.slice(p.at + 1, p.to).find((l) => !idle(l))
    lines.splice(p.to, 0, ...written(inner ? inset(inner) : p.indent + 2, deep))
    return lines.join('\n')
  }
  return text.replace(/\n*$/, '\n') + written(0, 0).join('\n') + '\n'
}

// pathAt names what a line of the file belongs to, the first line is 1: the keys
// above it; an entry of a list is its number.
export function pathAt(text: string, line: number): string[] {
  const out: { indent: number; key: string; item?: boolean }[] = []
  for (const l of text.split('\n').slice(0, line)) {
    if (idle(l)) continue
    let indent = inset(l)
    const dash = /^\s*- ?(.*)$/.exec(l)
    while (out.length > 0 && (out[out.length - 1].indent > indent || (!dash && out[out.length - 1].indent === indent))) out.pop()
    if (dash) {
      const last = out[out.length - 1]
      if (last?.item && last.indent === indent) last.key = String(+last.key + 1)
      else out.push({ indent, key: '0', item: true })
      indent += 2
    }
    const m = keyed(dash ? dash[1] : l)
    if (m) out.push({ indent, key: scalar(m[2]) })
  }
  return out.map((x) => x.key)
}

// plain writes a word without quotation marks where YAML takes it for one.
export const plain = (v: string) => (/^[\p{L}][\p{L} .'-]*$/u.test(v) && !/^(?:true|false|yes|no|null|on|off|y|n)$/i.test(v) && !/[ .'-]$/.test(v) ? v : quote(v))
