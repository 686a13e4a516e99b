import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as api from '#api/service-levels'
import type { Agreement, AgreementVersion, NewAgreementVersion } from '#api/service-levels'
import { instantAt } from '#core/zone.ts'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { AgreementHours, NEW_HOURS } from './agreement-hours.tsx'
import { beside, useTermLines } from './agreement-lines.ts'
import { FiguresFields } from './agreement-figures-fields.tsx'
import { initialValues, termsOf, type Values, type WrongFields, wrongIn } from './agreement-form-values.ts'
import { HoursTerms } from './agreement-hours-terms.tsx'
import { type AgreementKind, sentKind, withCustomer } from './agreement-kind.ts'
import { KindFields } from './agreement-kind-fields.tsx'
import { FulfilmentFields } from './agreement-fulfilment-fields.tsx'
import { OtherFields } from './agreement-other-fields.tsx'
import { placedRefusal } from './agreement-refusal.ts'
import { ServicesFields } from './agreement-services-fields.tsx'
import { ActivateDialog } from './agreement-steps.tsx'
import { TargetFields, usualSample } from './agreement-targets.tsx'
import { PriorityFields, TermsFields } from './agreement-terms-fields.tsx'
import { targetsOf } from './agreements-draft.ts'
import { sentHours } from './calendar-sent.ts'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { useAgreementCalendar } from './use-agreement-calendar.ts'
import { useDue } from './use-due.ts'
import { useKeeping } from './use-keeping.ts'
import { Unfold } from './unfold.tsx'
import { useServiceNames } from './use-service-names.ts'
import classes from './agreements.module.css'

interface AgreementFormProps {
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  /** Id; empty while none is chosen. */
  readonly customer: string
  /** Null for a new one. */
  readonly agreement: Agreement | null
  /** What the form begins with: a draft is replaced, any other version copied. */
  readonly version: AgreementVersion | null
  /** What a new agreement is called at first. */
  readonly name?: string
  /** With whom a new one is. */
  readonly kind?: AgreementKind
}

