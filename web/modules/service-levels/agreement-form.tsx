import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as api from '#api/service-levels'
import { type Agreement, type AgreementVersion, type Calendar, defaultTerms, type Terms } from '#api/service-levels'
import type { CalendarVersion } from '#core/calendar.ts'
import { instantAt, localAt } from '#core/zone.ts'
import { customerQuery } from '#web/app/customers.ts'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { browserZone } from '#web/ui/format.ts'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { AgreementHours, NEW_HOURS } from './agreement-hours.tsx'
import { TargetFields, usualSample } from './agreement-targets.tsx'
import { TermsFields } from './agreement-terms-fields.tsx'
import { gridOf, type TargetGrid, targetsOf } from './agreements-draft.ts'
import { calendarsQuery, firstYearQuery } from './agreements-queries.ts'
import { type HoursDraft, officeHours, readHours } from './calendar-draft.ts'
import { todayDate, thisYear } from './calendar-today.ts'
import { sentHours } from './calendar-sent.ts'
import classes from './agreements.module.css'

interface Values {
  readonly customer: string
  readonly name: string
  /** Id, or {@link NEW_HOURS}. */
  readonly calendar: string
  readonly calendarName: string
  readonly hours: HoursDraft
  /** A local date; null while it follows from the customer's incidents. */
  readonly validFrom: string | null
  readonly grid: TargetGrid
  readonly terms: Terms
}

interface AgreementFormProps {
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  /** Id; empty while none is chosen. */
  readonly customer: string
  /** Null for a new one. */
  readonly agreement: Agreement | null
  /** What the form begins with: a draft is replaced, any other version copied. */
  readonly version: AgreementVersion | null
}

