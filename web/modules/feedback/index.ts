/** What other modules show of feedback: what somebody is asked, to be answered where they are, and whose it is. */
export { CustomerField } from './customer-field.tsx'
export { OwnInvitations } from './own-invitations.tsx'
