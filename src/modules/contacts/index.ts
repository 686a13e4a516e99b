/**
 * Contacts: somebody was in touch, by whatever channel, and what came of it. Owns `contact`, `contact_message` and
 * `contact_source`. A contact is no ticket: many are answered at once, and several may be about one incident.
 */
export { contactRoutes } from './routes.ts'
export { counted as countedAsFirst, settled as settledAtFirst } from './first-contact.ts'
export { writeContacts, type WrittenContact } from './bulk.ts'
