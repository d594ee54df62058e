// A study file, as text or by a form; what a change would do is shown before it
// is saved, with the lines that a form writes.

import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { send, useData } from './client'
import { fail, freshen, say } from './decide'
import { range } from './frame'
import { number, t } from './strings'
import { Btn, FileBtn, Load } from './ui'
import type { Num } from './wire'

export interface FileText { text: string; version: number; template?: string }
interface Preview { of: string; errors: { line: number; message: string }[]; enter: number; leave: number; headline?: Num[] }

// What a form is given: the text as it is now, as it was saved, and how to
// change it.
export interface FormProps { text: string; base: string; set: (text: string) => void }

// A file's text as it is being written, beside as it was saved. Where nothing is
// unsaved it follows the file: a letter typed between the drawing and the effect
// is in typing, not in text.
export function useFileText(file: FileText) {
  const shown = (f: FileText) => f.text || (f.template ?? '')
  const [base, based] = useState(file)
  const [text, put] = useState(shown(file))
  const typing = useRef(text)
  typing.current = text
  const set = (x: string) => {
    typing.current = x
    put(x)
  }
  useEffect(() => {
    if (file !== base && typing.current === base.text && file.version >= base.version) {
      based(file)
      put(shown(file))
    }
  }, [file])
  return { text, set, base, based, start: shown(base), dirty: text !== base.text }
}

export function StudyFile({ name, form }: { name: string; form?: (p: FormProps) => ComponentChildren }) {
  const from = useData<FileText>('/files/' + name)
  return <Load from={from}>{(f) => <Edit file={f} name={name} form={form} />}</Load>
}

function Edit({ file, name, form: Form }: { file: FileText; name: string; form?: (p: FormProps) => ComponentChildren }) {
  const { text, set, base, based, start, dirty } = useFileText(file)
  const [preview, show] = useState<Preview | null>(null)
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
  // Wherever the focus is: a button that was pressed last may have gone.
  useEffect(() => {
    const f = (e: KeyboardEvent) => {
      if (!(e.ctrlKey || e.metaKey) || e.key !== 's') return
      e.preventDefault()
      document.activeElement?.dispatchEvent(new Event('change', { bubbles: true })) // a field is taken when it is left
      ask(true)
    }
    document.addEventListener('keydown', f)
    return () => document.removeEventListener('keydown', f)
  }, [])
  const ready = dirty && (preview?.errors ?? []).length === 0
  return (
    <div class="edit-file">
      {Form ? (
        <Form text={text} base={base.text} set={set} />
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
        {dirty && Form && <Lines before={base.text} after={text} />}
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
        <p class="row wrap">
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
