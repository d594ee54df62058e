// One person: values with their sentences, statements in time, what holds the
// articles together, notes, and every decision.

import { useEffect, useState } from 'preact/hooks'
import { useData } from './client'
import { decide } from './decide'
import { Doubts, type Doubt } from './doubts'
import { may } from './exchange'
import { Removal } from './removal'
import { HistoryRows, type HistoryItem } from './history'
import { useKeys } from './keys'
import { codeLabel, variableLabel, word } from './reading/panel'
import { go } from './route'
import { day, moment, per, t, type Name } from './strings'
import { Ask, Btn, Load, Own } from './ui'
import type { ArticleRow } from './wire'

interface Choice { value: string; outlet: string; date: string; article: string; speaker?: string; sentence: string; state?: string }
interface End { key: string; name: string; outlet: string; date: string; article: string }
interface Person {
  id: string; name: string; gender: string; kind?: string; open: number; first_reported: string; originals: ArticleRow[] | number; articles?: ArticleRow[]
  values: { variable: string; label?: string; value: string; state: string; rule?: string; choices: Choice[] }[]
  statements: { key: string; article: string; outlet: string; date: string; words: string; type: string; state: string; codes: { id: string; label?: string; state: string }[] }[]
  links: { a: End | string; b: End | string; p: number; state: string; by: string; weakest: boolean }[]
  doubts: Doubt[]; history: HistoryItem[]; notes: { id: string; text: string; state: string; actor: string; time: string }[]; former_ids: string[]; moved_to?: string
  tier?: string; held?: boolean; circumstances?: string[]; scope?: string
}

const end = (e: End | string) => (typeof e === 'string' ? e : [e.name, e.outlet, day(e.date)].filter(Boolean).join(', '))
const keyOfEnd = (e: End | string) => (typeof e === 'string' ? e : e.key)

export function PersonPage({ id }: { id: string }) {
  const from = useData<Person>('/people/' + encodeURIComponent(id))
  return (
    <main id="main" class="person" tabIndex={-1}>
      <Load from={from}>{(p) => <Dossier p={p} id={id} />}</Load>
    </main>
  )
}

