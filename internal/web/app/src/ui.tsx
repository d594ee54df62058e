// Small parts that every page uses.

import type { ComponentChildren } from 'preact'
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Data } from './client'
import type { Refused } from './client'
import { useKept } from './kept'
import { shown, useKeys } from './keys'
import { t } from './strings'

export const Key = ({ k }: { k: string }) => <kbd aria-hidden="true">{shown(k)}</kbd>

export function Btn(p: { k?: string; onClick: () => void; children: ComponentChildren; kind?: 'plain' | 'equal' | 'quiet' | 'strong'; disabled?: boolean; label?: string; pressed?: boolean; id?: string; title?: string }) {
  return (
    <button
      type="button"
      id={p.id}
      title={p.title}
      class={'btn ' + (p.kind ?? 'plain')}
      disabled={p.disabled}
      aria-label={p.label}
      aria-pressed={p.pressed}
      aria-keyshortcuts={p.k ? p.k.replace('⇧ ', 'Shift+') : undefined}
      onClick={p.onClick}
    >
      <span>{p.children}</span>
      {p.k && <Key k={p.k} />}
    </button>
  )
}

// Words that the server or an article wrote: their direction is their own.
export const Own = ({ children, class: c }: { children: ComponentChildren; class?: string }) => (
  <bdi class={c} dir="auto">
    {children}
  </bdi>
)

export function Trouble({ error, again }: { error: Refused; again?: () => void }) {
  return (
    <div class="state trouble" role="alert">
      <p class="lead">{error.message}</p>
      {error.hint && <p>{error.hint}</p>}
      {again && <Btn onClick={again}>{t('again')}</Btn>}
    </div>
  )
}

export function Waiting({ lines = 6 }: { lines?: number }) {
  // Nothing is shown for the first moment, so that a fast answer does not flicker.
  return (
    <div class="state waiting" role="status" aria-label={t('reading')}>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} />
      ))}
    </div>
  )
}

export function Nothing({ title, children, h1 }: { title: string; children?: ComponentChildren; h1?: boolean }) {
  return (
    <div class="state nothing">
      {h1 ? <h1>{title}</h1> : <p class="lead">{title}</p>}
      {children}
    </div>
  )
}

export function Load<T>({ from, children, lines }: { from: Data<T>; children: (data: T) => ComponentChildren; lines?: number }) {
  if (from.error) return <Trouble error={from.error} again={from.again} />
  if (!from.data) return <Waiting lines={lines} />
  return <>{children(from.data)}</>
}

// A Sheet is what lies over the page for one question. Esc closes it and the
// focus returns to where it was.
export function Sheet(p: { title: string; close: () => void; children: ComponentChildren; wide?: boolean }) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    before.current = document.activeElement
    const dialog = ref.current
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus({ preventScroll: true })
    }
  }, [])
  useKeys([{ id: 'close', key: 'Escape', label: t('close'), run: p.close }], true)
  return (
    <dialog
      ref={ref}
      class={p.wide ? 'sheet wide' : 'sheet'}
      aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault()
        p.close()
      }}
      onClick={(e) => e.target === ref.current && p.close()}
    >
      <div class="sheet-in">
        <header>
          <h2 id={id}>{p.title}</h2>
          <button type="button" class="btn quiet" onClick={p.close}>
            <span class="hear">{t('close')}</span>
            <span aria-hidden="true">×</span>
            <Key k="Escape" />
          </button>
        </header>
        {p.children}
      </div>
    </dialog>
  )
}

// found: a search brought it, so that it stays whatever of it is shown.
export interface Choice { id: string; label: string; detail?: string; find?: string; found?: boolean; digit?: string; run: () => void; score?: number }

const plain = (s: string) => s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

