// A value that pages watch.

import { useEffect, useReducer } from 'preact/hooks'

export class Store<T> {
  private watchers = new Set<() => void>()
  constructor(private held: T) {}
  get value(): T {
    return this.held
  }
  set(v: T) {
    if (Object.is(v, this.held)) return
    this.held = v
    for (const w of [...this.watchers]) w()
  }
  update(f: (v: T) => T) {
    this.set(f(this.held))
  }
  watch(w: () => void): () => void {
    this.watchers.add(w)
    return () => this.watchers.delete(w)
  }
}

export function useStore<T>(s: Store<T>): T {
  const [, again] = useReducer((n: number) => n + 1, 0)
  useEffect(() => s.watch(() => again(undefined as never)), [s])
  return s.value
}
