// Help: the pages of the manual, as text.

import { useData } from './client'
import { t } from './strings'
import { Load } from './ui'

interface Block { kind: string; level?: number; text?: string; items?: string[]; rows?: string[][] }

export function HelpPage({ id }: { id: string }) {
  const list = useData<{ items: { id: string; title: string }[] }>('/help')
  const page = useData<{ id: string; title: string; blocks: Block[] }>(id ? '/help/' + encodeURIComponent(id) : null)
  return (
    <main id="main" class="help two-wide" tabIndex={-1}>
      <nav aria-label={t('help')}>
        <Load from={list}>
          {(d) => (
            <ul class="plain">
              {d.items.map((x) => (
                <li key={x.id}>
                  <a href={'/help/' + x.id} aria-current={x.id === id ? 'page' : undefined} lang="en" dir="auto">
                    {x.title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </Load>
      </nav>
      {id ? (
        <Load from={page}>
          {(p) => (
            <article class="paper" lang="en" dir="ltr">
              <h1>{p.title}</h1>
              {p.blocks.filter((b) => b.kind !== 'heading' || b.level !== 1).map((b, i) => {
                if (b.kind === 'heading') return <h2 key={i}>{b.text}</h2>
                if (b.kind === 'code')
                  return (
                    <pre key={i} tabIndex={0}>
                      {b.text}
                    </pre>
                  )
                if (b.kind === 'list')
                  return (
                    <ul key={i}>
                      {(b.items ?? []).map((x, j) => (
                        <li key={j}>{x}</li>
                      ))}
                    </ul>
                  )
                if (b.kind === 'table')
                  return (
                    <table class="rows" key={i}>
                      <tbody>
                        {(b.rows ?? []).map((r, j) => (
                          <tr key={j}>
                            {r.map((c, k) => (j === 0 ? <th key={k} scope="col">{c}</th> : <td key={k}>{c}</td>))}
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  )
                return <p key={i}>{b.text}</p>
              })}
            </article>
          )}
        </Load>
      ) : (
        <h1>{t('help')}</h1>
      )}
    </main>
  )
}
