// A result of the report: its number, its rows and the words it rests on.

import { range } from './frame'
import { day, number, t } from './strings'
import type { Num } from './wire'

export interface Row { name: string; label: string; number: Num; cells?: Row[] }
export type Result = Num & { title?: string; kind?: string; table?: Row[]; note?: string }
export interface Sentence { article: string; outlet: string; date: string; words: string; person: string; statement?: string }

// A row is called as the report calls it.
const called = (x: Row) => x.number.says?.label || x.label

// How a number stands in a cell: what open questions may make of it behind it.
const moved = (n: Num) => (n.low !== n.value || n.high !== n.value ? t('range', { low: n.low, high: n.high }) : '')

// Two things crossed: a row for each of the one, a column for each of the other.
function Cross({ r }: { r: Result }) {
  const rows = r.table ?? []
  const columns = rows.find((x) => x.cells)?.cells ?? []
  return (
    <div class="scroll">
      <table class="rows cross">
        <caption dir="auto">{r.title || r.label}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((c) => (
              <th scope="col" key={c.name} dir="auto">
                {c.label}
              </th>
            ))}
            <th scope="col">{t('result.all')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((x) => (
            <tr key={x.name}>
              <th scope="row" dir="auto">
                {called(x)}
              </th>
              {columns.map((c) => {
                const n = x.cells?.find((y) => y.name === c.name)?.number
                return (
                  <td class={'n' + (n?.value ? '' : ' quiet')} key={c.name}>
                    {n ? number(n.value) : ''}
                    {n && moved(n) && <small>{moved(n)}</small>}
                  </td>
                )
              })}
              <td class="n">
                {number(x.number.value)}
                {moved(x.number) && <small>{moved(x.number)}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function ResultTable({ r, how }: { r: Result; how: string }) {
  const rows = r.table ?? []
  if (rows.some((x) => x.cells)) return <Cross r={r} />
  const value = (x: Row) => x.number.value
  const most = Math.max(1, ...rows.map(value))
  if (how === 'timeline')
    return (
      <figure class="timeline">
        <figcaption dir="auto">{r.title || r.label}</figcaption>
        <div class="bars" role="img" aria-label={rows.map((x) => called(x) + ': ' + value(x)).join(', ')}>
          {rows.map((x) => (
            <span key={x.name} title={called(x) + ': ' + number(value(x))}>
              <i style={{ height: (100 * value(x)) / most + '%' }} />
            </span>
          ))}
        </div>
        <p class="quiet bars-ends">
          <span>{rows[0] && called(rows[0])}</span>
          <span>{rows.length > 1 && called(rows[rows.length - 1])}</span>
        </p>
      </figure>
    )
  return (
    <table class="rows chart">
      <caption dir="auto">{r.title || r.label}</caption>
      <tbody>
        {rows.map((x) => (
          <tr key={x.name}>
            <th scope="row" dir="auto">
              {called(x)}
            </th>
            <td class="n">{number(value(x))}</td>
            <td class="meter-cell" aria-hidden="true">
              <span class="meter">
                <i style={{ width: (100 * value(x)) / most + '%' }} />
              </span>
            </td>
            <td class="quiet">{range(x.number)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Sentences({ items }: { items: Sentence[] }) {
  if (items.length === 0) return <p class="quiet">{t('evidence.none')}</p>
  return (
    <ol class="plain lines statements">
      {items.map((s, i) => (
        <li key={i}>
          <a class="serif words" dir="auto" href={'/articles/' + encodeURIComponent(s.article) + (s.statement ? '#' + encodeURIComponent('statement:' + s.statement) : '')}>
            {s.words}
          </a>
          <small dir="auto">{[s.person, s.outlet, day(s.date)].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ol>
  )
}
