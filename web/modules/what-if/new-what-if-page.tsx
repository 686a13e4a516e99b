import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Agreement } from '#api/service-levels'
import { barredFromTrying } from '#api/what-if'
import { localAt } from '#core/zone.ts'
import { customerQuery } from '#web/app/customers.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, RadioField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { agreementQuery, whatIfsQuery } from './queries.ts'
import { useTrying } from './use-trying.ts'
import { WhatIfTable } from './what-if-table.tsx'
import { dayAfter, dayBefore } from './what-if-words.ts'
import classes from './what-if.module.css'

const route = getRouteApi('/shell/what-ifs/new')

/** Chooses a version and a period, and has it counted. */
export function NewWhatIfPage() {
  const t = useText()
  const barred = barredFromTrying(useAsker())
  const { agreement, version } = route.useSearch()
  if (barred === null && agreement !== undefined) return <OfAgreement id={agreement} chosen={version} />
  return (
    <Page title={t('what-if.title')} crumb={<Link to="/what-ifs">{t('what-if.title')}</Link>}>
      <Empty
        title={t('what-if.new.nothing')}
        actions={<LinkButton to="/agreements">{t('what-if.to-agreements')}</LinkButton>}
      >
        {t(barred ?? 'what-if.none-more')}
      </Empty>
    </Page>
  )
}

function OfAgreement({ id, chosen }: { readonly id: string; readonly chosen: string | undefined }) {
  const t = useText()
  const { data: agreement } = useSuspenseQuery(agreementQuery(id))
  const { data: customer } = useSuspenseQuery(customerQuery(agreement.customerId))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(whatIfsQuery({ agreement: id }))
  const earlier = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page
      title={t('what-if.new.title', { name: agreement.name })}
      lede={t('what-if.new.lede', { customer: agreement.customerName })}
      crumb={
        <Link to="/agreements/$id" params={{ id }}>
          {agreement.name}
        </Link>
      }
    >
      <TryForm agreement={agreement} zone={customer?.timeZone ?? 'UTC'} chosen={chosen} />
      {earlier.length > 0 && (
        <Section title={t('what-if.earlier')}>
          <WhatIfTable
            label={t('what-if.earlier')}
            whatIfs={earlier}
            more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
            empty={null}
          />
        </Section>
      )}
    </Page>
  )
}

interface TryFormProps {
  readonly agreement: Agreement
  readonly zone: string
  readonly chosen: string | undefined
}

function TryForm({ agreement, zone, chosen }: TryFormProps) {
  const t = useText()
  const start = useTrying()
  const [quarter] = useState(() => lastQuarter(localAt(zone, Date.now())))
  const drafts = agreement.versions.filter(({ state }) => state === 'draft' || state === 'agreed')
  const versions = drafts.length > 0 ? drafts : agreement.versions.slice(0, 1)
  const form = useForm({
    initial: {
      version: versions.find(({ id }) => id === chosen)?.id ?? versions[0]?.id ?? '',
      from: quarter.from,
      to: dayBefore(quarter.to),
    },
    paths: { from: 'from', to: 'to', versionId: 'version' },
    check: ({ from, to }) => ({
      ...(from === '' && { from: t('what-if.new.day-needed') }),
      ...(to === '' && { to: t('what-if.new.day-needed') }),
      ...(from !== '' && to !== '' && to < from && { to: t('what-if.new.ends-before') }),
    }),
    submit: ({ version, from, to }) => start({ versionId: version, from, to: dayAfter(to) }),
  })
  return (
    <div className={classes.form}>
      <Form
        form={form}
        guard
        action={t('what-if.new.do')}
        beside={
          <LinkButton to="/agreements/$id" params={{ id: agreement.id }}>
            {t('ui.cancel')}
          </LinkButton>
        }
      >
        {versions.length > 1 && (
          <RadioField
            field={form.field('version')}
            label={t('what-if.version')}
            options={versions.map(({ id, number }) => ({ value: id, label: t('what-if.new.version', { number }) }))}
          />
        )}
        <FieldRow>
          <TextField type="date" field={form.field('from')} label={t('what-if.new.from')} />
          <TextField type="date" field={form.field('to')} label={t('what-if.new.to')} />
        </FieldRow>
        <p className="pl-quiet pl-small">{t('what-if.new.then')}</p>
      </Form>
    </div>
  )
}

/** The whole quarter before that of a local time, as days; the second is the one after the last. */
function lastQuarter(local: number): { readonly from: string; readonly to: string } {
  const now = new Date(local)
  const begins = Math.floor(now.getUTCMonth() / 3) * 3
  const day = (month: number) => new Date(Date.UTC(now.getUTCFullYear(), month, 1)).toISOString().slice(0, 10)
  return { from: day(begins - 3), to: day(begins) }
}
