import { AvatarError } from '../errors/AvatarError.js';

/** A WebSocket that carries audio, as services see it. */
export interface AudioSocket {
  send(data: string | Uint8Array<ArrayBuffer>): void;
  /** Bytes that were given to `send` and have not left yet. */
  readonly bufferedBytes: number;
  /** Closes and stops every callback but `onClose`. Idempotent. */
  close(code?: number, reason?: string): void;
}

export interface AudioSocketClose {
  /** As in `CloseEvent.code`; 1006 when the connection broke. */
  readonly code: number;
  readonly reason: string;
}

export interface AudioSocketOptions {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly onOpen: () => void;
  readonly onMessage: (data: string | ArrayBuffer) => void;
  /** Called exactly once, whoever closed. */
  readonly onClose: (close: AudioSocketClose) => void;
  /** The constructor to use where the platform has none. */
  readonly WebSocket?: typeof WebSocket;
}

/** A peer that does not answer a close frame is given up after this. Browsers wait for minutes. */
const CLOSE_TIMEOUT_MS = 1000;

/**
 * Opens a socket on the thread that calls it.
 * @throws AvatarError `grant-invalid` when the browser refuses the address
 */
export function openAudioSocket(options: AudioSocketOptions): AudioSocket {
  const socket = construct(options);
  socket.binaryType = 'arraybuffer';
  let closing = false;
  let ended = false;
  let closeTimer: ReturnType<typeof setTimeout> | undefined;

  function end(close: AudioSocketClose): void {
    if (ended) return;
    ended = true;
    clearTimeout(closeTimer);
    socket.onopen = socket.onmessage = socket.onclose = null;
    options.onClose(close);
  }

  socket.onopen = () => {
    if (!closing) options.onOpen();
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (!closing) options.onMessage(data);
  };
  socket.onclose = ({ code, reason }) => end({ code, reason });
  // An error event says nothing that the close event, which always follows, does not say. Without a listener Node's ws throws.
  socket.onerror = () => undefined;

  return {
    send(data) {
      if (socket.readyState === socket.OPEN) socket.send(data);
    },
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    close(code = 1000, reason = '') {
      if (closing || ended) return;
      closing = true;
      socket.close(code, reason);
      closeTimer = setTimeout(() => end({ code: 1006, reason: 'The peer did not answer the close.' }), CLOSE_TIMEOUT_MS);
    },
  };
}

function construct({ url, protocols, WebSocket: Socket = globalThis.WebSocket }: AudioSocketOptions): WebSocket {
  try {
    return new Socket(url, [...protocols]);
  } catch {
    // Its message is not passed on: it may quote the protocols, one of which is the ticket.
    throw new AvatarError('grant-invalid', {
      message: 'The browser refused to connect to the relay. A page over https needs a relay address that begins with wss://; the Content-Security-Policy has to allow it in connect-src.',
    });
  }
}
