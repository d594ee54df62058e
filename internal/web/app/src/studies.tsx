// The studies of a folder: open one, make one, keep a copy.

import { useState } from 'preact/hooks'
import { elsewhere, send, useData } from './client'
import { fail, say, session } from './decide'
import { signIn } from './frame'
import { begun } from './jobs'
import { t } from './strings'
import { listOf } from './studyfile'
import { Ask, Btn, FileBtn, Load, Nothing, Own, Sheet } from './ui'
import type { Job } from './wire'

interface Studies { folder: string; items: { folder: string; title: string; open: boolean }[] }

// Whatever was on screen belonged to another study: the page is loaded anew.
const enter = (body: Record<string, unknown>) => send('POST', '/studies', body).then(() => location.assign('/'), fail)

interface Opened { coder: string; pages: number }
const enterNow = () => location.assign('/')

// A file was handed out to somebody: whoever opens it under another name is
// asked, because answers under that name meet no assignment.
function Whose({ file }: { file: Opened }) {
  const me = session.value?.actor ?? ''
  return (
    <Sheet title={t('handout.whose', { coder: file.coder })} close={enterNow}>
      <p>{t('handout.whose.why', { coder: file.coder, me, n: file.pages })}</p>
      <p class="row wrap">
        <Btn kind="strong" onClick={() => void signIn(file.coder, session.value?.language || undefined).then(enterNow, fail)}>
          {t('handout.whose.coder', { coder: file.coder })}
        </Btn>
        <Btn onClick={enterNow}>{t('handout.whose.me', { me })}</Btn>
      </p>
    </Sheet>
  )
}

const linesOf = (text: string) => text.split('\n').map((x) => x.trim()).filter(Boolean)

export function StudiesPage({ alone }: { alone?: boolean }) {
  const from = useData<Studies>('/studies')
  const [copy, ask] = useState(false)
  const [whose, question] = useState<Opened | null>(null)
  const openHandout = (f: File) => {
    const body = new FormData()
    body.append('file', f)
    send<Opened>('POST', '/handouts', body).then((r) => {
      if (!r.coder || r.coder === session.value?.actor) return enterNow()
      elsewhere()
      question(r)
    }, fail)
  }
  return (
    <main id="main" class="page" tabIndex={-1}>
      <h1>{alone ? 'recount' : t('studies')}</h1>
      <Load from={from}>
        {(d) => (
          <>
            {d.items.length === 0 ? (
              <Nothing title={t('studies.none')} />
            ) : (
              <ul class="plain lines">
                {d.items.map((x) => (
                  <li key={x.folder} class="link-line">
                    <span>
                      <b dir="auto">{x.title || x.folder}</b>
                      <small>
                        <Own>{x.folder}</Own>
                      </small>
                    </span>
                    {x.open ? <Btn onClick={() => ask(true)}>{t('studies.copy')}</Btn> : <Btn onClick={() => void enter({ open: x.folder })}>{t('studies.open')}</Btn>}
                  </li>
                ))}
              </ul>
            )}
            <NewStudy />
            <p class="row wrap">
              <FileBtn label={t('handout.open')} accept=".zip" take={openHandout} />
            </p>
            <p>
              <Btn onClick={() => void send<Job>('POST', '/jobs', { step: 'example' }).then((j) => begun(j, t('begin.example.on')), fail)}>
                {t('begin.example')}
              </Btn>
            </p>
          </>
        )}
      </Load>
      {whose && <Whose file={whose} />}
      {copy && <Ask title={t('studies.copy.to')} close={() => ask(false)} save={(x) => send('POST', '/studies', { copy: x }).then(() => (say(t('studies.copied', { name: x })), from.again()), (e) => (fail(e), false))} />}
    </main>
  )
}

function NewStudy() {
  const [f, set] = useState({ new: '', title: '', question: '', who: '', from: '', to: '', record: '' })
  const field = (name: keyof typeof f, label: string, hint?: string) => (
    <label>
      {label}
      <input class="line" dir="auto" value={f[name]} placeholder={hint} onInput={(e) => set({ ...f, [name]: e.currentTarget.value })} />
    </label>
  )
  const lines = (name: 'who' | 'record', label: string, hint: string) => (
    <label>
      {label}
      <textarea class="line" rows={3} dir="auto" value={f[name]} placeholder={hint} onInput={(e) => set({ ...f, [name]: e.currentTarget.value })} />
    </label>
  )
  return (
    <section>
      <h2>{t('studies.new')}</h2>
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault()
          const folder = f.new.trim() || f.title.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')
          void enter({ ...f, new: folder, who: linesOf(f.who), record: linesOf(f.record).flatMap((x) => (/[:=]/.test(x) ? [x] : listOf(x))) })
        }}
      >
        {field('title', t('setup.title'))}
        {field('question', t('setup.question'))}
        {lines('who', t('studies.who'), t('studies.who.hint'))}
        {lines('record', t('studies.record'), t('studies.record.hint'))}
        {field('from', t('filter.from'), '2014-01')}
        {field('to', t('filter.to'), '2015-08')}
        {field('new', t('studies.folder'))}
        <button type="submit" class="btn strong" disabled={!f.title.trim()}>
          <span>{t('studies.make')}</span>
        </button>
        {!f.title.trim() && <small class="quiet">{t('studies.make.why')}</small>}
      </form>
    </section>
  )
}
