// "Who speaks here": every speaker with statements, codes and values, as a
// listbox with roving focus. The buttons for the item under focus stand below
// it, always in the same place, so that they can be pressed without moving.

import { Component } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { session } from '../decide'
import { day, has, moment, per, t, type Name } from '../strings'
import { keyOf } from '../keys'
import { afterShown, Key, Own } from '../ui'
import type { Article, Given, Session, Speaker, Statement } from '../wire'
import type { Item } from './items'

const sign: Record<string, string> = { accepted: '✓', rejected: '✗', adjudicated: '‖', disputed: '≠', '': '·', suggested: '·' }

export const word = (prefix: string, value: string) => (has(prefix + value) ? t((prefix + value) as Name) : value)

export const codeLabel = (id: string) => session.value?.codes.find((c) => c.id === id)?.label ?? id
// The last part of a code's path is its short name: infighting.spy_hunt.
export const codeShort = (id: string) => (id.split('.').pop() ?? id).replace(/_/g, ' ')
export const variableLabel = (name: string) => name.replace(/_/g, ' ')

export const traits = (s: Speaker): string => [word('kind.', s.kind), s.gender && s.gender !== 'unknown' && s.gender !== 'none' ? word('gender.', s.gender) : ''].filter(Boolean).join(' · ')

// What own codings suggest, with the words that speak for it. The first is
// taken with a key; none is taken by itself.
export const Suggested = ({ of }: { of: Statement }) => (
  <>
    {of.suggested.map((x, i) => (
      <small key={x.code} class="suggested-code">
        {i === 0 && <Key k={keyOf({ id: 'code.suggested', key: 'q' })} />} <b title={codeLabel(x.code)}><Own>{codeShort(x.code)}</Own></b> {x.words.length > 0 && <span dir="auto">{t('code.words', { words: x.words.join(', ') })}</span>}
      </small>
    ))}
  </>
)

// Who answered what about the item under the focus, and when.
export const answered = (g: Given): string => {
  switch (g.kind) {
    case 'scope':
      return word('scope.', g.answer)
    case 'statement':
      return word('state.', g.answer)
    case 'value':
      return g.answer
    default:
      return (g.answer === 'no' ? '✗ ' : '✓ ') + codeShort(g.subject ?? '')
  }
}
export const GivenBy = ({ of }: { of: Given[] }) => (
  <>
    {of.map((g, i) => (
      <small key={i} class="given">
        <Own>{g.actor}</Own>: <Own>{answered(g)}</Own> · {[moment(g.time), g.round].filter(Boolean).join(' · ')}
      </small>
    ))}
  </>
)

interface RowProps { item: Item; current: boolean; first: boolean; open: boolean; sent: boolean; choose: (id: string) => void; codes: Session['codes'] | undefined; blind: boolean }

// What a line shows, but for the names of codes: the same as long as nothing in it
// changed.
const about = (i: Item) => (i.kind === 'speaker' ? i.speaker : i.kind === 'value' ? i.value : i.statement)

