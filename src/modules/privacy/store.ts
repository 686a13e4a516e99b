/** What somebody's data are of, as they are told about them. */
export const subjects = [
  'person',
  'sign-in',
  'rights',
  'own',
  'reported',
  'letters',
  'voice',
  'work',
  'steering',
  'relationship',
  'record',
] as const
export type Subject = (typeof subjects)[number]

/**
 * What becomes of rows when somebody is forgotten. `gone`: they are deleted. `emptied`: values of the person in them are.
 * `nameless`: they stay and hold nothing but an id that leads to nobody any more. `evidence`: they stay for as long as
 * a contract's claims last, nameless as well. `accountable`: who did what is kept as long as the audit is, nameless as well.
 */
export const fates = ['gone', 'emptied', 'nameless', 'evidence', 'accountable'] as const
export type Fate = (typeof fates)[number]

/** A table in which somebody is. */
export interface Store {
  readonly table: string
  readonly subject: Subject
  /** Columns with an id, or several, of a person. */
  readonly columns: readonly string[]
  /** A column with an address by which mails or calls are theirs, whether or not an id stands beside. */
  readonly address?: string
  readonly fate: Fate
  /** Of a row that is emptied: what the columns hold afterwards, as SQL. */
  readonly emptied?: Readonly<Record<string, string>>
  /** Columns that they are told when they ask what is known of them; without any, that there are so many rows. */
  readonly tells: readonly string[]
}

function of(subject: Subject, table: string, columns: string, fate: Fate, more: Partial<Store> = {}): Store {
  return { table, subject, columns: columns === '' ? [] : columns.split(' '), fate, tells: [], ...more }
}

/**
 * Every table that knows persons. Whoever is in another one fails `src/modules/privacy/store.test.ts`. What is told leaves out
 * what is others' and what is for the provider's own eyes: notes about incidents are told by their number alone.
 */