export function AgreementForm({ customers, customer, agreement, version }: AgreementFormProps) {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  // Said by the button that is pressed, before its form is sent.
  const activate = useRef(true)
  const [activating, setActivating] = useState(true)
  const press = (on: boolean) => {
    activate.current = on
    setActivating(on)
  }
  const [sample, setSample] = useState(usualSample)
  const [made, setMade] = useState<Calendar | null>(null)
  const [tried, setTried] = useState(false)
  const draft = version?.state === 'draft'
  const form = useForm<Values>({
    initial: {
      customer,
      name: agreement?.name ?? '',
      calendar: version?.calendarId ?? '',
      calendarName: '',
      hours: officeHours(browserZone()),
      validFrom: agreement === null ? null : draft ? null : todayDate(),
      grid: gridOf(version?.targets ?? []),
      terms: version?.terms ?? defaultTerms,
    },
    check,
    submit: send,
    paths: { 'body.name': 'name' },
  })
  const { values } = form
  const chosen = values.customer || undefined
  const { data: owner } = useQuery({ ...customerQuery(values.customer), enabled: chosen !== undefined })
  const { data: firstYear } = useQuery({
    ...firstYearQuery(values.customer),
    enabled: chosen !== undefined && agreement === null,
  })
  const { data: calendars } = useQuery({ ...calendarsQuery(chosen), enabled: chosen !== undefined })
  const known = made === null ? (calendars ?? []) : [made, ...(calendars ?? []).filter(({ id }) => id !== made.id)]
  // Whoever has no calendar yet makes one, whoever has one takes it; else the choice is open until somebody makes it.
  const calendarId = values.calendar || onlyChoice(calendars)
  const calendar = known.find(({ id }) => id === calendarId)
  const zone = owner?.timeZone ?? browserZone()
  const beginning =
    draft && version !== null ? localDay(version.validFrom, zone) : `${firstYear ?? thisYear() - 1}-01-01`
  const validFrom = values.validFrom ?? beginning
  const hours = calendarId === NEW_HOURS ? versionsOfDraft(values.hours) : calendar ? versionsOf(calendar) : null

  function check(typed: Values) {
    setTried(true)
    const targets = targetsOf(typed.grid)
    const making = calendarId === NEW_HOURS
    return {
      customer: typed.customer === '' ? t('agreements.customer-missing') : undefined,
      name: typed.name.trim() === '' ? t('agreements.name-missing') : undefined,
      calendar: calendarId === '' ? t('agreements.hours-missing') : undefined,
      calendarName: making && typed.calendarName.trim() === '' ? t('agreements.calendar.name-missing') : undefined,
      hours: making && readHours(typed.hours).rules === null ? t('agreements.calendar.wrong') : undefined,
      validFrom: /^\d{4}-\d\d-\d\d$/.test(validFrom) ? undefined : t('agreements.valid-from-missing'),
      grid:
        targets === null
          ? t('agreements.targets-wrong')
          : targets.length === 0
            ? t('agreements.targets-missing')
            : undefined,
    }
  }

  async function send(typed: Values) {
    let id = calendarId
    if (id === NEW_HOURS) {
      const added = await call(api.addCalendar, {
        body: { name: typed.calendarName.trim(), customer: typed.customer, ...sentHours(typed.hours) },
      })
      // Should the agreement be refused, its hours are there already and are not made a second time.
      setMade(added)
      form.set({ calendar: added.id })
      id = added.id
    }
    const body = {
      calendar: id,
      validFrom: new Date(instantAt(zone, Date.parse(`${validFrom}T00:00Z`))),
      services: version?.serviceIds ?? [],
      terms: { ...typed.terms, pausedBy: [...typed.terms.pausedBy] },
      targets: [...(targetsOf(typed.grid) ?? [])],
    }
    const kept = await keep(body, typed)
    await Promise.all(
      ['agreements', 'calendars', 'choices', 'what-is', 'attainment'].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    )
    notify(t(activate.current ? 'agreements.done.active' : 'agreements.done.draft', { name: kept.name }))
    await navigate({ to: '/agreements/$id', params: { id: kept.id }, ignoreBlocker: true })
  }

  async function keep(body: api.NewAgreementVersion, typed: Values): Promise<Agreement> {
    if (agreement === null) {
      return call(api.addAgreement, {
        body: { ...body, name: typed.name, customer: typed.customer, activate: activate.current },
      })
    }
    // What is there now, for somebody may have changed it since.
    const { version: match } = await call(api.getAgreement, { params: { id: agreement.id } })
    const kept =
      draft && version !== null
        ? await call(api.changeAgreementVersion, { params: { id: agreement.id, versionId: version.id }, body, match })
        : await call(api.addAgreementVersion, { params: { id: agreement.id }, body, match })
    if (!activate.current) return kept
    const versionId = draft && version !== null ? version.id : kept.versions[0]!.id
    return call(api.activateAgreementVersion, { params: { id: agreement.id, versionId }, match: kept.version })
  }

  return (
    <div className={classes.form}>
      <Form
        form={form}
        guard
        label={t('agreements.new')}
        actions={
          <>
            <Button main type="submit" busy={form.busy && activating} onClick={() => press(true)}>
              {t('agreements.do-activate')}
            </Button>
            <Button type="submit" busy={form.busy && !activating} onClick={() => press(false)}>
              {t('agreements.do-draft')}
            </Button>
          </>
        }
      >
        {agreement === null && (
          <div className={classes.who}>
            <SearchField
              field={{ ...form.field('customer'), onChange: (value) => form.set({ customer: value, calendar: '' }) }}
              label={t('agreements.customer')}
              options={customers.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <TextField
              field={form.field('name')}
              label={t('agreements.name')}
              hint={t('agreements.name-hint')}
              maxLength={200}
            />
          </div>
        )}
        {chosen !== undefined && (
          <>
            <Section title={t('agreements.hours')} hint={t('agreements.hours-hint')}>
              <AgreementHours
                calendars={known}
                field={{ ...form.field('calendar'), value: calendarId }}
                name={form.field('calendarName')}
                hours={form.field('hours')}
                strict={tried}
              />
            </Section>
            <Section title={t('agreements.targets')} hint={t('agreements.targets-hint')}>
              <TargetFields
                grid={values.grid}
                onChange={form.field('grid').onChange}
                hours={hours}
                sample={sample}
                onSample={setSample}
                error={form.field('grid').error}
              />
            </Section>
            <Section title={t('agreements.valid-from')}>
              <div className={classes.narrow}>
                <TextField
                  field={{ ...form.field('validFrom'), value: validFrom }}
                  type="date"
                  label={t('agreements.valid-from-day')}
                  hint={t(agreement === null ? 'agreements.valid-from-hint' : 'agreements.valid-from-hint-version')}
                />
              </div>
            </Section>
            <Section title={t('agreements.terms')} hint={t('agreements.terms-hint')}>
              <TermsFields terms={values.terms} onChange={form.field('terms').onChange} />
            </Section>
          </>
        )}
      </Form>
    </div>
  )
}

function onlyChoice(calendars: readonly Calendar[] | undefined): string {
  if (calendars === undefined || calendars.length > 1) return ''
  return calendars[0]?.id ?? NEW_HOURS
}

function localDay(at: Date, zone: string): string {
  return new Date(localAt(zone, at.getTime())).toISOString().slice(0, 10)
}

function versionsOfDraft(draft: HoursDraft): readonly CalendarVersion[] | null {
  const { rules } = readHours(draft)
  return rules === null ? null : [{ rules, from: -Infinity, to: Infinity }]
}

function versionsOf({ versions }: Calendar): readonly CalendarVersion[] {
  return versions
    .map(({ rules, validFrom, validTo }) => ({ rules, from: validFrom.getTime(), to: validTo?.getTime() ?? Infinity }))
    .toSorted((one, other) => one.from - other.from)
}
