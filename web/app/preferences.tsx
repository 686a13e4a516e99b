import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { type ReactNode } from 'react'
import { languages, type Language } from '#core/text.ts'
import { chooseDensity, densities, useDensity } from '#web/app/density.ts'
import { chooseLanguage } from '#web/app/choose-language.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { useLanguage, useText } from '#web/ui/text.tsx'
import classes from './preferences.module.css'

const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto']
const schemeWords: Readonly<Record<MantineColorScheme, TextKey>> = {
  light: 'app.scheme.light',
  dark: 'app.scheme.dark',
  auto: 'app.scheme.auto',
}

/** Each language calls itself what it is called there. */
const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** Light or dark, the density and the language: words beside each other, the chosen one plain. */
export function Preferences() {
  const t = useText()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const language = useLanguage()
  const density = useDensity()
  return (
    <>
      <Choice label={t('app.scheme')}>
        {schemes.map((scheme) => (
          <button
            key={scheme}
            type="button"
            aria-pressed={scheme === colorScheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(schemeWords[scheme])}
          </button>
        ))}
      </Choice>
      <Choice label={t('app.density')}>
        {densities.map((each) => (
          <button key={each} type="button" aria-pressed={each === density} onClick={() => chooseDensity(each)}>
            {t(`app.density.${each}`)}
          </button>
        ))}
      </Choice>
      <Choice label={t('app.language')}>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={each === language}
            onClick={() => void chooseLanguage(each)}
          >
            {languageNames[each]}
          </button>
        ))}
      </Choice>
    </>
  )
}

function Choice({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.choice} role="group" aria-label={label}>
      {children}
    </div>
  )
}
