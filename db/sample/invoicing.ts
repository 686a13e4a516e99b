interface SampleParty {
  readonly name: string
  readonly street: string
  readonly postCode: string
  readonly city: string
  readonly country: string
  readonly vatId: string | null
  readonly email: string | null
}

/** Who invoices whom, with which tax. */
export interface SampleInvoicing {
  readonly seller: SampleParty
  readonly buyer: SampleParty
  readonly taxCategory: 'S' | 'AE'
  readonly taxBp: number
  readonly exemption: string | null
  readonly paymentDays: number
  readonly iban: string | null
  readonly buyerReference: string | null
  readonly orderReference: string | null
}

export const seller: SampleParty = {
  name: 'Senklot Services',
  street: 'Uferstraße 12',
  postCode: '01067',
  city: 'Dresden',
  country: 'DE',
  vatId: 'DE123456789',
  email: 'rechnung@senklot.example',
}

/** The example that every bank gives. */
export const iban = 'DE89370400440532013000'
