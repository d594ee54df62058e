// Who is named in an article, and where.

import { blockAt } from '../text'
import type { Block, Span, Speaker } from '../wire'

const overlaps = (a: Span, b: Span) => a[0] < b[1] && b[0] < a[1]

// mentionsIn gives the places in some words that name a speaker.
export function mentionsIn(words: Span, speakers: Speaker[]): { span: Span; speaker: Speaker }[] {
  return speakers.flatMap((speaker) => speaker.spans.filter((x) => overlaps(x, words)).map((span) => ({ span, speaker })))
}

// besides gives who may say some words: whoever is named nearest to them in their
// paragraph, and else whoever was named or spoke last before it. Who is named in the
// words themselves is spoken of.
export function besides(words: Span, speakers: Speaker[], blocks: Block[]): Speaker | null {
  const here = blocks[blockAt(blocks, words[0])]?.span ?? words
  let near: Speaker | null = null
  let before: Speaker | null = null
  let least = Infinity
  let last = -1
  for (const s of speakers)
    for (const x of [...s.spans, ...s.statements.flatMap((y) => y.spans)]) {
      if (overlaps(x, words)) continue
      const far = x[0] >= words[1] ? x[0] - words[1] : words[0] - x[1]
      if (overlaps(x, here) && far < least) {
        near = s
        least = far
      }
      if (x[1] <= here[0] && x[1] > last) {
        before = s
        last = x[1]
      }
    }
  return near ?? before
}
