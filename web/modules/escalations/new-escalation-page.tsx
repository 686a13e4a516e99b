import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/escalations'
import { barredFromWorking } from '#api/escalations'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, RadioField, SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { colleaguesQuery, subjectQuery } from './queries.ts'

const route = getRouteApi('/shell/escalations/new')
const LEVELS = ['1', '2', '3', '4'] as const
/** By whom a person says that it was asked; what rules raise, they raise themselves. */
const asked = ['customer', 'user', 'internal', 'supplier'] as const

/** Asks for more than the usual about an incident. */
export function NewEscalationPage() {
  const t = useText()
  const barred = barredFromWorking(useAsker())
  const { incident } = route.useSearch()
  if (barred !== null || incident === undefined) {
    return (
      <Page title={t('escalations.title')} crumb={<Link to="/escalations">{t('escalations.title')}</Link>}>
        <Empty title={t('escalations.none')}>{t(barred ?? 'escalations.from-incident')}</Empty>
      </Page>
    )
  }
  return <OfIncident id={incident} />
}

interface Values {
  readonly source: (typeof asked)[number]
  readonly direction: (typeof api.directions)[number]
  readonly kind: (typeof api.kinds)[number]
  readonly level: string
  readonly reason: string
  readonly owner: string
  readonly nextUpdateDue: Date | null
}

function OfIncident({ id }: { readonly id: string }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: incident } = useSuspenseQuery(subjectQuery(id))
  const { data: colleagues = [] } = useQuery(colleaguesQuery())
  const { number, title } = incident
  const initial: Values = {
    source: 'customer',
    direction: 'inbound',
    kind: 'hierarchic',
    level: '2',
    reason: '',
    owner: '',
    nextUpdateDue: null,
  }
  const form = useForm({
    initial,
    check: ({ reason }) => ({ ...(reason.trim() === '' && { reason: t('escalations.reason-needed') }) }),
    submit: async ({ level, owner, nextUpdateDue, ...given }) => {
      const optional = { ...(owner && { owner }), ...(nextUpdateDue && { nextUpdateDue }) }
      const body = { ...given, ...optional, incident: incident.id, level: Number(level) }
      const { id: made } = await call(api.raiseEscalation, { body })
      void client.invalidateQueries({ queryKey: ['escalations'] })
      void client.invalidateQueries({ queryKey: ['incidents', 'one'] })
      notify(t('escalations.done', { number }))
      setTimeout(() => void navigate({ to: '/escalations/$id', params: { id: made } }))
    },
  })
  const { field } = form
  return (
    <Page
      title={t('escalations.new', { number })}
      lede={t('escalations.new-lede', { title })}
      crumb={
        <Link to="/incidents/$id" params={{ id: number }}>
          {number}
        </Link>
      }
    >
      <Form
        form={form}
        guard
        label={t('escalations.new', { number })}
        action={t('escalations.do')}
        beside={
          <LinkButton to="/incidents/$id" params={{ id: number }}>
            {t('escalations.not-now')}
          </LinkButton>
        }
      >
        <TextAreaField
          field={field('reason')}
          label={t('escalations.reason')}
          hint={t('escalations.reason-hint')}
          rows={4}
        />
        <FieldRow>
          <RadioField
            field={field('source')}
            label={t('escalations.who')}
            options={asked.map((source) => ({ value: source, label: t('escalations.source-of', { source }) }))}
          />
          <RadioField
            field={field('direction')}
            label={t('escalations.where')}
            options={api.directions.map((direction) => ({
              value: direction,
              label: t('escalations.direction-of', { direction: textChoice(direction) }),
            }))}
          />
        </FieldRow>
        <FieldRow>
          <RadioField
            field={field('kind')}
            label={t('escalations.what')}
            options={api.kinds.map((kind) => ({ value: kind, label: t('escalations.kind-of', { kind }) }))}
          />
          <SelectField
            field={field('level')}
            label={t('escalations.level')}
            hint={t('escalations.level-hint')}
            options={LEVELS.map((level) => ({ value: level, label: t('escalations.level-of', { level }) }))}
          />
        </FieldRow>
        <FieldRow>
          <PersonField
            field={field('owner')}
            label={t('escalations.owner')}
            hint={t('escalations.owner-hint')}
            people={colleagues}
            nobody={t('escalations.myself')}
          />
          <MomentField
            field={field('nextUpdateDue')}
            label={t('escalations.next')}
            hint={t('escalations.next-hint')}
            zone={incident.site?.timeZone ?? incident.customer.timeZone}
          />
        </FieldRow>
      </Form>
    </Page>
  )
}
