import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { AnswerRow, FeedbackCase, Survey } from '#api/feedback'
import { barredFromAnswers, barredFromSurveying } from '#api/feedback'
import { barredFromInside } from '#core/may.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { CaseState, DueWord } from './case-state.tsx'
import { casesQuery, followUpsQuery, surveysQuery } from './queries.ts'

const route = getRouteApi('/shell/feedback')

/** What people said unasked, what they are asked, and who of them wants to hear of it. */
export function FeedbackPage() {
  const t = useText()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const { customer } = route.useSearch()
  return (
    <Page
      title={t('feedback.title')}
      lede={t('feedback.lede')}
      actions={
        <>
          <LinkButton to="/feedback/said-done">{t('feedback.said-done')}</LinkButton>
          <LinkButton to="/feedback/cases/new">{t('feedback.case.new')}</LinkButton>
        </>
      }
    >
      {inside && <LevelTabs />}
      <Cases customer={customer} />
      {inside && barredFromAnswers(asker) === null && <FollowUps customer={customer} />}
      {inside && <Surveys customer={customer} />}
    </Page>
  )
}

interface OfCustomer {
  readonly customer: string | undefined
}

function Cases({ customer }: OfCustomer) {
  const t = useText()
  const format = useFormat()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(casesQuery(customer))
  const columns: readonly Column<FeedbackCase>[] = [
    {
      key: 'text',
      head: t('feedback.case.text'),
      narrow: 'lead',
      cell: ({ id, text }) => (
        <Link to="/feedback/cases/$id" params={{ id }}>
          {text}
        </Link>
      ),
    },
    {
      key: 'kind',
      head: t('feedback.case.kind'),
      width: '9%',
      narrow: 'under',
      cell: ({ kind }) => t(`feedback.case.kind.${kind}`),
    },
    { key: 'customer', head: t('feedback.customer'), width: '15%', narrow: 'under', cell: (row) => row.customer.name },
    {
      key: 'received',
      head: t('feedback.case.received'),
      width: '13%',
      narrow: 'hidden',
      cell: ({ receivedAt }) => format.date(receivedAt),
    },
    { key: 'due', head: t('feedback.case.due'), width: '20%', narrow: 'under', cell: (row) => <DueWord of={row} /> },
    {
      key: 'state',
      head: t('feedback.case.state'),
      width: '13%',
      narrow: 'trail',
      cell: ({ state }) => <CaseState state={state} />,
    },
  ]
  return (
    <Section title={t('feedback.cases')}>
      <Table
        dense
        keys
        label={t('feedback.cases')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('feedback.cases-none')} />}
      />
    </Section>
  )
}

function FollowUps({ customer }: OfCustomer) {
  const t = useText()
  const format = useFormat()
  const { data = [] } = useQuery(followUpsQuery(customer))
  if (data.length === 0) return null
  const columns: readonly Column<AnswerRow>[] = [
    {
      key: 'who',
      head: t('feedback.person'),
      narrow: 'lead',
      cell: ({ person, text }) => [person?.name, text].filter(Boolean).join(': '),
    },
    {
      key: 'incident',
      head: t('feedback.incident'),
      width: '140px',
      narrow: 'under',
      cell: ({ incident }) =>
        incident && (
          <Link to="/incidents/$id" params={{ id: incident.number }}>
            {incident.number}
          </Link>
        ),
    },
    {
      key: 'score',
      head: t('feedback.score'),
      width: '80px',
      numeric: true,
      narrow: 'trail',
      cell: ({ score }) => score,
    },
    {
      key: 'at',
      head: t('feedback.answered-at'),
      width: '140px',
      narrow: 'under',
      cell: ({ answeredAt }) => answeredAt && format.date(answeredAt),
    },
  ]
  return (
    <Section title={t('feedback.follow-ups')}>
      <Table dense label={t('feedback.follow-ups')} columns={columns} rows={data} rowKey={({ id }) => id} />
    </Section>
  )
}

function Surveys({ customer }: OfCustomer) {
  const t = useText()
  const format = useFormat()
  const barred = barredFromSurveying(useAsker())
  const { data = [] } = useQuery(surveysQuery(customer))
  const columns: readonly Column<Survey>[] = [
    {
      key: 'name',
      head: t('feedback.survey.name'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/feedback/surveys/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    {
      key: 'customer',
      head: t('feedback.customer'),
      width: '18%',
      narrow: 'under',
      cell: (row) => row.customer?.name ?? t('feedback.all-customers'),
    },
    {
      key: 'trigger',
      head: t('feedback.survey.trigger'),
      width: '24%',
      narrow: 'under',
      cell: ({ trigger }) => t(`feedback.trigger.${trigger}`),
    },
    {
      key: 'anonymity',
      head: t('feedback.survey.anonymity'),
      width: '120px',
      narrow: 'under',
      cell: ({ anonymity }) => t(`feedback.anonymity.${anonymity}`),
    },
    {
      key: 'answers',
      head: t('feedback.survey.answers'),
      width: '130px',
      numeric: true,
      narrow: 'trail',
      cell: ({ asked, answered }) =>
        answered === null
          ? t('feedback.few')
          : format.ratio({ numerator: answered, denominator: Math.max(asked, answered) }),
    },
  ]
  return (
    <Section title={t('feedback.surveys')}>
      <Table
        dense
        label={t('feedback.surveys')}
        columns={columns}
        rows={data}
        rowKey={({ id }) => id}
        empty={<Empty title={t('feedback.surveys-none')}>{t('feedback.surveys-none-more')}</Empty>}
      />
      {barred === null && (
        <p>
          <LinkButton to="/feedback/surveys/new" main>
            {t('feedback.survey.new')}
          </LinkButton>
        </p>
      )}
    </Section>
  )
}
