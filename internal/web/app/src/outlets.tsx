// Outlets: who owns each, and names that mean the same one. Both are decisions,
// and are undone like any.

import { useState } from 'preact/hooks'
import { useData } from './client'
import { decide } from './decide'
import { may } from './exchange'
import { t } from './strings'
import { Btn, Load, Nothing, Own, Picker } from './ui'
import type { List } from './wire'

interface Outlet { name: string; articles: number; originals: number; owner: string; also: string[] }

export function Outlets() {
  const from = useData<List<Outlet>>('/outlets')
  const [ask, question] = useState<{ what: 'owner' | 'name'; of: Outlet } | null>(null)
  const owners = [...new Set((from.data?.items ?? []).map((x) => x.owner).filter(Boolean))]
  const own = (o: Outlet, owner: string) => void decide([{ do: 'owner', outlet: o.name, owner }]).catch(() => {})
  const called = (o: Outlet, to: string) => void decide([{ do: 'outlet', outlet: o.name, to }], { group: t('outlets.group', { from: o.name, to }) }).catch(() => {})
  const lead = may('decide')
  return (
    <section class="outlets">
      <p class="quiet">{t('outlets.how')}</p>
      <Load from={from}>
        {(d) =>
          d.items.length === 0 ? (
            <Nothing title={t('outlets.none')} />
          ) : (
            <table class="rows stack">
              <thead>
                <tr>
                  <th scope="col">{t('filter.outlet')}</th>
                  <th scope="col" class="n">{t('nav.articles')}</th>
                  <th scope="col" class="n">{t('col.originals')}</th>
                  <th scope="col">{t('outlets.owner')}</th>
                  <th scope="col">
                    <span class="hear">{t('answer')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {d.items.map((o) => (
                  <tr key={o.name}>
                    <th scope="row">
                      <a href={'/articles?outlet=' + encodeURIComponent(o.name)}>
                        <Own>{o.name || t('outlets.unnamed')}</Own>
                      </a>
                      {o.also.length > 0 && <small dir="auto">{t('outlets.also', { names: o.also.join(', ') })}</small>}
                    </th>
                    <td class="n" data-label={t('nav.articles')}>{o.articles}</td>
                    <td class="n" data-label={t('col.originals')}>{o.originals}</td>
                    <td data-label={t('outlets.owner')}>{o.owner ? <Own>{o.owner}</Own> : <span class="quiet">{t('outlets.owner.none')}</span>}</td>
                    <td>
                      {lead && o.name && (
                        <span class="row wrap">
                          <Btn kind="quiet" label={t('outlets.owner.give') + ': ' + o.name} onClick={() => question({ what: 'owner', of: o })}>
                            {t('outlets.owner.give')}
                          </Btn>
                          <Btn kind="quiet" label={t('outlets.name.give') + ': ' + o.name} onClick={() => question({ what: 'name', of: o })}>
                            {t('outlets.name.give')}
                          </Btn>
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Load>
      {ask?.what === 'owner' && (
        <Picker
          title={t('outlets.owner.of', { name: ask.of.name })}
          close={() => question(null)}
          placeholder={t('outlets.owner.who')}
          digits={false}
          choices={[...owners.filter((x) => x !== ask.of.owner).map((x) => ({ id: x, label: x, run: () => own(ask.of, x) })), ...(ask.of.owner ? [{ id: '-', label: t('outlets.owner.none'), run: () => own(ask.of, '') }] : [])]}
          free={{ label: (x) => x, run: (x) => own(ask.of, x) }}
        />
      )}
      {ask?.what === 'name' && (
        <Picker
          title={t('outlets.name.which', { name: ask.of.name })}
          close={() => question(null)}
          digits={false}
          note={t('outlets.name.how', { n: ask.of.articles })}
          choices={(from.data?.items ?? []).filter((x) => x.name && x.name !== ask.of.name).map((x) => ({ id: x.name, label: x.name, detail: t('articles.n', { n: x.articles }), run: () => called(ask.of, x.name) }))}
          free={{ label: (x) => x, run: (x) => called(ask.of, x) }}
        />
      )}
    </section>
  )
}
