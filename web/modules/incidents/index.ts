/** The desk: incidents, their clocks and their history. Other modules hear here of what changes. */
export { useIncidentEvents } from './live.ts'
