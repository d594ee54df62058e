// Public edition: what speaks against one, each with the change that mends it,
// and the editions that there are.

import { useState } from 'preact/hooks'
import { Refused, send, useData } from './client'
import { fail, say, take } from './decide'
import { may } from './exchange'
import { useKeys } from './keys'
import { apart, day, has, number, t, type Name } from './strings'
import { Ask, Btn, Load, Nothing, Own } from './ui'
import type { Saved } from './wire'

interface Change { op: string; what: string; values: string[]; to: string; text: string }
interface Reason {
  code: string; kind: string; text: string; cell: string; risk: number; low: number; high: number; was: number; detail: string; quote: string; more: number; change: Change | null; loss: Loss | null; help: string; by: string[]
}
interface Holding { numbers: number; quotations: number }
interface Loss { tables: string[]; numbers: string[]; now: Holding; then: Holding }
interface Publication {
  reasons: Reason[]; allowed: string[]; people: number; shown: number; hidden: number; quoted: number; quotes: number; omitted: string[]; recall: { number: number; day: string; protected: number; gone: number }[]
  editions: { number: number; day: string; name: string; files: string[] }[]
}
interface Protection { vault: boolean; sealed: number; people: { id: string; tier: string; held: boolean; counted: boolean; sealed: number }[] }
interface Reply extends Saved { publication: Publication; applied: string[]; before: Holding | null; after: Holding | null; edition: number }

// What words hold, in the language of the page where it has a name there.
const holds = (detail: string) => (/name of a protected person/.test(detail) ? t('publish.holds.name') : /words of a protected person/.test(detail) ? t('publish.holds.words') : detail)

// The sentence of a reason, in the language of the page.
function why(r: Reason): string {
  const name = 'publish.why.' + r.kind
  if (!has(name)) return r.text
  const between = r.low === r.high ? number(Math.abs(r.low)) : t('range', { low: Math.min(Math.abs(r.low), Math.abs(r.high)), high: Math.max(Math.abs(r.low), Math.abs(r.high)) })
  return t(name as Name, { cell: apart(r.cell), n: r.risk, between, was: r.was, now: r.high, detail: apart(holds(r.detail)) })
}

// What a change does.
function does(c: Change): string {
  const op = c.op === 'hide' && c.values.length > 0 ? 'hide.rows' : c.op === 'omit' && c.to === 'link' ? 'omit.link' : c.op === 'rename' && !c.to.trim() ? 'rename.none' : c.op === 'coarsen' && c.to === 'top' ? 'coarsen.top' : c.op
  return t(('publish.change.' + op) as Name, { what: apart(c.what.replace(/^code:/, '')), values: apart(c.values.map((v) => v.replace(/^: /, '')).join(', ')), to: apart(c.to) })
}

// What goes with a change.
function goes(l: Loss): string {
  const names = [...l.tables, ...l.numbers].map(apart).join(t('publish.and'))
  const quotes = l.now.quotations > l.then.quotations ? ' ' + (l.then.quotations === 0 ? t('publish.loses.quotes.all', { n: l.now.quotations }) : t('publish.loses.quotes', { n: l.then.quotations, of: l.now.quotations })) : ''
  return t(l.tables.length === 0 ? 'publish.loses.numbers' : l.numbers.length === 0 ? 'publish.loses.tables' : 'publish.loses', { names, left: l.then.numbers, of: l.now.numbers }) + quotes
}

