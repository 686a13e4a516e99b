import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { LARGEST_LOGO } from '#api/organisation'
import { barredFromMaking } from '#api/reviews'
import * as api from '#api/reviews'
import { isColour } from '#core/colour.ts'
import { customerQuery } from '#web/app/customers.ts'
import { call } from '#web/http/call.ts'
import { upload } from '#web/http/upload.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { KeptFile } from '#web/ui/kept-file.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { pictureOf } from '#web/ui/picture-of.ts'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './brand-page.module.css'
import { brandQuery } from './queries.ts'

const route = getRouteApi('/shell/customers/$id/brand')

/** How documents for a customer look: its colour, its logo, its slides. */
export function BrandPage() {
  const t = useText()
  const { id } = route.useParams()
  const barred = barredFromMaking(useAsker())
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  return (
    <Page
      title={t('reviews.brand.title')}
      lede={t('reviews.brand.lede', { customer: customer.name })}
      crumb={
        <Link to="/customers/$id" params={{ id }}>
          {customer.name}
        </Link>
      }
    >
      {barred === null ? (
        <>
          <Colour id={id} />
          <Logo id={id} />
          <Slides id={id} />
        </>
      ) : (
        <Problem title={t(barred)} />
      )}
    </Page>
  )
}

/** Asks anew what documents look like. */
function useSeen(id: string) {
  const cache = useQueryClient()
  return () => cache.invalidateQueries({ queryKey: ['brand', id] })
}

function Colour({ id }: { readonly id: string }) {
  const t = useText()
  const seen = useSeen(id)
  const { data: brand } = useSuspenseQuery(brandQuery(id))
  const form = useForm({
    initial: { accent: brand.accent ?? '' },
    check: ({ accent }) => ({
      accent: accent === '' || isColour(accent) ? undefined : t('reviews.brand.colour-wrong'),
    }),
    async submit({ accent }) {
      await call(api.setBrandColour, { params: { id }, body: { accent: accent === '' ? null : accent.toLowerCase() } })
      await seen()
      notify(t('reviews.brand.saved'))
    },
  })
  return (
    <Section title={t('reviews.brand.colour')}>
      <Form form={form} guard action={t('reviews.brand.save')}>
        <TextField
          field={form.field('accent')}
          label={t('reviews.brand.colour')}
          hint={t('reviews.brand.colour-hint')}
          placeholder="#1c4f8c"
          maxLength={7}
          optional
        />
        {isColour(form.values.accent) && <i className={classes.sample} style={{ background: form.values.accent }} />}
      </Form>
    </Section>
  )
}

function Logo({ id }: { readonly id: string }) {
  const t = useText()
  const seen = useSeen(id)
  const { data: brand, dataUpdatedAt } = useSuspenseQuery(brandQuery(id))
  const params = { id }
  return (
    <Section title={t('reviews.brand.logo')} hint={t('reviews.brand.logo-hint')}>
      <KeptFile
        kept={
          brand.logo && (
            <img src={`/api/v1/customers/${id}/brand/logo?v=${dataUpdatedAt}`} alt={t('reviews.brand.logo')} />
          )
        }
        remove={t('reviews.brand.remove')}
        onRemove={async () => {
          await call(api.removeBrandLogo, { params })
          await seen()
        }}
        drop={t('reviews.brand.logo-drop')}
        hint={t('reviews.brand.logo-kinds', { kilobytes: LARGEST_LOGO / 1000 })}
        accept="image/png,image/svg+xml"
        onFile={async (file) => {
          await upload(api.setBrandLogo, { params }, file)
          // Old programs for slides show no drawings. Where no picture comes about they show nothing, as before.
          const picture = file.type === 'image/svg+xml' ? await pictureOf(URL.createObjectURL(file)) : null
          if (picture !== null && picture.size <= LARGEST_LOGO)
            await upload(api.setBrandLogoPicture, { params }, picture)
          await seen()
          notify(t('reviews.brand.saved'))
        }}
      />
    </Section>
  )
}

function Slides({ id }: { readonly id: string }) {
  const t = useText()
  const seen = useSeen(id)
  const { data: brand } = useSuspenseQuery(brandQuery(id))
  const params = { id }
  return (
    <Section title={t('reviews.brand.slides')} hint={t('reviews.brand.slides-hint')}>
      <KeptFile
        kept={brand.slideMaster && <p>{t('reviews.brand.slides-kept', { name: brand.slideMaster.name })}</p>}
        remove={t('reviews.brand.remove')}
        onRemove={async () => {
          await call(api.removeBrandSlides, { params })
          await seen()
        }}
        drop={t('reviews.brand.slides-drop')}
        hint={t('reviews.brand.slides-kinds')}
        accept=".pptx,.potx"
        onFile={async (file) => {
          await upload(api.setBrandSlides, { params, query: { name: file.name } }, file)
          await seen()
          notify(t('reviews.brand.saved'))
        }}
      />
    </Section>
  )
}
