import { useQueryClient } from '@tanstack/react-query'
import type { Customer } from '#api/customers'
import * as api from '#api/sites'
import { type Site, siteTypes } from '#api/sites'
import { call } from '#web/http/call.ts'
import { FieldRow, SelectField, TextField } from '#web/ui/field.tsx'
import { useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { useCountries, useStatesOf } from './places.ts'
import { edited, useSaving } from '#web/ui/use-saving.ts'

type SiteType = (typeof siteTypes)[number]

interface Values {
  readonly name: string
  readonly timeZone: string
  readonly country: string
  readonly region: string
  readonly siteType: SiteType
  readonly segment: string
  readonly market: string
}

interface SiteDialogProps {
  readonly customer: Customer
  /** The one to change; none to add one. */
  readonly site: Site | null
  readonly onClose: () => void
}

/** Where people work: its zone and its place decide about hours and holidays. */
export function SiteDialog({ customer, site, onClose }: SiteDialogProps) {
  const t = useText()
  const cache = useQueryClient()
  const countries = useCountries()
  const initial = site === null ? emptyFor(customer) : valuesOf(site)
  // Without a site nothing is changed, and nothing can have moved on.
  const saving = useSaving(site ?? { version: 0, ...NO_SITE }, () =>
    call(api.getSite, { params: { id: site?.id ?? '' } }),
  )
  const form = useForm<Values>({
    initial,
    check: ({ name, timeZone }) => ({
      name: name.trim() === '' ? t('customers.site.name-missing') : undefined,
      timeZone: timeZone === '' ? t('customers.zone-missing') : undefined,
    }),
    async submit(values) {
      if (site === null) await call(api.addSite, { body: { customer: customer.id, ...sent(values) } })
      else {
        const body = sent(edited(initial, values))
        await saving.save((match) => call(api.changeSite, { params: { id: site.id }, body, match }))
      }
      await Promise.all(['sites', 'choices'].map((key) => cache.invalidateQueries({ queryKey: [key] })))
      notify(t(site === null ? 'customers.site.added' : 'customers.changed', { name: values.name }))
      onClose()
    },
  })
  const states = useStatesOf(form.values.country)
  const country = form.field('country')
  const none = { value: '', label: t('customers.none') }
  const option = ({ code, name }: { readonly code: string; readonly name: string }) => ({ value: code, label: name })
  const known = states.some(({ code }) => code === form.values.region)
  const line = (name: string, of: (values: Values) => string) => ({
    name,
    theirs: of(saving.moved === null ? initial : valuesOf(saving.moved)),
    mine: of(form.values),
  })
  return (
    <RecordDialog
      customer={customer}
      kind="site"
      record={site}
      form={form}
      moved={
        saving.moved && [
          line(t('customers.name'), ({ name }) => name),
          line(t('customers.site.type'), ({ siteType }) => t(`customers.site.type.${siteType}`)),
          line(t('customers.site.country'), (values) => values.country),
          line(t('customers.site.region'), ({ region }) => region),
          line(t('customers.site.segment'), ({ segment }) => segment),
          line(t('customers.site.market'), ({ market }) => market),
          line(t('customers.zone'), ({ timeZone }) => timeZone),
        ]
      }
      onClose={onClose}
    >
      <TextField field={form.field('name')} label={t('customers.name')} maxLength={200} autoFocus />
      <SelectField
        field={form.field('siteType')}
        label={t('customers.site.type')}
        options={siteTypes.map((value) => ({ value, label: t(`customers.site.type.${value}`) }))}
      />
      <FieldRow>
        <SearchField
          field={{ ...country, onChange: (value) => form.set({ country: value, region: '' }) }}
          label={t('customers.site.country')}
          options={[none, ...countries.map(option)]}
        />
        {(states.length > 0 || form.values.region !== '') && (
          <SearchField
            field={form.field('region')}
            label={t('customers.site.region')}
            options={[
              none,
              ...(known || form.values.region === '' ? [] : [{ value: form.values.region, label: form.values.region }]),
              ...states.map(option),
            ]}
          />
        )}
      </FieldRow>
      <FieldRow>
        <TextField field={form.field('segment')} label={t('customers.site.segment')} optional maxLength={80} />
        <TextField field={form.field('market')} label={t('customers.site.market')} optional maxLength={80} />
      </FieldRow>
      <ZonePicker field={form.field('timeZone')} label={t('customers.zone')} hint={t('customers.site.zone-hint')} />
    </RecordDialog>
  )
}

const NO_SITE = {
  name: '',
  timeZone: '',
  country: null,
  region: null,
  siteType: 'office',
  segment: null,
  market: null,
  calendarId: null,
}

function emptyFor({ timeZone }: Customer): Values {
  return { name: '', timeZone, country: '', region: '', siteType: 'office', segment: '', market: '' }
}

function valuesOf({
  name,
  timeZone,
  country,
  region,
  siteType,
  segment,
  market,
}: Omit<Site, 'id' | 'customerId' | 'calendarId' | 'version'>): Values {
  return {
    name,
    timeZone,
    country: country ?? '',
    region: region ?? '',
    siteType: typeOf(siteType),
    segment: segment ?? '',
    market: market ?? '',
  }
}

/** An older program may have written a kind that is none any more. */
export function typeOf(siteType: string): SiteType {
  return siteTypes.find((known) => known === siteType) ?? 'other'
}

type Emptied = 'country' | 'region' | 'segment' | 'market'

function sent<Given extends Partial<Values>>(
  values: Given,
): Omit<Given, Emptied> & { [Key in Emptied]?: string | null } {
  const { country, region, segment, market, ...rest } = values
  return {
    ...rest,
    ...(country !== undefined && { country: country || null }),
    ...(region !== undefined && { region: region || null }),
    ...(segment !== undefined && { segment: segment.trim() || null }),
    ...(market !== undefined && { market: market.trim() || null }),
  }
}
