import { barredFromAdministering } from '#core/may.ts'
import type { Area } from '#web/app/areas.ts'
import { placesFor } from '#web/app/places.ts'
import { SampleOffer } from '#web/app/sample-offer.tsx'
import type { TextKey } from '#web/locales/catalogue.ts'
import { Outside } from '#web/modules/people/outside.tsx'
import { useAsker } from '#web/modules/people/session.ts'
import { ActionLink } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './what-now.module.css'

interface Way {
  readonly area: Area
  readonly to: string
  readonly title: TextKey
  readonly why: TextKey
}

const ways: readonly Way[] = [
  { area: 'imports', to: '/imports', title: 'people.what-now.import', why: 'people.what-now.import-why' },
  { area: 'people', to: '/people/invite', title: 'people.what-now.invite', why: 'people.what-now.invite-why' },
  { area: 'today', to: '/', title: 'people.what-now.look', why: 'people.what-now.look-why' },
]

/** After the set-up: where to begin. */
export function WhatNow({ name }: { readonly name: string }) {
  const t = useText()
  const asker = useAsker()
  const areas = new Set(placesFor(asker).map(({ area }) => area))
  return (
    <Outside title={t('people.what-now.title', { name })} lede={t('people.what-now.lede')}>
      <ul className={classes.ways}>
        {ways
          .filter(({ area }) => areas.has(area))
          .map(({ area, to, title, why }) => (
            <li key={area}>
              <ActionLink to={to} className={classes.way}>
                {t(title)}
              </ActionLink>
              <p className="pl-quiet">{t(why)}</p>
            </li>
          ))}
        {barredFromAdministering(asker) === null && (
          <li>
            <h2 className={classes.way}>{t('app.sample.title')}</h2>
            <p className={`pl-quiet ${classes.why}`}>{t('app.sample.why')}</p>
            <SampleOffer />
          </li>
        )}
      </ul>
    </Outside>
  )
}
