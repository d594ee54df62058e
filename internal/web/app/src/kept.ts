// What is typed and not saved yet is kept in the tab: it is there again after
// Esc, another page or a reload, for the same person in the same study.

import { useRef, useState } from 'preact/hooks'
import { session } from './decide'

const placeOf = (key: string) => ['recount.typed', session.value?.study.id, session.value?.actor, key].join('/')

function read<T>(place: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null')
  } catch {
    return null
  }
}

// useKept holds what is typed under a key. now() gives it as it is, whatever is
// drawn still; drop forgets it, once it is saved.
export function useKept<T>(key: string, start: T): { value: T; now: () => T; put: (v: T) => void; drop: (to?: T) => void } {
  const place = useRef(placeOf(key)).current
  const [value, set] = useState<T>(() => read<T>(place) ?? start)
  const held = useRef(value)
  const hold = (v: T) => {
    held.current = v
    set(v)
  }
  return {
    value,
    now: () => held.current,
    put: (v) => {
      hold(v)
      try {
        sessionStorage.setItem(place, JSON.stringify(v))
      } catch {
        // The tab holds no more: it stands on the screen.
      }
    },
    drop: (to = start) => {
      hold(to)
      sessionStorage.removeItem(place)
    },
  }
}
