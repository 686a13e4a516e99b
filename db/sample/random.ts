/** Chance that is the same for the same seed on every machine. */
export interface Random {
  /** At least 0, less than 1. */
  readonly next: () => number
  readonly chance: (probability: number) => boolean
  /** A whole number, both ends included. */
  readonly whole: (from: number, to: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** An index, each as likely as its weight; weights are not negative and not all zero. */
  readonly weighted: (weights: ArrayLike<number>) => number
  readonly normal: () => number
  /** Half lie below the median; about two thirds between `median / e^spread` and `median * e^spread`. */
  readonly lognormal: (median: number, spread: number) => number
  readonly exponential: (mean: number) => number
  /** A stream of its own: what is drawn there changes nothing here. */
  readonly fork: (label: string) => Random
}

export function randomOf(seed: string): Random {
  const next = sfc32(seed)
  function normal(): number {
    // Box and Muller; never the logarithm of zero.
    return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  }
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted: (weights) => {
      let sum = 0
      for (let index = 0; index < weights.length; index++) sum += weights[index]!
      let left = next() * sum
      for (let index = 0; index < weights.length; index++) {
        left -= weights[index]!
        if (left < 0) return index
      }
      return weights.length - 1
    },
    normal,
    lognormal: (median, spread) => median * Math.exp(spread * normal()),
    exponential: (mean) => -mean * Math.log(1 - next()),
    fork: (label) => randomOf(`${seed}/${label}`),
  }
}

/** Chris Doty-Humphrey's "small fast counting" generator, its state spread from the text by a hash of Bret Mulvey's kind. */
function sfc32(seed: string): () => number {
  const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667]
  for (let index = 0; index < seed.length; index++) {
    const code = seed.charCodeAt(index)
    for (let word = 0; word < 4; word++) {
      state[word] = Math.imul(state[word]! ^ (code + word), 0x01000193 + 2 * word * 0x10001)
      state[word]! ^= state[word]! >>> 15
    }
  }
  let [a, b, c, counter] = state as [number, number, number, number]
  function next(): number {
    const result = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + result
    c |= 0
    return (result >>> 0) / 0x1_0000_0000
  }
  for (let round = 0; round < 15; round++) next()
  return next
}
