/** A part of a customer: one site, one service, or one service at one site. */
export interface Part {
  readonly customerId: string
  readonly siteId: string | null
  readonly serviceId: string | null
}
