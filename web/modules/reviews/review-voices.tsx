import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/reviews'
import type { ReviewVoices as Voices } from '#api/reviews'
import { call } from '#web/http/call.ts'
import { voicesQuery } from '#web/modules/reviews/queries.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** What people say of an issued review, and who confirmed to have read it. */
export function ReviewVoices({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { data } = useSuspenseQuery(voicesQuery(id))
  const [busy, setBusy] = useState(false)
  const keep = (next: Voices) => cache.setQueryData(voicesQuery(id).queryKey, next)
  const form = useForm({
    initial: { text: '' },
    check: ({ text }) => ({ text: text.trim() === '' ? t('reviews.voices.missing') : undefined }),
    submit: async ({ text }) => {
      keep(await call(api.commentReview, { params: { id }, body: { text } }))
      form.reset({ text: '' })
    },
  })
  async function confirm() {
    setBusy(true)
    try {
      keep(await call(api.confirmReading, { params: { id } }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title={t('reviews.voices')}>
      {data.readings.length > 0 && (
        <p className="pl-small pl-quiet">
          {t('reviews.voices.read-by', {
            names: format.list(data.readings.map(({ name, readAt }) => `${name} (${format.instant(readAt)})`)),
          })}
        </p>
      )}
      {data.mine === null && (
        <Buttons>
          <Button busy={busy} onClick={() => void confirm()}>
            {t('reviews.voices.confirm')}
          </Button>
        </Buttons>
      )}
      <ul>
        {data.comments.map(({ id: key, name, text, writtenAt }) => (
          <li key={key}>
            <p className="pl-small pl-quiet">
              {name}, {format.instant(writtenAt)}
            </p>
            <p>{text}</p>
          </li>
        ))}
      </ul>
      <Form form={form} guard action={t('reviews.voices.send')}>
        <TextAreaField field={form.field('text')} label={t('reviews.voices.comment')} rows={3} maxLength={5000} />
      </Form>
    </Section>
  )
}
