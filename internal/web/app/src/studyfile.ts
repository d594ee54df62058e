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

export interface Entry { name: string; ask: string; values?: string[]; words?: string; rest?: string[] } // words: one line "value: word, word" for each value; rest: lines that the form does not know, as written

// entriesOf reads a list of {name, ask, values}; null when the file says more
// than the form can keep.
export function entriesOf(text: string, key: string): Entry[] | null {
  const b = blocksOf(text).find((x) => x.key === key)
  if (!b) return []
  const out: Entry[] = []
  let words = false
  for (const l of b.lines.slice(1)) {
    if (/^\s*$/.test(l)) continue
    const w = /^\s{6,}([^#:]+):\s*\[(.*)\]\s*$/.exec(l)
    if (words && w) {
      const e = out[out.length - 1]
      e.words = [e.words, scalar(w[1]) + ': ' + w[2].split(',').map(scalar).filter(Boolean).join(', ')].filter(Boolean).join('\n')
      continue
    }
    words = out.length > 0 && /^\s{4}words:\s*(#.*)?$/.test(l)
    if (words) continue
    if (out.length > 0 && !/^\s*- /.test(l) && !/^\s{2,4}(name|ask|values):/.test(l)) {
      const e = out[out.length - 1]
      e.rest = [...(e.rest ?? []), l]
      continue
    }
    const m = /^\s*(- )?\s*(\w+):\s*(.*)$/.exec(l)
    if (!m) return null
    if (m[1]) out.push({ name: '', ask: '' })
    const e = out[out.length - 1]
    if (!e || /^[>|&*{]/.test(m[3])) return null // written in a way that the form cannot keep
    if (m[2] === 'name') e.name = scalar(m[3])
    else if (m[2] === 'ask') e.ask = scalar(m[3])
    else if (m[2] === 'values' && /^\[.*\]$/.test(m[3].trim())) e.values = m[3].trim().slice(1, -1).split(',').map(scalar).filter(Boolean)
    else if (m[1]) return null
    else e.rest = [...(e.rest ?? []), l]
  }
  return out
}

const pairsOf = (words: string) =>
  words
    .split('\n')
    .map((l) => /^([^:]+):(.*)$/.exec(l))
    .filter((m) => !!m)
    .map((m) => ({ value: m[1].trim(), words: m[2].split(',').map((x) => x.trim()).filter(Boolean) }))

// wordsAs gives the lines of words as the file gives them back.
export const wordsAs = (words: string) => pairsOf(words).map((x) => x.value + ': ' + x.words.join(', ')).join('\n')

export function withEntries(text: string, key: string, entries: Entry[]): string {
  const block = [key + ':']
  for (const e of entries) {
    block.push('  - name: ' + (/^\w+$/.test(e.name) ? e.name : quote(e.name)), '    ask: ' + quote(e.ask))
    const known = e.rest ?? []
    if (e.values && e.values.length > 0) block.push('    values: [' + e.values.map((v) => (/^[\p{L}][\p{L} ]*$/u.test(v) ? v : quote(v))).join(', ') + ']')
    const pairs = pairsOf(e.words ?? '')
    if (pairs.length > 0) {
      const plain = (v: string) => (/^[\p{L}][\p{L} .'-]*$/u.test(v) ? v : quote(v))
      block.push('    words:', ...pairs.map((x) => `      ${plain(x.value)}: [${x.words.map(plain).join(', ')}]`))
    }
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
