/** What lies over the page: nothing, the palette, the help with the keys. */
export type Over = 'palette' | 'keys' | null
