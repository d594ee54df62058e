// Below the text: the archived page, dates and byline, where each sentence
// comes from, versions, figures and history. All of it inert text.

import { useLayoutEffect } from 'preact/hooks'
import { useData } from '../client'
import { day, has, moment, number, t, type Name } from '../strings'
import { Load, Nothing, Own } from '../ui'
import type { ArticleRow, Figure, Span } from '../wire'
import { HistoryRows, type HistoryItem } from '../history'

export const tabNames = ['source', 'dates', 'origins', 'versions', 'figures', 'history'] as const
export type Tab = (typeof tabNames)[number]

interface Candidate { value: string; origin: string; words: string; chosen: boolean }
export interface Piece { text: string; op: 'same' | 'in' | 'out' }

export const Diff = ({ of }: { of: Piece[] }) => (
  <span class="diff" dir="auto">
    {of.map((p, i) => (p.op === 'in' ? <ins key={i}>{p.text}</ins> : p.op === 'out' ? <del key={i}>{p.text}</del> : p.text))}
  </span>
)

export function Details({ id, tab, goTo, asked }: { id: string; tab: Tab; goTo: (s: Span) => void; asked: boolean }) {
  const from = useData<any>('/articles/' + encodeURIComponent(id) + '/' + tab)
  const there = !!from.data || !!from.error
  // What somebody opened comes into the window, as much of it as fits. Lines above
  // it are laid out only as they come into sight and may push it away again: until
  // somebody moves on, it is brought back.
  useLayoutEffect(() => {
    const panel = document.getElementById('details-panel')
    if (!asked || !there || !panel) return
    const show = () => panel.scrollIntoView({ block: 'nearest' })
    const grown = new ResizeObserver(show)
    const moves = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
    const end = () => {
      grown.disconnect()
      for (const m of moves) removeEventListener(m, end, true)
    }
    show()
    grown.observe(document.body)
    for (const m of moves) addEventListener(m, end, { capture: true, passive: true })
    return end
  }, [asked, there])
  return <Load from={from}>{(d) => inside(id, tab, d, goTo)}</Load>
}

function inside(id: string, tab: Tab, d: any, goTo: (s: Span) => void) {
  switch (tab) {
    case 'source':
      return (
        <>
          <dl class="facts">
            {(['uri', 'file', 'part', 'hash', 'captured', 'media', 'size'] as const).map((f) =>
              d[f] ? (
                <div key={f}>
                  <dt>{t(('source.' + f) as Name)}</dt>
                  <dd class={f === 'hash' ? 'mono' : ''}>
                    <Own>{f === 'captured' ? moment(d[f]) : f === 'size' ? t('bytes', { n: Number(d[f]) }) : String(d[f])}</Own>
                  </dd>
                </div>
              ) : null,
            )}
          </dl>
          <div class="two">
            <section>
              <h3>{t('source.visible')}</h3>
              <pre class="page" tabIndex={0} dir="auto">
                {d.visible ?? ''}
              </pre>
            </section>
            <section>
              <h3>{t('source.bytes')}</h3>
              <pre class="page mono" tabIndex={0} dir="ltr">
                {d.bytes ?? ''}
              </pre>
            </section>
          </div>
        </>
      )
    case 'dates':
      return (
        <div class="two">
          {(['dates', 'bylines', 'outlets', 'titles'] as const).map((f) => {
            const list = (d[f] ?? []) as Candidate[]
            return list.length === 0 ? null : (
              <section key={f}>
                <h3>{t(('dates.' + f) as Name)}</h3>
                <ul class="plain lines">
                  {list.map((c, i) => (
                    <li key={i} class={c.chosen ? 'chosen' : ''}>
                      <b dir="auto">{f === 'dates' ? day(c.value) : c.value}</b> {c.chosen && <span class="tag">{t('dates.chosen')}</span>}
                      <small dir="auto">{[c.origin, c.words].filter(Boolean).join(' · ')}</small>
                    </li>
                  ))}
                </ul>
              </section>
            )
          })}
        </div>
      )
    case 'origins': {
      const list = (d.sentences ?? []) as { span: Span; words: string; from: ArticleRow | null; words_there: string; diff: Piece[]; notes: string[] }[]
      if (list.length === 0) return <Nothing title={t('origins.none')} />
      return (
        <ol class="plain lines">
          {list.map((s, i) => (
            <li key={i} class={s.from ? '' : 'own'}>
              <button type="button" class="sentence serif" dir="auto" onClick={() => goTo(s.span)}>
                {s.diff && s.diff.length > 0 ? <Diff of={s.diff} /> : s.words}
              </button>
              <small dir="auto">
                {s.from ? (
                  <>
                    {t('origins.from')} <a href={'/articles/' + s.from.key}>{[s.from.outlet, day(s.from.date)].filter(Boolean).join(', ')}</a>
                  </>
                ) : (
                  t('origins.own')
                )}
                {(s.notes ?? []).length > 0 && <b> · {s.notes.join(' · ')}</b>}
              </small>
            </li>
          ))}
        </ol>
      )
    }
    case 'versions': {
      const list = (d.items ?? []) as { capture: string; captured: string; hash: string; chosen: boolean; words: number; diff: Piece[] }[]
      if (list.length < 2) return <Nothing title={t('versions.one')} />
      return (
        <ol class="plain lines">
          {list.map((v) => (
            <li key={v.capture + v.captured}>
              <b>{moment(v.captured)}</b> {v.chosen && <span class="tag">{t('versions.chosen')}</span>} <small>{t('words', { n: v.words ?? 0 })}</small>
              {v.diff && v.diff.length > 0 && (
                <p class="serif">
                  <Diff of={v.diff} />
                </p>
              )}
            </li>
          ))}
        </ol>
      )
    }
    case 'figures': {
      const list = (d.items ?? []) as Figure[]
      if (list.length === 0) return <Nothing title={t('figures.none')} />
      return (
        <ul class="plain lines">
          {list.map((f) => (
            <li key={f.key}>
              <button type="button" class="sentence serif" dir="auto" onClick={() => f.span && goTo(f.span)}>
                {f.words}
              </button>{' '}
              <b dir="auto">{f.value}</b>
              <small dir="auto">{[f.quantity, f.said_by ? t('said.by', { name: f.said_by }) : '', f.check].filter(Boolean).join(' · ')}</small>
            </li>
          ))}
        </ul>
      )
    }
    case 'history':
      return (
        <>
          <HistoryRows items={(d.items ?? []) as HistoryItem[]} />
          {(d.items ?? []).length > 0 && <a href={'/history?article=' + encodeURIComponent(id)}>{t('history.all')}</a>}
        </>
      )
  }
}

export const tabLabel = (x: Tab) => (has('tab.' + x) ? t(('tab.' + x) as Name) : x)
export const countText = (n: number | undefined) => (n ? number(n) : '')