// Who is protected and what the vault holds. It names nobody, since a screen is
// seen by others.
function Protected() {
  const from = useData<Protection>('/protection')
  return (
    <section aria-labelledby="protected">
      <h2 id="protected">{t('protected')}</h2>
      <Load from={from}>
        {(d) => (
          <>
            <p>
              {t('protected.people', { n: d.people.length })} {d.vault ? t('protected.vault', { n: d.sealed }) : t('protected.none')}
            </p>
            {d.people.length > 0 && (
              <ul class="plain lines protected">
                {d.people.map((p) => (
                  <li key={p.id}>
                    <span>
                      {p.counted ? (
                        <a href={'/people/' + p.id}>
                          <bdi>{p.id.slice(0, 12)}</bdi>
                        </a>
                      ) : (
                        <bdi>{p.id.slice(0, 12)}</bdi>
                      )}{' '}
                      · {t(('protected.' + p.tier) as Name)}
                      {p.held && ' · ' + t('protected.held')}
                      {!p.counted && ' · ' + t('protected.uncounted')}
                      {d.vault && ' · ' + t('protected.fields', { n: p.sealed })}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Load>
    </section>
  )
}

export function PublishPage() {
  const from = useData<Publication>(may('set_up') ? '/publication' : null)
  const [busy, work] = useState(false)
  const [over, ask] = useState<Reason | null>(null)
  // What came of the last step stays on the page until the next.
  const [refused, refuse] = useState<{ by: Refused; write: boolean } | null>(null)
  const [came, tell] = useState<{ before: Holding; after: Holding } | null>(null)
  const ready = !!from.data && from.data.reasons.length === 0 && !refused
  const d = from.data
  const run = (body: object) => {
    if (busy) return
    work(true)
    refuse(null)
    tell(null)
    return send<Reply>('POST', '/publication', body)
      .then((r) => {
        if (r.saved.length > 0) take(r)
        from.set(r.publication)
        if (r.before && r.after) tell({ before: r.before, after: r.after })
        if (r.edition > 0) say(t('publish.written', { n: r.edition }))
      }, (e) => {
        if (e instanceof Refused) refuse({ by: e, write: 'write' in body })
        fail(e)
        return false
      })
      .finally(() => work(false))
  }
  const apply = (r: Reason) => r.change && void run({ apply: [r.code] })
  useKeys(
    d
      ? [
          ...d.reasons.slice(0, 9).map((r, i) => ({ id: 'publish.' + (i + 1), key: String(i + 1), label: r.change ? does(r.change) : '', run: () => apply(r), when: () => !!r.change && !busy })),
          { id: 'publish.all', key: 'A', label: t('publish.all'), run: () => void run({ all: true }), when: () => d.reasons.some((r) => r.change) && !busy },
          { id: 'publish.write', key: 'w', label: t('publish.write'), run: () => void run({ write: true }), when: () => ready && !busy },
        ]
      : [],
  )
  return (
    <main id="main" class="page publish" tabIndex={-1} aria-busy={busy}>
      <div class="page-head">
        <h1>{t('nav.publish')}</h1>
        {d && d.reasons.some((r) => r.change) && (
          <Btn k="A" disabled={busy} onClick={() => void run({ all: true })}>
            {t('publish.all')}
          </Btn>
        )}
        {ready && (
          <Btn kind="strong" k="w" disabled={busy} onClick={() => void run({ write: true })}>
            {t('publish.write')}
          </Btn>
        )}
      </div>
      <p class="quiet">{t('publish.lead')}</p>
      {!may('set_up') ? (
        <Nothing title={t('publish.not')} />
      ) : (
        <Load from={from}>
          {(d) => (
            <>
              {refused && !busy && (
                <div class="state trouble" role="alert">
                  <p class="lead">{t(refused.write ? 'publish.refused' : 'publish.nothing')}</p>
                  <p dir="auto">{refused.by.message}</p>
                  {refused.by.hint && <p dir="auto">{refused.by.hint}</p>}
                  <Btn onClick={() => (refuse(null), from.again())}>{t('publish.look')}</Btn>
                </div>
              )}
              <p class="lead" role="status">
                {busy ? t('publish.busy') : refused ? '' : d.reasons.length === 0 ? t('publish.ready', { n: d.shown }) : t('publish.against', { n: d.reasons.length })}
              </p>
              {came && !busy && (
                <p class="quiet">{t('publish.came', { was: came.before.numbers, now: came.after.numbers, wasq: came.before.quotations, nowq: came.after.quotations })}</p>
              )}
              {d.recall.map((x) => (
                <p key={x.number} class="warn-box">
                  {t('publish.recall', { edition: x.number, day: day(x.day) })} {x.protected > 0 && t('publish.recall.protected', { n: x.protected })} {x.gone > 0 && t('publish.recall.gone', { n: x.gone })}
                </p>
              ))}
              <ol class="plain lines reasons">
                {d.reasons.map((r, i) => (
                  <li key={r.code}>
                    <div>
                      <p>
                        <b>{why(r)}</b>
                      </p>
                      {r.quote && (
                        <blockquote dir="auto">
                          <Own>{r.quote}</Own>
                        </blockquote>
                      )}
                      <dl class="facts">
                        <div>
                          <dt>{t('publish.cell')}</dt>
                          <dd>
                            <Own>{r.cell}</Own>
                            {r.more > 0 ? ' · ' + t('publish.more', { n: r.more }) : ''}
                          </dd>
                        </div>
                        {r.risk > 0 && (
                          <div>
                            <dt>{t('publish.risk')}</dt>
                            <dd>{t('publish.one.in', { n: r.risk })}</dd>
                          </div>
                        )}
                        <div>
                          <dt>{r.change ? t('publish.mend') : t('publish.help')}</dt>
                          <dd>{r.change ? does(r.change) : has('publish.help.' + r.kind) ? t(('publish.help.' + r.kind) as Name) : r.help}</dd>
                        </div>
                        {r.loss && (
                          <div>
                            <dt>{t('publish.lost')}</dt>
                            <dd>{goes(r.loss)}</dd>
                          </div>
                        )}
                        {r.by.length > 0 && (
                          <div>
                            <dt>{t('publish.by')}</dt>
                            <dd>
                              <Own>{r.by.join(', ')}</Own>
                            </dd>
                          </div>
                        )}
                      </dl>
                    </div>
                    <p class="row">
                      {r.change && (
                        <Btn k={i < 9 ? String(i + 1) : undefined} disabled={busy} onClick={() => apply(r)}>
                          {t('publish.apply')}
                        </Btn>
                      )}
                      <Btn disabled={busy} onClick={() => ask(r)}>
                        {t('publish.override')}
                      </Btn>
                    </p>
                  </li>
                ))}
              </ol>
              {d.allowed.length > 0 && (
                <>
                  <h2>{t('publish.allowed')}</h2>
                  <ul class="plain lines">
                    {d.allowed.map((a) => (
                      <li key={a} dir="auto">
                        <Own>{a}</Own>
                      </li>
                    ))}
                  </ul>
                </>
              )}
              <h2>{t('publish.holds')}</h2>
              <p>
                {t('publish.holds.numbers', { n: d.shown })} {d.hidden > 0 && t('publish.holds.hidden', { n: d.hidden })} {d.quotes > 0 ? t('publish.holds.quotes', { n: d.quotes, people: d.quoted }) : t('publish.holds.quotes.none')}
              </p>
              {d.omitted.length > 0 && (
                <details class="omitted">
                  <summary>{t('publish.omitted', { n: d.omitted.length })}</summary>
                  <ul class="plain lines">
                    {d.omitted.map((x, i) => (
                      <li key={i}>
                        <Own class="serif">{x}</Own>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
              <h2>{t('publish.editions')}</h2>
              {d.editions.length === 0 ? (
                <p class="quiet">{t('publish.editions.none')}</p>
              ) : (
                <ul class="plain lines editions">
                  {d.editions.map((e) => (
                    <li key={e.number}>
                      <span>
                        {t('publish.edition', { n: e.number })} · <time dateTime={e.day}>{day(e.day)}</time>
                        {!e.name && <small>{t('publish.elsewhere')}</small>}
                      </span>
                      {e.name && (
                        <span class="links">
                          {e.files.map((f) => (
                            <a key={f} href={'/editions/' + e.name + '/' + f} target="_blank" rel="noreferrer">
                              <bdi>{f}</bdi>
                            </a>
                          ))}
                        </span>
                      )}
                    </li>
                  ))}
                </ul>
              )}
              <p class="quiet">{t('publish.words')}</p>
              <Protected />
            </>
          )}
        </Load>
      )}
      {over && (
        <Ask title={t('publish.override')} about={over.code} label={t('publish.override.why')} button={t('publish.override.do')} close={() => ask(null)} save={(reason) => run({ allow: over.code, reason })}>
          <p>{why(over)}</p>
          <p class="quiet">{t('publish.override.how')}</p>
        </Ask>
      )}
    </main>
  )
}
