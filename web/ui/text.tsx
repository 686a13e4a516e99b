import { Trans, useLingui } from '@lingui/react'
import { Fragment, isValidElement, type ReactElement, type ReactNode, useCallback } from 'react'
import type { Language, TextValues } from '#core/text.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { isolate, isolateAll } from '#web/ui/direction.ts'

/** Says a text of the catalogues in the language of the page. */
export type Say = (key: TextKey, values?: TextValues) => string

/** `const t = useText()`, then `t('people.sign-in.title')`. */
export function useText(): Say {
  const { _ } = useLingui()
  return useCallback((key, values) => _(key, values && isolateAll(values)), [_])
}

export function useLanguage(): Language {
  const { i18n } = useLingui()
  return i18n.locale === 'de' ? 'de' : 'en'
}

interface TextProps {
  readonly id: TextKey
  /** What fills `{name}`: text, numbers, or whatever React shows. */
  readonly values?: Readonly<Record<string, ReactNode | Date>>
  /** What `<name>…</name>` and `<name/>` of the message become. */
  readonly components?: Readonly<Record<string, ReactElement>>
}

/** A text with parts that are more than words: `<Text id="app.x" components={{ link: <Link to="/" /> }} />`. */
export function Text({ id, values = {}, components = {} }: TextProps) {
  const safe = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      // A `<b>` that somebody typed is not one of ours.
      const shown = typeof value === 'string' ? isolate(value) : value
      return [name, typeof shown === 'string' && shown.includes('<') ? <Fragment key={name}>{shown}</Fragment> : shown]
    }),
  )
  return <Trans id={id} values={safe} components={components} render={({ translation }) => <>{glued(translation)}</>} />
}

const PUNCTUATION = /^[,.;:!?)]+/

/** No line begins with the comma after a control: browsers would break between the two, as at no word of a text. */
function glued(translation: ReactNode): ReactNode {
  if (!Array.isArray(translation)) return translation
  const parts: ReactNode[] = translation
  return parts.map((part, index) => {
    if (typeof part === 'string') return isValidElement(parts[index - 1]) ? part.replace(PUNCTUATION, '') : part
    const next = parts[index + 1]
    const [mark] = typeof next === 'string' ? (PUNCTUATION.exec(next) ?? []) : []
    return mark === undefined || !isValidElement(part) ? (
      part
    ) : (
      <span key={part.key ?? index} className="pl-glued">
        {part}
        {mark}
      </span>
    )
  })
}
