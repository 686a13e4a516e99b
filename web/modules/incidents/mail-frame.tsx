import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/mail'
import { barredFromInside } from '#core/may.ts'
import { call, urlOf } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './mail-frame.module.css'

/** A mail as its sender laid it out, when somebody wants to see it so: in a frame that may run nothing and fetch nothing. */
export function MailFrame({ id }: { readonly id: string }) {
  const t = useText()
  const inside = barredFromInside(useAsker()) === null
  const [open, setOpen] = useState(false)
  const [pictures, setPictures] = useState(false)
  const { data: mail } = useQuery({
    queryKey: ['mail', 'one', id],
    queryFn: ({ signal }) => call(api.readReceivedMail, { params: { id } }, signal),
    enabled: open,
  })
  if (!inside || id === '') return null
  return (
    <>
      {' '}
      <TextButton className="pl-small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'incidents.mail.text' : 'incidents.mail.html')}
      </TextButton>
      {open && mail !== undefined && mail.html === null && <p className="pl-small">{t('incidents.mail.none')}</p>}
      {open && mail !== undefined && mail.html !== null && (
        <div className={classes.mail}>
          {mail.pictures > 0 && !pictures && (
            <p className="pl-small pl-quiet">
              {t('incidents.mail.images', { count: mail.pictures })}{' '}
              <TextButton onClick={() => setPictures(true)}>{t('incidents.mail.fetch')}</TextButton>
            </p>
          )}
          <iframe
            title={t('incidents.mail.frame')}
            className={classes.frame}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerPolicy="no-referrer"
            src={urlOf(api.viewReceivedMail, { params: { id }, query: { pictures } })}
          />
        </div>
      )}
    </>
  )
}
