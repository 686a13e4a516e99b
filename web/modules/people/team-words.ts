import type { Team } from '#api/people'
import type { TextKey } from '#web/locales/catalogue.ts'

export const teamKinds = [
  'desk',
  'resolver',
  'field',
  'supplier',
  'virtual',
  'agile',
] as const satisfies readonly Team['kind'][]

export const teamKindWord: Readonly<Record<Team['kind'], TextKey>> = {
  desk: 'people.team-kind.desk',
  resolver: 'people.team-kind.resolver',
  field: 'people.team-kind.field',
  supplier: 'people.team-kind.supplier',
  virtual: 'people.team-kind.virtual',
  agile: 'people.team-kind.agile',
}

type Membership = Team['members'][number]['kind']

export const memberKinds = ['direct', 'virtual', 'on-loan'] as const satisfies readonly Membership[]

export const memberKindWord: Readonly<Record<Membership, TextKey>> = {
  direct: 'people.member-kind.direct',
  virtual: 'people.member-kind.virtual',
  'on-loan': 'people.member-kind.on-loan',
}
