// Codes: the tree with its counts; move, merge and split, previewed and undone
// as one; the statements of a code; agreement between coders.

import { useMemo, useState } from 'preact/hooks'
import { send, useData } from './client'
import { decide, fail } from './decide'
import { useKeys } from './keys'
import { codeShort, word } from './reading/panel'
import { filter, go, place } from './route'
import { useStore } from './store'
import { day, number, t, type Name } from './strings'
import { Ask, Btn, Load, Nothing, Own, Picker, Sheet, Tabs, Trouble } from './ui'
import type { Code, Draft, List, Saved } from './wire'

interface Coded { key: string; article: string; outlet: string; date: string; speaker: string; person: string; words: string; state: string; by: string }
interface Agree { code: string; label: string; alpha: number | null; low: number | null; high: number | null; units: number; text: string }
interface Agreement { items: Agree[]; overall: Agree | null; coders: string[]; disagreements: { statement: string; article: string; words: string; answers: { actor: string; code: string; answer: string }[] }[]; round: string; blind: boolean }

export function CodesPage() {
  const { query } = useStore(place)
  const tab = query.get('list') === 'agreement' ? 'agreement' : 'tree'
  return (
    <main id="main" class="wide-page codes" tabIndex={-1}>
      <h1>{t('nav.codes')}</h1>
      <Tabs
        label={t('nav.codes')}
        panel="codes-panel"
        at={tab}
        go={(x) => filter('list', x === 'agreement' ? x : null)}
        tabs={[
          { id: 'tree', label: t('codes.tree') },
          { id: 'agreement', label: t('codes.together') },
        ]}
      />
      <div role="tabpanel" id="codes-panel" aria-labelledby={'codes-panel-' + tab} tabIndex={-1}>
        {tab === 'tree' ? <Tree /> : <Together />}
      </div>
    </main>
  )
}

function Tree() {
  const { query } = useStore(place)
  const from = useData<List<Code>>('/codes')
  if (from.error)
    return (
      <>
        <Trouble error={from.error} again={from.again} />
        <p>
          <a href="/setup#codebook.yaml">{t('codes.mend')}</a>
        </p>
      </>
    )
  return <Load from={from}>{(d) => (d.items.length === 0 ? <Nothing title={t('codes.none')}><p><a href="/setup#codebook.yaml">{t('codes.write')}</a></p></Nothing> : <Branches codes={d.items} at={query.get('code') ?? d.items[0].id} />)}</Load>
}

type Op = '' | 'move' | 'merge' | 'split'

