// Set-up: forms that write study.yaml (the questions of the study, its counting
// rules, who codes), the outlets, the file itself, and the keys.

import { useRef } from 'preact/hooks'
import { keyOf, keySettings, nameOf } from './keys'
import { go, place } from './route'
import { useStore } from './store'
import { t, type Name } from './strings'
import { Coders } from './coders'
import { StudyFile, type FileError, type FormProps } from './editfile'
import { Field } from './fields'
import { Outlets } from './outlets'
import { Rules } from './rules'
import { entriesOf, fieldAt, listOf, valueOf, widerAs, withEntries, withValue, wordsAs, type Entry } from './studyfile'
import { Btn, Key, Tabs } from './ui'

const tabs = ['study', 'rules', 'outlets', 'coders', 'study.yaml', 'keys'] as const
type Tab = (typeof tabs)[number]
const forms: { [tab in Tab]?: typeof Form } = { study: Form, rules: Rules, coders: Coders }

export function SetupPage() {
  const { hash } = useStore(place)
  const at = (tabs.includes(hash.slice(1) as Tab) ? hash.slice(1) : 'study') as Tab
  return (
    <main id="main" class="page setup" tabIndex={-1}>
      <h1>{t('nav.setup')}</h1>
      <Tabs label={t('nav.setup')} panel="setup-panel" at={at} go={(x) => go('/setup#' + x, true)} tabs={tabs.map((id) => ({ id, label: t(('setup.' + id) as Name) }))} />
      <div role="tabpanel" id="setup-panel" aria-labelledby={'setup-panel-' + at} tabIndex={-1}>
        {at === 'keys' ? <Keys /> : at === 'outlets' ? <Outlets /> : <StudyFile key={at} name="study.yaml" form={forms[at]} />}
      </div>
    </main>
  )
}

function Form({ text, set, errors }: FormProps) {
  const one = (label: Name, key: string, sub?: string, long?: boolean) => (
    <label>
      {t(label)}
      <Field rows={long ? 3 : 1} error={errorOf(text, errors, key, sub)} value={valueOf(text, key, sub)} put={(v) => set((text) => withValue(text, key, v, sub))} />
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
      <Entries text={text} set={set} errors={errors} of="scope" title={t('setup.scope')} />
      <Entries text={text} set={set} errors={errors} of="variables" title={t('setup.variables')} values />
    </div>
  )
}

// errorOf is what is wrong with a field, where the file's error has its line.
const errorOf = (text: string, errors: FileError[], key: string, part?: string, entry = -1) =>
  errors.find((e) => {
    const at = fieldAt(text, e.line)
    return !!at && at.key === key && at.entry === entry && (!part || (at.part || firstPart) === part)
  })?.message
const firstPart = 'from' // an error of a whole period stands on its first line

// kept says whether a field of an entry is written in a way that its lines stay.
const kept = (e: Entry, field: string) => (e.rest ?? []).some((l) => l.trimStart().startsWith(field + ':'))

function Entries({ text, set, errors, of, title, values }: { text: string; set: FormProps['set']; errors: FileError[]; of: string; title: string; values?: boolean }) {
  const ref = useRef<HTMLFieldSetElement>(null)
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
  const all = (f: (entries: Entry[]) => Entry[]) => set((text) => withEntries(text, of, f(entriesOf(text, of) ?? [])))
  const change = (i: number, e: Partial<Entry>) => all((x) => x.map((y, j) => (j === i ? { ...y, ...e } : y)))
  return (
    <fieldset class="entries" ref={ref}>
      <legend>{title}</legend>
      {entries.map((e, i) => (
        <div key={i} class="entry">
          <label>
            {t('setup.name')}
            <Field dir="ltr" error={errorOf(text, errors, of, 'name', i)} value={e.name} put={(name) => change(i, { name })} />
          </label>
          <label>
            {t('setup.ask')}
            <Field error={errorOf(text, errors, of, 'ask', i)} value={e.ask} put={(ask) => change(i, { ask })} />
          </label>
          {values && !kept(e, 'values') && (
            <label>
              {t('setup.values')}
              <Field error={errorOf(text, errors, of, 'values', i)} value={(e.values ?? []).join(', ')} means={(x) => listOf(x).join(', ')} put={(x) => change(i, { values: listOf(x) })} />
            </label>
          )}
          {(e.values ?? []).length > 1 && !kept(e, 'ordered') && (
            <label class="check">
              <input type="checkbox" checked={!!e.ordered} onChange={(x) => change(i, { ordered: x.currentTarget.checked })} /> <span>{t('setup.ordered')}</span>
            </label>
          )}
          {(e.values ?? []).length > 0 && !kept(e, 'words') && (
            <label>
              {t('setup.words')}
              <Field rows={2} error={errorOf(text, errors, of, 'words', i)} hint={t('setup.words.hint')} value={e.words ?? ''} means={wordsAs} put={(words) => change(i, { words })} />
            </label>
          )}
          {(e.values ?? []).length > 0 && !kept(e, 'wider') && (
            <label>
              {t('setup.wider')}
              <Field rows={2} error={errorOf(text, errors, of, 'wider', i)} hint={t('setup.wider.hint')} value={e.wider ?? ''} means={widerAs} put={(wider) => change(i, { wider })} />
            </label>
          )}
          <Btn kind="quiet" label={t('setup.remove', { name: e.name })} onClick={() => all((x) => x.filter((_, j) => j !== i))}>
            ×
          </Btn>
        </div>
      ))}
      <Btn
        onClick={() => {
          all((x) => [...x, { name: 'new_' + (x.length + 1), ask: '' }])
          // Whoever adds one writes it.
          queueMicrotask(() => ref.current?.querySelector<HTMLInputElement>('.entry:last-of-type input')?.select())
        }}
      >
        + {t('setup.add')}
      </Btn>
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
