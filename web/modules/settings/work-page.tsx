import * as api from '#api/organisation'
import type { UsualMatrix } from '#api/organisation'
import { useSettings } from '#web/app/settings-query.ts'
import { SettingsPage } from '#web/app/settings.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { Numbering } from './numbering.tsx'
import { Resolving } from './resolving.tsx'
import classes from './settings.module.css'

/** Rules of the work where no agreement says otherwise. */
export function WorkPage() {
  const t = useText()
  return (
    <SettingsPage title={t('settings.work.title')} lede={t('settings.work.lede')}>
      <Matrix />
      <Resolving />
      <Numbering />
    </SettingsPage>
  )
}

function Matrix() {
  const t = useText()
  const { settings, change } = useSettings()
  const form = useForm<{ readonly matrix: UsualMatrix }>({
    initial: { matrix: settings.matrix },
    async submit({ matrix }) {
      await change({ matrix })
      notify(t('settings.saved'))
    },
  })
  const { matrix } = form.values
  return (
    <Section title={t('settings.matrix')} hint={t('settings.matrix-hint')}>
      <Form form={form} guard action={t('settings.save')}>
        <table className={classes.words} aria-label={t('settings.matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('settings.matrix.corner')}</th>
              {api.matrixLevels.map((urgency) => (
                <th key={urgency} scope="col">
                  {t(`settings.level.${urgency}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {api.matrixLevels.map((impact) => (
              <tr key={impact}>
                <th scope="row">{t(`settings.level.${impact}`)}</th>
                {api.matrixLevels.map((urgency) => (
                  <td key={urgency}>
                    <select
                      aria-label={t('settings.matrix.cell', {
                        impact: t(`settings.level.${impact}`),
                        urgency: t(`settings.level.${urgency}`),
                      })}
                      value={matrix[impact][urgency]}
                      onChange={({ currentTarget }) =>
                        form.set({
                          matrix: { ...matrix, [impact]: { ...matrix[impact], [urgency]: currentTarget.value } },
                        })
                      }
                    >
                      {api.matrixPriorities.map((priority) => (
                        <option key={priority} value={priority}>
                          {priority.toUpperCase()}
                        </option>
                      ))}
                    </select>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Form>
    </Section>
  )
}
