// What speaks against who is who: people answered differently whether two are
// one person, or their answers about several contradict one another.

import { t } from './strings'
import { Own } from './ui'

export interface Doubt { what: 'disagreement' | 'contradiction'; says: { actor: string; time: string; a: string; b: string; answer: string }[] }

const sign: Record<string, string> = { same: '=', different: '≠', unsure: '?' }

export const Doubts = ({ of }: { of: Doubt[] }) => (
  <>
    {of.map((d, i) => (
      <div class="warn-box doubt" key={i}>
        <p>{t(d.what === 'contradiction' ? 'doubts.contradiction' : 'doubts.disagreement')}</p>
        <ul class="plain">
          {d.says.map((x, j) => (
            <li key={j}>
              <Own>{x.actor}</Own>: <Own>{x.a}</Own> {sign[x.answer] ?? x.answer} <Own>{x.b}</Own>
            </li>
          ))}
        </ul>
        <p>
          <a href="/codes?list=review">{t('codes.review')}</a>
        </p>
      </div>
    ))}
  </>
)
