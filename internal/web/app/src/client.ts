// How a page talks to the server: reads, and what each answer carries.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { server, t } from './strings'
import type { Session } from './wire'

// What the server wrote into the page for its first showing.
interface First { page?: string; key?: string; session?: Session; content?: unknown }
export const first: First = JSON.parse(document.getElementById('data')?.textContent || '{}')
// takeFirst gives it once.
export function takeFirst<T>(page: string, key: string): T | null {
  if (first.page !== page || first.key !== key || !first.content) return null
  const c = first.content as T
  first.content = undefined
  return c
}

// The tab names itself, so that "my last decision in this tab" has a meaning.
const tab = sessionStorage.getItem('recount.tab') ?? crypto.randomUUID()
sessionStorage.setItem('recount.tab', tab)

export class Refused extends Error {
  constructor(public status: number, message: string, public hint: string, public field: string, public current: unknown) {
    super(message)
  }
}

async function answer(r: Response): Promise<unknown> {
  const kind = r.headers.get('Content-Type') ?? ''
  const body: any = kind.includes('json') ? await r.json().catch(() => null) : null
  if (r.ok) return body
  throw new Refused(r.status, body?.error ? server(body.error) : t('error.status', { status: r.status }), server(body?.hint ?? ''), body?.field ?? '', body?.current)
}

function lost(e: unknown): never {
  if (e instanceof Refused || (e instanceof DOMException && e.name === 'AbortError')) throw e
  throw new Refused(0, t('error.lost'), t('error.lost.hint'), '', null)
}

// The study that this window shows, as long as it is not loaded again: what it
// sends is meant for no other, whatever is opened elsewhere.
let study = first.session?.study.id ?? ''
let leaving = false // it asked for a step that opens another study

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const v = (await fetch('/api/v1' + path, { signal, headers: { Accept: 'application/json' } }).then(answer, lost).catch(lost)) as T
  if (path === '/session') {
    const id = (v as Session).study.id
    study ||= id
    if (leaving && study !== id) location.assign('/')
  }
  return v
}

export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const form = body instanceof FormData
  if (path === '/jobs' && (body as { step?: string } | undefined)?.step === 'example') leaving = true
  const headers: Record<string, string> = { 'X-Recount': study || '1', 'X-Recount-Tab': tab, Accept: 'application/json' }
  if (!form && body !== undefined) headers['Content-Type'] = 'application/json'
  return (await fetch('/api/v1' + path, { method, headers, body: form ? body : body === undefined ? undefined : JSON.stringify(body) })
    .then(answer, lost)
    .catch(lost)) as T
}

// What is sent from here on is meant for whichever study is open, until the page
// is loaded again.
export const elsewhere = () => (study = '')

export interface Data<T> {
  data: T | null
  error: Refused | null
  loading: boolean
  again: () => void
  set: (v: T) => void
}

// useData reads a path and reads it again when the study changed; what is on
// screen stays until the new is there.
export function useData<T>(path: string | null): Data<T> {
  const [state, set] = useState<{ path: string | null; data: T | null; error: Refused | null; loading: boolean }>({ path: null, data: null, error: null, loading: true })
  const turn = useRef(0)
  const stop = useRef<AbortController | null>(null)
  const wait = useRef(0)
  const load = useCallback(
    (quiet: boolean) => {
      stop.current?.abort()
      if (path === null) return
      const mine = ++turn.current
      stop.current = new AbortController()
      if (!quiet) set((s) => ({ path, data: s.path === path ? s.data : null, error: null, loading: true }))
      get<T>(path, stop.current.signal).then(
        (data) => mine === turn.current && set({ path, data, error: null, loading: false }),
        (error) => {
          if (mine !== turn.current || !(error instanceof Refused)) return
          set((s) => ({ path, data: quiet ? s.data : null, error: quiet && s.data ? null : error, loading: false }))
        },
      )
    },
    [path],
  )
  useEffect(() => {
    load(false)
    return () => stop.current?.abort()
  }, [load])
  useEffect(() => {
    const f = () => {
      clearTimeout(wait.current)
      wait.current = setTimeout(() => load(true), 150) as unknown as number
    }
    changed.add(f)
    return () => {
      clearTimeout(wait.current)
      changed.delete(f)
    }
  }, [load])
  // What an answer brought is not read again.
  const given = (data: T) => {
    clearTimeout(wait.current)
    stop.current?.abort()
    turn.current++
    set({ path, data, error: null, loading: false })
  }
  const fits = state.path === path
  return { data: fits ? state.data : null, error: fits ? state.error : null, loading: !fits || state.loading, again: () => load(false), set: given }
}

// changed are called when the study changed, here or elsewhere.
export const changed = new Set<() => void>()
export const studyChanged = () => {
  if (leaving) void get<Session>('/session').catch(() => {})
  for (const f of [...changed]) f()
}