export const stores: readonly Store[] = [
  of('sign-in', 'account', 'person_id', 'gone', { tells: ['email', 'created_at', 'disabled_at', 'totp_confirmed_at'] }),
  of('sign-in', 'session', 'person_id', 'gone', { tells: ['user_agent', 'created_at', 'last_seen_at', 'expires_at'] }),
  of('sign-in', 'api_token', 'person_id', 'gone', { tells: ['name', 'created_at', 'last_used_at', 'expires_at'] }),
  of('sign-in', 'identity', 'person_id', 'gone', { address: 'email', tells: ['email', 'subject', 'created_at'] }),
  of('sign-in', 'identity_attempt', 'person_id', 'gone'),
  of('sign-in', 'one_time_link', 'person_id', 'gone', { tells: ['kind', 'created_at', 'used_at'] }),
  of('sign-in', 'recovery_code', 'person_id', 'gone'),
  of('rights', 'role_assignment', 'person_id granted_by', 'accountable', { tells: ['role', 'valid_from', 'valid_to'] }),
  of('rights', 'team_member', 'person_id', 'gone', { tells: ['team_id', 'kind'] }),
  of('rights', 'approval_limit', 'person_id', 'gone', { tells: ['up_to_minor', 'currency'] }),
  of('rights', 'supplier_person', 'person_id', 'gone', { tells: ['supplier_id'] }),
  of('own', 'assignment_profile', 'person_id', 'gone', { tells: ['skills', 'absent_from', 'absent_to'] }),
  of('own', 'assignment_turn', 'person_id', 'nameless'),
  of('own', 'saved_view', 'owner_id', 'gone', { tells: ['name', 'page', 'search', 'created_at'] }),
  of('own', 'default_view', 'person_id', 'gone', { tells: ['page'] }),
  of('own', 'kpi_board', 'person_id', 'gone', { tells: ['board', 'items'] }),
  of('own', 'notification', 'person_id', 'gone', { tells: ['kind', 'created_at', 'read_at'] }),
  of('own', 'notification_setting', 'person_id', 'gone', { tells: ['kind', 'shown', 'mail', 'push'] }),
  of('own', 'notification_rhythm', 'person_id', 'gone', {
    tells: ['digest_at', 'digest_day', 'quiet_from', 'quiet_to'],
  }),
  of('own', 'push_subscription', 'person_id', 'gone', { tells: ['device', 'created_at'] }),
  of('own', 'incident_watcher', 'person_id', 'gone', { tells: ['incident_id', 'since'] }),
  of('rights', 'incident_reader', 'person_id named_by', 'nameless', { tells: ['incident_id', 'since'] }),
  of('own', 'idempotency_key', 'actor_id', 'gone'),
  of('own', 'subject_key', 'person_id', 'gone'),
  of('reported', 'incident', 'requester_id', 'emptied', {
    emptied: { on_behalf_of: 'null' },
    tells: [
      'number',
      'title',
      'description',
      'on_behalf_of',
      'state',
      'resolution',
      'opened_at',
      'resolved_at',
      'closed_at',
    ],
  }),
  of('reported', 'request', 'requester_id ordered_by_id approver_ids', 'emptied', {
    emptied: {},
    tells: ['number', 'name', 'answers', 'state', 'ordered_at', 'delivered_at'],
  }),
  of('reported', 'contact', 'person_id', 'emptied', {
    address: 'caller_email',
    emptied: { caller_name: `''`, caller_email: 'null', caller_phone: 'null' },
    tells: ['channel', 'subject', 'details', 'started_at', 'caller_name', 'caller_email', 'caller_phone'],
  }),
  of('letters', 'received_mail', '', 'emptied', {
    address: 'from_address',
    emptied: { from_name: `''`, from_address: 'null' },
    tells: ['subject', 'from_name', 'from_address', 'received_at', 'outcome'],
  }),
  of('letters', 'outgoing_mail', 'person_id', 'gone', {
    address: 'recipient',
    tells: ['kind', 'subject', 'text', 'recipient', 'created_at', 'sent_at'],
  }),
  of('voice', 'survey_answer_identity', 'person_id', 'gone', {
    tells: ['answered_at', 'identified', 'follow_up_wanted'],
  }),
  of('voice', 'survey_invitation', 'person_id', 'gone', { tells: ['month', 'invited_at', 'answered_at'] }),
  of('voice', 'survey_contact', 'person_id', 'gone', { tells: ['asked_at'] }),
  of('voice', 'feedback_case', 'person_id owner_id', 'nameless', { tells: ['kind', 'text', 'answer', 'received_at'] }),
  of('voice', 'article_vote', 'person_id', 'gone', { tells: ['article_id', 'helpful', 'voted_at'] }),
  of('voice', 'friction_point', 'reporter_id owner_id verified_by', 'nameless', {
    tells: ['title', 'observed_at', 'state'],
  }),
  of('voice', 'review_comment', 'person_id', 'evidence', { tells: ['text', 'written_at'] }),
  of('voice', 'review_reading', 'person_id', 'evidence', { tells: ['read_at'] }),
  of('work', 'history', 'actor_id', 'nameless', { tells: ['kind', 'occurred_at'] }),
  of('work', 'incident', 'assignee_id', 'nameless', { tells: ['number', 'opened_at'] }),
  of('work', 'incident_task', 'person_id', 'nameless', { tells: ['title', 'state', 'due_at'] }),
  of('work', 'time_entry', 'person_id', 'gone', { tells: ['day', 'minutes', 'note'] }),
  of('work', 'attachment', 'added_by', 'nameless', { tells: ['name', 'size', 'added_at'] }),
  of('work', 'contact', 'taken_by', 'nameless', { tells: ['channel', 'started_at'] }),
  of('work', 'escalation', 'owner_id raised_by', 'nameless', { tells: ['level', 'raised_at', 'closed_at'] }),
  of('work', 'escalation_rule', 'owner_id', 'nameless', { tells: ['name'] }),
  of('work', 'request_task', 'assignee_id', 'nameless', { tells: ['title', 'state', 'done_at'] }),
  of('work', 'request_approval', 'person_id decided_by', 'evidence', {
    tells: ['state', 'asked_at', 'decided_at', 'note'],
  }),
  of('work', 'request_answer_use', 'person_id', 'nameless', { tells: ['field', 'used_at'] }),
  of('work', 'major_incident', 'commander_id communications_id declared_by proposed_by', 'nameless'),
  of('work', 'major_incident_action', 'owner_id', 'nameless', { tells: ['what', 'due'] }),
  of('work', 'macro', 'owner_id', 'nameless', { tells: ['name', 'text'] }),
  of('work', 'text_template', 'owner_id', 'nameless', { tells: ['name', 'text'] }),
  of('work', 'article', 'owner_id', 'nameless', { tells: ['title'] }),
  of('work', 'rule', 'owner_id', 'nameless', { tells: ['name'] }),
  of('work', 'rule_version', 'made_by', 'nameless', { tells: ['name'] }),
  of('work', 'webhook', 'owner_id', 'nameless', { tells: ['name', 'url'] }),
  of('work', 'status_page', 'made_by', 'nameless'),
  of('work', 'import', 'created_by', 'nameless', { tells: ['file_name', 'created_at'] }),
  of('work', 'catalogue_item_version', 'created_by', 'nameless'),
  of('work', 'what_if', 'requested_by', 'nameless'),
  of('work', 'recomputation', 'requested_by', 'nameless'),
  of('steering', 'action', 'owner_id made_by done_by verified_by', 'nameless', { tells: ['text', 'due', 'state'] }),
  of('steering', 'opportunity', 'owner_id', 'nameless', { tells: ['title', 'state'] }),
  of('steering', 'decision', 'owner_id made_by', 'nameless', { tells: ['question', 'chosen', 'decided_on'] }),
  of('steering', 'improvement', 'owner_id made_by verified_by', 'nameless', { tells: ['problem', 'state'] }),
  of('steering', 'said_done', 'owner_id', 'nameless'),
  of('steering', 'forum', 'chair_id', 'nameless', { tells: ['name'] }),
  of('steering', 'forum_member', 'person_id', 'gone', { tells: ['forum_id'] }),
  of('steering', 'forum_attendance', 'person_id', 'nameless'),
  of('steering', 'forum_run', 'recorded_by', 'nameless'),
  of('steering', 'own_kpi', 'owner_id', 'nameless', { tells: ['name'] }),
  of('steering', 'kpi_baseline', 'made_by', 'nameless', { tells: ['kpi', 'month', 'reason'] }),
  of('steering', 'report_schedule', 'owner_id recipient_ids', 'nameless', { tells: ['report'] }),
  of('steering', 'report_delivery', 'person_id', 'nameless', { tells: ['month', 'outcome'] }),
  of('steering', 'review', 'created_by', 'evidence'),
  of('steering', 'review_cycle', 'drafted_by reviewed_by', 'evidence', { tells: ['month'] }),
  of('steering', 'review_text', 'edited_by', 'evidence'),
  of('steering', 'period', 'changed_by', 'evidence', { tells: ['month', 'state'] }),
  of('steering', 'agreement_version', 'activated_by', 'evidence'),
  of('steering', 'correction', 'requested_by decided_by', 'evidence', { tells: ['reason', 'state'] }),
  of('steering', 'downtime', 'exclusion_requested_by exclusion_decided_by', 'evidence'),
  of('steering', 'contract', 'owner_id', 'evidence', { tells: ['number', 'title'] }),
  of('steering', 'obligation', 'owner_id', 'evidence', { tells: ['text'] }),
  of('steering', 'obligation_due', 'settled_by', 'evidence'),
  of('steering', 'contract_change', 'created_by', 'evidence', { tells: ['title'] }),
  of('steering', 'credit_note', 'noted_by', 'evidence'),
  of('steering', 'credit_return', 'returned_by', 'evidence'),
  of('steering', 'dispute', 'raised_by answered_by', 'evidence'),
  of('steering', 'indexation', 'decided_by', 'evidence'),
  of('steering', 'volume_reading', 'taken_by', 'evidence'),
  of('steering', 'labour_rate', 'said_by', 'evidence'),
  of('steering', 'posting', 'posted_by', 'evidence'),
  of('steering', 'profit_plan', 'planned_by', 'evidence'),
  of('steering', 'rate_set', 'locked_by', 'evidence'),
  of('steering', 'budget_entry', 'posted_by', 'evidence'),
  of('steering', 'budget_forecast', 'locked_by', 'evidence'),
  of('steering', 'appropriation', 'requested_by', 'evidence', { tells: ['title'] }),
  of('steering', 'appropriation_decision', 'person_id', 'evidence', { tells: ['decision', 'note'] }),
  of('relationship', 'stakeholder', 'person_id owner_id', 'emptied', {
    emptied: { name: 'NAME' },
    tells: ['name', 'role', 'level', 'channel', 'language'],
  }),
  of('relationship', 'stakeholder_interaction', 'by_id', 'nameless', { tells: ['kind', 'on_day'] }),
  of('relationship', 'relationship_pulse', 'by_id', 'nameless', { tells: ['quarter'] }),
  of('record', 'audit', 'actor_id on_behalf_of', 'accountable', { tells: ['at', 'action'] }),
  of('record', 'erasure', 'person_id requested_by', 'accountable', { tells: ['requested_at', 'state'] }),
  of('record', 'retention_hold', 'made_by', 'accountable'),
]