function Branches({ codes, at }: { codes: Code[]; at: string }) {
  const order = useMemo(() => {
    const out: { c: Code; depth: number }[] = []
    const put = (parent: string, depth: number) => {
      for (const c of codes) if ((c.parent || '') === parent) out.push({ c, depth }), put(c.id, depth + 1)
    }
    put('', 0)
    for (const c of codes) if (!out.some((o) => o.c.id === c.id)) out.push({ c, depth: 0 })
    return out
  }, [codes])
  const i = Math.max(0, order.findIndex((o) => o.c.id === at))
  const now = order[i].c
  const [op, start] = useState<Op>('')
  const [preview, show] = useState<{ drafts: Draft[]; saved: Saved; label: string } | null>(null)
  const [drag, dragging] = useState<string | null>(null)
  const choose = (to: number) => {
    const x = order[Math.max(0, Math.min(order.length - 1, to))]
    filter('code', x.c.id, true)
    requestAnimationFrame(() => document.getElementById('code-' + x.c.id)?.focus())
  }
  const propose = (draft: Draft, label: string) => {
    send<Saved>('POST', '/decisions', { drafts: [draft], preview: true }).then((saved) => show({ drafts: [draft], saved, label }), fail)
  }
  useKeys([
    { id: 'next', key: 'j', label: t('key.next'), run: () => choose(i + 1), repeat: true },
    { id: 'back', key: 'k', label: t('key.back'), run: () => choose(i - 1), repeat: true },
    { id: 'down', key: 'ArrowDown', label: t('key.down'), run: () => choose(i + 1), repeat: true, hidden: true },
    { id: 'up', key: 'ArrowUp', label: t('key.up'), run: () => choose(i - 1), repeat: true, hidden: true },
    { id: 'codes.move', key: 'v', label: t('codes.move'), run: () => start('move') },
    { id: 'codes.merge', key: 'm', label: t('codes.merge'), run: () => start('merge') },
    { id: 'codes.split', key: 's', label: t('codes.split'), run: () => start('split') },
    { id: 'codes.new', key: '+', label: t('codes.new'), run: () => go('/setup#codebook.yaml') },
  ])
  return (
    <div class="two-wide">
      <div>
        <p class="row wrap">
          {(['move', 'merge', 'split'] as const).map((x) => (
            <Btn key={x} k={{ move: 'v', merge: 'm', split: 's' }[x]} onClick={() => start(x)}>
              {t(('codes.' + x) as Name)}
            </Btn>
          ))}
          <Btn k="+" onClick={() => go('/setup#codebook.yaml')}>
            {t('codes.new')}
          </Btn>
        </p>
        <div role="tree" aria-label={t('codes.tree')} class="tree">
          {order.map(({ c, depth }) => (
            <div
              key={c.id}
              id={'code-' + c.id}
              role="treeitem"
              aria-level={depth + 1}
              aria-selected={c.id === now.id}
              tabIndex={c.id === now.id ? 0 : -1}
              class={'item depth' + Math.min(depth, 4) + (c.id === now.id ? ' current' : '') + (drag && drag !== c.id ? ' target' : '')}
              draggable
              onDragStart={() => dragging(c.id)}
              onDragEnd={() => dragging(null)}
              onDragOver={(e) => drag && drag !== c.id && e.preventDefault()}
              onDrop={(e) => {
                e.preventDefault()
                if (drag) propose({ do: 'codes', op: 'move', code: drag, to: c.id }, t('codes.move.to', { code: drag, to: c.label }))
                dragging(null)
              }}
              onClick={() => filter('code', c.id, true)}
            >
              <span class="body">
                <Own>{codeShort(c.id)}</Own>
                {c.label !== c.id && <small dir="auto">{c.label}</small>}
              </span>
              <span class="count">{c.count ? number(c.count) : ''}</span>
            </div>
          ))}
        </div>
      </div>
      <div>
        <h2>
          <Own>{now.label || now.id}</Own>
        </h2>
        {now.label !== now.id && <p class="quiet mono">{now.id}</p>}
        <dl class="facts">
          {(['brief', 'definition', 'use_when', 'do_not_use_when', 'example'] as const).map((f) =>
            now[f] ? (
              <div key={f}>
                <dt>{t(('code.' + f) as Name)}</dt>
                <dd dir="auto">{now[f]}</dd>
              </div>
            ) : null,
          )}
        </dl>
        <Statements code={now.id} />
      </div>
      {(op === 'move' || op === 'merge') && (
        <Picker
          title={t(op === 'move' ? 'codes.move.where' : 'codes.merge.where', { code: now.label || now.id })}
          close={() => start('')}
          digits={false}
          choices={[...(op === 'move' && now.parent ? [{ id: '', label: t('codes.top'), run: () => propose({ do: 'codes', op, code: now.id, to: '' }, t('codes.move')) }] : []), ...order.filter((o) => o.c.id !== now.id).map(({ c }) => ({ id: c.id, label: codeShort(c.id), detail: c.label, run: () => propose({ do: 'codes', op, code: now.id, to: c.id }, t(op === 'move' ? 'codes.move.to' : 'codes.merge.to', { code: now.label, to: c.label })) }))]}
        />
      )}
      {op === 'split' && <Ask title={t('codes.split.names', { code: now.label || now.id })} long close={() => start('')} save={(x) => propose({ do: 'codes', op: 'split', code: now.id, into: x.split('\n').map((y) => y.trim()).filter(Boolean) }, t('codes.split'))} />}
      {preview && (
        <Sheet title={preview.label} close={() => show(null)}>
          <p>{preview.saved.moved?.length ? preview.saved.moved.map((m) => m.words || t('moved', { before: m.before, after: m.after, label: m.name })).join(' · ') : t('codes.nothing.lost')}</p>
          <p class="row">
            <Btn
              kind="strong"
              onClick={() => {
                show(null)
                void decide(preview.drafts, { group: preview.label }).catch(() => {})
              }}
            >
              {t('codes.do')}
            </Btn>
            <Btn onClick={() => show(null)}>{t('cancel')}</Btn>
          </p>
        </Sheet>
      )}
    </div>
  )
}

