/**
 * People: who they are, which teams they are in, what they may do and how they prove it. Owns `person`, `team`,
 * `team_member`, `role_assignment`, `account`, `sign_in_attempt`, `session`, `api_token`, `one_time_link`, `recovery_code`,
 * `identity_provider`, `identity_provider_group`, `identity`, `identity_attempt`.
 * What somebody reaches follows from their roles in force (role.ts), row-level security and one sentence for each act (may.ts).
 * How somebody signs in is read by the program alone, never in a person's name (program.ts).
 */
export { actorsOf } from './actors.ts'
export { authenticateBy } from './authenticate.ts'
export { insertPeople, insertSampleTeam } from './bulk.ts'
export { createPersonWhoSignsIn, createTokenFor, revokeTokenById } from './commands.ts'
export type { TokenScope } from './api.ts'
export { calendarIdOf } from './hours.ts'
export { findOrCreateRequester } from './people.ts'
export { deviceOf } from './device.ts'
export { endLapsedAccounts } from './identity-roles.ts'
export { emptyPerson, requirePerson } from './person-queries.ts'
export { fingerprint, newSecret } from './secret.ts'
export { isRole, reachOf, type Role, roles } from './role.ts'
export { peopleRoutes } from './routes.ts'
export { requireNotLastAdministrator } from './roles.ts'
export { worksCouncilHolds } from './setting-queries.ts'
export { createFirstAdministrator, setUpLink } from './set-up.ts'
export { requireTeam } from './team-queries.ts'
export { sealTwoFactorSecrets } from './two-factor.ts'
export { waitingInvitations } from './waiting-invitations.ts'
