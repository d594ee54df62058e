// Coding together: rounds with who codes what, files for coders elsewhere, how
// far coders agree, and the answers that differ, settled one by one.

import { useEffect, useState } from 'preact/hooks'
import { send, useData } from './client'
import { decide, fail, freshen, session, take } from './decide'
import { Download, may, TakeBack } from './exchange'
import { useKeys } from './keys'
import { word } from './reading/panel'
import { filter, place } from './route'
import { useStore } from './store'
import { day, has, number, t, type Name } from './strings'
import { Ask, Btn, Load, Nothing, Own, Sheet } from './ui'
import type { Draft, Saved } from './wire'

interface Share { coder: string; pages: number; shared: number; done: number }
interface Round { name: string; coders: Share[]; lead: string; yours: boolean; blind: boolean; open: boolean; practice: boolean }
interface Rounds { items: Round[]; mine: string; coders: string[]; pages: number }
interface Coefficient { value: number | null; low: number | null; high: number | null; note: string; coders?: string[] }
interface First { units: number; differ: number; percent: Coefficient; alpha: Coefficient; ac1: Coefficient; kappas: Coefficient[] }
interface Agree extends First { changed: number; first: First | null; kind: string; code: string; label: string; what: string }
interface Differ { kind: string; code: string; statement: string; article: string; title: string; words: string; settled: string; answers: { actor: string; code: string; answer: string; draft: Draft | null }[] }
interface Agreement { items: Agree[]; coders: string[]; disagreements: Differ[]; round: string; rounds: string[]; blind: boolean; settles: boolean; adjudicators: string[]; weeks: Week[]; drift_coders: string[]; drift: Drift[] }
interface Week { monday: string; units: number; differ: number; percent: Coefficient; alpha: Coefficient; looked: number[] }
interface Drift { code: string; label: string; given: number[][] }

const label = (x: { kind: string; code: string; label: string }) => (x.code ? x.label : has('decision.' + x.label) ? t(('decision.' + x.label) as Name) : x.label)
const answer = (x: string) => word('answer.', x)

export function Together() {
  const rounds = useData<Rounds>('/rounds')
  return (
    <>
      <Load from={rounds} lines={4}>{(d) => <RoundList d={d} again={rounds.again} />}</Load>
      <Agreements />
    </>
  )
}

