import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/budgets'
import { type Appropriation, appropriationLifecycle, barredFromContracting } from '#api/budgets'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { ReadersOnly, useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { AskDialog } from './ask-dialog.tsx'
import { ServiceDialog, WordsDialog } from './asked-dialogs.tsx'
import { BusinessCase } from './business-case.tsx'
import { Entries, Orders } from './line-figures.tsx'
import { appropriationQuery, wordQuery } from './queries.ts'
import { AppropriationStateWord } from './words.tsx'

const route = getRouteApi('/shell/appropriations/$id')

/** Money that was asked for: whether it pays, who decided, and what became of it. */
export function AppropriationPage() {
  const t = useText()
  const { id } = route.useParams()
  return (
    <ReadersOnly barredFrom={barredFromContracting} title={t('budgets.title')}>
      <Asked id={id} />
    </ReadersOnly>
  )
}

/** Steps that need no more than to be said. */
const PLAIN = ['draft', 'review', 'submitted', 'open', 'committed', 'supplement-required', 'closed'] as const
type Plain = (typeof PLAIN)[number]

function Asked({ id }: { readonly id: string }) {
  const t = useText()
  const client = useQueryClient()
  const money = useMoney()
  const { data: asked } = useSuspenseQuery(appropriationQuery(id))
  const { data: word } = useSuspenseQuery(wordQuery())
  const barred = barredFromContracting(useAsker())
  const [open, setOpen] = useState<'approved' | 'rejected' | 'post-reviewed' | 'service' | 'write' | null>(null)
  const { title, number, currency, amountMinor, contingencyMinor, state, version, reason, businessCase } = asked
  const amount = (minor: number) => money({ amountMinor: minor, currency })
  const steps = PLAIN.filter((to) => reachable(appropriationLifecycle, state).includes(to))
  async function done(work: Promise<unknown>) {
    await work
    await client.invalidateQueries({ queryKey: ['budgets'] })
    notify(t('budgets.done'))
  }
  const move = (to: Plain) => done(call(api.moveAppropriation, { params: { id }, body: { to }, match: version }))
  return (
    <Page
      title={t('budgets.one-case', { title, amount: amount(amountMinor + contingencyMinor) })}
      lede={t('budgets.one-lede', { word, number, state: t(`budgets.state.${state}`) })}
      crumb={<Link to="/budget">{t('budgets.title')}</Link>}
      actions={
        barred === null && (
          <>
            {steps.map((to) => (
              <Button key={to} onClick={() => void move(to)}>
                {t(`budgets.step.${to}`)}
              </Button>
            ))}
            {rewritable.has(state) && <Button onClick={() => setOpen('write')}>{t('budgets.asked-write')}</Button>}
            {state === 'submitted' && (
              <>
                <Button onClick={() => setOpen('rejected')}>{t('budgets.reject')}</Button>
                <Button main onClick={() => setOpen('approved')}>
                  {t('budgets.approve')}
                </Button>
              </>
            )}
            {state === 'committed' && <Button onClick={() => setOpen('service')}>{t('budgets.put-in-service')}</Button>}
            {state === 'closed' && <Button onClick={() => setOpen('post-reviewed')}>{t('budgets.look-back')}</Button>}
          </>
        )
      }
      side={<Side asked={asked} />}
    >
      {asked.overTolerance && (
        <p>
          <State is="soon">{t('budgets.over', { amount: amount(asked.forecastMinor) })}</State>
        </p>
      )}
      <Section title={t('budgets.why')}>
        <p>{reason}</p>
        {businessCase.alternatives !== '' && (
          <p className="pl-quiet">{t('budgets.alternatives', { words: businessCase.alternatives })}</p>
        )}
      </Section>
      <BusinessCase asked={asked} />
      <Decisions asked={asked} />
      {open === 'service' && <ServiceDialog of={asked} onClose={() => setOpen(null)} />}
      {open === 'write' && <AskDialog of={asked} onClose={() => setOpen(null)} />}
      {open !== null && open !== 'service' && open !== 'write' && (
        <WordsDialog of={asked} to={open} onClose={() => setOpen(null)} />
      )}
    </Page>
  )
}

/** In which what is asked for may be said anew. */
const rewritable: ReadonlySet<Appropriation['state']> = new Set(['draft', 'review', 'supplement-required'])

/** While its approval is still to come; afterwards what was decided says who gave it. */
const waiting: ReadonlySet<Appropriation['state']> = new Set(['draft', 'review', 'submitted', 'supplement-required'])

function Decisions({ asked: { decisions, currency, steps, state } }: { readonly asked: Appropriation }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  return (
    <Section title={t('budgets.decisions')}>
      <ol>
        {(waiting.has(state) ? steps : []).map(({ number, leastMinor, by, at, may }) => (
          <li key={number}>
            {t('budgets.chain', {
              number,
              amount: money({ amountMinor: leastMinor, currency }),
              who:
                by !== null && at !== null
                  ? t('budgets.chain-done', { name: by.name, day: format.date(at) })
                  : may.length === 0
                    ? t('budgets.chain-nobody')
                    : t('budgets.chain-waits', { names: format.list(may.map(({ name }) => name)) }),
            })}
          </li>
        ))}
      </ol>
      <ul>
        {decisions.map(({ id, person, decision, amountMinor, note, decidedAt }) => (
          <li key={id}>
            {t('budgets.decided', {
              day: format.date(decidedAt),
              name: person?.name ?? '–',
              decision,
              amount: money({ amountMinor, currency }),
            })}
            {note !== null && <span className="pl-quiet"> {note}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Side({ asked }: { readonly asked: Appropriation }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { state, currency, approvedMinor, spentMinor, committedMinor, forecastMinor, bookValueMinor, inServiceOn } =
    asked
  const amount = (amountMinor: number | null) => (amountMinor === null ? '–' : money({ amountMinor, currency }))
  const under = (of: 'committed' | 'actual' | 'will-cost', amountMinor: number) => (
    <Door
      label={amount(amountMinor)}
      title={`${t(`budgets.${of}`)}: ${amount(amountMinor)}`}
      definition={t(`budgets.${of}-asked`)}
      sample={t('budgets.of-lines', { lines: asked.lines.length })}
    >
      {asked.lines.map(({ id, name, year, costCentre }) => (
        <div key={id}>
          <b>{name}</b> <span className="pl-quiet">{[String(year), costCentre].join(', ')}</span>
          {of !== 'committed' && <Entries id={id} currency={currency} />}
          {of !== 'actual' && <Orders id={id} currency={currency} />}
        </div>
      ))}
    </Door>
  )
  return (
    <SideSection title={t('budgets.became')}>
      <Facts
        facts={[
          { name: t('budgets.state'), value: <AppropriationStateWord state={state} /> },
          { name: t('budgets.approved'), value: amount(approvedMinor) },
          { name: t('budgets.committed'), value: under('committed', committedMinor) },
          { name: t('budgets.actual'), value: under('actual', spentMinor) },
          { name: t('budgets.will-cost'), value: under('will-cost', forecastMinor) },
          {
            name: t('budgets.in-service'),
            value: inServiceOn === null ? '–' : format.date(new Date(`${inServiceOn}T12:00:00Z`), 'UTC'),
          },
          {
            name: t('budgets.book-value'),
            value: bookValueMinor === null ? '–' : <BookValue asked={asked} />,
          },
        ]}
      />
      {asked.postReview !== null && <p>{asked.postReview}</p>}
    </SideSection>
  )
}

/** What it is still worth in the books, and what is written off month by month. */
function BookValue({
  asked: { bookValueMinor, depreciation, currency, lifeMonths },
}: {
  readonly asked: Appropriation
}) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const label = money({ amountMinor: bookValueMinor ?? 0, currency })
  return (
    <Door
      label={label}
      title={`${t('budgets.book-value')}: ${label}`}
      definition={t('budgets.book-value-definition')}
      period={t('budgets.life-of', { months: lifeMonths ?? 0 })}
    >
      <ul>
        {depreciation.map(({ month, amountMinor }) => (
          <li key={month}>
            {format.monthShort(month)}: {money({ amountMinor, currency })}
          </li>
        ))}
      </ul>
    </Door>
  )
}
