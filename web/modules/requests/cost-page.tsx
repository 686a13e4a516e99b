import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { barredFromAnalysing, type Bureaucracy } from '#api/requests'
import { useAsker } from '#web/modules/people/index.ts'
import { DoorLink } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { useSaid } from './answers.tsx'
import { bureaucracyQuery } from './queries.ts'
import { RequestTabs } from './request-tabs.tsx'

const route = getRouteApi('/shell/requests/cost')

const MONTHS = 12

/** What forms, approvals, hand-offs and vain searches cost in a year: the dearest first, each figure with its rows. */
export function CostPage() {
  const t = useText()
  const barred = barredFromAnalysing(useAsker())
  if (barred !== null) {
    return (
      <Page title={t('requests.cost')}>
        <RequestTabs />
        <Empty title={t(barred)}>{null}</Empty>
      </Page>
    )
  }
  return <Costs />
}

function Costs() {
  const t = useText()
  const format = useFormat()
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(bureaucracyQuery(customer, MONTHS))
  const { fields, approvals, handOffs, searches, requests, from, to, assumed } = data
  const sum = (lines: readonly { readonly hours: number }[]) => lines.reduce((all, { hours }) => all + hours, 0)
  const decide = approvals.filter(({ approved, of }) => approved === of).length
  const day = (date: string) => format.date(new Date(`${date}T12:00:00Z`), 'UTC')
  return (
    <Page
      title={t('requests.cost-case', {
        hours: format.number(Math.round(sum(fields) + sum(approvals) + sum(handOffs) + searches.hours)),
        never: decide,
      })}
      lede={t('requests.cost-lede', { from: day(from), to: day(to), requests })}
    >
      <RequestTabs />
      <ApprovalCosts lines={approvals} />
      <HandOffCosts lines={handOffs} />
      <FieldCosts lines={fields} />
      <Searches searches={searches} />
      <p className="pl-quiet pl-small">{t('requests.cost-basis', { ...assumed })}</p>
    </Page>
  )
}

function useHours(): (hours: number) => string {
  const t = useText()
  const format = useFormat()
  return (hours) => t('requests.hours', { hours: format.number(hours, 1) })
}

type ApprovalLine = Bureaucracy['approvals'][number]

