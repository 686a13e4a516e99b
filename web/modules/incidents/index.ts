/** Incidents. Other modules of the desk take its tabs from here. */
export { DeskTabs } from './desk-tabs.tsx'
