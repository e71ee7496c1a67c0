import { WebSocket } from 'ws';
import { AKOOL_WS_PATH } from '../../services/akool-streaming/messages.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { AvatarServerConfig } from '../resolveServerOptions.js';
import type { AvatarTicket } from '../tickets/ticketClaims.js';
import { CLOSE_GRACE_MS } from './closeSocket.js';
import { guardedLookup } from './guardedLookup.js';

/** Starts to open the vendor's socket, with the key in its header, unless the node is shown it in a message. Events tell how it goes. */
export function openNode(config: AvatarServerConfig, ticket: AvatarTicket): WebSocket {
  const query = new URLSearchParams([
    ['session_id', ticket.sessionId],
    ['avatar_id', ticket.avatarId],
  ]);
  const options = {
    headers: config.akool.messageForms === 'readme' ? {} : { api_key: config.akool.apiKey },
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: config.limits.maxMessageBytesDown,
    lookup: guardedLookup(config.hostPolicy),
    // In a variable, since the package of types does not know this option yet.
    closeTimeout: CLOSE_GRACE_MS,
  };
  return new WebSocket(`ws://${nodeKey(ticket.node)}${AKOOL_WS_PATH}?${query.toString()}`, options);
}
