/** What other modules show of actions: what was made from one of their records, and how to make more of it. */
export { MakeActionDialog } from './make-action-dialog.tsx'
export { MakeImprovementDialog } from './make-improvement-dialog.tsx'
export { originAt } from './origin-pages.ts'
export { SteeringTabs } from './steering-tabs.tsx'
export { WhatFollows } from './what-follows.tsx'
export { ActionState, DecisionState, DueWord, OriginLink, useDay, useOwnerWord } from './words.tsx'
