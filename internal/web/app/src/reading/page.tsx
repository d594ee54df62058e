// The reading page: the article on one side, who speaks in it on the other.

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { changed, get, Refused, send, takeFirst } from '../client'
import { decide, Dropped, freshen, savedHere, say, session } from '../decide'
import { useKeys, keyOf, type Binding } from '../keys'
import { Marks, type Mark } from '../marks'
import { go } from '../route'
import { useStore } from '../store'
import { day, per, t, type Name } from '../strings'
import { blockAt, Positions } from '../text'
import { afterShown, Ask, Btn, Key, Nothing, Own, Picker, Tabs, Trouble, useWide, Waiting, type Choice } from '../ui'
import type { Answer, Article, Draft, Saved, Session, Span, Speaker, Variable } from '../wire'
import { besideIt, moved, sentenceAt, typeOf, type Border } from './border'
import { Details, tabLabel, tabNames, type Tab } from './details'
import { accepting, after, idOf, itemsOf, kept, opens, placeOf, rejecting, spansOf, type Item } from './items'
import { besides, mentionsIn } from './named'
import { codeShort, Panel, variableLabel, word } from './panel'

export function ReadingPage({ id }: { id: string }) {
  const [article, show] = useState<Article | null>(() => takeFirst<Article>('article', id))
  const [error, refuse] = useState<Refused | null>(null)
  const held = useRef<Article | null>(null)
  const set = useCallback((a: Article) => {
    if (held.current && a.version < held.current.version) return
    held.current = held.current ? kept(held.current, a) : a
    show(held.current)
  }, [])
  const load = useCallback(() => {
    get<Article>('/articles/' + encodeURIComponent(id) + location.search).then(
      (a) => {
        set(a)
        refuse(null)
      },
      (e) => !held.current && refuse(e instanceof Refused ? e : new Refused(0, String(e), '', '', null)),
    )
  }, [id])
  useEffect(() => {
    if (article) held.current = article
    else load()
  }, [load])
  // An address of another version of the page leads on to the one that counts.
  useEffect(() => {
    if (!article || article.row.key === id) return
    go('/articles/' + encodeURIComponent(article.row.key) + location.search + location.hash, true)
    say(t('article.newer'), { until: true })
  }, [article, id])
  useEffect(() => {
    const here = (s: Saved) => {
      const a = s.articles?.[id]
      if (a) set(a)
    }
    let wait = 0
    const elsewhere = () => {
      clearTimeout(wait)
      // What the answer to my own decision brought needs no second reading.
      wait = setTimeout(() => (session.value?.version ?? 0) > (held.current?.version ?? 0) && load(), 120) as unknown as number
    }
    savedHere.add(here)
    changed.add(elsewhere)
    return () => {
      clearTimeout(wait)
      savedHere.delete(here)
      changed.delete(elsewhere)
    }
  }, [id, load])
  if (error)
    return (
      <main id="main" tabIndex={-1}>
        <Trouble error={error} again={load} />
      </main>
    )
  if (!article)
    return (
      <main id="main" class="reading" tabIndex={-1}>
        <div class="text-side">
          <Waiting lines={12} />
        </div>
      </main>
    )
  return <Reading a={article} id={id} />
}

type Question =
  | { ask: 'speaker'; item: Item }
  | { ask: 'same'; speaker: Speaker }
  | { ask: 'criteria'; speaker: Speaker }
  | { ask: 'code'; statement: string; words: string; chosen: string[] }
  | { ask: 'variable'; speaker: Speaker; span: Span | null }
  | { ask: 'value'; speaker: Speaker; variable: Variable; span: Span | null }
  | { ask: 'memo'; on: Record<string, unknown> }
  | { ask: 'type'; statement: string }
  | { ask: 'person'; span: Span; name: string; of: Speaker | null }
  | { ask: 'rename'; speaker: Speaker }
  | { ask: 'border-speaker' }
  | { ask: 'page' }
  | { ask: 'page-field'; field: string; value: string }

const kinds = ['named', 'pseudonym', 'anonymous', 'collective', 'document', 'organisation', 'unspecified']
const types = ['direct', 'indirect', 'mixed']
const genders = ['woman', 'man', 'unknown', 'none']

