import { useState } from 'react'
import { CallFailure } from '#web/http/call-failure.ts'
import {
  CheckField,
  FieldRow,
  NumberField,
  PasswordField,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
} from '#web/ui/field.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { KeptFile } from '#web/ui/kept-file.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { Section } from '#web/ui/page.tsx'
import { SearchInput } from '#web/ui/search-input.tsx'
import { useText } from '#web/ui/text.tsx'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import classes from './kit-page.module.css'

const initial = {
  title: '',
  note: '',
  password: '',
  zone: 'Europe/Berlin',
  hours: 16 as number | null,
  kind: 'external' as 'external' | 'internal',
  level: 'medium' as 'low' | 'medium' | 'high',
  told: true,
}

/** Fields of every kind, with what the server found wrong, and what else is typed in or dropped. */
export function KitFields() {
  const t = useText()
  const [month, setMonth] = useState('2026-10')
  const [words, setWords] = useState('')
  const [file, setFile] = useState<string | null>(null)
  const form = useForm({
    initial,
    check: ({ title }) => ({ title: title.trim() === '' ? t('kit.fields.title-missing') : undefined }),
    submit: async () => {
      // As a server would answer it.
      throw new CallFailure({
        status: 400,
        code: 'request.invalid',
        message: t('kit.fields.refused'),
        errors: [
          { path: 'hours', message: t('kit.fields.hours-wrong') },
          { path: 'agreement', message: t('kit.fields.stray') },
        ],
      })
    },
  })
  const keptFile = {
    remove: t('kit.fields.kept-remove'),
    drop: t('kit.fields.kept-drop'),
    hint: t('kit.fields.kept-hint'),
    accept: '.pptx',
    onRemove: async () => undefined,
    onFile: async () => undefined,
  }
  return (
    <Section title={t('kit.fields')} hint={t('kit.fields.hint')}>
      <div className={classes.fields}>
        <div>
          <Form form={form} action={t('kit.fields.send')} onCancel={() => form.reset()}>
            <TextField field={form.field('title')} label={t('kit.fields.title')} hint={t('kit.fields.title-hint')} />
            <TextAreaField field={form.field('note')} label={t('kit.fields.note')} optional rows={2} />
            <FieldRow>
              <NumberField field={form.field('hours')} label={t('kit.fields.hours')} min={1} />
              <SelectField
                field={form.field('level')}
                label={t('kit.fields.level')}
                options={[
                  { value: 'high', label: t('kit.fields.high') },
                  { value: 'medium', label: t('kit.fields.medium') },
                  { value: 'low', label: t('kit.fields.low') },
                ]}
              />
            </FieldRow>
            <RadioField
              field={form.field('kind')}
              label={t('kit.fields.kind')}
              options={[
                { value: 'external', label: t('kit.fields.external'), hint: t('kit.fields.external-hint') },
                { value: 'internal', label: t('kit.fields.internal') },
              ]}
            />
            <CheckField field={form.field('told')} label={t('kit.fields.told')} hint={t('kit.fields.told-hint')} />
          </Form>
          <div style={{ display: 'grid', gap: 16, marginTop: 24 }}>
            <KeptFile {...keptFile} kept={null} />
            <KeptFile {...keptFile} kept={<b>{t('kit.fields.kept')}</b>} />
          </div>
        </div>
        <div style={{ display: 'grid', gap: 16, maxWidth: 440 }}>
          <ZonePicker field={form.field('zone')} label={t('kit.fields.zone')} />
          <PasswordField field={form.field('password')} label={t('kit.fields.password')} autoComplete="new-password" />
          <div>
            <MonthPicker label={t('kit.fields.month')} value={month} onChange={setMonth} max="2026-11" />
          </div>
          <SearchInput label={t('kit.fields.search')} value={words} onChange={setWords} />
          <FileDrop
            label={t('kit.fields.drop')}
            hint={file ?? t('kit.fields.drop-hint')}
            accept=".csv,.gz,.zip"
            onFiles={([first]) => setFile(first?.name ?? null)}
          />
          <FileDrop label={t('kit.fields.drop')} onFiles={() => undefined} error={t('kit.fields.drop-wrong')} />
        </div>
      </div>
    </Section>
  )
}
