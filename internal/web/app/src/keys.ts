// Keys. Each binding has a name, by which a person can remap or switch it off
// (WCAG 2.1.4). On a layout without Latin letters the place of the key counts
// (event.code). Deciding keys do not repeat. No key is taken from a field.

import { useLayoutEffect, useRef } from 'preact/hooks'
import { Store } from './store'

export interface Binding {
  id: string // stable name, for remapping
  key: string // 'j', 'J' (Shift+j), 'Enter', 'Shift+Enter', '?', 'ArrowLeft', 'Ctrl+ArrowLeft'
  label: string
  run: () => void
  repeat?: boolean // may repeat while held: moves, never answers
  group?: string
  hidden?: boolean
  when?: () => boolean
}

interface Settings { off: boolean; map: Record<string, string> }
const read = (): Settings => {
  try {
    return { off: false, map: {}, ...JSON.parse(localStorage.getItem('recount.keys') ?? '{}') }
  } catch {
    return { off: false, map: {} }
  }
}
export const keySettings = new Store<Settings>(read())
keySettings.watch(() => localStorage.setItem('recount.keys', JSON.stringify(keySettings.value)))

export const keyOf = (b: { id: string; key: string }) => keySettings.value.map[b.id] ?? b.key

interface Layer { bindings: Binding[]; only: boolean }
const layers: Layer[] = []
export const layersChanged = new Store(0)

const latin = /^[\x20-\x7e]$/
const byPlace: Record<string, [string, string]> = {
  Slash: ['/', '?'], Equal: ['=', '+'], Minus: ['-', '_'], BracketLeft: ['[', '{'], BracketRight: [']', '}'], Comma: [',', '<'], Period: ['.', '>'], Semicolon: [';', ':'],
}

// nameOf gives the key that a person means, on any layout.
export function nameOf(e: { key: string; code: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): string {
  let k = e.key
  if (k.length === 1 || [...k].length === 1) {
    if (!latin.test(k)) {
      const m = /^(?:Key([A-Z])|Digit(\d))$/.exec(e.code)
      if (m?.[1]) k = e.shiftKey ? m[1] : m[1].toLowerCase()
      else if (m?.[2]) k = m[2]
      else if (byPlace[e.code]) k = byPlace[e.code][e.shiftKey ? 1 : 0]
    }
    return (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + k
  }
  return (e.ctrlKey || e.metaKey ? 'Ctrl+' : '') + (e.shiftKey ? 'Shift+' : '') + k
}

const field = (el: Element | null) =>
  !!el && (el.matches('textarea, select, [contenteditable]') || (el.matches('input') && !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes((el as HTMLInputElement).type)))

let prefix = 0 // when `g` was pressed
export const prefixed = new Store(false)
const prefixTime = 2000

// The key that was answered and is still down: what it opens must not take its
// letter, however long it is held.
let held = ''

function pressed(e: KeyboardEvent) {
  if (e.defaultPrevented) held = e.key // a list took it
  if (e.defaultPrevented || e.isComposing || e.altKey) return
  const name = nameOf(e)
  const el = e.target instanceof Element ? e.target : null
  if (field(el) && !(name === 'Escape')) return
  const two = prefix > 0 && performance.now() - prefix < prefixTime
  for (let i = layers.length - 1; i >= 0; i--) {
    const { bindings, only } = layers[i]
    for (const b of bindings) {
      const key = keyOf(b)
      const match = key.startsWith('g ') ? two && key.slice(2) === name : !two && key === name
      if (!match || (b.when && !b.when())) continue
      if (keySettings.value.off && name.length === 1) continue
      // Enter and Space belong to a focused button or link.
      if ((name === 'Enter' || name === ' ') && el?.closest('button, a[href], summary, input, [role=tab]') && !el.closest('[role=listbox]')) return
      if (e.repeat && !b.repeat) {
        e.preventDefault()
        return
      }
      e.preventDefault()
      held = e.key
      endPrefix()
      b.run()
      return
    }
    if (only) {
      endPrefix()
      return
    }
  }
  // Esc leaves a field, so that the keys of the page work again.
  if (name === 'Escape' && field(el)) {
    ;(el as HTMLElement).blur()
    document.getElementById('main')?.focus({ preventScroll: true })
    return
  }
  if (two) endPrefix()
  else if (name === 'g' && !keySettings.value.off && !e.repeat) {
    prefix = performance.now()
    prefixed.set(true)
    setTimeout(() => performance.now() - prefix >= prefixTime && endPrefix(), prefixTime + 50)
    e.preventDefault()
  }
}
function endPrefix() {
  prefix = 0
  prefixed.set(false)
}

export function startKeys() {
  document.addEventListener('keydown', pressed)
  const letGo = () => (held = '')
  document.addEventListener('keyup', (e) => e.key === held && letGo(), true)
  document.addEventListener('keydown', (e) => !e.repeat && letGo(), true) // another key, or the same again
  addEventListener('blur', letGo)
  document.addEventListener('beforeinput', (e) => held !== '' && e.data === held && e.preventDefault(), true)
}

// useKeys binds keys while the component is on screen; with only, no key of a
// layer below is taken (dialogs, border mode).
export function useKeys(bindings: Binding[], only = false) {
  const layer = useRef<Layer>({ bindings, only })
  layer.current.bindings = bindings
  layer.current.only = only
  // With what is drawn, and not once it is painted: no key that comes between is
  // lost, nor taken by what has gone.
  useLayoutEffect(() => {
    const mine = layer.current
    layers.push(mine)
    layersChanged.update((n) => n + 1)
    return () => {
      layers.splice(layers.indexOf(mine), 1)
      layersChanged.update((n) => n + 1)
    }
  }, [])
}

export function boundNow(): Binding[] {
  const out: Binding[] = []
  for (let i = layers.length - 1; i >= 0; i--) {
    out.push(...layers[i].bindings.filter((b) => !b.hidden))
    if (layers[i].only) break
  }
  return out
}

// shown prints a key for a key cap.
export function shown(key: string): string {
  return key.replace('Shift+', '⇧ ').replace('Ctrl+', 'Ctrl ').replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('ArrowUp', '↑').replace('ArrowDown', '↓').replace('Escape', 'Esc').replace('Enter', '↵')
}
