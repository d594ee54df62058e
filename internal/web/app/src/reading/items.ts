// What can be decided in an article, in the order of the panel, and in the
// order of reading that the server gives to what is open.

import type { Article, Draft, OpenItem, Span, Speaker, Statement, Value } from '../wire'

export type Item =
  | { id: string; kind: 'speaker'; speaker: Speaker }
  | { id: string; kind: 'statement'; speaker: Speaker; statement: Statement }
  | { id: string; kind: 'code'; speaker: Speaker; statement: Statement }
  | { id: string; kind: 'value'; speaker: Speaker; value: Value }

// kept gives an article as it is now, in which what did not change is what it
// was, so that it is not drawn again.
export function kept(was: Article, now: Article): Article {
  const before = new Map(was.speakers.map((s) => [s.key, s]))
  const same = <T>(old: T | undefined, x: T): T => (old !== undefined && JSON.stringify(old) === JSON.stringify(x) ? old : x)
  const speakers = now.speakers.map((s) => {
    const old = before.get(s.key)
    if (!old || same(old, s) === old) return old ?? s
    const said = new Map(old.statements.map((x) => [x.key, x]))
    return { ...s, statements: s.statements.map((x) => same(said.get(x.key), x)), values: s.values.map((x, i) => same(old.values[i], x)) }
  })
  return { ...now, speakers }
}

export const idOf = (q: OpenItem): string => {
  switch (q.item) {
    case 'speaker':
      return 'speaker:' + q.key
    case 'statement':
      return 'statement:' + q.key
    case 'code':
      return 'code:' + q.key
    case 'value':
      return 'value:' + q.speaker + '/' + q.key
  }
}

export function itemsOf(a: Article): Item[] {
  const out: Item[] = []
  // Statements for which a code is asked.
  const asked = new Set((a.queue ?? []).filter((q) => q.item === 'code').map((q) => q.key))
  for (const speaker of a.speakers) {
    out.push({ id: 'speaker:' + speaker.key, kind: 'speaker', speaker })
    for (const statement of speaker.statements) {
      out.push({ id: 'statement:' + statement.key, kind: 'statement', speaker, statement })
      if (asked.has(statement.key)) out.push({ id: 'code:' + statement.key, kind: 'code', speaker, statement })
    }
    const seen = new Set<string>()
    for (const value of speaker.values) {
      const id = 'value:' + speaker.key + '/' + value.variable
      if (seen.has(id)) continue // the best one is answered; others stand beside it on the person's page
      seen.add(id)
      out.push({ id, kind: 'value', speaker, value })
    }
  }
  return out
}

export function spansOf(i: Item): Span[] {
  switch (i.kind) {
    case 'speaker':
      return i.speaker.spans
    case 'value':
      return i.value.span ? [i.value.span] : i.speaker.spans.slice(0, 1)
    default:
      return i.statement.spans
  }
}

export const placeOf = (i: Item): number => spansOf(i)[0]?.[0] ?? 0

export function accepting(i: Item): Draft | null {
  switch (i.kind) {
    case 'speaker':
      return null // no answer is the default one
    case 'statement':
      return { do: 'accept', statement: i.statement.key }
    case 'code':
      return null // it asks for one
    case 'value':
      return i.value.value === '' ? null : { do: 'value', speaker: i.speaker.key, variable: i.value.variable, value: i.value.value, ...(i.value.span ? { span: i.value.span } : {}) }
  }
}

export function rejecting(i: Item): Draft | null {
  switch (i.kind) {
    case 'statement':
      return { do: 'reject', statement: i.statement.key }
    default:
      return null
  }
}

// after gives the open item that follows (or precedes) a place in reading
// order: by the server's queue where the item is in it, else by its place in
// the text. After the last one comes the first that is still open.
export function after(from: string | null, queue: string[], items: Map<string, Item>, step: 1 | -1, skip: (id: string) => boolean): string | null {
  const open = queue.filter((id) => items.has(id) && (id === from || !skip(id)))
  if (from === null) return open[0] ?? null
  const again = step > 0 ? (open.find((id) => id !== from) ?? null) : null
  const at = open.indexOf(from)
  if (at >= 0) return open[at + step] ?? again
  const here = items.get(from)
  const place = here ? placeOf(here) : 0
  const rest = step > 0 ? open.filter((id) => placeOf(items.get(id)!) >= place) : open.filter((id) => placeOf(items.get(id)!) < place).reverse()
  return rest[0] ?? again
}

// opens gives the first item that is open once its speaker counts: the answer
// of the server brings it into the queue.
export function opens(speaker: Speaker, items: Item[], skip: (id: string) => boolean): string | null {
  for (const i of items) if (i.kind === 'statement' && i.speaker.key === speaker.key && i.statement.state === '' && i.statement.mode === 'speech' && !i.statement.aside && !skip(i.id)) return i.id
  return null
}
