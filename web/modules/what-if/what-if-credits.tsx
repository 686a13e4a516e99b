import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { barredFromCharges } from '#core/may.ts'
import type { WhatIf, WhatIfExposure } from '#api/what-if'
import { useAsker } from '#web/modules/people/index.ts'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Glyph, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { creditsQuery } from './queries.ts'
import classes from './what-if.module.css'

type Level = WhatIfExposure['levels'][number]
/** A month of a contract, or with no month all of them. */
interface Row {
  readonly of: WhatIfExposure
  readonly month: string | null
  readonly beforeMinor: number
  readonly afterMinor: number
}

/** What the contracts would have credited: beside the figures, for those who see money. */
export function WhatIfCredits({ whatIf: { id } }: { readonly whatIf: WhatIf }) {
  const t = useText()
  const sees = barredFromCharges(useAsker()) === null
  const { data, error } = useQuery({ ...creditsQuery(id), enabled: sees })
  if (!sees) return null
  // Its place is kept, so that nothing moves when it comes.
  if (data === undefined || (data.known && data.items.length === 0)) {
    return (
      <Section title={t('what-if.credits')}>
        {error === null ? (
          <p className="pl-quiet">{t(data === undefined ? 'what-if.credits-coming' : 'what-if.credits-no-contract')}</p>
        ) : (
          <Problem failure={error} />
        )}
      </Section>
    )
  }
  const nothing = data.items.every(({ months }) =>
    months.every(({ beforeMinor, afterMinor }) => beforeMinor === 0 && afterMinor === 0),
  )
  const levels = data.items.flatMap((of) => of.levels.map((level) => ({ of, level })))
  return (
    <Section title={t('what-if.credits')} hint={t('what-if.credits-hint')}>
      {!data.known && <p>{t('what-if.credits-unknown')}</p>}
      {data.known && nothing && <p>{t('what-if.credits-none')}</p>}
      {data.known && !nothing && <Amounts items={data.items} />}
      {levels.length > 0 && <Levels levels={levels} />}
    </Section>
  )
}

function Amounts({ items }: { readonly items: readonly WhatIfExposure[] }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const rows = items.flatMap((of): Row[] => [
    { of, month: null, beforeMinor: of.beforeMinor, afterMinor: of.afterMinor },
    ...of.months
      .filter(({ beforeMinor, afterMinor }) => beforeMinor !== 0 || afterMinor !== 0)
      .map((month) => ({ of, ...month })),
  ])
  const amount = ({ of: { currency } }: Row, amountMinor: number) => money({ amountMinor, currency })
  const columns: readonly Column<Row>[] = [
    {
      key: 'contract',
      head: t('what-if.contract'),
      narrow: 'lead',
      cell: ({ of: { contract } }) => (
        <Link to="/contracts/$id" params={{ id: contract.id }}>
          {contract.title}
        </Link>
      ),
    },
    {
      key: 'month',
      head: t('what-if.month'),
      narrow: 'under',
      cell: ({ month }) => (month === null ? <b>{t('what-if.whole-period')}</b> : format.month(month)),
    },
    {
      key: 'before',
      head: t('what-if.before'),
      numeric: true,
      narrow: 'under',
      cell: (row) => amount(row, row.beforeMinor),
    },
    {
      key: 'after',
      head: t('what-if.after'),
      numeric: true,
      narrow: 'under',
      cell: (row) => (
        <>
          <span className={classes.onPhone}>→ </span>
          <b>{amount(row, row.afterMinor)}</b>
        </>
      ),
    },
    {
      key: 'more',
      head: t('what-if.credits-more'),
      numeric: true,
      narrow: 'trail',
      cell: (row) => {
        const more = row.afterMinor - row.beforeMinor
        if (more === 0) return t('what-if.credits-same')
        return `${more > 0 ? '+' : '−'}${amount(row, Math.abs(more))}`
      },
    },
  ]
  return (
    <Table
      label={t('what-if.credits')}
      columns={columns}
      rows={rows}
      rowKey={({ of, month }) => `${of.contract.id} ${month}`}
    />
  )
}

/** Which levels come out differently: what the amounts follow from. */
function Levels({ levels }: { readonly levels: readonly { readonly of: WhatIfExposure; readonly level: Level }[] }) {
  const t = useText()
  const format = useFormat()
  const columns: readonly Column<(typeof levels)[number]>[] = [
    { key: 'level', head: t('what-if.level'), narrow: 'lead', cell: ({ level: { name } }) => name },
    { key: 'month', head: t('what-if.month'), narrow: 'under', cell: ({ level: { month } }) => format.month(month) },
    {
      key: 'before',
      head: t('what-if.before'),
      narrow: 'under',
      cell: ({ level: { before } }) => <Figure of={before} />,
    },
    {
      key: 'after',
      head: t('what-if.after'),
      narrow: 'under',
      cell: ({ level: { after } }) => (
        <>
          <span className={classes.onPhone}>→ </span>
          <Figure of={after} />
        </>
      ),
    },
  ]
  return (
    <Table
      label={t('what-if.levels')}
      columns={columns}
      rows={levels}
      rowKey={({ of, level }) => `${of.contract.id} ${level.month} ${level.level}`}
    />
  )
}

function Figure({ of: { outcome, numerator, denominator } }: { readonly of: Level['before'] }) {
  const t = useText()
  const format = useFormat()
  if (numerator === null || denominator === null) return <Glyph is="none" label={t('what-if.not-measured')} />
  const ratio = { numerator, denominator }
  const share = format.percent(ratio)
  return (
    <State is={outcome === 'missed' ? 'miss' : 'met'}>
      {format.ratio(ratio)}
      {share && `, ${share}`}
    </State>
  )
}
