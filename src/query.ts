// Not marked 'use client', on purpose: a server component calls the factories to prefetch, and there the exports of a client module cannot
// be called. The hooks need no mark of their own; of React itself nothing may be used here that its server build lacks.

export { catalogueKeys, type CatalogueList } from './react/query/catalogueKeys.js';
export type { CatalogueOption } from './react/query/toCatalogue.js';
export type { CatalogueQuery, InfiniteCatalogueQuery, InfiniteSettings, QuerySettings } from './react/query/QuerySettings.js';
export { avatarsQuery, infiniteAvatarsQuery } from './react/query/avatarsQuery.js';
export { infiniteKnowledgeQuery, knowledgeQuery } from './react/query/knowledgeQuery.js';
export { infiniteVoicesQuery, voicesQuery } from './react/query/voicesQuery.js';
export { languagesQuery } from './react/query/languagesQuery.js';
export { sessionsQuery } from './react/query/sessionsQuery.js';
export { useAvatarSource, useVoiceSource } from './react/query/useListSource.js';
export { useAvatars, useInfiniteAvatars } from './react/query/useAvatars.js';
export { useCreateSession, type SessionWishes } from './react/query/useCreateSession.js';
export { useEndSession } from './react/query/useEndSession.js';
export { useInfiniteKnowledge, useKnowledge } from './react/query/useKnowledge.js';
export { useInfiniteVoices, useVoices } from './react/query/useVoices.js';
export { useLanguages } from './react/query/useLanguages.js';
export { useSessions } from './react/query/useSessions.js';
export { createCatalogueClient, type CatalogueCallOptions, type CatalogueClient, type CatalogueClientOptions } from './catalogue/createCatalogueClient.js';
export type { AvatarsQuery, CatalogueAvatar } from './catalogue/CatalogueAvatar.js';
export type { CatalogueKnowledge, KnowledgeQuery } from './catalogue/CatalogueKnowledge.js';
export type { CatalogueLanguage } from './catalogue/CatalogueLanguage.js';
export type { CataloguePage, PageQuery } from './catalogue/CataloguePage.js';
export type { CatalogueVoice, VoicesQuery } from './catalogue/CatalogueVoice.js';
export type { OwnSession } from './catalogue/OwnSession.js';
export type { ListSource } from './react/picker/ListSource.js';
export type { GrantRoute } from './grant/createRouteCall.js';
export { AvatarError, type AvatarErrorReason } from './errors/AvatarError.js';
