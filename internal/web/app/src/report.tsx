// Report: report.md as a document with live numbers beside the text it is
// written in. `{{` opens the builder of counts.

import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Checks } from './checks'
import { Refused, send, studyChanged, useData } from './client'
import { fail, say, session } from './decide'
import { useFileText, type FileText } from './editfile'
import { tick } from './firstrun'
import { range } from './frame'
import { begun, jobs } from './jobs'
import { useKeys } from './keys'
import { filter, place } from './route'
import { useStore } from './store'
import { day, number, t, type Name } from './strings'
import { Btn, FileBtn, Key, Load, Own, Sheet, Trouble, useWide, Waiting, Tabs } from './ui'
import type { Job, List, Num } from './wire'

type Result = Num & { title?: string; kind?: string; table?: { name?: string; label: string; number?: Num; value?: number; cells?: Num[] }[] }
interface Sentence { article: string; outlet: string; date: string; words: string; person: string; statement?: string }

export function ReportPage() {
  const { query } = useStore(place)
  const file = useData<FileText>('/files/report.md')
  const results = useData<List<Result>>('/results')
  const evidence = query.get('evidence')
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
  return <Editor file={file.data} results={results.data?.items ?? null} evidence={evidence} checks={query.has('checks')} />
}

function Editor({ file, results, evidence, checks }: { file: FileText; results: Result[] | null; evidence: string | null; checks: boolean }) {
  const { text, set, save: put, dirty } = useFileText('report.md', file)
  const [trouble, troubles] = useState<{ line: number; message: string }[]>([])
  const [build, building] = useState<null | number>(null) // where in the text
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
    put().then(() => {
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
  const insert = (name: string, lines: string, draw: string) => {
    const at = build ?? text.length
    const before = text.slice(0, at).replace(/\{\{$/, '')
    const after = text.slice(at)
    // What is drawn stands on lines of its own.
    const gap = (end: string) => (!draw || !end.trim() ? '' : /\n[ \t]*\n[ \t]*$/.test(end) ? '' : /\n[ \t]*$/.test(end) ? '\n' : '\n\n')
    const reversed = (s: string) => [...s].reverse().join('')
    let out = before + gap(before) + '{{' + (draw && draw + ' ') + name + '}}' + gap(reversed(after)) + after
    if (lines && !new RegExp('^  ' + name + ':', 'm').test(text)) {
      if (/^results:\s*$/m.test(out)) out = out.replace(/^results:\s*$/m, (m) => m + '\n' + lines)
      else if (out.startsWith('---\n')) out = out.replace('---\n', '---\nresults:\n' + lines + '\n')
      else out = '---\nresults:\n' + lines + '\n---\n' + out
    }
    set(() => out)
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
  const body = useMemo(() => <Markdown text={text} results={results} />, [text, results])
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
      {build !== null && <Builder results={results ?? []} close={() => building(null)} insert={insert} />}
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
function Markdown({ text, results }: { text: string; results: Result[] | null }) {
  const by = new Map((results ?? []).map((r) => [r.name, r]))
  const bare = text.replace(/^---\n[\s\S]*?\n---\n?/, '')
  const inline = (s: string): ComponentChildren[] =>
    s.split(/(\{\{[^}]*\}\}|\*\*[^*]+\*\*|\*[^*]+\*|_[^_\s][^_]*_|`[^`]+`)/).map((x, i) => {
      if (x.startsWith('{{')) {
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

function ResultTable({ r, how }: { r: Result; how: string }) {
  const rows = r.table ?? []
  const value = (x: (typeof rows)[number]) => x.number?.value ?? x.value ?? 0
  const most = Math.max(1, ...rows.map(value))
  if (how === 'timeline')
    return (
      <figure class="timeline">
        <figcaption dir="auto">{r.title || r.label}</figcaption>
        <div class="bars" role="img" aria-label={rows.map((x) => x.label + ': ' + value(x)).join(', ')}>
          {rows.map((x) => (
            <span key={x.label} title={x.label + ': ' + number(value(x))}>
              <i style={{ height: (100 * value(x)) / most + '%' }} />
            </span>
          ))}
        </div>
        <p class="quiet bars-ends">
          <span>{rows[0]?.label}</span>
          <span>{rows[rows.length - 1]?.label}</span>
        </p>
      </figure>
    )
  return (
    <table class="rows chart">
      <caption dir="auto">{r.title || r.label}</caption>
      <tbody>
        {rows.map((x) => (
          <tr key={x.label}>
            <th scope="row" dir="auto">
              {x.label}
            </th>
            <td class="n">{number(value(x))}</td>
            <td class="meter-cell" aria-hidden="true">
              <span class="meter">
                <i style={{ width: (100 * value(x)) / most + '%' }} />
              </span>
            </td>
            <td class="quiet">{x.number ? range(x.number) : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
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
                <b>{d.number.text || number(d.number.value)}</b> <span class="quiet">{range(d.number)}</span>
              </p>
            )}
            <Sentences items={d.items ?? []} />
          </>
        )}
      </Load>
    </Sheet>
  )
}

function Sentences({ items }: { items: Sentence[] }) {
  if (items.length === 0) return <p class="quiet">{t('evidence.none')}</p>
  return (
    <ol class="plain lines statements">
      {items.map((s, i) => (
        <li key={i}>
          <a class="serif words" dir="auto" href={'/articles/' + encodeURIComponent(s.article) + (s.statement ? '#' + encodeURIComponent('statement:' + s.statement) : '')}>
            {s.words}
          </a>
          <small dir="auto">{[s.person, s.outlet, day(s.date)].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ol>
  )
}

function Builder({ results, close, insert }: { results: Result[]; close: () => void; insert: (name: string, lines: string, draw: string) => void }) {
  const s = session.value!
  const [who, setWho] = useState('all')
  const [variable, setVariable] = useState('')
  const [value, setValue] = useState('')
  const [by, setBy] = useState('')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [name, setName] = useState('')
  const [label, setLabel] = useState('')
  const [shown, show] = useState<{ number: Num; sentences: Sentence[]; range?: string } | null>(null)
  const [trouble, say] = useState<Refused | null>(null)
  const where = [who === 'women' ? 'gender == "woman"' : who === 'men' ? 'gender == "man"' : who === 'named' ? 'kind == "named"' : '', variable && value ? `${variable} == ${JSON.stringify(value)}` : '', from ? `first_reported >= "${from}"` : '', to ? `first_reported <= "${to}"` : ''].filter(Boolean).join(' && ')
  useEffect(() => {
    const wait = setTimeout(() => {
      send<{ number: Num; sentences: Sentence[] }>('POST', '/results/preview', { who, where, by, window: from || to ? { from, to } : null }).then(
        (r) => {
          show(r)
          say(null)
        },
        (e) => e instanceof Refused && say(e),
      )
    }, 150)
    return () => clearTimeout(wait)
  }, [who, where, by])
  const id = name.trim().replace(/\W+/g, '_').toLowerCase() || ['people', who === 'all' ? '' : who, value, by].filter(Boolean).join('_').replace(/\W+/g, '_').toLowerCase()
  const v = s.variables.find((x) => x.name === variable)
  const ways = [...s.variables.map((x) => [x.name, x.label || x.name]), ['gender', t('builder.gender')], ['code', t('nav.codes')], ['code.top', t('builder.code.top')], ['month', t('builder.month')], ['year', t('builder.year')]]
  // The label that is printed when nobody writes one.
  const those = [who === 'all' ? '' : t(('builder.' + who) as Name), v && value ? (v.label || v.name) + ': ' + value : '', from || to ? [from, to].filter(Boolean).join('–') : ''].filter(Boolean).join(', ')
  const way = ways.find(([x]) => x === by)?.[1] ?? ''
  const words = by ? [those, way].filter(Boolean).join(', ') : those || t('builder.all')
  const draw = by === 'month' ? 'timeline' : by ? 'table' : ''
  const lines = () => {
    const l = `  ${id}:\n    label: ${JSON.stringify(label.trim() || words)}\n`
    if (by) return l + `    by: ${by}` + (where ? `\n    where: ${JSON.stringify(where).replace(/^"|"$/g, "'").replace(/\\"/g, '"')}` : '')
    return l + (where ? `    share: ${where}` : '    count: all')
  }
  return (
    <Sheet title={t('report.insert')} close={close} wide>
      <div class="builder">
        {results.length > 0 && (
          <p class="row wrap">
            <span class="quiet">{t('builder.have')}</span>
            {results.map((r) => (
              <button key={r.name} type="button" class="chip" onClick={() => insert(r.name, '', r.kind === 'trend' ? 'timeline' : r.kind === 'table' ? 'table' : '')}>
                <Own>{r.label || r.name}</Own> {r.of === null || r.of === undefined ? number(r.value) : t('of', { n: r.value, of: r.of })}
              </button>
            ))}
          </p>
        )}
        <div class="form">
          <label>
            {t('builder.who')}
            <select autofocus value={who} onChange={(e) => setWho(e.currentTarget.value)}>
              {['all', 'women', 'men', 'named'].map((x) => (
                <option key={x} value={x}>
                  {t(('builder.' + x) as Name)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('builder.where')}
            <select value={variable} onChange={(e) => setVariable(e.currentTarget.value)}>
              <option value="">—</option>
              {s.variables.map((x) => (
                <option key={x.name} value={x.name}>
                  {x.label || x.name}
                </option>
              ))}
            </select>
          </label>
          {variable && (
            <label>
              {t('builder.is')}
              {v && (v.values ?? []).length > 0 ? (
                <select value={value} onChange={(e) => setValue(e.currentTarget.value)}>
                  <option value="">—</option>
                  {v.values.map((x) => (
                    <option key={x}>{x}</option>
                  ))}
                </select>
              ) : (
                <input class="line" dir="auto" value={value} onInput={(e) => setValue(e.currentTarget.value)} />
              )}
            </label>
          )}
          <label>
            {t('builder.by')}
            <select value={by} onChange={(e) => setBy(e.currentTarget.value)}>
              <option value="">{t('builder.one')}</option>
              {ways.map(([x, l]) => (
                <option key={x} value={x}>
                  {l}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('filter.from')}
            <input class="line" placeholder="2014-01" dir="ltr" value={from} onInput={(e) => setFrom(e.currentTarget.value)} />
          </label>
          <label>
            {t('filter.to')}
            <input class="line" placeholder="2015-08" dir="ltr" value={to} onInput={(e) => setTo(e.currentTarget.value)} />
          </label>
          <label>
            {t('builder.label')}
            <input class="line" dir="auto" placeholder={words} value={label} onInput={(e) => setLabel(e.currentTarget.value)} />
          </label>
          <label>
            {t('builder.name')}
            <input class="line" dir="ltr" placeholder={id} value={name} onInput={(e) => setName(e.currentTarget.value)} />
          </label>
        </div>
        <div class="result" aria-live="polite">
          {trouble ? (
            <p class="error">
              {trouble.message} {trouble.hint}
            </p>
          ) : shown ? (
            <>
              <p class="big">
                <b>{shown.number.of === null || shown.number.of === undefined ? number(shown.number.value) : t('of', { n: shown.number.value, of: shown.number.of })}</b> <span class="quiet">{range(shown.number)}</span>
              </p>
              <Sentences items={(shown.sentences ?? []).slice(0, 3)} />
            </>
          ) : (
            <Waiting lines={3} />
          )}
        </div>
        <p class="row">
          <Btn kind="strong" onClick={() => insert(id, lines(), draw)}>
            {t('builder.put')}
          </Btn>
          <code class="quiet" dir="ltr">{'{{' + (draw && draw + ' ') + id + '}}'}</code>
        </p>
      </div>
    </Sheet>
  )
}
