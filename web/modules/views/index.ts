/** Kept views of a list: picked, kept, shared. What a view holds is the list's own address, which stays the page's affair. */
export { useViews } from '#web/modules/views/queries.ts'
export { ViewsControl } from '#web/modules/views/views-control.tsx'
