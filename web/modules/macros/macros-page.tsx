import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/macros'
import type { Macro, TextTemplate } from '#api/macros'
import { barredFromWorking } from '#api/macros'
import { call } from '#web/http/call.ts'
import { stepsInWords } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { MacroDialog } from './macro-dialog.tsx'
import { macrosQuery, templatesQuery } from './queries.ts'
import { TemplateDialog } from './template-dialog.tsx'
import classes from './macros.module.css'

type Open = { readonly template: TextTemplate | null } | { readonly macro: Macro | null }

/** Words and macros to use again: what there is, and to keep it. */
export function MacrosPage() {
  const t = useText()
  const client = useQueryClient()
  const barred = barredFromWorking(useAsker())
  const { data: templates } = useSuspenseQuery(templatesQuery())
  const { data: macros } = useSuspenseQuery(macrosQuery())
  const [open, setOpen] = useState<Open | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  async function remove(name: string, work: () => Promise<unknown>) {
    setProblem(null)
    try {
      await work()
      notify(t('work.page.removed', { name }))
    } catch (failure) {
      setProblem(failure)
    }
    await client.invalidateQueries({ queryKey: ['macros'] })
  }
  const buttons = (name: string, onChange: () => void, onRemove: () => Promise<unknown>) => (
    <span className={classes.end}>
      <TextButton aria-label={t('work.page.change', { name })} onClick={onChange}>
        {t('work.page.actions')}
      </TextButton>
      <button
        type="button"
        className={classes.remove}
        aria-label={t('work.page.remove', { name })}
        onClick={() => void remove(name, onRemove)}
      >
        ×
      </button>
    </span>
  )
  const close = () => setOpen(null)
  const end = { key: 'end', head: <span className="pl-hidden">{t('work.page.actions')}</span>, width: '120px' } as const
  const templateColumns: readonly Column<TextTemplate>[] = [
    ...whose<TextTemplate>(t),
    {
      key: 'language',
      head: t('work.page.language'),
      width: '100px',
      narrow: 'hidden',
      cell: ({ language }) => t(`work.page.language.${language}`),
    },
    { key: 'text', head: t('work.page.text'), width: '38%', narrow: 'hidden', cell: ({ text }) => text },
    {
      ...end,
      narrow: 'trail',
      cell: (template) =>
        buttons(
          template.name,
          () => setOpen({ template }),
          () => call(api.removeTextTemplate, { params: { id: template.id } }),
        ),
    },
  ]
  const macroColumns: readonly Column<Macro>[] = [
    ...whose<Macro>(t),
    {
      key: 'does',
      head: t('work.page.does'),
      width: '46%',
      narrow: 'hidden',
      cell: (macro) => stepsInWords(t, macro).join(', '),
    },
    {
      ...end,
      narrow: 'trail',
      cell: (macro) =>
        buttons(
          macro.name,
          () => setOpen({ macro }),
          () => call(api.removeMacro, { params: { id: macro.id } }),
        ),
    },
  ]
  return (
    <Page title={t('work.page.title')} lede={t('work.page.lede')}>
      {problem !== null && <Problem failure={problem} />}
      <Section title={t('work.page.templates')}>
        {templates.items.length === 0 ? (
          <p className="pl-quiet">{t('work.page.templates-none')}</p>
        ) : (
          <Table
            dense
            label={t('work.page.templates')}
            columns={templateColumns}
            rows={templates.items}
            rowKey={({ id }) => id}
          />
        )}
        <p>
          <Button barred={barred && t(barred)} onClick={() => setOpen({ template: null })}>
            {t('work.page.add-template')}
          </Button>
        </p>
      </Section>
      <Section title={t('work.page.macros')}>
        {macros.length === 0 ? (
          <p className="pl-quiet">{t('work.page.macros-none')}</p>
        ) : (
          <Table dense label={t('work.page.macros')} columns={macroColumns} rows={macros} rowKey={({ id }) => id} />
        )}
        <p>
          <Button barred={barred && t(barred)} onClick={() => setOpen({ macro: null })}>
            {t('work.page.add-macro')}
          </Button>
        </p>
      </Section>
      {open !== null && 'template' in open && (
        <TemplateDialog template={open.template} fields={templates.fields} onClose={close} />
      )}
      {open !== null && 'macro' in open && <MacroDialog macro={open.macro} fields={templates.fields} onClose={close} />}
    </Page>
  )
}

/** Name, whose, and for which customer. */
function whose<Kept extends Pick<Macro, 'name' | 'scope' | 'team' | 'customer'>>(t: Say): readonly Column<Kept>[] {
  return [
    { key: 'name', head: t('work.page.name'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'scope',
      head: t('work.page.scope'),
      width: '14%',
      narrow: 'under',
      cell: ({ scope, team }) => team?.name ?? t(`work.page.scope.${scope}`),
    },
    {
      key: 'customer',
      head: t('work.page.customer'),
      width: '14%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? t('work.page.all-customers'),
    },
  ]
}
