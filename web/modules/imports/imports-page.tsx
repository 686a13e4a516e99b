import { useMutation, useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/imports'
import type { ImportView, Source } from '#api/imports'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem, useSentence } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { sourceOf } from './export-head.ts'
import { ImportState } from './import-state.tsx'
import classes from './imports.module.css'
import { packed } from './pack.ts'
import { importsQuery } from './queries.ts'
import { beginUpload } from './uploads.ts'

const route = getRouteApi('/shell/imports')

/** Kinds of files that are read; a help in choosing only. */
export const ACCEPT = '.csv,.txt,.tsv,.xes,.gz,.zip,text/csv'

/** Brings tickets in from elsewhere: a file is dropped, and the next page shows how it will be read. */
export function ImportsPage() {
  const t = useText()
  const barred = api.barredFromImporting(useAsker())
  return (
    <Page title={t('imports.title')} lede={t('imports.lede')}>
      {barred === null ? <Drop /> : <Problem title={t(barred)} />}
      <Earlier />
    </Page>
  )
}

function Drop() {
  const t = useText()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const as: Source | undefined = route.useSearch().as
  const announce = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const file = files.length === 1 ? files[0]! : await packed(files)
      const source = as ?? (await sourceOf(file))
      const added = await call(api.addImport, { body: { source, fileName: file.name, size: file.size } })
      beginUpload(added.id, file)
      return added
    },
    async onSuccess(added) {
      cache.setQueryData(['imports', added.id], added)
      await navigate({ to: '/imports/$id', params: { id: added.id } })
    },
  })
  const sentence = useSentence(announce.error)
  const [tooMany, setTooMany] = useState(false)
  async function take(files: readonly File[]) {
    const sources = as === undefined ? await Promise.all(files.map(sourceOf)) : [as]
    const together =
      files.length === 1 || (files.length === 2 && sources.every((each) => each === 'hp-service-manager'))
    setTooMany(!together)
    if (together) announce.mutate(files)
  }
  return (
    <div className={classes.drop}>
      <FileDrop
        label={t(as === undefined ? 'imports.drop' : `imports.drop-as.${as}`)}
        hint={t('imports.drop-hint')}
        accept={ACCEPT}
        error={tooMany ? t('imports.drop-too-many') : announce.isError ? sentence : null}
        multiple
        onFiles={(files) => void take(files)}
      />
      {announce.isPending && <output>{t('imports.announcing')}</output>}
    </div>
  )
}

function Earlier() {
  const t = useText()
  const format = useFormat()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(importsQuery())
  const imports = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<ImportView>[] = [
    {
      key: 'file',
      head: t('imports.file'),
      narrow: 'lead',
      cell: ({ id, fileName }) => (
        <Link to="/imports/$id" params={{ id }}>
          {fileName}
        </Link>
      ),
    },
    {
      key: 'customer',
      head: t('imports.customer'),
      width: '20%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? '–',
    },
    {
      key: 'state',
      head: t('imports.state'),
      width: '190px',
      narrow: 'trail',
      cell: (each) => <ImportState of={each} />,
    },
    {
      key: 'tickets',
      head: t('imports.tickets'),
      width: '100px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ counts, dryRun }) => (counts && !dryRun ? format.number(counts.tickets) : ''),
    },
    {
      key: 'rejected',
      head: t('imports.rejected'),
      width: '130px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ counts }) => (counts ? format.number(counts.rejected) : ''),
    },
    {
      key: 'at',
      head: t('imports.begun'),
      width: '160px',
      narrow: 'under',
      cell: ({ createdAt }) => format.instant(createdAt),
    },
    {
      key: 'by',
      head: t('imports.by'),
      width: '14%',
      narrow: 'hidden',
      cell: ({ createdBy }) => createdBy?.name ?? t('imports.by-program'),
    },
  ]
  return (
    <Section title={t('imports.earlier')}>
      <Table
        dense
        keys
        label={t('imports.earlier')}
        columns={columns}
        rows={imports}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('imports.none')}>{t('imports.none-more')}</Empty>}
      />
    </Section>
  )
}
