import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/friction'
import { frictionLifecycle, type FrictionPoint, type FrictionState as Stage } from '#api/friction'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { WhatFollows } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { FrictionState } from './friction-state.tsx'
import { Photos } from './photos.tsx'
import { pointQuery } from './queries.ts'
import { useCost } from './use-cost.ts'

const route = getRouteApi('/shell/friction/$id')
type Step = Exclude<Stage, 'observed'>

/** One friction point: where it is, what it takes, who mends it, and whether it is gone. */
export function PointPage() {
  const t = useText()
  const format = useFormat()
  const cost = useCost()
  const may = barredFromWorking(useAsker()) === null
  const { id } = route.useParams()
  const { data: point } = useSuspenseQuery(pointQuery(id))
  const [step, setStep] = useState<Step | null>(null)
  const { title, state, description, workaround, outcome, customer, site, service, place, who, incident } = point
  const { people, perWeek, minutes, owner, reporter, foundBy, observedAt, verifiedAt } = point
  const some = (name: string, value: string | undefined) => (value ? [{ name, value }] : [])
  return (
    <Page
      title={title}
      lede={t('friction.takes', { cost: cost(point), perWeek, minutes, people })}
      crumb={<Link to="/friction">{t('friction.title')}</Link>}
      actions={
        may &&
        reachable(frictionLifecycle, state).map((to, index) => (
          <Button key={to} main={index === 0} onClick={() => setStep(to as Step)}>
            {t(`friction.step.${to as Step}`)}
          </Button>
        ))
      }
      side={
        <>
          <SideSection title={t('friction.about')}>
            <Facts
              facts={[
                { name: t('friction.state'), value: <FrictionState state={state} /> },
                { name: t('friction.customer'), value: customer.name },
                ...some(t('friction.site'), site?.name),
                ...some(t('friction.service'), service?.name),
                ...some(t('friction.place'), place),
                ...some(t('friction.who'), who),
                { name: t('friction.owner'), value: owner?.name ?? t('friction.nobody') },
                { name: t('friction.reporter'), value: reporter?.name ?? t('friction.nobody') },
                { name: t('friction.found'), value: t(`friction.found.${foundBy}`) },
                { name: t('friction.observed'), value: format.date(observedAt) },
                ...(verifiedAt === null ? [] : [{ name: t('friction.verified'), value: format.date(verifiedAt) }]),
                ...(incident === null
                  ? []
                  : [
                      {
                        name: t('friction.incident'),
                        value: (
                          <Link to="/incidents/$id" params={{ id: incident.number }}>
                            {incident.number}
                          </Link>
                        ),
                      },
                    ]),
              ]}
            />
          </SideSection>
          <WhatFollows origin={{ kind: 'friction-point', id }} customer={customer.id} />
        </>
      }
    >
      {description !== '' && (
        <Section title={t('friction.description')}>
          <p>{description}</p>
        </Section>
      )}
      {workaround !== '' && (
        <Section title={t('friction.workaround')}>
          <p>{workaround}</p>
        </Section>
      )}
      {outcome !== null && (
        <Section title={t(state === 'accepted' ? 'friction.stays' : 'friction.done')}>
          <p>{outcome}</p>
          {may && (
            <p>
              <Link to="/feedback/said-done" search={{ from: 'friction-point', id }}>
                {t('friction.tell')}
              </Link>
            </p>
          )}
        </Section>
      )}
      <Photos point={point} may={may} />
      {step !== null && <StepDialog of={point} to={step} onClose={() => setStep(null)} />}
    </Page>
  )
}

interface StepDialogProps {
  readonly of: FrictionPoint
  readonly to: Step
  readonly onClose: () => void
}

function StepDialog({ of: { id, version }, to, onClose }: StepDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const said = to === 'accepted' || to === 'fix-deployed'
  const form = useForm({
    initial: { note: '' },
    check: ({ note }) => ({ note: said && note.trim() === '' ? t('friction.note-missing') : undefined }),
    async submit({ note }) {
      const body = { to, ...(note.trim() !== '' && { note }) }
      await call(api.moveFrictionPoint, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['friction'] })
      notify(t(`friction.state.${to}`))
      onClose()
    },
  })
  return (
    <Dialog title={t(`friction.step.${to}`)} onClose={onClose}>
      <Form form={form} action={t(`friction.step.${to}`)} onCancel={onClose}>
        <p>{t(`friction.step-hint.${to}`)}</p>
        <TextAreaField field={form.field('note')} label={t('friction.note-label')} optional={!said} maxLength={4000} />
      </Form>
    </Dialog>
  )
}
