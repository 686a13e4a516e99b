import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/rules'
import type { RuleContent, RuleTried } from '#api/rules'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** So many are shown until more are asked for: the rule itself stays in sight. */
const SHOWN_FIRST = 10

/** What a rule would have done in the last thirty days, as it stands in the form; nothing is written. */
export function Trial({ content, customer }: { readonly content: RuleContent; readonly customer: string }) {
  const t = useText()
  const format = useFormat()
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState<RuleTried | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [whole, setWhole] = useState(false)
  async function attempt() {
    setBusy(true)
    setFailure(null)
    setWhole(false)
    try {
      setTried(await call(api.tryRule, { body: { ...content, ...(customer !== '' && { customer }) } }))
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const columns: readonly Column<RuleTried['items'][number]>[] = [
    {
      key: 'incident',
      head: t('rules.incident'),
      narrow: 'lead',
      cell: ({ incident: { number, title } }) => (
        <Link to="/incidents/$id" params={{ id: number }}>
          {number} {title}
        </Link>
      ),
    },
    { key: 'customer', head: t('rules.customer'), width: '24%', narrow: 'under', cell: (row) => row.customer },
    { key: 'at', head: t('rules.at'), width: '170px', narrow: 'trail', cell: ({ at }) => format.instant(at) },
  ]
  return (
    <Section title={t('rules.trial')} hint={t('rules.trial-hint')}>
      <p>
        <Button busy={busy} onClick={() => void attempt()}>
          {t('rules.try')}
        </Button>
      </p>
      {failure !== null && <Problem failure={failure} />}
      {tried !== null && (
        <div role="status">
          <p>
            <b>{t('rules.tried', { acted: tried.acted, incidents: tried.incidents })}</b>{' '}
            <span className="pl-quiet">
              {t('rules.tried-of', { looked: tried.looked, whole: tried.whole ? 'yes' : 'no' })}
            </span>
          </p>
          {tried.mayTriggerItself && <p>{t('rules.may-itself')}</p>}
          {tried.items.length > 0 && (
            <Table
              dense
              label={t('rules.trial')}
              columns={columns}
              rows={whole ? tried.items : tried.items.slice(0, SHOWN_FIRST)}
              rowKey={({ incident, at }) => `${incident.id} ${at.getTime()}`}
            />
          )}
          {tried.items.length > SHOWN_FIRST && (
            <p>
              <TextButton aria-expanded={whole} onClick={() => setWhole(!whole)}>
                {t('rules.tried-shown', { whole: whole ? 'yes' : 'no', first: SHOWN_FIRST, count: tried.items.length })}
              </TextButton>
            </p>
          )}
          {tried.acted > tried.items.length && (
            <p className="pl-quiet pl-small">{t('rules.tried-latest', { count: tried.items.length })}</p>
          )}
        </div>
      )}
    </Section>
  )
}
