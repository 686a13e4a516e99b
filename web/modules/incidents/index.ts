/** What other modules show of incidents: facts in words, what changes as it changes, and what there is to choose from. */
export { useColleagues, useKnownNames, useServices, useSites } from './choices.ts'
export { DeskTabs } from './desk-tabs.tsx'
export { FactWords } from './fact-words.tsx'
export { Excluded } from './excluded.tsx'
export { HeldShares } from './held-shares.tsx'
export { useIncidentEvents } from './live.ts'
export { ResultsBeside } from './other-results.tsx'
export { stepsInWords } from './steps-in-words.ts'
