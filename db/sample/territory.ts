/** The market that a country belongs to. */
export function marketOf(country: string): string {
  if (['DE', 'AT', 'CH'].includes(country)) return 'DACH'
  if (['GB', 'IE'].includes(country)) return 'UK & Ireland'
  return country === 'US' ? 'Americas' : 'Europe'
}

/** The line of business that a kind of site mostly works for. */
export function segmentOf(siteType: string): string {
  if (['warehouse', 'hub'].includes(siteType)) return 'Logistics'
  if (['factory', 'lab'].includes(siteType)) return 'Production'
  return siteType === 'retail' ? 'Retail' : 'Corporate'
}
