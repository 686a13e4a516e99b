import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/actions'
import { type Action, actionLifecycle, type ActionState, barredFromActing, barredFromVerifying } from '#api/actions'
import { reachable } from '#core/lifecycle.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

/** What asks for more than a click. */
export type Asked = ActionState | 'change'

interface ActionStepsProps {
  readonly action: Action
  readonly onAsk: (what: Asked) => void
}

/** What can be done with an action now. */
export function ActionSteps({ action, onAsk }: ActionStepsProps) {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<CallFailure | null>(null)
  const { id, state } = action
  const steps = reachable(actionLifecycle, state)
  const barred = barredFromActing(asker)
  if (steps.length === 0 || barred !== null) return null
  const asks = (to: ActionState) =>
    to === 'done-claimed' || to === 'cancelled' || (state === 'done-claimed' && to === 'in-progress')
  const word = (to: ActionState) =>
    state === 'done-claimed' && to === 'in-progress'
      ? t('actions.step.return')
      : t(`actions.step.${to as Exclude<ActionState, 'open'>}`)

  async function go(to: ActionState) {
    setBusy(true)
    setProblem(null)
    try {
      await call(api.moveAction, { params: { id }, body: { to } })
      await client.invalidateQueries({ queryKey: ['actions'] })
      notify(t('actions.moved', { state: t(`actions.state.${to}`) }))
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
      {steps.map((to, index) => {
        const why = to === 'verified' ? barredFromVerifying(asker, action) : null
        return (
          <Button
            key={to}
            main={index === 0}
            busy={busy && index === 0}
            barred={why && t(why)}
            onClick={() => (asks(to) ? onAsk(to) : void go(to))}
          >
            {word(to)}
          </Button>
        )
      })}
      <Button onClick={() => onAsk('change')}>{t('actions.change')}</Button>
    </>
  )
}
