import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/budgets'
import { type Appropriation, barredFromContracting, type Budget } from '#api/budgets'
import { call } from '#web/http/call.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { AmountFileDialog } from '#web/ui/amount-file-dialog.tsx'
import { Button, DownloadLink } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { Trend } from '#web/ui/trend.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { AskDialog } from './ask-dialog.tsx'
import { BudgetLines } from './budget-lines.tsx'
import { BudgetSide } from './budget-side.tsx'
import { ForecastDialog, NewLineDialog } from './line-dialogs.tsx'
import { appropriationsQuery, budgetQuery } from './queries.ts'
import { AppropriationStateWord } from './words.tsx'

const route = getRouteApi('/shell/budget')

/** A year of the budget: what was planned and spent, and what it will come to. */
export function BudgetPage() {
  const t = useText()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('budgets.title')}>
      <TheBudget />
    </ReadersOnly>
  )
}

function TheBudget() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const format = useFormat()
  const { year: chosen, customer } = route.useSearch()
  const barred = barredFromContracting(useAsker())
  const { data: budget } = useSuspenseQuery(budgetQuery(chosen, customer))
  const { data: appropriations } = useSuspenseQuery(appropriationsQuery(customer))
  const [open, setOpen] = useState<'take' | 'line' | 'forecast' | 'ask' | null>(null)
  const close = () => setOpen(null)
  const { year, years, totals, items, throughMonth, word } = budget
  const over = totals.some(({ sums }) => sums.outlookMinor > sums.planMinor)
  return (
    <Page
      title={
        items.length === 0 ? t('budgets.title') : t('budgets.case', { year: String(year), over: over ? 'yes' : 'no' })
      }
      lede={
        throughMonth === null
          ? t('budgets.lede-none')
          : t('budgets.lede', { month: format.month(throughMonth), lines: items.length })
      }
      actions={
        <>
          <Link to="/budget/rules">{t('budgets.rules')}</Link>
          <Button barred={barred && t(barred)} onClick={() => setOpen('line')}>
            {t('budgets.line-new')}
          </Button>
          {items.length > 0 && (
            <Button barred={barred && t(barred)} onClick={() => setOpen('forecast')}>
              {t('budgets.forecast-new')}
            </Button>
          )}
          <Button main barred={barred && t(barred)} onClick={() => setOpen('take')}>
            {t('budgets.take')}
          </Button>
        </>
      }
      side={<BudgetSide year={year} customer={customer} />}
    >
      {years.length > 1 && (
        <Sentence>
          <Pick
            label={t('budgets.year')}
            value={String(year)}
            options={years.map((each) => ({ value: String(each), label: String(each) }))}
            onChange={(next) =>
              void navigate({ to: '.', search: (before: object) => ({ ...before, year: Number(next) }), replace: true })
            }
          />
        </Sentence>
      )}
      {totals.map((total) => (
        <Burn key={total.currency} total={total} budget={budget} />
      ))}
      <Section
        title={t('budgets.lines')}
        aside={
          <DownloadLink
            href={`/api/v1/budget.xlsx?${new URLSearchParams({ year: String(year), ...(customer && { customer }) })}`}
          >
            {t('budgets.as-workbook')}
          </DownloadLink>
        }
        hint={t('budgets.lines-hint')}
      >
        <BudgetLines lines={items} />
      </Section>
      <Section
        title={t('budgets.asked', { word })}
        hint={t('budgets.asked-hint')}
        aside={
          <Button barred={barred && t(barred)} onClick={() => setOpen('ask')}>
            {t('budgets.asked-new', { word })}
          </Button>
        }
      >
        <Asked appropriations={appropriations} word={word} />
      </Section>
      {open === 'line' && <NewLineDialog year={year} customer={customer} onClose={close} />}
      {open === 'forecast' && (
        <ForecastDialog year={year} customer={customer} lines={items} through={throughMonth} onClose={close} />
      )}
      {open === 'ask' && <AskDialog customer={customer} onClose={close} />}
      {open === 'take' && (
        <AmountFileDialog
          title={t('budgets.take')}
          hint={t('budgets.file-hint')}
          workbooks
          onTake={async ({ text, workbook, decimal }) => {
            const body = { decimal, ...(workbook === undefined ? { text } : { workbook }) }
            const { taken, known } = await call(api.importActuals, { body })
            await client.invalidateQueries({ queryKey: ['budgets'] })
            notify(t('budgets.taken', { taken, known }))
          }}
          onClose={close}
        />
      )}
    </Page>
  )
}

