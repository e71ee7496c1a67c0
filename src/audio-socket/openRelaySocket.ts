import { createDeferred } from '../clock/createDeferred.js';
import type { RelayAdmission } from '../grant/grant.js';
import { relaySubprotocols } from '../grant/relayProtocol.js';
import { openAudioSocket, type AudioSocket, type AudioSocketOptions } from './openAudioSocket.js';

export interface RelaySocketOptions extends Pick<AudioSocketOptions, 'onMessage' | 'onClose'> {
  readonly admission: Pick<RelayAdmission, 'url' | 'ticket'>;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket | undefined;
}

/** A socket to the relay. */
export interface RelaySocket extends AudioSocket {
  /** Resolves when the relay has let it in; what is behind the relay may not be open yet. Stays pending when it never does. */
  readonly opened: Promise<void>;
  /** Resolves when the socket is gone, whoever closed. */
  readonly gone: Promise<void>;
}

/**
 * Opens a socket with the ticket of a grant.
 * @throws AvatarError `grant-invalid` when the browser refuses the address
 */
export function openRelaySocket({ admission, WebSocket: Socket, onMessage, onClose }: RelaySocketOptions): RelaySocket {
  const opened = createDeferred();
  const gone = createDeferred();
  const socket = openAudioSocket({
    url: admission.url,
    protocols: relaySubprotocols(admission.ticket),
    ...(Socket ? { WebSocket: Socket } : {}),
    onOpen: () => opened.resolve(),
    onMessage,
    onClose(close) {
      onClose(close);
      gone.resolve();
    },
  });
  return {
    opened: opened.promise,
    gone: gone.promise,
    send: socket.send,
    close: socket.close,
    get bufferedBytes() {
      return socket.bufferedBytes;
    },
  };
}
