export { createAvatarHandler, type AvatarHandler } from './server/handler/createAvatarHandler.js';
export { toNodeListener } from './server/handler/toNodeListener.js';
export { createRelay, type Relay } from './server/relay/createRelay.js';
export { createMemoryLedger, type MemoryLedgerOptions } from './server/ledger/createMemoryLedger.js';
export type { ServerLedger } from './server/ledger/ledger.js';
export type {
  AkoolOptions,
  Authorize,
  AvatarServerOptions,
  ChannelOptions,
  RelayLimits,
  ServerLogEntry,
  Subject,
} from './server/AvatarServerOptions.js';
export type { ServerClock } from './server/serverClock.js';
export { AvatarError, isAvatarErrorReason, type AvatarErrorReason } from './errors/AvatarError.js';
export type { AvatarGrant, ChannelGrant, Grant } from './grant/grant.js';
