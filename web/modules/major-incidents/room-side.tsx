import type { MajorIncidentPage } from '#api/major-incidents'
import { barredFromLeading } from '#api/major-incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import type { Asked } from './room-actions.tsx'
import { StatusPages } from './status-pages.tsx'
import { sinceOf, zoneOf } from './words.ts'
import classes from './room.module.css'

interface RoomSideProps {
  readonly major: MajorIncidentPage
  readonly onAsk: (what: Asked) => void
}

/** Who does what, where it is talked about, what is affected; what is not known says so. */
export function RoomSide({ major, onAsk }: RoomSideProps) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const may = barredFromLeading(asker, major) === null
  const { services, sites, technical, affectedUsers, bridge, criteria, updates, children } = major
  const zone = zoneOf(major)
  const now = useNow()
  const unknown = t('major-incidents.unknown')
  const names = (list: readonly { readonly name: string }[]) =>
    list.length === 0 ? unknown : format.list(list.map(({ name }) => name))
  return (
    <>
      {inside && (
        <SideSection title={t('major-incidents.who')}>
          <Facts
            small
            facts={[
              { name: t('major-incidents.commander'), value: major.commander?.name ?? t('major-incidents.nobody') },
              {
                name: t('major-incidents.communications'),
                value: major.communications?.name ?? t('major-incidents.nobody'),
              },
              {
                name: t('major-incidents.technical'),
                value: technical.length === 0 ? t('major-incidents.nobody') : names(technical),
              },
              { name: t('major-incidents.bridge'), value: bridge === '' ? '–' : <Bridge bridge={bridge} /> },
            ]}
          />
          {may && <TextButton onClick={() => onAsk('roles')}>{t('major-incidents.roles')}</TextButton>}
        </SideSection>
      )}
      <SideSection title={t('major-incidents.affected')}>
        <Facts
          small
          facts={[
            { name: t('major-incidents.services'), value: names(services) },
            { name: t('major-incidents.sites'), value: names(sites) },
            ...(inside
              ? [
                  {
                    name: t('major-incidents.users'),
                    value: affectedUsers === null ? unknown : format.number(affectedUsers),
                  },
                  { name: t('major-incidents.impact-short'), value: major.businessImpact || unknown },
                  { name: t('major-incidents.cost'), value: <Cost major={major} /> },
                ]
              : []),
            { name: t('major-incidents.reports'), value: t('major-incidents.children-of', children) },
          ]}
        />
        {may && (
          <>
            <TextButton onClick={() => onAsk('impact')}>{t('major-incidents.impact-change')}</TextButton>{' '}
            <TextButton onClick={() => onAsk('cost')}>{t('major-incidents.cost-change')}</TextButton>
          </>
        )}
      </SideSection>
      <SideSection title={t('major-incidents.moments')}>
        <Facts
          small
          facts={[
            { name: t('major-incidents.since'), value: format.timeNear(sinceOf(major), now, zone) },
            { name: t('major-incidents.logged'), value: format.timeNear(major.incident.openedAt, now, zone) },
            ...(major.declaredAt
              ? [{ name: t('major-incidents.state.declared'), value: format.timeNear(major.declaredAt, now, zone) }]
              : []),
            ...(updates && updates.due > 0
              ? [
                  {
                    name: t('major-incidents.updates'),
                    value: t('major-incidents.updates-of', { onTime: updates.onTime, due: updates.due }),
                  },
                ]
              : []),
            ...(criteria.length > 0
              ? [
                  {
                    name: t('major-incidents.why'),
                    value: [
                      ...criteria
                        .filter((each) => each !== 'other')
                        .map((each) => t(`major-incidents.criterion.${each}`)),
                      ...(major.criteriaWords === '' ? [] : [major.criteriaWords]),
                    ].join(', '),
                  },
                ]
              : []),
            { name: t('major-incidents.zone'), value: format.zone(zone, major.incident.openedAt) },
          ]}
        />
      </SideSection>
      {inside && <StatusPages major={major} />}
    </>
  )
}

/** What it cost, with the hours behind it and whose assumptions these are. */
function Cost({ major: { reckoning, reckoned } }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  if (reckoning === null || reckoned === null) return t('major-incidents.cost-none')
  const { lostHours, lostHoursTo, totalMinor, totalToMinor } = reckoned
  const range = (from: string, to: string) => (from === to ? from : t('major-incidents.cost-range', { from, to }))
  const amount = (amountMinor: number) => money({ amountMinor, currency: reckoning.currency })
  return (
    <>
      {range(amount(totalMinor), amount(totalToMinor))}
      <span className="pl-quiet pl-small">
        {' '}
        ·{' '}
        {t('major-incidents.cost-hours', {
          hours: range(format.number(lostHours, 1), format.number(lostHoursTo, 1)),
        })}{' '}
        · <bdi>{reckoning.basis}</bdi>
      </span>
    </>
  )
}

/** An address opens; a number is dialled; everything else is words. */
function Bridge({ bridge }: { readonly bridge: string }) {
  if (!/^(https?:\/\/|tel:)\S+$/i.test(bridge)) return bridge
  return (
    <a className={classes.bridge} href={bridge} target="_blank" rel="noreferrer">
      {bridge.replace(/^(https?:\/\/|tel:)/i, '')}
    </a>
  )
}
