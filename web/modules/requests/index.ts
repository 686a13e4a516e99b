/** What other modules show of requests: what waits for somebody's yes or no, answers in words, and the ways to the rest. */
export { ApprovalList } from './approval-list.tsx'
export { useAnswerWords, useSaid } from './answers.tsx'
export { RequestTabs } from './request-tabs.tsx'
export { RequestFiles } from './request-files.tsx'
