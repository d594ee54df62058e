// People: speakers to triage, in groups, and the people who are counted.

import { useEffect, useMemo, useState } from 'preact/hooks'
import { useData } from './client'
import { decide, Dropped, session } from './decide'
import { keyOf, useKeys } from './keys'
import { codeShort, traits, variableLabel, word } from './reading/panel'
import { filter, go, place } from './route'
import { useStore } from './store'
import { day, has, number, t, type Name } from './strings'
import { Btn, Key, Load, Nothing, Own, Picker, Tabs } from './ui'
import type { ArticleRow, Answer, List, Speaker } from './wire'

type Triaged = Speaker & { row: ArticleRow }
interface Triage extends List<Triaged> { groups: { class: string; label: string; count: number; open: number }[] }
interface Row { id: string; name: string; scope: string; counted: boolean; articles: number; originals: number; statements: number; gender: string; values: Record<string, string>; codes: string[]; open: number; first_reported: string }

export function PeoplePage() {
  const { query } = useStore(place)
  const tab = query.get('list') === 'people' ? 'people' : 'triage'
  return (
    <main id="main" class="wide-page" tabIndex={-1}>
      <h1>{t('nav.people')}</h1>
      <Tabs
        label={t('nav.people')}
        panel="people-panel"
        at={tab}
        go={(x) => filter('list', x === 'people' ? 'people' : null)}
        tabs={[
          { id: 'triage', label: t('triage') },
          { id: 'people', label: t('people.counted') },
        ]}
      />
      <div role="tabpanel" id="people-panel" aria-labelledby={'people-panel-' + tab} tabIndex={-1}>
        {tab === 'people' ? <Counted /> : <Speakers />}
      </div>
    </main>
  )
}

// Whose story an article tells speaks often in it: of those who may count, they
// are a group of their own.
const mayCount = 'may be a case'
const much = '+'
const groupOf = (x: Triaged) => x.class + (x.class === mayCount && x.statements.length > 2 ? much : '')
const labelOf = (group: string) => {
  const c = group.replace(much, '')
  return classLabel(c, c) + (c === mayCount ? ' · ' + t(group === c ? 'class.little' : 'class.much') : '')
}

const classLabel = (c: string, label: string) => (has('class.' + c) ? t(('class.' + c) as Name) : label || c)

function Speakers() {
  const { query } = useStore(place)
  const cls = query.get('class') ?? ''
  const scope = query.get('scope') ?? 'open'
  const from = useData<Triage>('/speakers?scope=' + scope + (cls ? '&class=' + encodeURIComponent(cls) : '') + (query.get('after') ? '&after=' + query.get('after') : ''))
  return (
    <>
      <div class="filters">
        <span class="chips" role="group" aria-label={t('triage.state')}>
          {(['open', 'yes', 'no', 'unclear'] as const).map((x) => (
            <button key={x} type="button" class="chip" aria-pressed={scope === x} onClick={() => filter('scope', x === 'open' ? null : x)}>
              {word('scope.', x)}
            </button>
          ))}
        </span>
        {from.data && (
          <span class="chips" role="group" aria-label={t('triage.class')}>
            <button type="button" class="chip" aria-pressed={!cls} onClick={() => filter('class', null)}>
              {t('all')}
            </button>
            {from.data.groups.map((g) => (
              <button key={g.class} type="button" class="chip" aria-pressed={cls === g.class} onClick={() => filter('class', g.class)}>
                <Own>{classLabel(g.class, g.label)}</Own> <b>{number(scope === 'open' ? g.open : g.count)}</b>
              </button>
            ))}
          </span>
        )}
      </div>
      <Load from={from}>{(d) => <Groups d={d} />}</Load>
    </>
  )
}

