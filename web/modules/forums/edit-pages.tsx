import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as customers from '#api/customers'
import * as api from '#api/forums'
import { barredFromConvening } from '#api/forums'
import { call } from '#web/http/call.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { SelectField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { bodyOf, ForumFields, type ForumValues, valuesOf } from './forum-form.tsx'
import { forumQuery } from './queries.ts'

const newRoute = getRouteApi('/shell/forums/new')
const changeRoute = getRouteApi('/shell/forums/$id/change')

/** What is wrong before anything is sent. */
function useCheck() {
  const t = useText()
  return ({ name, weekdays, startsOn, time, chair }: ForumValues) => ({
    name: name.trim() === '' ? t('forums.name-needed') : undefined,
    every: weekdays.length === 0 ? t('forums.days-needed') : undefined,
    startsOn: startsOn === '' ? t('forums.starts-needed') : undefined,
    time: /^\d\d:\d\d$/.test(time) ? undefined : t('forums.time-needed'),
    chair: chair === '' ? t('forums.chair-needed') : undefined,
  })
}

/** Sets up a forum. */
export function NewForumPage() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const barred = barredFromConvening(useAsker())
  const { person } = useSession()
  const { customer = '', supplier = '' } = newRoute.useSearch()
  const { data: all = [] } = useQuery({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
  })
  const form = useForm({
    initial: valuesOf(null, { chair: person?.id ?? '', customer, supplier }),
    check: useCheck(),
    async submit(values) {
      const { purpose, customer: whose, supplier: governs, chair } = values
      const about = {
        ...(purpose.trim() !== '' && { purpose }),
        ...(whose !== '' && { customer: whose }),
        ...(governs !== '' && { supplier: governs }),
        chair,
      }
      const { id } = await call(api.addForum, { body: { ...bodyOf(values), ...about } })
      await client.invalidateQueries({ queryKey: ['forums'] })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      notify(t('forums.made'))
      await navigate({ to: '/forums/$id', params: { id }, ignoreBlocker: true })
    },
  })
  const crumb = <Link to="/forums">{t('forums.title')}</Link>
  if (barred !== null) {
    return (
      <Page title={t('forums.new')} crumb={crumb}>
        <Empty title={t('forums.none')}>{t(barred)}</Empty>
      </Page>
    )
  }
  return (
    <Page title={t('forums.new')} lede={t('forums.new-lede')} crumb={crumb}>
      <Form form={form} guard action={t('forums.make')}>
        <SelectField
          field={form.field('customer')}
          label={t('forums.customer')}
          options={[
            { value: '', label: t('forums.all-customers') },
            ...all.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <ForumFields form={form} />
      </Form>
    </Page>
  )
}

/** Changes a forum, or ends it. */
export function ChangeForumPage() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const barred = barredFromConvening(useAsker())
  const { id } = changeRoute.useParams()
  const { data: forum } = useSuspenseQuery(forumQuery(id))
  const back = async (said: string) => {
    await client.invalidateQueries({ queryKey: ['forums'] })
    notify(said)
    await navigate({ to: '/forums/$id', params: { id }, ignoreBlocker: true })
  }
  const form = useForm({
    initial: valuesOf(forum, { chair: '', customer: '', supplier: '' }),
    check: useCheck(),
    async submit(values) {
      const { purpose, chair, supplier } = values
      // Who may not see suppliers leaves it as it is.
      const governs = supplier === (forum.supplier?.id ?? '') ? {} : { supplier: supplier || null }
      const body = { ...bodyOf(values), ...governs, purpose: purpose.trim() || null, chair }
      await call(api.changeForum, { params: { id }, body, match: forum.version })
      await back(t('forums.changed'))
    },
  })
  async function end() {
    await call(api.changeForum, { params: { id }, body: { ended: true }, match: forum.version })
    await back(t('forums.ended-now'))
  }
  return (
    <Page
      title={t('forums.change-title', { name: forum.name })}
      lede={t('forums.change-lede')}
      crumb={
        <Link to="/forums/$id" params={{ id }}>
          {forum.name}
        </Link>
      }
      actions={
        <Button barred={barred && t(barred)} onClick={() => void end()}>
          {t('forums.end')}
        </Button>
      }
    >
      <Form form={form} guard action={t('forums.save')}>
        <ForumFields form={form} />
      </Form>
    </Page>
  )
}
