export { createAvatarHandler, type AvatarHandler } from './server/handler/createAvatarHandler.js';
export { createOpenApiDocument, type OpenApiDocument, type OpenApiOperation, type OpenApiOptions } from './server/openapi/createOpenApiDocument.js';
export { toNodeListener } from './server/handler/toNodeListener.js';
export { createRelay, type Relay } from './server/relay/createRelay.js';
export type { CatalogueOptions } from './server/handler/catalogue/CatalogueOptions.js';
export type { AkoolLiveServerOptions } from './server/hosted/AkoolLiveServerOptions.js';
export { createMemoryLedger, type MemoryLedgerOptions } from './server/ledger/createMemoryLedger.js';
export { createRedisLedger, type RedisLedgerOptions } from './server/ledger/createRedisLedger.js';
export type { RedisClient } from './server/ledger/redis/RedisClient.js';
export type { NodeHealth, NodeOutcome, RateVerdict, ServerLedger } from './server/ledger/ledger.js';
export type { LiveSession, LiveSessionLedger, LiveSessionLimits } from './server/ledger/liveSessionLedger.js';
export type { ReadableMetrics, ServerCounters, ServerDurations, ServerGauge, ServerMetrics } from './server/metrics/ServerMetrics.js';
export { createPrometheusMetrics, type PrometheusMetricsOptions } from './server/metrics/createPrometheusMetrics.js';
export type { VendorSession, VendorSessionClaim, VendorSessionLedger } from './server/ledger/vendorSessionLedger.js';
export type {
  AkoolOptions,
  Authorize,
  AvatarServerOptions,
  ChannelOptions,
  DveServerOptions,
  ServerLimits,
  ServerLogEntry,
  Subject,
  SubjectLimits,
} from './server/AvatarServerOptions.js';
export type { ServerClock } from './server/serverClock.js';
export { AvatarError, isAvatarErrorReason, type AvatarErrorReason } from './errors/AvatarError.js';
export type { AvatarGrant, ChannelGrant, ChatRoomAvatarGrant, Grant, Lease, LiveAvatarGrant, RelayAdmission, StreamingAvatarGrant, VoiceGrant } from './grant/grant.js';
export type { KeepRequest, LeaseState } from './grant/lease.js';
export { createAkoolClient, type AkoolClient } from './server/akool-live/createAkoolClient.js';
export type { AkoolCallOptions, AkoolClientOptions, AkoolCredentials } from './server/akool-live/AkoolClientOptions.js';
export type { AkoolAvatar, AkoolAvatars, AkoolAvatarStatus, CreateAvatarInput } from './server/akool-live/createAvatars.js';
export { parseChatRoomPeer, type AkoolChatRoom, type AkoolChatRooms, type CreateChatRoomInput } from './server/akool-live/createChatRooms.js';
export type { ReadySessionOptions, SessionProgress } from './server/akool-live/createReadySession.js';
export type { AkoolDocument, AkoolKnowledge, AkoolKnowledgeBases, KnowledgeInput } from './server/akool-live/createKnowledge.js';
export type { AkoolPage, AkoolPageInput } from './server/akool-live/page.js';
export type { AkoolSessionCredentials, AkoolStream } from './server/akool-live/sessionCredentials.js';
export type { AkoolTurnDetection, AkoolVoiceParams, CreateSessionInput } from './server/akool-live/sessionInput.js';
export type { AkoolSession, AkoolSessions, AkoolSessionStatus } from './server/akool-live/createSessions.js';
export type { AkoolLanguage, AkoolVoice, AkoolVoices, ListVoicesInput } from './server/akool-live/createVoices.js';
