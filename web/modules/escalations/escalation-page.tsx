import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/escalations'
import { barredFromWorking, type Escalation, type EscalationState as Stage } from '#api/escalations'
import { CallFailure } from '#web/http/call-failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { EscalationState, NextWord } from './escalation-state.tsx'
import { escalationQuery } from './queries.ts'
import { StepDialog } from './step-dialog.tsx'

const route = getRouteApi('/shell/escalations/$id')

/** Steps that ask for more than a click. */
const asking: readonly Stage[] = ['plan-agreed', 'confirmed']

/** One escalation: who asked for what, who cares, what was agreed, what is next. */
export function EscalationPage() {
  const t = useText()
  const format = useFormat()
  const { id } = route.useParams()
  const { data: escalation } = useSuspenseQuery(escalationQuery(id))
  const [open, setOpen] = useState<Stage | 'change' | null>(null)
  const { incident, customer, source, direction, kind, level, raisedAt, rule, reason, agreedOutcome } = escalation
  const { owner, nextUpdateDue, acknowledgedAt, closedAt, raiserSatisfied, state } = escalation
  const moment = (at: Date | null) => (at === null ? '–' : format.instant(at))
  const close = () => setOpen(null)
  return (
    <Page
      title={`${incident.number} ${incident.title}`}
      lede={
        <>
          {t('escalations.sentence', {
            source: t('escalations.source-of', { source }),
            when: format.instant(raisedAt),
            direction: t('escalations.direction-of', { direction: textChoice(direction) }),
            kind,
            level,
          })}
          {rule !== null && ` ${t('escalations.rule', { rule })}`}
        </>
      }
      crumb={<Link to="/escalations">{t('escalations.title')}</Link>}
      actions={<Steps escalation={escalation} onAsk={setOpen} />}
      side={
        <>
          <SideSection title={t('escalations.state')}>
            <Facts
              facts={[
                { name: t('escalations.state'), value: <EscalationState state={state} /> },
                { name: t('escalations.next'), value: <NextWord due={nextUpdateDue} /> },
                ...(owner ? [{ name: t('escalations.owner'), value: owner.name }] : []),
                { name: t('escalations.customer'), value: customer.name },
                { name: t('escalations.acknowledged-at'), value: moment(acknowledgedAt) },
                ...(closedAt ? [{ name: t('escalations.closed-at'), value: moment(closedAt) }] : []),
                ...(raiserSatisfied === null
                  ? []
                  : [
                      {
                        name: t('escalations.satisfied'),
                        value: t('escalations.satisfied-of', { count: raiserSatisfied }),
                      },
                    ]),
                {
                  name: t('escalations.incident'),
                  value: (
                    <Link to="/incidents/$id" params={{ id: incident.number }}>
                      {incident.number}
                    </Link>
                  ),
                },
              ]}
            />
          </SideSection>
          <WhatFollows origin={{ kind: 'escalation', id }} customer={customer.id} />
        </>
      }
    >
      <Section title={t('escalations.reason')}>
        <p>{reason}</p>
      </Section>
      {agreedOutcome && (
        <Section title={t('escalations.outcome')}>
          <p>{agreedOutcome}</p>
        </Section>
      )}
      {open === 'change' && <ChangeDialog escalation={escalation} onClose={close} />}
      {open !== null && open !== 'change' && <StepDialog escalation={escalation} to={open} onClose={close} />}
    </Page>
  )
}

interface StepsProps {
  readonly escalation: Escalation
  readonly onAsk: (what: Stage | 'change') => void
}

function Steps({ escalation, onAsk }: StepsProps) {
  const t = useText()
  const client = useQueryClient()
  const barred = barredFromWorking(useAsker())
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<CallFailure | null>(null)
  const { id, state, incident } = escalation
  const [first, ...others] = reachable(api.escalationLifecycle, state)
  if (first === undefined || barred !== null) return null
  const word = (to: Stage) =>
    state === 'outcome-reached' && to === 'in-execution'
      ? t('escalations.step.back')
      : t(`escalations.step.${to as Exclude<Stage, 'raised'>}`)
  const take = (to: Stage) => {
    if (asking.includes(to)) return onAsk(to)
    void go(to)
  }

  async function go(to: Stage) {
    setBusy(true)
    setProblem(null)
    try {
      await call(api.moveEscalation, { params: { id }, body: { to } })
      await client.invalidateQueries({ queryKey: ['escalations'] })
      notify(t('escalations.moved', { number: incident.number, state: t(`escalations.state.${to}`) }))
    } catch (thrown) {
      if (!(thrown instanceof CallFailure)) throw thrown
      setProblem(thrown)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      {problem !== null && <Problem failure={problem} />}
      <Button main busy={busy} onClick={() => take(first)}>
        {word(first)}
      </Button>
      <Button onClick={() => onAsk('change')}>{t('escalations.change')}</Button>
      <Menu button={<Button>{t('app.tab.more')}</Button>}>
        {others.map((to) => (
          <MenuItem key={to} onClick={() => take(to)}>
            {word(to)}
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
