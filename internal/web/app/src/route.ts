// Everything has an address: pages read it, and change it without loading.

import { Store } from './store'

export interface Place { path: string; query: URLSearchParams; hash: string }
const here = (): Place => ({ path: location.pathname, query: new URLSearchParams(location.search), hash: location.hash })
export const place = new Store<Place>(here())

export function go(to: string, replace = false) {
  const url = new URL(to, location.href)
  if (url.origin !== location.origin) return
  if (url.href !== location.href) history[replace ? 'replaceState' : 'pushState'](null, '', url.href)
  const moved = url.pathname !== place.value.path
  place.set(here())
  if (moved) {
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }
}

// filter changes one field of the query.
export function filter(name: string, value: string | null, replace = false) {
  const q = new URLSearchParams(location.search)
  if (value === null || value === '') q.delete(name)
  else q.set(name, value)
  q.delete('after')
  const s = q.toString()
  go(location.pathname + (s ? '?' + s : ''), replace)
}

const ours = /^\/(?:$|(?:collect|articles|people|links|figures|codes|report|publish|history|setup|help|studies)(?:\/|$))/

export function startRoutes() {
  addEventListener('popstate', () => place.set(here()))
  document.addEventListener('click', (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return
    const a = (e.target as Element).closest?.('a[href]') as HTMLAnchorElement | null
    if (!a || a.target || a.hasAttribute('download') || a.origin !== location.origin || !ours.test(a.pathname)) return
    if (a.pathname === location.pathname && a.search === location.search && a.hash) return
    e.preventDefault()
    go(a.href)
  })
}
