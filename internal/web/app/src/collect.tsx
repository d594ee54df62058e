// Collect: bring pages in, and see what was refused or reads poorly.

import { useRef, useState } from 'preact/hooks'
import { send, useData } from './client'
import { fail } from './decide'
import { begun, Jobs } from './jobs'
import { useKept } from './kept'
import { day, number, server, t, type Name } from './strings'
import { Ask, Btn, Load, Own } from './ui'
import type { Job } from './wire'

interface Collected {
  searches: { id: string; database: string; query: string; filters: string; day: string; by: string; hits: number; since: number }[]
  refused: { name: string; why: string; share: number; article?: string; uri?: string }[]
  poor: { key: string; title: string; why: string; share: number; name?: string }[]
  feeds: { uri: string; last: string; new: number }[]
  folded?: { into: string; count: number }[]
}

async function entries(items: DataTransferItemList): Promise<{ file: File; path: string }[]> {
  const out: { file: File; path: string }[] = []
  const walk = async (e: FileSystemEntry, at: string): Promise<void> => {
    if (e.isFile) out.push({ file: await new Promise((ok, no) => (e as FileSystemFileEntry).file(ok, no)), path: at + e.name })
    else if (e.isDirectory) {
      const reader = (e as FileSystemDirectoryEntry).createReader()
      for (;;) {
        const some = await new Promise<FileSystemEntry[]>((ok, no) => reader.readEntries(ok, no))
        if (some.length === 0) break
        for (const x of some) await walk(x, at + e.name + '/')
      }
    }
  }
  const roots = [...items].map((i) => i.webkitGetAsEntry?.()).filter((e): e is FileSystemEntry => !!e)
  for (const r of roots) await walk(r, '')
  return out
}

export function Intake() {
  const [over, set] = useState(false)
  const { value: addresses, ...typed } = useKept('addresses', '')
  const [sending, count] = useState(0)
  // What was said of one search stays for the next files of it.
  const kept = useKept('search of', '{}')
  const of: Record<string, string> = JSON.parse(kept.value || '{}')
  const given = () => Object.fromEntries(Object.entries(JSON.parse(kept.now() || '{}') as Record<string, string>).filter(([, v]) => v.trim()))
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const upload = async (list: { file: File; path: string }[]) => {
    if (list.length === 0) return
    count(list.length)
    const form = new FormData()
    for (const [k, v] of Object.entries(given())) form.append(k, v)
    for (const f of list) form.append('file', f.file, f.path)
    try {
      const j = await send<Job>('POST', '/uploads', form)
      begun(j, j?.label ? server(j.label) : t('upload.on', { n: list.length }))
    } catch (e) {
      fail(e)
    }
    count(0)
  }
  const fetchThem = () => {
    const sent = typed.now()
    const urls = sent.split(/\s+/).filter(Boolean)
    if (urls.length === 0) return
    send<Job>('POST', '/jobs', { step: 'add-url', urls, ...given() }).then((j) => {
      const now = typed.now()
      if (now.startsWith(sent)) typed.drop(now.slice(sent.length)) // what came since stays
      begun(j, j?.label ? server(j.label) : t('addresses.on', { n: urls.length }))
    }, fail)
  }
  const chosen = (e: Event) => {
    const el = e.currentTarget as HTMLInputElement
    void upload([...(el.files ?? [])].map((file) => ({ file, path: (file as any).webkitRelativePath || file.name })))
    el.value = ''
  }
  return (
    <>
      <details class="search-of" open={Object.values(of).some((x) => x.trim())}>
        <summary>{t('search.of')}</summary>
        <div class="form">
          {(['search', 'database', 'query', 'filters', 'made', 'hits'] as const).map((k) => (
            <label key={k}>
              {t(('search.of.' + k) as Name)}
              <input class="line" dir="auto" value={of[k] ?? ''} placeholder={k === 'made' ? '2014-05-31' : undefined} inputMode={k === 'hits' ? 'numeric' : undefined} onInput={(e) => kept.put(JSON.stringify({ ...JSON.parse(kept.now() || '{}'), [k]: e.currentTarget.value }))} />
            </label>
          ))}
        </div>
      </details>
      <div class="intake">
        <div
          class={'drop' + (over ? ' over' : '')}
          onDragOver={(e) => {
            e.preventDefault()
            set(true)
          }}
          onDragLeave={() => set(false)}
          onDrop={(e) => {
            e.preventDefault()
            set(false)
            if (e.dataTransfer) void entries(e.dataTransfer.items).then(upload)
          }}
        >
          <p class="lead">{sending > 0 ? t('upload.sending', { n: sending }) : t('drop')}</p>
          <p class="quiet">{t('drop.what')}</p>
          <p class="row wrap">
            <Btn onClick={() => files.current?.click()}>{t('drop.files')}</Btn>
            <Btn onClick={() => folder.current?.click()}>{t('drop.folder')}</Btn>
          </p>
          <input ref={files} type="file" multiple hidden tabIndex={-1} aria-label={t('drop.files')} onChange={chosen} />
          <input ref={folder} type="file" hidden tabIndex={-1} aria-label={t('drop.folder')} onChange={chosen} {...({ webkitdirectory: true } as object)} />
        </div>
        <div class="paste">
          <label for="addresses">{t('addresses')}</label>
          <textarea id="addresses" class="line" rows={4} dir="ltr" spellcheck={false} value={addresses} onInput={(e) => typed.put(e.currentTarget.value)} onKeyDown={(e) => e.key === 'Enter' && (e.ctrlKey || e.metaKey) && fetchThem()} />
          <p class="row">
            <Btn k="Ctrl+Enter" onClick={fetchThem} disabled={!addresses.trim()}>
              {t('addresses.fetch')}
            </Btn>
            <span class="quiet">{t('addresses.hint')}</span>
          </p>
        </div>
      </div>
    </>
  )
}

