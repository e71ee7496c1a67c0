/** The words of a conversation: writing, captions, time, and how well the connection carries. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- its components bring its words
export interface ConversationLabels {}

/** In English. */
export const englishConversation: ConversationLabels = {};
