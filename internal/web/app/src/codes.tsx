// Codes: the tree with its counts, and a form for what a code means; every
// change is previewed and undone as one; what a changed meaning puts up for
// review; the versions; agreement between coders.

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { send, useData, type Data } from './client'
import { decide, fail, session, take } from './decide'
import { CodebookForm } from './codebook'
import { StudyFile } from './editfile'
import { may } from './exchange'
import { useKept } from './kept'
import { useKeys } from './keys'
import { codeShort, word } from './reading/panel'
import { filter, place } from './route'
import { useStore } from './store'
import { Together } from './together'
import { day, number, t, type Name } from './strings'
import { Again, type AgainItem } from './again'
import { Ask, Btn, Key, Load, Nothing, Own, Picker, Sheet, Tabs, Trouble } from './ui'
import type { Code, List, Saved } from './wire'

interface Coded { key: string; article: string; outlet: string; date: string; speaker: string; person: string; words: string; state: string; by: string; id: string; review: boolean }

const tabs = ['tree', 'review', 'versions', 'agreement', 'form', 'file'] as const

export function CodesPage() {
  const { query } = useStore(place)
  const list = query.get('list')
  const tab = tabs.find((x) => x === list) ?? 'tree'
  return (
    <main id="main" class="wide-page codes" tabIndex={-1}>
      <h1>{t('nav.codes')}</h1>
      <Tabs
        label={t('nav.codes')}
        panel="codes-panel"
        at={tab}
        go={(x) => filter('list', x === 'tree' ? null : x)}
        tabs={[
          { id: 'tree', label: t('codes.tree') },
          { id: 'review', label: t('codes.review') },
          { id: 'versions', label: t('codes.versions') },
          { id: 'agreement', label: t('codes.together') },
          { id: 'form', label: t('codes.form') },
          { id: 'file', label: 'codebook.yaml' },
        ]}
      />
      <div role="tabpanel" id="codes-panel" aria-labelledby={'codes-panel-' + tab} tabIndex={-1}>
        {tab === 'tree' ? (
          <Tree />
        ) : tab === 'review' ? (
          <Review />
        ) : tab === 'versions' ? (
          <Versions />
        ) : tab === 'agreement' ? (
          <Together />
        ) : (
          <StudyFile key={tab} name="codebook.yaml" form={tab === 'form' ? CodebookForm : undefined} />
        )}
      </div>
    </main>
  )
}

function Tree() {
  const { query } = useStore(place)
  const from = useData<List<CodeItem> & { own: number; learn: number }>('/codes')
  if (from.error)
    return (
      <>
        <Trouble error={from.error} again={from.again} />
        <p>
          <a href="/codes?list=file">{t('codes.mend')}</a>
        </p>
      </>
    )
  return (
    <Load from={from}>
      {(d) =>
        d.items.length === 0 ? (
          may('set_up') ? (
            <StudyFile name="codebook.yaml" form={CodebookForm} />
          ) : (
            <Nothing title={t('codes.none')} />
          )
        ) : (
          <>
            <p class="quiet">{d.own < d.learn ? t('codes.learn', { n: d.learn - d.own }) : t('codes.learned', { n: d.own })}</p>
            <Branches codes={d.items} at={query.get('code') ?? d.items[0].id} />
          </>
        )
      }
    </Load>
  )
}

type Op = '' | 'move' | 'merge' | 'split' | 'rename' | 'new' | 'edit'
interface CodeItem extends Code { review: number; became: string; left: number; people: number }
interface Change { op: string; code: string; to?: string; into?: string[]; [part: string]: unknown }
interface Changed extends Saved { code: string; codings: number; review: number; became: string[]; mentions: number; codebook_version: number; rewritten: boolean; lines: { sign: string; text: string }[] }
const fields = ['brief', 'definition', 'use_when', 'do_not_use_when', 'example'] as const

const change = (c: Change, preview: boolean) => send<Changed>('POST', '/codes', { version: session.value?.version ?? 0, ...c, preview })
const refused = (e: unknown) => {
  fail(e)
  return false as const
}
const parted = (c: Code) => ({ short: c.brief ?? '', definition: c.definition, use_when: c.use_when ?? '', do_not_use_when: c.do_not_use_when ?? '', example: c.example ?? '' })

