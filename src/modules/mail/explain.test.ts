import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explainMails } from './explain.ts'

const MAILS = new URL('../../../../shared/data/mails/', import.meta.url)
const options = { language: 'en' } as const

test('each mail of a file is explained by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-mails-'))
  try {
    const begin = 'From a@b.example Mon Mar  2 09:00:00 2026\n'
    await writeFile(
      join(folder, 'box'),
      `${begin}From: a@b.example\nSubject: 1\n\nHallo\n\n${begin}From: a@b.example\nAuto-Submitted: auto-replied\n\nWeg\n`,
    )
    const explained = await Array.fromAsync(explainMails(folder, { ...options, language: 'de' }))
    expect(explained.map(({ mail, outcome }) => [mail, outcome])).toEqual([
      [1, 'ticket'],
      [2, 'automatic'],
    ])
    expect(explained[1]?.reason).toBe('Ihr Kopf sagt, dass ein Programm sie schrieb (Auto-Submitted).')
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** Mails in which a person passes a notice on, which is a ticket, and three that are no notices at all. */
const BY_PEOPLE = /not\/is-not-bounce|lhost-sendmail-14|make-test-36|README|LICENSE/

// The mails belong to others and lie beside the project, or they do not.
test.skipIf(!existsSync(MAILS))('no notice and no machine among many mails opens a ticket, and people do', async () => {
  const all = await Array.fromAsync(explainMails(MAILS.pathname, options))
  const machines = all.filter(({ file }) => /\/sisimai\/|\/multipart_report_emails\//.test(file))
  expect(machines.length).toBeGreaterThan(600)
  const wrongly = machines.filter(
    ({ file, outcome, mail }) => outcome === 'ticket' && !BY_PEOPLE.test(file) && mail !== 36,
  )
  expect(wrongly).toEqual([])
  const people = all.filter(({ file }) => /freescout|django_helpdesk|error_emails|plain_emails|rfc2822/.test(file))
  expect(people.length).toBeGreaterThan(70)
  expect(people.filter(({ outcome }) => outcome === 'ticket').length).toBeGreaterThanOrEqual(people.length - 2)
})
