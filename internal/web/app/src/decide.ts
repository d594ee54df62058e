// Decisions go to the server one after the other, each bound to the item and
// the version that its key was pressed on. What is on screen changes when the
// server has acknowledged. After a failure, keys typed ahead are dropped and
// said to be.

import { get, Refused, send, studyChanged } from './client'
import { Store } from './store'
import { jobs } from './jobs'
import { server, t } from './strings'
import type { Draft, Num, Saved, Session } from './wire'

export const session = new Store<Session | null>(null)

export interface Toast {
  words: string
  detail?: string
  kind: 'moved' | 'saved' | 'failed' | 'said'
  undo?: string
  actions?: { label: string; run: () => void }[]
  until?: boolean // it stands until something else is said
  at: number
}
export const toast = new Store<Toast | null>(null)

export function say(words: string, more: Partial<Toast> = {}) {
  toast.set({ words, kind: 'said', at: Date.now(), ...more })
}

export function fail(e: unknown, dropped = 0) {
  const r = e instanceof Refused ? e : new Refused(0, String((e as Error)?.message ?? e), '', '', null)
  const hints = [r.hint, dropped > 0 ? t('dropped', { n: dropped }) : ''].filter(Boolean).join(' ')
  say(r.message, { kind: 'failed', detail: hints })
}

interface Waiting {
  drafts: Draft[]
  version: number
  group?: string
  articles: string[]
  done: (s: Saved) => void
  refused: (e: unknown) => void
}

const line: Waiting[] = []
let running = false
export const waiting = new Store(0)

// What this tab has had acknowledged of one item, so that a second answer to
// it is not taken for somebody else's.
const acknowledged = new Map<string, number>()

const itemOf = (d: Draft) => {
  const { answer: _a, criteria: _c, reason: _r, value: _v, do: kind, ...place } = d
  return (kind === 'reject' ? 'accept' : kind) + JSON.stringify(place)
}

// Tokens of this tab's decisions, so that undo has no depth limit and
// survives a reload.
const tokens = (name: string) => ({
  all: (): string[] => JSON.parse(sessionStorage.getItem(name) ?? '[]'),
  push(token: string) {
    if (token) sessionStorage.setItem(name, JSON.stringify([...this.all(), token]))
  },
  pop(): string | undefined {
    const all = this.all()
    const last = all.pop()
    sessionStorage.setItem(name, JSON.stringify(all))
    return last
  },
  clear() {
    sessionStorage.removeItem(name)
  },
})
const undone = tokens('recount.redo')
const done = tokens('recount.undo')

export class Dropped extends Error {}

export function decide(drafts: Draft[], o: { version?: number; group?: string; articles?: string[] } = {}): Promise<Saved> {
  return new Promise((ok, refused) => {
    line.push({ drafts, version: o.version ?? session.value?.version ?? 0, group: o.group, articles: o.articles ?? [], done: ok, refused })
    waiting.set(line.length)
    void run()
  })
}

async function run() {
  if (running) return
  running = true
  while (line.length > 0) {
    const w = line[0]
    const version = Math.max(w.version, ...w.drafts.map((d) => acknowledged.get(itemOf(d)) ?? 0))
    // A step that changes the study goes first; the answer waits, and says so.
    const wait = setTimeout(() => say(t('decision.waits'), { detail: server(jobs.value.find((j) => j.state === 'running')?.label ?? ''), until: true }), 1500)
    try {
      const saved = await send<Saved>('POST', '/decisions', { version, drafts: w.drafts, ...(w.group ? { group: w.group } : {}), articles: w.articles })
      clearTimeout(wait)
      line.shift()
      for (const d of w.drafts) acknowledged.set(itemOf(d), saved.version)
      done.push(saved.undo)
      undone.clear()
      w.done(saved) // first, so that what waits for it is drawn with what settle brings
      settle(saved, true)
      for (const f of savedDrafts) f(w.drafts)
    } catch (e) {
      clearTimeout(wait)
      const dropped = line.splice(0)
      const later = dropped.length - 1
      for (const d of dropped.slice(1)) d.refused(new Dropped())
      w.refused(e)
      fail(e, later)
      if (e instanceof Refused && e.status === 409) void freshen().catch(() => {})
    }
    waiting.set(line.length)
  }
  running = false
}

// take takes in what the server saved by another way than a draft: it is
// undone like any answer.
export function take(saved: Saved) {
  done.push(saved.undo)
  undone.clear()
  settle(saved, true)
}

// settle takes in what an answer of the server says about the whole study.
export function settle(saved: Saved, undoable: boolean) {
  const s = session.value
  if (s) session.set({ ...s, version: saved.version, headline: saved.headline ?? s.headline })
  const moved = (saved.moved ?? []).filter((m) => m.before !== m.after)
  if (moved.length > 0 && !s?.blind) {
    const m = moved[0]
    const label = s?.headline.find((h) => h.name === m.name)?.label ?? m.name
    const why = m.words.includes(': ') ? m.words.slice(m.words.indexOf(': ') + 2) : m.words
    say(t('moved', { before: m.before, after: m.after, label: /\p{L}/u.test(m.after) ? '' : label }), { kind: 'moved', detail: why, undo: undoable ? saved.undo : undefined })
  } else if (undoable) {
    say(t('saved'), { kind: 'saved', undo: saved.undo })
  }
  for (const f of [...savedHere]) f(saved)
  studyChanged()
}

// freshen takes in what this tab has not heard of yet.
export async function freshen(): Promise<Session> {
  const s = await get<Session>('/session')
  session.set(s)
  studyChanged()
  return s
}

// savedDrafts hear what was saved.
export const savedDrafts = new Set<(drafts: Draft[]) => void>()

export const savedHere = new Set<(s: Saved) => void>()

// One after the other: what was done last is undone first, however fast the
// key is pressed.
let turning = Promise.resolve()
const turn = (path: '/undo' | '/redo') => (turning = turning.then(() => turned(path)))

async function turned(path: '/undo' | '/redo') {
  const from = path === '/undo' ? done : undone
  const to = path === '/undo' ? undone : done
  const token = from.pop()
  if (!token) {
    say(path === '/undo' ? t('undo.nothing') : t('redo.nothing'))
    return
  }
  try {
    const saved = await send<Saved>('POST', path, { token })
    to.push(saved.undo || token)
    settle(saved, false)
    const what = (saved.words ?? []).map((w) => w.replace(/^(taken back|holds again): /, ''))
    const moves = !session.value?.blind && (saved.moved ?? []).some((m) => m.before !== m.after)
    if (!moves) say(path === '/undo' ? t('undo.done') : t('redo.done'), { detail: what.slice(0, 2).join(' · ') + (what.length > 2 ? ' …' : '') })
  } catch (e) {
    from.push(token)
    fail(e)
  }
}
export const undo = () => turn('/undo')
export const redo = () => turn('/redo')

export function headlineNow(h: Num[] | undefined, version: number) {
  const s = session.value
  if (s && h && version >= s.version) session.set({ ...s, version, headline: h })
}
