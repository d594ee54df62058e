// The builder of a number of the report: who is counted, of whom, by what and
// in which period. What it would print stands beside it while it is built.

import { useEffect, useRef, useState } from 'preact/hooks'
import { Refused, send, useData } from './client'
import { session } from './decide'
import { range } from './frame'
import { useKept } from './kept'
import { useKeys } from './keys'
import { ResultTable, Sentences, type Result, type Row, type Sentence } from './result'
import { t, type Name } from './strings'
import { Btn, Own, Sheet, Waiting } from './ui'
import type { List, Num } from './wire'

interface Condition { on: string; not: boolean; value: string }
interface Shown { number: Num; kind: string; table?: Row[]; range: string; note: string; lines: string; sentences: Sentence[]; of: string }
interface Built { kind: Kind; who: string; conditions: Condition[]; of: Condition[]; by: string; cross: string; from: string; to: string; withFrom: string; withTo: string; name: string; label: string; form: string }

const kinds = ['count', 'share', 'rows', 'cross', 'ratio'] as const
type Kind = (typeof kinds)[number]

const none: Condition = { on: '', not: false, value: '' }
const start: Built = { kind: 'count', who: 'all', conditions: [none], of: [none], by: '', cross: '', from: '', to: '', withFrom: '', withTo: '', name: '', label: '', form: '' }

const times = ['month', 'quarter', 'half', 'year']
const timed = (by: string) => times.some((x) => by === x || by.startsWith(x + '('))

