// Same person? One pair at a time, evidence field by field, three answers of
// equal weight. The size of the effect stands there before the answer, its
// direction only after.

import { useEffect, useRef, useState } from 'preact/hooks'
import { get, Refused, useData } from './client'
import { Clusters } from './clusters'
import { decide, Dropped, say, session } from './decide'
import { Doubts, type Doubt } from './doubts'
import { fieldName, weight, type Field } from './evidence'
import { keyOf, useKeys } from './keys'
import { filter, go as leave, place } from './route'
import { useStore } from './store'
import { day, t, type Name } from './strings'
import { Btn, Key, Load, Nothing, Own, Trouble, Waiting } from './ui'
import { Weights } from './weights'
import type { List } from './wire'

interface End { key: string; name: string; kind?: string; outlet: string; date: string; article: string; described: string; statements: number | unknown[]; row?: { key: string; outlet: string; date: string; title: string } }
interface PairRow { a: End; b: End; p: number; answer: string; kind: string; left?: number }
interface Pair { a: End; b: End; p: number; answer: string; fields: Field[]; most: number; implied: string; within: string; chain: string[] | null; doubts: Doubt[]; position?: number; of?: number; estimate?: { text: string } | null; kind?: string }

interface Drawn { pairs: number; drawn: number; compared: number; same: number; unsure: number; low: number; high: number }

type Answers = List<PairRow> & { drawn?: Drawn; elsewhere?: { order: 'next' | 'top' | 'random'; left: number }[] }

const orders = ['next', 'top', 'uncertain', 'random', 'groups', 'weights'] as const
const id = (p: { a: End; b: End }) => p.a.key + '/' + p.b.key
const articleOf = (e: End) => e.row?.key ?? e.article
const outletOf = (e: End) => [e.row?.outlet ?? e.outlet, day(e.row?.date ?? e.date)].filter(Boolean).join(', ')
const statementsOf = (e: End) => (Array.isArray(e.statements) ? e.statements.length : e.statements)

// On a telephone each value stands under whose it is; two may have one name.
const called = (e: End) => [e.name || t('speaker.unnamed'), e.row?.outlet ?? e.outlet].filter(Boolean).join(', ')

export function LinksPage() {
  const { query } = useStore(place)
  const order = query.get('order') ?? 'next'
  const groups = order === 'groups'
  const weights = order === 'weights'
  const near = query.get('near') // the speaker of whom somebody wonders who else it may be
  useKeys([{ id: 'links.groups', key: 'o', label: t('links.turn'), run: () => filter('order', groups ? null : 'groups') }])
  const from = useData<Answers>(groups || weights ? null : near ? '/speakers/' + encodeURIComponent(near) + '/near' : '/pairs?limit=200&order=' + order)
  return (
    <main id="main" class="wide-page links" tabIndex={-1}>
      <div class="filters">
        <span class="chips" role="group" aria-label={t('links.order')}>
          {orders.map((x) => (
            <button key={x} type="button" class="chip" aria-pressed={!near && order === x} onClick={() => leave('/links' + (x === 'next' ? '' : '?order=' + x))}>
              {t(('links.' + x) as Name)} {(x === 'groups' ? !groups : groups && x === 'next') && <Key k={keyOf({ id: 'links.groups', key: 'o' })} />}
            </button>
          ))}
        </span>
      </div>
      {weights ? <Weights /> : groups ? <Clusters /> : <Load from={from}>{(d) => (
          <>
            {near && <p class="read">{d.items.length > 0 ? t('links.near.n', { name: d.items[0].a.key === near ? d.items[0].a.name : d.items[0].b.key === near ? d.items[0].b.name : d.items[0].a.name, n: d.items.length }) : t('links.near.none')}</p>}
            {d.drawn && <Draw d={d.drawn} />}
            {!(d.drawn && d.items.length === 0 && d.drawn.drawn === 0) && <Pairs key={order + near} d={d} wanted={query.get('pair')} inTurn={order === 'next' && !near} />}
          </>
        )}</Load>}
    </main>
  )
}

// Draw says what comparing pairs drawn at random showed, and draws more.
function Draw({ d }: { d: Drawn }) {
  return (
    <>
      <p class="read">
        {d.compared > 0
          ? t('links.drawn.n', { n: d.compared, of: d.pairs, same: d.same, unsure: d.unsure, low: d.low, high: d.high })
          : t('links.drawn.none')}
      </p>
      <p>
        <Btn onClick={() => void decide([{ do: 'draw', pairs: drawnAtOnce }]).catch(() => {})}>
          {t('links.draw', { n: drawnAtOnce })}
        </Btn>
      </p>
    </>
  )
}

