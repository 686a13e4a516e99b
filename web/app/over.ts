/** What lies over the page: nothing, the palette, the keys, the help of the page, the tour, what was said lately. */
export type Over = 'palette' | 'keys' | 'help' | 'tour' | 'notices' | null