function Reading({ a, id }: { a: Article; id: string }) {
  const s = useStore(session)!
  const wide = useWide('(min-width: 900px)')
  const list = useMemo(() => itemsOf(a), [a])
  const byId = useMemo(() => new Map(list.map((i) => [i.id, i])), [list])
  const queue = useMemo(() => (a.queue ?? []).map(idOf), [a])
  const open = useMemo(() => new Set(queue), [queue])
  const positions = useMemo(() => new Positions(a.text), [a.text])
  const [sent, setSent] = useState<Set<string>>(new Set())
  const [current, setCurrent] = useState<string | null>(() => {
    const wanted = decodeURIComponent(location.hash.slice(1))
    return byId.has(wanted) ? wanted : (queue.find((q) => byId.has(q)) ?? list[0]?.id ?? null)
  })
  const [side, setSide] = useState<'text' | 'who' | 'details'>('text')
  const widest = useWide('(min-width: 1800px)')
  const opened = useRef(false) // somebody opened a tab of the details
  const [tab, setTab] = useState<Tab | null>(() => (matchMedia('(min-width: 1800px)').matches ? 'origins' : null))
  const [ask, question] = useState<Question | null>(null)
  const [border, setBorder] = useState<Border | null>(null)
  const [selection, select] = useState<Span | null>(null)
  const [most, setMost] = useState<number | null>(null)
  const seen = useRef(new Set<string>())
  const textRef = useRef<HTMLElement>(null)
  const marks = useRef<Marks | null>(null)
  const answered = useRef<string | null>(null) // the item that was answered last
  const made = useRef<{ span: Span; from: string | null } | null>(null) // a statement that is being added
  const cameFrom = useRef<string | null>(null) // the item that was left to go back to it
  const now = current ? byId.get(current) : undefined
  const speaker = now?.speaker
  const language = a.row.language

  // --- the text and its marks
  const all = useMemo<Mark[]>(() => {
    const out: Mark[] = []
    for (const f of a.figures ?? []) if (f.span) out.push({ layer: 'figure', span: f.span })
    for (const i of list) {
      if (i.kind === 'speaker') for (const span of i.speaker.spans) out.push({ layer: 'speaker', span, key: i.id })
      else if (i.kind === 'statement') {
        const state = i.statement.state
        const layer = state === '' || state === 'suggested' ? 'suggested' : (state as 'accepted')
        for (const span of i.statement.spans) out.push({ layer, span, key: i.id })
      } else if (i.kind === 'value' && i.value.span) out.push({ layer: 'value', span: i.value.span, key: i.id })
    }
    return out
  }, [list, a.figures])
  // A long text is drawn to past the place under the focus first.
  const [head] = useState(() => blockAt(a.blocks, (now ? placeOf(now) : 0) + firstLetters) + 1)
  const [whole, rest] = useState(head >= a.blocks.length)
  useEffect(() => (whole ? undefined : afterShown(() => rest(true))), [whole])
  useLayoutEffect(() => {
    marks.current = new Marks(textRef.current!, positions, a.blocks)
    return () => marks.current?.clear()
  }, [positions, a.blocks.length, whole])
  useLayoutEffect(() => {
    const more: Mark[] = []
    if (speaker && !border) for (const span of speaker.spans) more.push({ layer: 'person', span })
    if (now && !border) for (const span of spansOf(now)) more.push({ layer: 'current', span })
    if (border) more.push({ layer: 'border', span: border.span })
    marks.current?.draw(all.filter((m) => m.layer !== 'value').concat(more))
  }, [all, now, speaker, border, whole])

  const reveal = useCallback((span: Span, force = false) => {
    const r = marks.current?.range(span)?.getBoundingClientRect()
    if (!r || (r.width === 0 && r.height === 0)) return
    const top = (document.querySelector('header.top') as HTMLElement | null)?.offsetHeight ?? 0
    const below = innerHeight - (innerWidth < 900 ? 260 : 40)
    if (!force && r.top > top + 24 && r.bottom < below) return
    scrollBy({ top: r.top - top - (below - top) * 0.3, behavior: 'instant' })
  }, [])

  const choose = useCallback((to: string | null, o: { text?: boolean; focus?: boolean } = {}) => {
    if (to === null) return
    setCurrent(to)
    // Whoever goes to another line lets go of the words that were selected.
    if (marks.current?.reaches()) getSelection()?.removeAllRanges()
    history.replaceState(null, '', location.pathname + location.search + '#' + encodeURIComponent(to))
    const focus = () => {
      const el = document.getElementById('o-' + to)
      if (el && o.focus !== false && !document.querySelector('dialog[open]')) el.focus({ preventScroll: true })
      return el
    }
    // A line that stands there has the focus at once, and is in sight in the next
    // frame; one that is drawn only now has it then.
    focus()
    requestAnimationFrame(() => focus()?.scrollIntoView({ block: 'nearest' }))
  }, [])
  useEffect(() => {
    if (now) reveal(spansOf(now)[0] ?? [0, 0])
  }, [current])
  useEffect(() => {
    // An item that went (somebody else's answer took it out) hands over to the next.
    if (current && !byId.has(current)) choose(after(null, queue, byId, 1, (x) => sent.has(x)), { focus: document.activeElement === document.body })
  }, [byId])
  useEffect(() => {
    // An answer may have put the line under the focus elsewhere in the list: a
    // statement under its other speaker.
    if (current && document.activeElement === document.body && !document.querySelector('dialog[open]')) document.getElementById('o-' + current)?.focus({ preventScroll: true })
  }, [list])
  // A statement that was added has the focus once it is there, to be coded or given
  // to somebody else; not if another line was chosen meanwhile.
  useEffect(() => {
    const m = made.current
    if (!m) return
    if (m.from !== current) made.current = null
    else for (const i of list) if (i.kind === 'statement' && i.statement.spans.some((x) => x[0] === m.span[0] && x[1] === m.span[1])) {
      made.current = null
      choose(i.id)
    }
  }, [list])
  useEffect(() => {
    const el = current ? document.getElementById('o-' + current) : null
    if (document.activeElement === document.body || document.activeElement?.id === 'main') el?.focus({ preventScroll: true })
    el?.scrollIntoView({ block: 'nearest' })
  }, [])

  useEffect(() => {
    const f = () => {
      const wanted = decodeURIComponent(location.hash.slice(1))
      if (byId.has(wanted)) choose(wanted)
    }
    addEventListener('hashchange', f)
    return () => removeEventListener('hashchange', f)
  }, [byId])

  // What stood on the screen: "accept what is left" takes nothing unseen.
  const [rows, counted] = useState(0)
  const grown = useCallback(() => counted((n) => n + 1), [])
  useEffect(() => {
    const root = document.getElementById('queue')
    if (!root) return
    const watch = new IntersectionObserver((es) => {
      for (const e of es) if (e.isIntersecting) seen.current.add(e.target.id.slice(2))
    })
    root.querySelectorAll('[role=option]').forEach((el) => watch.observe(el))
    return () => watch.disconnect()
  }, [list, rows])

  // The size of the effect, never its direction, before an answer.
  useEffect(() => {
    setMost(null)
    if (!now || now.kind !== 'speaker' || s.blind) return
    const stop = new AbortController()
    const wait = setTimeout(() => {
      send<{ most: number }>('POST', '/effect', { version: a.version, drafts: [{ do: 'scope', speaker: now.speaker.key, answer: 'yes' }] }).then(
        (r) => !stop.signal.aborted && setMost(r.most),
        () => {},
      )
    }, 250)
    return () => {
      clearTimeout(wait)
      stop.abort()
    }
  }, [current, a.version])

  useEffect(() => {
    const f = () => select(marks.current?.selected() ?? null)
    document.addEventListener('selectionchange', f)
    return () => document.removeEventListener('selectionchange', f)
  }, [])

  // --- deciding
  const answer = (drafts: Draft[], o: { items?: string[]; next?: boolean; to?: string | null; skip?: (id: string) => boolean; group?: string } = {}) => {
    const ids = o.items ?? []
    const from = current
    answered.current = from
    if (o.next) {
      const to = o.to ?? after(from, queue, byId, 1, (x) => sent.has(x) || ids.includes(x) || !!o.skip?.(x))
      if (to) choose(to)
      else say(t('article.done'))
    }
    if (ids.length > 0) setSent((x) => new Set([...x, ...ids]))
    return decide(drafts, { version: a.version, articles: [id], group: o.group }).then(
      () => {
        setSent((x) => new Set([...x].filter((y) => !ids.includes(y))))
        return true
      },
      (e) => {
        setSent((x) => new Set([...x].filter((y) => !ids.includes(y))))
        if (e instanceof Dropped) return false
        if (from) choose(from)
        if (e instanceof Refused && e.status === 409)
          say(e.message, {
            kind: 'failed',
            detail: [(e.current as { words?: string } | null)?.words, e.hint].filter(Boolean).join(' · '),
            actions: [{ label: t('conflict.again'), run: () => void freshen().then((s) => decide(drafts, { version: s.version, articles: [id] })).catch(() => {}) }],
          })
        return false
      },
    )
  }

  const step = (by: 1 | -1) => {
    cameFrom.current = null
    const to = after(current, queue, byId, by, (x) => sent.has(x))
    if (to) choose(to)
    else say(by > 0 ? t('article.last') : t('article.first'))
  }
  const walk = (by: number) => {
    cameFrom.current = null
    const i = list.findIndex((x) => x.id === current)
    const to = list[Math.max(0, Math.min(list.length - 1, i + by))]
    if (to) choose(to.id)
  }
  // By speakers: to the one before or after.
  const walkSpeaker = (by: 1 | -1) => {
    cameFrom.current = null
    const i = list.findIndex((x) => x.id === current)
    const to = by > 0 ? list.find((x, n) => n > i && x.kind === 'speaker') : list.findLast((x, n) => n < i && x.kind === 'speaker')
    if (to) choose(to.id)
  }
  const accept = () => {
    if (!now) return
    const d = accepting(now)
    if (d) void answer([d], { items: [now.id], next: true })
    else if (now.kind === 'value') value(now.value.variable)
    else if (now.kind === 'code') chooseCode()
    else say(t('scope.ask'))
  }
  const reject = () => {
    if (!now) return
    const d = rejecting(now)
    if (d) void answer([d], { items: [now.id], next: true })
    else if (now.kind === 'value') value(now.value.variable)
    else if (now.kind === 'code') say(t('code.pick'))
    else say(t('scope.ask'))
  }
  const leftHere = list.filter((i) => open.has(i.id) && !sent.has(i.id) && accepting(i) !== null)
  const left = leftHere.filter((i) => i.speaker.key === speaker?.key)
  const acceptLeft = () => {
    const on = left.filter((i) => seen.current.has(i.id))
    if (!speaker || on.length === 0) return say(t('left.none'))
    const ids = on.map((i) => i.id)
    // Whoever is done with a speaker goes on to the next one; what is still open
    // of this one comes after all others.
    void answer(on.map((i) => accepting(i)!), { items: ids, next: true, to: after(current, queue, byId, 1, (x) => sent.has(x) || byId.get(x)?.speaker.key === speaker.key), group: t('left.group', { name: speaker.name, n: on.length }) })
    if (on.length < left.length) say(t('left.unseen', { n: left.length - on.length }))
  }
  // What is left of the whole article; then the next one follows. Nothing is
  // taken that was not on the screen, and whoever is asked about stays asked.
  const finish = () => {
    const on = leftHere.filter((i) => seen.current.has(i.id))
    const ids = on.map((i) => i.id)
    const still = queue.find((q) => byId.has(q) && !sent.has(q) && !ids.includes(q) && (byId.get(q)!.kind !== 'value' || accepting(byId.get(q)!) !== null))
    const onward = () => {
      if (!still) return a.next_key ? neighbour(a.next_key, 'article.none.next') : say(t('article.done'))
      choose(still)
      // What was not seen yet comes onto the screen, and what follows it.
      requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('o-' + still)?.scrollIntoView({ block: 'start' })))
      say(on.length < leftHere.length ? t('left.unseen', { n: leftHere.length - on.length }) : t('finish.open'))
    }
    if (on.length === 0) return onward()
    void answer(on.map((i) => accepting(i)!), { items: ids, group: t('finish.group', { name: a.row.title, n: on.length }) }).then((saved) => saved && onward())
  }
  const scope = (to: Answer, criteria?: Record<string, string>) => {
    if (!speaker) return
    const own = 'speaker:' + speaker.key
    const mine = new Set(list.filter((i) => i.speaker.key === speaker.key).map((i) => i.id))
    void answer([{ do: 'scope', speaker: speaker.key, answer: to, ...(criteria ? { criteria } : {}) }], {
      items: [own],
      next: now?.kind === 'speaker' || to === 'no',
      to: now?.kind === 'speaker' && to !== 'no' ? opens(speaker, list, (x) => sent.has(x)) : null,
      skip: (x) => to === 'no' && mine.has(x),
    })
  }
  const yes = () => scope('yes', Object.fromEntries(s.criteria.map((c) => [c.name, 'yes'])))
  const no = () => {
    if (!speaker) return
    if (s.criteria.length > 1) question({ ask: 'criteria', speaker })
    else scope('no', s.criteria.length === 1 ? { [s.criteria[0].name]: 'no' } : undefined)
  }
  const statement = now?.kind === 'statement' || now?.kind === 'code' ? now.statement : null
  const pinned = useMemo(() => pinnedCodes(s.codes), [s.codes])
  const code = (c: string, on = true) => {
    if (!statement) return say(t('code.where'))
    const given = on && statement.codes.some((x) => x.id === c && isOn(x))
    // A code accepts the statement that it is given to, so what was open is
    // answered, and the next item follows; what was answered before stays, unless
    // somebody came back to it for one more code.
    const own = ['code:' + statement.key, 'statement:' + statement.key]
    const from = cameFrom.current && byId.has(cameFrom.current) ? cameFrom.current : null
    cameFrom.current = null
    void answer([{ do: 'code', statement: statement.key, code: c, answer: given ? 'no' : 'yes' }], { items: own, next: !given && (from !== null || own.some((x) => open.has(x))), to: from })
  }
  const backToLast = () => {
    if (!answered.current || !byId.has(answered.current)) return say(t('key.last.none'))
    cameFrom.current = current
    choose(answered.current)
  }
  const chooseCode = () => {
    if (statement) question({ ask: 'code', statement: statement.key, words: statement.words, chosen: statement.codes.filter(isOn).map((c) => c.id) })
    else say(t('code.where'))
  }
  const value = (name?: string) => {
    if (!speaker) return
    const v = name ? s.variables.find((x) => x.name === name) : s.variables.length === 1 ? s.variables[0] : undefined
    if (v) question({ ask: 'value', speaker, variable: v, span: selection ?? (now?.kind === 'value' ? now.value.span : null) })
    else question({ ask: 'variable', speaker, span: selection })
  }
  // The allowed values of the one under the focus have the number keys.
  const asked = now?.kind === 'value' ? s.variables.find((x) => x.name === now.value.variable) : undefined
  const offered = asked ? valuesOf(asked, now!.speaker).slice(0, 9) : []
  const give = (x: string) => now?.kind === 'value' && void answer([{ do: 'value', speaker: now.speaker.key, variable: now.value.variable, value: x, ...(selection ?? now.value.span ? { span: selection ?? now.value.span } : {}) }], { items: [now.id], next: true })
  const startBounds = () => {
    if (!statement || statement.spans.length === 0) return say(t('border.where'))
    const spans = statement.spans
    setBorder({ what: 'bounds', statement: statement.key, span: [spans[0][0], spans[spans.length - 1][1]], edge: 1, speaker: speaker!.key, type: statement.type })
  }
  const startAdd = () => {
    // Words that are no words of the text cannot be added; nothing else is added in their place.
    if (!selection && marks.current?.reaches()) return say(t('words.outside'))
    const span = selection ?? sentenceAt(now ? (spansOf(now).at(-1)?.[1] ?? 0) : 0, positions, a.blocks, language)
    getSelection()?.removeAllRanges()
    const whose = selection ? (besides(span, a.speakers, a.blocks)?.key ?? '') : (speaker?.key ?? a.speakers[0]?.key ?? '')
    setBorder({ what: 'add', span, edge: 1, speaker: whose, type: typeOf(span, positions) })
    if (!wide) setSide('text')
    reveal(span)
  }
  // Who is meant by words: somebody who was missed, or, where they are marked as a
  // speaker's, somebody else.
  const askWho = (words: Span) => {
    const at = mentionsIn(words, a.speakers)
    const span = at.length === 1 ? at[0].span : words
    if (at.length > 1 || positions.slice(span).trim().split(/\s+/).length > longestName) {
      say(t('words.name'))
      return false
    }
    question({ ask: 'person', span, name: positions.slice(span), of: at[0]?.speaker ?? null })
    return true
  }
  const saveBorder = () => {
    if (!border) return
    const b = border
    if (b.what === 'add' && !b.speaker) return question({ ask: 'border-speaker' })
    setBorder(null)
    const d: Draft = b.what === 'bounds' ? { do: 'bounds', statement: b.statement, spans: [b.span] } : { do: 'say', article: id, spans: [b.span], speaker: b.speaker, type: b.type, mode: 'speech' }
    if (b.what === 'add') made.current = { span: b.span, from: current }
    void answer([d], { items: b.what === 'bounds' ? ['statement:' + b.statement] : [] }).then((saved) => saved || (made.current = null))
  }
  const aside = () => {
    const block = a.blocks[blockAt(a.blocks, selection ? selection[0] : now ? placeOf(now) : 0)]
    if (block) void answer([{ do: 'aside', article: id, span: block.span, answer: block.aside ? 'no' : 'yes' }])
  }
  const readToEnd = () => void answer([{ do: 'read', article: id }])
  const memo = () => question({ ask: 'memo', on: selection ? { article: id, span: selection } : statement ? { statement: statement.key } : speaker && now?.kind === 'speaker' ? { speaker: speaker.key } : { article: id } })
  const neighbour = (key: string, none: Name) => (key ? go('/articles/' + encodeURIComponent(key) + location.search) : say(t(none)))

  const deciding = !border && !ask
  const keys: Binding[] = [
    { id: 'next', key: 'j', label: t('key.next'), run: () => step(1), repeat: true, group: t('keys.move') },
    { id: 'back', key: 'k', label: t('key.back'), run: () => step(-1), repeat: true, group: t('keys.move') },
    { id: 'down', key: 'ArrowDown', label: t('key.down'), run: () => walk(1), repeat: true, group: t('keys.move'), when: inList },
    { id: 'up', key: 'ArrowUp', label: t('key.up'), run: () => walk(-1), repeat: true, group: t('keys.move'), when: inList },
    { id: 'speaker.down', key: 'Ctrl+ArrowDown', label: t('key.speaker.down'), run: () => walkSpeaker(1), repeat: true, group: t('keys.move'), when: inList },
    { id: 'speaker.up', key: 'Ctrl+ArrowUp', label: t('key.speaker.up'), run: () => walkSpeaker(-1), repeat: true, group: t('keys.move'), when: inList },
    { id: 'last', key: ',', label: t('key.last'), run: backToLast, group: t('keys.move') },
    { id: 'home', key: 'Home', label: t('key.home'), run: () => walk(-1e6), hidden: true, when: inList },
    { id: 'end', key: 'End', label: t('key.end'), run: () => walk(1e6), hidden: true, when: inList },
    { id: 'article.next', key: 'J', label: t('key.article.next'), run: () => neighbour(a.next_key, 'article.none.next'), group: t('keys.move') },
    { id: 'article.back', key: 'K', label: t('key.article.back'), run: () => neighbour(a.previous, 'article.none.back'), group: t('keys.move') },
    { id: 'accept', key: 'Enter', label: t('accept'), run: accept, group: t('keys.decide') },
    { id: 'reject', key: 'x', label: t('reject'), run: reject, group: t('keys.decide') },
    { id: 'accept.left', key: 'Shift+Enter', label: t('left'), run: acceptLeft, group: t('keys.decide') },
    { id: 'finish', key: 'Ctrl+Enter', label: t('finish'), run: finish, group: t('keys.decide') },
    { id: 'yes', key: 'y', label: t('counts'), run: yes, group: t('keys.decide') },
    { id: 'no', key: 'n', label: t('counts.not'), run: no, group: t('keys.decide') },
    { id: 'maybe', key: 'm', label: t('counts.unclear'), run: () => scope('unclear'), group: t('keys.decide') },
    { id: 'speaker', key: 's', label: t('speaker.other'), run: () => (selection ? void askWho(selection) : now ? question({ ask: 'speaker', item: now }) : undefined), group: t('keys.decide') },
    { id: 'speaker.own', key: 'S', label: t('speaker.correct'), run: () => speaker && question({ ask: 'speaker', item: byId.get('speaker:' + speaker.key)! }), group: t('keys.decide') },
    { id: 'same', key: '=', label: t('same.as'), run: () => speaker && question({ ask: 'same', speaker }), group: t('keys.decide') },
    { id: 'code', key: 'c', label: t('code.give'), run: chooseCode, group: t('keys.code') },
    { id: 'code.suggested', key: 'q', label: t('code.suggested'), run: () => (statement && statement.codes.length === 0 && statement.suggested[0] ? code(statement.suggested[0].code) : say(t('code.suggested.none'))), group: t('keys.code') },
    ...offered.map((x, i) => ({ id: 'value.' + (i + 1), key: String(i + 1), label: x, run: () => give(x), group: t('keys.code') })),
    ...(offered.length > 0 ? [] : pinned).map((c, i) => ({ id: 'code.' + (i + 1), key: String(i + 1), label: c.label, run: () => code(c.id), group: t('keys.code') })),
    { id: 'value', key: 'v', label: t('value.give'), run: () => value(now?.kind === 'value' ? now.value.variable : undefined), group: t('keys.code') },
    { id: 'memo', key: 'w', label: t('memo'), run: memo, group: t('keys.code') },
    { id: 'bounds', key: 'b', label: t('border'), run: startBounds, group: t('keys.text') },
    { id: 'add', key: 'a', label: t('add.missed'), run: startAdd, group: t('keys.text') },
    { id: 'type', key: 't', label: t('type.change'), run: () => statement && question({ ask: 'type', statement: statement.key }), group: t('keys.text') },
    { id: 'aside', key: 'o', label: t('aside.turn'), run: aside, group: t('keys.text') },
    { id: 'read', key: 'e', label: t('read.end'), run: readToEnd, group: t('keys.text') },
    { id: 'page', key: 'p', label: t('page.correct'), run: () => question({ ask: 'page' }), group: t('keys.text') },
  ]
  // Words that are selected stand at the head of the panel. What would answer about
  // the line under the focus waits until they are let go.
  const waits = (b: Binding) => !!selection && (aboutTheLine.has(b.id) || /^(code|value)\.\d$/.test(b.id))
  const bindings = keys.map((b) => (waits(b) ? { ...b, run: () => say(t('words.selected', { words: short(positions.slice(selection!), 40), name: speaker?.name || t('speaker.unnamed') })) } : b))
  if (selection) bindings.push({ id: 'words.leave', key: 'Escape', label: t('words.leave'), run: () => getSelection()?.removeAllRanges(), group: t('keys.text') })
  useKeys(deciding ? bindings : [])

  // A key that waits for nothing else: borders.
  const rtl = () => getComputedStyle(textRef.current!.querySelector(`[data-block="${blockAt(a.blocks, border?.span[0] ?? 0)}"]`) ?? textRef.current!).direction === 'rtl'
  const edge = (by: 'letter' | 'word' | 'sentence', step: 1 | -1) => setBorder((b) => (b ? moved(b, by, step, positions, a.blocks, language) : b))
  const sentence = (step: 1 | -1) => {
    if (!border) return
    const span = besideIt(border.span, step, positions, a.blocks, language)
    setBorder({ ...border, span, type: typeOf(span, positions) })
    reveal(span)
  }
  const otherEdge = () => setBorder((b) => (b ? { ...b, edge: b.edge === 0 ? 1 : 0 } : b))

  const openSpeakers = a.speakers
  const named = selection ? [...new Set(mentionsIn(selection, a.speakers).map((x) => x.speaker))] : []
  const click = (e: MouseEvent) => {
    if (!document.getSelection()?.isCollapsed) return
    const p = marks.current?.point(e.clientX, e.clientY)
    if (p === null || p === undefined) return
    const hits = all
      .filter((m) => m.key && byId.has(m.key) && m.span[0] <= p && p < m.span[1])
      .sort((x, y) => x.span[1] - x.span[0] - (y.span[1] - y.span[0]))
      .map((m) => m.key!)
    if (hits.length === 0) return
    const i = hits.indexOf(current ?? '')
    choose(hits[(i + 1) % hits.length])
  }

  const goTo = (span: Span) => {
    if (!wide) setSide('text')
    requestAnimationFrame(() => {
      reveal(span, true)
    })
  }

  const title = a.blocks.some((b) => b.kind === 'headline') ? null : a.row.title
  const text = (
    <article class="paper" lang={language || undefined} ref={textRef} onClick={click} aria-label={a.row.title}>
      {title && <h1 dir="auto">{title}</h1>}
      <TextBlocks a={a} positions={positions} from={0} to={whole ? Math.min(head, a.blocks.length) : head} />
      {whole && <TextBlocks a={a} positions={positions} from={head} to={a.blocks.length} />}
    </article>
  )
  return (
    <main id="main" class={'reading show-' + side + (tab ? ' with-details' : '')} tabIndex={-1}>
      {!wide && (
        <Tabs
          label={t('parts')}
          panel="part"
          at={side}
          go={setSide}
          tabs={[
            { id: 'text', label: t('part.text') },
            { id: 'who', label: t('part.who'), count: queue.length },
            { id: 'details', label: t('part.details') },
          ]}
        />
      )}
      <div class="text-side" id={!wide && side === 'text' ? 'part' : undefined}>
        <p class="dateline">
          <a href={'/articles?outlet=' + encodeURIComponent(a.row.outlet)}>
            <Own>{a.row.outlet}</Own>
          </a>
          <span>{day(a.row.date)}</span>
          {a.row.care && <span class="warn" title={a.row.care}>{t('care')}</span>}
          {a.row.date_doubtful && <span class="warn">{t('date.doubtful')}</span>}
          {a.row.byline && <Own>{a.row.byline}</Own>}
          {a.row.reprint_of && <a href={'/articles/' + encodeURIComponent(a.row.reprint_of)}>{t('reprint.of')}</a>}
          {a.row.reprints > 0 && <span>{t('reprints', { n: a.row.reprints })}</span>}
          <span class="pager">
            <button type="button" class="btn quiet" aria-keyshortcuts="K" disabled={!a.previous} onClick={() => neighbour(a.previous, 'article.none.back')} aria-label={t('key.article.back')}>
              <Key k="K" />
            </button>
            {a.of > 0 && <span>{t('place', { n: a.position, of: a.of })}</span>}
            <button type="button" class="btn quiet" aria-keyshortcuts="J" disabled={!a.next_key} onClick={() => neighbour(a.next_key, 'article.none.next')} aria-label={t('key.article.next')}>
              <Key k="J" />
            </button>
          </span>
        </p>
        {text}
        <p class="foot">
          <Btn kind="quiet" k={keyOf({ id: 'read', key: 'e' })} onClick={readToEnd} pressed={a.row.read}>
            {a.row.read ? t('read.done') : t('read.end')}
          </Btn>
          <Btn kind="quiet" k={keyOf({ id: 'aside', key: 'o' })} onClick={aside}>
            {t('aside.turn')}
          </Btn>
          <Btn kind="quiet" k={keyOf({ id: 'page', key: 'p' })} onClick={() => question({ ask: 'page' })}>
            {t('page.correct')}
          </Btn>
        </p>
      </div>
      <aside class="who-side" aria-label={t('who.speaks')} id={!wide && side === 'who' ? 'part' : undefined}>
        {list.length === 0 ? (
          <Nothing title={t('who.nobody')}>
            <p>{t('who.nobody.hint')}</p>
          </Nothing>
        ) : (
          <Panel article={a} items={list} current={current} open={open} sent={sent} choose={choose} grown={grown} />
        )}
        <div class="deck" aria-label={t('deck')} role="group" onMouseDown={(e) => selection && e.preventDefault()}>
          {border ? (
            <BorderDeck
              b={border}
              speakers={openSpeakers}
              set={setBorder}
              edge={edge}
              rtl={rtl}
              sentence={sentence}
              other={otherEdge}
              save={saveBorder}
              cancel={() => setBorder(null)}
              who={() => question({ ask: 'border-speaker' })}
              person={() => askWho(border.span) && setBorder(null)}
              words={positions.slice(border.span)}
              asked={ask !== null}
            />
          ) : (
            <>
              <p class="deck-line" aria-live="off">
                {selection ? (
                  <>
                    <span dir="auto">“{short(positions.slice(selection), 60)}”</span>
                    {named.length > 0 && (
                      <span class="quiet">
                        {' · '}
                        {t('words.marked', { name: named.map((x) => x.name || t('speaker.unnamed')).join(', ') })}
                      </span>
                    )}
                  </>
                ) : now ? (
                  <>
                    <Own>{speaker!.name || t('speaker.unnamed')}</Own>
                    {now.kind === 'speaker' && most !== null && <span class="quiet"> · {t('most', { n: most })}</span>}
                  </>
                ) : (
                  ''
                )}
                <span class="deck-left">{queue.length > 0 ? t('open', { n: queue.filter((q) => !sent.has(q)).length }) : t('open.none')}</span>
              </p>
              <p class="deck-main">
                <Btn kind="equal" k={keyOf({ id: 'accept', key: 'Enter' })} onClick={accept} disabled={!now || !!selection || now.kind === 'speaker'}>
                  {now && now.kind !== 'speaker' && accepting(now) === null ? t('answer') : t('accept')}
                </Btn>
                <Btn kind="equal" k={keyOf({ id: 'reject', key: 'x' })} onClick={reject} disabled={!now || !!selection || now.kind === 'speaker'}>
                  {now?.kind === 'value' ? t('value.other') : t('reject')}
                </Btn>
                <Btn kind="equal" k={keyOf({ id: 'accept.left', key: 'Shift+Enter' })} onClick={acceptLeft} disabled={!!selection || left.length === 0}>
                  {t('left.n', { n: left.length })}
                </Btn>
              </p>
              <p class="deck-main">
                <Btn kind="equal" k={keyOf({ id: 'yes', key: 'y' })} onClick={yes} disabled={!now || !!selection} pressed={speaker?.scope === 'yes'}>
                  {t('counts')}
                </Btn>
                <Btn kind="equal" k={keyOf({ id: 'no', key: 'n' })} onClick={no} disabled={!now || !!selection} pressed={speaker?.scope === 'no'}>
                  {t('counts.not')}
                </Btn>
                <Btn kind="equal" k={keyOf({ id: 'maybe', key: 'm' })} onClick={() => scope('unclear')} disabled={!now || !!selection} pressed={speaker?.scope === 'unclear'}>
                  {t('counts.unclear')}
                </Btn>
              </p>
              <p class="deck-main deck-last">
                {selection ? (
                  <span class="quiet">{t('words.keys', { name: speaker?.name || t('speaker.unnamed') })}</span>
                ) : (
                <Btn kind="quiet" k={keyOf({ id: 'finish', key: 'Ctrl+Enter' })} onClick={finish} title={t('finish')} disabled={leftHere.length === 0 && !a.next_key}>
                  {t('finish.n', { n: leftHere.length })}
                </Btn>
                )}
              </p>
              <p class="deck-more">
                {bindings
                  .filter((b) => ['next', 'back', 'last', 'speaker', 'speaker.own', 'same', 'code', 'value', 'memo', 'bounds', 'type', 'add'].includes(b.id))
                  .map((b) => (
                    <Btn key={b.id} kind="quiet" k={keyOf(b)} onClick={b.run} title={b.label} disabled={waits(b)}>
                      {t(('short.' + b.id) as Name)}
                    </Btn>
                  ))}
              </p>
              {offered.length > 0 ? (
                <p class="deck-codes" role="group" aria-label={variableLabel(asked!.name)}>
                  {offered.map((x, i) => (
                    <Btn key={x} kind="quiet" k={keyOf({ id: 'value.' + (i + 1), key: String(i + 1) })} onClick={() => give(x)} disabled={!!selection} pressed={now?.kind === 'value' && now.value.state === 'accepted' && now.value.value === x}>
                      <Own>{x}</Own>
                    </Btn>
                  ))}
                </p>
              ) : pinned.length > 0 && (
                <p class={'deck-codes' + (statement ? '' : ' idle')} role="group" aria-label={t('keys.code')}>
                  {statement && statement.codes.length === 0 && statement.suggested[0] && (
                    <Btn kind="quiet" k={keyOf({ id: 'code.suggested', key: 'q' })} title={t('code.suggested')} disabled={!!selection} onClick={() => code(statement.suggested[0].code)}>
                      <Own>{codeShort(statement.suggested[0].code)}?</Own>
                    </Btn>
                  )}
                  {pinned.map((c, i) => (
                    <Btn key={c.id} kind="quiet" k={keyOf({ id: 'code.' + (i + 1), key: String(i + 1) })} title={c.label} disabled={!!selection} onClick={() => code(c.id)} pressed={!!statement && statement.codes.some((x) => x.id === c.id && isOn(x))}>
                      <Own>{codeShort(c.id)}</Own>
                    </Btn>
                  ))}
                </p>
              )}
            </>
          )}
        </div>
      </aside>
      <section class="details" aria-label={t('part.details')} id={!wide && side === 'details' ? 'part' : undefined}>
        <Tabs
          label={t('part.details')}
          panel="details-panel"
          at={tab}
          go={(x) => {
            opened.current = true
            setTab(x === tab && wide && !widest ? null : x)
          }}
          tabs={tabNames.map((x) => ({ id: x, label: tabLabel(x), count: x === 'source' ? 0 : a.tabs[x] }))}
        />
        {tab && (
          <div role="tabpanel" id="details-panel" aria-labelledby={'details-panel-' + tab} tabIndex={0} class="details-in">
            <Details key={tab} id={id} tab={tab} goTo={goTo} asked={opened.current} />
          </div>
        )}
      </section>
      {ask && <Questions key={ask.ask} q={ask} a={a} id={id} close={() => question(null)} ask={question} answer={answer} scope={scope} code={code} border={border} setBorder={setBorder} />}
    </main>
  )
}

