// History: every decision in words, with filters; one or many undone; and how
// the first number of the headline went.

import { useRef, useState } from 'preact/hooks'
import { get, useData } from './client'
import { fail, session, withdraw } from './decide'
import { Download, may, TakeBack } from './exchange'
import { go, place } from './route'
import { useStore } from './store'
import { day, has, moment, number, t, type Name } from './strings'
import { Btn, Load, Nothing, Own, Picker, type Choice } from './ui'
import type { List } from './wire'

export interface HistoryItem { id: string; time: string; actor: string; kind: string; label?: string; words: string; about?: string; article: string; title?: string; person: string; live: boolean; group: string; members?: number; undoable: boolean }

interface Count { name: string; label: string; decisions: number }
interface HistoryList extends List<HistoryItem> { kinds: Count[]; actors: Count[]; days: Count[]; article: string; person: string }
interface Found { people: { id: string; name: string; articles?: number }[]; articles: { key: string; title: string; outlet: string; date: string }[] }

interface Point { time: string; value: number; low: number; high: number }
interface Move { before: number; after: number; low_before: number; high_before: number; low_after: number; high_after: number }
interface Line { label: string; points: Point[]; moved: Record<string, Move>; counting: boolean }

// What the first number was before a decision and after it.
function Moved({ m }: { m?: Move }) {
  if (!m) return null
  const n = (v: number, low: number, high: number) => number(v) + (low === high ? '' : ' (' + t('range', { low, high }) + ')')
  return (
    <b class="moved-by">
      <bdi>{m.before !== m.after ? number(m.before) + ' → ' + number(m.after) : n(m.before, m.low_before, m.high_before) + ' → ' + n(m.after, m.low_after, m.high_after)}</bdi>
    </b>
  )
}

// The first number of the headline from decision to decision, as steps; behind
// them its range.
function HeadlineLine({ line }: { line: Line | null }) {
  const ps = line?.points ?? []
  const most = Math.max(1, ...ps.map((p) => Math.max(p.high, p.value)))
  const wide = 1000
  const high = 120
  const x = (i: number) => (ps.length < 2 ? 0 : (i * wide) / (ps.length - 1))
  const y = (v: number) => high - 4 - (v * (high - 8)) / most
  const steps = (of: (p: Point) => number) => ps.map((p, i) => (i === 0 ? '' : `H${x(i)}`) + (i === 0 ? `M0 ${y(of(p))}` : `V${y(of(p))}`)).join('')
  const back = [...ps.keys()].reverse().map((i) => `V${y(Math.min(ps[i].low, ps[i].value))}` + (i > 0 ? `H${x(i)}` : '')).join('')
  const last = ps[ps.length - 1]
  return (
    <figure class="headline-line">
      <figcaption dir="auto">
        {ps.length === 0 ? t(line && !line.counting ? 'history.line.none' : 'history.line.counting') : t('history.line', { label: line!.label, from: ps[0].value, to: last.value })}
        {line?.counting && ps.length > 0 && ' ' + t('history.line.counting')}
      </figcaption>
      {ps.length > 1 && (
        <svg viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none" role="img" aria-label={t('history.line', { label: line!.label, from: ps[0].value, to: last.value })}>
          <path class="band" d={steps((p) => Math.max(p.high, p.value)) + back + 'Z'} />
          <path class="steps" d={steps((p) => p.value)} />
        </svg>
      )}
      {ps.length > 1 && (
        <p class="quiet bars-ends">
          <span>{day(ps[0].time.slice(0, 10))}</span>
          <span>{day(last.time.slice(0, 10))}</span>
        </p>
      )}
    </figure>
  )
}

export function HistoryRows({ items, picked, turn, moved }: { items: HistoryItem[]; picked?: Set<string>; turn?: (id: string) => void; moved?: Record<string, Move> }) {
  if (items.length === 0) return <p class="quiet">{t('history.none')}</p>
  // The answers of one decision stand in one line.
  const lines: HistoryItem[][] = []
  for (const h of items) {
    const last = lines[lines.length - 1]
    if (last && h.group && last[0].group === h.group && last[0].live === h.live) last.push(h)
    else lines.push([h])
  }
  return (
    <ol class="plain lines history">
      {lines.map((all) => {
        const h = all[all.length - 1]
        return (
        <li key={h.id} class={h.live ? '' : 'gone'}>
          {turn && <input type="checkbox" aria-label={t('pick.this', { title: h.words })} disabled={!h.undoable} checked={picked!.has(h.id)} onChange={() => all.forEach((x) => turn(x.id))} />}
          <span>
            <span dir="auto">{h.words}</span>
            {moved && <Moved m={all.map((y) => moved[y.id]).find((m) => !!m)} />}
            {all.length > 1 && <small dir="auto">{all.slice(0, -1).map((x) => x.words).join(' · ')}</small>}
            <small dir="auto">
              <Own>{h.actor}</Own> · <time dateTime={h.time}>{moment(h.time)}</time>
              {h.label || h.kind ? ' · ' + (has('decision.' + h.label) ? t(('decision.' + h.label) as Name) : h.label || h.kind) : ''}
              {h.about && (
                <>
                  {' · '}
                  <Own>{h.about}</Own>
                </>
              )}
              {h.members && h.members > all.length ? ' · ' + t('history.members', { n: h.members }) : ''}
              {!h.live ? ' · ' + t('history.gone') : ''}
              {h.article && (
                <>
                  {' · '}
                  <a href={'/articles/' + encodeURIComponent(h.article)}><Own>{h.title || t('history.article')}</Own></a>
                </>
              )}
              {h.person && (
                <>
                  {' · '}
                  <a href={'/people/' + encodeURIComponent(h.person)}>{t('history.person')}</a>
                </>
              )}
            </small>
          </span>
        </li>
        )
      })}
    </ol>
  )
}

