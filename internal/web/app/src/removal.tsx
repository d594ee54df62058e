// A person who withdrew is taken out: what goes is listed first, and it cannot
// be undone.

import { useEffect, useState } from 'preact/hooks'
import { send } from './client'
import { fail } from './decide'
import { begun } from './jobs'
import { go } from './route'
import { has, t, type Name } from './strings'
import { Btn, Sheet, Trouble, Waiting } from './ui'
import type { Refused } from './client'
import type { Job } from './wire'

interface Other { id: string; name: string }
interface Goes { who: string[]; pages: string[]; captures: number; decisions: number; answers: { n: string; label: string; by: string }[]; others: Other[]; joined: Other[]; produced: string[]; editions: string[]; recall: string[]; left: string[]; unlooked: number; keys: number; before: number; after: number; job: Job | null }

export function Removal({ id, close }: { id: string; close: () => void }) {
  const [would, show] = useState<Goes | null>(null)
  const [trouble, refuse] = useState<Refused | null>(null)
  const [f, set] = useState({ read: false, editions: false, unlooked: false, reason: '', places: '' })
  const [busy, work] = useState(false)
  const places = () => f.places.split('\n').map((x) => x.trim()).filter(Boolean)
  const look = () => (refuse(null), send<Goes>('POST', '/removals', { person: id, places: places() }).then(show, refuse))
  useEffect(() => void look(), [id])
  const take = () => {
    work(true)
    send<Goes>('POST', '/removals', { person: id, save: true, places: places(), editions: f.editions, unlooked: f.unlooked, ...(f.reason.trim() ? { reason: f.reason.trim() } : {}) })
      .then((r) => {
        close()
        begun(r.job, t('removal.begun'))
        go('/')
      }, fail)
      .finally(() => work(false))
  }
  const list = (title: string, of: string[]) =>
    of.length > 0 && (
      <>
        <h3>{title}</h3>
        <ul class="plain lines">
          {of.map((x, i) => (
            <li key={i} dir="auto">
              {x}
            </li>
          ))}
        </ul>
      </>
    )
  const w = would
  const tick = (name: 'read' | 'editions' | 'unlooked', label: string) => (
    <label class="check">
      <input type="checkbox" checked={f[name]} onChange={(e) => set({ ...f, [name]: e.currentTarget.checked })} /> <span>{label}</span>
    </label>
  )
  return (
    <Sheet title={t('removal')} close={close} wide>
      {trouble ? (
        <Trouble error={trouble} again={() => void look()} />
      ) : !w ? (
        <Waiting lines={6} />
      ) : (
        <div class="removal">
          <p class="lead" dir="auto">
            {w.who.join(' · ') || t('speaker.unnamed')}
          </p>
          <p>{t('removal.goes', { pages: w.pages.length, n: w.decisions })} {w.before === w.after ? t('removal.count.same', { n: w.before }) : t('removal.count', { before: w.before, after: w.after })}</p>
          {list(t('removal.pages'), w.pages)}
          {list(t('removal.answers'), w.answers.map((x) => (has('decision.' + x.label) ? t(('decision.' + x.label) as Name) : x.label) + ', ' + x.by + ': ' + x.n))}
          {list(t('removal.others'), w.others.map((o) => o.name))}
          {list(t('removal.joined'), w.joined.map((o) => o.name))}
          {list(t('removal.produced'), w.produced)}
          {list(t('removal.editions'), w.editions)}
          {list(t('removal.recall'), w.recall)}
          {list(t('removal.left'), w.left)}
          {w.keys > 0 && <p>{t('removal.keys', { n: w.keys })}</p>}
          <p class="warn-box">{t('removal.why')}</p>
          <label class="said">
            {t('removal.reason')}
            <input class="line" dir="auto" value={f.reason} onInput={(e) => set({ ...f, reason: e.currentTarget.value })} />
          </label>
          {(w.left.length > 0 || f.places) && (
            <label class="said">
              {t('removal.places')}
              <textarea class="line" rows={2} dir="auto" value={f.places} onInput={(e) => set({ ...f, places: e.currentTarget.value })} onBlur={() => void look()} />
            </label>
          )}
          {w.editions.length > 0 && tick('editions', t('removal.editions.delete'))}
          {w.unlooked > 0 && tick('unlooked', t('removal.unlooked', { n: w.unlooked }))}
          {tick('read', t('removal.read'))}
          <p class="row wrap">
            <button type="button" class="btn strong" disabled={!f.read || busy || (w.unlooked > 0 && !f.unlooked)} onClick={take}>
              <span>{t('removal.take')}</span>
            </button>
            <Btn onClick={close}>{t('cancel')}</Btn>
          </p>
        </div>
      )}
    </Sheet>
  )
}
