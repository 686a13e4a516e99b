/** A colour as `#rrggbb`. */
export type Colour = `#${string}`

type Channels = readonly [red: number, green: number, blue: number]

export function isColour(text: string): text is Colour {
  return /^#[0-9a-f]{6}$/i.test(text)
}

function channelsOf(colour: Colour): Channels {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** How light a colour is to the eye, 0 to 1 (WCAG 2.2, relative luminance). */
function luminance(colour: Colour): number {
  const [red, green, blue] = channelsOf(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Channels
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** 1 for the same colour, 21 for black on white (WCAG 2.2). */
export function contrast(one: Colour, other: Colour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/**
 * The colour, or the nearest towards black or white that stands out enough on a ground.
 *
 * @param least 4.5 for text, 3 for marks (WCAG 2.2, 1.4.3 and 1.4.11).
 */
export function readableOn(colour: Colour, ground: Colour, least: number): Colour {
  const towards: Colour = luminance(ground) > 0.18 ? '#000000' : '#ffffff'
  for (let step = 0; step < 100; step += 1) {
    const mixed = mix(colour, towards, step / 100)
    if (contrast(mixed, ground) >= least) return mixed
  }
  return towards
}

function mix(one: Colour, other: Colour, share: number): Colour {
  const [from, to] = [channelsOf(one), channelsOf(other)]
  const mixed = from.map((channel, index) => Math.round(channel + (to[index]! - channel) * share))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
