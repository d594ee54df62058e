// Set-up: the questions of the study as a form that writes study.yaml, the file
// itself, and the keys.

import { keyOf, keySettings, nameOf } from './keys'
import { go, place } from './route'
import { useStore } from './store'
import { t, type Name } from './strings'
import { StudyFile, type FormProps } from './editfile'
import { entriesOf, valueOf, withEntries, withValue, type Entry } from './studyfile'
import { Btn, Key, Tabs } from './ui'

const tabs = ['study', 'study.yaml', 'keys'] as const
type Tab = (typeof tabs)[number]

export function SetupPage() {
  const { hash } = useStore(place)
  const at = (tabs.includes(hash.slice(1) as Tab) ? hash.slice(1) : 'study') as Tab
  return (
    <main id="main" class="page setup" tabIndex={-1}>
      <h1>{t('nav.setup')}</h1>
      <Tabs label={t('nav.setup')} panel="setup-panel" at={at} go={(x) => go('/setup#' + x, true)} tabs={tabs.map((id) => ({ id, label: t(('setup.' + id) as Name) }))} />
      <div role="tabpanel" id="setup-panel" aria-labelledby={'setup-panel-' + at} tabIndex={-1}>
        {at === 'keys' ? <Keys /> : <StudyFile key={at} name="study.yaml" form={at === 'study' ? Form : undefined} />}
      </div>
    </main>
  )
}

function Form({ text, set }: FormProps) {
  const one = (label: Name, key: string, sub?: string, long?: boolean) => (
    <label>
      {t(label)}
      {long ? <textarea class="line" rows={3} dir="auto" value={valueOf(text, key, sub)} onInput={(e) => set(withValue(text, key, e.currentTarget.value, sub))} /> : <input class="line" dir="auto" value={valueOf(text, key, sub)} onInput={(e) => set(withValue(text, key, e.currentTarget.value, sub))} />}
    </label>
  )
  return (
    <div class="form">
      {one('setup.title', 'title')}
      {one('setup.question', 'question', undefined, true)}
      <div class="pair-of-fields">
        {one('filter.from', 'period', 'from')}
        {one('filter.to', 'period', 'to')}
      </div>
      <Entries text={text} set={set} of="scope" title={t('setup.scope')} />
      <Entries text={text} set={set} of="variables" title={t('setup.variables')} values />
    </div>
  )
}

function Entries({ text, set, of, title, values }: { text: string; set: (t: string) => void; of: string; title: string; values?: boolean }) {
  const entries = entriesOf(text, of)
  if (entries === null)
    return (
      <fieldset>
        <legend>{title}</legend>
        <p class="quiet">
          {t('setup.by.hand')} <a href="/setup#study.yaml">study.yaml</a>
        </p>
      </fieldset>
    )
  const change = (i: number, e: Partial<Entry>) => set(withEntries(text, of, entries.map((x, j) => (j === i ? { ...x, ...e } : x))))
  return (
    <fieldset class="entries">
      <legend>{title}</legend>
      {entries.map((e, i) => (
        <div key={i} class="entry">
          <label>
            {t('setup.name')}
            <input class="line" dir="ltr" value={e.name} onInput={(ev) => change(i, { name: ev.currentTarget.value })} />
          </label>
          <label>
            {t('setup.ask')}
            <input class="line" dir="auto" value={e.ask} onInput={(ev) => change(i, { ask: ev.currentTarget.value })} />
          </label>
          {values && (
            <label>
              {t('setup.values')}
              <input class="line" dir="auto" value={(e.values ?? []).join(', ')} onChange={(ev) => change(i, { values: ev.currentTarget.value.split(',').map((v) => v.trim()).filter(Boolean) })} />
            </label>
          )}
          {(e.values ?? []).length > 0 && (
            <label>
              {t('setup.words')}
              <textarea class="line" dir="auto" rows={2} placeholder={t('setup.words.hint')} value={e.words ?? ''} onChange={(ev) => change(i, { words: ev.currentTarget.value })} />
            </label>
          )}
          <Btn kind="quiet" label={t('setup.remove', { name: e.name })} onClick={() => set(withEntries(text, of, entries.filter((_, j) => j !== i)))}>
            ×
          </Btn>
        </div>
      ))}
      <Btn onClick={() => set(withEntries(text, of, [...entries, { name: 'new_' + (entries.length + 1), ask: '' }]))}>+ {t('setup.add')}</Btn>
    </fieldset>
  )
}

// The keys that can be changed: names and what they do, as bound on the pages
// of the workbench.
const remappable: [string, string, Name][] = [
  ['next', 'j', 'key.next'], ['back', 'k', 'key.back'], ['accept', 'Enter', 'accept'], ['reject', 'x', 'reject'], ['accept.left', 'Shift+Enter', 'left'],
  ['yes', 'y', 'counts'], ['no', 'n', 'counts.not'], ['maybe', 'm', 'counts.unclear'], ['speaker', 's', 'speaker.other'], ['same', '=', 'same.as'], ['code', 'c', 'code.give'],
  ['value', 'v', 'value.give'], ['memo', 'w', 'memo'], ['page', 'p', 'page.correct'], ['bounds', 'b', 'border'], ['add', 'a', 'add.missed'], ['type', 't', 'type.change'], ['aside', 'o', 'aside.turn'], ['read', 'e', 'read.end'],
  ['article.next', 'J', 'key.article.next'], ['article.back', 'K', 'key.article.back'], ['pair.same', '=', 'links.same'], ['pair.different', 'd', 'links.different'], ['pair.unsure', 'm', 'links.unsure'],
  ['pair.back', 'k', 'links.back'], ['undo', 'u', 'undo.mine'], ['redo', 'U', 'redo.mine'], ['search', '/', 'search'], ['help', '?', 'keys'],
]

function Keys() {
  const s = useStore(keySettings)
  return (
    <section>
      <p>
        <label>
          <input type="checkbox" checked={s.off} onChange={(e) => keySettings.set({ ...s, off: e.currentTarget.checked })} /> {t('keys.switch.off')}
        </label>
      </p>
      <p class="quiet">{t('keys.how')}</p>
      <table class="rows keys">
        <tbody>
          {remappable.map(([id, key, label]) => {
            const now = keyOf({ id, key })
            return (
              <tr key={id}>
                <th scope="row">{t(label)}</th>
                <td>
                  <button
                    type="button"
                    class="btn"
                    aria-label={t('keys.change', { label: t(label), key: now })}
                    onKeyDown={(e) => {
                      if (['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape', 'g'].includes(e.key)) return
                      if (e.key === 'Enter' || e.key === ' ') return
                      e.preventDefault()
                      e.stopPropagation()
                      keySettings.set({ ...s, map: { ...s.map, [id]: nameOf(e) } })
                    }}
                  >
                    <Key k={now} />
                  </button>
                </td>
                <td>
                  {now !== key && (
                    <Btn
                      kind="quiet"
                      onClick={() => {
                        const { [id]: _, ...map } = s.map
                        keySettings.set({ ...s, map })
                      }}
                    >
                      {t('keys.back')} <Key k={key} />
                    </Btn>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
