// The workbench: takes over the page that the server wrote.

import { render, type ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ArticlesPage } from './articles'
import { first, get, Refused, studyChanged } from './client'
import { freshen, headlineNow, say, session } from './decide'
import { Frame, pages, SignInPage, ToastLine } from './frame'
import { startKeys } from './keys'
import { LinksPage } from './links'
import { NextPage } from './next'
import { PeoplePage } from './people'
import { PersonPage } from './person'
import { ReadingPage } from './reading/page'
import { go, place, startRoutes } from './route'
import { StudiesPage } from './studies'
import { useStore } from './store'
import { server, speak, t } from './strings'
import { afterShown, Nothing, Trouble, Waiting } from './ui'
import type { Job, Num, Session } from './wire'
import { jobs } from './jobs'

// The pages that come in a file of their own: whoever reads an article does not
// wait for them. They are fetched once the first page stands.
type More = typeof import('./more')
let more: More | null = null
const rest = () => import('./more').then((m) => (more = m))
const elsewhere = ['collect', 'figures', 'codes', 'report', 'publish', 'history', 'setup', 'help']
const roomOf = (path: string) => path.split('/')[1]

function Later({ page, id = '' }: { page: keyof More; id?: string }) {
  const [m, set] = useState(more)
  const [lost, lose] = useState(false)
  const load = () => void rest().then(set, () => lose(true))
  useEffect(() => void (m ?? load()), [])
  if (!m)
    return (
      <main id="main" tabIndex={-1}>
        {lost ? <Trouble error={new Refused(0, t('error.lost'), t('error.lost.hint'), '', null)} again={() => (lose(false), load())} /> : <Waiting />}
      </main>
    )
  const P = m[page] as ComponentType<{ id: string }>
  return <P id={id} />
}

function Page() {
  const { path } = useStore(place)
  const [, room, key] = path.split('/').map(decodeURIComponent)
  useEffect(() => {
    const p = pages.find((x) => x.path === '/' + room)
    document.title = [p ? t(p.name) : room === 'help' ? t('help') : room === 'studies' ? t('studies') : '', session.value?.study.title].filter(Boolean).join(' – ')
  }, [path])
  switch (room) {
    case '':
      return <NextPage />
    case 'collect':
      return <Later page="CollectPage" />
    case 'articles':
      return key ? <ReadingPage key={key} id={key} /> : <ArticlesPage />
    case 'people':
      return key ? <PersonPage key={key} id={key} /> : <PeoplePage />
    case 'links':
      return <LinksPage />
    case 'figures':
      return <Later page="FiguresPage" />
    case 'codes':
      return <Later page="CodesPage" />
    case 'report':
      return <Later page="ReportPage" />
    case 'publish':
      return <Later page="PublishPage" />
    case 'history':
      return <Later page="HistoryPage" />
    case 'setup':
      return <Later page="SetupPage" />
    case 'studies':
      return <StudiesPage />
    case 'help':
      return <Later page="HelpPage" id={key ?? ''} />
  }
  return (
    <main id="main" tabIndex={-1}>
      <Nothing title={t('no.page')} h1>
        <a href="/">{t('nav.next')}</a>
      </Nothing>
    </main>
  )
}

function App() {
  const s = useStore(session)
  const [error, fail] = useState<Refused | null>(null)
  const load = () =>
    get<Session>('/session').then(
      async (s) => {
        await speak(s.language || navigator.language.slice(0, 2))
        session.set(s)
        fail(null)
      },
      (e) => fail(e instanceof Refused ? e : new Refused(0, String(e), '', '', null)),
    )
  useEffect(() => void (session.value ?? load()), [])
  useEffect(() => {
    if (!s?.actor) return
    const events = new EventSource('/api/v1/events')
    events.onmessage = (e) => {
      const m = JSON.parse(e.data) as { version?: number; actor?: string; headline?: Num[]; frame?: boolean; jobs?: Job[]; job?: Job }
      if (m.jobs) jobs.set(m.jobs)
      if (m.job) {
        const job = m.job
        const over = job.state !== 'running' && job.state !== 'waiting'
        jobs.update((l) => [...l.filter((j) => j.id !== job.id), job])
        if (over) {
          if (job.error) say(server(job.error), { kind: 'failed' })
          else if (job.lines) say(server(job.words ?? ''), { actions: [{ label: t('checks.show'), run: () => go('/report?checks=1') }] })
          else if (job.href) say(t('report.written'), { actions: [{ label: t('report.open'), run: () => location.assign(job.href!) }] })
          // A step opened the first study of the folder.
          if (!job.error && !session.value?.study.id) location.assign('/')
          studyChanged()
        }
      }
      if (m.version && m.version > (session.value?.version ?? 0)) {
        headlineNow(m.headline, m.version)
        if (m.frame) void freshen().catch(() => {})
        else studyChanged()
      }
    }
    return () => events.close()
  }, [s?.actor])
  if (error)
    return (
      <main id="main" class="narrow" tabIndex={-1}>
        <h1>recount</h1>
        <Trouble error={error} again={() => void load()} />
      </main>
    )
  if (!s) return null
  if (!s.actor) return <SignInPage s={s} />
  if (!s.study.id)
    return (
      <>
        <ToastLine />
        <StudiesPage alone />
      </>
    )
  return (
    <Frame s={s}>
      {/* Rows that stay as they are while nothing in them changes are made anew in another language. */}
      <Page key={s.language} />
    </Frame>
  )
}

// The page that the server wrote stays until ours can take its place.
const theme = /(?:^|; )recount_theme=(light|dark)/.exec(document.cookie)
if (theme) document.documentElement.dataset.theme = theme[1]
startKeys()
startRoutes()
const root = document.createElement('div')
root.id = 'app'
const start = () => {
  document.getElementById('app')!.replaceWith(root)
  render(<App />, root)
  afterShown(() => void rest().catch(() => {}))
}
const s = first.session
const waits: Promise<unknown>[] = []
if (s) {
  const language = speak(s.language || navigator.language.slice(0, 2))
  if (language) waits.push(language)
  session.set(s)
}
if (elsewhere.includes(roomOf(location.pathname))) waits.push(rest().catch(() => {}))
if (waits.length > 0) void Promise.all(waits).then(start)
else start()
