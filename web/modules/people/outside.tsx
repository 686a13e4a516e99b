import type { ReactNode } from 'react'
import { Preferences } from '#web/app/preferences.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './outside.module.css'

interface OutsideProps {
  readonly title: string
  readonly lede?: ReactNode
  readonly children: ReactNode
}

/** A page before the door: paper, the plumb line, and at its bob what is to be done. */
export function Outside({ title, lede, children }: OutsideProps) {
  const t = useText()
  return (
    <div className={classes.outside}>
      <header className={classes.head}>
        <p className={classes.word}>Plumbline</p>
        <p className={classes.motto}>{t('people.outside.motto')}</p>
      </header>
      <main className={classes.main}>
        <Page title={title} lede={lede}>
          <div className={classes.body}>{children}</div>
        </Page>
      </main>
      <footer className={classes.foot}>
        <Preferences />
      </footer>
    </div>
  )
}