export function AgreementForm({
  customers,
  customer,
  agreement,
  version,
  name = '',
  kind = withCustomer,
}: AgreementFormProps) {
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
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const inDays = (count: number) => t('agreements.in-days', { count })
  const draft = agreement !== null && version?.state === 'draft'
  const keeping = useKeeping(agreement, draft ? version : null)
  const [putting, setPutting] = useState<{ readonly agreement: Agreement; readonly version: AgreementVersion } | null>(
    null,
  )
  const form = useForm<Values>({
    initial: initialValues({
      customer,
      name: agreement?.name ?? name,
      kind,
      version,
      isNew: agreement === null,
      inDays,
    }),
    check,
    submit: send,
    paths: { 'body.name': 'name' },
  })
  const { values } = form
  const chosen = values.customer || undefined
  const { known, calendarId, calendar, zone, validFrom, hours, setMade } = useAgreementCalendar(values, {
    agreement,
    draft: draft ? version : null,
  })
  const lines = useTermLines({ customer: values.customer, services: useServiceNames(values.customer), zone })
  const due = useDue(hours, sample, values.terms.boundary)

  function check(typed: Values): WrongFields {
    setTried(true)
    setRefused(new Map())
    return wrongIn(t, typed, { calendarId, validFrom })
  }

  async function send(typed: Values): Promise<void> {
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
    const placed = targetsOf(typed.grid, typed.others) ?? []
    const body = {
      calendar: id,
      validFrom: new Date(instantAt(zone, Date.parse(`${validFrom}T00:00Z`))),
      services: [...(typed.services ?? [])],
      terms: { ...termsOf(typed), pausedBy: [...typed.terms.pausedBy] },
      targets: placed.map(({ target }) => target),
    }
    let kept: { readonly agreement: Agreement; readonly version: AgreementVersion | null }
    try {
      // What is in force already is replaced only after it was said what that does.
      kept = agreement === null ? await add(typed, body) : await keeping.keep(agreement.id, body)
    } catch (thrown) {
      const { failure, sentences } = placedRefusal(
        thrown,
        placed.map(({ place }) => place),
      )
      setRefused(sentences)
      throw failure
    }
    await Promise.all(
      ['agreements', 'calendars', 'choices', 'what-is', 'attainment'].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    )
    if (kept.version !== null && activate.current) {
      setPutting({ agreement: kept.agreement, version: kept.version })
      return
    }
    notify(t(activate.current ? 'agreements.done.active' : 'agreements.done.draft', { name: kept.agreement.name }))
    await leaveTo(kept.agreement.id)
  }

  async function add(typed: Values, body: NewAgreementVersion) {
    const { name: called, customer: of, kind: typedKind } = typed
    const more = { name: called, customer: of, activate: activate.current, ...sentKind(typedKind) }
    return { agreement: await call(api.addAgreement, { body: { ...body, ...more } }), version: null }
  }

  async function leaveTo(id: string) {
    await navigate({ to: '/agreements/$id', params: { id }, ignoreBlocker: true })
  }

  /** What is there now beside what was typed, as far as both differ. */
  function conflictLines(theirs: AgreementVersion) {
    const mine = {
      validFrom: new Date(instantAt(zone, Date.parse(`${validFrom}T00:00Z`))),
      validTo: theirs.validTo,
      calendarName: calendar?.name ?? values.calendarName,
      serviceIds: [...(values.services ?? [])],
      targets: (targetsOf(values.grid, values.others) ?? []).map(({ target }) => target),
      terms: termsOf(values),
    }
    return beside(lines(theirs), lines(mine))
      .filter((line) => line.one !== line.other)
      .map((line) => ({ name: line.name, theirs: line.one, mine: line.other }))
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
              {t(agreement === null ? 'agreements.do-activate' : 'agreements.do-foresee')}
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
              field={{
                ...form.field('customer'),
                onChange: (value) => form.set({ customer: value, calendar: '', services: null }),
              }}
              label={t('agreements.customer')}
              options={customers.map((each) => ({ value: each.id, label: each.name }))}
            />
            <TextField
              field={form.field('name')}
              label={t('agreements.name')}
              hint={t('agreements.name-hint')}
              maxLength={200}
            />
          </div>
        )}
        {agreement === null && chosen !== undefined && (
          <Unfold
            said={t(`agreements.type.${values.kind.type}-sentence`)}
            more={t('agreements.type-more')}
            open={kind.type !== 'sla'}
          >
            <KindFields field={form.field('kind')} customer={values.customer} />
          </Unfold>
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
              <HoursTerms terms={values.terms} onChange={form.field('terms').onChange} />
            </Section>
            <Section title={t('agreements.targets')} hint={t('agreements.targets-hint')}>
              <TargetFields
                grid={values.grid}
                onChange={form.field('grid').onChange}
                hours={hours}
                due={due}
                sample={sample}
                onSample={setSample}
                error={form.field('grid').error}
                refused={refused}
              />
              <OtherFields field={form.field('others')} customer={values.customer} due={due} refused={refused} />
              <FulfilmentFields field={form.field('orders')} customer={values.customer} due={due} />
            </Section>
            <Section title={t('agreements.services')}>
              <ServicesFields customer={values.customer} field={form.field('services')} />
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
            <Section title={t('agreements.priorities')} hint={t('agreements.priorities-hint')}>
              <PriorityFields terms={values.terms} onChange={form.field('terms').onChange} />
            </Section>
            <Section title={t('agreements.figures')} hint={t('agreements.figures-hint')}>
              <FiguresFields
                terms={values.terms}
                onChange={form.field('terms').onChange}
                levels={form.field('levels')}
                atRisk={form.field('atRisk')}
              />
            </Section>
          </>
        )}
        {keeping.theirs && <ChangedMeanwhile lines={conflictLines(keeping.theirs)} inAddition={keeping.inAddition} />}
      </Form>
      {putting && <ActivateDialog {...putting} onClose={() => void leaveTo(putting.agreement.id)} />}
    </div>
  )
}
