// Set-up: forms that write the study files and show the lines they write; what
// a change would do, before it is saved; keys.

import { useEffect, useState } from 'preact/hooks'
import { send, useData } from './client'
import { fail, freshen, say } from './decide'
import { range } from './frame'
import { keyOf, keySettings, nameOf } from './keys'
import { go, place } from './route'
import { useStore } from './store'
import { number, t, type Name } from './strings'
import { codeFields, codesOf, withField, withLines, withoutCode, withoutCodes } from './codebookfile'
import { entriesOf, valueOf, withEntries, withoutValue, withValue, type Entry } from './studyfile'
import { Btn, FileBtn, Key, Load, Tabs } from './ui'
import type { Num } from './wire'

interface FileText { text: string; version: number; template?: string }
interface Preview { of: string; errors: { line: number; message: string }[]; enter: number; leave: number; headline?: Num[] }

const tabs = ['study', 'codes', 'study.yaml', 'codebook.yaml', 'keys'] as const
type Tab = (typeof tabs)[number]

export function SetupPage() {
  const { hash } = useStore(place)
  const at = (tabs.includes(hash.slice(1) as Tab) ? hash.slice(1) : 'study') as Tab
  return (
    <main id="main" class="page setup" tabIndex={-1}>
      <h1>{t('nav.setup')}</h1>
      <Tabs label={t('nav.setup')} panel="setup-panel" at={at} go={(x) => go('/setup#' + x, true)} tabs={tabs.map((id) => ({ id, label: t(('setup.' + id) as Name) }))} />
      <div role="tabpanel" id="setup-panel" aria-labelledby={'setup-panel-' + at} tabIndex={-1}>
        {at === 'keys' ? <Keys /> : <File key={at} name={at === 'codes' || at === 'codebook.yaml' ? 'codebook.yaml' : 'study.yaml'} form={at === 'study' ? 'study' : at === 'codes' ? 'codes' : ''} />}
      </div>
    </main>
  )
}

type FormOf = 'study' | 'codes' | ''

function File({ name, form }: { name: string; form: FormOf }) {
  const from = useData<FileText>('/files/' + name)
  return <Load from={from}>{(f) => <Edit file={f} name={name} form={form} />}</Load>
}

function Edit({ file, name, form }: { file: FileText; name: string; form: FormOf }) {
  const [base, based] = useState(file)
  const start = base.text || (base.template ?? '')
  const [text, set] = useState(start)
  const [preview, show] = useState<Preview | null>(null)
  const dirty = text !== base.text
  useEffect(() => {
    if (file !== base && !dirty && file.version >= base.version) {
      based(file)
      set(file.text || (file.template ?? ''))
    }
  }, [file])
  useEffect(() => {
    if (!dirty) {
      show(null)
      return
    }
    const wait = setTimeout(() => send<Preview>('POST', `/files/${name}/preview`, { text }).then((p) => show({ ...p, of: text }), fail), 350)
    return () => clearTimeout(wait)
  }, [text, dirty])
  const write = () =>
    send<FileText>('PUT', '/files/' + name, { text, version: base.version }).then((f) => {
      based({ text, version: f?.version ?? base.version })
      say(t('saved'), { kind: 'saved' })
      void freshen().catch(() => {})
    }, fail)
  // A key may come before the last letters are taken in and looked at: it saves
  // once they are.
  const [asked, ask] = useState(false)
  useEffect(() => {
    if (!asked || (dirty && preview?.of !== text)) return
    ask(false)
    if (dirty && (preview?.errors ?? []).length === 0) void write()
  }, [asked, preview, dirty, text])
  const ready = dirty && (preview?.errors ?? []).length === 0
  return (
    <div
      class="edit-file"
      onKeyDown={(e) => {
        if (!(e.ctrlKey || e.metaKey) || e.key !== 's') return
        e.preventDefault()
        ;(e.target as Element).dispatchEvent(new Event('change', { bubbles: true })) // a field is taken when it is left
        ask(true)
      }}
    >
      {form === 'study' ? (
        <Form text={text} set={set} />
      ) : form === 'codes' ? (
        <Codes text={text} base={base.text} set={set} />
      ) : (
        <>
          {!base.text && base.template && <p>{t('setup.template')}</p>}
          <label class="hear" for="file-text">
            {name}
          </label>
          <textarea id="file-text" class="line mono" dir="ltr" spellcheck={false} rows={28} value={text} onInput={(e) => set(e.currentTarget.value)} />
        </>
      )}
      <div class="will" aria-live="polite">
        {dirty && form && <Lines before={base.text} after={text} />}
        {preview && (
          <>
            {(preview.errors ?? []).map((e) => (
              <p key={e.line + e.message} class="error">
                {e.line > 0 ? t('line', { n: e.line }) + ' ' : ''}
                {e.message}
              </p>
            ))}
            {(preview.errors ?? []).length === 0 && (
              <p>
                {t('setup.enter', { n: preview.enter ?? 0 })} · {t('setup.leave', { n: preview.leave ?? 0 })}
                {(preview.headline ?? []).slice(0, 1).map((h) => (
                  <span key={h.name}>
                    {' '}
                    · <b>{number(h.value)}</b> {h.label} <span class="quiet">{range(h)}</span>
                  </span>
                ))}
              </p>
            )}
          </>
        )}
        <p class="row">
          <Btn kind="strong" k="Ctrl+S" disabled={!ready} onClick={() => void write()}>
            {t('save')}
          </Btn>
          <Btn disabled={text === start} onClick={() => set(start)}>
            {t('setup.drop')}
          </Btn>
          <FileBtn label={t('from.file')} accept=".yaml,.yml,.txt" take={(f) => void f.text().then(set)} />
        </p>
      </div>
    </div>
  )
}