const fields = ['actor', 'kind', 'day', 'article', 'person'] as const
type Field = (typeof fields)[number]

const kindLabel = (c: Count) => (has('decision.' + c.label) ? t(('decision.' + c.label) as Name) : c.label || c.name)

// What a filter is set to, as a person would say it.
function setTo(field: Field, value: string, list: HistoryList | null) {
  if (field === 'kind') {
    const c = list?.kinds.find((x) => x.name === value)
    return c ? kindLabel(c) : value
  }
  if (field === 'day') return day(value)
  if (field === 'article') return list?.article || value
  if (field === 'person') return list?.person || value
  return value
}

// Chooses what a filter is set to: of what the log holds, or by a search.
function FilterBy({ field, list, close, set }: { field: Field; list: HistoryList; close: () => void; set: (v: string) => void }) {
  const [found, find] = useState<Choice[]>([])
  const asked = useRef(0) // an older search must not come after a newer one
  const title = t(('history.by.' + field) as Name)
  const counted = (c: Count, label: string): Choice => ({ id: c.name, label, detail: t('history.decisions', { n: c.decisions }), run: () => set(c.name) })
  if (field === 'actor') return <Picker title={title} close={close} choices={list.actors.map((c) => counted(c, c.name))} />
  if (field === 'kind') return <Picker title={title} close={close} choices={list.kinds.map((c) => counted(c, kindLabel(c)))} />
  if (field === 'day') return <Picker title={title} close={close} digits={false} choices={list.days.map((c) => ({ ...counted(c, day(c.name)), find: c.name }))} />
  const search = (typed: string) => {
    const mine = ++asked.current
    if (typed.trim().length < 2) return find([])
    get<Found>('/search?q=' + encodeURIComponent(typed)).then(
      (f) =>
        mine === asked.current &&
        find(
          field === 'person'
            ? (f.people ?? []).map((p) => ({ id: p.id, label: p.name, found: true, run: () => set(p.id) }))
            : (f.articles ?? []).map((a) => ({ id: a.key, label: a.title, detail: a.outlet + ' · ' + a.date, found: true, run: () => set(a.key) })),
        ),
      () => {},
    )
  }
  return <Picker title={title} close={close} digits={false} placeholder={t(field === 'person' ? 'history.search.person' : 'history.search.article')} search={search} choices={found} />
}

export function HistoryPage() {
  const { query } = useStore(place)
  const q = new URLSearchParams()
  for (const f of [...fields, 'after']) if (query.get(f)) q.set(f, query.get(f)!)
  const from = useData<HistoryList>('/history' + (q.toString() ? '?' + q : ''))
  const line = useData<Line>('/history/line')
  const blind = useStore(session)?.blind
  const [picked, pick] = useState<Set<string>>(new Set())
  const [ask, question] = useState<'' | 'which' | Field>('')
  const turn = (id: string) =>
    pick((p) => {
      const x = new Set(p)
      if (!x.delete(id)) x.add(id)
      return x
    })
  const set = (f: string, v: string | null) => {
    const u = new URLSearchParams(location.search)
    if (v) u.set(f, v)
    else u.delete(f)
    u.delete('after')
    go('/history' + (u.toString() ? '?' + u : ''))
  }
  const undoPicked = () => {
    withdraw([...picked]).then(() => pick(new Set()), fail)
  }
  return (
    <main id="main" class="page" tabIndex={-1}>
      <div class="page-head">
        <h1>{t('nav.history')}</h1>
        <Btn disabled={picked.size === 0} onClick={undoPicked}>
          {picked.size > 0 ? t('history.undo', { n: picked.size }) : t('history.undo.none')}
        </Btn>
        <Download href="/answers">{t('exchange.export')}</Download>
        {may('lead') && <TakeBack label={t('exchange.import')} />}
      </div>
      <div class="filters">
        <span class="chips" role="group" aria-label={t('filters')}>
          {fields.map((f) =>
            query.get(f) ? (
              <button key={f} type="button" class="chip set" onClick={() => set(f, null)} aria-label={t('filter.drop', { name: t(('history.by.' + f) as Name) })}>
                {t(('history.by.' + f) as Name)}: <Own>{setTo(f, query.get(f)!, from.data)}</Own> ×
              </button>
            ) : null,
          )}
          <button type="button" class="chip" onClick={() => question('which')}>
            + {t('filter')}
          </button>
        </span>
      </div>
      {!blind && <HeadlineLine line={line.data} />}
      <Load from={from}>
        {(d) =>
          d.items.length === 0 ? (
            <Nothing title={t('history.none')} />
          ) : (
            <>
              <HistoryRows items={d.items} picked={picked} turn={turn} moved={line.data?.moved ?? {}} />
              {d.next && (
                <Btn
                  onClick={() => {
                    const u = new URLSearchParams(location.search)
                    u.set('after', d.next)
                    go('/history?' + u)
                    scrollTo(0, 0)
                  }}
                >
                  {t('page.more')}
                </Btn>
              )}
            </>
          )
        }
      </Load>
      {ask === 'which' && <Picker title={t('filter')} close={() => question('')} choices={fields.map((f) => ({ id: f, label: t(('history.by.' + f) as Name), run: () => setTimeout(() => question(f), 0) }))} />}
      {ask && ask !== 'which' && from.data && <FilterBy field={ask} list={from.data} close={() => question('')} set={(v) => set(ask, v)} />}
    </main>
  )
}
