import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import type { HistoryEntry } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Text, useText } from '#web/ui/text.tsx'
import { MailFrame } from './mail-frame.tsx'
import { textOf } from './history-facts.ts'
import { type Mentioned, piecesOf } from './mention.ts'
import { choice } from './words.ts'
import classes from './fact-words.module.css'

/** A note, with the names marked that it calls up. */
export function NoteWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const mentions = Array.isArray(facts['mentions']) ? (facts['mentions'] as readonly Mentioned[]) : []
  return (
    <span className={classes.words}>
      {piecesOf(textOf(facts['text']), mentions).map(({ text, isName }, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, which does not change
        isName ? <b key={index}>{text}</b> : <Fragment key={index}>{text}</Fragment>,
      )}
    </span>
  )
}

/** What somebody outside wrote, and below it what they repeated. */
export function AnswerWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const t = useText()
  const quoted = textOf(facts['quoted'])
  return (
    <>
      <span className={classes.words}>{textOf(facts['text'])}</span>
      {quoted !== '' && (
        <details>
          <summary>{t('incidents.fact.repeated')}</summary>
          <span className={classes.words}>{quoted}</span>
        </details>
      )}
      <ToMail id={textOf(facts['mail'])} />
      <MailFrame id={textOf(facts['mail'])} />
    </>
  )
}

/** What became of a mail, the way to it, and as it looked. */
export function MailWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const t = useText()
  const id = textOf(facts['mail'])
  return (
    <>
      {t('incidents.fact.mail', {
        outcome: choice(textOf(facts['outcome'])),
        named: textOf(facts['recipient']) === '' ? 'no' : 'yes',
        recipient: textOf(facts['recipient']),
        files: typeof facts['files'] === 'number' ? facts['files'] : 0,
      })}{' '}
      <ToMail id={id} />
      <MailFrame id={id} />
    </>
  )
}

/** Somebody was in touch about it; the way to the contact itself. */
export function ContactWords({ facts }: { readonly facts: HistoryEntry['facts'] }) {
  const t = useText()
  const name = textOf(facts['caller'])
  const id = textOf(facts['contact'])
  return (
    <>
      <Link to="/contacts/$id" params={{ id }}>
        {t('incidents.fact.contact', {
          caller: name === '' ? 'none' : 'some',
          name,
          channel: choice(textOf(facts['channel'])),
          subject: textOf(facts['subject']),
        })}
      </Link>
      {textOf(facts['text']) !== '' && <span className={classes.words}>{textOf(facts['text'])}</span>}
    </>
  )
}

/** The way to the mail itself, for the provider's people. */
function ToMail({ id }: { readonly id: string }) {
  const t = useText()
  if (barredFromInside(useAsker()) !== null || id === '') return null
  return (
    <Link className="pl-small" to="/mails/$id" params={{ id }}>
      {t('incidents.fact.to-mail')}
    </Link>
  )
}

/** A sentence of ours, then what somebody wrote to it, and by what it is shown. */
export function WithWords({
  sentence,
  words,
  evidence,
}: {
  readonly sentence: ReactNode
  readonly words: string
  readonly evidence: string
}) {
  if (words === '' && evidence === '') return sentence
  return (
    <>
      {sentence} {words !== '' && <span className={classes.words}>{words}</span>}
      {evidence !== '' && (
        <span className={classes.evidence}>
          <Text id="incidents.fact.evidence" values={{ evidence: evidenceShown(evidence) }} />
        </span>
      )}
    </>
  )
}

/** An address opens, in another window: it leads away from here. Everything else is words. */
function evidenceShown(evidence: string): ReactNode {
  if (!/^https?:\/\/\S+$/i.test(evidence)) return evidence
  return (
    <a href={evidence} target="_blank" rel="noreferrer">
      {evidence}
    </a>
  )
}
