// The five steps of a first run. Each is ticked when it was done once, by this
// person in this browser.

import { useState } from 'preact/hooks'
import { savedDrafts } from './decide'
import { Store, useStore } from './store'
import { t, type Name } from './strings'
import { Btn, Key } from './ui'

const steps: { id: string; href: string; keys: string[]; kinds: string[] }[] = [
  { id: 'scope', href: '/people', keys: ['y', 'n', 'm'], kinds: ['scope'] },
  { id: 'statement', href: '/articles?state=open', keys: ['Enter', 'x'], kinds: ['accept', 'reject'] },
  { id: 'code', href: '/articles?state=open', keys: ['c'], kinds: ['code', 'value'] },
  { id: 'pair', href: '/links', keys: ['=', 'd', 'm'], kinds: ['link'] },
  { id: 'report', href: '/report', keys: ['{{'], kinds: ['file'] },
]

const read = (): string[] => {
  try {
    return JSON.parse(localStorage.getItem('recount.first') ?? '[]')
  } catch {
    return []
  }
}
const done = new Store<string[]>(read())
done.watch(() => localStorage.setItem('recount.first', JSON.stringify(done.value)))
export const tick = (kind: string) => {
  for (const s of steps) if (s.kinds.includes(kind) && !done.value.includes(s.id)) done.update((d) => [...d, s.id])
}
savedDrafts.add((drafts) => drafts.forEach((d) => tick(d.do)))

export function FirstRun() {
  const now = useStore(done)
  const [away, put] = useState(false)
  if (away || now.includes('away') || steps.every((s) => now.includes(s.id))) return null
  return (
    <section class="first-run" aria-labelledby="first-run">
      <h2 id="first-run">{t('first.title')}</h2>
      <ol>
        {steps.map((s) => (
          <li key={s.id} class={now.includes(s.id) ? 'done' : ''}>
            <a href={s.href}>{t(('first.' + s.id) as Name)}</a> {now.includes(s.id) ? <span class="hear">{t('first.done')}</span> : s.keys.map((k) => <Key key={k} k={k} />)}
          </li>
        ))}
      </ol>
      <Btn
        kind="quiet"
        onClick={() => {
          put(true)
          done.update((d) => [...d, 'away'])
        }}
      >
        {t('first.away')}
      </Btn>
    </section>
  )
}
