import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/budgets'
import { barredFromContracting, barredFromEverybodysMoney } from '#api/budgets'
import { call } from '#web/http/call.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { limitsQuery, ratesQuery, stepsQuery, wordQuery } from './queries.ts'
import { LimitDialog, RatesDialog, StepsDialog, WordDialog } from './rule-dialogs.tsx'

/** Who approves how much, in how many steps, and by which rates amounts are converted. */
export function RulesPage() {
  const t = useText()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('budgets.rules-title')}>
      <Rules />
    </ReadersOnly>
  )
}

type Rule = 'limit' | 'steps' | 'rates' | 'word'

function Rules() {
  const t = useText()
  const money = useMoney()
  const barred = barredFromEverybodysMoney(useAsker())
  const { data: word } = useSuspenseQuery(wordQuery())
  const { data: limits } = useSuspenseQuery(limitsQuery())
  const { data: steps } = useSuspenseQuery(stepsQuery())
  const [open, setOpen] = useState<Rule | null>(null)
  const close = () => setOpen(null)
  const press = (which: Rule, label: string) => (
    <Button barred={barred && t(barred)} onClick={() => setOpen(which)}>
      {label}
    </Button>
  )
  return (
    <Page
      title={t('budgets.rules-title')}
      lede={t('budgets.rules-lede')}
      crumb={<Link to="/budget">{t('budgets.title')}</Link>}
    >
      <Section
        title={t('budgets.limits')}
        hint={t('budgets.limits-hint')}
        aside={press('limit', t('budgets.limit-say'))}
      >
        {limits.length === 0 && <p className="pl-quiet">{t('budgets.limits-none')}</p>}
        <ul>
          {limits.map(({ person: { id, name }, currency, upToMinor }) => (
            <li key={`${id} ${currency}`}>
              {name}: {money({ amountMinor: upToMinor, currency })}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('budgets.steps')} hint={t('budgets.steps-hint')} aside={press('steps', t('budgets.steps-say'))}>
        {steps.length === 0 && <p className="pl-quiet">{t('budgets.steps-none')}</p>}
        <ul>
          {steps.flatMap(({ currency, fromMinor }) =>
            fromMinor.map((amountMinor, index) => (
              <li key={`${currency} ${amountMinor}`}>
                {t('budgets.step-from', { number: index + 1, amount: money({ amountMinor, currency }) })}
              </li>
            )),
          )}
        </ul>
      </Section>
      <Rates aside={press('rates', t('budgets.rates-new'))} />
      <Section title={t('budgets.word')} hint={t('budgets.word-hint')} aside={press('word', t('budgets.word-say'))}>
        <p>{word}</p>
      </Section>
      {open === 'word' && <WordDialog word={word} onClose={close} />}
      {open === 'limit' && <LimitDialog onClose={close} />}
      {open === 'steps' && <StepsDialog onClose={close} />}
      {open === 'rates' && <RatesDialog onClose={close} />}
    </Page>
  )
}

function Rates({ aside }: { readonly aside: React.ReactNode }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const barred = barredFromEverybodysMoney(useAsker())
  const { data: sets } = useSuspenseQuery(ratesQuery())
  const day = (on: string) => format.date(new Date(`${on}T12:00:00Z`), 'UTC')
  // As many decimals as somebody wrote.
  const rateText = (rate: string) => format.number(Number(rate), rate.split('.')[1]?.length ?? 0)
  async function lock(id: string) {
    await call(api.lockRateSet, { params: { id } })
    await client.invalidateQueries({ queryKey: ['budgets'] })
    notify(t('budgets.done'))
  }
  type RateSet = (typeof sets)[number]
  const columns: readonly Column<RateSet>[] = [
    { key: 'name', head: t('budgets.rates-name'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'rates',
      head: t('budgets.rate'),
      width: '26%',
      narrow: 'under',
      cell: ({ rates }) => rates.map((each) => t('budgets.rate-of', { ...each, rate: rateText(each.rate) })).join(', '),
    },
    {
      key: 'kind',
      head: t('budgets.kind'),
      width: '130px',
      narrow: 'under',
      cell: ({ kind }) => t(`budgets.rate-kind.${kind}`),
    },
    {
      key: 'days',
      head: t('budgets.rates-days'),
      width: '28%',
      narrow: 'under',
      cell: ({ validFrom, validUntil }) => `${day(validFrom)} – ${day(validUntil)}`,
    },
    {
      key: 'state',
      head: t('budgets.state'),
      width: '190px',
      narrow: 'trail',
      cell: ({ id, lockedAt }) =>
        lockedAt === null && barred === null ? (
          <TextButton onClick={() => void lock(id)}>{t('budgets.rates-lock')}</TextButton>
        ) : (
          <State is={lockedAt === null ? 'none' : 'met'}>
            {t(lockedAt === null ? 'budgets.rates-open' : 'budgets.rates-locked')}
          </State>
        ),
    },
  ]
  return (
    <Section title={t('budgets.rates')} hint={t('budgets.rates-hint')} aside={aside}>
      <Table
        dense
        label={t('budgets.rates')}
        columns={columns}
        rows={sets}
        rowKey={({ id }) => id}
        empty={<p className="pl-quiet">{t('budgets.rates-none')}</p>}
      />
    </Section>
  )
}