function RoundList({ d, again }: { d: Rounds; again: () => void }) {
  const [open, show] = useState(false)
  const lead = may('lead')
  useKeys([{ id: 'rounds.new', key: '+', label: t('rounds.new'), run: () => lead && show(true) }])
  const turn = (r: Round, to: boolean) => send<Saved>('POST', '/rounds', { name: r.name, coders: r.coders.map((c) => c.coder), blind: r.blind, open: to }).then((s) => (take(s, t(to ? 'rounds.reopen' : 'rounds.close') + ': ' + r.name), again(), void freshen()), fail)
  const [led, leading] = useState<Round | null>(null)
  const leads = (r: Round, name: string) =>
    send<Saved>('POST', '/rounds', { name: r.name, coders: r.coders.map((c) => c.coder), blind: r.blind, open: r.open, lead: name }).then((s) => (take(s, r.name + ': ' + t('rounds.lead', { name })), again(), void freshen()), (e) => (fail(e), false))
  const me = session.value?.actor ?? ''
  return (
    <section class="rounds">
      <div class="page-head">
        <h2>{t('rounds')}</h2>
        {lead && (
          <Btn k="+" onClick={() => show(true)}>
            {t('rounds.new')}
          </Btn>
        )}
      </div>
      {session.value?.blind && <p class="warn-box">{t('blind.codes')}</p>}
      {d.items.length === 0 ? (
        <p class="quiet">{t('rounds.none')}</p>
      ) : (
        <ul class="plain lines">
          {d.items.map((r) => (
            <li key={r.name}>
              <span class="row wrap">
                <b dir="auto">{r.name}</b>
                <span class={'tag' + (r.open ? ' warn' : '')}>{t(r.open ? 'rounds.open' : 'rounds.closed')}</span>
                {r.blind && <span class="tag">{t('rounds.blind')}</span>}
                {r.practice && <span class="tag">{t('rounds.practice')}</span>}
                <small class="quiet">{r.lead ? t('rounds.lead', { name: r.lead }) : t('rounds.lead.none')}</small>
                {may('set_up') && (
                  <Btn kind="quiet" label={t('rounds.lead.name') + ': ' + r.name} onClick={() => leading(r)}>
                    {t('rounds.lead.name')} …
                  </Btn>
                )}
                {r.yours && (
                  <Btn kind="quiet" label={t(r.open ? 'rounds.close' : 'rounds.reopen') + ': ' + r.name} onClick={() => void turn(r, !r.open)}>
                    {t(r.open ? 'rounds.close' : 'rounds.reopen')}
                  </Btn>
                )}
              </span>
              {r.coders.map((c) => (
                <span key={c.coder} class="row wrap share">
                  <Own>{c.coder}</Own>
                  <small>
                    {[t('rounds.pages', { n: c.pages }), c.shared ? t('rounds.shared', { n: c.shared }) : '', c.done >= 0 ? t('rounds.done', { n: c.done }) : ''].filter(Boolean).join(' · ')}
                  </small>
                  {c.coder === me && r.open && <a href={'/articles?assigned=' + encodeURIComponent(me)}>{t('rounds.mine')}</a>}
                  {r.yours && c.pages > 0 && <Download href={'/handout?coder=' + encodeURIComponent(c.coder)}>{t('handout.for', { coder: c.coder })}</Download>}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
      <p class="row wrap">
        <Download href={'/answers?of=' + encodeURIComponent(me)}>{t('handback')}</Download>
        {lead && <TakeBack label={t('takeback')} />}
      </p>
      {led && <Ask title={t('rounds.lead.of', { name: led.name })} about={led.name} value={led.lead} close={() => leading(null)} save={(name) => leads(led, name)} />}
      {open && <NewRound d={d} close={() => show(false)} saved={(s, name) => (show(false), take(s, t('rounds.new') + ': ' + name), again(), void freshen())} />}
    </section>
  )
}

function NewRound({ d, close, saved }: { d: Rounds; close: () => void; saved: (s: Saved, name: string) => void }) {
  const [f, set] = useState({ name: d.items.length === 0 ? 'calibration-1' : 'coding-' + d.items.length, coders: d.coders.join(', '), blind: true, pages: '', double: '20', by: '2' })
  const put = (name: string, value: string | boolean) => set((x) => ({ ...x, [name]: value }))
  const [shares, show] = useState<Share[] | null>(null)
  const body = () => ({ name: f.name.trim(), coders: f.coders.split(',').map((x) => x.trim()).filter(Boolean), blind: f.blind, open: true, assign: true, pages: +f.pages || 0, double: +f.double || 0, by: +f.by || 0 })
  useEffect(() => {
    const wait = setTimeout(() => void send<{ shares: Share[] }>('POST', '/rounds', { ...body(), preview: true }).then((r) => show(r.shares), () => show(null)), 250)
    return () => clearTimeout(wait)
  }, [f])
  const field = (name: 'name' | 'coders' | 'pages' | 'double' | 'by', hint?: string) => (
    <label>
      {t(('rounds.f.' + name) as Name)}
      <input class="line" dir="auto" autofocus={name === 'name'} inputMode={['pages', 'double', 'by'].includes(name) ? 'numeric' : undefined} value={f[name]} placeholder={hint} onInput={(e) => put(name, e.currentTarget.value)} />
    </label>
  )
  return (
    <Sheet title={t('rounds.new')} close={close} wide>
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault()
          send<Saved>('POST', '/rounds', body()).then((s) => saved(s, body().name), fail)
        }}
      >
        {field('name')}
        <p class="quiet">{t('rounds.name.hint')}</p>
        {field('coders', 'ada, ben')}
        <label class="check">
          <input type="checkbox" checked={f.blind} onChange={(e) => put('blind', e.currentTarget.checked)} /> <span>{t('rounds.f.blind')}</span>
        </label>
        {field('pages', t('rounds.all', { n: d.pages }))}
        {field('double')}
        {field('by')}
        <ul class="plain" aria-live="polite">
          {(shares ?? []).map((x) => (
            <li key={x.coder}>
              <Own>{x.coder}</Own> <small>{t('rounds.pages', { n: x.pages })}{x.shared ? ' · ' + t('rounds.shared', { n: x.shared }) : ''}</small>
            </li>
          ))}
        </ul>
        <p class="row">
          <button type="submit" class="btn strong">
            <span>{t('rounds.begin')}</span>
          </button>
          <Btn onClick={close}>{t('cancel')}</Btn>
        </p>
      </form>
    </Sheet>
  )
}

const shownC = (c: Coefficient) => (c.value === null ? '—' : c.value.toFixed(2))
const interval = (c: Coefficient) => (c.low === null || c.high === null ? '' : t('range', { low: c.low.toFixed(2), high: c.high.toFixed(2) }))

function Agreements() {
  const { query } = useStore(place)
  const round = query.get('round') ?? ''
  const from = useData<Agreement>('/agreement' + (round ? '?round=' + encodeURIComponent(round) : ''))
  return (
    <section>
      <h2>{t('agreement')}</h2>
      <Load from={from}>
        {(d) => (
          <>
            {d.rounds.length > 0 && (
              <span class="chips" role="group" aria-label={t('rounds')}>
                <button type="button" class="chip" aria-pressed={round === ''} onClick={() => filter('round', null)}>
                  {t('agreement.rounds.all')}
                </button>
                {d.rounds.map((x) => (
                  <button key={x} type="button" class="chip" aria-pressed={round === x} onClick={() => filter('round', x)}>
                    <Own>{x}</Own>
                  </button>
                ))}
              </span>
            )}
            {d.items.length === 0 ? (
              <Nothing title={t('agreement.none')}>
                <p>{t('agreement.how')}</p>
              </Nothing>
            ) : (
              <>
                <p class="quiet">{t('agreement.before')}</p>
                <div class="scroll" tabIndex={0} role="region" aria-label={t('agreement')}>
                  <table class="rows agreement stack">
                    <thead>
                      <tr>
                        <th scope="col">{t('agreement.of')}</th>
                        <th scope="col" class="n">{t('col.units')}</th>
                        <th scope="col" class="n">{t('agreement.differ')}</th>
                        <th scope="col" class="n">%</th>
                        <th scope="col" class="n">α</th>
                        <th scope="col">{t('col.interval')}</th>
                        <th scope="col">AC1</th>
                        <th scope="col">κ</th>
                      </tr>
                    </thead>
                    <tbody>
                      {d.items.map((x) => [
                        <tr key={x.kind + x.code} class={x.code ? '' : 'all'}>
                          <th scope="row">
                            <Own>{label(x)}</Own>
                            {!x.code && <small dir="auto">{x.what}</small>}
                          </th>
                          <Agreed x={x} />
                        </tr>,
                        x.first && (
                          <tr key={x.kind + x.code + ' first'} class="first">
                            <th scope="row">
                              {t('agreement.first')} <small>{t('agreement.changed', { n: x.changed })}</small>
                            </th>
                            <Agreed x={x.first} />
                          </tr>
                        ),
                      ])}
                    </tbody>
                  </table>
                </div>
              </>
            )}
            {d.weeks.length > 0 && d.drift.length > 0 && <Drifting d={d} />}
            {d.disagreements.length > 0 && <Settle d={d} />}
          </>
        )}
      </Load>
    </section>
  )
}

const Agreed = ({ x }: { x: First }) => (
  <>
    <td class="n" data-label={t('col.units')}>{number(x.units)}</td>
    <td class="n" data-label={t('agreement.differ')}>{number(x.differ)}</td>
    <td class="n" data-label="%">{x.percent.value === null ? '—' : Math.round(x.percent.value * 100)}</td>
    <td class="n" data-label="α">{shownC(x.alpha)}</td>
    <td>{interval(x.alpha) || <small dir="auto">{x.alpha.note}</small>}</td>
    <td data-label="AC1">
      {shownC(x.ac1)} <small>{interval(x.ac1)}</small>
    </td>
    <td>
      {x.kappas.map((k) => (
        <small key={k.coders?.join()} dir="auto">
          {k.coders?.join(' – ')}: {shownC(k)} {interval(k)}
        </small>
      ))}
    </td>
  </>
)

// From week to week: how far coders agreed on codes, and how often each gave one.
function Drifting({ d }: { d: Agreement }) {
  const most = (x: Drift) => x.given.flat().reduce((a, b) => a + b, 0)
  const codes = [...d.drift].sort((a, b) => most(b) - most(a))
  const [code, choose] = useState('')
  const now = codes.find((x) => x.code === code) ?? codes[0]
  return (
    <section class="drift">
      <h2>{t('drift')}</h2>
      <p class="quiet">{t(d.weeks.length === 1 ? 'drift.one' : 'drift.how', { day: day(d.weeks[0].monday) })}</p>
      <label>
        {t('drift.code')}{' '}
        <select value={now.code} onChange={(e) => choose(e.currentTarget.value)}>
          {codes.map((x) => (
            <option key={x.code} value={x.code}>
              {x.code}
            </option>
          ))}
        </select>
      </label>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('drift')}>
        <table class="rows stack">
          <thead>
            <tr>
              <th scope="col">{t('drift.week')}</th>
              <th scope="col" class="n">{t('col.units')}</th>
              <th scope="col" class="n">{t('agreement.differ')}</th>
              <th scope="col" class="n">%</th>
              <th scope="col" class="n">α</th>
              <th scope="col">{t('col.interval')}</th>
              {d.drift_coders.map((c) => (
                <th key={c} scope="col" class="n">
                  <Own>{c}</Own>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {d.weeks.map((w, i) => (
              <tr key={w.monday}>
                <th scope="row">{day(w.monday)}</th>
                <td class="n" data-label={t('col.units')}>{number(w.units)}</td>
                <td class="n" data-label={t('agreement.differ')}>{number(w.differ)}</td>
                <td class="n" data-label="%">{w.percent.value === null ? '—' : Math.round(w.percent.value * 100)}</td>
                <td class="n" data-label="α">{shownC(w.alpha)}</td>
                <td>{interval(w.alpha) || (w.units > 0 ? <small dir="auto">{w.alpha.note}</small> : '')}</td>
                {d.drift_coders.map((c, j) => (
                  <td key={c} class="n" data-label={c}>
                    {w.looked[j] === 0 && now.given[i][j] === 0 ? '—' : t('of', { n: now.given[i][j], of: w.looked[j] })}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">{t('drift.given', { code: now.code })}</p>
    </section>
  )
}

// The answers that differ, one at a time: a digit takes the answer of a coder.
function Settle({ d }: { d: Agreement }) {
  const [at, turn] = useState(0)
  const i = Math.min(at, d.disagreements.length - 1)
  const x = d.disagreements[i]
  const give = (n: number) => {
    const a = x.answers[n]
    if (!a?.draft) return
    void decide([a.draft]).then(() => turn(Math.min(i + 1, d.disagreements.length - 1)), () => {})
  }
  useKeys([
    { id: 'next', key: 'j', label: t('key.next'), run: () => turn(Math.min(i + 1, d.disagreements.length - 1)), repeat: true },
    { id: 'back', key: 'k', label: t('key.back'), run: () => turn(Math.max(i - 1, 0)), repeat: true },
    ...x.answers.slice(0, 9).map((a, n) => ({ id: 'settle.' + (n + 1), key: String(n + 1), label: t('settle.as', { actor: a.actor }), run: () => give(n), hidden: !a.draft })),
  ])
  const left = d.disagreements.filter((y) => !y.settled).length
  return (
    <section class="settle">
      <h2>{t('agreement.settle')}</h2>
      <p class="quiet">
        {t('settle.left', { n: left })} {d.settles ? t('settle.yes') : t('settle.no')} {!d.settles && <a href="/setup#study.yaml">{t('settle.who')}</a>}
      </p>
      <div class="settle-one" aria-live="polite">
        <p class="quiet">
          {number(i + 1)} / {number(d.disagreements.length)} · <Own>{x.code || word('decision.', x.kind)}</Own>
          {x.settled && (
            <>
              {' · '}
              <span class="tag">
                {t('settle.settled')}: <Own>{answer(x.settled)}</Own>
              </span>
            </>
          )}
        </p>
        <p class="serif words" dir="auto">
          {x.words}
        </p>
        <p>
          <a href={'/articles/' + encodeURIComponent(x.article) + (x.statement ? '#' + encodeURIComponent('statement:' + x.statement) : '')}>
            <Own>{x.title || t('history.article')}</Own>
          </a>
        </p>
        <p class="row wrap">
          {x.answers.map((a, n) => (
            <Btn key={a.actor} kind="equal" k={String(n + 1)} disabled={!a.draft} pressed={x.settled === a.answer} onClick={() => give(n)}>
              {a.actor}: {answer(a.answer)}
            </Btn>
          ))}
        </p>
        <p class="row">
          <Btn kind="quiet" k="k" onClick={() => turn(Math.max(i - 1, 0))}>
            {t('key.back')}
          </Btn>
          <Btn kind="quiet" k="j" onClick={() => turn(Math.min(i + 1, d.disagreements.length - 1))}>
            {t('key.next')}
          </Btn>
        </p>
      </div>
    </section>
  )
}
