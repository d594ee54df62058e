// Help: the pages of the manual, as text.

import { useData } from './client'
import { t } from './strings'
import { Load, useWide } from './ui'

interface Block { kind: string; level?: number; text?: string; items?: string[]; rows?: string[][] }

export function HelpPage({ id }: { id: string }) {
  const list = useData<{ items: { id: string; title: string }[] }>('/help')
  const page = useData<{ id: string; title: string; blocks: Block[] }>(id ? '/help/' + encodeURIComponent(id) : null)
  // First the pages of the workbench; the commands are for who works without it.
  // On a telephone the list must not stand before the page that was asked for.
  const wide = useWide('(min-width: 900px)')
  const command = (x: { title: string }) => x.title.startsWith('recount ')
  const entry = (x: { id: string; title: string }) => (
    <li key={x.id}>
      <a href={'/help/' + x.id} aria-current={x.id === id ? 'page' : undefined} lang="en" dir="auto">
        {x.title}
      </a>
    </li>
  )
  return (
    <main id="main" class="help two-wide" tabIndex={-1}>
      <nav aria-label={t('help')}>
        <Load from={list}>
          {(d) => (
            <details key={String(wide)} open={wide || !id}>
              <summary>{t('help.pages')}</summary>
              <ul class="plain">{d.items.filter((x) => !command(x)).map(entry)}</ul>
              <details open={d.items.some((x) => x.id === id && command(x))}>
                <summary>{t('help.commands')}</summary>
                <ul class="plain">{d.items.filter(command).map(entry)}</ul>
              </details>
            </details>
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
