// History: every decision in words, with filters; one or many undone.

import { useState } from 'preact/hooks'
import { send, useData } from './client'
import { fail, settle } from './decide'
import { Download, may, TakeBack } from './exchange'
import { go, place } from './route'
import { useStore } from './store'
import { has, moment, t, type Name } from './strings'
import { Ask, Btn, Load, Nothing, Own, Picker } from './ui'
import type { List, Saved } from './wire'

export interface HistoryItem { id: string; time: string; actor: string; kind: string; label?: string; words: string; article: string; title?: string; person: string; live: boolean; group: string; members?: number; undoable: boolean }

export function HistoryRows({ items, picked, turn }: { items: HistoryItem[]; picked?: Set<string>; turn?: (id: string) => void }) {
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
            {all.length > 1 && <small dir="auto">{all.slice(0, -1).map((x) => x.words).join(' · ')}</small>}
            <small dir="auto">
              <Own>{h.actor}</Own> · <time dateTime={h.time}>{moment(h.time)}</time>
              {h.label || h.kind ? ' · ' + (has('decision.' + h.label) ? t(('decision.' + h.label) as Name) : h.label || h.kind) : ''}
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

export function HistoryPage() {
  const { query } = useStore(place)
  const q = new URLSearchParams()
  for (const f of [...fields, 'after']) if (query.get(f)) q.set(f, query.get(f)!)
  const from = useData<List<HistoryItem>>('/history' + (q.toString() ? '?' + q : ''))
  const [picked, pick] = useState<Set<string>>(new Set())
  const [ask, question] = useState<string>('')
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
    send<Saved>('POST', '/retract', { ids: [...picked] }).then((s) => {
      pick(new Set())
      settle(s, true)
    }, fail)
  }
  return (
    <main id="main" class="page" tabIndex={-1}>
      <div class="page-head">
        <h1>{t('nav.history')}</h1>
        <Btn disabled={picked.size === 0} onClick={undoPicked}>
          {picked.size > 0 ? t('history.undo', { n: picked.size }) : t('history.undo.none')}
        </Btn>
        <Download href="/answers">{t('exchange.export')}</Download>
        {may('set_up') && <TakeBack label={t('exchange.import')} />}
      </div>
      <div class="filters">
        <span class="chips" role="group" aria-label={t('filters')}>
          {fields.map((f) =>
            query.get(f) ? (
              <button key={f} type="button" class="chip set" onClick={() => set(f, null)} aria-label={t('filter.drop', { name: t(('history.by.' + f) as Name) })}>
                {t(('history.by.' + f) as Name)}: <Own>{query.get(f)}</Own> ×
              </button>
            ) : null,
          )}
          <button type="button" class="chip" onClick={() => question('which')}>
            + {t('filter')}
          </button>
        </span>
      </div>
      <Load from={from}>
        {(d) =>
          d.items.length === 0 ? (
            <Nothing title={t('history.none')} />
          ) : (
            <>
              <HistoryRows items={d.items} picked={picked} turn={turn} />
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
      {ask && ask !== 'which' && <Ask title={t(('history.by.' + ask) as Name)} close={() => question('')} save={(v) => set(ask, v)} button={t('filter')} />}
    </main>
  )
}
