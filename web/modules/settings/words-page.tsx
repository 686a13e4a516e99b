import { useState } from 'react'
import { type IncidentState, incidentStates, pauseReasons } from '#api/incidents'
import type { OwnWords } from '#api/organisation'
import { type Language, languages } from '#core/text.ts'
import { useSettings } from '#web/app/settings-query.ts'
import { SettingsPage } from '#web/app/settings.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './settings.module.css'

type Kind = keyof OwnWords[Language]

/** What this installation calls states and pauses, in each language; ours where it says nothing. */
export function WordsPage() {
  const t = useText()
  return (
    <SettingsPage title={t('settings.words.title')} lede={t('settings.words.lede')}>
      <Words />
    </SettingsPage>
  )
}

function Words() {
  const t = useText()
  const reasonText = (name: string) => t('incidents.wait', { reason: name.replaceAll('-', '_') })
  const { settings, change } = useSettings()
  const [words, setWords] = useState(settings.words)
  const form = useForm({
    initial: { words: JSON.stringify(settings.words) },
    async submit() {
      const said = Object.fromEntries(
        languages.map((language) => [
          language,
          { states: filled(words[language].states), reasons: filled(words[language].reasons) },
        ]),
      ) as unknown as OwnWords
      await change({ words: said })
      notify(t('settings.saved'))
    },
  })
  function set(language: Language, kind: Kind, name: string, word: string) {
    const next = { ...words, [language]: { ...words[language], [kind]: { ...words[language][kind], [name]: word } } }
    setWords(next)
    form.set({ words: JSON.stringify(next) })
  }
  const table = (kind: Kind, names: readonly string[]) => (
    <Section title={t(`settings.words.${kind}`)}>
      <table className={classes.words} aria-label={t(`settings.words.${kind}`)}>
        <thead>
          <tr>
            <th scope="col">{t('settings.words.name')}</th>
            {languages.map((language) => (
              <th key={language} scope="col">
                {t(`settings.language.${language}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">
                {kind === 'states' ? t(`incidents.state.${name as IncidentState}`) : reasonText(name)}
              </th>
              {languages.map((language) => (
                <td key={language}>
                  <input
                    aria-label={t('settings.words.cell', { name, language: t(`settings.language.${language}`) })}
                    lang={language}
                    maxLength={60}
                    placeholder={t('settings.words.ours')}
                    value={words[language][kind][name] ?? ''}
                    onChange={({ currentTarget }) => set(language, kind, name, currentTarget.value)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
  return (
    <div className={classes.wide}>
      <Form form={form} guard action={t('settings.save')}>
        {table('states', incidentStates)}
        {table('reasons', pauseReasons)}
      </Form>
    </div>
  )
}

/** Words that somebody wrote; an empty field means ours. */
function filled(words: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word.trim() !== ''))
}
