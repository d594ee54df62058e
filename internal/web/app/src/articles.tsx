// Articles: the table, its filters in the address, and screening.

import { useEffect, useState } from 'preact/hooks'
import { useData } from './client'
import { decide, say } from './decide'
import { Snippet } from './frame'
import { keyOf, useKeys } from './keys'
import { filter, go, place } from './route'
import { useStore } from './store'
import { day, number, t, type Name } from './strings'
import { Ask, Btn, Load, Nothing, Own, Picker } from './ui'
import type { ArticleRow, List } from './wire'

const states = ['all', 'open', 'read', 'screened', 'unscreened'] as const
const fields = ['outlet', 'from', 'to', 'language', 'search', 'flag'] as const

export function pathOf(query: URLSearchParams): string {
  const q = new URLSearchParams()
  for (const f of [...fields, 'state', 'after', 'assigned']) if (query.get(f)) q.set(f, query.get(f)!)
  if (query.get('mode') === 'screen') q.set('lines', '1')
  const s = q.toString()
  return '/articles' + (s ? '?' + s : '')
}

export function ArticlesPage() {
  const { query } = useStore(place)
  const from = useData<List<ArticleRow>>(pathOf(query))
  const screening = query.get('mode') === 'screen'
  return (
    <main id="main" class="wide-page" tabIndex={-1}>
      <div class="page-head">
        <h1>{screening ? t('screen.title') : t('nav.articles')}</h1>
        <Btn onClick={() => filter('mode', screening ? null : 'screen')}>{screening ? t('screen.leave') : t('screen')}</Btn>
      </div>
      <Filters />
      <Load from={from} lines={12}>
        {(d) =>
          d.items.length === 0 ? (
            <Nothing title={t('articles.none')}>
              <p>
                <a href="/articles">{t('filters.clear')}</a> · <a href="/collect">{t('nav.collect')}</a>
              </p>
            </Nothing>
          ) : screening ? (
            <Screening items={d.items} />
          ) : (
            <Table d={d} />
          )
        }
      </Load>
    </main>
  )
}

function Filters() {
  const { query } = useStore(place)
  const set = fields.filter((f) => query.get(f) && f !== 'search')
  const [q, type] = useState(query.get('search') ?? '')
  const [add, adding] = useState<'' | 'which' | (typeof fields)[number]>('')
  useEffect(() => type(query.get('search') ?? ''), [query])
  return (
    <div class="filters" role="group" aria-label={t('filters')}>
      <form
        role="search"
        onSubmit={(e) => {
          e.preventDefault()
          filter('search', q.trim())
        }}
      >
        <input class="line" type="search" aria-label={t('articles.search')} placeholder={t('articles.search')} dir="auto" value={q} onInput={(e) => type(e.currentTarget.value)} />
      </form>
      <span class="chips">
        {states.map((x) => (
          <button key={x} type="button" class="chip" aria-pressed={(query.get('state') ?? 'all') === x} onClick={() => filter('state', x === 'all' ? null : x)}>
            {t(('articles.' + x) as Name)}
          </button>
        ))}
        {set.map((f) => (
          <button key={f} type="button" class="chip set" aria-label={t('filter.drop', { name: t(('filter.' + f) as Name) })} onClick={() => filter(f, null)}>
            {t(('filter.' + f) as Name)}: <Own>{query.get(f)}</Own> ×
          </button>
        ))}
        <button type="button" class="chip" onClick={() => adding('which')}>
          + {t('filter')}
        </button>
      </span>
      {add === 'which' && <Picker title={t('filter')} close={() => adding('')} choices={fields.filter((f) => f !== 'search').map((f) => ({ id: f, label: t(('filter.' + f) as Name), run: () => setTimeout(() => adding(f), 0) }))} />}
      {add !== '' && add !== 'which' && <Ask title={t(('filter.' + add) as Name)} close={() => adding('')} save={(v) => filter(add, v)} value={query.get(add) ?? ''} button={t('filter')} />}
    </div>
  )
}

