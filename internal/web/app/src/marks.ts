// Marks in the text of an article: CSS Custom Highlight API, which changes no
// element; where a browser lacks it, runs of flattened <mark> elements that
// never nest. Page text is only ever text.

import { Positions } from './text'
import type { Block, Span } from './wire'

export const layers = ['figure', 'aside', 'speaker', 'value', 'suggested', 'accepted', 'adjudicated', 'rejected', 'disputed', 'person', 'found', 'current', 'border'] as const
export type Layer = (typeof layers)[number]
export interface Mark { layer: Layer; span: Span; key?: string }

export const highlights = () => typeof CSS !== 'undefined' && 'highlights' in CSS && !document.documentElement.hasAttribute('data-flat')

// Two letters of one word, in scripts that put spaces between words.
const inWord = /^(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar})[\p{L}\p{M}\p{Nd}]){2}$/u

export class Marks {
  private nodes: { from: number; to: number; el: HTMLElement }[] = []
  private drawn = new Map<Layer, string>()
  constructor(private root: HTMLElement, private positions: Positions, private blocks: Block[]) {
    const els = root.querySelectorAll<HTMLElement>('[data-block]')
    els.forEach((el) => {
      const b = blocks[Number(el.dataset.block)]
      this.nodes.push({ from: positions.units(b.span[0]), to: positions.units(b.span[1]), el })
    })
  }

  private at(unit: number, end: boolean): [Node, number] | null {
    let lo = 0
    let hi = this.nodes.length - 1
    if (hi < 0) return null
    while (lo < hi) {
      const mid = (lo + hi + 1) >> 1
      if (end ? this.nodes[mid].from < unit : this.nodes[mid].from <= unit) lo = mid
      else hi = mid - 1
    }
    const n = this.nodes[lo]
    let rest = Math.min(Math.max(unit, n.from), n.to) - n.from
    for (let c: Node | null = n.el.firstChild; c; c = c.nextSibling) {
      const text = c.nodeType === Node.TEXT_NODE ? c : c.firstChild
      if (!text) continue
      const size = text.textContent!.length
      if (rest <= size) return [text, rest]
      rest -= size
    }
    return null
  }

  private ends(span: Span) {
    const a = this.at(this.positions.units(span[0]), false)
    const b = this.at(this.positions.units(span[1]), true)
    return a && b && (a[0] !== b[0] || a[1] < b[1]) ? { a, b } : null
  }

  range(span: Span): Range | null {
    const e = this.ends(span)
    if (!e) return null
    const r = document.createRange()
    r.setStart(...e.a)
    r.setEnd(...e.b)
    return r
  }

  // The text does not change under its marks, so nobody has to watch it for them.
  private still(span: Span): StaticRange | null {
    const e = this.ends(span)
    return e && new StaticRange({ startContainer: e.a[0], startOffset: e.a[1], endContainer: e.b[0], endOffset: e.b[1] })
  }

  // draw shows the marks; only layers that changed are touched.
  draw(marks: Mark[]) {
    const by = new Map<Layer, Span[]>()
    for (const l of layers) by.set(l, [])
    for (const m of marks) by.get(m.layer)!.push(m.span)
    if (!highlights()) {
      this.flatten(marks)
      return
    }
    layers.forEach((layer, i) => {
      const spans = by.get(layer)!
      const id = spans.join(' ')
      if (this.drawn.get(layer) === id) return
      this.drawn.set(layer, id)
      const ranges = spans.map((s) => this.still(s)).filter((r): r is StaticRange => r !== null)
      if (ranges.length === 0) {
        CSS.highlights.delete(layer)
        return
      }
      const h = new Highlight(...ranges)
      h.priority = i
      CSS.highlights.set(layer, h)
    })
  }

  clear() {
    if (highlights()) for (const l of layers) CSS.highlights.delete(l)
  }

  private flatten(marks: Mark[]) {
    const sorted = [...marks].sort((a, b) => a.span[0] - b.span[0])
    this.blocks.forEach((block) => {
      const node = this.nodes.find((n) => n.from === this.positions.units(block.span[0]))
      if (!node) return
      const here = sorted.filter((m) => m.span[0] < block.span[1] && m.span[1] > block.span[0])
      const cuts = new Set<number>([block.span[0], block.span[1]])
      for (const m of here) {
        cuts.add(Math.max(m.span[0], block.span[0]))
        cuts.add(Math.min(m.span[1], block.span[1]))
      }
      const at = [...cuts].sort((a, b) => a - b)
      const out: Node[] = []
      for (let i = 0; i + 1 < at.length; i++) {
        const words = this.positions.slice([at[i], at[i + 1]])
        const names = [...new Set(here.filter((m) => m.span[0] <= at[i] && m.span[1] >= at[i + 1]).map((m) => m.layer))]
        const text = document.createTextNode(words)
        if (names.length === 0) {
          out.push(text)
          continue
        }
        const mark = document.createElement('mark')
        mark.className = names.map((n) => 'm-' + n).join(' ')
        mark.append(text)
        out.push(mark)
      }
      node.el.replaceChildren(...out)
    })
  }

  // point gives the code point under the pointer.
  point(x: number, y: number): number | null {
    const d = document as Document & { caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null; caretRangeFromPoint?: (x: number, y: number) => Range | null }
    let node: Node | null = null
    let offset = 0
    const pos = d.caretPositionFromPoint?.(x, y)
    if (pos) {
      node = pos.offsetNode
      offset = pos.offset
    } else {
      const r = d.caretRangeFromPoint?.(x, y)
      if (r) {
        node = r.startContainer
        offset = r.startOffset
      }
    }
    return node ? this.pointOf(node, offset) : null
  }

  pointOf(node: Node, offset: number): number | null {
    const el = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-block]')
    if (!el || !this.root.contains(el)) return null
    const before = document.createRange()
    before.setStart(el, 0)
    before.setEnd(node, offset)
    const n = this.nodes.find((n) => n.el === el)
    return n ? this.positions.points(n.from + before.toString().length) : null
  }

  // reaches says that something is selected that begins, ends or lies in the article.
  reaches(): boolean {
    const s = document.getSelection()
    return !!s && !s.isCollapsed && s.rangeCount > 0 && s.getRangeAt(0).intersectsNode(this.root)
  }

  // selected gives what a person has selected inside the article, by whole words: a
  // hand that draws over text seldom meets the edge of a letter.
  selected(): Span | null {
    const s = document.getSelection()
    if (!s || s.isCollapsed || s.rangeCount === 0) return null
    const r = s.getRangeAt(0)
    if (!this.root.contains(r.commonAncestorContainer)) return null
    const a = this.pointOf(r.startContainer, r.startOffset)
    let b = this.pointOf(r.endContainer, r.endOffset)
    if (a === null) return null
    if (b === null) b = this.positions.points(this.nodes[this.nodes.length - 1]?.to ?? 0)
    const words = this.positions.slice([a, b])
    const lead = words.length - words.trimStart().length
    const tail = words.length - words.trimEnd().length
    const span: Span = [a + lead, b - tail]
    if (span[1] <= span[0]) return null
    while (span[0] > 0 && inWord.test(this.positions.slice([span[0] - 1, span[0] + 1]))) span[0]--
    while (span[1] < this.positions.length && inWord.test(this.positions.slice([span[1] - 1, span[1] + 1]))) span[1]++
    return span
  }
}