function Branches({ codes, at }: { codes: CodeItem[]; at: string }) {
  const order = useMemo(() => {
    const out: { c: CodeItem; depth: number }[] = []
    const put = (parent: string, depth: number) => {
      for (const c of codes) if ((c.parent || '') === parent) out.push({ c, depth }), put(c.id, depth + 1)
    }
    put('', 0)
    for (const c of codes) if (!out.some((o) => o.c.id === c.id)) out.push({ c, depth: 0 })
    return out
  }, [codes])
  const i = Math.max(0, order.findIndex((o) => o.c.id === at))
  const now = order[i].c
  // What is being done, and to which code as it was then: another window may
  // change the tree meanwhile.
  const [doing, begin] = useState<{ op: Op; on: CodeItem; version: number } | null>(null)
  const op = doing?.op ?? ''
  const on = doing?.on ?? now
  const start = (op: Op) => begin(op ? { op, on: now, version: session.value?.version ?? 0 } : null)
  const [preview, show] = useState<{ change: Change; would: Changed; label: string } | null>(null)
  const [drag, dragging] = useState<string | null>(null)
  const choose = (to: number) => {
    const x = order[Math.max(0, Math.min(order.length - 1, to))]
    filter('code', x.c.id, true)
    requestAnimationFrame(() => document.getElementById('code-' + x.c.id)?.focus())
  }
  const propose = (c: Change, label: string) => change(c, true).then((would) => show({ change: c, would, label }), refused)
  const make = (c: Change, label: string) =>
    change(c, false).then((saved) => {
      show(null)
      take(saved, label)
      filter('code', saved.code, true)
      return saved.version
    }, refused)
  const gone = !!now.became && now.left === 0 && !now.definition && !now.brief // it stands only because something was coded with it
  const tools: { op: Op; key: string; name: Name }[] = [
    { op: 'new', key: '+', name: 'codes.new' },
    { op: 'edit', key: 'e', name: 'codes.edit' },
    { op: 'rename', key: 'r', name: 'codes.rename' },
    { op: 'move', key: 'v', name: 'codes.move' },
    { op: 'merge', key: 'm', name: 'codes.merge' },
    { op: 'split', key: 's', name: 'codes.split' },
  ]
  useKeys([
    { id: 'next', key: 'j', label: t('key.next'), run: () => choose(i + 1), repeat: true },
    { id: 'back', key: 'k', label: t('key.back'), run: () => choose(i - 1), repeat: true },
    { id: 'down', key: 'ArrowDown', label: t('key.down'), run: () => choose(i + 1), repeat: true, hidden: true },
    { id: 'up', key: 'ArrowUp', label: t('key.up'), run: () => choose(i - 1), repeat: true, hidden: true },
    ...tools.map((x) => ({ id: 'codes.' + x.op, key: x.key, label: t(x.name), run: () => (x.op === 'new' || !gone) && start(x.op) })),
  ])
  const others = order.filter((o) => o.c.id !== on.id && !o.c.became)
  const shown = op === 'edit' ? on : now // who writes on stays with the code
  const below = codes.reduce((n, c) => n + (c.id.startsWith(shown.id + '.') ? c.count : 0), 0)
  return (
    <div class="two-wide">
      <div>
        <p class="row wrap">
          {tools.map((x) => (
            <Btn key={x.op} k={x.key} disabled={x.op !== 'new' && gone} onClick={() => start(x.op)}>
              {t(x.name)}
            </Btn>
          ))}
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
                if (drag) void propose({ op: 'move', code: drag, to: c.id }, t('codes.move.to', { code: drag, to: c.label }))
                dragging(null)
              }}
              onClick={() => filter('code', c.id, true)}
            >
              <span class="body">
                <Own>{codeShort(c.id)}</Own>
                {c.label !== c.id && <small dir="auto">{c.label}</small>}
                {c.became && <small class="warn" dir="auto">{c.became}</small>}
              </span>
              {c.review + c.left > 0 && <span class="tag warn">{t('codes.again', { n: c.review + c.left })}</span>}
              <span class="count">{c.count ? number(c.count) : ''}</span>
            </div>
          ))}
        </div>
      </div>
      <div>
        <h2>
          <Own>{shown.label || shown.id}</Own>
        </h2>
        <p class="quiet">
          <Own class="mono">{shown.id}</Own> · {t('codes.carry', { n: shown.count })} · {below > 0 && <>{t('codes.below', { n: below })} · </>}
          {t('codes.people', { n: shown.people })}
        </p>
        {op === 'edit' ? (
          <CodeForm key={on.id} code={on} version={doing!.version} close={() => start('')} save={(parts, reason, version) => make({ op: 'edit', code: on.id, ...parts, reason, version }, t('codes.edit') + ': ' + on.id)} />
        ) : (
          <dl class="facts">
            {fields.map((f) => (
              <div key={f}>
                <dt>{t(('code.' + f) as Name)}</dt>
                <dd dir="auto">{shown[f] || <span class="quiet">{t('code.empty')}</span>}</dd>
              </div>
            ))}
          </dl>
        )}
        <Statements code={shown.id} none={below > 0 ? t('codes.statements.below') : undefined} />
      </div>
      {(op === 'move' || op === 'merge') && (
        <Picker
          title={t(op === 'move' ? 'codes.move.where' : 'codes.merge.where', { code: on.label || on.id })}
          close={() => start('')}
          digits={false}
          choices={[
            ...(op === 'move' && on.parent ? [{ id: '', label: t('codes.top'), run: () => void propose({ op, code: on.id, to: '' }, t('codes.move.to', { code: on.label || on.id, to: t('codes.top') })) }] : []),
            ...others.map(({ c }) => ({ id: c.id, label: codeShort(c.id), detail: c.label, run: () => void propose({ op, code: on.id, to: c.id }, t(op === 'move' ? 'codes.move.to' : 'codes.merge.to', { code: on.label, to: c.label })) })),
          ]}
        />
      )}
      {op === 'rename' && <Ask title={t('codes.rename.to', { code: on.id })} value={codeShort(on.id).replace(/ /g, '_')} close={() => start('')} save={(x) => propose({ op: 'rename', code: on.id, to: x.replace(/\s+/g, '_') }, t('codes.rename') + ': ' + codeShort(on.id) + ' → ' + x)} />}
      {op === 'split' && <Ask title={t('codes.split.names', { code: on.label || on.id })} long close={() => start('')} save={(x) => propose({ op: 'split', code: on.id, into: x.split('\n').map((y) => y.trim().replace(/\s+/g, '_')).filter(Boolean) }, t('codes.split') + ': ' + (on.label || on.id))} />}
      {op === 'new' && (
        <Sheet title={t('codes.new.title')} close={() => start('')} wide>
          <CodeForm name parents={order.filter((o) => !o.c.became).map((o) => o.c)} parent={on.became ? '' : on.parent} version={doing!.version} close={() => start('')} save={(parts, reason, version, name, parent) => make({ op: 'new', code: name, parent, ...parts, reason, version }, t('codes.new.title') + ': ' + name)} />
        </Sheet>
      )}
      {preview && (
        <Sheet title={preview.label} close={() => show(null)} wide>
          <ul class="plain lines">
            <li>{t('codes.would', { n: preview.would.codings })}</li>
            {preview.would.review > 0 && <li>{t('codes.would.review', { n: preview.would.review })}</li>}
            {preview.would.mentions > 0 && <li>{t('codes.would.report', { n: preview.would.mentions })}</li>}
            {preview.would.rewritten && <li class="warn">{t('codes.would.rewritten')}</li>}
            {preview.would.became.map((x) => (
              <li key={x} dir="auto">
                <small class="mono">{x}</small>
              </li>
            ))}
          </ul>
          <details>
            <summary>{t('codes.lines')}</summary>
            <pre class="page mono" dir="ltr" tabIndex={0}>
              {preview.would.lines.map((l) => l.sign + ' ' + l.text).join('\n')}
            </pre>
          </details>
          <p class="row">
            <button type="button" class="btn strong" autofocus onClick={() => void make(preview.change, preview.label).then((ok) => ok !== false && start(''))}>
              <span>{t('codes.do')}</span>
              <Key k="Enter" />
            </button>
            <Btn onClick={() => show(null)}>{t('cancel')}</Btn>
          </p>
        </Sheet>
      )}
    </div>
  )
}