export function CollectPage() {
  const from = useData<Collected>('/collect')
  const [supply, by] = useState<null | { name: string; key?: string }>(null)
  return (
    <main id="main" class="page" tabIndex={-1}>
      <h1>{t('nav.collect')}</h1>
      <Intake />
      <p class="row wrap">
        <Btn onClick={() => void send<Job>('POST', '/jobs', { step: 'extract' }).then((j) => begun(j, t('extract.on')), fail)}>{t('extract')}</Btn>
      </p>
      <Jobs />
      <Load from={from}>
        {(d) => (
          <>
            {(d.refused ?? []).length + (d.poor ?? []).length > 0 && (
              <section>
                <h2>{t('refused')}</h2>
                <ul class="plain lines">
                  {[...(d.refused ?? []).map((r) => ({ name: r.name || r.uri || '', why: r.why, share: r.share, key: r.article })), ...(d.poor ?? []).map((r) => ({ name: r.title || r.name || r.key, why: r.why, share: r.share, key: r.key }))].map((r) => (
                    <li key={r.name + r.why} class="link-line">
                      <span>
                        {r.key ? (
                          <a href={'/articles/' + encodeURIComponent(r.key)} dir="auto">
                            {r.name}
                          </a>
                        ) : (
                          <Own>{r.name}</Own>
                        )}
                        <small dir="auto">
                          {server(r.why)}
                          {r.share > 0 ? ' · ' + t('share.missing', { n: Math.round(r.share / 10) }) : ''}
                        </small>
                      </span>
                      <Btn kind="quiet" onClick={() => by({ name: r.name, key: r.key })}>
                        {t('supply')}
                      </Btn>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <section>
              <h2>{t('searches')}</h2>
              {(d.searches ?? []).length === 0 ? (
                <p class="quiet">{t('searches.none')}</p>
              ) : (
                <div class="scroll" tabIndex={0} role="region" aria-label={t('searches')}>
                  <table class="rows stack">
                    <thead>
                      <tr>
                        <th scope="col">{t('col.database')}</th>
                        <th scope="col">{t('col.query')}</th>
                        <th scope="col">{t('col.day')}</th>
                        <th scope="col">{t('history.by.actor')}</th>
                        <th scope="col" class="n">
                          {t('col.hits')}
                        </th>
                        <th scope="col" class="n">
                          {t('col.since')}
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {d.searches.map((x) => (
                        <tr key={x.id}>
                          <td dir="auto">{x.database}</td>
                          <td class="main-cell" dir="auto">
                            <code>{x.query}</code>
                            {x.filters && <small>{x.filters}</small>}
                          </td>
                          <td class="nowrap">{day(x.day)}</td>
                          <td dir="auto">{x.by}</td>
                          <td class="n" data-label={t('col.hits')}>
                            {number(x.hits)}
                          </td>
                          <td class="n" data-label={t('col.since')}>
                            {x.since ? number(x.since) : ''}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </section>
            {(d.feeds ?? []).length > 0 && (
              <section>
                <h2>{t('feeds')}</h2>
                <ul class="plain lines">
                  {d.feeds.map((f) => (
                    <li key={f.uri}>
                      <Own>{f.uri}</Own>
                      <small>{[day(f.last), f.new ? t('feeds.new', { n: f.new }) : ''].filter(Boolean).join(' · ')}</small>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </Load>
      {supply && (
        <Ask
          title={t('supply.title', { name: supply.name })}
          about={supply.key ?? supply.name}
          long
          close={() => by(null)}
          save={(text) => {
            const form = new FormData()
            form.append('file', new Blob([text], { type: 'text/plain' }), 'typed.txt')
            form.append('for', supply.key ?? supply.name)
            return send<Job>('POST', '/uploads', form).then((j) => begun(j, t('supply.on')), (e) => (fail(e), false))
          }}
        />
      )}
    </main>
  )
}