function Dossier({ p, id }: { p: Person; id: string }) {
  const [note, ask] = useState(false)
  const [leaving, leave] = useState(false)
  useEffect(() => {
    const to = p.moved_to || (p.id && p.id !== id ? p.id : '')
    if (to) go('/people/' + encodeURIComponent(to), true)
  }, [p.id])
  useKeys([{ id: 'note', key: 'w', label: t('note.add'), run: () => ask(true) }])
  const split = (a: string, b: string) => void decide([{ do: 'link', a, b, answer: 'different' }]).catch(() => {})
  const articles = p.articles ?? []
  const links = [...(p.links ?? [])].sort((a, b) => Number(b.weakest) - Number(a.weakest) || a.p - b.p)
  return (
    <>
      <div class="page-head">
        <h1>
          <Own>{p.name || t('speaker.unnamed')}</Own>
        </h1>
        <Btn k="w" onClick={() => ask(true)}>
          {t('note.add')}
        </Btn>
        <Btn onClick={() => print()}>{t('print')}</Btn>
        {may('set_up') && <Btn onClick={() => leave(true)}>{t('removal')} …</Btn>}
      </div>
      <p class="quiet">
        {[p.gender && p.gender !== 'unknown' ? word('gender.', p.gender) : '', p.first_reported ? t('person.first', { day: day(p.first_reported) }) : '', p.open ? t('open', { n: p.open }) : ''].filter(Boolean).join(' · ')}
      </p>
      {may('set_up') && p.scope !== 'no' && (
        <p class="row wrap tier">
          <label for="tier">{t('tier')}</label>
          <select id="tier" value={p.tier || ''} onChange={(e) => void decide([{ do: 'tier', on: { person: p.id }, value: e.currentTarget.value }]).catch(() => {})}>
            {!p.tier && <option value="" />}
            {(['open', 'press', 'protected', 'withdrawn'] as const).map((x) => (
              <option key={x} value={x}>
                {t(('tier.' + x) as Name)}
              </option>
            ))}
          </select>
          {p.held && <span class="tag warn">{t('protected.held')}</span>}
        </p>
      )}
      <section>
        <h2>{t('person.values')}</h2>
        {p.values.length === 0 && <p class="quiet">{t('person.values.none')}</p>}
        <dl class="values">
          {p.values.map((v) => (
            <div key={v.variable}>
              <dt>
                <Own>{variableLabel(v.variable)}</Own>
              </dt>
              <dd>
                <b dir="auto">{v.value ? (v.variable === 'gender' ? word('gender.', v.value) : v.value) : t(v.variable === 'gender' || (v.choices ?? []).length > 0 ? 'value.unknown' : 'value.missing')}</b>{' '}
                {v.rule && <small>{t('person.rule', { rule: v.rule })}</small>}
                <ul class="plain lines">
                  {(v.choices ?? []).map((c, i) => (
                    <li key={i} class={c.value === v.value ? 'chosen' : ''}>
                      {(v.choices ?? []).some((x) => x.value !== v.value) && <span dir="auto">{c.value}</span>}{' '}
                      <small dir="auto">
                        <a href={'/articles/' + encodeURIComponent(c.article) + (c.speaker ? '#' + encodeURIComponent('value:' + c.speaker + '/' + v.variable) : '')}>{[c.outlet, day(c.date)].filter(Boolean).join(', ')}</a> {c.sentence && <span class="serif">{c.sentence}</span>}
                      </small>
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <h2>{t('person.statements')}</h2>
        <ol class="plain lines statements">
          {p.statements.map((s) => (
            <li key={s.key}>
              <a class="serif words" dir="auto" href={'/articles/' + encodeURIComponent(s.article) + '#' + encodeURIComponent('statement:' + s.key)}>
                {s.words}
              </a>
              <small dir="auto">
                {[s.outlet, day(s.date), word('type.', s.type), word('state.', s.state || 'suggested')].filter(Boolean).join(' · ')}
                {s.codes.map((c) => (
                  <span key={c.id} class={'code ' + c.state}>
                    {c.label || codeLabel(c.id)}
                  </span>
                ))}
              </small>
            </li>
          ))}
        </ol>
      </section>
      {links.length === 0 && <Doubts of={p.doubts} />}
      {articles.length > 0 && (
        <section>
          <h2>{t('nav.articles')}</h2>
          <ul class="plain lines">
            {articles.map((a) => (
              <li key={a.key}>
                <a href={'/articles/' + encodeURIComponent(a.key)} dir="auto">
                  {a.title}
                </a>{' '}
                <small dir="auto">{[a.outlet, day(a.date), a.reprint_of ? t('reprint') : ''].filter(Boolean).join(' · ')}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      {links.length > 0 && (
        <section>
          <h2>{t('person.links')}</h2>
          <Doubts of={p.doubts} />
          <ul class="plain lines">
            {links.map((l, i) => (
              <li key={i} class="link-line">
                <span>
                  <Own>{end(l.a)}</Own> = <Own>{end(l.b)}</Own>
                  <small>{[l.weakest ? t('person.weakest') : '', l.p ? per(l.p) : '', l.by, word('link.', l.state)].filter(Boolean).join(' · ')}</small>
                </span>
                <Btn kind="quiet" onClick={() => split(keyOfEnd(l.a), keyOfEnd(l.b))}>
                  {t('person.split')}
                </Btn>
              </li>
            ))}
          </ul>
        </section>
      )}
      {(p.notes ?? []).length > 0 && (
        <section>
          <h2>{t('notes')}</h2>
          <ul class="plain lines">
            {p.notes.map((n) => (
              <li key={n.id}>
                <span dir="auto">{n.text}</span>
                <small>{[n.actor, moment(n.time), t(('note.' + (n.state || 'open')) as Name)].join(' · ')}</small>
                <Btn kind="quiet" onClick={() => void decide([{ do: 'note', on: { note: n.id, person: p.id }, text: n.text, state: n.state === 'done' ? 'open' : 'done' }]).catch(() => {})}>
                  {n.state === 'done' ? t('note.reopen') : t('note.finish')}
                </Btn>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{t('nav.history')}</h2>
        <HistoryRows items={p.history ?? []} />
        {(p.history ?? []).length > 0 && <a href={'/history?person=' + encodeURIComponent(p.id)}>{t('history.all')}</a>}
      </section>
      {leaving && <Removal id={p.id} close={() => leave(false)} />}
      {note && <Ask title={t('note.add')} about={p.id} long close={() => ask(false)} save={(text) => decide([{ do: 'note', on: { person: p.id }, text, state: 'open' }]).catch(() => false)} />}
    </>
  )
}
