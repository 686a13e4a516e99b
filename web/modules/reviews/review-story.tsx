import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReviewStory as Story } from '#api/reviews'
import { storyQuery } from '#web/modules/reviews/queries.ts'
import { Glyph, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import type { Language } from '#core/text.ts'
import classes from './review-page.module.css'

type Claim = Story['claims'][number]

/** How things merely stand has no mark. */
const standingOf: Readonly<Record<Exclude<Claim['tone'], 'plain'>, Standing>> = {
  miss: 'miss',
  soon: 'soon',
  met: 'met',
}

interface ReviewStoryProps {
  readonly id: string
  readonly language: Language
}

/** What the month says, as it is told in the documents: claims, each with the numbers that it stands on. */
export function ReviewStory({ id, language }: ReviewStoryProps) {
  const t = useText()
  const { data: story } = useSuspenseQuery(storyQuery(id, language))
  return (
    <div lang={story.language}>
      <h3 className={classes.headline}>{story.headline}</h3>
      <ol className={classes.claims}>
        {story.claims.map(({ tone, text, evidence, figure }) => (
          <li key={text} data-tone={tone}>
            <p>
              {tone !== 'plain' && <Glyph is={standingOf[tone]} label={t(`reviews.story.tone.${tone}`)} />}{' '}
              <b>{text}</b>
            </p>
            <p className="pl-small pl-quiet">
              {evidence.join(' · ')}
              {evidence.length > 0 && ' · '}
              <span className="pl-faint">{figure}</span>
            </p>
          </li>
        ))}
      </ol>
      <p className="pl-small">
        <Glyph is="felt" label={t('reviews.story.felt')} /> {story.perception.text}{' '}
        <span className="pl-quiet">{story.perception.why}</span>
      </p>
    </div>
  )
}
