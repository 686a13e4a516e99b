import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportView } from '#api/imports'
import { CallFailure } from '#web/http/call-failure.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { ChosenCustomer } from './import-customer.tsx'
import { ImportProgress } from './import-progress.tsx'
import { ImportReading } from './import-reading.tsx'
import { ImportResult } from './import-result.tsx'
import { ImportState } from './import-state.tsx'
import { ACCEPT } from './imports-page.tsx'
import { importQuery } from './queries.ts'
import { beginUpload, useUpload } from './uploads.ts'

const route = getRouteApi('/shell/imports/$id')

/** One file: how it is read, how far it is, what it brought, and how to take it back. */
export function ImportPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: view } = useSuspenseQuery(importQuery(id))
  const upload = useUpload(id)
  // Kept here, so that a trial does not forget it.
  const [customer, setCustomer] = useState<ChosenCustomer>(() =>
    view.customer ? { id: view.customer.id } : { id: '' },
  )
  const { state, dryRun, fileName } = view
  const arriving = upload !== undefined && upload.failure === null
  // After a trial, a stop or a failure it is read once more; the file of one that was taken in or back is not kept.
  const reading =
    !arriving && (state === 'uploaded' || state === 'failed' || state === 'cancelled' || (state === 'done' && dryRun))
  return (
    <Page
      title={fileName}
      lede={t(`imports.page.${state === 'done' && dryRun ? 'tried' : state}`)}
      crumb={<Link to="/imports">{t('imports.title')}</Link>}
      {...(!reading && { side: <Side view={view} /> })}
    >
      {(state === 'uploading' || upload !== undefined) && <Arriving view={view} />}
      {state === 'running' && <ImportProgress view={view} />}
      {(state === 'done' || state === 'failed' || state === 'cancelled' || state === 'undone') && (
        <ImportResult view={view} />
      )}
      {reading && <ImportReading key={id} view={view} customer={customer} onCustomer={setCustomer} />}
    </Page>
  )
}

function Side({ view }: { readonly view: ImportView }) {
  const t = useText()
  const format = useFormat()
  const { source, fileSize, customer, createdBy, createdAt } = view
  return (
    <SideSection title={t('imports.facts')}>
      <Facts
        small
        facts={[
          { name: t('imports.state'), value: <ImportState of={view} /> },
          { name: t('imports.source'), value: t(`imports.source.${source}`) },
          { name: t('imports.size'), value: format.bytes(fileSize) },
          ...(customer ? [{ name: t('imports.customer'), value: customer.name }] : []),
          { name: t('imports.begun'), value: format.instant(createdAt) },
          { name: t('imports.by'), value: createdBy?.name ?? t('imports.by-program') },
        ]}
      />
    </SideSection>
  )
}

/** The file on its way; or not there, when the way was broken off. */
function Arriving({ view: { id, fileName, state } }: { readonly view: ImportView }) {
  const t = useText()
  const upload = useUpload(id)
  if (upload !== undefined && upload.failure === null) {
    return (
      <Section title={t('imports.sending')}>
        <Progress
          label={t(upload.share < 1 ? 'imports.sending-file' : 'imports.looking', { name: fileName })}
          share={upload.share < 1 ? upload.share : null}
          onStop={upload.stop}
          stopHint={t('imports.sending-stop')}
        />
        <p className="pl-small pl-quiet">{t('imports.sending-stay')}</p>
      </Section>
    )
  }
  if (state !== 'uploading') return null
  // The file itself will not do: sending it again would not help.
  if (upload?.failure instanceof CallFailure && upload.failure.code === 'import.two-exports') {
    return (
      <Section title={t('imports.not-taken')}>
        <Problem
          failure={upload.failure}
          actions={
            <LinkButton to="/imports" main>
              {t('imports.drop-both')}
            </LinkButton>
          }
        />
      </Section>
    )
  }
  const refused = upload?.failure instanceof CallFailure && upload.failure.status === 400
  return (
    <Section title={t(refused ? 'imports.not-taken' : 'imports.not-arrived')}>
      {upload !== undefined && <Problem failure={upload.failure} />}
      <div style={{ marginTop: 12 }}>
        <FileDrop
          label={t('imports.drop-again', { name: fileName })}
          hint={t('imports.drop-hint')}
          accept={ACCEPT}
          onFiles={([file]) => file && beginUpload(id, file)}
        />
      </div>
    </Section>
  )
}