function ApprovalCosts({ lines }: { readonly lines: readonly ApprovalLine[] }) {
  const t = useText()
  const saying = useSaid()
  const format = useFormat()
  const hours = useHours()
  const columns: readonly Column<ApprovalLine>[] = [
    {
      key: 'step',
      head: t('requests.approval-step'),
      narrow: 'lead',
      cell: ({ item, by, person }) =>
        `${saying(item.name)}: ${person?.name ?? t('requests.approver', { by: textChoice(by) })}`,
    },
    {
      key: 'approved',
      head: t('requests.approved-of'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      cell: ({ item, level, approved, of }) => (
        <DoorLink to="/requests/approvals" search={{ item: item.id, level }}>
          {t('requests.of', { done: approved, of })}
        </DoorLink>
      ),
    },
    {
      key: 'wait',
      head: t('requests.median-wait'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      cell: ({ waitHours }) => hours(waitHours),
    },
    {
      key: 'share',
      head: t('requests.share'),
      width: '150px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ shareOfLeadTime: share }) =>
        share === null
          ? t('requests.not-measured')
          : t('requests.percent', { share: format.number(Math.round((100 * share.numerator) / share.denominator)) }),
    },
    {
      key: 'hours',
      head: t('requests.hours-a-year'),
      width: '120px',
      numeric: true,
      narrow: 'trail',
      cell: (line) => hours(line.hours),
    },
  ]
  return (
    <Section title={t('requests.cost-approvals')} hint={t('requests.cost-approvals-hint')}>
      <Table
        dense
        label={t('requests.cost-approvals')}
        columns={columns}
        rows={lines}
        rowKey={({ item, level }) => `${item.id} ${level}`}
        empty={<p className="pl-quiet">{t('requests.cost-approvals-none')}</p>}
      />
    </Section>
  )
}

type HandOffLine = Bureaucracy['handOffs'][number]

function HandOffCosts({ lines }: { readonly lines: readonly HandOffLine[] }) {
  const t = useText()
  const saying = useSaid()
  const hours = useHours()
  const columns: readonly Column<HandOffLine>[] = [
    {
      key: 'title',
      head: t('requests.hand-off'),
      narrow: 'lead',
      cell: ({ item, title, team }) =>
        [`${saying(item.name)}: ${saying(title)}`, team?.name].filter(Boolean).join(', '),
    },
    {
      key: 'empty',
      head: t('requests.added-nothing'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      cell: ({ item, position, empty, done }) => (
        <DoorLink to="/requests/tasks" search={{ item: item.id, position }}>
          {t('requests.of', { done: empty, of: done })}
        </DoorLink>
      ),
    },
    {
      key: 'wait',
      head: t('requests.median-lay'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      cell: ({ waitHours }) => hours(waitHours),
    },
    {
      key: 'hours',
      head: t('requests.hours-a-year'),
      width: '120px',
      numeric: true,
      narrow: 'trail',
      cell: (line) => hours(line.hours),
    },
  ]
  return (
    <Section title={t('requests.cost-hand-offs')} hint={t('requests.cost-hand-offs-hint')}>
      <Table
        dense
        label={t('requests.cost-hand-offs')}
        columns={columns}
        rows={lines}
        rowKey={({ item, position }) => `${item.id} ${position}`}
        empty={<p className="pl-quiet">{t('requests.cost-hand-offs-none')}</p>}
      />
    </Section>
  )
}

type FieldLine = Bureaucracy['fields'][number]

function FieldCosts({ lines }: { readonly lines: readonly FieldLine[] }) {
  const t = useText()
  const saying = useSaid()
  const format = useFormat()
  const hours = useHours()
  const columns: readonly Column<FieldLine>[] = [
    {
      key: 'label',
      head: t('requests.field'),
      narrow: 'lead',
      cell: ({ item, label }) => `${saying(item.name)}: ${saying(label)}`,
    },
    {
      key: 'purpose',
      head: t('requests.purpose'),
      width: '26%',
      narrow: 'hidden',
      cell: ({ purpose }) => saying(purpose),
    },
    {
      key: 'used',
      head: t('requests.used-of'),
      width: '130px',
      numeric: true,
      narrow: 'under',
      cell: ({ item, key, used, filled }) => (
        <DoorLink to="/requests" search={{ item: item.id, field: key }}>
          {t('requests.of', { done: used, of: filled })}
        </DoorLink>
      ),
    },
    {
      key: 'last',
      head: t('requests.last-used'),
      width: '130px',
      narrow: 'under',
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('requests.never') : format.dayShort(new Date(lastUsedAt))),
    },
    {
      key: 'hours',
      head: t('requests.hours-a-year'),
      width: '120px',
      numeric: true,
      narrow: 'trail',
      cell: (line) => hours(line.hours),
    },
  ]
  return (
    <Section title={t('requests.cost-fields')} hint={t('requests.cost-fields-hint')}>
      <Table
        dense
        label={t('requests.cost-fields')}
        columns={columns}
        rows={lines}
        rowKey={({ item, key }) => `${item.id} ${key}`}
        empty={<p className="pl-quiet">{t('requests.cost-fields-none')}</p>}
      />
    </Section>
  )
}

function Searches({ searches: { searches, withoutResult, hours, words, rare } }: Pick<Bureaucracy, 'searches'>) {
  const t = useText()
  const format = useFormat()
  const inHours = useHours()
  return (
    <Section
      title={t('requests.cost-searches')}
      hint={t('requests.cost-searches-hint', { vain: withoutResult, searches, hours: inHours(hours) })}
    >
      <Table
        dense
        label={t('requests.cost-searches')}
        columns={[
          { key: 'words', head: t('requests.words'), narrow: 'lead', cell: ({ words: sought }) => sought },
          {
            key: 'times',
            head: t('requests.times'),
            width: '120px',
            numeric: true,
            narrow: 'trail',
            cell: ({ times }) => format.number(times),
          },
          {
            key: 'last',
            head: t('requests.last-sought'),
            width: '140px',
            narrow: 'under',
            cell: ({ lastDay }) => format.date(new Date(`${lastDay}T12:00:00Z`), 'UTC'),
          },
        ]}
        rows={words}
        rowKey={({ words: sought }) => sought}
        empty={<p className="pl-quiet">{t('requests.cost-searches-none')}</p>}
      />
      {rare > 0 && <p className="pl-quiet pl-small">{t('requests.rare', { rare })}</p>}
    </Section>
  )
}
