import type { CatalogueItem, CatalogueItemChange } from '#api/catalogue'
import { type Row, rowsOf } from '#web/ui/rows.ts'

/** What is typed of a field: each of its words stands by itself. */
export interface FieldValues {
  readonly key: string
  readonly kind: CatalogueItem['fields'][number]['kind']
  readonly de: string
  readonly en: string
  readonly purposeDe: string
  readonly purposeEn: string
  readonly required: boolean
  /** A line for each: `value: German / English`. */
  readonly options: string
  /** Key of a field before it, and by commas the answers that it is asked for. */
  readonly when: string
  readonly is: string
}

export interface StepValues {
  readonly by: NonNullable<CatalogueItem['inside']>['approval'][number]['by']
  readonly person: string
  readonly from: number | null
}

export interface TaskValues {
  readonly kind: NonNullable<CatalogueItem['inside']>['plan'][number]['kind']
  readonly de: string
  readonly en: string
  readonly team: string
  readonly url: string
  readonly stage: number | null
  readonly hours: number | null
  readonly uses: string
}

export interface ItemValues {
  readonly customer: string
  readonly nameDe: string
  readonly nameEn: string
  readonly synonymsDe: string
  readonly synonymsEn: string
  readonly descriptionDe: string
  readonly descriptionEn: string
  readonly service: string
  readonly site: string
  readonly role: '' | 'requester' | 'customer-stakeholder'
  readonly price: number | null
  readonly currency: string
  readonly secret: string
  readonly fields: readonly Row<FieldValues>[]
  readonly approval: readonly Row<StepValues>[]
  readonly plan: readonly Row<TaskValues>[]
}

export const newField: FieldValues = {
  key: '',
  kind: 'text',
  de: '',
  en: '',
  purposeDe: '',
  purposeEn: '',
  required: false,
  options: '',
  when: '',
  is: '',
}
export const newStep: StepValues = { by: 'customer-stakeholder', person: '', from: null }
export const newTask: TaskValues = { kind: 'people', de: '', en: '', team: '', url: '', stage: 1, hours: 4, uses: '' }

export const newItem: ItemValues = {
  customer: '',
  nameDe: '',
  nameEn: '',
  synonymsDe: '',
  synonymsEn: '',
  descriptionDe: '',
  descriptionEn: '',
  service: '',
  site: '',
  role: '',
  price: null,
  currency: 'EUR',
  secret: '',
  fields: [],
  approval: [],
  plan: rowsOf([newTask]),
}

const MINOR = 100
const HOUR_SECONDS = 3600

/** What is there of an item, as it is typed. */
export function valuesOf(item: CatalogueItem): ItemValues {
  const { name, synonyms, description, price, inside, fields } = item
  return {
    ...newItem,
    customer: item.customer?.id ?? '',
    nameDe: name.de,
    nameEn: name.en,
    synonymsDe: synonyms.de.join(', '),
    synonymsEn: synonyms.en.join(', '),
    descriptionDe: description.de,
    descriptionEn: description.en,
    service: item.service?.id ?? '',
    site: item.sites[0]?.id ?? '',
    role: (item.roles.length === 1 ? item.roles[0] : '') as ItemValues['role'],
    price: price === null ? null : price.amountMinor / MINOR,
    currency: price?.currency ?? 'EUR',
    fields: rowsOf(
      fields.map(({ label, purpose, options, when, ...rest }) => ({
        ...rest,
        ...label,
        purposeDe: purpose.de,
        purposeEn: purpose.en,
        options: options.map(({ value, label: of }) => `${value}: ${of.de} / ${of.en}`).join('\n'),
        when: when?.field ?? '',
        is: when?.is.join(', ') ?? '',
      })),
    ),
    approval: rowsOf(
      (inside?.approval ?? []).map(({ by, person, from }) => ({
        by,
        person: person ?? '',
        from: from === null ? null : from / MINOR,
      })),
    ),
    plan: rowsOf(
      (inside?.plan ?? []).map(({ title, team, url, seconds, uses, ...rest }) => ({
        ...rest,
        ...title,
        team: team ?? '',
        url: url ?? '',
        hours: seconds / HOUR_SECONDS,
        uses: uses.join(', '),
      })),
    ),
  }
}

/** As it is sent. */
export function bodyOf(values: ItemValues): CatalogueItemChange {
  const { price, secret, currency, service, site, role } = values
  return {
    name: words(values.nameDe, values.nameEn),
    synonyms: { de: listed(values.synonymsDe), en: listed(values.synonymsEn) },
    description: words(values.descriptionDe, values.descriptionEn),
    service: service || null,
    sites: site === '' ? [] : [site],
    roles: role === '' ? [] : [role],
    price: price === null ? null : { amountMinor: Math.round(price * MINOR), currency: currency.trim().toUpperCase() },
    ...(secret !== '' && { secret }),
    fields: values.fields.map(({ kind, purposeDe, purposeEn, required, options, when, is, ...field }) => ({
      key: keyOf(field),
      kind,
      label: words(field.de, field.en),
      purpose: words(purposeDe, purposeEn),
      required,
      options: kind === 'choice' ? optionsFrom(options) : [],
      when: when === '' ? null : { field: when, is: listed(is) },
    })),
    approval: values.approval.map(({ by, person, from }) => ({
      by,
      person: by === 'person' ? person || null : null,
      from: from === null ? null : Math.round(from * MINOR),
    })),
    plan: values.plan.map(({ kind, de, en, team, url, stage, hours, uses }) => ({
      kind,
      title: words(de, en),
      team: kind === 'people' ? team || null : null,
      url: kind === 'call' ? url.trim() || null : null,
      stage: stage ?? 1,
      seconds: Math.round((hours ?? 0) * HOUR_SECONDS),
      uses: listed(uses),
    })),
  }
}

function words(de: string, en: string): { de: string; en: string } {
  return { de: de.trim(), en: en.trim() }
}

function listed(text: string): string[] {
  return text.split(',').flatMap((each) => each.trim() || [])
}

/** By what programs and the plan name a field: as it was said, else from its label. */
export function keyOf({ key, de, en }: Pick<FieldValues, 'key' | 'de' | 'en'>): string {
  return key.trim() || keyFrom(en || de)
}

const letters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

function keyFrom(label: string): string {
  const plain = label.toLowerCase().replaceAll(/[äöüß]/g, (letter) => letters[letter]!)
  return (
    plain
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[^a-z]+|-+$/g, '')
      .slice(0, 40) || 'field'
  )
}

/** Choices from lines such as `light: Leicht / Light`, or a word for both languages. */
function optionsFrom(text: string): { value: string; label: { de: string; en: string } }[] {
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const [first = '', ...rest] = line.split(':')
    const said = rest.length === 0 ? first : rest.join(':')
    const [de = '', en = ''] = said.split(' / ').map((each) => each.trim())
    return [{ value: rest.length === 0 ? keyFrom(first) : first.trim(), label: { de, en: en || de } }]
  })
}
