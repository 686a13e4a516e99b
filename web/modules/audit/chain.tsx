import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/audit'
import type { AuditChain, AuditCheck } from '#api/audit'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { chainQuery } from './queries.ts'

/** Whether anybody changed the audit, and what to keep so that this can be shown later. */
export function Chain() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { data } = useSuspenseQuery(chainQuery)
  const check = useMutation({
    mutationFn: () => call(api.checkAuditChain, {}),
    onSuccess: async () => {
      notify(t('audit.check-asked'))
      await client.invalidateQueries({ queryKey: ['audit', 'chain'] })
    },
  })
  return (
    <Section title={t('audit.chain')}>
      <Facts
        facts={[
          { name: t('audit.stands'), value: <Standing check={data.check} /> },
          { name: t('audit.head'), value: <Head chain={data} /> },
          { name: t('audit.waiting'), value: format.number(data.waiting) },
        ]}
      />
      {data.check !== null && data.check.faults.length > 0 && <Faults check={data.check} />}
      <Buttons>
        <Button busy={check.isPending || data.check?.endedAt === null} onClick={() => check.mutate()}>
          {t('audit.check')}
        </Button>
      </Buttons>
    </Section>
  )
}

function Standing({ check }: { readonly check: AuditCheck | null }) {
  const t = useText()
  const format = useFormat()
  if (check === null) return <State is="none">{t('audit.unchecked')}</State>
  if (check.endedAt === null) return <State is="runs">{t('audit.checking')}</State>
  const when = format.instant(check.endedAt)
  return check.faultCount === 0 ? (
    <State is="met">{t('audit.holds', { count: check.entries, when })}</State>
  ) : (
    <State is="miss">{t('audit.broken', { count: check.faultCount, when })}</State>
  )
}

/** By hand it is compared in groups of eight. */
function Head({ chain: { head } }: { readonly chain: AuditChain }) {
  const t = useText()
  const format = useFormat()
  if (head === null) return t('audit.no-head')
  return (
    <>
      {t('audit.head-number', { number: head.number, when: format.instant(head.at) })}
      <br />
      <code>{head.hash.match(/.{8}/g)!.join(' ')}</code>
      <br />
      <span className="pl-small pl-quiet">{t('audit.head-why')}</span>
    </>
  )
}

function Faults({ check: { faults, faultCount } }: { readonly check: AuditCheck }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      <ul>
        {faults.map(({ kind, number, entry, at }) => (
          <li key={`${kind} ${number} ${entry}`}>
            {t(`audit.fault.${kind}`, {
              number: number ?? 0,
              entry: entry ?? '–',
              when: at === null ? '–' : format.instant(at),
            })}
          </li>
        ))}
      </ul>
      {faultCount > faults.length && <p>{t('audit.more-faults', { count: faultCount - faults.length })}</p>}
    </>
  )
}
