/** What lies over the page: nothing, the palette, the keys, the help of the page, the tour, what was said lately, what somebody was told. */
export type Over = 'palette' | 'keys' | 'help' | 'tour' | 'notices' | 'notifications' | null
