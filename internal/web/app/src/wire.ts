// The wire model: what the server sends and takes (docs/api.md). Spans are
// half-open ranges of CODE POINTS; text.ts is the only place that turns them
// into positions of the browser.

export type Span = [number, number]
export type Answer = 'yes' | 'no' | 'unclear'

export interface Num { name: string; label: string; one?: string; value: number; of: number | null; low: number; high: number; open: number; text: string; href: string; says?: Record<string, string> }
export interface Code { id: string; label: string; parent: string; definition: string; count: number; pinned: boolean; use_when?: string; do_not_use_when?: string; example?: string; brief?: string }
export interface Variable { name: string; label: string; values: string[]; type: string }
export interface Session {
  study: { id: string; title: string; question: string; folder: string }
  actor: string
  actors: string[]
  language: string
  version: number
  round: string
  blind: boolean
  headline: Num[]
  criteria: { name: string; label: string }[]
  variables: Variable[]
  codes: Code[]
  queues: { open: number }
  may: string[]
}

export interface Job { id: string; label: string; done: number; of: number; rate: number; left_seconds: number; state: string; error: string; words?: string; href?: string; quiet?: boolean; lines?: JobSays[] }
export interface JobSays { text: string; hint?: string; kind: 'said' | 'note' | 'wrong' | 'under' }
export interface Queue { id: string; label: string; left: number; detail: string; most: number; minutes: number; href: string; key: string }
export interface NextPage {
  queues: Queue[]
  flow: { label: string; count: number; depth: number; href: string }[]
  months: { month: string; count: number }[]
  since: { when: string; by: { actor: string; count: number }[]; people: number; pages: number } | null
  jobs: Job[]
  empty: boolean
}

export interface List<T> { items: T[]; next: string; total: number }

export interface ArticleRow {
  key: string; outlet: string; date: string; date_doubtful: boolean; title: string; byline: string; language: string
  people: number; speakers: number; statements: number; open: number; screened: string; reprint_of: string; reprints: number
  words: number; read: boolean; assigned: string; care: string; maybe_reprint: boolean; again: number; snippet?: Piece[]; first_lines?: string; guess?: string
}
export interface Piece { text: string; hit: boolean }
export interface Block { span: Span; kind: string; aside: string }
export interface Same { key: string; name: string; outlet: string; date: string; p: number; state: string; article?: string }
// Who answered what, and when.
export interface Given { actor: string; time: string; kind: string; subject?: string; answer: string; round?: string }
export interface Statement {
  key: string; spans: Span[]; old: string; words: string; type: string; mode: string; state: string; p: number; why: string
  codes: { id: string; state: string; by: string }[]
  suggested: { code: string; words: string[] }[]
  aside: boolean; typed: boolean; given: Given[]
}
export interface Value { variable: string; value: string; span: Span | null; sentence: string; p: number; state: string; given: Given[] }
export interface Speaker {
  key: string; name: string; kind: string; gender: string; class: string; described: string; spans: Span[]
  scope: string; criteria: Record<string, string>; typed: boolean; silent: boolean; person: { id: string; name: string } | null
  same: Same[]; statements: Statement[]; values: Value[]; open: number; conflicts: { actor: string; answer: string }[]; given: Given[]
}
export interface Figure { key: string; span: Span; words: string; value: string; quantity: string; said_by: string; check: string; of: string }
export interface Memo { id: string; on: { span?: Span; speaker?: string; statement?: string }; text: string; actor: string; time: string }
export interface OpenItem { item: 'speaker' | 'statement' | 'value' | 'code'; key: string; speaker: string }
export interface Article {
  row: ArticleRow; text: string; blocks: Block[]; speakers: Speaker[]; figures: Figure[]; memos: Memo[]
  previous: string; next_key: string; position: number; of: number; version: number
  tabs: { dates: number; origins: number; versions: number; figures: number; history: number }
  queue: OpenItem[]
}

export interface Draft { do: string; [field: string]: unknown }
export interface Standing { value: number; of: number | null; low: number; high: number }
export interface Moved { name: string; label: string; one?: string; before: Standing; after: Standing }
export interface Saved {
  words?: string[]
  did: string[]
  version: number; saved: string[]
  changed: { articles: string[]; speakers: string[]; people: string[]; pairs: string[] }
  articles: Record<string, Article>
  headline: Num[]
  moved: Moved[]
  undo: string
}
