/** What a mail of ours tells: that something arrived, a message, a question, or that it is done. */
export const templateKinds = ['received', 'message', 'question', 'resolved'] as const
export type TemplateKind = (typeof templateKinds)[number]