// A CodeForm takes the parts of a code, of a new one also its name and parent.
// It goes when what stands in it is saved; what was typed while a save was on
// its way stays in it.
function CodeForm(p: {
  code?: Code
  name?: boolean
  parents?: Code[]
  parent?: string
  version: number
  close: () => void
  save: (parts: Record<string, string>, reason: string, version: number, name: string, parent: string) => Promise<number | false>
}) {
  const was = p.code ? parted(p.code) : { short: '', definition: '', use_when: '', do_not_use_when: '', example: '' }
  // Kept is only what was typed: other fields are as the code has them now.
  const kept = useKept<Record<string, string>>('code ' + (p.code?.id ?? '+'), {})
  const f = { name: '', parent: p.parent ?? '', reason: '', ...was, ...kept.value } as { name: string; parent: string; reason: string } & typeof was
  const put = (name: string, value: string) => kept.put({ ...kept.now(), [name]: value })
  const full = (f.name as string).trim().replace(/\s+/g, '_')
  const version = useRef(p.version)
  const busy = useRef(false)
  const save = () => {
    const { name, parent, reason, ...parts } = { ...f, ...kept.now() }
    const full = name.trim().replace(/\s+/g, '_')
    if ((p.name && !full) || busy.current) return
    busy.current = true
    const sent = JSON.stringify(kept.now())
    void p.save(parts, reason, version.current, parent && !full.includes('.') ? parent + '.' + full : full, parent).then((now) => {
      busy.current = false
      if (now === false) return
      version.current = now
      if (JSON.stringify(kept.now()) !== sent) return
      kept.drop()
      p.close()
    })
  }
  const first = useRef<HTMLElement>(null)
  // At once: whoever goes on to another field is not called back. A dialog takes
  // the focus itself when it opens.
  useLayoutEffect(() => first.current?.focus(), [])
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault()
        save()
      }}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
          e.preventDefault()
          save()
        } else if (e.key === 'Escape' && !p.name) {
          e.preventDefault()
          p.close() // what was typed is there again
        }
      }}
    >
      {p.name && (
        <>
          <label>
            {t('codes.new.name')}
            <input class="line" autofocus dir="auto" value={f.name} onInput={(e) => put('name', e.currentTarget.value)} />
          </label>
          <label>
            {t('codes.new.parent')}
            <select value={f.parent} onChange={(e) => put('parent', e.currentTarget.value)}>
              <option value="">{t('codes.top')}</option>
              {p.parents?.map((c) => (
                <option key={c.id} value={c.id}>
                  {c.id}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {fields.map((x, i) => {
        const key = x === 'brief' ? 'short' : x
        return (
          <label key={x}>
            {t(('code.' + x) as Name)}
            <textarea class="line" ref={(i === 0 && !p.name ? first : undefined) as never} dir="auto" rows={x === 'definition' ? 4 : 2} value={f[key]} onInput={(e) => put(key, e.currentTarget.value)} />
          </label>
        )
      })}
      {!p.name && p.code && p.code.count > 0 && (
        <>
          <p class="quiet">{t('codes.edit.review', { n: p.code.count })}</p>
          <label>
            {t('codes.edit.why')}
            <input class="line" dir="auto" value={f.reason} onInput={(e) => put('reason', e.currentTarget.value)} />
          </label>
        </>
      )}
      <p class="row">
        <button type="submit" class="btn strong" disabled={p.name && !full} aria-keyshortcuts="Ctrl+Enter">
          <span>{t('save')}</span>
          <Key k="Ctrl+Enter" />
        </button>
        <Btn
          onClick={() => {
            kept.drop()
            p.close()
          }}
        >
          {t('cancel')}
        </Btn>
      </p>
    </form>
  )
}

// The answers to look at again, and what a changed definition puts up for
// review, one after the other.
function Review() {
  const from = useData<List<CodeItem>>('/codes')
  const answers = useData<List<AgainItem>>('/again')
  return (
    <>
      <Load from={answers} lines={4}>{(d) => (d.items.length > 0 ? <Again items={d.items} /> : null)}</Load>
      <Recode from={from} alone={answers.data?.items.length === 0} />
    </>
  )
}

function Recode({ from, alone }: { from: Data<List<CodeItem>>; alone: boolean }) {
  return (
    <Load from={from}>
      {(d) => {
        const some = d.items.filter((c) => c.review > 0 || c.left > 0)
        if (some.length === 0 && !alone) return null
        return some.length === 0 ? (
          <Nothing title={t('review.none')}>
            <p>{t('review.how')}</p>
          </Nothing>
        ) : (
          <>
            {some.map((c) => (
              <section key={c.id}>
                <h2>
                  <Own>{c.label || c.id}</Own>
                </h2>
                <p class="quiet" dir="auto">{c.became || c.definition}</p>
                <Statements code={c.id} review={c.left === 0} />
              </section>
            ))}
          </>
        )
      }}
    </Load>
  )
}

interface Version { id: string; version: number; time: string; actor: string; reason: string; codes: number; codings: number; changes: string[]; in_use: boolean }

function Versions() {
  const from = useData<List<Version>>('/codes/versions')
  return (
    <Load from={from}>
      {(d) =>
        d.items.length === 0 ? (
          <Nothing title={t('codes.none')} />
        ) : (
          <ol class="plain lines">
            {d.items.map((v) => (
              <li key={v.id}>
                <b>{t('versions.version', { n: v.version })}</b> {v.in_use && <span class="tag">{t('versions.in.use')}</span>}
                <small dir="auto">{[day(v.time.slice(0, 10)), v.actor, t('versions.codes', { n: v.codes }), t('versions.codings', { n: v.codings }), v.reason].filter(Boolean).join(' · ')}</small>
                {v.changes.length > 0 && (
                  <small class="mono" dir="auto">
                    {v.changes.slice(0, 12).join(' · ')}
                    {v.changes.length > 12 ? ' …' : ''}
                  </small>
                )}
              </li>
            ))}
          </ol>
        )
      }
    </Load>
  )
}

function Statements({ code, review, none }: { code: string; review?: boolean; none?: string }) {
  const from = useData<List<Coded>>('/codes/' + encodeURIComponent(code) + '/statements')
  const me = session.value?.actor
  const again = (items: Coded[], answer: 'yes' | 'no') => void decide(items.map((s) => ({ do: 'code', statement: s.key, code, answer })), items.length > 1 ? { group: t('review.all') } : {}).catch(() => {})
  return (
    <section>
      {!review && <h3>{t('codes.statements')}</h3>}
      <Load from={from} lines={4}>
        {(d) => {
          const items = review ? d.items.filter((s) => s.review) : d.items
          const mine = items.filter((s) => s.review && s.by === me && s.key)
          return items.length === 0 ? (
            <p class="quiet">{none ?? t('codes.statements.none')}</p>
          ) : (
            <>
              {mine.length > 1 && review && (
                <p>
                  <Btn onClick={() => again(mine, 'yes')}>{t('review.all.n', { n: mine.length })}</Btn>
                </p>
              )}
              <ol class="plain lines statements">
                {items.map((s) => (
                  <li key={s.id}>
                    <a class="serif words" dir="auto" href={'/articles/' + encodeURIComponent(s.article) + '#' + encodeURIComponent('statement:' + s.key)}>
                      {s.words}
                    </a>
                    <small dir="auto">{[s.speaker, s.outlet, day(s.date), word('state.', s.state), s.by].filter(Boolean).join(' · ')}</small>
                    {s.review && (
                      <span class="row wrap">
                        <span class="tag warn">{t('review.this')}</span>
                        {s.by === me && s.key && (
                          <>
                            <Btn label={t('review.holds') + ': ' + s.words.slice(0, 60)} onClick={() => again([s], 'yes')}>
                              {t('review.holds')}
                            </Btn>
                            <Btn label={t('review.not') + ': ' + s.words.slice(0, 60)} onClick={() => again([s], 'no')}>
                              {t('review.not')}
                            </Btn>
                          </>
                        )}
                      </span>
                    )}
                  </li>
                ))}
              </ol>
            </>
          )
        }}
      </Load>
    </section>
  )
}
