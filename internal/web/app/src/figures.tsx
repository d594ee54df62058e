// Reported numbers: one table a quantity, across independent originals.

import { useData } from './client'
import { decide } from './decide'
import { day, number, t } from './strings'
import { Btn, Load, Nothing, Own } from './ui'
import { range } from './frame'
import type { List, Num } from './wire'

interface Row { key: string; article: string; outlet: string; date: string; words: string; value: string; said_by: string; sentence: string; original: string; outlier: boolean; why: string; check: string; holds: boolean }
interface Quantity { quantity: string; label: string; own: Num | null; rows: Row[] }

export function FiguresPage() {
  const from = useData<List<Quantity>>('/figures')
  return (
    <main id="main" class="wide-page" tabIndex={-1}>
      <h1>{t('nav.figures')}</h1>
      <Load from={from}>
        {(d) =>
          d.items.length === 0 ? (
            <Nothing title={t('figures.none')} />
          ) : (
            d.items.map((q, n) => (
              <section key={q.quantity + n}>
                <h2>
                  <Own>{(q.label || q.quantity).replace(/\b\d{4}-\d\d(-\d\d)?\b/g, day)}</Own>
                </h2>
                {q.own && (
                  <p>
                    {t('figures.own')} <b>{q.own.text || number(q.own.value)}</b> <span class="quiet">{range(q.own)}</span>
                  </p>
                )}
                <div class="scroll" tabIndex={0} role="region" aria-label={t('figures.table', { n: n + 1, label: q.label || q.quantity })}>
                  <table class="rows figures stack">
                    <thead>
                      <tr>
                        <th scope="col" class="n">
                          {t('col.value')}
                        </th>
                        <th scope="col">{t('col.sentence')}</th>
                        <th scope="col">{t('col.who')}</th>
                        <th scope="col">{t('filter.outlet')}</th>
                        <th scope="col">{t('col.check')}</th>
                        <th scope="col">{t('col.holds')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {q.rows.map((r) => (
                        <tr key={r.key} class={r.outlier ? 'outlier' : ''}>
                          <td class="n">
                            <b dir="auto">{r.value || r.words}</b>
                          </td>
                          <td class="serif main-cell" dir="auto">
                            {r.sentence || r.words}
                          </td>
                          <td dir="auto">{r.said_by}</td>
                          <td>
                            <a href={'/articles/' + encodeURIComponent(r.article)} dir="auto">
                              {r.outlet}
                            </a>
                            <small>{day(r.date)}</small>
                          </td>
                          <td>
                            <small class={r.outlier || (r.check && r.why) ? 'warn' : ''} dir="auto">
                              {[r.outlier ? t('figures.outlier') : '', r.why, r.check].filter(Boolean).join(' · ')}
                            </small>
                          </td>
                          <td>
                            <Btn kind="quiet" pressed={r.holds} onClick={() => void decide([{ do: 'figure', figure: r.key, quantity: q.quantity, answer: r.holds ? 'no' : 'yes' }]).catch(() => {})}>
                              {r.holds ? t('figures.holds') : t('figures.hold')}
                            </Btn>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              </section>
            ))
          )
        }
      </Load>
    </main>
  )
}
