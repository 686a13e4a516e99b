/** What was promised and how it was kept. Other modules' pages stand beside these under the same tabs. */
export { AgreementTabs, LevelTabs } from './agreement-tabs.tsx'
export { FigureDoor } from './attainment-door.tsx'
export { AvailabilityAdjustmentTable } from './availability-adjustment-table.tsx'
export { percentOf, shareWords } from './share-of-time.ts'