const figures = ['planMinor', 'actualMinor', 'accruedMinor', 'committedMinor', 'exchangeMinor'] as const

/** What was spent in all by the end of each month, against what the year may cost. */
function Burn({ total, budget }: { readonly total: Budget['totals'][number]; readonly budget: Budget }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { currency, months, sums } = total
  const { throughMonth: through, year } = budget
  const items = budget.items.filter((line) => line.currency === currency)
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const points = months.map(({ month }, index) => {
    const spent = months.slice(0, index + 1).reduce((sum, each) => sum + each.actualMinor, 0)
    const isOver = through !== null && month <= through
    return { label: format.monthShort(month), value: isOver ? spent : null, written: amount(spent), ahead: !isOver }
  })
  const planned = months.map((_, index) => {
    const value = months.slice(0, index + 1).reduce((sum, each) => sum + each.planMinor, 0)
    return { value, written: amount(value) }
  })
  const left = sums.planMinor - sums.outlookMinor
  return (
    <Section
      title={t('budgets.outlook-says', {
        amount: amount(sums.outlookMinor),
        difference: amount(Math.abs(left)),
        which: left === 0 ? 'same' : left > 0 ? 'less' : 'more',
      })}
      hint={t('budgets.outlook-hint')}
    >
      <Trend
        label={t('budgets.burn', { currency })}
        points={points}
        against={{ label: t('budgets.plan'), points: planned }}
        height={130}
      />
      <Facts
        facts={figures.map((of) => ({
          name: t(`budgets.total.${of}`),
          value: (
            <Door
              label={amount(sums[of])}
              title={`${t(`budgets.total.${of}`)}: ${amount(sums[of])}`}
              definition={t(`budgets.total-is.${of}`)}
              period={String(year)}
              sample={t('budgets.of-lines', { lines: items.length })}
            >
              <ul>
                {items.map((line) => (
                  <li key={line.id}>
                    {line.name}: {amount(line.sums[of])}
                  </li>
                ))}
              </ul>
            </Door>
          ),
        }))}
      />
    </Section>
  )
}

function Asked({ appropriations, word }: { readonly appropriations: readonly Appropriation[]; readonly word: string }) {
  const t = useText()
  const money = useMoney()
  const columns: readonly Column<Appropriation>[] = [
    {
      key: 'title',
      head: word,
      narrow: 'lead',
      cell: ({ id, number, title }) => (
        <>
          <Link to="/appropriations/$id" params={{ id }}>
            {title}
          </Link>{' '}
          <span className="pl-quiet">{number}</span>
        </>
      ),
    },
    {
      key: 'amount',
      head: t('budgets.asked-for'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      called: t('budgets.asked-for'),
      cell: ({ amountMinor, contingencyMinor, currency }) =>
        money({ amountMinor: amountMinor + contingencyMinor, currency }),
    },
    {
      key: 'spent',
      head: t('budgets.actual'),
      width: '150px',
      numeric: true,
      narrow: 'under',
      called: t('budgets.actual'),
      cell: ({ spentMinor, currency }) => money({ amountMinor: spentMinor, currency }),
    },
    {
      key: 'state',
      head: t('budgets.state'),
      width: '190px',
      narrow: 'trail',
      cell: ({ state }) => <AppropriationStateWord state={state} />,
    },
  ]
  return (
    <Table
      dense
      label={t('budgets.asked', { word })}
      columns={columns}
      rows={appropriations}
      rowKey={({ id }) => id}
      empty={t('budgets.none-asked')}
    />
  )
}
