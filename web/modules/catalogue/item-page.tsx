import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/catalogue'
import { barredFromCatalogue, type CatalogueItem, said } from '#api/catalogue'
import { barredFromOrdering } from '#api/requests'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { ItemForm } from './item-form.tsx'
import { ItemState } from './item-state.tsx'
import { newItem, valuesOf } from './item-values.ts'
import { ItemVersions } from './item-versions.tsx'
import { itemQuery } from './queries.ts'

const route = getRouteApi('/shell/catalogue/$id')

/** Makes a new item. */
export function NewItemPage() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const barred = barredFromCatalogue(useAsker())
  return (
    <Page
      title={t('catalogue.new')}
      lede={t(barred ?? 'catalogue.new-lede')}
      crumb={<Link to="/catalogue">{t('catalogue.title')}</Link>}
    >
      {barred === null && (
        <Section title={t('catalogue.what')}>
          <ItemForm
            initial={newItem}
            action={t('catalogue.add')}
            onSubmit={async ({ customer, ...body }) => {
              const { id } = await call(api.addCatalogueItem, {
                body: { ...body, ...(customer !== '' && { customer }) },
              })
              void client.invalidateQueries({ queryKey: ['catalogue'] })
              notify(t('catalogue.added'))
              setTimeout(() => void navigate({ to: '/catalogue/$id', params: { id } }))
            }}
          />
        </Section>
      )}
    </Page>
  )
}

/** An item: what it says now, changing it, putting it on offer, and what it said before. */
export function ItemPage() {
  const { id } = route.useParams()
  const { data: item } = useSuspenseQuery(itemQuery(id))
  return <Shown key={`${item.id} ${item.version}`} item={item} />
}

function Shown({ item }: { readonly item: CatalogueItem }) {
  const t = useText()
  const language = useLanguage()
  const client = useQueryClient()
  const asker = useAsker()
  const barred = barredFromCatalogue(asker)
  const [failure, setFailure] = useState<unknown>(null)
  const { id, name, state, version, edition } = item
  const renew = () => client.invalidateQueries({ queryKey: ['catalogue'] })
  async function move(to: 'published' | 'withdrawn') {
    setFailure(null)
    try {
      await call(api.transitCatalogueItem, { params: { id }, body: { to } })
      notify(t('catalogue.moved', { to }))
    } catch (thrown) {
      setFailure(thrown)
    }
    await renew()
  }
  const offered = state === 'published'
  return (
    <Page
      title={said(name, language)}
      lede={
        <>
          <ItemState state={state} /> · {t('catalogue.edition', { number: edition })}
        </>
      }
      crumb={<Link to="/catalogue">{t('catalogue.title')}</Link>}
      actions={
        <>
          {offered && barredFromOrdering(asker) === null && (
            <LinkButton main to="/portal/order/$item" params={{ item: id }}>
              {t('catalogue.order')}
            </LinkButton>
          )}
          <Button
            main={!offered}
            barred={barred && t(barred)}
            onClick={() => void move(offered ? 'withdrawn' : 'published')}
          >
            {t(offered ? 'catalogue.withdraw' : 'catalogue.publish')}
          </Button>
        </>
      }
    >
      {failure !== null && <Problem failure={failure} />}
      <ItemVersions id={id} />
      <Section title={t('catalogue.change')}>
        {barred === null ? (
          <ItemForm
            initial={valuesOf(item)}
            known={item}
            action={t('catalogue.save')}
            onSubmit={async ({ customer: _customer, ...body }) => {
              await call(api.changeCatalogueItem, { params: { id }, body, match: version })
              notify(t('catalogue.saved'))
              setTimeout(() => void renew())
            }}
          />
        ) : (
          <p className="pl-quiet">{t(barred)}</p>
        )}
      </Section>
    </Page>
  )
}
