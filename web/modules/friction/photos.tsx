import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/friction'
import type { FrictionPoint } from '#api/friction'
import { urlOf } from '#web/http/call.ts'
import { upload } from '#web/http/upload.ts'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './photos.module.css'
import { photosQuery } from './queries.ts'

/** What it looks like. */
export function Photos({ point: { id }, may }: { readonly point: FrictionPoint; readonly may: boolean }) {
  const t = useText()
  const client = useQueryClient()
  const { data: photos = [] } = useQuery(photosQuery(id))
  const [failure, setFailure] = useState<unknown>(null)
  async function send(files: readonly File[]) {
    setFailure(null)
    try {
      for (const file of files) {
        const query = { name: file.name, visibility: 'internal' } as const
        await upload(api.addFrictionPhoto, { params: { id }, query }, file, { onProgress: () => undefined })
      }
    } catch (error) {
      setFailure(error)
    }
    await client.invalidateQueries({ queryKey: ['friction', 'photos', id] })
  }
  if (photos.length === 0 && !may) return null
  return (
    <Section title={t('friction.photos')}>
      <ul className={classes.photos}>
        {photos.map((photo) => {
          const params = { id, attachmentId: photo.id }
          const address = urlOf(api.openFrictionPhoto, { params, query: { show: 'true' } })
          return (
            <li key={photo.id}>
              <a href={address} target="_blank" rel="noreferrer">
                <img src={address} alt={photo.name} />
              </a>
            </li>
          )
        })}
      </ul>
      {may && (
        <FileDrop
          label={t('friction.photo-drop')}
          touchLabel={t('friction.photo-take')}
          accept="image/*"
          multiple
          onFiles={(files) => void send(files)}
        />
      )}
      {failure !== null && <Problem failure={failure} />}
    </Section>
  )
}