// fuzzy orders by how well the letters typed fit: a prefix of a word before
// letters in order anywhere.
export function fuzzy(typed: string, label: string): number {
  const q = plain(typed.trim())
  const s = plain(label)
  if (!q) return 1
  const i = s.indexOf(q)
  if (i === 0) return 100
  if (i > 0) return /\W/.test(s[i - 1]) ? 80 : 60
  let at = 0
  for (const c of q) {
    at = s.indexOf(c, at) + 1
    if (at === 0) return 0
  }
  return 20
}

// A Picker asks for one of a list: digits take the first nine, letters filter.
export function Picker(p: {
  title: string
  choices: Choice[]
  close: () => void
  free?: { label: (typed: string) => string; run: (typed: string) => void } // what was typed may itself be the answer
  search?: (typed: string) => void
  placeholder?: string
  digits?: boolean // digits choose as long as nothing is typed
  note?: string
}) {
  const [typed, type] = useState('')
  const [chosen, choose] = useState<string | null>(null) // by its name: the list may change under the choice
  const list = useId()
  const found = useMemo(() => {
    const out = p.choices.map((c, i) => ({ c, s: Math.max(fuzzy(typed, c.label + ' ' + (c.find ?? c.detail ?? '')), c.found ? 1 : 0), i })).filter((x) => x.s > 0)
    if (typed) out.sort((a, b) => b.s - a.s || a.i - b.i)
    const cs = out.slice(0, 60).map((x) => x.c)
    if (p.free && typed.trim()) cs.push({ id: '+', label: p.free.label(typed.trim()), run: () => p.free!.run(typed.trim()) })
    return cs
  }, [p.choices, typed, p.free])
  const at = Math.max(0, found.findIndex((c) => c.id === chosen))
  const step = (by: number) => choose(found[Math.max(0, Math.min(found.length - 1, at + by))]?.id ?? null)
  const take = (c: Choice | undefined) => {
    if (!c) return
    p.close()
    c.run()
  }
  const digits = p.digits !== false
  return (
    <Sheet title={p.title} close={p.close}>
      <input
        class="line"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[at] ? list + at : undefined}
        aria-label={p.placeholder ?? p.title}
        placeholder={p.placeholder}
        autofocus
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        value={typed}
        onInput={(e) => {
          type(e.currentTarget.value)
          choose(null)
          p.search?.(e.currentTarget.value)
        }}
        onKeyDown={(e) => {
          if (e.isComposing) return
          if (e.key === 'ArrowDown') step(1)
          else if (e.key === 'ArrowUp') step(-1)
          else if (e.key === 'Enter' && !e.repeat) take(found[at])
          else if (digits && !typed && /^[1-9]$/.test(e.key)) take(found[+e.key - 1])
          else return
          e.preventDefault()
        }}
      />
      {p.note && <p class="quiet">{p.note}</p>}
      <ul class="choices" role="listbox" id={list} aria-label={p.title}>
        {found.map((c, i) => (
          <li key={c.id} id={list + i} role="option" aria-selected={i === at} onClick={() => take(c)} onMouseMove={() => choose(c.id)}>
            {digits && !typed && i < 9 && <Key k={String(i + 1)} />}
            <span>
              <Own>{c.label}</Own>
              {c.detail && <small dir="auto">{c.detail}</small>}
            </span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="quiet">{t('pick.none')}</p>}
    </Sheet>
  )
}

// FileBtn asks for one file of this computer.
export function FileBtn({ label, accept, take }: { label: string; accept: string; take: (f: File) => void }) {
  const ref = useRef<HTMLInputElement>(null)
  return (
    <>
      <Btn onClick={() => ref.current?.click()}>{label}</Btn>
      <input
        ref={ref}
        type="file"
        hidden
        tabIndex={-1}
        accept={accept}
        aria-label={label}
        onChange={(e) => {
          const f = e.currentTarget.files?.[0]
          e.currentTarget.value = ''
          if (f) take(f)
        }}
      />
    </>
  )
}

// Ask takes one text. What it is about names it, so that a text that was not
// saved is there again when the same is asked.
export function Ask(p: { title: string; close: () => void; save: (text: string) => unknown; about?: string; long?: boolean; value?: string; label?: string; button?: string; children?: ComponentChildren }) {
  const kept = useKept('ask ' + p.title + ' ' + (p.about ?? ''), p.value ?? '')
  const text = kept.value
  const save = () => {
    const text = kept.now().trim()
    if (!text) return
    kept.drop()
    p.close()
    // What could not be saved is there again when the same is asked.
    void Promise.resolve(p.save(text)).then((ok) => ok === false && kept.put(text))
  }
  const on = (e: KeyboardEvent) => {
    if (e.key === 'Enter' && (!p.long || e.ctrlKey || e.metaKey)) {
      e.preventDefault()
      save()
    }
  }
  return (
    <Sheet title={p.title} close={p.close}>
      {p.children}
      {p.long ? (
        <textarea class="line" rows={5} dir="auto" autofocus aria-label={p.label ?? p.title} value={text} onInput={(e) => kept.put(e.currentTarget.value)} onKeyDown={on} />
      ) : (
        <input class="line" type="text" dir="auto" autofocus aria-label={p.label ?? p.title} value={text} onInput={(e) => kept.put(e.currentTarget.value)} onKeyDown={on} />
      )}
      <p class="row">
        <Btn kind="strong" k={p.long ? 'Ctrl+Enter' : 'Enter'} onClick={save} disabled={!text.trim()}>
          {p.button ?? t('save')}
        </Btn>
      </p>
    </Sheet>
  )
}

// inSight moves a strip that is wider than the screen so that what is chosen in
// it stands in the middle.
export function inSight(strip: HTMLElement | null, chosen: string) {
  const at = strip?.querySelector<HTMLElement>(chosen)
  if (strip && at) strip.scrollBy({ left: at.getBoundingClientRect().x + at.offsetWidth / 2 - strip.getBoundingClientRect().x - strip.offsetWidth / 2, behavior: 'instant' })
}

// A Tabs strip after the pattern of WAI-ARIA: arrows move, the panel follows.
export function Tabs<T extends string>(p: { label: string; tabs: { id: T; label: string; count?: number }[]; at: T | null; go: (id: T) => void; panel: string }) {
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => inSight(strip.current, '[aria-selected=true]'), [p.at])
  return (
    <div
      ref={strip}
      class="tabs"
      role="tablist"
      aria-label={p.label}
      onKeyDown={(e) => {
        const i = p.tabs.findIndex((x) => x.id === (p.at ?? p.tabs[0].id))
        const back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
        const next = back === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
        const to = e.key === next ? i + 1 : e.key === back ? i - 1 : e.key === 'Home' ? 0 : e.key === 'End' ? p.tabs.length - 1 : -1
        if (to < 0 || to >= p.tabs.length) return
        e.preventDefault()
        p.go(p.tabs[to].id)
        ;(e.currentTarget.children[to] as HTMLElement).focus()
      }}
    >
      {p.tabs.map((x, i) => (
        <button
          key={x.id}
          type="button"
          role="tab"
          id={p.panel + '-' + x.id}
          aria-selected={p.at === x.id}
          aria-controls={p.at === x.id ? p.panel : undefined}
          tabIndex={p.at === x.id || (p.at === null && i === 0) ? 0 : -1}
          onClick={() => p.go(x.id)}
        >
          {x.label}
          {x.count ? <span class="count">{x.count}</span> : null}
        </button>
      ))}
    </div>
  )
}

// afterShown does something once what is drawn now has been shown; it gives what
// calls it off.
export function afterShown(f: () => void): () => void {
  let wait = 0
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      wait = setTimeout(f) as unknown as number
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(wait)
  }
}

export function useWide(query: string): boolean {
  const m = useMemo(() => matchMedia(query), [query])
  const [fits, set] = useState(m.matches)
  useEffect(() => {
    const f = () => set(m.matches)
    m.addEventListener('change', f)
    return () => m.removeEventListener('change', f)
  }, [m])
  return fits
}
