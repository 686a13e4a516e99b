import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/credits'
import { barredFromTerms, type RegimeDraft } from '#api/credits'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { regimeQuery, regimeTextQuery } from './queries.ts'
import classes from './fields.module.css'

const route = getRouteApi('/shell/contracts/$id/regime')

/** What the contract says of credits, written as readable data, with worked examples beside it. */
export function RegimePage() {
  const t = useText()
  const { id } = route.useParams()
  const barred = barredFromTerms(useAsker())
  if (barred === null) return <Regime id={id} />
  return (
    <Page title={t('contracts.regime-write')}>
      <Empty title={t('contracts.regime-write')}>{t(barred)}</Empty>
    </Page>
  )
}

function Regime({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { data } = useSuspenseQuery(regimeTextQuery(id))
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const [text, setText] = useState(data.text)
  const [validFrom, setValidFrom] = useState(next)
  const { data: kept } = useSuspenseQuery(regimeQuery(id))
  const [draft, setDraft] = useState<{ readonly of: string; readonly reply: RegimeDraft } | null>(
    kept.regime === null
      ? null
      : {
          of: data.text,
          reply: { errors: [], examples: kept.regime.examples, currency: kept.currency, kept: false },
        },
  )
  const asked = useMutation({
    mutationFn: (keep: boolean) => call(api.draftRegime, { params: { id }, body: { text, validFrom, keep } }),
    async onSuccess(reply) {
      setDraft({ of: text, reply })
      if (!reply.kept) return
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.regime-kept', { month: format.month(validFrom) }))
    },
  })
  const field = <Name extends string>(name: Name, value: string, onChange: (value: string) => void) => ({
    name,
    value,
    onChange,
    error: undefined,
  })
  const isRead = draft?.of === text && draft.reply.errors.length === 0
  return (
    <Page
      title={t('contracts.regime-write')}
      lede={t('contracts.regime-write-lede')}
      crumb={
        <Link to="/contracts/$id/trial" params={{ id }}>
          {t('contracts.try')}
        </Link>
      }
      side={draft !== null && <Examples draft={draft.reply} levels={kept.regime?.terms.levels ?? []} />}
    >
      <Section title={t('contracts.regime-text')} hint={t('contracts.regime-text-hint')}>
        <div className={classes.fields}>
          <div className={classes.code}>
            <TextAreaField
              field={field('text', text, setText)}
              label={t('contracts.regime-text')}
              rows={Math.min(40, text.split('\n').length + 2)}
            />
          </div>
          {draft !== null && draft.reply.errors.length > 0 && (
            <ul role="alert">
              {draft.reply.errors.map(({ line, message }) => (
                <li key={`${line} ${message}`}>
                  <State is="miss">{t('contracts.in-line', { line, message })}</State>
                </li>
              ))}
            </ul>
          )}
          <TextField
            field={field('validFrom', validFrom, setValidFrom)}
            label={t('contracts.from-month')}
            hint={t('contracts.month-hint')}
          />
          {asked.error !== null && <Problem failure={asked.error} />}
          <Buttons>
            <Button busy={asked.isPending} onClick={() => asked.mutate(false)}>
              {t('contracts.regime-check')}
            </Button>
            <Button
              main
              barred={isRead ? null : t('contracts.regime-check-first')}
              busy={asked.isPending}
              onClick={() => asked.mutate(true)}
            >
              {t('contracts.regime-keep')}
            </Button>
          </Buttons>
        </div>
      </Section>
    </Page>
  )
}

interface ExamplesProps {
  readonly draft: RegimeDraft
  /** Of the regime in force, for their names; a level that is only written so far goes by its key. */
  readonly levels: readonly { readonly key: string; readonly name: string }[]
}

function Examples({ draft: { examples, currency }, levels }: ExamplesProps) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  if (examples.length === 0) return null
  return (
    <SideSection title={t('contracts.examples')}>
      <p className="pl-quiet">
        {t('contracts.examples-hint', { basis: money({ amountMinor: examples[0]!.basisMinor, currency }) })}
      </p>
      {[...Map.groupBy(examples, ({ level }) => level)].map(([level, of]) => (
        <div key={level} className={classes.example}>
          <p>{levels.find(({ key }) => key === level)?.name ?? level}</p>
          <Facts
            small
            facts={of.map(({ percent, amountMinor }) => ({
              name: t('contracts.example-at', { percent: format.number(percent, 2) }),
              value: money({ amountMinor, currency }),
            }))}
          />
        </div>
      ))}
    </SideSection>
  )
}
