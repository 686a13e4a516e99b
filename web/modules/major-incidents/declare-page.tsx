import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { IncidentPage } from '#api/incidents'
import * as api from '#api/major-incidents'
import { barredFromDeclaring, criteria, type Criterion } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useColleagues } from '#web/modules/incidents/index.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { CheckField, NumberField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, type FormState, useForm } from '#web/ui/form.tsx'
import { Page } from '#web/ui/page.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { incidentQuery, useChanged } from './queries.ts'
import classes from './room.module.css'

const route = getRouteApi('/shell/major-incidents/new')

/** Declares an incident a major one: why, who leads, and what is known of the impact. */
export function DeclarePage() {
  const t = useText()
  const { incident: id = '' } = route.useSearch()
  const barred = barredFromDeclaring(useAsker())
  const { data: incident } = useQuery(incidentQuery(id))
  if (barred !== null) return <Page title={t('major-incidents.declare.title')}>{t(barred)}</Page>
  if (id === '') {
    return (
      <Page title={t('major-incidents.declare.title')}>
        <Empty
          title={t('major-incidents.declare.no-incident')}
          actions={<LinkButton to="/incidents">{t('major-incidents.none-do')}</LinkButton>}
        >
          {t('major-incidents.none-more')}
        </Empty>
      </Page>
    )
  }
  return (
    <Page
      title={t('major-incidents.declare.title')}
      lede={incident && t('major-incidents.declare.lede', { number: incident.number, title: incident.title })}
      crumb={incident && <Crumb incident={incident} />}
    >
      {incident && <Declaration key={incident.id} incident={incident} />}
    </Page>
  )
}

function Crumb({ incident: { number } }: { readonly incident: IncidentPage }) {
  return (
    <Link to="/incidents/$id" params={{ id: number }}>
      {number}
    </Link>
  )
}

type Values = Readonly<Record<Criterion, boolean>> & {
  readonly criteriaWords: string
  readonly commander: string
  readonly bridge: string
  readonly affectedUsers: number | null
  readonly businessImpact: string
  /** Only proposed. */
  readonly candidate: boolean
}

function Declaration({ incident }: { readonly incident: IncidentPage }) {
  const t = useText()
  const { person } = useSession()
  const navigate = useNavigate()
  const changed = useChanged()
  const people = usePeople()
  const none = Object.fromEntries(criteria.map((each) => [each, false])) as Record<Criterion, boolean>
  const initial: Values = {
    ...none,
    criteriaWords: '',
    commander: person?.id ?? '',
    bridge: '',
    affectedUsers: null,
    businessImpact: '',
    candidate: false,
  }
  const form: FormState<Values> = useForm<Values>({
    initial,
    check: (values) => ({
      ...(!criteria.some((each) => values[each]) && { other: t('major-incidents.declare.criterion-needed') }),
      ...(values.other &&
        values.criteriaWords.trim() === '' && {
          criteriaWords: t('major-incidents.declare.words-needed'),
        }),
      ...(!values.candidate &&
        values.commander === '' && {
          commander: t('major-incidents.declare.commander-needed'),
        }),
    }),
    submit: async (values) => {
      const { candidate, commander, criteriaWords, bridge, affectedUsers, businessImpact } = values
      const major = await call(api.declareMajorIncident, {
        body: {
          incident: incident.id,
          candidate,
          criteria: criteria.filter((each) => values[each]),
          criteriaWords: criteriaWords.trim(),
          bridge: bridge.trim(),
          affectedUsers,
          businessImpact: businessImpact.trim(),
          ...(commander !== '' && { commander }),
        },
      })
      await changed(major)
      void navigate({ to: '/major-incidents/$id', params: { id: major.id } })
    },
  })
  const { candidate } = form.values
  return (
    <div className={classes.form}>
      <Form
        form={form}
        guard
        action={t(candidate ? 'major-incidents.declare.propose' : 'major-incidents.declare.do')}
        beside={
          <Button onClick={() => void navigate({ to: '/incidents/$id', params: { id: incident.number } })}>
            {t('major-incidents.not-now')}
          </Button>
        }
      >
        <fieldset className={classes.choices}>
          <legend>{t('major-incidents.criteria')}</legend>
          {criteria.map((each) => (
            <CheckField key={each} field={form.field(each)} label={t(`major-incidents.criterion.${each}`)} />
          ))}
        </fieldset>
        {form.values.other && (
          <TextField field={form.field('criteriaWords')} label={t('major-incidents.criteria-words')} />
        )}
        <PersonField
          field={form.field('commander')}
          label={t('major-incidents.commander')}
          hint={t('major-incidents.commander-hint')}
          people={people}
        />
        <NumberField
          field={form.field('affectedUsers')}
          label={t('major-incidents.users')}
          hint={t('major-incidents.users-hint')}
          optional
          min={0}
          width={160}
        />
        <TextAreaField
          field={form.field('businessImpact')}
          label={t('major-incidents.impact')}
          hint={t('major-incidents.impact-hint')}
          optional
          rows={3}
        />
        <TextField
          field={form.field('bridge')}
          label={t('major-incidents.bridge')}
          hint={t('major-incidents.bridge-hint')}
          optional
        />
        <CheckField
          field={form.field('candidate')}
          label={t('major-incidents.declare.candidate')}
          hint={t('major-incidents.declare.candidate-hint')}
        />
      </Form>
    </div>
  )
}

/** Colleagues, and whoever asks, who may be in no team. */
function usePeople() {
  const { person } = useSession()
  const colleagues = useColleagues()
  const own = person === null || colleagues.some(({ id }) => id === person.id) ? [] : [person]
  return [...own, ...colleagues].map(({ id, name }) => ({ id, name }))
}
