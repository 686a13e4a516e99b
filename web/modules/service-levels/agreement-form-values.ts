import { defaultTerms, type AgreementVersion, type Calendar, type Terms } from '#api/service-levels'
import type { CalendarVersion } from '#core/calendar.ts'
import { localAt } from '#core/zone.ts'
import { browserZone } from '#web/ui/format.ts'
import type { Say } from '#web/ui/text.tsx'
import { readAtRisk, readLevels, type TypedLevels, typedLevels } from './agreement-figures.ts'
import { readFulfilment, type TypedFulfilment, typedFulfilment } from './agreement-fulfilment.ts'
import { NEW_HOURS } from './agreement-hours.tsx'
import { type AgreementKind, missingOf } from './agreement-kind.ts'
import type { ChosenServices } from './agreement-services-fields.tsx'
import { gridOf, type OtherTarget, type TargetGrid, targetsOf, typedOthers } from './agreements-draft.ts'
import { type HoursDraft, officeHours, readHours } from './calendar-draft.ts'
import { todayDate } from './calendar-today.ts'

/** What is typed into the form of an agreement. */
export interface Values {
  readonly customer: string
  readonly name: string
  /** Id, or {@link NEW_HOURS}. */
  readonly calendar: string
  readonly calendarName: string
  readonly hours: HoursDraft
  /** A local date; null while it follows from the customer's incidents. */
  readonly validFrom: string | null
  readonly grid: TargetGrid
  readonly others: readonly OtherTarget[]
  readonly orders: readonly TypedFulfilment[]
  readonly terms: Terms
  readonly levels: TypedLevels
  readonly atRisk: string
  readonly kind: AgreementKind
  readonly services: ChosenServices
}

interface Beginning {
  readonly customer: string
  readonly name: string
  readonly kind: AgreementKind
  /** What the form begins with. */
  readonly version: AgreementVersion | null
  readonly isNew: boolean
  readonly inDays: (count: number) => string
}

/** What the form begins with: of a version what it says, else what is usual. */
export function initialValues({ customer, name, kind, version, isNew, inDays }: Beginning): Values {
  const terms = version?.terms ?? defaultTerms
  return {
    customer,
    name,
    calendar: version?.calendarId ?? '',
    calendarName: '',
    hours: officeHours(browserZone()),
    validFrom: isNew || version?.state === 'draft' ? null : todayDate(),
    grid: gridOf(version?.targets ?? [], inDays),
    others: typedOthers(version?.targets ?? [], inDays),
    orders: typedFulfilment(terms.fulfilment, inDays),
    terms,
    levels: typedLevels(terms),
    atRisk: terms.atRisk.join(', '),
    kind,
    services: version === null || version.serviceIds.length === 0 ? null : version.serviceIds,
  }
}

/** What is wrong, by field. */
export type WrongFields = Partial<Record<keyof Values, string | undefined>>

/** What is wrong or missing in what is typed, by field. */
export function wrongIn(
  t: Say,
  typed: Values,
  { calendarId, validFrom }: { readonly calendarId: string; readonly validFrom: string },
): WrongFields {
  const inGrid = targetsOf(typed.grid)
  const targets = targetsOf(typed.grid, typed.others)
  const missing = missingOf(typed.kind)
  const making = calendarId === NEW_HOURS
  return {
    customer: typed.customer === '' ? t('agreements.customer-missing') : undefined,
    name: typed.name.trim() === '' ? t('agreements.name-missing') : undefined,
    calendar: calendarId === '' ? t('agreements.hours-missing') : undefined,
    calendarName: making && typed.calendarName.trim() === '' ? t('agreements.calendar.name-missing') : undefined,
    hours: making && readHours(typed.hours).rules === null ? t('agreements.calendar.wrong') : undefined,
    validFrom: /^\d{4}-\d\d-\d\d$/.test(validFrom) ? undefined : t('agreements.valid-from-missing'),
    services: typed.services?.length === 0 ? t('agreements.services-missing') : undefined,
    grid:
      inGrid === null
        ? t('agreements.targets-wrong')
        : targets?.length === 0 && typed.orders.length === 0
          ? t('agreements.targets-missing')
          : undefined,
    others: inGrid !== null && targets === null ? t('agreements.targets-wrong') : undefined,
    orders: readFulfilment(typed.orders) === null ? t('agreements.orders-wrong') : undefined,
    levels: readLevels(typed.levels) === undefined ? t('agreements.levels-wrong') : undefined,
    atRisk: readAtRisk(typed.atRisk) === null ? t('agreements.at-risk-wrong') : undefined,
    kind: missing === null ? undefined : t(`agreements.party-missing.${missing}`),
  }
}

/** The terms with what is typed apart from them. */
export function termsOf({ terms, orders, levels, atRisk }: Values): Terms {
  return {
    ...terms,
    levels: readLevels(levels) ?? null,
    atRisk: [...(readAtRisk(atRisk) ?? terms.atRisk)],
    fulfilment: readFulfilment(orders) ?? terms.fulfilment,
  }
}

/** The calendar that is taken while nobody chose: the only one there is, or a new one where there is none. */
export function onlyChoice(calendars: readonly Calendar[] | undefined): string {
  if (calendars === undefined || calendars.length > 1) return ''
  return calendars[0]?.id ?? NEW_HOURS
}

/** The local date of a moment. */
export function localDay(at: Date, zone: string): string {
  return new Date(localAt(zone, at.getTime())).toISOString().slice(0, 10)
}

/** Hours that are being typed, as if they always held; null while they cannot be. */
export function versionsOfDraft(draft: HoursDraft): readonly CalendarVersion[] | null {
  const { rules } = readHours(draft)
  return rules === null ? null : [{ rules, from: -Infinity, to: Infinity }]
}

/** A calendar's hours in the order in which they hold. */
export function versionsOf({ versions }: Calendar): readonly CalendarVersion[] {
  return versions
    .map(({ rules, validFrom, validTo }) => ({ rules, from: validFrom.getTime(), to: validTo?.getTime() ?? Infinity }))
    .toSorted((one, other) => one.from - other.from)
}
