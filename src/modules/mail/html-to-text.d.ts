/** The library comes without types. Only what is used here. */
declare module 'html-to-text' {
  interface Selector {
    readonly selector: string
    readonly format?: 'skip'
    readonly options?: Readonly<Record<string, boolean>>
  }
  export function convert(
    html: string,
    options?: { readonly wordwrap?: number | false; readonly selectors?: readonly Selector[] },
  ): string
}
