/**
 * Signing in, invitations, one's own account, and the list of people. Other modules ask here who is signed in and what
 * they may do.
 */
export { Outside } from '#web/modules/people/outside.tsx'
export { ReadersOnly } from '#web/modules/people/readers-only.tsx'
export { useAsker, useSession } from '#web/modules/people/session.ts'
