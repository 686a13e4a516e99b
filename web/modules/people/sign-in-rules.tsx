import { useSettings } from '#web/app/settings-query.ts'
import { NumberField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

const limits = {
  passwordLeast: { least: 12, most: 64 },
  idleHours: { least: 1, most: 168 },
  longestDays: { least: 1, most: 90 },
} as const

type Rule = keyof typeof limits

/** Rules for passwords and sessions. */
export function SignInRules() {
  const t = useText()
  const { settings, change } = useSettings()
  const form = useForm<Record<Rule, number | null>>({
    initial: {
      passwordLeast: settings.passwordLeast,
      idleHours: settings.idleHours,
      longestDays: settings.longestDays,
    },
    check: (values) =>
      Object.fromEntries(
        (Object.keys(limits) as Rule[]).map((rule) => {
          const [value, { least, most }] = [values[rule], limits[rule]]
          const fits = value !== null && value >= least && value <= most
          return [rule, fits ? undefined : t('settings.between', { least, most })]
        }),
      ),
    async submit({ passwordLeast, idleHours, longestDays }) {
      await change({ passwordLeast: passwordLeast!, idleHours: idleHours!, longestDays: longestDays! })
      notify(t('people.account.saved'))
    },
  })
  return (
    <Section title={t('people.rules.title')} hint={t('people.rules.hint')}>
      <Form form={form} guard action={t('people.account.save')} lesser>
        <NumberField
          field={form.field('passwordLeast')}
          label={t('people.rules.password')}
          hint={t('people.rules.password-hint')}
        />
        <NumberField
          field={form.field('idleHours')}
          label={t('people.rules.idle')}
          hint={t('people.rules.idle-hint')}
        />
        <NumberField
          field={form.field('longestDays')}
          label={t('people.rules.longest')}
          hint={t('people.rules.longest-hint')}
        />
      </Form>
    </Section>
  )
}
