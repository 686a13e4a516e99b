import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { Failure, invalid, notFound } from '#core/failure.ts'
import { type Asker, barredFromAdministering, type Reason, require } from '#core/may.ts'
import { isZone } from '#core/zone.ts'
import type { Context } from '#platform/context.ts'
import { measured, plainLetterhead } from '#platform/documents/letterhead.ts'
import { pdfApart } from '#platform/documents/pdf-apart.ts'
import { audit } from '#platform/history.ts'
import type { FileReply } from '#platform/http.ts'
import { type Appearance, LARGEST_LOGO, type Settings, type SettingsChange } from './api.ts'
import { type Logo, logoOf } from './logo.ts'
import {
  deleteLogo,
  findLogo,
  findLogoShown,
  readSettings,
  writeLogo,
  writeLogoPicture,
  writeSettings,
} from './queries.ts'

/** Administrators set; auditors read. */
export function barredFromReadingSettings(asker: Asker): Reason | null {
  return asker.access === 'auditor' ? null : barredFromAdministering(asker)
}

/** `GET /appearance`: what everybody sees anyway. */
export async function readAppearance({ db }: Context): Promise<Appearance> {
  const { organisation, accent, language, timeZone, words, matrix, resolving, passwordLeast } = await readSettings(db)
  return {
    organisation,
    accent,
    logo: await findLogoShown(db),
    language,
    timeZone,
    words,
    matrix,
    resolving,
    passwordLeast,
  }
}

/** `GET /settings`. */
export async function readAllSettings({ db, actor }: Context): Promise<Settings> {
  require(barredFromReadingSettings(actor))
  return readSettings(db)
}

/** `PATCH /settings`. */
export async function changeSettings(context: Context, version: number, change: SettingsChange): Promise<Settings> {
  const { db, actor, now } = context
  require(barredFromAdministering(actor))
  if (change.timeZone !== undefined && !isZone(change.timeZone)) {
    throw invalid('zone.unknown', { zone: change.timeZone })
  }
  requireOneOfEach(change.resolving)
  const before = await readSettings(db)
  await writeSettings(db, version, change, now)
  const fields = Object.keys(change) as (keyof SettingsChange)[]
  const was = Object.fromEntries(fields.map((field) => [field, before[field]]))
  await audit(context, { action: 'settings.changed', subjectType: 'settings', facts: { before: was, change } })
  return readSettings(db)
}

/** `GET /logo`. What is drawn cannot do anything: the browser is told so as well. */
export async function sendLogo({ db }: Context): Promise<FileReply> {
  const logo = await findLogo(db)
  if (logo === null) throw notFound('logo.not-found')
  return { file: Buffer.from(logo.content, 'base64'), type: logo.type }
}

/** Reads a logo that is being sent; fails as soon as it is larger than a logo is, and when it is none. */
export async function receiveLogo(bytes: Readable): Promise<Logo> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of bytes as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST_LOGO) throw new Failure('too-large', 'logo.too-large', { kilobytes: LARGEST_LOGO / 1000 })
    parts.push(part)
  }
  const logo = logoOf(Buffer.concat(parts))
  await requireSettable(logo)
  return logo
}

/** A picture that pages could not be made with would keep every document from being made. */
async function requireSettable({ type, bytes }: Logo): Promise<void> {
  const logo = measured({ type, content: bytes.toString('base64') })
  const template = '#import "/house.typ": logo\n#logo'
  await pdfApart({ template, data: {}, letterhead: { ...plainLetterhead, logo } }).catch(() => {
    throw invalid('logo.broken')
  })
}

/** Takes a logo. In a transaction of the asker. */
export async function takeLogo(
  context: Context,
  { type, bytes: drawing }: Logo,
): Promise<NonNullable<Appearance['logo']>> {
  const { db, now } = context
  const sha256 = createHash('sha256').update(drawing).digest('hex')
  await writeLogo(db, { type, sha256, content: drawing.toString('base64') }, now)
  await audit(context, { action: 'logo.set', subjectType: 'settings', facts: { type, sha256 } })
  return { type, sha256 }
}

/** Takes a drawn logo as a picture, which the browser drew from it. In a transaction of the asker. */
export async function takeLogoPicture(context: Context, { type, bytes }: Logo): Promise<null> {
  if (type !== 'image/png') throw invalid('logo.unknown')
  if (!(await writeLogoPicture(context.db, bytes.toString('base64')))) throw notFound('logo.not-found')
  await audit(context, { action: 'logo.pictured', subjectType: 'settings' })
  return null
}

/** `DELETE /logo`. */
export async function removeLogo(context: Context): Promise<null> {
  require(barredFromAdministering(context.actor))
  await deleteLogo(context.db)
  await audit(context, { action: 'logo.removed', subjectType: 'settings' })
  return null
}

/** Throws when two codes have one name: nobody could tell them apart, neither a program nor a person. */
function requireOneOfEach(resolving: SettingsChange['resolving']): void {
  const codes = resolving?.codes ?? []
  for (const name of ['code', 'en', 'de'] as const) {
    const seen = new Set<string>()
    for (const [index, each] of codes.entries()) {
      const word = each[name].toLowerCase()
      const errors = [{ path: `resolving.codes.${index}.${name}`, message: '' }]
      if (seen.has(word)) throw invalid('settings.code-twice', { name: each[name] }, { errors })
      seen.add(word)
    }
  }
}
