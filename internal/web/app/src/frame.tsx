// The frame: headline bar, pages, search, keys, sign-in, and what was just
// decided. Nothing in it changes its place while somebody decides.

import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { get, send } from './client'
import { redo, session, toast, undo, waiting } from './decide'
import { boundNow, keyOf, keySettings, layersChanged, prefixed, useKeys } from './keys'
import { go, place } from './route'
import { useStore } from './store'
import { languages, nounOf, number, speak, t, type Name } from './strings'
import { Btn, inSight, Key, Own, Sheet } from './ui'
import type { Num, Piece, Session } from './wire'

export const pages: { path: string; name: Name; key: string }[] = [
  { path: '/', name: 'nav.next', key: 'n' },
  { path: '/collect', name: 'nav.collect', key: 'c' },
  { path: '/articles', name: 'nav.articles', key: 'a' },
  { path: '/people', name: 'nav.people', key: 'p' },
  { path: '/links', name: 'nav.links', key: 's' },
  { path: '/figures', name: 'nav.figures', key: 'f' },
  { path: '/codes', name: 'nav.codes', key: 'o' },
  { path: '/report', name: 'nav.report', key: 'r' },
  { path: '/publish', name: 'nav.publish', key: 'e' },
  { path: '/history', name: 'nav.history', key: 'h' },
  { path: '/setup', name: 'nav.setup', key: 'u' },
]

const at = (path: string, here: string) => (path === '/' ? here === '/' : here === path || here.startsWith(path + '/'))

export const range = (n: Num) => (n.low === n.high || (n.low === 0 && n.high === 0) ? '' : t('range', { low: n.low, high: n.high }))

function Headline({ s }: { s: Session }) {
  const moving = useStore(toast)
  if (s.blind)
    return (
      <p class="headline round">
        <a href="/codes?list=agreement" title={t('blind')}>
          {t('blind.round', { round: s.round })}
        </a>
      </p>
    )
  return (
    <ul class="headline" aria-label={t('headline')}>
      {s.headline.map((n) => (
        <li key={n.name} class={moving?.kind === 'moved' && s.headline[0] === n ? 'moved' : ''}>
          <a href={n.href || '/report'}>
            <b>{n.of === null || n.of === undefined ? number(n.value) : t('of', { n: n.value, of: n.of })}</b>{' '}
            <bdi dir="auto" class="label" title={nounOf(n, n.label, n.one)}>
              {nounOf(n, n.label, n.one)}
            </bdi>{' '}
            <span class="quiet">
              {range(n)}
              {n.open > 0 ? (range(n) ? ' · ' : '') + t('open', { n: n.open }) : ''}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

export type Theme = 'system' | 'light' | 'dark'
export const themeNow = (): Theme => (document.documentElement.dataset.theme as Theme) ?? 'system'
export function setTheme(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  document.cookie = `recount_theme=${theme === 'system' ? '' : theme}; path=/; SameSite=Strict; max-age=${theme === 'system' ? 0 : 31536000}`
}

export async function signIn(actor: string, language?: string) {
  const s = await send<Session>('POST', '/session', { actor, ...(language ? { language } : {}) })
  await speak(s.language)
  session.set(s)
}

function You({ s }: { s: Session }) {
  const [open, set] = useState(false)
  const [theme, pick] = useState(themeNow())
  return (
    <>
      <button type="button" class="btn quiet" aria-haspopup="dialog" onClick={() => set(true)}>
        <Own>{s.actor || t('signin')}</Own> <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <Sheet title={s.actor ? t('you.are', { name: s.actor }) : t('signin')} close={() => set(false)}>
          <SignInForm s={s} done={() => set(false)} />
          <fieldset class="choice">
            <legend>{t('language')}</legend>
            {languages.map(([id, name]) => (
              <label key={id} lang={id}>
                <input type="radio" name="language" checked={s.language === id || (!s.language && id === 'en')} onChange={() => void signIn(s.actor, id)} /> {name}
              </label>
            ))}
          </fieldset>
          <fieldset class="choice">
            <legend>{t('theme')}</legend>
            {(['system', 'light', 'dark'] as Theme[]).map((x) => (
              <label key={x}>
                <input
                  type="radio"
                  name="theme"
                  checked={theme === x}
                  onChange={() => {
                    setTheme(x)
                    pick(x)
                  }}
                />{' '}
                {t(('theme.' + x) as Name)}
              </label>
            ))}
          </fieldset>
        </Sheet>
      )}
    </>
  )
}

function SignInForm({ s, done }: { s: Session; done: () => void }) {
  const [name, set] = useState('')
  const [trouble, say] = useState('')
  const enter = (n: string) => {
    if (!n.trim()) return
    signIn(n.trim(), s.language || undefined).then(done, (e) => say(e.message + ' ' + (e.hint ?? '')))
  }
  return (
    <form
      class="signin"
      onSubmit={(e) => {
        e.preventDefault()
        enter(name)
      }}
    >
      <label for="signin-name">{t('signin.name')}</label>
      <p class="row">
        <input id="signin-name" class="line" type="text" autocomplete="off" spellcheck={false} autofocus dir="auto" value={name} onInput={(e) => set(e.currentTarget.value)} />
        <button class="btn strong" type="submit">
          <span>{t('signin.enter')}</span>
          <Key k="Enter" />
        </button>
      </p>
      {trouble && (
        <p class="error" role="alert">
          {trouble}
        </p>
      )}
      {s.actors.length > 0 && (
        <p class="row wrap">
          <span class="quiet">{t('signin.seen')}</span>
          {s.actors.map((a) => (
            <button key={a} type="button" class="btn" onClick={() => enter(a)}>
              <Own>{a}</Own>
            </button>
          ))}
        </p>
      )}
      <p class="quiet">{t('signin.why')}</p>
    </form>
  )
}

export function SignInPage({ s }: { s: Session }) {
  return (
    <main id="main" class="narrow" tabIndex={-1}>
      <h1>
        <Own>{s.study.title || 'recount'}</Own>
      </h1>
      <p class="question serif" dir="auto">
        {s.study.question}
      </p>
      <SignInForm s={s} done={() => {}} />
    </main>
  )
}

export function ToastLine() {
  const now = useStore(toast)
  const [held, hold] = useState(false)
  useEffect(() => {
    if (!now || held || now.actions || now.until) return
    const time = now.kind === 'saved' ? 2000 : now.kind === 'failed' ? 12000 : 5000
    const id = setTimeout(() => toast.value === now && toast.set(null), time)
    return () => clearTimeout(id)
  }, [now, held])
  // On a telephone the answers of the reader lie over the end of the page: it
  // stands above them.
  const self = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const deck = document.querySelector<HTMLElement>('.who-side .deck')
    if (!now || !deck) return
    const place = () => {
      if (self.current) self.current.style.marginBottom = getComputedStyle(deck).position === 'fixed' ? deck.offsetHeight + 'px' : ''
    }
    const watch = new ResizeObserver(place)
    watch.observe(deck)
    return () => {
      watch.disconnect()
      if (self.current) self.current.style.marginBottom = ''
    }
  }, [now])
  return (
    <div class="toast-place" ref={self} role="status" aria-live="polite" aria-atomic="true">
      {now && (
        <div class={'toast ' + now.kind} onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} onFocusIn={() => hold(true)} onFocusOut={() => hold(false)}>
          <span>
            <b dir="auto">{now.words}</b>
            {now.detail && <span dir="auto"> {now.detail}</span>}
          </span>
          {now.actions?.map((a) => (
            <button
              type="button"
              key={a.label}
              onClick={() => {
                toast.set(null)
                a.run()
              }}
            >
              {a.label}
            </button>
          ))}
          {now.undo && (
            <button type="button" onClick={() => void undo()}>
              {t('undo')} <Key k="u" />
            </button>
          )}
          {(now.kind === 'failed' || now.actions) && (
            <button type="button" aria-label={t('close')} onClick={() => toast.set(null)}>
              ×
            </button>
          )}
        </div>
      )}
    </div>
  )
}

