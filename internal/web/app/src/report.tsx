// Report: report.md as a document with live numbers beside the text it is
// written in. `{{` opens the builder of counts.

import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Builder } from './builder'
import { Checks } from './checks'
import { send, studyChanged, useData } from './client'
import { fail, say, session } from './decide'
import { useFileText, type FileText } from './editfile'
import { tick } from './firstrun'
import { range } from './frame'
import { begun, jobs } from './jobs'
import { useKeys } from './keys'
import { ResultTable, Sentences, type Result, type Sentence } from './result'
import { filter, place } from './route'
import { useStore } from './store'
import { number as digits, t } from './strings'
import { Btn, FileBtn, Key, Load, Sheet, Trouble, useWide, Waiting, Tabs } from './ui'
import type { Job, List, Num } from './wire'

export function ReportPage() {
  const { query } = useStore(place)
  const file = useData<FileText>('/files/report.md')
  const results = useData<List<Result>>(session.value?.blind ? null : '/results')
  const evidence = query.get('evidence')
  const blind = useStore(session)?.blind
  if (file.error)
    return (
      <main id="main" tabIndex={-1}>
        <h1>{t('nav.report')}</h1>
        <Trouble error={file.error} again={file.again} />
      </main>
    )
  if (!file.data)
    return (
      <main id="main" tabIndex={-1}>
        <h1>{t('nav.report')}</h1>
        <Waiting lines={10} />
      </main>
    )
  // Nobody decides towards a number, nor takes an own one for the study's.
  if (blind)
    return (
      <main id="main" class="report wide-page" tabIndex={-1}>
        <h1>{t('nav.report')}</h1>
        <p class="warn-box">{t('blind.report')}</p>
        <div class="read paper" dir="auto">
          <Markdown text={file.data.text} results={[]} hidden />
        </div>
      </main>
    )
  return <Editor file={file.data} results={results.data?.items ?? null} evidence={evidence} checks={query.has('checks')} number={query.has('number')} />
}

