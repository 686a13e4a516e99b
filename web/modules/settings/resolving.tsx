import type { Settings } from '#api/organisation'
import { type ResolvingNeed, resolvingNeeds } from '#core/resolution.ts'
import { languages } from '#core/text.ts'
import { useSettings } from '#web/app/settings-query.ts'
import { Button } from '#web/ui/button.tsx'
import { CheckField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import classes from './settings.module.css'

type Code = Settings['resolving']['codes'][number]

interface Values extends Readonly<Record<ResolvingNeed, boolean>> {
  readonly codes: readonly Code[]
  readonly everybody: boolean
}

/** How incidents can end, in each language, and what is asked for before one is resolved. */
export function Resolving() {
  const t = useText()
  const language = useLanguage()
  const { settings, change } = useSettings()
  const { resolving } = settings
  const initial: Values = {
    codes: resolving.codes,
    code: resolving.needs.includes('code'),
    category: resolving.needs.includes('category'),
    service: resolving.needs.includes('service'),
    everybody: resolving.everybody,
  }
  const form = useForm({
    initial,
    check: ({ codes }) => ({ ...(codes.some(isHalf) && { codes: t('settings.resolving.both') }) }),
    async submit({ codes, everybody, ...asked }) {
      const named = codes.filter(({ en, de }) => en.trim() !== '' || de.trim() !== '')
      const needs = resolvingNeeds.filter((need) => asked[need])
      await change({ resolving: { codes: withCodes(named), needs, everybody } })
      notify(t('settings.saved'))
    },
  })
  const { codes } = form.values
  const set = (index: number, part: Partial<Code>) =>
    form.set({ codes: codes.map((each, at) => (at === index ? { ...each, ...part } : each)) })
  const error = form.field('codes').error
  return (
    <Section title={t('settings.resolving')} hint={t('settings.resolving-hint')}>
      <div className={classes.wide}>
        <Form form={form} guard action={t('settings.save')}>
          <table className={`${classes.words} ${classes.codes}`} aria-label={t('settings.resolving')}>
            <thead>
              <tr>
                {languages.map((each) => (
                  <th key={each} scope="col">
                    {t(`settings.language.${each}`)}
                  </th>
                ))}
                <th scope="col">{t('settings.resolving.offered')}</th>
              </tr>
            </thead>
            <tbody>
              {codes.map((code, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a new one has no name yet, and none moves
                <tr key={index}>
                  {languages.map((each) => (
                    <td key={each}>
                      <input
                        aria-label={t('settings.resolving.cell', {
                          number: index + 1,
                          language: t(`settings.language.${each}`),
                        })}
                        lang={each}
                        maxLength={60}
                        value={code[each]}
                        onChange={({ currentTarget }) => set(index, { [each]: currentTarget.value })}
                      />
                    </td>
                  ))}
                  <td>
                    <label className={classes.offered}>
                      <input
                        type="checkbox"
                        aria-label={t('settings.resolving.offer', { name: code[language] || index + 1 })}
                        checked={!code.retired}
                        onChange={({ currentTarget }) => set(index, { retired: !currentTarget.checked })}
                      />
                    </label>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {error !== undefined && <p role="alert">{error}</p>}
          <p>
            <Button onClick={() => form.set({ codes: [...codes, { code: '', en: '', de: '', retired: false }] })}>
              {t('settings.resolving.add')}
            </Button>
          </p>
          <fieldset className={classes.asked}>
            <legend>{t('settings.resolving.asked')}</legend>
            {resolvingNeeds.map((need) => (
              <CheckField key={need} field={form.field(need)} label={t(`settings.resolving.${need}`)} />
            ))}
          </fieldset>
          <CheckField
            field={form.field('everybody')}
            label={t('settings.resolving.everybody')}
            hint={t('settings.resolving.everybody-hint')}
          />
        </Form>
      </div>
    </Section>
  )
}

/** Named in one language alone: somebody would read an empty line. */
function isHalf({ en, de }: Code): boolean {
  return (en.trim() === '') !== (de.trim() === '')
}

/** New ones get what programs call them from their English name, different from what others are called. */
function withCodes(codes: readonly Code[]): Code[] {
  const taken = new Set(codes.map(({ code }) => code))
  return codes.map((each) => {
    if (each.code !== '') return each
    const plain = each.en
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 30)
    const base = plain === '' ? 'code' : plain
    let code = base
    for (let number = 2; taken.has(code); number += 1) code = `${base}-${number}`
    taken.add(code)
    return { ...each, code }
  })
}
