import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromCharges, barredFromContracting, type ChargeLine, type Contract } from '#api/contracts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { IndexDialog } from './index-dialog.tsx'
import { AddLineDialog, PriceDialog, ReadingDialog } from './line-dialogs.tsx'
import { contractQuery, indexationsQuery, linesQuery, readingsQuery } from './queries.ts'
import { usePriceText } from './use-price-text.ts'
import { useDay } from './words.tsx'

const route = getRouteApi('/shell/contracts/$id/lines')

type Open =
  | { readonly what: 'add' | 'index' }
  | { readonly what: 'price' | 'reading'; readonly line: ChargeLine }
  | null

const indexable: readonly string[] = ['fixed', 'unit', 'tiered', 'baseline', 'time']
const counted: readonly string[] = ['unit', 'tiered', 'baseline', 'time', 'pass-through', 'milestone', 'true-up']

/** What a contract charges for, at which price from when on, and what was counted. */
export function LinesPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: contract } = useSuspenseQuery(contractQuery(id))
  const unseen = barredFromCharges(useAsker())
  const crumb = (
    <Link to="/contracts/$id" params={{ id }}>
      {contract.title}
    </Link>
  )
  return (
    <Page title={t('contracts.lines')} lede={t('contracts.lines-lede')} crumb={crumb}>
      {unseen === null ? <Lines contract={contract} /> : <Empty title={t('contracts.lines')}>{t(unseen)}</Empty>}
    </Page>
  )
}

function Lines({ contract: { id, currency } }: { readonly contract: Contract }) {
  const t = useText()
  const day = useDay()
  const barred = barredFromContracting(useAsker())
  const { data: lines } = useSuspenseQuery(linesQuery(id))
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const columns: readonly Column<ChargeLine>[] = [
    {
      key: 'name',
      head: t('contracts.line'),
      narrow: 'lead',
      cell: ({ name, service }) => (
        <>
          {name} {service && <span className="pl-quiet">{service.name}</span>}
        </>
      ),
    },
    {
      key: 'kind',
      head: t('contracts.line-kind'),
      width: '150px',
      narrow: 'under',
      cell: ({ kind }) => t(`contracts.line-kind.${kind}`),
    },
    {
      key: 'price',
      head: t('contracts.price'),
      width: '34%',
      narrow: 'under',
      cell: (line) => <Price line={line} currency={currency} />,
    },
    {
      key: 'since',
      head: t('contracts.since'),
      width: '120px',
      narrow: 'trail',
      cell: ({ prices }) => (prices[0] === undefined ? '–' : day(prices[0].validFrom)),
    },
    {
      key: 'do',
      head: t('contracts.to-do'),
      width: '210px',
      narrow: 'under',
      cell: (line) => (
        <>
          {counted.includes(line.kind) && <Readings line={line} />}{' '}
          {barred === null && (
            <>
              {counted.includes(line.kind) && (
                <TextButton onClick={() => setOpen({ what: 'reading', line })}>{t('contracts.count')}</TextButton>
              )}{' '}
              <TextButton onClick={() => setOpen({ what: 'price', line })}>{t('contracts.new-price')}</TextButton>
            </>
          )}
        </>
      ),
    },
  ]
  return (
    <>
      <Section
        title={t('contracts.lines-of', { count: lines.length })}
        hint={t('contracts.lines-hint')}
        aside={
          <>
            <Button barred={barred && t(barred)} onClick={() => setOpen({ what: 'index' })}>
              {t('contracts.index-prices')}
            </Button>{' '}
            <Button main barred={barred && t(barred)} onClick={() => setOpen({ what: 'add' })}>
              {t('contracts.add-line')}
            </Button>
          </>
        }
      >
        <Table
          label={t('contracts.lines')}
          columns={columns}
          rows={lines}
          rowKey={(line) => line.id}
          empty={<Empty title={t('contracts.no-lines')}>{t('contracts.no-lines-hint')}</Empty>}
        />
      </Section>
      <Indexations id={id} />
      {open?.what === 'add' && <AddLineDialog contractId={id} currency={currency} onClose={close} />}
      {open?.what === 'index' && (
        <IndexDialog
          contractId={id}
          currency={currency}
          lines={lines.filter(({ kind }) => indexable.includes(kind))}
          onClose={close}
        />
      )}
      {open?.what === 'price' && <PriceDialog line={open.line} currency={currency} onClose={close} />}
      {open?.what === 'reading' && <ReadingDialog line={open.line} onClose={close} />}
    </>
  )
}

/** The price in words, as a door to those before it. */
function Price({ line, currency }: { readonly line: ChargeLine; readonly currency: string }) {
  const t = useText()
  const day = useDay()
  const money = useMoney()
  const inWords = usePriceText(currency)
  const [latest] = line.prices
  if (latest === undefined) return <>–</>
  const words = inWords(latest.terms, line.unit)
  const { dearerBefore } = line
  return (
    <>
      <Door label={words} title={line.name} definition={t(`contracts.kind.${line.kind}`)}>
        <ul>
          {line.prices.map(({ id, validFrom, terms, reason }) => (
            <li key={id}>
              {t('contracts.from-on', { from: day(validFrom) })}: {inWords(terms, line.unit)}{' '}
              {reason && <span className="pl-quiet">{reason}</span>}
            </li>
          ))}
        </ul>
      </Door>
      {dearerBefore && (
        <p className="pl-small">
          {t('contracts.dearer-before', {
            quantity: dearerBefore.quantity,
            amount: money({ amountMinor: dearerBefore.amountMinor, currency }),
            next: money({ amountMinor: dearerBefore.nextMinor, currency }),
          })}
        </p>
      )}
    </>
  )
}

/** What was counted, month by month; what was counted wrongly stays beside what replaced it. */
function Readings({ line }: { readonly line: ChargeLine }) {
  const t = useText()
  return (
    <Door label={t('contracts.readings')} title={line.name} definition={t('contracts.readings-hint')}>
      <ReadingList line={line} />
    </Door>
  )
}

function ReadingList({ line: { id, unit } }: { readonly line: ChargeLine }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(readingsQuery(id))
  if (data === undefined) return null
  if (data.length === 0) return <p className="pl-quiet">{t('contracts.no-readings')}</p>
  return (
    <ul>
      {data.slice(0, 24).map((reading) => (
        <li key={reading.id} className={reading.counts ? undefined : 'pl-faint'}>
          {format.month(reading.month)}: {format.number(reading.quantity)} {unit ?? ''}{' '}
          <span className="pl-quiet">
            {t('contracts.reading', { source: reading.source, when: format.instant(reading.countedAt) })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Indexations({ id }: { readonly id: string }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const { data: indexations } = useSuspenseQuery(indexationsQuery(id))
  if (indexations.length === 0) return null
  return (
    <Section title={t('contracts.indexations')}>
      <ul>
        {indexations.map(({ id: key, validFrom, index, base, current }) => (
          <li key={key}>
            {t('contracts.indexation-said', {
              from: day(validFrom),
              index,
              base: format.number(base / 1000, 1),
              current: format.number(current / 1000, 1),
            })}
          </li>
        ))}
      </ul>
    </Section>
  )
}
