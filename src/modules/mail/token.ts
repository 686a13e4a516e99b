import { signer } from '#platform/seal.ts'

/** Signs and knows again the tickets that our mails are about. */
export interface Tokens {
  /** For a Message-ID or behind the plus of an address: 41 letters and digits, in any case of letters. */
  readonly tokenOf: (incidentId: string) => string
  /** The incident whose token stands in a text; null when there is none, or none of ours. */
  readonly incidentIn: (text: string) => string | null
  /** What our own mails bear in their header, so that they are known when they come back. */
  readonly mark: string
}

/** Where there is no key yet, nothing was signed. */
export const noTokens: Pick<Tokens, 'incidentIn' | 'mark'> = { incidentIn: () => null, mark: '\0' }

/** A guess of 64 bits takes longer than anybody waits. */
const MAC_BYTES = 8

/** The tokens of this installation. */
export async function mailTokens(): Promise<Tokens> {
  const sign = await signer('mails')
  const macOf = (id: string) => inLetters(sign(`ticket ${id}`).subarray(0, MAC_BYTES).toString('hex'), 13)
  return {
    tokenOf: (incidentId) => {
      const id = incidentId.replaceAll('-', '').toLowerCase()
      return `pl-${inLetters(id, 25)}${macOf(id)}`
    },
    incidentIn: (text) => {
      const [, letters, mac] = /\bpl-([0-9a-z]{25})([0-9a-z]{13})(?![0-9a-z])/.exec(text.toLowerCase()) ?? []
      if (letters === undefined || mac === undefined) return null
      const id = inHex(letters)
      if (mac !== macOf(id)) return null
      return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },
    mark: sign('mark').toString('base64url'),
  }
}

function inLetters(hex: string, length: number): string {
  return BigInt(`0x${hex}`).toString(36).padStart(length, '0')
}

function inHex(letters: string): string {
  let value = 0n
  for (const letter of letters) value = value * 36n + BigInt(Number.parseInt(letter, 36))
  return value.toString(16).padStart(32, '0')
}
