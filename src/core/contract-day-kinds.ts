/** What has a last day to act: terms of contracts, duties, credits, offers, and what suppliers are told. */
export const contractDayKinds = [
  'notice',
  'option',
  'end',
  'obligation',
  'claim',
  'dispute',
  'earn-back',
  'earn-back-claim',
  'decision',
  'offer',
  'supplier-notice',
  'supplier-end',
  'call-off',
] as const
