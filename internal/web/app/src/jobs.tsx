// Long steps: their bar, rate, time left, and a way to stop them.

import { fail, say } from './decide'
import { send } from './client'
import { Store, useStore } from './store'
import { has, server, t, type Name } from './strings'
import { Btn, Own } from './ui'
import type { Job, JobSays } from './wire'

export const jobs = new Store<Job[]>([])

// under says that a step is under way.
export const under = (j: Job) => j.state === 'running' || j.state === 'waiting'

// begun says that a step is under way, unless it was over, and that was said, before
// the server's answer to its beginning was read.
export function begun(job: Job | null, words: string) {
  if (!jobs.value.some((j) => j.id === job?.id && !under(j))) say(words)
}

// Found shows what a step found, in sentences.
export function Found({ lines }: { lines: JobSays[] }) {
  return (
    <ul class="plain found" aria-live="polite">
      {lines.map((l, i) => (
        <li key={i} class={l.kind}>
          <span dir="auto">{server(l.text)}</span>
          {l.hint && <small dir="auto">{server(l.hint)}</small>}
        </li>
      ))}
    </ul>
  )
}

export function JobLine({ job }: { job: Job }) {
  const running = under(job)
  return (
    <li class="job">
      <p>
        <Own>{has('job.label.' + job.label) ? t(('job.label.' + job.label) as Name) : server(job.label)}</Own>{' '}
        <span class="quiet">
          {(job.error && server(job.error)) ||
            (running
              ? [t('job.done', { n: job.done, of: job.of }), job.rate >= 500 ? t('job.rate', { n: Math.round(job.rate / 1000) }) : '', job.left_seconds > 0 ? t('job.left', { n: Math.ceil(job.left_seconds) }) : ''].filter(Boolean).join(' · ')
              : (!job.href && job.words && server(job.words)) || t((job.state === 'done' ? 'job.done.state' : 'job.' + job.state) as Name))}
        </span>{' '}
        {job.state === 'done' && job.href && <a href={job.href}>{t('report.open')}</a>}
      </p>
      {running && <progress max={job.of || 1} value={job.of ? job.done : undefined} aria-label={server(job.label)} />}
      {running && (
        <Btn kind="quiet" onClick={() => void send('DELETE', '/jobs/' + job.id).catch(fail)}>
          {t('cancel')}
        </Btn>
      )}
    </li>
  )
}

export function Jobs({ first }: { first?: Job[] }) {
  const now = useStore(jobs)
  const list = (now.length > 0 ? now : (first ?? [])).filter((j) => !j.quiet || under(j))
  if (list.length === 0) return null
  return (
    <section>
      <h2>{t('jobs')}</h2>
      <ul class="plain">
        {list.map((j) => (
          <JobLine key={j.id} job={j} />
        ))}
      </ul>
    </section>
  )
}
