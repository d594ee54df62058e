// Answers to look at again: their words stand only in an older text of the
// page, or in none, or people answered differently. Each can be kept, moved to
// the words of now, or taken back.

import { decide, fail, withdraw } from './decide'
import { answered, word } from './reading/panel'
import { day, server, t } from './strings'
import { Btn, Own } from './ui'
import type { Draft, Given } from './wire'

export interface AgainItem {
  what: string; text: string; article: string; title: string; outlet: string; statement: string; old: string; day: string; new: string
  given: Given[]; keep: Draft | null; move: Draft | null; back: Given[]; ids: string[]
}

const named: Record<string, string> = { scope: 'who counts', link: 'same person', passage: 'coded passage', date: 'day', page: 'article', screen: 'screening', relation: 'reprint', figure: 'reported number', role: 'set aside' }
const said = (g: Given) => g.actor + ': ' + word('decision.', named[g.kind] ?? g.kind) + ', ' + answered(g)

export function Again({ items }: { items: AgainItem[] }) {
  const give = (d: Draft) => void decide([d]).catch(() => {})
  const back = (ids: string[]) => void withdraw(ids).catch(fail)
  return (
    <section class="again">
      <h2>{t('queue.findings', { n: items.length })}</h2>
      <p class="quiet">{t('again.how')}</p>
      <ol class="plain lines statements diff">
        {items.map((x) => (
          <li key={x.what + x.ids.join() + x.old + x.given.map((g) => g.kind + g.actor + g.time).join()}>
            <span class="words serif" dir="auto">
              {x.day && x.new ? <del>{x.old}</del> : x.old || x.text}
            </span>
            {x.new && (
              <span class="words serif" dir="auto">
                <ins>{x.new}</ins>
              </span>
            )}
            <small>
              {x.article ? (
                <a href={'/articles/' + encodeURIComponent(x.article) + (x.statement ? '#' + encodeURIComponent('statement:' + x.statement) : '')}>
                  <Own>{x.title || x.article}</Own>
                </a>
              ) : null}
              {x.outlet && (
                <>
                  {' · '}
                  <Own>{x.outlet}</Own>
                </>
              )}
            </small>
            <small class="warn">{x.day ? t('again.older', { day: day(x.day) }) : x.what === 'orphan' ? t('again.gone') : t('again.differ')}</small>
            {x.what !== 'orphan' && (
              <small>
                <Own>{server(x.text)}</Own> · <a href="/codes?list=agreement">{t('codes.together')}</a>
              </small>
            )}
            <small>
              {x.given.map((g, i) => (
                <span key={i}>
                  {i > 0 && ' · '}
                  <Own>{said(g)}</Own>
                </span>
              ))}
            </small>
            <span class="row wrap">
              {x.move && (
                <Btn label={t('again.move') + ': ' + x.new.slice(0, 60)} onClick={() => give(x.move!)}>
                  {t('again.move')}
                </Btn>
              )}
              {x.keep && (
                <Btn label={t('again.keep') + ': ' + x.old.slice(0, 60)} onClick={() => give(x.keep!)}>
                  {t('again.keep')}
                </Btn>
              )}
              {x.back.map((g, i) => (
                <Btn key={x.ids[i]} label={t('again.back') + ': ' + said(g) + ': ' + x.old.slice(0, 60)} onClick={() => back([x.ids[i]])}>
                  {t('again.back')}
                  {x.back.length > 1 ? ': ' + said(g) : ''}
                </Btn>
              ))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