// The codes with number keys. They stay as they are as long as the window is
// open, so that a number goes on meaning what it meant.
const numbered: string[] = []
function pinnedCodes(codes: Session['codes']) {
  const there = new Set(codes.map((c) => c.id))
  if (!numbered.some((id) => there.has(id))) numbered.splice(0, numbered.length, ...codes.filter((c) => c.pinned).map((c) => c.id))
  return numbered.filter((id) => there.has(id)).slice(0, 9).map((id) => codes.find((c) => c.id === id)!)
}

// What may be chosen of a variable with allowed values: first what is read of
// the speaker.
const unstated = ['not stated', 'unknown', 'not applicable']
const valuesOf = (v: Variable, of: Speaker) => ((v.values ?? []).length === 0 ? [] : [...new Set([...of.values.filter((x) => x.variable === v.name && x.value).map((x) => x.value), ...v.values!])].filter((x) => !unstated.includes(x)))

// Keys that answer about the line under the focus, or its speaker.
const aboutTheLine = new Set(['accept', 'reject', 'accept.left', 'finish', 'yes', 'no', 'maybe', 'speaker.own', 'same', 'code', 'code.suggested', 'bounds', 'type'])

// More words than a name or description has.
const longestName = 12

const isOn = (c: { state: string }) => c.state !== 'no' && c.state !== 'rejected'
const inList = () => !!document.activeElement?.closest('[role=listbox]')
const short = (s: string, n: number) => (s.length > n ? s.slice(0, n).trimEnd() + '…' : s)