const drawnAtOnce = 30

function Pairs({ d, wanted, inTurn }: { d: Answers; wanted: string | null; inTurn: boolean }) {
  // The order is kept while somebody answers; others' answers do not move it.
  const order = useRef<string[]>([])
  const fresh = d.items.filter((p) => !p.answer).map(id)
  order.current = [...order.current, ...fresh.filter((x) => !order.current.includes(x))]
  const [done, did] = useState<string[]>([]) // in the order of answering, for the way back
  const [sent, send] = useState<Set<string>>(new Set()) // answered, and still in the list that the server gave
  useEffect(() => send((x) => new Set([...x].filter((y) => fresh.includes(y)))), [d])
  const [at, turn] = useState<string | null>(wanted ?? order.current[0] ?? null)
  const [detail, show] = useState(false)
  const [pair, set] = useState<Pair | null>(null)
  const [error, refuse] = useState<Refused | null>(null)
  const cache = useRef(new Map<string, Promise<Pair>>())
  const s = useStore(session)
  const load = (x: string) => {
    const [a, b] = x.split('/')
    let p = cache.current.get(x)
    if (!p) {
      p = get<Pair>('/pairs/' + encodeURIComponent(a) + '/' + encodeURIComponent(b))
      cache.current.set(x, p)
    }
    return p
  }
  const next = (x: string) => {
    const open = order.current.filter((y) => y !== x && !sent.has(y) && fresh.includes(y))
    const i = order.current.indexOf(x)
    return open.find((y) => order.current.indexOf(y) > i) ?? open[0] ?? null
  }
  // An answer, or one that was taken back, may bring up another question.
  useEffect(() => {
    if (!at && next('')) turn(next(''))
  }, [d, sent])
  useEffect(() => {
    if (!at) {
      set(null)
      return
    }
    let mine = true
    load(at).then(
      (p) => mine && (set(p), refuse(null)),
      (e) => mine && refuse(e instanceof Refused ? e : new Refused(0, String(e), '', '', null)),
    )
    const n = next(at)
    if (n) void load(n).catch(() => {})
    return () => {
      mine = false
    }
  }, [at])
  const go = (x: string | null) => {
    turn(x)
    if (x) filter('pair', x, true)
  }
  const answer = (to: 'same' | 'different' | 'unsure') => {
    if (!at) return
    const x = at
    const [a, b] = x.split('/')
    did((l) => [...l, x])
    send((l) => new Set([...l, x]))
    const from = new URLSearchParams(location.search).get('from')
    if (from) leave(from)
    else go(next(x))
    decide([{ do: 'link', a, b, answer: to }]).then(
      () => cache.current.clear(),
      (e) => {
        did((l) => l.filter((y) => y !== x))
        send((l) => new Set([...l].filter((y) => y !== x)))
        if (!(e instanceof Dropped)) go(x)
      },
    )
  }
  const back = () => {
    const i = done.at(-1) ?? order.current[order.current.indexOf(at ?? '') - 1]
    if (i) {
      did((l) => l.filter((y) => y !== i))
      go(i)
    } else say(t('links.first'))
  }
  useKeys([
    { id: 'pair.same', key: '=', label: t('links.same'), run: () => answer('same') },
    { id: 'pair.different', key: 'd', label: t('links.different'), run: () => answer('different') },
    { id: 'pair.unsure', key: 'm', label: t('links.unsure'), run: () => answer('unsure') },
    { id: 'pair.back', key: 'k', label: t('links.back'), run: back },
    { id: 'pair.skip', key: 'j', label: t('links.skip'), run: () => at && go(next(at) ?? at) },
    { id: 'pair.bits', key: 'i', label: t('links.bits'), run: () => show((x) => !x) },
  ])
  if (error) return <Trouble error={error} again={() => at && (cache.current.delete(at), go(at))} />
  // Whether none is left is known once the last answers are in the list.
  const heading = <h1 class="hear">{t('nav.links')}</h1>
  if (!at && sent.size > 0)
    return (
      <>
        {heading}
        <Waiting />
      </>
    )
  if (!at)
    return (
      <>
        {heading}
        <Nothing title={t(d.elsewhere ? 'links.none.order' : 'links.none')}>
          {s?.headline[0]?.value === 0 && <p>{t('links.none.counted')}</p>}
          {d.elsewhere?.map((x) => (
            <p key={x.order}>
              <a href={'/links' + (x.order === 'next' ? '' : '?order=' + x.order)}>{t(inTurn && x.order === 'top' ? 'links.others' : 'links.elsewhere', { n: x.left, order: t(('links.' + x.order) as Name) })}</a>
            </p>
          ))}
          <p>
            <a href="/">{t('nav.next')}</a>
          </p>
        </Nothing>
      </>
    )
  if (!pair)
    return (
      <>
        {heading}
        <Waiting />
      </>
    )
  const left = order.current.filter((y) => !sent.has(y) && fresh.includes(y)).length
  const widest = Math.max(1, ...pair.fields.map((f) => Math.abs(f.bits)))
  return (
    <article class="pair">
      <p class="quiet pair-line">
        <span>{t('links.left', { n: left })}</span>
        {pair.kind && <span>{t(('links.' + pair.kind) as Name)}</span>}
        <span>{pair.most > 0 ? t('most', { n: pair.most }) : t('most.none')}</span>
      </p>
      <h1 dir="auto">{t('links.question', { a: pair.a.name || pair.a.described || t('speaker.unnamed'), b: pair.b.name || pair.b.described || t('speaker.unnamed') })}</h1>
      <div class="scroll">
        <table class="evidence">
          <thead>
            <tr>
              <th scope="col">
                <span class="hear">{t('links.field')}</span>
              </th>
              {[pair.a, pair.b].map((e) => (
                <th scope="col" key={e.key}>
                  <a href={'/articles/' + encodeURIComponent(articleOf(e)) + '#' + encodeURIComponent('speaker:' + e.key)} dir="auto">
                    {e.name || t('speaker.unnamed')}
                  </a>
                  <small dir="auto">{[outletOf(e), e.described, t('statements.n', { n: statementsOf(e) })].filter(Boolean).join(' · ')}</small>
                </th>
              ))}
              <th scope="col">{t('links.evidence')}</th>
            </tr>
          </thead>
          <tbody>
            {pair.fields.filter((f) => detail || f.a || f.b).map((f) => (
              <tr key={f.field + f.a + f.b}>
                <th scope="row">{fieldName(f.field)}</th>
                <td class="serif" dir="auto" data-label={called(pair.a)}>
                  {f.a || <span class="quiet">{t('not.stated')}</span>}
                </td>
                <td class="serif" dir="auto" data-label={called(pair.b)}>
                  {f.b || <span class="quiet">{t('not.stated')}</span>}
                </td>
                <td class={'weight ' + f.for}>
                  <span dir="auto">
                    {weight(f)}
                  </span>
                  {f.for !== 'neutral' && (
                    <span class="meter" aria-hidden="true">
                      <i style={{ width: Math.max(6, (100 * Math.abs(f.bits)) / widest) + '%' }} />
                    </span>
                  )}
                  {detail && <small>{t('links.bits.n', { n: (f.bits / 1000).toFixed(1) })}</small>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="deck-main answers">
        <Btn kind="equal" k={keyOf({ id: 'pair.same', key: '=' })} onClick={() => answer('same')}>
          {t('links.same')}
        </Btn>
        <Btn kind="equal" k={keyOf({ id: 'pair.different', key: 'd' })} onClick={() => answer('different')}>
          {t('links.different')}
        </Btn>
        <Btn kind="equal" k={keyOf({ id: 'pair.unsure', key: 'm' })} onClick={() => answer('unsure')}>
          {t('links.unsure')}
        </Btn>
      </p>
      <p class="deck-more">
        <Btn kind="quiet" k={keyOf({ id: 'pair.back', key: 'k' })} onClick={back}>
          {t('links.back')}
        </Btn>
        <Btn kind="quiet" k={keyOf({ id: 'pair.skip', key: 'j' })} onClick={() => go(next(at) ?? at)}>
          {t('links.skip')}
        </Btn>
        <Btn kind="quiet" k={keyOf({ id: 'pair.bits', key: 'i' })} pressed={detail} onClick={() => show(!detail)}>
          {t('links.bits')}
        </Btn>
        {pair.p > 0 && <span class="quiet">{t('links.like', { n: Math.round(pair.p / 10) })}</span>}
      </p>
      {pair.chain && pair.chain.length > 0 && (
        <p class="quiet">
          {t('links.chain')} {pair.chain.map((c, i) => [i > 0 && ' · ', <Own key={i}>{c}</Own>])}
        </p>
      )}
      <Doubts of={pair.doubts} />
      {pair.implied && (
        <p class="quiet" dir="auto">
          {t('links.implied')} {pair.implied}
        </p>
      )}
      {pair.estimate?.text && (
        <p class="quiet" dir="auto">
          {pair.estimate.text}
        </p>
      )}
    </article>
  )
}
