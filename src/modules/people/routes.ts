import { route } from '#platform/http.ts'
import * as people from './api-people.ts'
import * as providers from './api-providers.ts'
import * as api from './api-sign-in.ts'
import { readAccess } from './access.ts'
import { disconnectIdentity, listIdentities } from './identity-roles.ts'
import { beginIdentity, endIdentity, redirectUriOf } from './identity-sign-in.ts'
import { invite } from './invite.ts'
import {
  changeOwnPerson,
  createOwnToken,
  endSession,
  endSessions,
  listSessions,
  listTokens,
  readSession,
  revokeOwnToken,
} from './own.ts'
import { changePassword, endTwoFactor } from './own-password.ts'
import {
  addPerson,
  changePerson,
  disablePerson,
  enablePerson,
  issuePasswordReset,
  listPeople,
  readPerson,
  removeTwoFactor,
  signOutPerson,
} from './people.ts'
import {
  addProvider,
  changeProvider,
  listProviders,
  listSignInWays,
  readProvider,
  removeProvider,
} from './providers.ts'
import { changeRole, endRole, grantRole } from './roles.ts'
import { addressOf } from './session.ts'
import { setUp } from './set-up.ts'
import { giveSecondFactor, signIn, signOut } from './sign-in.ts'
import { listTeams, readTeam } from './team-queries.ts'
import { addTeam, changeTeam, removeTeam } from './teams.ts'
import { acceptInvitation, describeLink, resetPassword } from './through-link.ts'
import { beginTwoFactor, confirmTwoFactor } from './two-factor.ts'

export const peopleRoutes = [
  route(api.setUp, (context, given) => setUp(context, given, given.body)),
  route(api.signIn, (context, given) => signIn(context, given, given.body)),
  route(api.giveSecondFactor, (context, given) => giveSecondFactor(context, given, given.body.code)),
  route(api.signOut, (context, given) => signOut(context, given)),
  route(api.inspectLink, (context, given) => describeLink(context, given, given.body.token)),
  route(api.acceptInvitation, (context, given) => acceptInvitation(context, given, given.body)),
  route(api.resetPassword, (context, given) => resetPassword(context, given, given.body)),

  route(api.getSession, (context) => readSession(context)),
  route(api.changeOwnPerson, (context, { body }) => changeOwnPerson(context, body)),
  route(api.changePassword, (context, given) => changePassword(context, given, given.body)),
  route(api.beginTwoFactor, (context, given) => beginTwoFactor(context, given)),
  route(api.confirmTwoFactor, (context, given) => confirmTwoFactor(context, given, given.body.code)),
  route(api.endTwoFactor, (context, given) => endTwoFactor(context, given, given.body.password)),
  route(api.listSessions, (context, given) => listSessions(context, given)),
  route(api.endSession, (context, given) => endSession(context, given, given.params.id)),
  route(api.endSessions, (context, given) => endSessions(context, given)),
  route(api.listTokens, (context) => listTokens(context)),
  route(api.createToken, (context, given) => createOwnToken(context, given, given.body)),
  route(api.revokeToken, (context, { params }) => revokeOwnToken(context, params.id)),

  route(providers.listSignInWays, (context) => listSignInWays(context)),
  route(providers.beginIdentity, (context, given) => beginIdentity(context, given, given.body)),
  route(providers.endIdentity, (context, given) => endIdentity(context, given, given.body.parameters)),
  route(providers.listIdentities, (context) => listIdentities(context)),
  route(providers.disconnectIdentity, (context, given) => disconnectIdentity(context, given, given.params.id)),
  route(providers.listProviders, (context, given) => listProviders(context, redirectUriOf(given))),
  route(providers.getProvider, (context, given) => readProvider(context, given.params.id, redirectUriOf(given))),
  route(providers.addProvider, (context, given) => addProvider(context, given.body, redirectUriOf(given))),
  route(providers.changeProvider, (context, given) =>
    changeProvider(context, given.params.id, given.matches, given.body, redirectUriOf(given)),
  ),
  route(providers.removeProvider, (context, { params }) => removeProvider(context, params.id)),

  route(people.listPeople, (context, { query }) => listPeople(context, query)),
  route(people.getPerson, (context, { params }) => readPerson(context, params.id)),
  route(people.addPerson, (context, { body }) => addPerson(context, body)),
  route(people.changePerson, (context, { params, body, matches }) => changePerson(context, params.id, matches, body)),
  route(people.grantRole, (context, { params, body }) => grantRole(context, params.id, body)),
  route(people.changeRole, async (context, { params, body }) => {
    await changeRole(context, params.id, params.roleId, body)
    return readPerson(context, params.id)
  }),
  route(people.getAccess, (context, { params }) => readAccess(context, params.id)),
  route(people.endRole, async (context, { params }) => {
    await endRole(context, params.id, params.roleId)
    return readPerson(context, params.id)
  }),
  route(people.disablePerson, (context, { params }) => disablePerson(context, params.id)),
  route(people.enablePerson, (context, { params }) => enablePerson(context, params.id)),
  route(people.signOutPerson, (context, { params }) => signOutPerson(context, params.id)),
  route(people.invite, (context, { body, raw }) => invite(context, addressOf(raw), body)),
  route(people.issuePasswordReset, (context, { params, raw }) =>
    issuePasswordReset(context, addressOf(raw), params.id),
  ),
  route(people.removeTwoFactor, (context, { params }) => removeTwoFactor(context, params.id)),

  route(people.listTeams, ({ db }, { query }) => listTeams(db, query)),
  route(people.getTeam, ({ db }, { params }) => readTeam(db, params.id)),
  route(people.addTeam, (context, { body }) => addTeam(context, body)),
  route(people.changeTeam, (context, { params, body, matches }) => changeTeam(context, params.id, matches, body)),
  route(people.removeTeam, (context, { params }) => removeTeam(context, params.id)),
]