// The text itself is written once: marks change no element.
// More letters than a screen holds, in a column of some 70.
const firstLetters = innerHeight * 3
function TextBlocks({ a, positions, from, to }: { a: Article; positions: Positions; from: number; to: number }) {
  return useMemo(
    () => (
      <>
        {a.blocks.slice(from, to).map((b, k) => {
          const i = from + k
          const words = positions.slice(b.span)
          const p = { 'data-block': i, dir: 'auto' as const, class: (b.kind || 'paragraph') + (b.aside ? ' aside' : ''), title: b.aside ? word('aside.', b.aside) : undefined }
          if (b.kind === 'headline') return <h1 {...p}>{words}</h1>
          if (b.kind === 'subhead') return <h2 {...p}>{words}</h2>
          return <p {...p}>{words}</p>
        })}
      </>
    ),
    [positions, from, to, a.blocks.map((b) => b.kind + b.aside).join()],
  )
}

function BorderDeck(p: {
  b: Border
  speakers: Speaker[]
  set: (b: Border) => void
  edge: (by: 'letter' | 'word' | 'sentence', step: 1 | -1) => void
  rtl: () => boolean
  sentence: (step: 1 | -1) => void
  other: () => void
  save: () => void
  cancel: () => void
  who: () => void
  person: () => void
  words: string
  asked: boolean
}) {
  const add = p.b.what === 'add'
  const forward = (d: 1 | -1): 1 | -1 => (p.rtl() ? (-d as 1 | -1) : d)
  useKeys(
    p.asked
      ? []
      : [
          { id: 'b.left', key: 'ArrowLeft', label: t('border.word'), run: () => p.edge('word', forward(-1)), repeat: true },
          { id: 'b.right', key: 'ArrowRight', label: t('border.word'), run: () => p.edge('word', forward(1)), repeat: true },
          { id: 'b.sleft', key: 'Ctrl+ArrowLeft', label: t('border.sentence'), run: () => p.edge('sentence', forward(-1)), repeat: true },
          { id: 'b.sright', key: 'Ctrl+ArrowRight', label: t('border.sentence'), run: () => p.edge('sentence', forward(1)), repeat: true },
          { id: 'b.lleft', key: 'Shift+ArrowLeft', label: t('border.letter'), run: () => p.edge('letter', forward(-1)), repeat: true },
          { id: 'b.lright', key: 'Shift+ArrowRight', label: t('border.letter'), run: () => p.edge('letter', forward(1)), repeat: true },
          { id: 'b.before', key: 'ArrowUp', label: t('border.before'), run: () => p.sentence(-1), repeat: true, when: () => add },
          { id: 'b.after', key: 'ArrowDown', label: t('border.after'), run: () => p.sentence(1), repeat: true, when: () => add },
          { id: 'b.other', key: 'Tab', label: t('border.other'), run: p.other },
          { id: 'b.save', key: 'Enter', label: t('save'), run: p.save },
          { id: 'b.cancel', key: 'Escape', label: t('cancel'), run: p.cancel },
          { id: 'b.who', key: 's', label: t('speaker.other'), run: p.who, when: () => add },
          { id: 'b.type', key: 't', label: t('type.change'), run: () => p.set({ ...p.b, type: types[(types.indexOf(p.b.type) + 1) % types.length] }), when: () => add },
          { id: 'b.person', key: 'p', label: t('person.missed'), run: p.person, when: () => add },
        ],
    !p.asked,
  )
  return (
    <div class="border-deck">
      <p class="deck-line">
        <b>{add ? t('add.missed') : t('border')}</b>
        <span class="quiet">{p.b.edge === 1 ? t('border.end') : t('border.start')}</span>
      </p>
      <p class="border-words serif" dir="auto" aria-live="polite">
        {p.words.length > 180 ? p.words.slice(0, 80) + ' … ' + p.words.slice(-80) : p.words}
      </p>
      <p class="deck-more">
        <Btn onClick={() => p.edge('word', -1)} label={t('border.word.back')}>
          − {t('border.word')}
        </Btn>
        <Btn onClick={() => p.edge('word', 1)} label={t('border.word.on')}>
          + {t('border.word')}
        </Btn>
        <Btn onClick={() => p.edge('sentence', -1)} label={t('border.sentence.back')}>
          − {t('border.sentence')}
        </Btn>
        <Btn onClick={() => p.edge('sentence', 1)} label={t('border.sentence.on')}>
          + {t('border.sentence')}
        </Btn>
        <Btn k="Tab" onClick={p.other}>
          {t('border.other')}
        </Btn>
      </p>
      {add && (
        <p class="deck-more">
          <Btn k="ArrowUp" onClick={() => p.sentence(-1)}>
            {t('border.before')}
          </Btn>
          <Btn k="ArrowDown" onClick={() => p.sentence(1)}>
            {t('border.after')}
          </Btn>
          <Btn k="s" onClick={p.who}>
            {p.speakers.find((x) => x.key === p.b.speaker)?.name || t('speaker.choose')}
          </Btn>
          <Btn k="t" onClick={() => p.set({ ...p.b, type: types[(types.indexOf(p.b.type) + 1) % types.length] })}>
            {word('type.', p.b.type)}
          </Btn>
          <Btn k="p" onClick={p.person}>
            {t('person.missed')}
          </Btn>
        </p>
      )}
      <p class="deck-main">
        <Btn kind="strong" k="Enter" onClick={p.save}>
          {t('save')}
        </Btn>
        <Btn k="Escape" onClick={p.cancel}>
          {t('cancel')}
        </Btn>
      </p>
    </div>
  )
}

