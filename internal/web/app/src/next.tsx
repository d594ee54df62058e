// Next: what moves the count most, and how far the study is.

import { send, useData } from './client'
import { fail, session } from './decide'
import { begun, Jobs } from './jobs'
import { keyOf, useKeys } from './keys'
import { go } from './route'
import { useStore } from './store'
import { day, has, moment, number, server, t, type Name } from './strings'
import { Btn, Key, Load, Nothing, Own } from './ui'
import { Intake } from './collect'
import { FirstRun } from './firstrun'
import type { Job, NextPage as Next } from './wire'

export function NextPage() {
  const from = useData<Next>('/next')
  const queues = from.data?.queues ?? []
  useKeys(queues.slice(0, 9).map((q, i) => ({ id: 'queue.' + (i + 1), key: String(i + 1), label: q.label, run: () => go(q.href) })))
  return (
    <main id="main" class="next" tabIndex={-1}>
      <Load from={from}>{(d) => (d.empty ? <Begin /> : <Queues d={d} />)}</Load>
    </main>
  )
}

function Begin() {
  return (
    <div class="begin">
      <h1>{t('begin')}</h1>
      <p class="serif question" dir="auto">
        {session.value?.study.question}
      </p>
      <Intake />
      <p>
        <Btn onClick={() => void send<Job>('POST', '/jobs', { step: 'example' }).then((j) => begun(j, t('begin.example.on')), fail)}>{t('begin.example')}</Btn>
      </p>
    </div>
  )
}

const flowLabel = (label: string) => (has('flow.' + label) ? t(('flow.' + label) as Name) : label)

function Queues({ d }: { d: Next }) {
  const s = useStore(session)!
  const most = Math.max(1, ...d.months.map((m) => m.count))
  return (
    <>
      <div class="col">
        <h1>{t('next.title')}</h1>
        <FirstRun />
        {d.queues.length === 0 ? (
          <Nothing title={t('next.nothing')}>
            <p>
              <a href="/report">{t('next.report')}</a>
            </p>
          </Nothing>
        ) : (
          <ol class="queues">
            {d.queues.map((q, i) => (
              <li key={q.id}>
                <a href={q.href}>
                  <span class="what">
                    <b dir="auto">{has('queue.' + q.id) ? t(('queue.' + q.id) as Name, { n: q.left }) : server(q.label)}</b>
                    <small dir="auto">{[has('queue.' + q.id) ? '' : server(q.detail), q.minutes > 0 ? t('next.minutes', { n: q.minutes }) : ''].filter(Boolean).join(' · ')}</small>
                  </span>
                  <span class="most">{q.most > 0 && !s.blind ? t('next.most', { n: q.most }) : ''}</span>
                  {i < 9 ? <Key k={keyOf({ id: 'queue.' + (i + 1), key: String(i + 1) })} /> : <span />}
                </a>
              </li>
            ))}
          </ol>
        )}
        {d.since && (d.since.by.length > 0 || d.since.pages > 0) && (
          <p class="since">
            {t('since', { when: moment(d.since.when) })}{' '}
            {d.since.by.map((b) => (
              <span key={b.actor}>
                <Own>{b.actor}</Own> {t('since.by', { n: b.count })}{' · '}
              </span>
            ))}
            {d.since.people > 0 && t('since.people', { n: d.since.people }) + ' · '}
            {d.since.pages > 0 && t('since.pages', { n: d.since.pages }) + ' · '}
            <a href="/history">{t('since.what')}</a>
          </p>
        )}
      </div>
      <div class="col side">
        {d.flow.length > 0 && (
          <section>
            <h2>{t('flow')}</h2>
            <table class="flow">
              <tbody>
                {d.flow.map((f) => (
                  <tr key={f.label} class={'depth' + f.depth}>
                    <th scope="row" dir="auto">
                      {f.href ? <a href={f.href}>{flowLabel(f.label)}</a> : flowLabel(f.label)}
                    </th>
                    <td>{number(f.count)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {d.months.length > 0 && !s.blind && (
          <section>
            <h2>{t('months')}</h2>
            <div class="bars" role="img" aria-label={d.months.map((m) => day(m.month) + ': ' + m.count).join(', ')}>
              {d.months.map((m) => (
                <span key={m.month} title={day(m.month) + ': ' + number(m.count)}>
                  <i style={{ height: (100 * m.count) / most + '%' }} />
                </span>
              ))}
            </div>
            <p class="quiet bars-ends">
              <span>{day(d.months[0].month)}</span>
              <span>{day(d.months[d.months.length - 1].month)}</span>
            </p>
          </section>
        )}
        <Jobs first={d.jobs} />
      </div>
    </>
  )
}