function Editor({ file, results, evidence, checks, number }: { file: FileText; results: Result[] | null; evidence: string | null; checks: boolean; number: boolean }) {
  const { text, set, save: keep, dirty } = useFileText('report.md', file)
  const [trouble, troubles] = useState<{ line: number; message: string }[]>([])
  const [build, put] = useState<null | number>(number ? text.length : null) // where in the text
  const building = (at: number | null) => {
    put(at)
    if (at === null && number) filter('number', null)
  }
  const [side, turn] = useState<'write' | 'read'>('read')
  const wide = useWide('(min-width: 900px)')
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!dirty) {
      troubles([])
      return
    }
    const wait = setTimeout(() => {
      send<{ errors: { line: number; message: string }[] }>('POST', '/files/report.md/preview', { text }).then((r) => troubles(r.errors ?? []), () => {})
    }, 400)
    return () => clearTimeout(wait)
  }, [text, dirty])
  useEffect(() => {
    if (!dirty) return
    const f = (e: BeforeUnloadEvent) => e.preventDefault()
    addEventListener('beforeunload', f)
    return () => removeEventListener('beforeunload', f)
  }, [dirty])
  const save = () =>
    keep().then(() => {
      say(t('saved'), { kind: 'saved' })
      tick('file')
      studyChanged()
    })
  // What is written is what stands on the screen.
  const write = () => (dirty ? save() : Promise.resolve()).then(() => send<Job>('POST', '/jobs', { step: 'report' })).then((j) => begun(j, t('report.writing')), fail)
  const written = useStore(jobs).filter((j) => j.href && j.state === 'done').at(-1)
  const typed = (e: Event) => {
    const el = e.currentTarget as HTMLTextAreaElement
    const whole = el.value
    set(() => whole)
    if (el.value.slice(el.selectionStart - 2, el.selectionStart) === '{{' && (e as InputEvent).inputType === 'insertText') building(el.selectionStart)
  }
  // What the builder put in shows its number before the text is saved.
  const [fresh, freshen] = useState<Result[]>([])
  const named = (name: string) => new RegExp('^  ' + name + ':', 'm').test(text)
  const insert = (name: string, lines: string, braces: string, alone: boolean, shown?: Result) => {
    const at = build ?? text.length
    const before = text.slice(0, at).replace(/\{\{$/, '')
    const after = text.slice(at)
    // What is drawn stands on lines of its own.
    const draws = (line: string) => new RegExp('^\\s*\\{\\{(?:' + drawn.join('|') + ')\\s[^}]*\\}\\}\\s*$').test(line)
    const own = alone || draws(before.slice(before.lastIndexOf('\n') + 1)) || draws(after.split('\n')[0])
    const gap = (end: string) => (!own || !end.trim() ? '' : /\n[ \t]*\n[ \t]*$/.test(end) ? '' : /\n[ \t]*$/.test(end) ? '\n' : '\n\n')
    const reversed = (s: string) => [...s].reverse().join('')
    let out = before + gap(before) + braces + gap(reversed(after)) + after
    if (lines && !named(name)) {
      if (/^results:\s*$/m.test(out)) out = out.replace(/^results:[ \t]*$/m, (m) => m + '\n' + lines.trimEnd())
      else if (out.startsWith('---\n')) out = out.replace('---\n', () => '---\nresults:\n' + lines)
      else out = '---\nresults:\n' + lines + '---\n' + out
    }
    set(() => out)
    if (shown) freshen((l) => [...l.filter((x) => x.name !== name), shown])
    building(null)
    setTimeout(() => area.current?.focus(), 0)
  }
  useKeys([
    { id: 'report.number', key: 'i', label: t('report.insert'), run: () => building(area.current?.selectionStart ?? text.length) },
    { id: 'report.edit', key: 'e', label: t('report.edit'), run: () => (turn('write'), queueMicrotask(() => area.current?.focus())) },
    { id: 'report.write', key: 'w', label: t('report.write'), run: () => void write() },
    { id: 'report.checks', key: 'c', label: t('checks'), run: () => filter('checks', '1') },
    { id: 'report.open', key: 'o', label: t('report.open'), run: () => (written ? location.assign(written.href!) : say(t('report.open.none'))) },
  ])
  const body = useMemo(() => <Markdown text={text} results={results && [...results, ...fresh.filter((x) => !results.some((y) => y.name === x.name))]} />, [text, results, fresh])
  return (
    <main id="main" class="report wide-page" tabIndex={-1}>
      <div class="page-head">
        <h1>{t('nav.report')}</h1>
        <Btn kind={dirty ? 'strong' : 'plain'} k="Ctrl+S" disabled={!dirty} onClick={() => void save().catch(fail)}>
          {dirty ? t('save') : t('report.kept')}
        </Btn>
        <Btn k="{{" onClick={() => building(area.current?.selectionStart ?? text.length)}>
          {t('report.insert')}
        </Btn>
        <Btn k="w" onClick={() => void write()}>
          {t('report.write')}
        </Btn>
        <Btn k="c" onClick={() => filter('checks', '1')}>
          {t('checks')}
        </Btn>
        <FileBtn label={t('from.file')} accept=".md,.txt" take={(f) => void f.text().then((x) => set(() => x))} />
        {written && (
          <a href={written.href} aria-keyshortcuts="o">
            {t('report.open')} <Key k="o" />
          </a>
        )}
        <Btn onClick={() => print()}>{t('print')}</Btn>
      </div>
      {!wide && (
        <Tabs
          label={t('nav.report')}
          panel="report-part"
          at={side}
          go={turn}
          tabs={[
            { id: 'read', label: t('report.read') },
            { id: 'write', label: t('report.text') },
          ]}
        />
      )}
      <div class={'editor show-' + side} id="report-part">
        <div class="write">
          <label class="quiet" for="report-text">
            {t('report.text')} <Key k="e" />
          </label>
          <textarea
            id="report-text"
            ref={area}
            dir="auto"
            spellcheck
            value={text}
            onInput={typed}
            onKeyDown={(e) => {
              if ((e.ctrlKey || e.metaKey) && e.key === 's') {
                e.preventDefault()
                if (dirty) void save().catch(fail)
              }
            }}
          />
          <div class="errors" role="status">
            {trouble.map((x) => (
              <p key={x.line + x.message} class="error">
                {t('line', { n: x.line })} {x.message}
              </p>
            ))}
          </div>
        </div>
        <div class="read paper" dir="auto">
          {body}
        </div>
      </div>
      {build !== null && <Builder results={results ?? []} taken={named} close={() => building(null)} insert={insert} />}
      {checks && <Checks close={() => filter('checks', null)} save={() => (dirty ? save() : Promise.resolve())} />}
      {evidence && <Evidence name={evidence} close={() => filter('evidence', null)} />}
    </main>
  )
}

// What stands in double braces: a result, a part of it, a row of it, or a
// way to draw it (docs/format.md).
const drawn = ['table', 'bars', 'dots', 'timeline', 'beside']
const verbs = [...drawn, 'count', 'of', 'share', 'range', 'machine', 'label', 'words', 'amount', 'part', 'sentence', 'is', 'was', 'has']
// Verbs that go with a number.
const forms = ['is', 'was', 'has']
function placeOf(braces: string): { verb: string; name: string; row?: string } {
  const [head, row] = braces.slice(2, -2).split(/:(.*)/s).map((x) => x.trim())
  const words = head.split(/\s+/)
  const verb = words.length > 1 && verbs.includes(words[0]) ? words.shift()! : ''
  return { verb, name: words.join(' '), row: row || undefined }
}

// A number as the report prints it, in the words of the server: what stands in
// brackets behind it is its range.
function NumberLink({ n, verb = '' }: { n: Result; verb?: string }) {
  const [text, rest] = (n.says?.[verb] ?? n.text).split(/ (?=\[)/)
  return (
    <>
      <a class="num" dir="auto" href={'/report?evidence=' + encodeURIComponent(n.name)} title={[n.label, n.open ? t('open', { n: n.open }) : ''].filter(Boolean).join(' · ')}>
        {text}
      </a>
      {rest && (
        <span class="quiet" dir="auto">
          {' '}
          {rest}
        </span>
      )}
    </>
  )
}

// The small Markdown of a report: headings, paragraphs, lists, quotations,
// emphasis and results. Everything else is shown as it is written.
function Markdown({ text, results, hidden }: { text: string; results: Result[] | null; hidden?: boolean }) {
  const by = new Map((results ?? []).map((r) => [r.name, r]))
  const bare = text.replace(/^---\n[\s\S]*?\n---\n?/, '')
  const inline = (s: string): ComponentChildren[] =>
    s.split(/(\{\{[^}]*\}\}|\*\*[^*]+\*\*|\*[^*]+\*|_[^_\s][^_]*_|`[^`]+`)/).map((x, i) => {
      if (x.startsWith('{{')) {
        if (hidden)
          return (
            <span key={i} class="num-hidden">
              {t('blind.number')}
            </span>
          )
        const { verb, name, row } = placeOf(x)
        const r = by.get(name)
        const n = row === undefined ? r : r?.table?.find((y) => [y.name, y.label].some((l) => l?.toLowerCase() === row.toLowerCase()))?.number
        if (results === null) return '…' // they are being counted
        if (!r || !n)
          return (
            <span key={i} class="num missing" title={t('report.no.result')}>
              {x}
            </span>
          )
        if (verb === 'label') return r.label
        if (forms.includes(verb)) return n.says?.[verb] ?? x
        return <NumberLink key={i} n={{ ...r, ...n, name: r.name + (row === undefined ? '' : ':' + row) }} verb={verb} />
      }
      if (x.startsWith('**')) return <b key={i}>{x.slice(2, -2)}</b>
      if (x.startsWith('`')) return <code key={i}>{x.slice(1, -1)}</code>
      if (x.length > 2 && (x.startsWith('*') || x.startsWith('_'))) return <em key={i}>{inline(x.slice(1, -1))}</em>
      return x
    })
  const out: ComponentChildren[] = []
  for (const [i, block] of bare.split(/\n\s*\n/).entries()) {
    const b = block.trim()
    if (!b) continue
    const h = /^(#{1,6})\s+(.*)$/.exec(b.split('\n')[0])
    const alone = /^\{\{[^}]*\}\}$/.test(b) ? placeOf(b) : null
    if (b === '{{questions}}') out.push(<p key={i} class="quiet">{t('report.questions')}</p>)
    else if (h) {
      const Tag = ('h' + Math.min(6, h[1].length + 1)) as 'h2'
      out.push(<Tag key={i}>{inline(h[2])}</Tag>)
      const rest = b.split('\n').slice(1).join('\n').trim()
      if (rest) out.push(<p key={i + 'r'}>{inline(rest)}</p>)
    } else if (alone && drawn.includes(alone.verb) && by.get(alone.name)) out.push(<ResultTable key={i} r={by.get(alone.name)!} how={alone.verb} />)
    else if (/^[-*] /.test(b)) out.push(<ul key={i}>{b.split(/\n(?=[-*] )/).map((l, j) => <li key={j}>{inline(l.slice(2))}</li>)}</ul>)
    else if (/^\d+\. /.test(b)) out.push(<ol key={i}>{b.split(/\n(?=\d+\. )/).map((l, j) => <li key={j}>{inline(l.replace(/^\d+\. /, ''))}</li>)}</ol>)
    else if (b.startsWith('> ')) out.push(<blockquote key={i}>{inline(b.replace(/^> ?/gm, ''))}</blockquote>)
    else out.push(<p key={i}>{inline(b)}</p>)
  }
  return <>{out}</>
}

function Evidence({ name, close }: { name: string; close: () => void }) {
  const from = useData<{ number?: Num; items: Sentence[] }>('/evidence/' + encodeURIComponent(name))
  return (
    <Sheet title={from.data?.number?.label || name} close={close} wide>
      <Load from={from}>
        {(d) => (
          <>
            {d.number && (
              <p>
                <b>{d.number.text || digits(d.number.value)}</b> <span class="quiet">{range(d.number)}</span>
              </p>
            )}
            <Sentences items={d.items ?? []} />
          </>
        )}
      </Load>
    </Sheet>
  )
}
