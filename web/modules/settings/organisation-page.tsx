import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/organisation'
import { contrast, isColour } from '#core/colour.ts'
import { languages } from '#core/text.ts'
import { ACCENT_CONTRAST, accentIn, grounds, logoAddress, useAppearance } from '#web/app/appearance.ts'
import { useSettings } from '#web/app/settings-query.ts'
import { SettingsPage } from '#web/app/settings.tsx'
import { call } from '#web/http/call.ts'
import { upload } from '#web/http/upload.ts'
import { RadioField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { KeptFile } from '#web/ui/kept-file.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { pictureOf } from '#web/ui/picture-of.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import { Slides } from './slides.tsx'
import classes from './settings.module.css'

/** What the installation is called and looks like. */
export function OrganisationPage() {
  const t = useText()
  return (
    <SettingsPage title={t('settings.organisation.title')} lede={t('settings.organisation.lede')}>
      <Organisation />
      <Logo />
      <Slides />
    </SettingsPage>
  )
}

function Organisation() {
  const t = useText()
  const { settings, change } = useSettings()
  const form = useForm({
    initial: {
      organisation: settings.organisation ?? '',
      address: settings.address,
      accent: settings.accent ?? '',
      language: settings.language,
      timeZone: settings.timeZone,
    },
    check: ({ accent, timeZone }) => ({
      accent: accent === '' || isColour(accent) ? undefined : t('settings.accent-wrong'),
      timeZone: timeZone === '' ? t('settings.zone-missing') : undefined,
    }),
    async submit({ organisation, accent, ...rest }) {
      const name = organisation.trim() === '' ? null : organisation.trim()
      await change({ ...rest, organisation: name, accent: accent === '' ? null : accent.toLowerCase() })
      notify(t('settings.saved'))
    },
  })
  return (
    <Section title={t('settings.organisation')}>
      <Form form={form} guard action={t('settings.save')}>
        <TextField
          field={form.field('organisation')}
          label={t('settings.name')}
          hint={t('settings.name-hint')}
          maxLength={200}
        />
        <TextAreaField field={form.field('address')} label={t('settings.address')} rows={3} maxLength={1000} optional />
        <TextField
          field={form.field('accent')}
          label={t('settings.accent')}
          hint={t('settings.accent-hint')}
          placeholder="#1c4f8c"
          maxLength={7}
          optional
        />
        <AccentSample accent={form.values.accent} />
        <RadioField
          field={form.field('language')}
          label={t('settings.language')}
          hint={t('settings.language-hint')}
          options={languages.map((language) => ({ value: language, label: t(`settings.language.${language}`) }))}
        />
        <ZonePicker field={form.field('timeZone')} label={t('settings.zone')} hint={t('settings.zone-hint')} />
      </Form>
    </Section>
  )
}

/** How the accent is drawn on light and dark paper, and whether it had to be moved to be read there. */
function AccentSample({ accent }: { readonly accent: string }) {
  const t = useText()
  const format = useFormat()
  const drawn = accentIn(accent)
  if (drawn === null || !isColour(accent)) return null
  return (
    <div className={classes.samples} role="group" aria-label={t('settings.accent')}>
      {(['light', 'dark'] as const).map((scheme) => {
        const ground = grounds[scheme]
        const values = {
          wanted: format.number(Math.round(contrast(accent, ground) * 10) / 10),
          least: format.number(ACCENT_CONTRAST),
          drawn: drawn[scheme],
        }
        const same = drawn[scheme] === accent.toLowerCase()
        return (
          <p key={scheme} style={{ background: ground, color: drawn[scheme] }}>
            <i className={classes.bob} style={{ background: drawn[scheme] }} />
            <b>{t(`settings.accent.${scheme}`)}</b>{' '}
            {t(same ? 'settings.accent.as-it-is' : 'settings.accent.moved', values)}
          </p>
        )
      })}
    </div>
  )
}

function Logo() {
  const t = useText()
  const cache = useQueryClient()
  const appearance = useAppearance()
  const seen = () => cache.invalidateQueries({ queryKey: ['appearance'] })
  async function take(file: File) {
    const taken = await upload(api.setLogo, {}, file)
    // Old programs for slides show no drawings. Where no picture comes about they show nothing, as before.
    const picture = taken.type === 'image/svg+xml' ? await pictureOf(logoAddress(taken)) : null
    if (picture !== null && picture.size <= api.LARGEST_LOGO) await upload(api.setLogoPicture, {}, picture)
    await seen()
    notify(t('settings.logo.taken'))
  }
  return (
    <Section title={t('settings.logo')} hint={t('settings.logo-hint')}>
      <KeptFile
        kept={
          appearance?.logo && (
            <img src={logoAddress(appearance.logo)} alt={appearance.organisation ?? t('settings.logo')} />
          )
        }
        remove={t('settings.logo.remove')}
        onRemove={async () => {
          await call(api.removeLogo, {})
          await seen()
        }}
        drop={t('settings.logo.drop')}
        hint={t('settings.logo.kinds', { kilobytes: api.LARGEST_LOGO / 1000 })}
        accept="image/png,image/svg+xml"
        onFile={take}
      />
    </Section>
  )
}
