import { type ReactNode, useState } from 'react'
import { type CapacityOrder, orderLifecycle, type OrderState, type PoolView, stepsOfSupplier } from '#api/suppliers'
import { reachable } from '#core/lifecycle.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { LeasingWarning } from './leasing-warning.tsx'
import { StepDialog, useStep } from './order-dialogs.tsx'
import { OrderStateWord } from './words.tsx'

type Pool = Omit<PoolView, 'use'>

/** A pool: who is meant without naming anybody, what a unit costs, and what became of each call-off. */
export function PoolSection({
  pool,
  currency,
  own = false,
  aside,
  children,
}: {
  readonly pool: Pool
  readonly currency: string
  /** Seen by the supplier itself. */
  readonly own?: boolean
  readonly aside?: ReactNode
  readonly children?: ReactNode
}) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const [open, setOpen] = useState<{ order: CapacityOrder; to: OrderState } | null>(null)
  const take = useStep(own)
  const { name, skill, place, unit, committed, flexBp, leadDays, rates, orders } = pool
  const role = [skill, pool.level === null ? null : t('suppliers.level', { level: pool.level }), pool.language, place]
  const steps = (order: CapacityOrder): readonly OrderState[] =>
    reachable(orderLifecycle, order.state).filter((to) => to !== 'shortfall' && (!own || stepsOfSupplier.includes(to)))
  const columns: readonly Column<CapacityOrder>[] = [
    {
      key: 'month',
      head: t('suppliers.month'),
      width: '150px',
      narrow: 'lead',
      cell: ({ month }) => format.month(month),
    },
    {
      key: 'called',
      head: t('suppliers.called-off'),
      width: '110px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.called-off'),
      cell: ({ quantity }) => format.number(quantity),
    },
    {
      key: 'delivered',
      head: t('suppliers.delivered'),
      width: '110px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.delivered'),
      cell: ({ delivered }) => (delivered === null ? '–' : format.number(delivered)),
    },
    {
      key: 'accepted',
      head: t('suppliers.accepted'),
      width: '110px',
      numeric: true,
      narrow: 'under',
      called: t('suppliers.accepted'),
      cell: ({ accepted }) => (accepted === null ? '–' : format.number(accepted)),
    },
    {
      key: 'state',
      head: t('suppliers.state'),
      width: '150px',
      narrow: 'trail',
      cell: ({ state }) => <OrderStateWord state={state} />,
    },
    {
      key: 'steps',
      head: t('suppliers.next'),
      narrow: 'under',
      cell: (order) => (
        <Buttons>
          {steps(order).map((to) => (
            <Button
              key={to}
              onClick={() =>
                to === 'delivered' || to === 'accepted' ? setOpen({ order, to }) : void take({ order, to })
              }
            >
              {t(`suppliers.order-step.${to as 'confirmed' | 'delivered' | 'accepted' | 'invoiced'}`)}
            </Button>
          ))}
        </Buttons>
      ),
    },
  ]
  return (
    <Section
      title={name}
      hint={t('suppliers.pool-says', {
        role: role.filter((each) => each !== null).join(', '),
        committed: t(`suppliers.units.${unit}`, { count: committed }),
        flex: flexBp / 100,
        days: leadDays,
        price: rates[0] === undefined ? '–' : money({ amountMinor: rates[0].unitMinor, currency }),
      })}
      aside={aside}
    >
      {children}
      {!own && <LeasingWarning words={[name, skill, pool.level, place, ...orders.map(({ slots }) => slots)]} />}
      <Table
        dense
        label={t('suppliers.call-offs-of', { name })}
        columns={columns}
        rows={orders}
        rowKey={({ id }) => id}
        empty={t('suppliers.no-call-offs')}
      />
      {open !== null && <StepDialog step={open} own={own} onClose={() => setOpen(null)} />}
    </Section>
  )
}
