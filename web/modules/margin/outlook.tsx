import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import * as contracts from '#api/contracts'
import { barredFromContracting, type Profit } from '#api/margin'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { FieldRow, NumberField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { privateQuery } from './queries.ts'
import { useShare } from './use-share.ts'

/** What the contract will have left when it is over, against what was committed, and where that is said. */
export function Outlook({ profit }: { readonly profit: Profit }) {
  const t = useText()
  const share = useShare()
  const barred = barredFromContracting(useAsker())
  const [saying, setSaying] = useState(false)
  const { outlook, committedBp } = profit
  const committed =
    committedBp === null
      ? []
      : [{ name: t('margin.committed'), value: share({ marginMinor: committedBp, revenueMinor: 10_000 }) }]
  return (
    <SideSection title={t('margin.outlook')}>
      {outlook === null ? (
        <>
          <Facts facts={committed} />
          <p className="pl-quiet">{t('margin.no-value')}</p>
        </>
      ) : (
        <AtTheEnd profit={profit} outlook={outlook} committed={committed} />
      )}
      {barred === null && (
        <p>
          <TextButton onClick={() => setSaying(true)}>{t('margin.say-committed')}</TextButton>
        </p>
      )}
      {saying && <CommittedDialog profit={profit} onClose={() => setSaying(false)} />}
    </SideSection>
  )
}

interface AtTheEndProps {
  readonly profit: Profit
  readonly outlook: NonNullable<Profit['outlook']>
  readonly committed: readonly { readonly name: string; readonly value: ReactNode }[]
}

function AtTheEnd({ profit, outlook, committed }: AtTheEndProps) {
  const t = useText()
  const share = useShare()
  const format = useFormat()
  const money = useMoney()
  const { contract, currency, months, counted } = profit
  const { valueMinor, creditsMinor, spentMinor, toCompleteMinor, atCompletionMinor, marginMinor } = outlook
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const over = months.filter(({ month }) => counted !== null && month <= counted.to)
  const figure = (of: string, amountMinor: number, definition: string, under?: ReactNode, beside?: string) => ({
    name: of,
    value: (
      <>
        <Door label={amount(amountMinor)} title={`${of}: ${amount(amountMinor)}`} definition={definition}>
          {under}
        </Door>{' '}
        {beside}
      </>
    ),
  })
  const byMonth = (value: (of: Profit['months'][number]) => number) => (
    <ul>
      {over
        .filter((each) => value(each) !== 0)
        .map((each) => (
          <li key={each.month}>
            <Link to="/contracts/$id/profit" params={{ id: contract.id }} search={{ month: each.month }}>
              {format.monthShort(each.month)}
            </Link>
            : {amount(value(each))}
          </li>
        ))}
    </ul>
  )
  const sums = (parts: readonly (readonly [string, number])[]) => (
    <ul>
      {parts.map(([name, amountMinor]) => (
        <li key={name}>
          {name}: {amount(amountMinor)}
        </li>
      ))}
    </ul>
  )
  const credits = [t('margin.revenue.credits'), -creditsMinor] as const
  return (
    <>
      <Facts
        facts={[
          ...committed,
          figure(t('margin.value'), valueMinor, t('margin.value-definition')),
          ...(creditsMinor === 0
            ? []
            : [
                figure(
                  credits[0],
                  credits[1],
                  t('margin.credits-definition'),
                  byMonth(({ actual }) => -(actual.revenue.credits ?? 0)),
                ),
              ]),
          figure(
            t('margin.spent'),
            spentMinor,
            t('margin.spent-definition'),
            byMonth(({ actual }) => actual.with.costMinor),
          ),
          figure(t('margin.to-complete'), toCompleteMinor, t('margin.to-complete-definition')),
          figure(
            t('margin.at-completion'),
            atCompletionMinor,
            t('margin.at-completion-definition'),
            sums([
              [t('margin.spent'), spentMinor],
              [t('margin.to-complete'), toCompleteMinor],
            ]),
          ),
          figure(
            t('margin.left'),
            marginMinor,
            t('margin.left-definition'),
            sums([[t('margin.value'), valueMinor], credits, [t('margin.at-completion'), -atCompletionMinor]]),
            share({ marginMinor, revenueMinor: valueMinor - creditsMinor }),
          ),
        ]}
      />
      <p>
        <State is={outlook.onerous ? 'miss' : outlook.belowCommitted ? 'soon' : 'met'}>
          {t(outlook.onerous ? 'margin.onerous' : outlook.belowCommitted ? 'margin.below' : 'margin.on-course')}
        </State>
      </p>
    </>
  )
}

/** What margin was committed and what the contract is worth: the provider keeps it to itself. */
function CommittedDialog({ profit, onClose }: { readonly profit: Profit; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { contract, currency } = profit
  const { data: kept } = useSuspenseQuery(privateQuery(contract.id))
  const digits = decimalsOf(currency)
  const form = useForm<{ margin: number | null; value: number | null; note: string }>({
    initial: {
      margin: kept.marginTargetBp === null ? null : kept.marginTargetBp / 100,
      value: kept.valueMinor === null ? null : kept.valueMinor / 10 ** digits,
      note: kept.note ?? '',
    },
    check: ({ margin }) => ({
      margin: margin !== null && Math.abs(margin) > 100 ? t('margin.share-missing') : undefined,
    }),
    async submit({ margin, value, note }) {
      const body = {
        marginTargetBp: margin === null ? null : Math.round(margin * 100),
        valueMinor: value === null ? null : Math.round(value * 10 ** digits),
        note: note.trim() || null,
      }
      await call(contracts.putContractPrivate, { params: { id: contract.id }, body })
      await client.invalidateQueries({ queryKey: ['margin'] })
      notify(t('margin.committed-said'))
      onClose()
    },
  })
  return (
    <Dialog title={t('margin.say-committed')} onClose={onClose}>
      <Form form={form} action={t('margin.committed-keep')} onCancel={onClose}>
        <p className="pl-quiet">{t('margin.committed-hint')}</p>
        <FieldRow>
          <NumberField field={form.field('margin')} label={t('margin.committed-field')} digits={2} optional />
          <NumberField
            field={form.field('value')}
            label={t('margin.value-field', { currency })}
            digits={digits}
            min={0}
            optional
          />
        </FieldRow>
        <TextAreaField
          field={form.field('note')}
          label={t('margin.committed-note')}
          rows={3}
          maxLength={4000}
          optional
        />
      </Form>
    </Dialog>
  )
}
