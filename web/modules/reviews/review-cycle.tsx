import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/reviews'
import { barredFromMaking, type CycleStep, type ReviewCycle as Cycle } from '#api/reviews'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { cycleQuery } from '#web/modules/reviews/queries.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** How far the review is as a meeting: planned, issued, held, minuted, closed. */
export function ReviewCycle({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const { data: cycle } = useSuspenseQuery(cycleQuery(id))
  const mayWrite = barredFromMaking(useAsker()) === null
  return (
    <Section title={t('reviews.cycle')} {...(mayWrite && { hint: t('reviews.cycle.hint') })}>
      <Facts
        facts={[
          { name: t('reviews.cycle.state'), value: t(`reviews.cycle.${cycle.state}`) },
          { name: t('reviews.cycle.meeting'), value: cycle.meetingAt === null ? '–' : format.instant(cycle.meetingAt) },
          // When it has to be handed over is a reminder to whoever does that.
          ...(mayWrite
            ? [
                {
                  name: t('reviews.cycle.issue-by'),
                  value: cycle.issueBy === null ? '–' : format.instant(cycle.issueBy),
                },
              ]
            : []),
        ]}
      />
      {!mayWrite && cycle.minutes !== '' && <p>{cycle.minutes}</p>}
      {mayWrite && <CycleForm key={cycle.version} id={id} cycle={cycle} />}
    </Section>
  )
}

function CycleForm({ id, cycle }: { readonly id: string; readonly cycle: Cycle }) {
  const t = useText()
  const cache = useQueryClient()
  const [failure, setFailure] = useState<unknown>(null)
  const { version } = cycle
  const send = async (change: {
    readonly step?: CycleStep
    readonly meetingAt?: Date | null
    readonly attendees?: string
    readonly minutes?: string
  }) => {
    const next = await call(api.moveCycle, { params: { id }, body: { ...change, version } })
    cache.setQueryData(cycleQuery(id).queryKey, next)
  }
  const form = useForm<Pick<Cycle, 'meetingAt' | 'attendees' | 'minutes'>>({
    initial: { meetingAt: cycle.meetingAt, attendees: cycle.attendees, minutes: cycle.minutes },
    submit: send,
  })
  async function go(step: CycleStep) {
    setFailure(null)
    try {
      await send({ step })
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  return (
    <>
      <Form form={form} guard action={t('reviews.cycle.save')}>
        <MomentField field={form.field('meetingAt')} label={t('reviews.cycle.meeting')} />
        <TextField field={form.field('attendees')} label={t('reviews.cycle.attendees')} optional />
        <TextAreaField field={form.field('minutes')} label={t('reviews.cycle.minutes')} rows={4} optional />
      </Form>
      {failure !== null && <Problem failure={failure} />}
      {cycle.steps.length > 0 && (
        <Buttons>
          {cycle.steps.map((step) => (
            <Button key={step} onClick={() => void go(step)}>
              {t(`reviews.cycle.step.${step}`)}
            </Button>
          ))}
        </Buttons>
      )}
    </>
  )
}
