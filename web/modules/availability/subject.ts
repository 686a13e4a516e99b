/** Of whose service something is written down. */
export interface Subject {
  readonly customer: string
  /** Of the customer: in it times are typed and months begin. */
  readonly zone: string
  readonly service: string
  readonly serviceName: string
}
