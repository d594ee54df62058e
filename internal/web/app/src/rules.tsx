// The counting rules as a form: what counts where articles differ, how far
// words reach, how well an account is supported, what a report cites.

import { useRef } from 'preact/hooks'
import type { FileError, FormProps } from './editfile'
import { Field, wrongAt } from './fields'
import { t, type Name } from './strings'
import { fits, listAt, plain, put, quote, textAt, under } from './studyfile'
import { Btn } from './ui'

interface Part { text: string; errors: FileError[]; set: FormProps['set'] }

const whole = (s: string) => (/^\d+$/.test(s.trim()) ? String(+s.trim()) : quote(s))
const linesOf = (s: string) => s.split('\n').map((l) => l.trim()).filter(Boolean)

export function Rules({ text, set, errors }: FormProps) {
  const p = { text, set, errors }
  return (
    <div class="form">
      <fieldset>
        <legend>{t('rules.values')}</legend>
        <Choice {...p} path={['rules', 'conflicts']} label="rules.conflicts" word={(x) => t(('rules.conflicts.' + x) as Name)} first="earliest" of={['earliest', 'latest', 'majority', 'conflict']} />
      </fieldset>
      <fieldset>
        <legend>{t('rules.pairs')}</legend>
        <Whole {...p} path={['rules', 'link']} label="rules.link" usual="50" />
      </fieldset>
      <fieldset>
        <legend>{t('nav.figures')}</legend>
        <Choice {...p} path={['rules', 'figures']} label="rules.figures" word={(x) => t(('rules.figures.' + x) as Name)} first="range" of={['range', 'majority', 'lowest', 'latest', 'outlet order']} />
        {textAt(text, ['rules', 'figures']) === 'outlet order' && (
          <Lines {...p} path={['rules', 'outlets']} label="rules.outlets" value={listAt(text, ['rules', 'outlets']).join('\n')} written={(l) => (l.length > 0 ? '[' + l.map(quote).join(', ') + ']' : null)} means={(x) => linesOf(x).join('\n')} />
        )}
        <Lines
          {...p}
          path={['rules', 'vague']}
          label="rules.vague"
          hint={t('rules.vague.hint')}
          value={under(text, ['rules', 'vague'])
            .map(([word, v]) => word + ': ' + v.replace(/^\[\s*|\s*\]$/g, '').replace(/\s*,\s*/, ' – '))
            .join('\n')}
          written={(l) => l.map((x) => pair(x))}
          means={(x) => linesOf(x).map(pair).map((y) => y.replace(/^(?:"((?:[^"\\]|\\.)*)"|([^:]*)): \[(.*)\]$/, (_, a, b, v) => (a ?? b) + ': ' + v.replace(/, /, ' – '))).join('\n')}
        />
        <div class="pair-of-fields">
          {(['almost', 'about', 'fraction', 'count'] as const).map((x) => (
            <Whole key={x} {...p} path={['rules', 'bands', x]} label={('rules.bands.' + x) as Name} usual={x === 'fraction' ? '2' : x === 'count' ? '10' : '3'} by={10} />
          ))}
        </div>
      </fieldset>
      <Grades {...p} />
      <fieldset>
        <legend>{t('rules.sample')}</legend>
        <Choice {...p} path={['sample']} label="rules.people" word={(x) => t(('rules.people.' + x) as Name)} first="false" of={['false', 'true']} />
        {textAt(text, ['sample']) !== 'true' && (
          <label>
            {t('rules.why')}
            <Field rows={2} error={wrongAt(text, errors, ['why_census'])} hint={t('rules.why.hint')} value={textAt(text, ['why_census'])} put={(v) => set((text) => put(text, ['why_census'], v ? quote(v) : null))} />
          </label>
        )}
      </fieldset>
      <fieldset>
        <legend>{t('rules.report')}</legend>
        <Choice {...p} path={['citation']} label="rules.citation" word={(x) => t(('rules.citation.' + x) as Name)} first="news" of={['news', 'apa', 'chicago']} />
        <Whole {...p} path={['quotations', 'most']} label="rules.quotations" usual="300" />
      </fieldset>
    </div>
  )
}

// pair makes a line "dozens: 24 – 99" what the file says; what is no pair is
// written as it is typed, and refused with its reason.
function pair(l: string): string {
  const m = /^([^:]*):?(.*)$/.exec(l)!
  const numbers = m[2].trim().split(/\s*(?:–|-|,|\bto\b|إلى)\s*/).filter(Boolean)
  return plain(m[1].trim()) + ': [' + numbers.map(whole).join(', ') + ']'
}

function ByHand({ name }: { name: string }) {
  return (
    <p class="quiet">
      {name}: {t('setup.by.hand')} <a href="/setup#study.yaml">study.yaml</a>
    </p>
  )
}

function Choice({ text, errors, set, path, label, first, of, word }: Part & { path: string[]; label: Name; first: string; of: string[]; word: (x: string) => string }) {
  if (!fits(text, path)) return <ByHand name={t(label)} />
  const now = textAt(text, path) || first
  const wrong = wrongAt(text, errors, path)
  return (
    <label>
      {t(label)}
      <select value={now} aria-invalid={wrong ? 'true' : undefined} onChange={(e) => {
          const v = e.currentTarget.value
          set((text) => put(text, path, v))
        }}>
        {of.map((x) => (
          <option key={x} value={x}>
            {word(x)}
          </option>
        ))}
        {!of.includes(now) && <option value={now}>{now}</option>}
      </select>
      {wrong && <small class="error" dir="auto">{wrong}</small>}
    </label>
  )
}

// A Whole is a whole number of the file; by says how many of it make one that is
// typed.
function Whole({ text, errors, set, path, label, usual, by = 1 }: Part & { path: string[]; label: Name; usual: string; by?: number }) {
  if (!fits(text, path)) return <ByHand name={t(label)} />
  const held = textAt(text, path)
  const shown = (v: string) => (/^\d+$/.test(v) ? String(+v / by) : v)
  const written = (v: string) => {
    const n = +v.trim().replace(',', '.') * by
    return /^[\d.,]+$/.test(v.trim()) && Number.isInteger(+n.toFixed(6)) ? String(Math.round(n)) : quote(v)
  }
  return (
    <label>
      {t(label)}
      <Field number error={wrongAt(text, errors, path)} hint={t('rules.usual', { n: usual })} value={shown(held)} means={(v) => (v.trim() ? shown(written(v).replace(/^"(.*)"$/, '$1')) : '')} put={(v) => set((text) => put(text, path, v.trim() ? written(v) : null))} />
    </label>
  )
}

function Lines({ text, errors, set, path, label, hint, value, written, means }: Part & { path: string[]; label: Name; hint?: string; value: string; written: (lines: string[]) => string | string[] | null; means: (typed: string) => string }) {
  if (!fits(text, path)) return <ByHand name={t(label)} />
  return (
    <label>
      {t(label)}
      <Field rows={3} error={wrongAt(text, errors, path)} hint={hint} value={value} means={means} put={(v) => set((text) => put(text, path, written(linesOf(v))))} />
    </label>
  )
}

interface Grade { name: string; originals: string; owners: string }

// gradesOf reads the grades; null where they say what the form does not know.
function gradesOf(text: string): Grade[] | null {
  const out: Grade[] = []
  const lines = text.split('\n')
  const from = lines.findIndex((l) => /^grades:\s*(#.*)?$/.test(l))
  if (from < 0) return lines.some((l) => /^grades:\s*\S/.test(l)) ? null : []
  for (const l of lines.slice(from + 1)) {
    if (/^\s*(#.*)?$/.test(l)) continue
    const m = /^\s*(- )?\s*(name|originals|owners):\s*(.*?)\s*$/.exec(l)
    if (/^\S/.test(l) && !l.startsWith('- ')) break
    if (!m) return null
    if (m[1]) out.push({ name: '', originals: '', owners: '' })
    if (out.length === 0) return null
    out[out.length - 1][m[2] as keyof Grade] = m[3].replace(/^"(.*)"$|^'(.*)'$/, (_, a, b) => a ?? b)
  }
  return out
}

function Grades({ text, errors, set }: Part) {
  const ref = useRef<HTMLFieldSetElement>(null)
  const grades = gradesOf(text)
  if (grades === null) return <ByHand name={t('rules.grades')} />
  const all = (f: (g: Grade[]) => Grade[]) =>
    set((text) =>
      put(
        text,
        ['grades'],
        f(gradesOf(text) ?? []).flatMap((g) => ['- name: ' + (/^\w+$/.test(g.name) ? g.name : quote(g.name)), ...(['originals', 'owners'] as const).flatMap((k) => (g[k].trim() ? ['  ' + k + ': ' + whole(g[k])] : []))]),
      ),
    )
  const change = (i: number, e: Partial<Grade>) => all((x) => x.map((y, j) => (j === i ? { ...y, ...e } : y)))
  return (
    <fieldset class="entries" ref={ref}>
      <legend>{t('rules.grades')}</legend>
      <p class="quiet">{t('rules.grades.how')}</p>
      {grades.map((g, i) => (
        <div key={i} class="entry three">
          {(['name', 'originals', 'owners'] as const).map((k) => (
            <label key={k}>
              {t(k === 'name' ? 'setup.name' : (('rules.grades.' + k) as Name))}
              <Field number={k !== 'name'} dir={k === 'name' ? 'ltr' : undefined} error={wrongAt(text, errors, ['grades', String(i), k])} value={g[k]} put={(v) => change(i, { [k]: v })} />
            </label>
          ))}
          <Btn kind="quiet" label={t('setup.remove', { name: g.name })} onClick={() => all((x) => x.filter((_, j) => j !== i))}>
            ×
          </Btn>
        </div>
      ))}
      <Btn
        onClick={() => {
          all((x) => [...x, { name: 'grade_' + (x.length + 1), originals: x.length === 0 ? '2' : '', owners: '' }])
          queueMicrotask(() => ref.current?.querySelector<HTMLInputElement>('.entry:last-of-type input')?.select())
        }}
      >
        + {t('setup.add')}
      </Btn>
    </fieldset>
  )
}
