// Many mentions of one person as one question: who they are, what joins them,
// in words, and where the group is weakest. = says that all are one, s that the
// two sides of the weakest link are two.

import { useState } from 'preact/hooks'
import { useData } from './client'
import { decide, Dropped, session } from './decide'
import { fieldName, weight, type Field } from './evidence'
import { keyOf, useKeys } from './keys'
import { useStore } from './store'
import { day, number, per, t } from './strings'
import { Btn, Load, Nothing, Own } from './ui'
import type { Draft, List } from './wire'

interface Voice { key: string; name: string; kind?: string; outlet: string; date: string; article: string; described: string; counts: boolean; side: number; row?: { key: string; outlet: string; date: string; title: string } }
interface LinkOf { a: string; b: string; p: number; fields: Field[]; weakest: boolean }
interface Cluster { id: string; name: string; voices: Voice[]; links: LinkOf[]; most: number; refused: LinkOf[] }

const outletOf = (v: Voice) => [v.row?.outlet ?? v.outlet, day(v.row?.date ?? v.date)].filter(Boolean).join(', ')

// What says something of the two, the same way as on the page of a pair.
const Evidence = ({ fields }: { fields: Field[] }) => (
  <>
    {fields
      .filter((f) => f.strength > 0 && f.for !== 'neutral' && (f.a || f.b))
      .map((f) => (
        <small key={f.field + f.a + f.b} class={f.for === 'against' ? 'warn' : ''}>
          {fieldName(f.field)}: <Own>{f.a === f.b ? f.a : [f.a, f.b].filter(Boolean).join(' – ')}</Own> · {weight(f)}
        </small>
      ))}
  </>
)

export function Clusters() {
  const from = useData<List<Cluster>>('/clusters')
  return (
    <Load from={from}>
      {(d) =>
        d.items.length === 0 ? (
          <Nothing title={t('clusters.none')}>
            <p>{t('clusters.how')}</p>
          </Nothing>
        ) : (
          <One d={d} />
        )
      }
    </Load>
  )
}

function One({ d }: { d: List<Cluster> }) {
  const s = useStore(session)
  const [wanted, go] = useState(d.items[0].id)
  const [done, did] = useState<string[]>([])
  const open = d.items.filter((x) => !done.includes(x.id))
  const i = Math.max(0, open.findIndex((x) => x.id === wanted))
  const c = open[i]
  const give = (drafts: Draft[], group: string) => {
    did((l) => [...l, c.id])
    go(open[i + 1]?.id ?? open[0].id)
    decide(drafts, { group }).catch((e) => {
      did((l) => l.filter((x) => x !== c.id))
      if (!(e instanceof Dropped)) go(c.id)
    })
  }
  const link = (l: LinkOf, answer: string): Draft => ({ do: 'link', a: l.a, b: l.b, answer })
  const same = () => c && give(c.links.map((l) => link(l, 'same')), t('clusters.same.group', { name: c.name }))
  const split = () => c && give(c.links.map((l) => link(l, l.weakest ? 'different' : 'same')), t('clusters.split.group', { name: c.name }))
  const unsure = () => c && give(c.links.map((l) => link(l, 'unsure')), t('clusters.unsure.group', { name: c.name }))
  const turn = (by: number) => open[i + by] && go(open[i + by].id)
  useKeys([
    { id: 'same', key: '=', label: t('clusters.same'), run: same },
    { id: 'clusters.split', key: 's', label: t('clusters.split'), run: split },
    { id: 'unsure', key: 'm', label: t('clusters.unsure'), run: unsure },
    { id: 'next', key: 'j', label: t('key.next'), run: () => turn(1), repeat: true },
    { id: 'back', key: 'k', label: t('key.back'), run: () => turn(-1), repeat: true },
  ])
  if (!c) return <Nothing title={t('clusters.done')} />
  const name = (key: string) => c.voices.find((v) => v.key === key)
  const key = (id: string, k: string) => keyOf({ id, key: k })
  return (
    <div class="cluster">
      <p class="quiet">
        {number(i + 1)} / {number(open.length)} · {t('clusters.mentions', { n: c.voices.length })}
        {!s?.blind && ' · ' + (c.most > 0 ? t('most', { n: c.most }) : t('most.none'))}
      </p>
      <h1>
        <Own>{c.name}</Own>?
      </h1>
      <p class="deck-main answers">
        <Btn kind="equal" k={key('same', '=')} onClick={same}>
          {t('clusters.same')}
        </Btn>
        <Btn kind="equal" k={key('clusters.split', 's')} onClick={split}>
          {t('clusters.split')}
        </Btn>
        <Btn kind="equal" k={key('unsure', 'm')} onClick={unsure}>
          {t('clusters.unsure')}
        </Btn>
      </p>
      <div class="two-wide">
        {[0, 1].map((side) => (
          <section key={side}>
            <h2>{t(side === 0 ? 'clusters.side.one' : 'clusters.side.two')}</h2>
            <ol class="plain lines">
              {c.voices
                .filter((v) => v.side === side)
                .map((v) => (
                  <li key={v.key}>
                    <b dir="auto">{v.name}</b> {v.counts && <span class="tag">{t('scope.yes')}</span>}
                    <small dir="auto">
                      <a href={'/articles/' + encodeURIComponent(v.row?.key ?? v.article) + '#' + encodeURIComponent('speaker:' + v.key)}>{outletOf(v)}</a>
                    </small>
                    {v.described && (
                      <small class="described" dir="auto">
                        {v.described}
                      </small>
                    )}
                  </li>
                ))}
            </ol>
          </section>
        ))}
      </div>
      <h2>{t('clusters.joined')}</h2>
      <ol class="plain lines">
        {c.links.map((l) => (
          <li key={l.a + l.b} class={l.weakest ? 'weakest' : ''}>
            <span class="row wrap">
              <Own>{name(l.a)?.name}</Own>
              <small dir="auto">{name(l.a) && outletOf(name(l.a)!)}</small>
              <span aria-hidden="true">=?</span>
              <Own>{name(l.b)?.name}</Own>
              <small dir="auto">{name(l.b) && outletOf(name(l.b)!)}</small>
              <span class="count">{per(l.p)}</span>
              {l.weakest && <span class="tag warn">{t('person.weakest')}</span>}
            </span>
            <Evidence fields={l.fields} />
          </li>
        ))}
      </ol>
      {c.refused.length > 0 && <p class="quiet">{t('clusters.refused', { n: c.refused.length })}</p>}
    </div>
  )
}
