import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/improvements'
import {
  barredFromApproving,
  barredFromConfirming,
  barredFromImproving,
  improvementLifecycle,
  type ImprovementInFull,
  type ImprovementState,
} from '#api/improvements'
import { reachable } from '#core/lifecycle.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

interface ImprovementStepsProps {
  readonly improvement: ImprovementInFull
  readonly onAsk: (what: ImprovementState | 'change') => void
}

/** What can be done with an improvement now. */
export function ImprovementSteps({ improvement, onAsk }: ImprovementStepsProps) {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<CallFailure | null>(null)
  const { id, state, kpi, benefit } = improvement
  const [first, ...others] = reachable(improvementLifecycle, state)
  if (first === undefined || barredFromImproving(asker) !== null) return null
  const asks = (to: ImprovementState) =>
    to === 'check' || to === 'stopped' || (to === 'benefit-verified' && kpi === null)
  const word = (to: ImprovementState) =>
    to === 'plan' && state !== 'approved'
      ? t('improvements.step.again')
      : t(`improvements.step.${to as Exclude<ImprovementState, 'idea'>}`)
  const why = (to: ImprovementState) => {
    const reason =
      to === 'approved'
        ? barredFromApproving(asker)
        : to === 'benefit-verified'
          ? barredFromConfirming(asker, improvement)
          : null
    if (reason !== null) return t(reason)
    return to === 'benefit-verified' && kpi !== null && benefit === null ? t('improvements.no-signal') : null
  }

  async function go(to: ImprovementState) {
    if (asks(to)) return onAsk(to)
    setBusy(true)
    setProblem(null)
    try {
      await call(api.moveImprovement, { params: { id }, body: { to } })
      await client.invalidateQueries({ queryKey: ['improvements'] })
      notify(t('improvements.moved', { state: t(`improvements.state.${to}`) }))
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
      <Button main busy={busy} barred={why(first)} onClick={() => void go(first)}>
        {word(first)}
      </Button>
      <Button onClick={() => onAsk('change')}>{t('improvements.change')}</Button>
      {others.length > 0 && (
        <Menu button={<Button>{t('app.tab.more')}</Button>}>
          {others.map((to) => (
            <MenuItem key={to} onClick={() => void go(to)}>
              {word(to)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  )
}