function Groups({ d }: { d: Triage }) {
  const s = useStore(session)!
  const [at, move] = useState<string | null>(null) // the first line, as they are ordered below
  const [out, leave] = useState<Set<string>>(new Set()) // taken out of the group by hand
  const [sent, send] = useState<Set<string>>(new Set())
  const [ask, question] = useState<null | { keys: string[]; group?: string }>(null)
  const groups = useMemo(() => {
    const by = new Map<string, Triaged[]>()
    for (const i of d.items) by.set(groupOf(i), [...(by.get(groupOf(i)) ?? []), i])
    // As the server orders the groups, however their first open speakers change.
    const at = (c: string) => (d.groups.findIndex((g) => g.class === c.replace(much, '')) + 1 || d.groups.length + 1) - (c.endsWith(much) ? 0.5 : 0)
    for (const g of by.values()) g.sort((a, b) => b.statements.length - a.statements.length)
    return [...by].sort(([a], [b]) => at(a) - at(b))
  }, [d.items, d.groups])
  const order = groups.flatMap(([, g]) => g)
  const i = order.findIndex((x) => x.key === at)
  const now = order[i]
  useEffect(() => {
    if (!now && order.length > 0) move(order[0].key)
  }, [d.items])
  const focus = (key: string | undefined) => {
    if (!key) return
    move(key)
    requestAnimationFrame(() => {
      const el = document.getElementById('sp' + key)
      el?.focus({ preventScroll: true })
      el?.scrollIntoView({ block: 'nearest' })
    })
  }
  const drafts = (keys: string[], answer: Answer, criteria?: Record<string, string>) => keys.map((speaker) => ({ do: 'scope', speaker, answer, ...(criteria ? { criteria } : {}) }))
  const answer = (keys: string[], to: Answer, criteria?: Record<string, string>, group?: string) => {
    send((x) => new Set([...x, ...keys]))
    if (group) leave(new Set()) // who was left out is the group now
    const next = order.slice(i + 1).find((x) => !keys.includes(x.key) && !sent.has(x.key)) ?? order.find((x) => !keys.includes(x.key) && !sent.has(x.key))
    focus(next?.key)
    decide(drafts(keys, to, criteria), group ? { group: group + ' (' + number(keys.length) + '): ' + word('scope.', to) } : {}).then(
      () => send((x) => new Set([...x].filter((k) => !keys.includes(k)))),
      (e) => {
        send((x) => new Set([...x].filter((k) => !keys.includes(k))))
        if (!(e instanceof Dropped)) focus(keys[0])
      },
    )
  }
  const all = (yes: string) => Object.fromEntries(s.criteria.map((c) => [c.name, yes]))
  const no = (keys: string[], group?: string) => (s.criteria.length > 1 ? question({ keys, group }) : answer(keys, 'no', all('no'), group))
  const group = now ? groups.find(([c]) => c === groupOf(now))! : null
  const members = group ? group[1].filter((x) => !out.has(x.key) && !sent.has(x.key)).map((x) => x.key) : []
  // Takes the speaker under the focus out of the group, or back into it; the next
  // of the group is looked at then.
  const turn = (key: string) =>
    leave((o) => {
      const x = new Set(o)
      if (!x.delete(key)) x.add(key)
      return x
    })
  const leaveOut = () => {
    if (!now || !group) return
    turn(now.key)
    focus((group[1][group[1].indexOf(now) + 1] ?? now).key)
  }
  // The lines of the group from the focus on have numbers, by which each is left
  // out without going there.
  const numbered = now && group ? group[1].slice(group[1].indexOf(now)).slice(0, 9).map((x) => x.key) : []
  const groupName = group ? labelOf(group[0]) : ''
  useKeys([
    { id: 'next', key: 'j', label: t('key.next'), run: () => focus(order[Math.min(i + 1, order.length - 1)]?.key), repeat: true },
    { id: 'back', key: 'k', label: t('key.back'), run: () => focus(order[Math.max(i - 1, 0)]?.key), repeat: true },
    { id: 'down', key: 'ArrowDown', label: t('key.down'), run: () => focus(order[Math.min(i + 1, order.length - 1)]?.key), repeat: true, hidden: true },
    { id: 'up', key: 'ArrowUp', label: t('key.up'), run: () => focus(order[Math.max(i - 1, 0)]?.key), repeat: true, hidden: true },
    { id: 'yes', key: 'y', label: t('counts'), run: () => now && answer([now.key], 'yes', all('yes')) },
    { id: 'no', key: 'n', label: t('counts.not'), run: () => now && no([now.key]) },
    { id: 'maybe', key: 'm', label: t('counts.unclear'), run: () => now && answer([now.key], 'unclear') },
    { id: 'group.yes', key: 'Y', label: t('group.yes', { n: members.length }), run: () => members.length > 0 && answer(members, 'yes', all('yes'), groupName) },
    { id: 'group.no', key: 'N', label: t('group.no', { n: members.length }), run: () => members.length > 0 && no(members, groupName) },
    {
      id: 'group.leave',
      key: 'x',
      label: t('group.leave'),
      run: leaveOut,
    },
    ...numbered.map((key, n) => ({ id: 'group.leave.' + (n + 1), key: String(n + 1), label: t('group.leave.n', { n: n + 1 }), run: () => turn(key), hidden: n > 0 })),
    { id: 'group.on', key: '0', label: t('group.on'), run: () => group && focus(group[1][Math.min(group[1].indexOf(now!) + 9, group[1].length - 1)].key), repeat: true },
    { id: 'row.open', key: 'Enter', label: t('key.row.open'), run: () => now && go('/articles/' + encodeURIComponent(now.row.key) + '#' + encodeURIComponent('speaker:' + now.key)) },
  ])
  if (d.items.length === 0)
    return (
      <Nothing title={t('triage.none')}>
        <p>
          <a href="/people?list=people">{t('people.counted')}</a>
        </p>
      </Nothing>
    )
  return (
    <div class="triage">
      <div class="deck top-deck" role="group" aria-label={t('deck')}>
        <p class="deck-main">
          <Btn kind="equal" k={keyOf({ id: 'yes', key: 'y' })} onClick={() => now && answer([now.key], 'yes', all('yes'))} disabled={!now}>
            {t('counts')}
          </Btn>
          <Btn kind="equal" k={keyOf({ id: 'no', key: 'n' })} onClick={() => now && no([now.key])} disabled={!now}>
            {t('counts.not')}
          </Btn>
          <Btn kind="equal" k={keyOf({ id: 'maybe', key: 'm' })} onClick={() => now && answer([now.key], 'unclear')} disabled={!now}>
            {t('counts.unclear')}
          </Btn>
          <span class="deck-gap" />
          <Btn k={keyOf({ id: 'group.yes', key: 'Y' })} onClick={() => answer(members, 'yes', all('yes'), groupName)} disabled={members.length === 0}>
            {t('group.yes', { n: members.length })}
          </Btn>
          <Btn k={keyOf({ id: 'group.no', key: 'N' })} onClick={() => no(members, groupName)} disabled={members.length === 0}>
            {t('group.no', { n: members.length })}
          </Btn>
          <Btn kind="quiet" k={keyOf({ id: 'group.leave', key: 'x' })} onClick={leaveOut} disabled={!now} pressed={!!now && out.has(now.key)}>
            {t('group.leave')}
          </Btn>
        </p>
      </div>
      <div role="listbox" aria-label={t('triage')} class="list">
        {groups.map(([c, items]) => (
          <div key={c} role="group" aria-label={labelOf(c)} class="group">
            <p class="group-name" aria-hidden="true">
              <Own>{labelOf(c)}</Own> <span class="quiet">{number(items.length)}</span>
            </p>
            {items.map((x) => (
              <div key={x.key} id={'sp' + x.key} role="option" aria-selected={x.key === at} tabIndex={x.key === at ? 0 : -1} class={['item', 'speaker', x.key === at ? 'current' : '', sent.has(x.key) ? 'sent' : '', out.has(x.key) ? 'left-out' : ''].join(' ')} onClick={() => focus(x.key)}>
                <span class={'sign ' + (x.scope === 'yes' ? 'accepted' : x.scope ? 'rejected' : 'suggested')} aria-hidden="true">
                  {sent.has(x.key) ? '…' : x.scope === 'yes' ? '●' : '○'}
                  {numbered.includes(x.key) && <Key k={String(numbered.indexOf(x.key) + 1)} />}
                </span>
                <span class="body">
                  <span class="name">
                    <Own>{x.name || t('speaker.unnamed')}</Own>
                    <span class={'scope ' + (x.scope || 'open')}>{out.has(x.key) ? t('group.left') : word('scope.', x.scope || 'open')}</span>
                  </span>
                  <small>{traits(x)}</small>
                  {x.described && (
                    <small class="described" dir="auto">
                      {x.described}
                    </small>
                  )}
                  {x.statements[0] && (
                    <span class="words" dir="auto">
                      {x.statements[0].words}
                    </span>
                  )}
                  <small dir="auto">{[x.row.outlet, day(x.row.date), t('statements.n', { n: x.statements.length })].join(' · ')}</small>
                </span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {d.next && (
        <p>
          <Btn onClick={() => filterAfter(d.next)}>{t('page.more')}</Btn>
        </p>
      )}
      {ask && (
        <Picker
          title={t('criteria.which', { name: ask.keys.length === 1 ? (order.find((x) => x.key === ask.keys[0])?.name ?? '') : ask.group ?? '' })}
          close={() => question(null)}
          choices={[
            ...s.criteria.map((c) => ({ id: c.name, label: t('criteria.failed', { label: c.label }), run: () => answer(ask.keys, 'no', { [c.name]: 'no' }, ask.group) })),
            { id: '*', label: t('criteria.all'), run: () => answer(ask.keys, 'no', all('no'), ask.group) },
          ]}
        />
      )}
    </div>
  )
}

function filterAfter(next: string) {
  const q = new URLSearchParams(location.search)
  q.set('after', next)
  go(location.pathname + '?' + q)
}

function Counted() {
  const { query } = useStore(place)
  const s = useStore(session)!
  const [q, type] = useState(query.get('filter') ?? '')
  const p = new URLSearchParams()
  for (const f of ['filter', 'after']) if (query.get(f)) p.set(f, query.get(f)!)
  const from = useData<List<Row>>('/people' + (p.toString() ? '?' + p : ''))
  return (
    <>
      <form
        class="filters"
        role="search"
        onSubmit={(e) => {
          e.preventDefault()
          filter('filter', q.trim())
        }}
      >
        <input class="line" type="search" aria-label={t('people.filter')} placeholder={t('people.filter')} value={q} dir="auto" onInput={(e) => type(e.currentTarget.value)} />
      </form>
      <Load from={from}>
        {(d) =>
          d.items.length === 0 ? (
            <Nothing title={t('people.none')}>
              <p>
                <a href="/people">{t('triage')}</a>
              </p>
            </Nothing>
          ) : (
            <div class="scroll" tabIndex={0} role="region" aria-label={t('people.counted')}>
              <table class="rows stack">
                <thead>
                  <tr>
                    <th scope="col">{t('col.name')}</th>
                    <th scope="col" class="n">
                      {t('nav.articles')}
                    </th>
                    <th scope="col" class="n">
                      {t('col.originals')}
                    </th>
                    <th scope="col" class="n">
                      {t('col.statements')}
                    </th>
                    {s.variables.map((v) => (
                      <th scope="col" key={v.name}>
                        <Own>{variableLabel(v.name)}</Own>
                      </th>
                    ))}
                    <th scope="col">{t('nav.codes')}</th>
                    <th scope="col" class="n">
                      {t('col.open')}
                    </th>
                    <th scope="col">{t('col.first')}</th>
                  </tr>
                </thead>
                <tbody>
                  {d.items.map((x) => (
                    <tr key={x.id}>
                      <td class="main-cell">
                        <a href={'/people/' + encodeURIComponent(x.id)} dir="auto">
                          {x.name || t('speaker.unnamed')}
                        </a>
                        {x.scope === 'unclear' ? <span class="tag warn">{t('scope.unclear')}</span> : !x.counted && <span class="tag">{t('reason.period')}</span>}
                        {x.gender && x.gender !== 'unknown' && <small>{word('gender.', x.gender)}</small>}
                      </td>
                      <td class="n" data-label={t('nav.articles')}>{number(x.articles)}</td>
                      <td class="n" data-label={t('col.originals')}>{number(x.originals)}</td>
                      <td class="n" data-label={t('col.statements')}>{number(x.statements)}</td>
                      {s.variables.map((v) => (
                        <td key={v.name} class="short" dir="auto" data-label={variableLabel(v.name)}>
                          {x.values?.[v.name] ?? ''}
                        </td>
                      ))}
                      <td>
                        <small dir="auto">{(x.codes ?? []).map(codeShort).join(', ')}</small>
                      </td>
                      <td class="n" data-label={t('col.open')}>{x.open ? <b>{number(x.open)}</b> : ''}</td>
                      <td class="nowrap" data-label={t('col.first')}>{day(x.first_reported ?? '')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {d.next && (
                <p>
                  <Btn onClick={() => filterAfter(d.next)}>{t('page.more')}</Btn>
                </p>
              )}
            </div>
          )
        }
      </Load>
    </>
  )
}
