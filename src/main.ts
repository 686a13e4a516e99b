import { runVerb } from './commands/run.ts'
import { verbs } from './commands/verbs.ts'

const [verb = 'help', ...rest] = process.argv.slice(2)
process.exitCode = await runVerb(verbs, verb, rest)
