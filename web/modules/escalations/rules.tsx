import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/escalations'
import { barredFromRuling, type EscalationRule } from '#api/escalations'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { rulesQuery } from './queries.ts'
import { RuleDialog } from './rule-dialog.tsx'

/** By which rules escalations are raised, and how often each spoke. */
export function Rules() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const barred = barredFromRuling(useAsker())
  const [adding, setAdding] = useState(false)
  const { data: rules = [] } = useQuery(rulesQuery())

  async function end({ id, name }: EscalationRule) {
    await call(api.removeEscalationRule, { params: { id } })
    await client.invalidateQueries({ queryKey: ['escalations', 'rules'] })
    notify(t('escalations.rule-removed', { name }))
  }
  const columns: readonly Column<EscalationRule>[] = [
    { key: 'name', head: t('escalations.rule-name'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'when',
      head: t('escalations.rule-when'),
      width: '28%',
      narrow: 'under',
      cell: ({ trigger, threshold, priorities }) =>
        [
          t('escalations.rule-says', { trigger: textChoice(trigger), threshold }),
          ...priorities.map((priority) => priority.toUpperCase()),
        ].join(', '),
    },
    {
      key: 'customer',
      head: t('escalations.customer'),
      width: '15%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? t('escalations.all-customers'),
    },
    { key: 'owner', head: t('escalations.owner'), width: '15%', narrow: 'hidden', cell: ({ owner }) => owner.name },
    {
      key: 'raised',
      head: t('escalations.rule-raised'),
      width: '100px',
      numeric: true,
      narrow: 'trail',
      cell: ({ id, raised }) => (
        <DoorLink to="/escalations" search={{ rule: id }}>
          {format.number(raised)}
        </DoorLink>
      ),
    },
    ...(barred === null
      ? [
          {
            key: 'end',
            head: <span className="pl-hidden">{t('escalations.change')}</span>,
            width: '60px',
            narrow: 'trail',
            cell: (rule: EscalationRule) => (
              <TextButton aria-label={t('escalations.rule-remove', { name: rule.name })} onClick={() => void end(rule)}>
                ×
              </TextButton>
            ),
          } as const,
        ]
      : []),
  ]
  return (
    <Section title={t('escalations.rules')}>
      <p className="pl-quiet">{t(rules.length === 0 ? 'escalations.rules-none' : 'escalations.rules-lede')}</p>
      {rules.length > 0 && (
        <Table dense label={t('escalations.rules')} columns={columns} rows={rules} rowKey={({ id }) => id} />
      )}
      <p>
        <Button barred={barred && t(barred)} onClick={() => setAdding(true)}>
          {t('escalations.rule-add')}
        </Button>
      </p>
      {adding && <RuleDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}
