// An article with its statements as annotations, as a page would show it that
// uses the library: paragraphs, then the annotator over them.
import { createTextAnnotator } from '@recogito/text-annotator'
import '@recogito/text-annotator/text-annotator.css'

window.openArticle = async ({ paragraphs, annotations }) => {
  const from = performance.now()
  const root = document.createElement('div')
  root.id = 'content'
  for (const text of paragraphs) {
    const p = document.createElement('p')
    p.textContent = text
    root.append(p)
  }
  document.body.replaceChildren(root)
  const annotator = createTextAnnotator(root, window.how ? { renderer: window.how } : {})
  annotator.setAnnotations(annotations.map((a) => ({ id: a.id, bodies: [], target: { annotation: a.id, selector: [{ quote: a.quote, start: a.start, end: a.end }] } })))
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))
  return [performance.now() - from, annotator.getAnnotations().length]
}
