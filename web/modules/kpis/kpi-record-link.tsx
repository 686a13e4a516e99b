import { Link } from '@tanstack/react-router'
import type { Kpi } from '#api/kpis'

interface RecordLinkProps {
  readonly kpi: string
  readonly of: Kpi['records']
  readonly record: {
    readonly id: string
    readonly name: string
    readonly about: string
    readonly within: string | null
  }
  readonly month: string
  readonly customer: string | undefined
}

/** A record under a figure, where it is found. */
export function RecordLink({ kpi, of, record: { id, name, about, within }, month, customer }: RecordLinkProps) {
  const words = [name, about].filter(Boolean).join(' ')
  if (of === 'downtimes') {
    return (
      <Link to="/availability" search={{ month, customer }}>
        {words}
      </Link>
    )
  }
  // What was kept and felt to be bad is found beside what people said.
  if (kpi === 'K27') {
    return (
      <Link to="/experience" search={{ by: 'service', month, customer }}>
        {words}
      </Link>
    )
  }
  if (of === 'services') {
    return (
      <Link to="/availability/$serviceId" params={{ serviceId: id }} search={{ month, customer }}>
        {words}
      </Link>
    )
  }
  if (of === 'contacts') {
    return (
      <Link to="/contacts/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'requests') {
    return (
      <Link to="/requests/$id" params={{ id: name }}>
        {words}
      </Link>
    )
  }
  if (of === 'friction-points') {
    return (
      <Link to="/friction/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'actions') {
    return (
      <Link to="/actions/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'improvements') {
    return (
      <Link to="/improvements/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'meetings') {
    return (
      <Link to="/forum-runs/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'contracts') {
    return (
      <Link to="/contracts/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'contract-changes') {
    return (
      <Link to="/contract-changes/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'credits') {
    return (
      <Link to="/credits/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'obligations') {
    return (
      <Link to="/contracts/$id" params={{ id: within ?? id }}>
        {words}
      </Link>
    )
  }
  if (of === 'articles') {
    return (
      <Link to="/articles/$id" params={{ id }}>
        {name}
      </Link>
    )
  }
  if (of === 'suppliers') {
    return (
      <Link to="/suppliers/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'unit-costs') return <Link to="/budget">{words}</Link>
  if (of === 'opportunities') {
    return (
      <Link to="/opportunities/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  return (
    <Link to="/incidents/$id" params={{ id: name }}>
      {words}
    </Link>
  )
}
