import { z } from 'zod'

// Checks of input are compiled by evaluating text where that is allowed; here it never is (content security policy), and
// trying would be reported as an attack. Has to run before any shape is made: `main.tsx` imports it first.
z.config({ jitless: true })
