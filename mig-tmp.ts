import { connect } from './src/platform/database.ts'
import { migrate } from './src/platform/migrations.ts'
const { db, close } = connect(process.argv[2]!, { connections: 1 })
console.log((await migrate(db)).length); await close()
