import { useSuspenseQuery } from '@tanstack/react-query'
import type { Access, AccessRule } from '#api/people'
import type { TextKey } from '#web/locales/catalogue.ts'
import { accessQuery } from '#web/modules/people/queries.ts'
import { useRoleLine } from '#web/modules/people/role-words.ts'
import { Section } from '#web/ui/page.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './person-access.module.css'

const recordWords: Readonly<Record<AccessRule['record'], TextKey>> = {
  customers: 'people.access.customers',
  sites: 'people.access.sites',
  services: 'people.access.services',
  agreements: 'people.access.agreements',
  incidents: 'people.access.incidents',
  reviews: 'people.access.reviews',
  imports: 'people.access.imports',
  people: 'people.access.people',
  teams: 'people.access.teams',
  roles: 'people.access.roles',
  settings: 'people.access.settings',
}

/** What the rule is about, where it is more than looking. */
const actWords: Readonly<Partial<Record<`${AccessRule['act']} ${AccessRule['record']}`, TextKey>>> = {
  'keep incidents': 'people.access.keep-incidents',
  'keep agreements': 'people.access.keep-agreements',
  'keep customers': 'people.access.keep-customers',
  'keep reviews': 'people.access.keep-reviews',
  'keep imports': 'people.access.keep-imports',
  'keep teams': 'people.access.keep-teams',
  'invite people': 'people.access.invite-people',
  'give roles': 'people.access.give-roles',
  'keep settings': 'people.access.keep-settings',
}

const standingWords: Readonly<Record<Access['roles'][number]['standing'], TextKey>> = {
  holds: 'people.access.standing.holds',
  later: 'people.access.standing.later',
  narrowed: 'people.access.standing.narrowed',
  apart: 'people.access.standing.apart',
  outreached: 'people.access.standing.outreached',
}

/** What this person may see and do, by which rule: the same that the server asks, and counted as the database shows it to them. */
export function PersonAccess({ id }: { readonly id: string }) {
  const t = useText()
  const { data: access } = useSuspenseQuery(accessQuery(id))
  const seen = access.rules.filter(({ act }) => act === 'see')
  const done = access.rules.filter(({ act }) => act !== 'see')
  return (
    <Section title={t('people.access.title', { name: access.name })} hint={t('people.access.hint')}>
      <Summary access={access} />
      <h3 className={classes.head}>{t('people.access.sees')}</h3>
      <ul className={classes.rules}>
        {seen.map((rule) => (
          <Rule key={rule.record} rule={rule} access={access} />
        ))}
      </ul>
      <h3 className={classes.head}>{t('people.access.does')}</h3>
      <ul className={classes.rules}>
        {done.map((rule) => (
          <Rule key={`${rule.act} ${rule.record}`} rule={rule} access={access} />
        ))}
      </ul>
      <Idle access={access} />
    </Section>
  )
}

function Summary({ access }: { readonly access: Access }) {
  const t = useText()
  const format = useFormat()
  const { name, signsIn, allCustomers, customers } = access
  const whose = format.list(customers.map((customer) => customer.name))
  const reach = allCustomers ? 'all' : customers.length > 0 ? 'some' : 'none'
  return (
    <p>
      <Text
        id={`people.access.reach.${reach}`}
        values={{ name, customers: whose, count: customers.length }}
        components={{ b: <b /> }}
      />{' '}
      {access.access === 'auditor' && t('people.access.reads-only')} {access.books !== null && t('people.access.books')}{' '}
      {!signsIn && t('people.access.no-sign-in')}
    </p>
  )
}

function Rule({ rule, access }: { readonly rule: AccessRule; readonly access: Access }) {
  const t = useText()
  const format = useFormat()
  const roleLine = useRoleLine()
  const { record, act, may, reason, by, count, of } = rule
  const roles = format.list(access.roles.filter(({ id }) => by.includes(id)).map(roleLine))
  const what = t(actWords[`${act} ${record}`] ?? recordWords[record])
  // Allowed, and yet nothing is there to be seen: no role reaches any, or there is none yet.
  const nothing = act === 'see' && count === 0
  const given = roles === '' ? t('people.access.by-signing-in') : t('people.access.by', { roles })
  const amount =
    act === 'see' && count !== null
      ? t(of === null ? 'people.access.count' : 'people.access.count-of', { count, of })
      : null
  return (
    <li>
      <Glyph
        is={may && !nothing ? 'met' : 'none'}
        label={t(may && !nothing ? 'people.access.yes' : 'people.access.no')}
      />
      <span>
        {what}
        {may && amount !== null && <span className="pl-number"> · {amount}</span>}
      </span>
      <span className="pl-small pl-quiet">
        {may
          ? nothing
            ? t(roles === '' ? 'people.access.none-reached' : 'people.access.none-there', { roles })
            : given
          : reason}
      </span>
    </li>
  )
}

/** Roles that open nothing now, and why. */
function Idle({ access }: { readonly access: Access }) {
  const t = useText()
  const roleLine = useRoleLine()
  const format = useFormat()
  const idle = access.roles.filter(({ standing }) => standing !== 'holds')
  if (idle.length === 0) return null
  return (
    <>
      <h3 className={classes.head}>{t('people.access.idle')}</h3>
      <ul className={classes.rules}>
        {idle.map((role) => (
          <li key={role.id}>
            <Glyph is={role.standing === 'later' ? 'paused' : 'none'} />
            <span>{roleLine(role)}</span>
            <span className="pl-small pl-quiet">
              {t(standingWords[role.standing], { from: format.day(role.validFrom) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
