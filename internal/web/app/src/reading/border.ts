// Border mode: the edges of a statement, or of one that was missed, moved by
// words, sentences and letters.

import { blockAt, stops, type Positions } from '../text'
import type { Block, Span } from '../wire'

export interface Border {
  what: 'bounds' | 'add'
  statement?: string
  span: Span
  edge: 0 | 1 // which edge moves
  speaker: string // of a missed statement
  type: string
}

// moved moves the edge of a span to the next place of the kind, over blocks.
export function moved(b: Border, by: 'letter' | 'word' | 'sentence', step: 1 | -1, p: Positions, blocks: Block[], language: string): Border {
  const at = b.span[b.edge]
  let to: number | undefined
  if (by === 'letter') to = at + step
  else {
    let i = blockAt(blocks, b.edge === 1 && step < 0 ? Math.max(at - 1, 0) : at)
    for (; to === undefined && i >= 0 && i < blocks.length; i += step) {
      const s = stops(p, blocks[i], by, language)
      const places = b.edge === 0 ? s.starts : s.ends
      to = step > 0 ? places.find((x) => x > at) : places.findLast((x) => x < at)
    }
  }
  if (to === undefined || to < 0 || to > p.length) return b
  const span: Span = b.edge === 0 ? [to, b.span[1]] : [b.span[0], to]
  return span[0] < span[1] ? { ...b, span } : b
}

// sentenceAt gives the sentence around a code point, to begin with.
export function sentenceAt(point: number, p: Positions, blocks: Block[], language: string): Span {
  const block = blocks[blockAt(blocks, point)]
  const s = stops(p, block, 'sentence', language)
  for (let i = 0; i < s.starts.length; i++) if (point < s.ends[i]) return trimmed([s.starts[i], s.ends[i]], p)
  return block.span
}

// besideIt gives the sentence before or after the place where a span begins or
// ends, over blocks; the span itself at either end of the text.
export function besideIt(span: Span, step: 1 | -1, p: Positions, blocks: Block[], language: string): Span {
  for (let i = blockAt(blocks, step > 0 ? span[1] : span[0]); i >= 0 && i < blocks.length; i += step) {
    const s = stops(p, blocks[i], 'sentence', language)
    const at = step > 0 ? s.starts.findIndex((x) => x >= span[1]) : s.ends.findLastIndex((x) => x <= span[0])
    if (at >= 0) return trimmed([s.starts[at], s.ends[at]], p)
  }
  return span
}

// An opening mark of quotation at the end belongs to the next sentence.
function trimmed(s: Span, p: Positions): Span {
  const tail = /\s+["“„«‘']$/u.exec(p.slice(s))
  return tail ? [s[0], s[1] - [...tail[0]].length] : s
}

// typeOf guesses how a missed statement is said, from its marks of quotation.
export function typeOf(span: Span, p: Positions): string {
  const before = p.slice([Math.max(0, span[0] - 1), span[0] + 1])
  const words = p.slice(span)
  const quoted = /["“„«]/
  if (quoted.test(before) || /^["“„«]/.test(words)) return 'direct'
  return quoted.test(words) ? 'mixed' : 'indirect'
}
