import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Form, type FormState } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { type Why, WhyFields } from './why-fields.tsx'
import classes from './corrections.module.css'

/** What was wrong, why and what shows it; sending changes nothing yet. */
export function RequestForm<Values extends Why>({
  form,
  children,
}: {
  readonly form: FormState<Values>
  readonly children: ReactNode
}) {
  const t = useText()
  const router = useRouter()
  return (
    <div className={classes.form}>
      <Form form={form} guard action={t('corrections.new.do')} onCancel={() => router.history.back()}>
        {children}
        <WhyFields form={form} />
        <p className="pl-quiet pl-small">{t('corrections.new.then')}</p>
      </Form>
    </div>
  )
}
