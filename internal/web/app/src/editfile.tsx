// A study file, as text or by a form; what a change would do is shown before it
// is saved, with the lines that a form writes.

import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { get, Refused, send, useData } from './client'
import { fail, freshen, say } from './decide'
import { range } from './frame'
import { useKept } from './kept'
import { number, t } from './strings'
import { Btn, FileBtn, Load } from './ui'
import type { Num } from './wire'

export interface FileText { text: string; version: number; template?: string }
interface Preview { of: string; errors: FileError[]; enter: number; leave: number; headline?: Num[] }

// What a form is given: the text as it is now, as it was saved, and how to
// change it: by a change to the text as it is then, since two fields may be
// written before either is drawn.
export interface FormProps { text: string; base: string; set: (change: (text: string) => string) => void; errors: FileError[] }
export interface FileError { line: number; message: string }

const shown = (f: FileText) => f.text || (f.template ?? '')

// merged puts a change of lines on a text that somebody else changed in other
// lines meanwhile; null where both changed the same.
export function merged(base: string, mine: string, theirs: string): string | null {
  if (theirs === base || mine === theirs) return mine
  if (mine === base) return theirs
  const lines = base.split('\n')
  const hunk = (text: string) => {
    const b = text.split('\n')
    let i = 0
    while (i < lines.length && i < b.length && lines[i] === b[i]) i++
    let j = 0
    while (j < lines.length - i && j < b.length - i && lines[lines.length - 1 - j] === b[b.length - 1 - j]) j++
    return { from: i, to: lines.length - j, put: b.slice(i, b.length - j) }
  }
  const [first, last] = [hunk(mine), hunk(theirs)].sort((x, y) => x.from - y.from || x.to - y.to)
  if (last.from < first.to || (last.from === first.from && last.to === first.to)) return null
  return [...lines.slice(0, first.from), ...first.put, ...lines.slice(first.to, last.from), ...last.put, ...lines.slice(last.to)].join('\n')
}

interface Written { text: string; base: FileText }

// A file's text as it is being written, beside as it was saved. Where nothing is
// unsaved it follows the file; what is unsaved outlives the page.
export function useFileText(name: string, file: FileText) {
  const kept = useKept<Written>(name, { text: shown(file), base: file })
  const { text, base } = kept.value
  const set = (change: (text: string) => string) => {
    const { text, base } = kept.now()
    const next = change(text)
    if (next === base.text) kept.drop({ text: next, base })
    else kept.put({ text: next, base })
  }
  const drop = () => kept.drop({ text: shown(file), base: file })
  useEffect(() => {
    const now = kept.now()
    if (file !== now.base && (now.text === now.base.text || now.text === file.text) && file.version >= now.base.version) drop()
  }, [file, text])
  // What another window saved in other lines stays as that window has it.
  const save = async () => {
    const { text, base } = kept.now()
    const put = (text: string, version: number) => send<FileText>('PUT', '/files/' + name, { text, version })
    const saved = await put(text, base.version).catch(async (e) => {
      const both = e instanceof Refused && e.status === 409 ? await get<FileText>('/files/' + name).then((f) => ({ f, text: merged(base.text, text, f.text) })) : null
      if (!both || both.text === null) throw e
      return put(both.text, both.f.version)
    })
    const since = kept.now().text // letters that came while it was on its way
    const whole = merged(text, since, saved.text)
    if (whole === null) kept.put({ text: since, base: { text, version: base.version } })
    else if (whole === saved.text) kept.drop({ text: whole, base: saved })
    else kept.put({ text: whole, base: saved })
  }
  return { text, set, base, save, drop, start: shown(base), dirty: text !== base.text }
}

export function StudyFile({ name, form }: { name: string; form?: (p: FormProps) => ComponentChildren }) {
  const from = useData<FileText>('/files/' + name)
  return <Load from={from}>{(f) => <Edit file={f} name={name} form={form} />}</Load>
}

function Edit({ file, name, form: Form }: { file: FileText; name: string; form?: (p: FormProps) => ComponentChildren }) {
  const { text, set, base, save, drop, start, dirty } = useFileText(name, file)
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
    save().then(() => {
      say(t('saved'), { kind: 'saved' })
      void freshen().catch(() => {})
    }, fail)
  // A key may come before the last letters are taken in and looked at: it saves
  // once they are.
  const [asked, ask] = useState(false)
  const within = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!asked || (dirty && preview?.of !== text)) return
    ask(false)
    if (!dirty) return
    if ((preview?.errors ?? []).length === 0) void write()
    else (within.current?.querySelector<HTMLElement>('[aria-invalid=true]') ?? within.current?.querySelector<HTMLElement>('.will .error'))?.focus()
  }, [asked, preview, dirty, text])
  // Wherever the focus is: a button that was pressed last may have gone.
  useEffect(() => {
    const f = (e: KeyboardEvent) => {
      if (!(e.ctrlKey || e.metaKey) || e.key !== 's') return
      e.preventDefault()
      ask(true)
    }
    document.addEventListener('keydown', f)
    return () => document.removeEventListener('keydown', f)
  }, [])
  const ready = dirty && (preview?.errors ?? []).length === 0
  return (
    <div class="edit-file" ref={within}>
      {Form ? (
        <Form text={text} base={base.text} set={set} errors={preview?.of === text ? (preview.errors ?? []) : []} />
      ) : (
        <>
          {!base.text && base.template && <p>{t('setup.template')}</p>}
          <label class="hear" for="file-text">
            {name}
          </label>
          <textarea id="file-text" class="line mono" dir="ltr" spellcheck={false} rows={28} value={text} onInput={(e) => {
            const typed = e.currentTarget.value
            set(() => typed)
          }} />
        </>
      )}
      <div class="will" aria-live="polite">
        {dirty && Form && <Lines before={base.text} after={text} />}
        {preview && (
          <>
            {(preview.errors ?? []).map((e) => (
              <p key={e.line + e.message} class="error" tabIndex={-1}>
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
          <Btn disabled={text === start} onClick={drop}>
            {t('setup.drop')}
          </Btn>
          <FileBtn label={t('from.file')} accept=".yaml,.yml,.txt" take={(f) => void f.text().then((x) => set(() => x))} />
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
