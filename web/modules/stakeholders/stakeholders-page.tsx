import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromRelating, type Stakeholder } from '#api/stakeholders'
import { SteeringTabs, useDay } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Door, DoorList } from '#web/ui/door.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { stakeholdersQuery } from './queries.ts'
import { StakeholderDialog } from './stakeholder-dialog.tsx'
import { StakeholderMap } from './stakeholder-map.tsx'
import classes from './stakeholders.module.css'

const route = getRouteApi('/shell/stakeholders')

/** Who matters at a customer, how they stand to the service, and whether somebody speaks with them in time. */
export function StakeholdersPage() {
  const t = useText()
  const barred = barredFromRelating(useAsker())
  const { customer } = route.useSearch()
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t('stakeholders.title')}
      lede={t('stakeholders.lede')}
      actions={
        <Button main barred={barred && t(barred)} onClick={() => setAdding(true)}>
          {t('stakeholders.new')}
        </Button>
      }
    >
      <SteeringTabs />
      {barred === null ? <Register customer={customer} /> : <Empty title={t('stakeholders.barred')}>{t(barred)}</Empty>}
      {adding && <StakeholderDialog stakeholder={null} customer={customer} onClose={() => setAdding(false)} />}
    </Page>
  )
}

interface CoverageProps {
  readonly items: readonly Stakeholder[]
  readonly coverage: { readonly numerator: number; readonly denominator: number }
}

/** With how many of those who have a rhythm somebody spoke in time, and until when. */
function Coverage({ items, coverage }: CoverageProps) {
  const t = useText()
  const format = useFormat()
  const day = useDay()
  const words = format.ratio(coverage)
  return (
    <Door
      label={words}
      title={t('stakeholders.covered-title', { words })}
      definition={t('stakeholders.covered-definition')}
      period={t('stakeholders.covered-period')}
      sample={t('stakeholders.covered-sample', { count: coverage.denominator })}
    >
      <DoorList
        lines={items
          .filter(({ dueOn }) => dueOn !== null)
          .map(({ id, name, dueOn, overdue }) => ({
            id,
            link: <Name id={id} name={name} />,
            about: t(overdue ? 'stakeholders.out-of-rhythm' : 'stakeholders.in-rhythm'),
            figure: t('stakeholders.until', { day: day(dueOn!) }),
          }))}
      />
    </Door>
  )
}

/** The mean of the latest pulse of each. */
function PulseMean({ items, mean }: { readonly items: readonly Stakeholder[]; readonly mean: number | null }) {
  const t = useText()
  const format = useFormat()
  const pulses = items.filter(({ pulse }) => pulse !== null)
  const label = mean === null ? '–' : format.number(mean, 1)
  return (
    <Door
      label={label}
      title={t('stakeholders.pulse-title', { mean: label })}
      definition={t('stakeholders.pulse-definition')}
      period={t('stakeholders.pulse-period')}
      sample={t('stakeholders.pulse-sample', { count: pulses.length })}
    >
      <DoorList
        lines={pulses.map(({ id, name, pulse, customer }) => ({
          id,
          link: <Name id={id} name={name} />,
          about: customer.name,
          figure: pulse,
        }))}
      />
    </Door>
  )
}

function Name({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <Link to="/stakeholders/$id" params={{ id }}>
      {name}
    </Link>
  )
}

function Register({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const day = useDay()
  const { data } = useQuery(stakeholdersQuery(customer))
  if (data === undefined) return null
  const { items, coverage, pulseMean } = data
  const columns: readonly Column<Stakeholder>[] = [
    {
      key: 'name',
      head: t('stakeholders.name'),
      narrow: 'lead',
      cell: ({ id, name, role }) => (
        <>
          <Link to="/stakeholders/$id" params={{ id }}>
            {name}
          </Link>
          {role !== null && <span className="pl-quiet"> {role}</span>}
        </>
      ),
    },
    {
      key: 'customer',
      head: t('stakeholders.customer'),
      width: '17%',
      narrow: 'under',
      cell: (row) => row.customer.name,
    },
    {
      key: 'influence',
      head: t('stakeholders.influence'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ influence }) => influence,
    },
    {
      key: 'support',
      head: t('stakeholders.support'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ support }) => t(`stakeholders.support.${String(support) as '0'}`),
    },
    {
      key: 'last',
      head: t('stakeholders.last'),
      width: '130px',
      narrow: 'under',
      cell: ({ lastOn }) => (lastOn === null ? t('stakeholders.never') : day(lastOn)),
    },
    {
      key: 'due',
      head: t('stakeholders.due'),
      width: '190px',
      narrow: 'trail',
      cell: ({ dueOn, overdue }) =>
        dueOn === null ? (
          '–'
        ) : overdue ? (
          <State is="miss">{t('stakeholders.overdue', { day: day(dueOn) })}</State>
        ) : (
          day(dueOn)
        ),
    },
    {
      key: 'pulse',
      head: t('stakeholders.pulse'),
      width: '70px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ pulse }) => pulse ?? '–',
    },
  ]
  return (
    <>
      {coverage !== null && (
        <p className={classes.figures}>
          <Text
            id="stakeholders.figures"
            components={{
              covered: <Coverage items={items} coverage={coverage} />,
              pulse: <PulseMean items={items} mean={pulseMean} />,
            }}
          />
        </p>
      )}
      {items.length > 0 && <StakeholderMap items={items} />}
      <Section title={t('stakeholders.register')}>
        <Table
          dense
          label={t('stakeholders.register')}
          columns={columns}
          rows={items}
          rowKey={({ id }) => id}
          empty={<Empty title={t('stakeholders.none')}>{t('stakeholders.none-more')}</Empty>}
        />
      </Section>
    </>
  )
}
