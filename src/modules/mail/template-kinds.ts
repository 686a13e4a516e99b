/**
 * What a mail of ours tells: that something arrived, a message, a question, that it is done, how a disturbance stands that
 * concerns many, or it asks how that was.
 */
export const templateKinds = ['received', 'message', 'question', 'resolved', 'survey', 'update'] as const
export type TemplateKind = (typeof templateKinds)[number]
