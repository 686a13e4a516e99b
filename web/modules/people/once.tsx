import { useState } from 'react'
import { Button, Buttons } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './account-page.module.css'

interface OnceProps {
  /** What has to be kept now, because it is not shown again. */
  readonly secret: string
  readonly label: string
}

/** A secret that is shown this once, to be copied. */
export function Once({ secret, label }: OnceProps) {
  const t = useText()
  return (
    <div>
      <input
        className={classes.secret}
        aria-label={label}
        readOnly
        value={secret}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Buttons>
        <CopyButton text={secret} />
        <span className="pl-small pl-quiet">{t('people.once')}</span>
      </Buttons>
    </div>
  )
}

export function CopyButton({ text, main = false }: { readonly text: string; readonly main?: boolean }) {
  const t = useText()
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <>
      <Button main={main} onClick={() => void copy()}>
        {t('people.copy')}
      </Button>
      <span role="status" className="pl-small pl-quiet">
        {copied && t('people.copied')}
      </span>
    </>
  )
}
