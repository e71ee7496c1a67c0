import { avatarSide } from '../avatarSide.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';
import { createChatRoomWire } from './createChatRoomWire.js';
import { createDveWire } from './createDveWire.js';
import { createNodeWire } from './createNodeWire.js';
import type { UpstreamWire } from './upstreamWire.js';

/** The ways of the vendor that a ticket is for; null when this server has no key for it. */
export function createWire(config: ServerConfig, ticket: RelayTicket): UpstreamWire | null {
  if (ticket.target === 'dve') return config.dve && createDveWire(config.dve, ticket);
  if (ticket.target === 'akool-chat-room') return config.hosted && createChatRoomWire(config.hosted, ticket);
  return config.avatar && createNodeWire(avatarSide(config), ticket);
}
