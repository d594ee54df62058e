// The codebook as a whole: its title, what carries its codes, and new codes as
// lines, "name: what it means in brief", those under another moved in. What a
// saved code means is changed in the tree.

import { codesOf, withLines, withoutCode, withoutCodes } from './codebookfile'
import type { FormProps } from './editfile'
import { useKept } from './kept'
import { t, type Name } from './strings'
import { valueOf, withoutValue, withValue } from './studyfile'
import { Btn, Own } from './ui'

export function CodebookForm({ text, base, set }: FormProps) {
  const lines = useKept('new codes', '')
  const codes = codesOf(text)
  if (codes === null)
    return (
      <p class="quiet">
        {t('setup.by.hand')} <a href="/codes?list=file">codebook.yaml</a>
      </p>
    )
  const saved = new Set((codesOf(base) ?? []).map((c) => c.code))
  const unit = valueOf(text, 'unit')
  return (
    <div class="form">
      {!base && <p class="quiet">{t('setup.template')}</p>}
      <label>
        {t('setup.title')}
        <input class="line" dir="auto" value={valueOf(text, 'title')} onInput={(e) => {
            const title = e.currentTarget.value
            set((text) => withValue(text, 'title', title))
          }} />
      </label>
      <fieldset class="choice">
        <legend>{t('setup.unit')}</legend>
        {(['', 'case'] as const).map((x) => (
          <label key={x}>
            <input type="radio" name="unit" checked={(unit === 'case') === (x === 'case')} onChange={() => set((text) => (x ? withValue(text, 'unit', x, undefined, 'codes') : withoutValue(text, 'unit')))} /> {t(('setup.unit.' + (x || 'statement')) as Name)}
          </label>
        ))}
      </fieldset>
      <fieldset class="entries">
        <legend>{t('setup.codes')}</legend>
        {codes
          .filter((c) => !saved.has(c.code))
          .map((c) => (
            <p key={c.code} class={'row code-entry depth' + Math.min(4, c.code.split('.').length - 1)}>
              <b dir="auto">{c.code}</b> <Own class="quiet">{c.short?.value ?? ''}</Own>
              <Btn kind="quiet" label={t('setup.remove', { name: c.code })} onClick={() => set((text) => withoutCode(text, c.code))}>
                ×
              </Btn>
            </p>
          ))}
        <label>
          {t('setup.codes.lines')}
          <textarea class="line" rows={4} dir="auto" placeholder={t('setup.codes.hint')} value={lines.value} onInput={(e) => lines.put(e.currentTarget.value)} />
        </label>
        <Btn
          disabled={!lines.value.trim()}
          onClick={() => {
            const typed = lines.now()
            set((text) => withLines(saved.size === 0 && !base ? withoutCodes(text) : text, typed))
            lines.drop()
          }}
        >
          + {t('setup.add.codes')}
        </Btn>
      </fieldset>
      <label class="check">
        <input
          type="checkbox"
          checked={valueOf(text, 'multi_label') === 'true'}
          onChange={(e) => {
            const on = e.currentTarget.checked
            set((text) => (on ? withValue(text, 'multi_label', 'true', undefined, 'codes') : withoutValue(text, 'multi_label')))
          }}
        />{' '}
        <span>{t('setup.multi')}</span>
      </label>
    </div>
  )
}
