// Positions. The server counts code points; strings of the browser count
// UTF-16 units. This file is the only place where one becomes the other.

import type { Block, Span } from './wire'

export class Positions {
  private wide: Uint32Array // units at which a code point of two units begins
  constructor(readonly text: string) {
    const wide: number[] = []
    if (/[\ud800-\udbff]/.test(text)) {
      for (let i = 0; i < text.length; i++) {
        const u = text.charCodeAt(i)
        if (u >= 0xd800 && u < 0xdc00 && i + 1 < text.length) wide.push(i++)
      }
    }
    this.wide = Uint32Array.from(wide)
  }
  // units gives the UTF-16 offset of a code point.
  units(point: number): number {
    let lo = 0
    let hi = this.wide.length
    while (lo < hi) {
      const mid = (lo + hi) >> 1
      if (this.wide[mid] - mid < point) lo = mid + 1
      else hi = mid
    }
    return point + lo
  }
  // points gives the code point at a UTF-16 offset; the second half of a pair
  // belongs to its code point.
  points(unit: number): number {
    let lo = 0
    let hi = this.wide.length
    while (lo < hi) {
      const mid = (lo + hi) >> 1
      if (this.wide[mid] < unit) lo = mid + 1
      else hi = mid
    }
    return unit - lo
  }
  slice([a, b]: Span): string {
    return this.text.slice(this.units(a), this.units(b))
  }
  get length(): number {
    return this.text.length - this.wide.length
  }
}

export const blockAt = (blocks: Block[], point: number): number => {
  let lo = 0
  let hi = blocks.length - 1
  while (lo < hi) {
    const mid = (lo + hi + 1) >> 1
    if (blocks[mid].span[0] <= point) lo = mid
    else hi = mid - 1
  }
  return lo
}

// stops gives the code points at which words or sentences of a block begin
// and end, in order.
export function stops(p: Positions, block: Block, by: 'word' | 'sentence', language: string): { starts: number[]; ends: number[] } {
  const from = p.units(block.span[0])
  const words = p.slice(block.span)
  let cut: Intl.Segmenter
  try {
    cut = new Intl.Segmenter(language || undefined, { granularity: by })
  } catch {
    cut = new Intl.Segmenter(undefined, { granularity: by })
  }
  const starts: number[] = []
  const ends: number[] = []
  for (const s of cut.segment(words)) {
    if (by === 'word' && !s.isWordLike) {
      // Marks of quotation are places where a statement may begin or end.
      if (!/["“”„«»‘’'.!?…]/.test(s.segment)) continue
    }
    const end = s.index + s.segment.trimEnd().length
    if (end === s.index) continue
    starts.push(p.points(from + s.index))
    ends.push(p.points(from + end))
  }
  return { starts, ends }
}