function Statements({ code }: { code: string }) {
  const from = useData<List<Coded>>('/codes/' + encodeURIComponent(code) + '/statements')
  return (
    <section>
      <h3>{t('codes.statements')}</h3>
      <Load from={from} lines={4}>
        {(d) =>
          d.items.length === 0 ? (
            <p class="quiet">{t('codes.statements.none')}</p>
          ) : (
            <ol class="plain lines statements">
              {d.items.map((s) => (
                <li key={s.key}>
                  <a class="serif words" dir="auto" href={'/articles/' + encodeURIComponent(s.article) + '#' + encodeURIComponent('statement:' + s.key)}>
                    {s.words}
                  </a>
                  <small dir="auto">{[s.speaker, s.outlet, day(s.date), word('state.', s.state), s.by].filter(Boolean).join(' · ')}</small>
                </li>
              ))}
            </ol>
          )
        }
      </Load>
    </section>
  )
}

function Together() {
  const from = useData<Agreement>('/agreement')
  return (
    <Load from={from}>
      {(d) => (
        <>
          {d.blind && <p class="warn-box">{t('blind.codes')}</p>}
          {(d.items ?? []).length === 0 ? (
            <Nothing title={t('agreement.none')}>
              <p>{t('agreement.how')}</p>
            </Nothing>
          ) : (
            <div class="scroll" tabIndex={0} role="region" aria-label={t('codes.together')}>
              <table class="rows">
                <thead>
                  <tr>
                    <th scope="col">{t('col.code')}</th>
                    <th scope="col" class="n">
                      α
                    </th>
                    <th scope="col">{t('col.interval')}</th>
                    <th scope="col" class="n">
                      {t('col.units')}
                    </th>
                    <th scope="col" />
                  </tr>
                </thead>
                <tbody>
                  {[...(d.overall ? [{ ...d.overall, label: t('agreement.all') }] : []), ...d.items].map((x) => (
                    <tr key={x.code + x.label}>
                      <th scope="row" dir="auto">
                        {x.label || x.code}
                      </th>
                      <td class="n">{x.alpha === null || x.alpha === undefined ? '—' : x.alpha.toFixed(2)}</td>
                      <td>{x.low === null || x.high === null ? '' : t('range', { low: x.low.toFixed(2), high: x.high.toFixed(2) })}</td>
                      <td class="n">{number(x.units)}</td>
                      <td>
                        <small dir="auto">{x.text}</small>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {(d.disagreements ?? []).length > 0 && (
            <section>
              <h2>{t('agreement.settle')}</h2>
              <ol class="plain lines">
                {d.disagreements.map((x) => (
                  <li key={x.statement}>
                    <a class="serif words" dir="auto" href={'/articles/' + encodeURIComponent(x.article) + '#' + encodeURIComponent('statement:' + x.statement)}>
                      {x.words}
                    </a>
                    <span class="row wrap">
                      {x.answers.map((a) => (
                        <Btn key={a.actor + a.code} onClick={() => void decide([{ do: 'code', statement: x.statement, code: a.code, answer: a.answer }]).catch(() => {})}>
                          {a.actor}: {a.code} {a.answer}
                        </Btn>
                      ))}
                    </span>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </>
      )}
    </Load>
  )
}