// The page of the manual that explains the page on screen.
const screenOf = (path: string) => (/^\/articles\/./.test(path) ? 'reading' : path.split('/')[1] && pages.some((p) => p.path === '/' + path.split('/')[1]) ? path.split('/')[1] : 'next')

function KeyHelp({ close }: { close: () => void }) {
  const [bound] = useState(boundNow)
  useStore(layersChanged)
  const groups = new Map<string, typeof bound>()
  for (const b of bound) {
    const g = b.group ?? t('keys.page')
    groups.set(g, [...(groups.get(g) ?? []), b])
  }
  return (
    <Sheet title={t('keys')} close={close} wide>
      {keySettings.value.off && <p>{t('keys.off')}</p>}
      <div class="keyhelp">
        {[...groups].map(([g, bs]) => (
          <section key={g}>
            <h3>{g}</h3>
            <dl>
              {bs.map((b) => (
                <div key={b.id}>
                  <dt>
                    {keyOf(b)
                      .split(' ')
                      .map((k) => (
                        <Key k={k} key={k} />
                      ))}
                    <span class="hear">{keyOf(b)}</span>
                  </dt>
                  <dd>{b.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="quiet">
        <a href={'/help/screen-' + screenOf(place.value.path)} onClick={close}>
          {t('help.page')}
        </a> · {t('keys.remap')} <a href="/setup#keys" onClick={close}>{t('nav.setup')}</a>
      </p>
    </Sheet>
  )
}

interface Found { people: { id: string; name: string; articles?: number }[]; outlets: { name: string; articles: number }[] | string[]; articles: { key: string; title: string; outlet: string; date: string; snippet: Piece[] }[] }

export const Snippet = ({ of }: { of: Piece[] }) => (
  <span class="snippet" dir="auto">
    {of.map((p, i) => (p.hit ? <mark key={i}>{p.text}</mark> : p.text))}
  </span>
)

function Search({ close }: { close: () => void }) {
  const [q, type] = useState('')
  const [found, show] = useState<Found | null>(null)
  const [sel, move] = useState(0)
  useEffect(() => {
    if (!q.trim()) {
      show(null)
      return
    }
    const stop = new AbortController()
    const id = setTimeout(() => {
      get<Found>('/search?q=' + encodeURIComponent(q), stop.signal).then(
        (f) => {
          show(f)
          move(0)
        },
        () => {},
      )
    }, 120)
    return () => {
      clearTimeout(id)
      stop.abort()
    }
  }, [q])
  const rows: { href: string; head: string; tail?: string; snippet?: Piece[]; group: Name }[] = []
  for (const p of found?.people ?? []) rows.push({ href: '/people/' + p.id, head: p.name, group: 'nav.people' })
  for (const o of found?.outlets ?? []) {
    const name = typeof o === 'string' ? o : o.name
    rows.push({ href: '/articles?outlet=' + encodeURIComponent(name), head: name, group: 'search.outlets' })
  }
  for (const a of found?.articles ?? []) rows.push({ href: '/articles/' + a.key, head: a.title, tail: a.outlet + ' · ' + a.date, snippet: a.snippet, group: 'nav.articles' })
  const take = (i: number) => {
    if (!rows[i]) return
    close()
    go(rows[i].href)
  }
  return (
    <Sheet title={t('search')} close={close} wide>
      <input
        class="line"
        type="text"
        role="combobox"
        aria-expanded={rows.length > 0}
        aria-controls="found"
        aria-activedescendant={rows[sel] ? 'found' + sel : undefined}
        aria-label={t('search')}
        placeholder={t('search.what')}
        autofocus
        dir="auto"
        value={q}
        onInput={(e) => type(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'ArrowDown') move((n) => Math.min(n + 1, rows.length - 1))
          else if (e.key === 'ArrowUp') move((n) => Math.max(n - 1, 0))
          else if (e.key === 'Enter') take(sel)
          else return
          e.preventDefault()
        }}
      />
      <ul class="choices" role="listbox" id="found" aria-label={t('search.found')}>
        {rows.map((r, i) => (
          <li key={r.href} id={'found' + i} role="option" aria-selected={i === sel} onClick={() => take(i)}>
            <small class="what">{t(r.group)}</small>
            <span>
              <Own>{r.head}</Own>
              {r.tail && <small dir="auto">{r.tail}</small>}
              {r.snippet && <Snippet of={r.snippet} />}
            </span>
          </li>
        ))}
      </ul>
      {found && rows.length === 0 && <p class="quiet">{t('search.none')}</p>}
    </Sheet>
  )
}

const Saving = () => <span class={useStore(waiting) > 0 ? 'saving on' : 'saving'} aria-hidden="true" />

export function Frame({ s, children }: { s: Session; children: ComponentChildren }) {
  const here = useStore(place)
  const g = useStore(prefixed)
  const [help, setHelp] = useState(false)
  const [search, setSearch] = useState(false)
  const nav = useRef<HTMLElement>(null)
  useEffect(() => inSight(nav.current, '[aria-current]'), [here.path])
  useKeys([
    ...pages.map((p) => ({ id: 'go' + p.path, key: 'g ' + p.key, label: t(p.name), run: () => go(p.path), group: t('keys.go') })),
    { id: 'help', key: '?', label: t('keys'), run: () => setHelp(true), group: t('keys.everywhere') },
    { id: 'search', key: '/', label: t('search'), run: () => setSearch(true), group: t('keys.everywhere') },
    { id: 'undo', key: 'u', label: t('undo.mine'), run: () => void undo(), group: t('keys.everywhere') },
    { id: 'redo', key: 'U', label: t('redo.mine'), run: () => void redo(), group: t('keys.everywhere') },
  ])
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <header class="top">
        <div class="bar">
          <a class="brand" href="/">
            recount
          </a>
          <a class="study" href="/studies" title={t('studies')}>
            <Own>{s.study.title}</Own> <span aria-hidden="true">▾</span>
          </a>
          <Headline s={s} />
          <Saving />
          <Btn kind="quiet" k="/" label={t('search')} onClick={() => setSearch(true)}>
            {t('search')}
          </Btn>
          <You s={s} />
          <button type="button" class="btn quiet" aria-label={t('keys')} onClick={() => setHelp(true)}>
            <Key k="?" />
          </button>
        </div>
        <nav aria-label={t('pages')} class={g ? 'letters' : ''} ref={nav}>
          {pages.map((p) => (
            <a key={p.path} href={p.path} aria-current={at(p.path, here.path) ? 'page' : undefined}>
              <span data-label={t(p.name)}>{t(p.name)}</span>
              {g && <Key k={p.key} />}
            </a>
          ))}
        </nav>
        <ToastLine />
      </header>
      {s.blind && !/^\/articles\/./.test(here.path) && (
        <aside class="alone" aria-label={t('blind.round', { round: s.round })}>
          <p>{t('blind.own')}</p>
        </aside>
      )}
      {children}
      {help && <KeyHelp close={() => setHelp(false)} />}
      {search && <Search close={() => setSearch(false)} />}
    </>
  )
}