function Table({ d }: { d: List<ArticleRow> }) {
  const { query } = useStore(place)
  const [picked, pick] = useState<Set<string>>(new Set())
  const [at, move] = useState(0)
  const [ask, question] = useState<'' | 'out' | 'assign'>('')
  const row = d.items[at]
  const focus = (i: number) => {
    const to = Math.max(0, Math.min(d.items.length - 1, i))
    move(to)
    document.getElementById('row' + to)?.focus()
  }
  const turn = (key: string) => {
    const p = new Set(picked)
    if (!p.delete(key)) p.add(key)
    pick(p)
  }
  const keys = () => [...picked]
  const all = (drafts: (k: string) => Record<string, unknown> & { do: string }, group: string) => {
    if (picked.size === 0) return say(t('pick.first'))
    void decide(keys().map(drafts), { group }).then(
      () => pick(new Set()),
      () => {},
    )
  }
  useKeys([
    { id: 'row.next', key: 'j', label: t('key.row.next'), run: () => focus(at + 1), repeat: true },
    { id: 'row.back', key: 'k', label: t('key.row.back'), run: () => focus(at - 1), repeat: true },
    { id: 'row.open', key: 'Enter', label: t('key.row.open'), run: () => row && go('/articles/' + row.key) },
    { id: 'row.pick', key: 'x', label: t('key.row.pick'), run: () => row && turn(row.key) },
  ])
  return (
    <>
      <div class="batch" role="group" aria-label={t('batch')}>
        <span class="quiet">{picked.size > 0 ? t('picked', { n: picked.size }) : t('articles.n', { n: d.total })}</span>
        <Btn kind="quiet" disabled={picked.size === 0} onClick={() => question('out')}>
          {t('screen.out')}
        </Btn>
        <Btn kind="quiet" disabled={picked.size === 0} onClick={() => question('assign')}>
          {t('assign')}
        </Btn>
        <Btn kind="quiet" disabled={picked.size === 0} onClick={() => all((k) => ({ do: 'read', article: k }), t('read.end'))}>
          {t('mark.read')}
        </Btn>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('nav.articles')}>
        <table class="rows stack">
          <thead>
            <tr>
              <th scope="col">
                <span class="hear">{t('pick')}</span>
              </th>
              <th scope="col">{t('filter.outlet')}</th>
              <th scope="col">{t('col.day')}</th>
              <th scope="col">{t('col.title')}</th>
              <th scope="col" class="n">
                {t('col.people')}
              </th>
              <th scope="col" class="n">
                {t('col.statements')}
              </th>
              <th scope="col" class="n">
                {t('col.open')}
              </th>
              <th scope="col">{t('col.state')}</th>
            </tr>
          </thead>
          <tbody>
            {d.items.map((a, i) => (
              <tr key={a.key} class={(i === at ? 'at' : '') + (a.reprint_of ? ' folded' : '')}>
                <td class="pick-cell">
                  <input type="checkbox" aria-label={t('pick.this', { title: a.title })} checked={picked.has(a.key)} onChange={() => turn(a.key)} />
                </td>
                <td>
                  <Own>{a.outlet}</Own>
                </td>
                <td class="nowrap">
                  {day(a.date)}
                  {a.date_doubtful && <span class="warn" title={t('date.doubtful')}> ?</span>}
                </td>
                <td class="main-cell">
                  <a id={'row' + i} href={'/articles/' + encodeURIComponent(a.key)} onFocus={() => move(i)} dir="auto">
                    {a.title || a.key}
                  </a>
                  {a.snippet && <Snippet of={a.snippet} />}
                  {a.care && <small class="warn" title={a.care}>{t('care')}</small>}
                  {a.again > 0 && <small class="warn">{t('again.row', { n: a.again })}</small>}
                  {a.maybe_reprint && <small class="warn">{t('reprint.maybe')}</small>}
                  {a.reprint_of && <small>{t('reprint')}</small>}
                  {a.reprints > 0 && !a.reprint_of && <small>{t('reprints', { n: a.reprints })}</small>}
                </td>
                <td class="n" data-label={t('col.people')}>{a.people ? number(a.people) : ''}</td>
                <td class="n" data-label={t('col.statements')}>{a.statements ? number(a.statements) : ''}</td>
                <td class="n" data-label={t('col.open')}>{a.open ? <b>{number(a.open)}</b> : ''}</td>
                <td>
                  <small>{[a.screened ? t('screened.' + a.screened as Name) : '', a.read ? t('read.done') : '', a.assigned].filter(Boolean).join(' · ')}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="row">
        {query.get('after') && <Btn onClick={() => history.back()}>{t('page.back')}</Btn>}
        {d.next && (
          <Btn
            onClick={() => {
              const q = new URLSearchParams(location.search)
              q.set('after', d.next)
              go('/articles?' + q)
              scrollTo(0, 0)
            }}
          >
            {t('page.more')}
          </Btn>
        )}
      </p>
      {ask === 'out' && <Reasons close={() => question('')} pick={(reason) => all((k) => ({ do: 'screen', article: k, answer: 'no', reason }), t('screen.out'))} />}
      {ask === 'assign' && <Ask title={t('assign.to')} close={() => question('')} save={(to) => all((k) => ({ do: 'assign', article: k, to }), t('assign'))} />}
    </>
  )
}

const reasons = ['topic', 'opinion', 'nobody', 'fiction', 'duplicate', 'period'] as const

function Reasons({ close, pick }: { close: () => void; pick: (reason: string) => void }) {
  return <Picker title={t('screen.why')} close={close} choices={reasons.map((r) => ({ id: r, label: t(('reason.' + r) as Name), run: () => pick(t(('reason.' + r) as Name)) }))} free={{ label: (x) => x, run: pick }} />
}

function Screening({ items }: { items: ArticleRow[] }) {
  const [answered, did] = useState<Set<string>>(new Set())
  const [at, move] = useState(0)
  const [why, ask] = useState(false)
  const open = items.filter((a) => !answered.has(a.key) && !a.screened)
  const list = open.length > 0 ? open : []
  const a = list[Math.min(at, list.length - 1)]
  const answer = (x: 'yes' | 'no' | 'unclear', reason = '') => {
    if (!a) return
    did((s) => new Set([...s, a.key]))
    decide([{ do: 'screen', article: a.key, answer: x, reason }]).catch(() => did((s) => new Set([...s].filter((k) => k !== a.key))))
  }
  useKeys([
    { id: 'screen.yes', key: 'y', label: t('screen.in'), run: () => answer('yes') },
    { id: 'screen.no', key: 'n', label: t('screen.out'), run: () => a && ask(true) },
    { id: 'screen.maybe', key: 'm', label: t('screen.maybe'), run: () => answer('unclear') },
    { id: 'row.next', key: 'j', label: t('key.row.next'), run: () => move((n) => Math.min(n + 1, list.length - 1)), repeat: true },
    { id: 'row.back', key: 'k', label: t('key.row.back'), run: () => move((n) => Math.max(n - 1, 0)), repeat: true },
    { id: 'row.open', key: 'Enter', label: t('key.row.open'), run: () => a && go('/articles/' + a.key) },
  ])
  if (!a) return <Nothing title={t('screen.done')} />
  return (
    <section class="screening" aria-live="polite">
      <p class="dateline">
        <Own>{a.outlet}</Own> <span>{day(a.date)}</span> <span>{t('left.to.screen', { n: list.length })}</span>
      </p>
      <h2 class="serif" dir="auto">
        <a href={'/articles/' + encodeURIComponent(a.key)}>{a.title}</a>
      </h2>
      {a.first_lines && (
        <p class="serif" dir="auto">
          {a.first_lines}
        </p>
      )}
      {a.guess && (
        <p class="quiet" dir="auto">
          {t('screen.guess')} {a.guess}
        </p>
      )}
      <p class="deck-main">
        <Btn kind="equal" k={keyOf({ id: 'screen.yes', key: 'y' })} onClick={() => answer('yes')}>
          {t('screen.in')}
        </Btn>
        <Btn kind="equal" k={keyOf({ id: 'screen.no', key: 'n' })} onClick={() => ask(true)}>
          {t('screen.out')}
        </Btn>
        <Btn kind="equal" k={keyOf({ id: 'screen.maybe', key: 'm' })} onClick={() => answer('unclear')}>
          {t('screen.maybe')}
        </Btn>
      </p>
      {why && <Reasons close={() => ask(false)} pick={(r) => answer('no', r)} />}
    </section>
  )
}