class Row extends Component<RowProps> {
  shouldComponentUpdate(n: RowProps) {
    const p = this.props
    return about(p.item) !== about(n.item) || p.current !== n.current || p.open !== n.open || p.sent !== n.sent || p.first !== n.first || p.codes !== n.codes
  }
  render({ item, current, first, open, sent, choose }: RowProps) {
    const cls = ['item', item.kind, current ? 'current' : '', open ? 'open' : '', sent ? 'sent' : ''].join(' ')
    return (
      <div id={'o-' + item.id} role="option" class={cls} aria-selected={current} tabIndex={current || first ? 0 : -1} onClick={() => choose(item.id)}>
        {this.inside(item, sent, current)}
        {open && <span class="hear">, {t('open.one')}</span>}
      </div>
    )
  }
  inside(i: Item, sent: boolean, current: boolean) {
    const mark = (s: string, state: string) => (
      <span class={'sign ' + (state || 'suggested')} aria-hidden="true">
        {sent ? '…' : s}
      </span>
    )
    switch (i.kind) {
      case 'speaker': {
        const s = i.speaker
        const state = s.scope || 'open'
        return (
          <>
            {mark(state === 'yes' ? '●' : '○', state === 'yes' ? 'accepted' : state === 'open' ? '' : 'rejected')}
            <span class="body">
              <span class="name">
                <Own>{s.name || t('speaker.unnamed')}</Own>
                <span class={'scope ' + state}>{word('scope.', state)}</span>
              </span>
              <small>{[traits(s), s.typed ? t('typed') : '', s.silent ? t('silent') : ''].filter(Boolean).join(' · ')}</small>
              {s.described && (
                <small class="described" dir="auto">
                  {s.described}
                </small>
              )}
              {s.same.map((x) => (
                <small key={x.key} class={x.state === 'same' ? 'same' : 'same maybe'} dir="auto">
                  {x.state === 'same' ? '= ' : '=? '}
                  {x.name}, {x.outlet} {day(x.date)}
                  {x.state === 'same' || !x.p ? '' : ' ' + per(x.p)}
                </small>
              ))}
              {current && (session.value?.criteria.length ?? 0) > 0 && (
                <small class="criteria">
                  {t('criteria.are')}{' '}
                  {session.value!.criteria.map((c, i) => (
                    <span key={c.name}>
                      {i > 0 && ' · '}
                      <Own>{c.label}</Own>
                    </span>
                  ))}
                </small>
              )}
              {current && <GivenBy of={s.given} />}
              {s.conflicts.length > 0 && <small class="warn">{s.conflicts.map((c) => c.actor + ': ' + word('scope.', c.answer)).join(' · ')}</small>}
            </span>
          </>
        )
      }
      case 'statement': {
        const s = i.statement
        return (
          <>
            {mark(sign[s.state] ?? '·', s.state)}
            <span class="body">
              <span class={'words ' + (s.state || 'suggested')} dir="auto">
                {s.words}
              </span>
              <small>
                {[word('type.', s.type), s.mode === 'thought' ? t('mode.thought') : '', s.state === '' && s.p ? per(s.p) : '', s.typed ? t('typed') : '', s.aside ? t('aside') : ''].filter(Boolean).join(' · ')}
                {s.state === '' && s.why && current && (
                  <>
                    {' · '}
                    <Own>{s.why}</Own>
                  </>
                )}
                {s.codes.filter((c) => c.state !== 'no').map((c) => (
                  <span key={c.id} class={'code ' + c.state} title={codeLabel(c.id)}>
                    {codeShort(c.id)}
                  </span>
                ))}
              </small>
              {s.old && <small class="warn">{t('again.older', { day: day(s.old) })}</small>}
              {current && s.codes.length === 0 && s.state !== 'rejected' && <Suggested of={s} />}
              {current && <GivenBy of={s.given} />}
              <span class="hear">{word('state.', s.state || 'suggested')}</span>
            </span>
          </>
        )
      }
      case 'code':
        return (
          <>
            {mark('?', '')}
            <span class="body">
              <span class="ask">{t('code.which')}</span>
              <Suggested of={i.statement} />
            </span>
          </>
        )
      case 'value': {
        const v = i.value
        return (
          <>
            {mark(v.state === 'accepted' ? '✓' : v.state === 'rejected' ? '✗' : '?', v.state)}
            <span class="body">
              <span class="ask">
                <Own>{variableLabel(v.variable)}</Own> <b dir="auto">{v.value || t('value.missing')}</b> {v.state === 'accepted' ? '' : v.p ? per(v.p) : ''}
              </span>
              {v.sentence && <small dir="auto">{v.sentence}</small>}
              {current && <GivenBy of={v.given} />}
              <span class="hear">{word('state.', v.state || 'suggested')}</span>
            </span>
          </>
        )
      }
    }
  }
}

// A long list is painted from its beginning to past the item under the focus
// first, so that nobody waits for what is out of sight; the rest follows at once.
const first = Math.ceil(innerHeight / 45)
const more = 200

export function Panel(p: { article: Article; items: Item[]; current: string | null; open: Set<string>; sent: Set<string>; choose: (id: string) => void; grown: () => void }) {
  const [shown, show] = useState(first)
  const upTo = Math.max(shown, p.items.findIndex((i) => i.id === p.current) + first)
  const whole = upTo >= p.items.length
  useEffect(() => {
    p.grown()
    if (whole) return
    return afterShown(() => show(upTo + more))
  }, [upTo, whole])
  const groups: { speaker: Speaker; items: Item[] }[] = []
  for (const i of whole ? p.items : p.items.slice(0, upTo)) {
    if (i.kind === 'speaker') groups.push({ speaker: i.speaker, items: [i] })
    else groups[groups.length - 1].items.push(i)
  }
  const has = p.items.some((i) => i.id === p.current)
  return (
    <div class="list" role="listbox" id="queue" aria-label={t('who.speaks')} aria-busy={!whole}>
      {groups.map((g, n) => (
        <div key={g.speaker.key} class="group" role="group" aria-label={g.speaker.name || t('speaker.unnamed')}>
          {g.items.map((i, m) => (
            <Row key={i.id} item={i} current={i.id === p.current} first={!has && n === 0 && m === 0} open={p.open.has(i.id)} sent={p.sent.has(i.id)} choose={p.choose} codes={session.value?.codes} blind={!!session.value?.blind} />
          ))}
        </div>
      ))}
    </div>
  )
}
