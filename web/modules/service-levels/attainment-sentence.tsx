import { useQuery } from '@tanstack/react-query'
import { useSession } from '#web/modules/people/index.ts'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { addDays, type Period } from './attainment-period.ts'
import { customersQuery, sitesQuery } from './attainment-queries.ts'
import type { AttainmentSearch } from './attainment-search.ts'
import { periodWords } from './attainment-words.ts'
import classes from './attainment-page.module.css'

interface AttainmentSentenceProps {
  readonly customer: string | undefined
  readonly site: string | undefined
  readonly period: Period
  readonly against: string | undefined
  readonly onChange: (change: Partial<AttainmentSearch>) => void
}

/** Whose figures, and of when, as a sentence; it stands in the address. */
export function AttainmentSentence({ customer, site, period, against, onChange }: AttainmentSentenceProps) {
  const t = useText()
  const format = useFormat()
  const { access, customers: own } = useSession()
  const { data: customers = [] } = useQuery(customersQuery())
  const { data: sites = [] } = useQuery(sitesQuery(customer))
  const only = access === 'customer' && own.length === 1 ? own[0]! : null
  const lastDay = addDays(period.to, -1)
  const choose = (kind: Period['kind']) => {
    if (kind === 'last-12') return onChange({ period: 'last-12', month: undefined, from: undefined, to: undefined })
    if (kind === 'month')
      return onChange({ period: undefined, month: lastDay.slice(0, 7), from: undefined, to: undefined })
    return onChange({ period: 'custom', month: undefined, from: period.from, to: lastDay })
  }
  const words = (kind: Period['kind']) =>
    kind === period.kind ? periodWords(t, format, period) : t(`attainment.period.${kind}`)
  return (
    <div className={classes.sentence}>
      <Sentence>
        <Text
          id="attainment.sentence"
          values={{ bySite: customer === undefined ? 'no' : 'yes' }}
          components={{
            site: (
              <Pick
                label={t('attainment.site')}
                options={[
                  { value: '', label: t('attainment.any-site') },
                  ...sites.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={site ?? ''}
                onChange={(id) => onChange({ site: id === '' ? undefined : id })}
              />
            ),
            customer: only ? (
              <b>{only.name}</b>
            ) : (
              <Pick
                label={t('attainment.customer')}
                options={[
                  { value: '', label: t('attainment.any-customer') },
                  ...customers.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={customer ?? ''}
                onChange={(id) =>
                  onChange({ customer: id === '' ? undefined : id, site: undefined, against: timeOnly(against) })
                }
              />
            ),
            period: (
              <Pick
                label={t('attainment.period')}
                options={(['month', 'last-12', 'custom'] as const).map((value) => ({
                  value,
                  label: t(`attainment.period.${value}`),
                  inSentence: words(value),
                }))}
                value={period.kind}
                onChange={choose}
              />
            ),
            against: (
              <Pick
                label={t('attainment.compare')}
                options={[
                  { value: '', label: t('attainment.compare.nothing') },
                  { value: 'before', label: t('attainment.compare.before') },
                  { value: 'year-before', label: t('attainment.compare.year-before') },
                  ...sites
                    .filter(({ id }) => id !== site)
                    .map(({ id, name }) => ({
                      value: `site:${id}`,
                      label: t('attainment.compare.site', { name }),
                      inSentence: name,
                    })),
                  ...customers
                    .filter(({ id }) => customer !== undefined && id !== customer)
                    .map(({ id, name }) => ({ value: `customer:${id}`, label: name })),
                ]}
                value={against ?? ''}
                onChange={(chosen) => onChange({ against: chosen === '' ? undefined : chosen })}
              />
            ),
          }}
        />
      </Sentence>
      {period.kind === 'custom' && <OwnPeriod period={period} onChange={onChange} />}
    </div>
  )
}

/** Another customer has other sites, and is not compared with itself: only a time goes along. */
function timeOnly(against: string | undefined): string | undefined {
  return against?.includes(':') ? undefined : against
}

function OwnPeriod({ period, onChange }: Pick<AttainmentSentenceProps, 'period' | 'onChange'>) {
  const t = useText()
  const [from, to] = [period.from, addDays(period.to, -1)]
  return (
    <div className={`${classes.own} pl-small`}>
      <label>
        {t('attainment.first-day')}
        <input
          type="date"
          value={from}
          max={to}
          onChange={({ currentTarget: { value } }) =>
            value !== '' && onChange({ from: value, to: value > to ? value : to })
          }
        />
      </label>
      <label>
        {t('attainment.last-day')}
        <input
          type="date"
          value={to}
          min={from}
          onChange={({ currentTarget: { value } }) =>
            value !== '' && onChange({ from: value < from ? value : from, to: value })
          }
        />
      </label>
    </div>
  )
}
