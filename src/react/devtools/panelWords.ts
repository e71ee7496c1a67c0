import { englishConversation } from '../labels/ConversationLabels.js';
import { englishTools } from '../labels/DevtoolsLabels.js';
import { englishSession } from '../labels/SessionLabels.js';

/** What the developer tools say in English: beside their own words those of the state and of the connection. */
export const panelWords = { ...englishSession, ...englishConversation, ...englishTools };

export type PanelWords = typeof panelWords;
