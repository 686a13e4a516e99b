import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/feedback'
import { call } from '#web/http/call.ts'
import { LinkButton, TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { AnswerForm } from './answer-form.tsx'
import { ownInvitationsQuery } from './queries.ts'
import classes from './own-invitations.module.css'

/** What somebody is asked, to be answered where they are; and the way to say something unasked. */
export function OwnInvitations() {
  const t = useText()
  const client = useQueryClient()
  const { data: invitations = [] } = useQuery(ownInvitationsQuery())
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Section title={t('feedback.own')}>
      {invitations.map((invitation) => {
        const { id, about, anonymity } = invitation
        return (
          <div key={id} className={classes.asked}>
            <p>
              {about === null
                ? t('feedback.own-general')
                : t('feedback.answer.about', { number: about.number, title: about.title })}{' '}
              {open !== id && <TextButton onClick={() => setOpen(id)}>{t('feedback.own-answer')}</TextButton>}
            </p>
            {open === id && (
              <>
                <p className="pl-quiet">{t(`feedback.anonymity-told.${anonymity}`)}</p>
                <AnswerForm
                  asked={invitation}
                  score={null}
                  send={async (score, details) => {
                    await call(api.answerOwnInvitation, { params: { id }, body: { score, ...details } })
                    setOpen(null)
                    notify(t('feedback.answer.thanks'))
                    await client.invalidateQueries({ queryKey: ['feedback', 'own'] })
                  }}
                />
              </>
            )}
          </div>
        )
      })}
      <p>
        <LinkButton to="/feedback/cases/new">{t('feedback.case.new')}</LinkButton>
      </p>
    </Section>
  )
}
