// Hand out and take back: files for coders who work elsewhere, and the answers
// that come back, shown before they are taken in.

import { useState } from 'preact/hooks'
import { send } from './client'
import { fail, say, session, settle } from './decide'
import { apart, has, t, type Name } from './strings'
import { Btn, FileBtn, Own, Sheet } from './ui'
import type { Saved } from './wire'

interface Taken extends Saved { coders: string[]; new: number; known: number; kinds: { kind: string; label: string; n: number }[]; hidden: boolean; others: { actor: string; n: number; assigned: string[] }[]; conflicts: { actor: string; here: string; there: string; about: string }[]; lost: number; wait: number; left: number; cut: Cut[] }
interface Cut { what: 'missing' | 'unlisted' | 'behind' | 'nolist' | 'relisted' | 'undigested' | 'strange'; n?: number; of?: number; here?: number; places?: { n: number; after?: string; before?: string }[]; more?: number }

const kind = (label: string) => (has('decision.' + label) ? t(('decision.' + label) as Name) : label)

// cutSaid says what a file does not hold any more, or holds besides.
function cutSaid(c: Cut): string {
  const said = [t(`takeback.cut.${c.what}`, { n: c.n ?? 0, of: c.of ?? 0 })]
  for (const p of c.places ?? []) {
    const at = { n: p.n, after: apart(p.after ?? ''), before: apart(p.before ?? '') }
    said.push(t(p.after && p.before ? 'takeback.cut.between' : p.after ? 'takeback.cut.after' : p.before ? 'takeback.cut.before' : 'takeback.cut.all', at))
  }
  if (c.more) said.push(t('takeback.cut.more', { n: c.more }))
  if (c.here) said.push(t('takeback.cut.here', { n: c.here }))
  said.push(t('takeback.cut.again'))
  return said.join(' ')
}

export function TakeBack({ label }: { label: string }) {
  const [file, set] = useState<{ text: string; would: Taken } | null>(null)
  const [busy, work] = useState(false)
  const ask = (text: string, save: boolean) => send<Taken>('POST', '/takeback', { text, save })
  const look = (f: File) =>
    void f
      .text()
      .then((text) => ask(text, false).then((would) => set({ text, would })))
      .catch(fail)
  const take = () => {
    if (!file || busy) return
    work(true)
    ask(file.text, true)
      .then(
        (did) => {
          set(null)
          const what = t('takeback.done', { n: did.new }) + ' ' + did.coders.join(', ')
          settle(did, false, what)
          if (did.moved.length === 0) say(what)
        },
        fail,
      )
      .finally(() => work(false))
  }
  const w = file?.would
  return (
    <>
      <FileBtn label={label} accept=".jsonl" take={look} />
      {w && (
        <Sheet title={t('takeback.title')} close={() => set(null)} wide>
          <p class="lead">{w.new > 0 ? t('takeback.new', { n: w.new, coders: w.coders.join(', ') }) : t('takeback.none')}</p>
          <ul class="plain lines">
            {w.kinds.map((k) => (
              <li key={k.kind}>
                {t('takeback.kind', { n: k.n, kind: kind(k.label) })}
              </li>
            ))}
            {w.others.map((x) => (
              <li class="warn" key={x.actor}>
                {t('takeback.other', { n: x.n, actor: x.actor, coders: x.assigned.join(', ') })}
              </li>
            ))}
            {w.hidden && w.new > 0 && <li class="quiet">{t('takeback.hidden')}</li>}
            {w.known > 0 && <li class="quiet">{t('takeback.known', { n: w.known })}</li>}
            {w.lost > 0 && <li class="warn">{t('takeback.lost', { n: w.lost })}</li>}
            {w.wait > 0 && <li class="warn">{t('takeback.wait', { n: w.wait })}</li>}
            {w.left > 0 && <li class="quiet">{t('takeback.left', { n: w.left })}</li>}
            {w.cut.map((c) => (
              <li class="warn" key={c.what}>
                {cutSaid(c)}
              </li>
            ))}
          </ul>
          {w.conflicts.length > 0 && (
            <>
              <h3>{t('takeback.conflicts', { n: w.conflicts.length })}</h3>
              <ol class="plain lines">
                {w.conflicts.map((c, i) => (
                  <li key={i} dir="auto">
                    <b>
                      <Own>{c.actor}</Own>
                    </b>
                    : {t('takeback.here', { words: c.here })} · {t('takeback.there', { words: c.there })}
                    <small dir="auto">{c.about}</small>
                  </li>
                ))}
              </ol>
            </>
          )}
          <p class="row">
            {w.new > 0 && (
              <button type="button" class="btn strong" autofocus disabled={busy} onClick={take}>
                <span>{t('takeback.take', { coders: w.coders.join(', ') })}</span>
              </button>
            )}
            <Btn onClick={() => set(null)}>{t('cancel')}</Btn>
          </p>
        </Sheet>
      )}
    </>
  )
}

// Downloads go by a link, so that the browser keeps the name of the file.
export const Download = ({ href, children }: { href: string; children: string }) => (
  <a class="btn plain" href={'/api/v1' + href} download>
    <span>{children}</span>
  </a>
)

export const may = (what: string) => session.value?.may.includes(what) ?? false
