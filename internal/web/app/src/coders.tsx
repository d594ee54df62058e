// Who codes: everybody who has decided here, who settles what they differ on,
// and the rounds in which they code.

import { useState } from 'preact/hooks'
import { useData } from './client'
import { session } from './decide'
import type { FormProps } from './editfile'
import { wrongAt } from './fields'
import { t } from './strings'
import { fits, listAt, plain, put } from './studyfile'
import { Btn, Own } from './ui'
import { useStore } from './store'

interface Rounds { items: { name: string; open: boolean; coders: { coder: string }[] }[]; coders: string[] }

export function Coders({ text, set, errors }: FormProps) {
  const s = useStore(session)
  const rounds = useData<Rounds>('/rounds')
  const [name, type] = useState('')
  const settles = listAt(text, ['adjudicators'])
  if (!fits(text, ['adjudicators']))
    return (
      <p class="quiet">
        {t('setup.by.hand')} <a href="/setup#study.yaml">study.yaml</a>
      </p>
    )
  const all = [...new Set([...(s?.actors ?? []), ...(rounds.data?.coders ?? []), ...settles])]
  const turn = (who: string, on: boolean) =>
    set((text) => {
      const now = listAt(text, ['adjudicators']).filter((x) => x !== who)
      const next = on ? [...now, who] : now
      return put(text, ['adjudicators'], next.length > 0 ? '[' + next.map(plain).join(', ') + ']' : null)
    })
  const add = () => {
    const who = name.trim()
    if (who) turn(who, true)
    type('')
  }
  const wrong = wrongAt(text, errors, ['adjudicators'])
  return (
    <div class="form">
      <p class="quiet">{t('coders.how')}</p>
      <fieldset>
        <legend>{t('coders.settle')}</legend>
        {all.length === 0 && <p class="quiet">{t('coders.none')}</p>}
        <ul class="plain lines coders">
          {all.map((who) => (
            <li key={who}>
              <label class="check">
                <input type="checkbox" checked={settles.includes(who)} onChange={(e) => turn(who, e.currentTarget.checked)} /> <Own>{who}</Own>
              </label>
              <small dir="auto">
                {(rounds.data?.items ?? [])
                  .filter((r) => r.coders.some((c) => c.coder === who))
                  .map((r) => r.name + ' (' + t(r.open ? 'rounds.open' : 'rounds.closed') + ')')
                  .join(' · ')}
              </small>
            </li>
          ))}
        </ul>
        {wrong && <small class="error" dir="auto">{wrong}</small>}
        <label>
          {t('coders.add')}
          <span class="row">
            <input
              class="line"
              dir="auto"
              value={name}
              onInput={(e) => type(e.currentTarget.value)}
              onKeyDown={(e) => {
                if (e.key !== 'Enter' || e.isComposing) return
                e.preventDefault()
                add()
              }}
            />
            <Btn k="Enter" disabled={!name.trim()} onClick={add}>
              {t('coders.put')}
            </Btn>
          </span>
        </label>
      </fieldset>
      <p>
        <a href="/codes?list=agreement">{t('coders.rounds')}</a>
      </p>
    </div>
  )
}