// A text inside a filter, in quotation marks that it does not hold itself.
const quoted = (s: string) => (s.includes('"') ? (s.includes("'") ? '`' + s.replace(/`/g, "'") + '`' : `'${s}'`) : `"${s}"`)

function filterOf(c: Condition): string {
  const value = c.value.trim()
  if (!c.on || !value) return ''
  if (c.on === 'code') return (c.not ? 'not ' : '') + `has(${quoted(value)})`
  if (c.on === 'outlet') return (c.not ? 'not ' : '') + `reported_by(${quoted(value)})`
  if (c.on === 'originals') return `originals ${c.not ? '<' : '>='} ${Math.max(0, parseInt(value, 10) || 0)}`
  return `${c.on} ${c.not ? '!=' : '=='} ${quoted(value)}`
}

const groups: Record<string, string> = { women: 'gender == "woman"', men: 'gender == "man"', named: 'kind == "named"' }

// The fields of report.md that say what was chosen; null while something that
// it needs is missing.
function fieldsOf(b: Built): Record<string, string> | null {
  const inside = [b.from ? `first_reported >= ${quoted(b.from)}` : '', b.to ? `first_reported <= ${quoted(b.to)}` : '']
  const chosen = [groups[b.who] ?? '', ...b.conditions.map(filterOf)]
  const and = (...xs: string[]) => xs.filter(Boolean).join(' && ')
  switch (b.kind) {
    case 'count':
      return { count: and(...chosen, ...inside) || 'all' }
    case 'share':
      return { share: and(...chosen, ...inside) || 'all', of: and(...b.of.map(filterOf)) }
    case 'ratio':
      return b.from && b.to && b.withFrom && b.withTo ? { where: and(...chosen), compare: `${b.from} to ${b.to}`, with: `${b.withFrom} to ${b.withTo}` } : null
  }
  if (!b.by || (b.kind === 'cross' && !b.cross)) return null
  const by = b.kind === 'cross' ? `${b.by}, ${b.cross}` : b.by
  // The rows of a table by time say the period themselves.
  return timed(b.by) ? { by, where: and(...chosen), from: b.from, to: b.to } : { by, where: and(...chosen, ...inside) }
}

// What can stand in a condition, and what it can be.
function useSubjects() {
  const s = session.value!
  return [
    ...s.variables.map((v) => ({ id: v.name, label: v.label || v.name, values: (v.values ?? []).map((x) => [x, x]) })),
    { id: 'gender', label: t('builder.gender'), values: ['woman', 'man', 'unknown'].map((x) => [x, t(('gender.' + x) as Name)]) },
    { id: 'kind', label: t('builder.kind'), values: ['named', 'pseudonym', 'anonymous'].map((x) => [x, t(('kind.' + x) as Name)]) },
    { id: 'code', label: t('builder.code'), values: s.codes.map((c) => [c.id, c.label || c.id]) },
    { id: 'outlet', label: t('builder.outlet'), values: [] as string[][] },
    { id: 'originals', label: t('builder.originals'), values: [] as string[][] },
  ]
}
type Subject = ReturnType<typeof useSubjects>[number]

function Conditions({ title, all, list, put, outlets }: { title: string; all: Subject[]; list: Condition[]; put: (l: Condition[]) => void; outlets: string[] }) {
  const change = (i: number, c: Partial<Condition>) => put(list.map((x, j) => (j === i ? { ...x, ...c } : x)))
  const last = list.at(-1)!
  return (
    <fieldset class="conditions">
      <legend>{title}</legend>
      {list.map((c, i) => {
        const at = all.find((x) => x.id === c.on)
        const values = c.on === 'outlet' ? outlets.map((x) => [x, x]) : at?.values ?? []
        return (
          <div class="condition" key={i}>
            <select aria-label={t('builder.what')} value={c.on} onChange={(e) => change(i, { on: e.currentTarget.value, value: '' })}>
              <option value="">{t('builder.none')}</option>
              {all.map((x) => (
                <option key={x.id} value={x.id}>
                  {x.label}
                </option>
              ))}
            </select>
            {at && (
              <>
                <select aria-label={t('builder.holds')} value={c.not ? 'not' : 'is'} onChange={(e) => change(i, { not: e.currentTarget.value === 'not' })}>
                  <option value="is">{t(c.on === 'originals' ? 'builder.least' : 'builder.is')}</option>
                  <option value="not">{t(c.on === 'originals' ? 'builder.fewer' : 'builder.not')}</option>
                </select>
                {values.length > 0 ? (
                  <select aria-label={t('builder.value')} value={c.value} onChange={(e) => change(i, { value: e.currentTarget.value })}>
                    <option value="">{t('builder.none')}</option>
                    {values.map(([v, l]) => (
                      <option key={v} value={v}>
                        {l}
                      </option>
                    ))}
                  </select>
                ) : (
                  <input class="line" aria-label={t('builder.value')} inputMode={c.on === 'originals' ? 'numeric' : undefined} dir="auto" value={c.value} onInput={(e) => change(i, { value: e.currentTarget.value })} />
                )}
                {list.length > 1 && (
                  <Btn kind="quiet" label={t('builder.drop')} onClick={() => put(list.filter((_, j) => j !== i))}>
                    ×
                  </Btn>
                )}
              </>
            )}
          </div>
        )
      })}
      {last.on && last.value && (
        <Btn kind="quiet" onClick={() => put([...list, none])}>
          {t('builder.and')}
        </Btn>
      )}
    </fieldset>
  )
}

// What a slot of a sentence may print, in the order in which they are offered.
const slots = ['', 'words', 'amount', 'part', 'count', 'of', 'share', 'range', 'sentence']
const slotsOfRatio = ['', 'sentence', 'range']

export function Builder({ results, taken, close, insert }: { results: Result[]; taken: (name: string) => boolean; close: () => void; insert: (name: string, lines: string, draw: string, alone: boolean, shown?: Result) => void }) {
  const kept = useKept('builder', start)
  const b = { ...start, ...kept.value }
  const put = (c: Partial<Built>) => kept.put({ ...start, ...kept.now(), ...c })
  const [shown, show] = useState<Shown | null>(null)
  const [trouble, say] = useState<Refused | null>(null)
  const [busy, work] = useState(false)
  const all = useSubjects()
  const s = session.value!
  const needs = [...b.conditions, ...b.of].some((c) => c.on === 'outlet')
  const outlets = useData<List<{ name: string }>>(needs ? '/outlets' : null).data?.items.map((x) => x.name) ?? []

  const ways: [string, string][] = [
    ...s.variables.map((x): [string, string] => [x.name, x.label || x.name]),
    ...(['gender', 'kind', 'code.top', 'code', 'outlet', 'first_outlet', ...times] as const).map((x): [string, string] => [x, t(('builder.by.' + x) as Name)]),
    ...s.variables.filter((x) => x.type === 'date').flatMap((x) => ['year', 'month'].map((step): [string, string] => [`${step}(${x.name})`, t(('builder.of.' + step) as Name, { what: x.label || x.name })])),
  ]
  const way = (by: string) => ways.find(([x]) => x === by)?.[1] ?? ''

  // The words that are printed where nobody writes any.
  const spoken = (c: Condition) => {
    const at = all.find((x) => x.id === c.on)
    if (!at || !c.value.trim()) return ''
    const value = at.values.find(([v]) => v === c.value)?.[1] ?? c.value.trim()
    return `${at.label}: ${c.on === 'originals' ? t(c.not ? 'builder.fewer' : 'builder.least') + ' ' : c.not ? t('builder.not') + ' ' : ''}${value}`
  }
  const period = b.from || b.to ? [b.from, b.to].join('–') : ''
  const those = [b.who === 'all' ? '' : t(('builder.' + b.who) as Name), ...b.conditions.map(spoken)].filter(Boolean).join(', ')
  const split = [way(b.by), b.kind === 'cross' ? way(b.cross) : ''].filter(Boolean).join(' × ')
  const words =
    b.kind === 'ratio'
      ? [those, t('builder.against', { a: period, b: [b.withFrom, b.withTo].join('–') })].filter(Boolean).join(', ')
      : b.kind === 'rows' || b.kind === 'cross'
        ? [those, split].filter(Boolean).join(', ')
        : [those || (period ? '' : t('builder.all')), period].filter(Boolean).join(', ')

  const fields = fieldsOf(b)
  const plain = (x: string) => x.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '')
  const made = ['people', b.who === 'all' ? '' : b.who, ...b.conditions.map((c) => (c.value.trim() ? c.value : '')), b.kind === 'share' ? 'share' : '', b.kind === 'ratio' ? 'pace' : '', b.kind === 'rows' || b.kind === 'cross' ? b.by : '', b.kind === 'cross' ? b.cross : ''].map(plain).filter(Boolean).join('_')
  const own = plain(b.name).replace(/^(?=\d)/, 'n_')
  let id = own || made
  for (let n = 2; !own && taken(id); n++) id = made + '_' + n

  const asked = useRef(0)
  const request = fields && JSON.stringify({ ...fields, name: id, label: b.label.trim() || words })
  useEffect(() => {
    const mine = ++asked.current
    if (!request) {
      show(null)
      say(null)
      work(false)
      return
    }
    work(true)
    const wait = setTimeout(() => {
      send<Shown>('POST', '/results/preview', JSON.parse(request)).then(
        (r) => mine === asked.current && (show({ ...r, of: request }), say(null), work(false)),
        (e) => mine === asked.current && e instanceof Refused && (show(null), say(e), work(false)),
      )
    }, 150)
    return () => clearTimeout(wait)
  }, [request])

  const table = b.kind === 'rows' || b.kind === 'cross'
  const rows = shown?.table ?? []
  const drawings = b.kind === 'cross' ? ['table'] : timed(b.by) ? ['timeline', 'table', 'bars', 'dots'] : ['table', 'bars', 'dots']
  const says = shown?.number.says ?? {}
  const forms = table ? [...drawings, ...(b.kind === 'rows' ? rows.map((x) => ': ' + x.name) : [])] : (b.kind === 'ratio' ? slotsOfRatio : slots).filter((v, i, l) => says[v] && l.findIndex((w) => says[w] === says[v]) === i)
  const form = forms.includes(b.form) ? b.form : forms[0] ?? ''
  const braces = '{{' + (form.startsWith(': ') ? id + form : (form && form + ' ') + id) + '}}'
  const clash = own !== '' && taken(own)
  const ready = shown !== null && shown.of === request && !clash
  // A key may come before what it puts in was counted: it waits for that.
  const [wanted, want] = useState(false)
  useEffect(() => {
    if (!wanted || (busy && !clash)) return
    want(false)
    add()
  }, [wanted, busy, shown])
  const add = () => {
    if (!shown || !ready) {
      if (fields && !clash && !trouble) want(true)
      return
    }
    kept.drop(start)
    insert(id, shown.lines, braces, table && !form.startsWith(': '), { ...shown.number, name: id, label: b.label.trim() || words, title: b.label.trim() || words, kind: shown.kind, table: shown.table, note: shown.note })
  }
  useKeys([{ id: 'builder.put', key: 'Ctrl+Enter', label: t('builder.put'), run: add }])
  const dates = (label: Name, from: 'from' | 'withFrom', to: 'to' | 'withTo') => (
    <fieldset class="dates">
      <legend>{t(label)}</legend>
      <label>
        {t('filter.from')}
        <input class="line" placeholder="2014-01" dir="ltr" value={b[from]} onInput={(e) => put({ [from]: e.currentTarget.value.trim() })} />
      </label>
      <label>
        {t('filter.to')}
        <input class="line" placeholder="2015-08" dir="ltr" value={b[to]} onInput={(e) => put({ [to]: e.currentTarget.value.trim() })} />
      </label>
    </fieldset>
  )
  const choose = (label: Name, field: 'by' | 'cross') => (
    <label>
      {t(label)}
      <select value={b[field]} onChange={(e) => put({ [field]: e.currentTarget.value })}>
        <option value="">{t('builder.none')}</option>
        {ways.filter(([x]) => field === 'by' || x !== b.by).map(([x, l]) => (
          <option key={x} value={x}>
            {l}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <Sheet title={t('report.insert')} close={close} wide>
      <div
        class="builder"
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
            e.preventDefault()
            add()
          }
        }}
      >
        {results.length > 0 && (
          <details>
            <summary>{t('builder.have')}</summary>
            <p class="row wrap">
              {results.map((r) => (
                <button key={r.name} type="button" class="chip" onClick={() => insert(r.name, '', r.kind === 'trend' ? `{{timeline ${r.name}}}` : r.kind === 'table' ? `{{table ${r.name}}}` : `{{${r.name}}}`, r.kind === 'trend' || r.kind === 'table')}>
                  <Own>{r.label || r.name}</Own> <Own>{r.text}</Own>
                </button>
              ))}
            </p>
          </details>
        )}
        <div class="chips" role="group" aria-label={t('builder.kind.of')}>
          {kinds.map((k) => (
            <button key={k} type="button" class="chip" aria-pressed={b.kind === k} autofocus={b.kind === k} onClick={() => put({ kind: k })}>
              {t(('builder.kind.' + k) as Name)}
            </button>
          ))}
        </div>
        <div class="form">
          <label>
            {t('builder.who')}
            <select value={b.who} onChange={(e) => put({ who: e.currentTarget.value })}>
              {['all', ...Object.keys(groups)].map((x) => (
                <option key={x} value={x}>
                  {t(('builder.' + x) as Name)}
                </option>
              ))}
            </select>
          </label>
          {table && choose('builder.by', 'by')}
          {b.kind === 'cross' && choose('builder.crossed', 'cross')}
        </div>
        <Conditions title={t('builder.where')} all={all} list={b.conditions} put={(conditions) => put({ conditions })} outlets={outlets} />
        {b.kind === 'share' && <Conditions title={t('builder.of')} all={all} list={b.of} put={(of) => put({ of })} outlets={outlets} />}
        <div class="periods">
          {dates(b.kind === 'ratio' ? 'builder.compare' : 'builder.reported', 'from', 'to')}
          {b.kind === 'ratio' && dates('builder.with', 'withFrom', 'withTo')}
        </div>
        <div class="result" aria-live="polite" aria-busy={busy}>
          {trouble ? (
            <p class="error" dir="auto">
              {trouble.message} {trouble.hint}
            </p>
          ) : shown ? (
            <>
              {table ? (
                <ResultTable r={{ ...shown.number, title: b.label.trim() || words, table: rows }} how={form.startsWith(': ') ? 'table' : form} />
              ) : (
                <p class="big">
                  <b dir="auto">{shown.number.text}</b> <span class="quiet">{b.kind === 'ratio' ? '' : range(shown.number)}</span>
                  {shown.number.open > 0 && <span class="quiet"> · {t('open', { n: shown.number.open })}</span>}
                </p>
              )}
              {shown.note && (
                <p class="quiet" dir="auto">
                  {shown.note}
                </p>
              )}
            </>
          ) : fields ? (
            <Waiting lines={3} />
          ) : (
            <p class="quiet">{t(('builder.needs.' + b.kind) as Name)}</p>
          )}
        </div>
        {shown && (
          <fieldset class="prints">
            <legend>{t('builder.prints')}</legend>
            {table ? (
              <select aria-label={t('builder.prints')} value={form} onChange={(e) => put({ form: e.currentTarget.value })}>
                {drawings.map((x) => (
                  <option key={x} value={x}>
                    {t(('builder.draw.' + x) as Name)}
                  </option>
                ))}
                {b.kind === 'rows' && rows.map((x) => (
                  <option key={x.name} value={': ' + x.name}>
                    {t('builder.row', { row: x.number.says?.label || x.label })}
                  </option>
                ))}
              </select>
            ) : (
              forms.map((v) => (
                <label key={v} class="choice">
                  <input type="radio" name="prints" checked={v === form} onChange={() => put({ form: v })} />
                  <Own>{says[v]}</Own>
                </label>
              ))
            )}
          </fieldset>
        )}
        <div class="form">
          <label>
            {t('builder.label')}
            <input class="line" dir="auto" placeholder={words} value={b.label} onInput={(e) => put({ label: e.currentTarget.value })} />
          </label>
          <label>
            {t('builder.name')}
            <input class="line" dir="ltr" placeholder={id} value={b.name} aria-invalid={clash || undefined} onInput={(e) => put({ name: e.currentTarget.value })} />
          </label>
        </div>
        {clash && <p class="error">{t('builder.taken', { name: own })}</p>}
        <p class="row">
          <Btn kind="strong" k="Ctrl+Enter" disabled={!ready && !wanted} onClick={add}>
            {t('builder.put')}
          </Btn>
          <code class="quiet" dir="ltr">{braces}</code>
        </p>
        {shown && shown.sentences.length > 0 && (
          <>
            <h3>{t('builder.rests', { n: shown.number.value })}</h3>
            <Sentences items={shown.sentences.slice(0, 3)} />
          </>
        )}
      </div>
    </Sheet>
  )
}