function Questions(p: {
  q: Question
  a: Article
  id: string
  close: () => void
  ask: (q: Question | null) => void
  answer: (d: Draft[], o?: { items?: string[]; next?: boolean; group?: string }) => Promise<boolean>
  scope: (to: Answer, criteria?: Record<string, string>) => void
  code: (id: string, on?: boolean) => void
  border: Border | null
  setBorder: (b: Border) => void
}) {
  const { q, a, id, close, answer } = p
  const s = session.value!
  const [found, find] = useState<{ id: string; name: string; speaker: string; outlet: string; date: string }[]>([])
  const asked = useRef(0) // an older search must not come after a newer one
  const search = (typed: string) => {
    const mine = ++asked.current
    if (typed.trim().length < 2) return find([])
    get<{ people: typeof found }>('/search?by=outlet&q=' + encodeURIComponent(typed)).then(
      (r) => mine === asked.current && find(r.people ?? []),
      () => {},
    )
  }
  switch (q.ask) {
    case 'criteria': {
      const choices: Choice[] = s.criteria.map((c) => ({ id: c.name, label: t('criteria.failed', { label: c.label }), run: () => p.scope('no', { [c.name]: 'no' }) }))
      choices.push({ id: '*', label: t('criteria.all'), run: () => p.scope('no', Object.fromEntries(s.criteria.map((c) => [c.name, 'no']))) })
      return <Picker title={t('criteria.which', { name: q.speaker.name })} choices={choices} close={close} />
    }
    case 'speaker':
    case 'border-speaker': {
      const item = q.ask === 'speaker' ? q.item : null
      const st = item && (item.kind === 'statement' || item.kind === 'code') ? item.statement.key : null
      const set = (key: string) => {
        if (q.ask === 'border-speaker') p.setBorder({ ...p.border!, speaker: key })
        else if (st) void answer([{ do: 'speaker_of', statement: st, speaker: key }], { items: ['statement:' + st] })
      }
      if (q.ask === 'speaker' && !st)
        return (
          <Picker
            title={t('speaker.change', { name: item!.speaker.name })}
            close={close}
            choices={[
              { id: 'name', label: t('speaker.rename'), run: () => p.ask({ ask: 'rename', speaker: item!.speaker }) },
              ...kinds.map((k) => ({ id: 'kind' + k, label: t('speaker.kind', { kind: word('kind.', k) }), run: () => void answer([{ do: 'rename', speaker: item!.speaker.key, kind: k }]) })),
              ...genders.map((g) => ({ id: 'gender' + g, label: t('speaker.gender', { gender: word('gender.', g) }), run: () => void answer([{ do: 'rename', speaker: item!.speaker.key, gender: g }]) })),
            ]}
          />
        )
      const choices: Choice[] = a.speakers.map((x) => ({ id: x.key, label: x.name || t('speaker.unnamed'), detail: [word('kind.', x.kind), x.described].filter(Boolean).join(' · '), run: () => set(x.key) }))
      for (const f of found)
        if (st && !a.speakers.some((x) => x.person?.id === f.id))
          choices.push({ id: 'p' + f.id, label: f.name, found: true, detail: t('speaker.elsewhere'), run: () => void answer([{ do: 'speaker_of', statement: st, new: { name: f.name, kind: 'named', gender: '' } }], { items: ['statement:' + st] }) })
      return (
        <Picker
          title={t('speaker.who')}
          placeholder={t('speaker.search')}
          choices={choices}
          search={search}
          close={close}
          free={st ? { label: (x) => t('speaker.new', { name: x }), run: (x) => void answer([{ do: 'speaker_of', statement: st, new: { name: x, kind: 'named', gender: '' } }], { items: ['statement:' + st] }) } : undefined}
        />
      )
    }
    case 'same': {
      const link = (b: string, to: string) => void answer([{ do: 'link', a: q.speaker.key, b, answer: to }])
      const choices: Choice[] = q.speaker.same.map((x) => ({ id: x.key, label: x.name, detail: [x.outlet, day(x.date), x.p ? per(x.p) : '', x.state === 'same' ? t('same.already') : ''].filter(Boolean).join(' · '), run: () => link(x.key, x.state === 'same' ? 'different' : 'same') }))
      // Whom the program does not suggest is compared side by side first.
      const here = '/articles/' + encodeURIComponent(id) + '#' + encodeURIComponent('speaker:' + q.speaker.key)
      for (const f of found)
        if (q.speaker.person?.id !== f.id) choices.push({ id: 'p' + f.id, label: f.name, found: true, detail: [f.outlet, day(f.date), t('same.compare')].filter(Boolean).join(' · '), run: () => go('/links?' + new URLSearchParams({ pair: q.speaker.key + '/' + f.speaker, from: here })) })
      choices.push({ id: 'near', label: t('links.near'), detail: '', run: () => go('/links?' + new URLSearchParams({ near: q.speaker.key, from: here })) })
      return <Picker title={t('same.who', { name: q.speaker.name })} placeholder={t('speaker.search')} choices={choices} search={search} close={close} />
    }
    case 'code': {
      const st = a.speakers.flatMap((x) => x.statements).find((x) => x.key === q.statement)
      const suggested = new Map((st?.suggested ?? []).map((x, i, all) => [x.code, { rank: all.length - i, words: x.words }]))
      // First what is suggested, then the lowest codes that have no number key, then
      // the upper ones.
      const pinned = new Set(pinnedCodes(s.codes).map((c) => c.id))
      const upper = new Set(s.codes.map((c) => c.parent))
      const rank = (c: { id: string }) => suggested.get(c.id)?.rank ?? (pinned.has(c.id) ? -3 : upper.has(c.id) ? -2 : -1)
      const sorted = [...s.codes].sort((x, y) => rank(y) - rank(x))
      return (
        <Picker
          title={t('code.which')}
          note={short(q.words, 160)}
          choices={sorted.map((c) => ({ id: c.id, label: (q.chosen.includes(c.id) ? '✓ ' : '') + codeShort(c.id), find: c.label === c.id ? c.definition : c.label, detail: [c.label === c.id ? c.definition : c.label, suggested.get(c.id)?.words.length ? t('code.words', { words: suggested.get(c.id)!.words.join(', ') }) : ''].filter(Boolean).join(' · '), run: () => p.code(c.id) }))}
          close={close}
        />
      )
    }
    case 'variable':
      return (
        <Picker
          title={t('value.which', { name: q.speaker.name })}
          close={close}
          choices={s.variables.map((v) => {
            const have = q.speaker.values.find((x) => x.variable === v.name)
            return { id: v.name, label: variableLabel(v.name), detail: [have ? have.value + (have.state === 'accepted' ? ' ✓' : '') : '', v.label === v.name ? '' : v.label].filter(Boolean).join(' · '), run: () => p.ask({ ask: 'value', speaker: q.speaker, variable: v, span: q.span }) }
          })}
        />
      )
    case 'value': {
      const v = q.variable
      const give = (x: string) => void answer([{ do: 'value', speaker: q.speaker.key, variable: v.name, value: x, ...(q.span ? { span: q.span } : {}) }], { items: ['value:' + q.speaker.key + '/' + v.name], next: true })
      const suggested = q.speaker.values.filter((x) => x.variable === v.name)
      const names = [...new Set([...suggested.map((x) => x.value), ...(v.values ?? [])])].filter((x) => !unstated.includes(x))
      const choices: Choice[] = names.map((x) => ({ id: x, label: x, detail: suggested.find((y) => y.value === x)?.sentence, run: () => give(x) }))
      for (const x of unstated) choices.push({ id: x, label: t(('value.' + x.replace(' ', '')) as Name), run: () => give(x) })
      return <Picker title={t('value.of', { variable: variableLabel(v.name), name: q.speaker.name })} note={[v.label, q.span && a.text ? '“' + short(new Positions(a.text).slice(q.span), 80) + '”' : ''].filter(Boolean).join(' · ')} choices={choices} close={close} digits={(v.values ?? []).length > 0} free={(v.values ?? []).length === 0 ? { label: (x) => x, run: give } : undefined} />
    }
    case 'memo':
      return <Ask title={t('memo')} about={JSON.stringify({ id, on: q.on })} long close={close} save={(text) => answer([{ do: 'memo', on: { article: id, ...q.on }, text }])} />
    case 'rename':
      return <Ask title={t('speaker.rename')} about={q.speaker.key} value={q.speaker.name} close={close} save={(name) => answer([{ do: 'rename', speaker: q.speaker.key, name }])} />
    case 'type':
      return <Picker title={t('type.change')} close={close} choices={types.flatMap((x) => ['speech', 'thought'].map((mode) => ({ id: x + mode, label: word('type.', x) + (mode === 'thought' ? ' · ' + t('mode.thought') : ''), run: () => void answer([{ do: 'type', statement: q.statement, type: x, mode }]) })))} />
    case 'person': {
      // Words that are marked as somebody's are set apart from him or her.
      const enter = (kind: string, silent: boolean) => void answer([{ ...(q.of ? { do: 'split', speaker: q.of.key } : { do: 'person' }), article: id, span: q.span, name: q.name, kind, gender: '', silent }])
      return (
        <Picker
          title={q.of ? t('person.not', { words: short(q.name, 60), name: q.of.name || t('speaker.unnamed') }) : t('person.kind', { name: short(q.name, 60) })}
          note={q.of ? t('person.apart') : undefined}
          close={close}
          choices={kinds.slice(0, 4).flatMap((k) => [
            { id: k, label: word('kind.', k), run: () => enter(k, false) },
            { id: k + 'silent', label: word('kind.', k) + ' · ' + t('silent'), run: () => enter(k, true) },
          ])}
        />
      )
    }
    case 'page':
      return (
        <Picker
          title={t('page.correct')}
          close={close}
          choices={(['title', 'byline', 'outlet', 'date', 'language'] as const).map((f) => ({ id: f, label: t(('page.' + f) as Name), detail: a.row[f], run: () => p.ask({ ask: 'page-field', field: f, value: a.row[f] }) }))}
        />
      )
    case 'page-field':
      return <Ask title={t(('page.' + q.field) as Name)} about={id} value={q.value} close={close} save={(value) => answer([{ do: 'page', article: id, field: q.field, value }])} />
  }
}
