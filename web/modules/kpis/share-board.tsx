import { Button, Buttons, DownloadLink } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { savePicture } from './picture.ts'

interface ShareBoardProps {
  /** Address of the board as a drawing or on paper. */
  readonly picture: (format: 'svg' | 'pdf') => string
  /** Of the files, without an ending. */
  readonly name: string
}

/** A board as a link, a picture or on paper. */
export function ShareBoard({ picture, name }: ShareBoardProps) {
  const t = useText()
  async function copy() {
    await navigator.clipboard.writeText(window.location.href)
    notify(t('kpis.board.copied'))
  }
  return (
    <Section title={t('kpis.board.share')} hint={t('kpis.board.share-hint')}>
      <Buttons>
        <Button onClick={() => void copy()}>{t('kpis.board.link')}</Button>
        <Button onClick={() => void savePicture(picture('svg'), `${name}.png`)}>{t('kpis.board.png')}</Button>
        <DownloadLink href={picture('svg')} download={`${name}.svg`}>
          {t('kpis.board.svg')}
        </DownloadLink>
        <DownloadLink href={picture('pdf')} download={`${name}.pdf`}>
          {t('kpis.board.pdf')}
        </DownloadLink>
      </Buttons>
    </Section>
  )
}
