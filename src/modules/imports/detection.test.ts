import { expect, test } from 'vitest'
import { detect } from './detection.ts'

const table = (text: string) => {
  const [header, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split('|'))
  return { header: header!, rows }
}

test('the audit log of ServiceNow is known by its columns', () => {
  const { mapping, lacks, unknownWords, unusedColumns } = detect(
    'servicenow',
    table(`
      number|incident_state|sys_mod_count|made_sla|opened_at|sys_updated_at|assignment_group|priority|impact|knowledge
      INC1|New|0|true|29/2/2016 01:16|29/2/2016 01:23|Group 56|3 - Moderate|2 - Medium|true
      INC1|Awaiting User Info|2|true|29/2/2016 01:16|29/2/2016 08:53|?|3 - Moderate|2 - Medium|true
      INC1|-100|3|false|29/2/2016 01:16|29/2/2016 11:29|Group 56|3 - Moderate|1 - High|true`),
  )
  expect(mapping).toMatchObject({
    form: 'changes',
    dateOrder: 'dmy',
    columns: {
      number: 'number',
      state: 'incident_state',
      sequence: 'sys_mod_count',
      openedAt: 'opened_at',
      updatedAt: 'sys_updated_at',
      team: 'assignment_group',
      reportedMet: 'made_sla',
    },
    states: { New: 'new', 'Awaiting User Info': 'on-hold:awaiting-requester' },
    priorities: { '3 - Moderate': 'p3' },
    levels: { '1 - High': 'high', '2 - Medium': 'medium' },
  })
  expect(lacks).toEqual([])
  expect(unknownWords).toEqual([{ field: 'state', word: '-100', rows: 1 }])
  expect(unusedColumns).toEqual(['knowledge'])
})

test('a list exported from ServiceNow has one row for each ticket, under the labels of its form', () => {
  const { mapping } = detect(
    'servicenow',
    table(`
      Number|Opened|Short description|Caller|Priority|State|On hold reason|Assignment group|Updated|Resolved
      INC1|2026-03-02 09:00:00|Mail is down|Beth|2 - High|3|Awaiting Caller|Messaging|2026-03-02 10:00:00|
      INC2|2026-03-02 09:30:00|Printer|Abel|4 - Low|7||Desk|2026-03-03 10:00:00|2026-03-03 09:00:00`),
  )
  expect(mapping.form).toBe('tickets')
  expect(mapping.columns).toMatchObject({
    title: 'Short description',
    requester: 'Caller',
    pauseReason: 'On hold reason',
    resolvedAt: 'Resolved',
  })
  expect(mapping.states).toEqual({ '3': 'on-hold', '7': 'closed' })
})

test('German headers and words are known too', () => {
  const { mapping, unknownWords } = detect(
    'csv',
    table(`
      Ticketnummer|Status|Eröffnet am|Gelöst am|Priorität|Betreff|Standort
      1|In Bearbeitung|02.03.2026 09:00||hoch|Drucker|Wien
      2|Gelöst|02.03.2026 09:10|03.03.2026 10:00|niedrig|Mail|Graz`),
  )
  expect(mapping.columns).toEqual({
    number: 'Ticketnummer',
    state: 'Status',
    openedAt: 'Eröffnet am',
    resolvedAt: 'Gelöst am',
    priority: 'Priorität',
    title: 'Betreff',
    site: 'Standort',
  })
  expect(mapping).toMatchObject({
    states: { 'In Bearbeitung': 'in-progress', Gelöst: 'resolved' },
    priorities: { hoch: 'p2', niedrig: 'p4' },
  })
  expect(mapping.dateOrder).toBeUndefined()
  expect(unknownWords).toEqual([])
})

test('dates that can be read in two ways are asked about, not guessed', () => {
  const rows = table('number|opened\nA|3/4/2026 10:00\nB|12/11/2026 09:00')
  expect(detect('csv', rows).lacks).toEqual([{ lack: 'date-order', column: 'opened', example: '3/4/2026 10:00' }])
  expect(detect('csv', rows, { dateOrder: 'mdy' }).lacks).toEqual([])
})

test('one date that can be read in one way only decides for all columns', () => {
  const { mapping, lacks } = detect('csv', table('number|opened|resolved\nA|3/4/2026|13/4/2026\nB|5/4/2026|6/4/2026'))
  expect(mapping.dateOrder).toBe('dmy')
  expect(lacks).toEqual([])
})

test('dates of both orders in one file are refused', () => {
  expect(detect('csv', table('number|opened\nA|13/4/2026\nB|4/13/2026')).lacks).toEqual([
    { lack: 'one-date-order', column: 'opened' },
  ])
})

test('a file that does not say when its tickets were opened lacks that, unless a moment is given for all', () => {
  const rows = table('subject|priority\nMail|high')
  expect(detect('csv', rows).lacks).toEqual([{ lack: 'column', field: 'openedAt' }])
  expect(detect('csv', rows, { defaults: { openedAt: '2026-01-01T00:00:00Z' } }).lacks).toEqual([])
})

test('a column that a mapping names and the file has not is told', () => {
  const { lacks } = detect('csv', table('number|opened\nA|2026-03-02'), {
    columns: { openedAt: 'Opened', number: 'number' },
  })
  expect(lacks).toEqual([{ lack: 'unknown-column', field: 'openedAt', column: 'Opened' }])
})

test('a column that is called like a moment and holds none is not taken for one', () => {
  const { mapping } = detect(
    'csv',
    table('id|created|resolved|first response time\n1|2026-03-02|yes|2 h\n2|2026-03-03|no|1 h'),
  )
  expect(mapping.columns).toEqual({ number: 'id', openedAt: 'created' })
})
