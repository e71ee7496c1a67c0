import { englishCatalogue, type CatalogueLabels } from './CatalogueLabels.js';
import { englishConversation, type ConversationLabels } from './ConversationLabels.js';
import { englishDevices, type DeviceLabels } from './DeviceLabels.js';
import { englishTools, type DevtoolsLabels } from './DevtoolsLabels.js';
import { englishFailures, type FailureLabels } from './FailureLabels.js';
import { englishSession, type SessionLabels } from './SessionLabels.js';

/** Every word that the components say. Give your own to `AvatarProvider` or `Avatar`, or to one component, to replace them. */
export interface AvatarLabels extends SessionLabels, FailureLabels, DeviceLabels, ConversationLabels, CatalogueLabels, DevtoolsLabels {}

type Words = string | ((...given: never[]) => string);

/** Words that replace others; what is left out stays. */
export type AvatarLabelOverrides = { readonly [Name in keyof AvatarLabels]?: AvatarLabels[Name] extends Words ? AvatarLabels[Name] : Partial<AvatarLabels[Name]> };

/** The built-in English words. */
export const defaultLabels: AvatarLabels = { ...englishSession, ...englishFailures, ...englishDevices, ...englishConversation, ...englishCatalogue, ...englishTools };
