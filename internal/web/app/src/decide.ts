// Decisions go to the server one after the other, each bound to the item and
// the version that its key was pressed on. What is on screen changes when the
// server has acknowledged. After a failure, keys typed ahead are dropped and
// said to be.

import { get, Refused, send, studyChanged } from './client'
import { Store } from './store'
import { jobs } from './jobs'
import { apart, nounOf, number, server, t } from './strings'
import type { Draft, Moved, Num, Saved, Session, Standing } from './wire'

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
      settle(saved, true, w.group)
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
// undone like any answer. What was done has a name on screen, or the server
// says it.
export function take(saved: Saved, what?: string) {
  done.push(saved.undo)
  undone.clear()
  settle(saved, true, what)
}

// What steps of this tab were called, by the tokens that undo them.
const called = new Map<string, string>()

// whatWasDone says it in words: several records may be one step of a person.
function whatWasDone(saved: Saved): string {
  const [first, ...more] = saved.did
  return called.get(saved.undo) ?? (first ?? '') + (more.length > 0 ? ' ' + t('more', { n: more.length }) : '')
}

const valueOf = (s: Standing) => (s.of === null ? number(s.value) : t('of', { n: s.value, of: s.of }))
const rangeOf = (s: Standing) => valueOf(s) + ' (' + t('range', { low: s.low, high: s.high }) + ')'

// movedWords says how the headline moved: the first two numbers, and how many
// more did.
function movedWords(all: Moved[]): string {
  const most = 2
  const each = all.slice(0, most).map((m) => {
    const as = valueOf(m.before) === valueOf(m.after) ? rangeOf : valueOf
    return t('moved', { before: as(m.before), after: as(m.after), label: apart(nounOf(m.after, m.label, m.one)) })
  })
  return each.join(' · ') + (all.length > most ? ' ' + t('more', { n: all.length - most }) : '')
}

// settle takes in what an answer of the server says about the whole study, and
// says what was done and how the numbers moved.
export function settle(saved: Saved, undoable: boolean, what?: string) {
  const s = session.value
  if (s) session.set({ ...s, version: saved.version, headline: saved.headline ?? s.headline })
  if (what && undoable) called.set(saved.undo, what)
  const moved = s?.blind ? [] : (saved.moved ?? [])
  const more = { detail: what ?? whatWasDone(saved), undo: undoable ? saved.undo : undefined }
  if (moved.length > 0) say(movedWords(moved), { kind: 'moved', ...more })
  else if (undoable) say(t('saved'), { kind: 'saved', ...more })
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

// A step that took answers back is undone by taking the retractions back.
const retractions = 'retractions:'

// withdraw takes answers back by their ids, as one step.
export async function withdraw(ids: string[]): Promise<Saved> {
  const saved = await send<Saved>('POST', '/retract', { ids })
  done.push(retractions + saved.saved.join())
  undone.clear()
  settle(saved, true, t('undo.done') + ': ' + whatWasDone(saved))
  return saved
}

async function turned(path: '/undo' | '/redo') {
  const from = path === '/undo' ? done : undone
  const to = path === '/undo' ? undone : done
  const token = from.pop()
  if (!token) {
    say(path === '/undo' ? t('undo.nothing') : t('redo.nothing'))
    return
  }
  const ids = token.startsWith(retractions) ? token.slice(retractions.length).split(',') : null
  try {
    const saved = ids ? await send<Saved>('POST', '/retract', { ids }) : await send<Saved>('POST', path, { token })
    to.push(ids ? retractions + saved.saved.join() : saved.undo || token)
    const was = whatWasDone(saved)
    const name = (path === '/undo') === !ids ? t('undo.done') : t('redo.done')
    settle(saved, false, name + ': ' + was)
    if (session.value?.blind || (saved.moved ?? []).length === 0) say(name, { detail: was })
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
