import { expect, test } from 'vitest'
import { groupsIn } from './openid.ts'

test.each([
  ['by its name, also one that is an address', { 'https://x/groups': ['a', 'b'] }, 'https://x/groups', ['a', 'b']],
  ['inside of another', { realm_access: { roles: ['a', 7, null] } }, 'realm_access.roles', ['a']],
  ['when there is only one', { group: 'a' }, 'group', ['a']],
  ['not when it is not there', { groups: {} }, 'groups', []],
  ['not when it is not there either', {}, 'a.b.c', []],
])('groups are found %s', (_, told, claim, groups) => {
  expect(groupsIn(told, claim)).toEqual(groups)
})
