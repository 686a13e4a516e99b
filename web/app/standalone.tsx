import { createContext, type ReactNode, useContext } from 'react'
import classes from './standalone.module.css'

/** Whether what is shown stands on the page by itself, without the shell around it. */
export const Standalone = createContext(true)

/** What an error or a wrong address shows: within the shell where there is one, else on a page of its own. */
export function Alone({ children }: { readonly children: ReactNode }) {
  return useContext(Standalone) ? <main className={classes.alone}>{children}</main> : children
}
