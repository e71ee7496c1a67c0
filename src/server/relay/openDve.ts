import { WebSocket } from 'ws';
import type { DveConfig, ServerConfig } from '../resolveServerOptions.js';
import type { DveTicket } from '../tickets/ticketClaims.js';
import { CLOSE_GRACE_MS } from './closeSocket.js';

/** The vendor's own subprotocol; the key is offered beside it. */
const DVE_SUBPROTOCOL = 'proto';

/** Starts to open the voice service's socket, with the key among its subprotocols. Events tell how it goes. */
export function openDve(config: ServerConfig, dve: DveConfig, ticket: DveTicket): WebSocket {
  const url = new URL(dve.url);
  if (ticket.vision) url.searchParams.set('vision', '1');
  url.searchParams.set('assistant_id', ticket.assistantId);
  const options = {
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: config.limits.maxMessageBytesDown,
    // In a variable, since the package of types does not know this option yet.
    closeTimeout: CLOSE_GRACE_MS,
  };
  const socket = new WebSocket(url, [DVE_SUBPROTOCOL, dve.apiKey], options);
  socket.once('upgrade', ({ headers }) => {
    // Whether the vendor's servers select a subprotocol is not documented. The library refuses one that selects none,
    // which is harmless here; one that selects the key would be sending it back.
    const selected = headers['sec-websocket-protocol'];
    if (selected === undefined) headers['sec-websocket-protocol'] = DVE_SUBPROTOCOL;
    else if (selected !== DVE_SUBPROTOCOL) socket.terminate();
  });
  return socket;
}
