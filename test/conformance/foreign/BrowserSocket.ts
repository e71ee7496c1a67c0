import { WebSocket } from 'ws';
import { ORIGIN } from '../../server/serverHarness.js';

/** A WebSocket that says where its page is from, as a browser's does. */
class OriginSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols, { origin: ORIGIN });
  }
}

// ws implements the browser's interface, but its types are its own.
export const BrowserSocket = OriginSocket as unknown as typeof globalThis.WebSocket;
