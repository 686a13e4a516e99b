/** What other modules show of feedback: what somebody is asked, to be answered where they are. */
export { OwnInvitations } from './own-invitations.tsx'
