import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { WebSocket } from 'ws';
import { AKOOL_WS_PATH } from '../../services/akool-streaming/messages.js';
import { nodeKey } from '../akool/avatarNode.js';
import type { HostPolicy } from '../akool/createHostPolicy.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { RelayTicket } from '../tickets/ticketClaims.js';

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

/** Resolves names, and refuses those that lead where discovery may not: a name can point inside the network. */
function guardedLookup(policy: HostPolicy): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const permitted = addresses.filter(({ address }) => policy.permitsAddress(address, name));
      const [first] = permitted;
      if (first === undefined) return callback(new Error('The node name leads to an address that is not permitted.'), '', 0);
      if (options.all === true) callback(null, permitted);
      else callback(null, first.address, first.family);
    });
  };
}
