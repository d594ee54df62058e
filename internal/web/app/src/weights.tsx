// What comparing two people weighs, and what the answers of the study would make
// of it: shown before it is taken, and given back like any other answer.

import { useData } from './client'
import { decide, fail, withdraw } from './decide'
import { fieldName } from './evidence'
import { day, has, per, t, type Name } from './strings'
import { Btn, Load, Own } from './ui'

interface End { key: string; name: string; described: string; outlet: string; date: string }
interface Level { level: string; bits: number; learned?: { bits: number; low: number; high: number; same: number; different: number } }
interface Shifted { a: End; b: End; now: number; then: number }
interface WeightsOf { items: Level[]; decision: string; same: number; different: number; least: number; either: number; enough: boolean; changes: boolean; rise: Shifted[]; fall: Shifted[]; rises: number; falls: number }

// A level is a field and how it came out: "name: all parts".
function level(x: string) {
  const [field, how] = x.split(': ')
  return how ? fieldName(field) + ': ' + (has('level.' + how) ? t(('level.' + how) as Name) : how) : fieldName(field)
}

const bits = (hundredths: number) => (hundredths > 0 ? '+' : hundredths < 0 ? '−' : '') + Math.abs(hundredths / 100).toFixed(1)
const who = (e: End) => [e.name || e.described || t('speaker.unnamed'), [e.outlet, day(e.date)].filter(Boolean).join(', ')].join(' · ')

export function Weights() {
  const from = useData<WeightsOf>('/weights')
  return (
    <>
      <h1>{t('weights')}</h1>
      <Load from={from}>{(d) => <Table d={d} />}</Load>
    </>
  )
}

function Table({ d }: { d: WeightsOf }) {
  const widest = Math.max(1, ...d.items.map((x) => Math.abs(x.bits)))
  const take = () => void decide([{ do: 'weights' }]).catch(() => {})
  const back = () => void withdraw([d.decision]).catch(fail)
  return (
    <>
      <p class="read">
        {d.decision ? t('weights.study') : t('weights.program')} {t('weights.how')}
      </p>
      {!d.enough && <p class="read">{t('weights.few', { least: d.least, either: d.either, same: d.same, different: d.different })}</p>}
      {d.enough && (
        <p class="read">
          {t('weights.from', { n: d.same + d.different, same: d.same, different: d.different })} {d.changes ? t('weights.rise', { n: d.rises }) + ' ' + t('weights.fall', { n: d.falls }) : t('weights.same')}
        </p>
      )}
      <p class="row wrap">
        {d.changes && <Btn onClick={take}>{t('weights.take')}</Btn>}
        {d.decision && (
          <Btn kind="quiet" onClick={back}>
            {t('weights.back')}
          </Btn>
        )}
      </p>
      <div class="scroll">
        <table class="evidence weights">
          <thead>
            <tr>
              <th scope="col">{t('weights.level')}</th>
              <th scope="col">{t('weights.now')}</th>
              {d.enough && <th scope="col">{t('weights.learned')}</th>}
              {d.enough && <th scope="col">{t('weights.rests')}</th>}
            </tr>
          </thead>
          <tbody>
            {d.items.map((x) => (
              <tr key={x.level}>
                <th scope="row">{level(x.level)}</th>
                <td class={'weight ' + (x.bits > 0 ? 'for' : x.bits < 0 ? 'against' : 'neutral')} data-label={t('weights.now')}>
                  <span>{t('links.bits.n', { n: bits(x.bits) })}</span>
                  <span class="meter" aria-hidden="true">
                    <i style={{ width: Math.max(2, (100 * Math.abs(x.bits)) / widest) + '%' }} />
                  </span>
                </td>
                {d.enough && (
                  <td data-label={t('weights.learned')}>
                    {x.learned ? (
                      <>
                        {t('links.bits.n', { n: bits(x.learned.bits) })} <small>{t('weights.between', { low: bits(x.learned.low), high: bits(x.learned.high) })}</small>
                      </>
                    ) : (
                      <span class="quiet">{t('weights.stays')}</span>
                    )}
                  </td>
                )}
                {d.enough && <td data-label={t('weights.rests')}>{x.learned ? t('weights.pairs', { same: x.learned.same, different: x.learned.different }) : ''}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {([['rise', d.rise, d.rises], ['fall', d.fall, d.falls]] as const).map(
        ([name, list, n]) =>
          list.length > 0 && (
            <section key={name}>
              <h2>{t(('weights.' + name) as Name, { n })}</h2>
              <ul class="plain lines">
                {list.map((p) => (
                  <li key={p.a.key + p.b.key}>
                    <a href={'/links?' + new URLSearchParams({ pair: p.a.key + '/' + p.b.key })} dir="auto">
                      <Own>{who(p.a)}</Own> – <Own>{who(p.b)}</Own>
                    </a>{' '}
                    <small>{t('weights.moves', { now: per(p.now), then: per(p.then) })}</small>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </>
  )
}