// The lines that a form would write.
function Lines({ before, after }: { before: string; after: string }) {
  const a = before.split('\n')
  const b = after.split('\n')
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  let j = 0
  while (j < a.length - i && j < b.length - i && a[a.length - 1 - j] === b[b.length - 1 - j]) j++
  return (
    <figure class="lines-written">
      <figcaption>{t('setup.lines', { from: i + 1 })}</figcaption>
      <pre dir="ltr">
        {a.slice(i, a.length - j).map((l, k) => (
          <del key={'d' + k}>{l + '\n'}</del>
        ))}
        {b.slice(i, b.length - j).map((l, k) => (
          <ins key={'i' + k}>{l + '\n'}</ins>
        ))}
      </pre>
    </figure>
  )
}

function Form({ text, set }: { text: string; set: (t: string) => void }) {
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

// Codes edits the codebook. Codes come in as lines, "name: what it means in
// brief", those under another moved in; every part of each can be changed after
// that. The name stays: what was coded carries it.
function Codes({ text, base, set }: { text: string; base: string; set: (t: string) => void }) {
  const [lines, type] = useState('')
  const codes = codesOf(text)
  if (codes === null)
    return (
      <p class="quiet">
        {t('setup.by.hand')} <a href="/setup#codebook.yaml">codebook.yaml</a>
      </p>
    )
  const saved = new Set((codesOf(base) ?? []).map((c) => c.code))
  const unit = valueOf(text, 'unit')
  return (
    <div class="form">
      {!base && <p class="quiet">{t('setup.template')}</p>}
      <label>
        {t('setup.title')}
        <input class="line" dir="auto" value={valueOf(text, 'title')} onInput={(e) => set(withValue(text, 'title', e.currentTarget.value))} />
      </label>
      <fieldset class="choice">
        <legend>{t('setup.unit')}</legend>
        {(['', 'case'] as const).map((x) => (
          <label key={x}>
            <input type="radio" name="unit" checked={(unit === 'case') === (x === 'case')} onChange={() => set(x ? withValue(text, 'unit', x, undefined, 'codes') : withoutValue(text, 'unit'))} /> {t(('setup.unit.' + (x || 'statement')) as Name)}
          </label>
        ))}
      </fieldset>
      <fieldset class="entries">
        <legend>{t('setup.codes')}</legend>
        {codes.map((c) => (
          <details key={c.code} class={'code-entry depth' + Math.min(4, c.code.split('.').length - 1)}>
            <summary>
              <b dir="auto">{c.code}</b> <span class="quiet" dir="auto">{c.fields.short?.value ?? ''}</span>
            </summary>
            {codeFields.map((f) => (
              <label key={f}>
                {t(('code.' + (f === 'short' ? 'brief' : f)) as Name)}
                <textarea class="line" rows={2} dir="auto" value={c.fields[f]?.value ?? ''} onInput={(e) => set(withField(text, c.code, f, e.currentTarget.value.replace(/\n/g, ' ')))} />
              </label>
            ))}
            {!saved.has(c.code) && (
              <Btn kind="quiet" onClick={() => set(withoutCode(text, c.code))}>
                {t('setup.remove', { name: c.code })}
              </Btn>
            )}
          </details>
        ))}
        <label>
          {t('setup.codes.lines')}
          <textarea class="line" rows={4} dir="auto" placeholder={t('setup.codes.hint')} value={lines} onInput={(e) => type(e.currentTarget.value)} />
        </label>
        <Btn
          disabled={!lines.trim()}
          onClick={() => {
            set(withLines(saved.size === 0 && !base ? withoutCodes(text) : text, lines))
            type('')
          }}
        >
          + {t('setup.add.codes')}
        </Btn>
      </fieldset>
    </div>
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
