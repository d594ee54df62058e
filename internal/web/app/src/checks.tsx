// Whether everything still fits, versions of the report that are kept, and what
// changed between two of them.

import { useState } from 'preact/hooks'
import { send, useData } from './client'
import { fail } from './decide'
import { may } from './exchange'
import { begun, Found, JobLine, jobs, under } from './jobs'
import { useStore } from './store'
import { day, t } from './strings'
import { Btn, Sheet } from './ui'
import type { Job, List } from './wire'

interface Version { name: string; as_of: string; href: string }

const begin = (body: Record<string, string>) => send<Job>('POST', '/jobs', body)

// The newest step of a label, with what it found.
function Step({ label }: { label: string }) {
  const job = useStore(jobs).findLast((j) => j.label === label)
  if (!job) return null
  return job.state === 'done' && job.lines ? (
    <Found lines={job.lines} />
  ) : (
    <ul class="plain">
      <JobLine job={job} />
    </ul>
  )
}

export function Checks({ close, save }: { close: () => void; save: () => Promise<unknown> }) {
  const from = useData<List<Version>>('/versions')
  const all = useStore(jobs)
  const kept = from.data?.items ?? []
  const [name, type] = useState('')
  const [a, first] = useState('')
  const [b, second] = useState('now')
  const [since, write] = useState('')
  const at = a || kept[kept.length - 1]?.name || 'day'
  const busy = (label: string) => all.some((j) => j.label === label && under(j))
  const lead = may('collect')
  const keep = () => {
    const as = name.trim()
    if (!as) return
    save()
      .then(() => begin({ step: 'report', name: as }))
      .then((j) => (type(''), begun(j, t('report.writing'))), fail)
  }
  const options = (
    <>
      {kept.map((v) => (
        <option key={v.name} value={v.name}>
          {t('checks.version', { name: v.name, day: day(v.as_of) })}
        </option>
      ))}
    </>
  )
  return (
    <Sheet title={t('checks')} close={close} wide>
      <section class="checks">
        <h3>{t('checks.again')}</h3>
        <p class="quiet">{t('checks.again.how')}</p>
        {lead && (
          <p>
            <Btn kind="strong" disabled={busy('Checking everything again')} onClick={() => void begin({ step: 'recheck' }).catch(fail)}>
              {t('checks.again.do')}
            </Btn>
          </p>
        )}
        <Step label="Checking everything again" />
      </section>
      <section class="checks">
        <h3>{t('checks.kept')}</h3>
        {kept.length === 0 ? (
          <p class="quiet">{t('checks.kept.none')}</p>
        ) : (
          <ul class="plain lines">
            {kept.map((v) => (
              <li key={v.name}>
                <a href={v.href}>
                  <bdi>{v.name}</bdi>
                </a>{' '}
                <span class="quiet">{t('checks.as.of', { day: day(v.as_of) })}</span>
              </li>
            ))}
          </ul>
        )}
        {lead && (
          <div class="form">
            <label>
              {t('checks.keep.name')}
              <span class="row">
                <input
                  class="line"
                  dir="ltr"
                  placeholder="2015-09-draft"
                  value={name}
                  onInput={(e) => type(e.currentTarget.value)}
                  onKeyDown={(e) => {
                    if (e.key !== 'Enter' || e.isComposing) return
                    e.preventDefault()
                    keep()
                  }}
                />
                <Btn k="Enter" disabled={!name.trim()} onClick={keep}>
                  {t('checks.keep')}
                </Btn>
              </span>
            </label>
          </div>
        )}
      </section>
      <section class="checks">
        <h3>{t('checks.since')}</h3>
        <div class="form">
          <label>
            {t('filter.from')}
            <select value={at} onChange={(e) => first(e.currentTarget.value)}>
              {options}
              <option value="day">{t('checks.day')}</option>
            </select>
          </label>
          {at === 'day' && (
            <label>
              {t('history.by.day')}
              <input class="line" dir="ltr" placeholder="2026-11-02" value={since} onInput={(e) => write(e.currentTarget.value)} />
            </label>
          )}
          <label>
            {t('filter.to')}
            <select value={b} onChange={(e) => second(e.currentTarget.value)}>
              <option value="now">{t('checks.now')}</option>
              {options}
            </select>
          </label>
        </div>
        {lead && (
          <p>
            <Btn disabled={busy('Comparing two versions') || (at === 'day' && !since.trim())} onClick={() => void begin({ step: 'diff', from: at === 'day' ? since.trim() : at, to: b }).catch(fail)}>
              {t('checks.compare')}
            </Btn>
          </p>
        )}
        <Step label="Comparing two versions" />
      </section>
    </Sheet>
  )
}
