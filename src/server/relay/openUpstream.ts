import { WebSocket } from 'ws';
import { AKOOL_WS_PATH } from '../../services/akool-streaming/messages.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';
import { guardedLookup } from './guardedLookup.js';

/** Starts to open the vendor's socket, with the key in its header. Events tell how it goes. */
export function openUpstream(config: ServerConfig, ticket: RelayTicket): WebSocket {
  const query = new URLSearchParams([
    ['session_id', ticket.sessionId],
    ['avatar_id', ticket.avatarId],
  ]);
  return new WebSocket(`ws://${nodeKey(ticket.node)}${AKOOL_WS_PATH}?${query.toString()}`, {
    headers: { api_key: config.akool.apiKey },
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: config.limits.maxMessageBytesDown,
    lookup: guardedLookup(config.hostPolicy),
  });
}
