import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { barredFromActing, type OriginGiven } from '#api/actions'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { AskDecisionDialog } from './ask-decision-dialog.tsx'
import { MakeActionDialog } from './make-action-dialog.tsx'
import { MakeImprovementDialog } from './make-improvement-dialog.tsx'
import { followingQuery } from './queries.ts'
import { ActionState, DecisionState, DueWord, refOf, useOwnerWord } from './words.tsx'
import classes from './what-follows.module.css'

interface WhatFollowsProps {
  /** The record or figure whose page it is. */
  readonly origin: OriginGiven
  /** Id; undefined where none is chosen. */
  readonly customer: string | undefined
}

/** What was made from this, and how to make more of it: at the side of a record's page. For the provider's people. */
export function WhatFollows({ origin, customer }: WhatFollowsProps) {
  const t = useText()
  const asker = useAsker()
  const ownerWord = useOwnerWord()
  const inside = barredFromInside(asker) === null
  const [making, setMaking] = useState<'action' | 'decision' | 'improvement' | null>(null)
  const { data } = useQuery({
    ...followingQuery(refOf(origin), origin.kind === 'kpi' ? customer : undefined),
    enabled: inside,
  })
  if (!inside) return null
  const { actions = [], decisions = [], improvements = [] } = data ?? {}
  const close = () => setMaking(null)
  return (
    <SideSection title={t('actions.following')}>
      <ul className={classes.list}>
        {actions.map((action) => (
          <li key={action.id}>
            <Link to="/actions/$id" params={{ id: action.id }}>
              {action.text}
            </Link>
            <div className="pl-small pl-quiet">
              {ownerWord(action)} · <DueWord of={action} /> · <ActionState state={action.state} />
            </div>
          </li>
        ))}
        {decisions.map(({ id, question, state }) => (
          <li key={id}>
            <Link to="/decisions/$id" params={{ id }}>
              {question}
            </Link>
            <div className="pl-small pl-quiet">
              <DecisionState state={state} />
            </div>
          </li>
        ))}
        {improvements.map(({ id, problem, state }) => (
          <li key={id}>
            <Link to="/improvements/$id" params={{ id }}>
              {problem}
            </Link>
            <div className="pl-small pl-quiet">{t(`actions.improvement.state.${state}`)}</div>
          </li>
        ))}
      </ul>
      {barredFromActing(asker) === null && (
        <p className={classes.make}>
          <TextButton onClick={() => setMaking('action')}>{t('actions.make-from')}</TextButton>
          <TextButton onClick={() => setMaking('improvement')}>{t('actions.improvement.make-from')}</TextButton>
          <TextButton onClick={() => setMaking('decision')}>{t('actions.decision.ask-from')}</TextButton>
        </p>
      )}
      {making === 'action' && <MakeActionDialog origin={origin} customer={customer} onClose={close} />}
      {making === 'improvement' && <MakeImprovementDialog origin={origin} customer={customer} onClose={close} />}
      {making === 'decision' && <AskDecisionDialog origin={origin} customer={customer} onClose={close} />}
    </SideSection>
  )
}
