/** Whom and what a record is about. */
const about = ['people', 'customers', 'services', 'sites']
/** The work that is done for them, and what was promised of it. */
const work = [...about, 'service-levels', 'incidents']

/**
 * Which module may call which, on the server and in the browser alike. What is not listed is forbidden.
 * Keep it acyclic: when two modules want each other, one of them should react to an event instead.
 */
const uses = {
  people: [],
  // The server's part is called `organisation`, the browser's `settings`.
  audit: ['people'],
  organisation: ['people', 'audit', 'what-if'],
  settings: ['people'],
  customers: ['people'],
  sites: ['people', 'customers'],
  services: ['people', 'customers'],
  'service-levels': [...about],
  actions: ['people', 'customers'],
  attachments: ['people', 'customers'],
  incidents: [...about, 'service-levels', 'views', 'attachments', 'actions'],
  contacts: ['people', 'customers', 'sites', 'incidents', 'requests'],
  contracts: [...about, 'actions'],
  credits: [
    'people',
    'customers',
    'services',
    'service-levels',
    'availability',
    'contracts',
    'incidents',
    'improvements',
  ],
  'contract-changes': ['people', 'customers', 'service-levels', 'contracts'],
  margin: ['people', 'customers', 'services', 'contracts'],
  renewals: ['people', 'customers', 'contracts', 'credits', 'margin', 'actions'],
  budgets: ['people', 'customers', 'services', 'sites'],
  suppliers: ['people', 'customers', 'services', 'service-levels', 'contracts', 'margin'],
  escalations: ['people', 'customers', 'service-levels', 'incidents', 'actions'],
  feedback: [...work, 'mail', 'actions'],
  kpis: [...work, 'availability', 'contacts', 'contracts', 'feedback', 'major-incidents', 'requests', 'actions'],
  forums: ['people', 'customers', 'kpis', 'actions'],
  improvements: ['people', 'customers', 'kpis', 'actions'],
  friction: [...work, 'attachments', 'feedback', 'actions'],
  portal: [...work, 'attachments', 'feedback', 'requests'],
  'major-incidents': [...work, 'actions'],
  knowledge: ['people', 'customers', 'incidents'],
  availability: ['people', 'customers', 'services', 'service-levels', 'incidents'],
  macros: ['people', 'customers', 'incidents'],
  mail: ['people', 'customers', 'services', 'incidents', 'attachments'],
  notifications: ['people', 'customers', 'incidents', 'mail'],
  views: ['people', 'customers'],
  webhooks: ['people', 'customers', 'incidents'],
  imports: [...work],
  rules: [...work, 'escalations', 'mail', 'notifications', 'webhooks'],
  corrections: [...work, 'availability'],
  reviews: [...work, 'availability', 'actions', 'organisation', 'mail'],
  'what-if': [...work, 'corrections'],
  stakeholders: ['people', 'customers', 'actions'],
  tasks: ['people', 'incidents'],
  today: [...work, 'imports', 'reviews'],
  catalogue: [...about, 'requests'],
  requests: [...work, 'attachments', 'catalogue'],
  help: ['incidents'],
  sample: [
    ...work,
    'availability',
    'contacts',
    'contracts',
    'credits',
    'contract-changes',
    'margin',
    'renewals',
    'suppliers',
    'budgets',
    'feedback',
    'macros',
    'notifications',
    'tasks',
    'rules',
    'webhooks',
    'catalogue',
    'requests',
    'portal',
    'friction',
    'kpis',
    'actions',
    'improvements',
    'forums',
    'stakeholders',
  ],
}

const betweenModules = Object.entries(uses).map(([module, used]) => ({
  name: `${module}-uses-only-what-it-declares`,
  severity: 'error',
  from: { path: `^(src|web)/modules/${module}/` },
  to: {
    path: '^(src|web)/modules/',
    pathNot: [`^(src|web)/modules/(${[module, ...used].join('|')})/`, '^src/modules/[^/]+/api\\.ts$'],
  },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      // Types that name each other are no cycle: nothing of them is there at run time.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-dead-imports', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.json$' } },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '(\\.test|-testing)\\.ts$' },
      to: { pathNot: ['^src/core/', '^src/locales/', '^node_modules/(zod|@lingui)/'] },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^(src/modules|src/commands|web)/' },
    },
    {
      name: 'modules-know-no-command',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: '(\\.test|[/-]testing)\\.ts$' },
      to: { path: '^(src/commands/|src/(app|testing)\\.ts$|web/)' },
    },
    {
      name: 'modules-meet-at-the-door',
      severity: 'error',
      from: { path: '^(src|web)/modules/([^/]+)/' },
      to: { path: '^$1/modules/', pathNot: ['^$1/modules/$2/', '/index\\.ts$', '^src/modules/[^/]+/api\\.ts$'] },
    },
    {
      name: 'web-speaks-api',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|db)/', pathNot: ['^src/core/', '^src/locales/', '^src/modules/[^/]+/api\\.ts$'] },
    },
    {
      name: 'api-reaches-no-server',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/api\\.ts$' },
      to: { reachable: true, path: ['^src/platform/', '^db/', '^node_modules/(pg|kysely|fastify|pg-boss)/'] },
    },
    {
      name: 'ui-knows-no-module',
      severity: 'error',
      from: { path: '^web/(ui|http)/' },
      to: { path: '^web/(modules|app)/' },
    },
    {
      name: 'test-helpers-stay-in-tests',
      severity: 'error',
      from: {
        path: '^(src|web)/',
        pathNot: '(\\.(test|fuzz)\\.tsx?|[/-]testing\\.ts|/testing/.*|^src/commands/(generate|test)\\.ts)$',
      },
      to: { path: ['/testing\\.ts$', '/testing/', '^node_modules/(vitest|fast-check)/'] },
    },
    ...betweenModules,
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
    },
  },
}
