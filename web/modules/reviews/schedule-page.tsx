import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromMaking, type DeliveryOutcome, type ReportDelivery, type SchedulePreview } from '#api/reviews'
import * as api from '#api/reviews'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { scheduleQuery } from './queries.ts'

const route = getRouteApi('/shell/report-schedules/$id')

const standings: Readonly<Record<DeliveryOutcome, Standing>> = {
  sent: 'met',
  refused: 'miss',
  'not-issued': 'paused',
  'no-address': 'miss',
}

/** A report that is sent by itself: what goes out next and to whom, and what became of the last ones. */
export function SchedulePage() {
  const t = useText()
  const format = useFormat()
  const { id } = route.useParams()
  const { data } = useSuspenseQuery(scheduleQuery(id))
  const barred = barredFromMaking(useAsker())
  const [ending, setEnding] = useState(false)
  const { schedule, preview, deliveries } = data
  const { report, customer, edition, language, day, owner, endedAt } = schedule
  const told = {
    edition: t(`reviews.edition.${edition}`),
    language: t(`reviews.page.language.${language}`),
    day,
    when: endedAt === null ? '' : format.date(endedAt),
  }
  return (
    <Page
      title={t('reviews.schedules.page', { report: t(`reviews.report.${report}`), customer: customer.name })}
      lede={t(endedAt === null ? 'reviews.schedules.page-lede' : 'reviews.schedules.page-ended', told)}
      crumb={<Link to="/report-schedules">{t('reviews.schedules.title')}</Link>}
      actions={
        endedAt === null && (
          <Button onClick={() => setEnding(true)} {...(barred !== null && { barred: t(barred) })}>
            {t('reviews.schedules.end')}
          </Button>
        )
      }
      side={
        <SideSection title={t('reviews.schedules.owner')}>
          <Facts
            small
            facts={[
              {
                name: owner?.name ?? t('reviews.schedules.somebody'),
                value: t('reviews.schedules.owner-hint'),
              },
            ]}
          />
        </SideSection>
      }
    >
      {endedAt === null && <Next preview={preview} schedule={schedule} />}
      <Section title={t('reviews.schedules.done')}>
        <Table
          dense
          label={t('reviews.schedules.done')}
          rows={deliveries}
          rowKey={(row) => row.id}
          columns={useDeliveryColumns()}
          empty={<Empty title={t('reviews.schedules.done-none')} />}
        />
      </Section>
      {ending && <EndDialog id={id} onClose={() => setEnding(false)} />}
    </Page>
  )
}

function useDeliveryColumns(): readonly Column<ReportDelivery>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      key: 'month',
      head: t('reviews.month'),
      width: '150px',
      narrow: 'under',
      cell: ({ month, reviewId }) =>
        reviewId === null ? (
          format.month(month)
        ) : (
          <Link to="/reviews/$id" params={{ id: reviewId }}>
            {format.month(month)}
          </Link>
        ),
    },
    {
      key: 'who',
      head: t('reviews.schedules.who'),
      narrow: 'lead',
      cell: ({ person }) => person?.name ?? t('reviews.schedules.somebody'),
    },
    {
      key: 'outcome',
      head: t('reviews.schedules.outcome'),
      width: '260px',
      narrow: 'trail',
      cell: ({ outcome }) => <State is={standings[outcome]}>{t(`reviews.schedules.outcome.${outcome}`)}</State>,
    },
    {
      key: 'at',
      head: t('reviews.schedules.at'),
      width: '170px',
      narrow: 'under',
      cell: ({ at }) => format.instant(at),
    },
  ]
}

interface NextProps {
  readonly preview: SchedulePreview
  readonly schedule: api.ReportSchedule
}

function Next({ preview: { month, dueAt, timeZone, review, recipients }, schedule }: NextProps) {
  const t = useText()
  const format = useFormat()
  const { customer, language } = schedule
  return (
    <Section title={t('reviews.schedules.preview')} hint={t('reviews.schedules.preview-hint')}>
      <p>
        {t('reviews.schedules.preview-when', { month: format.month(month), when: format.date(dueAt, timeZone) })}{' '}
        {review === null ? (
          <Text
            id="reviews.schedules.preview-none"
            components={{ make: <Link to="/reviews/new" search={{ customer: customer.id, month }} /> }}
          />
        ) : (
          <Text
            id="reviews.schedules.preview-is"
            components={{
              review: <Link to="/reviews/$id" params={{ id: review.id }} search={{ in: language }} />,
            }}
          />
        )}
      </p>
      <Table
        dense
        label={t('reviews.schedules.preview')}
        rows={recipients}
        rowKey={({ person }) => person.id}
        columns={[
          { key: 'who', head: t('reviews.schedules.who'), narrow: 'lead', cell: ({ person }) => person.name },
          {
            key: 'would',
            head: t('reviews.schedules.would'),
            width: '260px',
            narrow: 'trail',
            cell: ({ outcome }) => <State is={standings[outcome]}>{t(`reviews.schedules.would.${outcome}`)}</State>,
          },
        ]}
      />
    </Section>
  )
}

function EndDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const end = useMutation({
    mutationFn: () => call(api.endSchedule, { params: { id } }),
    async onSuccess() {
      await cache.invalidateQueries({ queryKey: ['report-schedules'] })
      notify(t('reviews.schedules.has-ended'))
      onClose()
    },
  })
  return (
    <Dialog title={t('reviews.schedules.end')} onClose={onClose}>
      <p>{t('reviews.schedules.end-sure')}</p>
      {end.isError && <Problem failure={end.error} />}
      <Buttons>
        <Button main busy={end.isPending} onClick={() => end.mutate()}>
          {t('reviews.schedules.end')}
        </Button>
        <Button onClick={onClose}>{t('reviews.schedules.end-not')}</Button>
      </Buttons>
    </Dialog>
  )
}
