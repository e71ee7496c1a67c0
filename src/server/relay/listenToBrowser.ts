import { RELAY_CLOSE } from '../../grant/relayProtocol.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { Flow } from './createFlow.js';
import type { Tally } from './createTally.js';
import { encodeMessage } from './encodeMessage.js';
import type { MessageKind, UpstreamWire } from './upstreamWire.js';
import type { BridgeWatch } from './watchBridge.js';
import { OPCODE } from './websocket/frame.js';
import type { Peer, PeerHandlers } from './websocket/Peer.js';

export interface BrowserSide {
  readonly browser: Peer;
  readonly limits: ServerConfig['limits'];
  /** Takes one message of the browser's rate; false when it came too fast. */
  readonly mayPass: () => boolean;
  readonly wire: UpstreamWire;
  readonly watch: BridgeWatch;
  readonly tally: Tally;
  readonly up: Flow;
  readonly down: Flow;
  end(code: number, reason: string): void;
}

/** How much over its limit a message is taken for a mistake of the page, which is told so with a code of ours. */
const OVERSIZE_GRACE = 2;
/** A page with a bug is told what is wrong; one that goes on and on is not worth talking to. */
const MAX_REFUSED_MESSAGES = 10;

/** What a bridge does with what its browser says. */
export function listenToBrowser({ browser, limits, mayPass, wire, watch, tally, up, down, end }: BrowserSide): PeerHandlers {
  let refusedMessages = 0;

  /** Every frame counts, also a fragment: each costs us about the same. */
  function takeFrame(): boolean {
    watch.heardBrowser();
    if (mayPass()) return true;
    end(RELAY_CLOSE.rateLimited, 'Messages came too fast.');
    return false;
  }

  /** @returns whether the message is to be sent. */
  function note(kind: MessageKind, bytes: number): boolean {
    if (kind !== 'ping') watch.used();
    if (kind === 'audio' && up.isFull()) {
      tally.dropAudio();
      return false;
    }
    tally.add('up', bytes);
    return true;
  }

  function refuse(why: string): void {
    refusedMessages += 1;
    const complaint = refusedMessages > MAX_REFUSED_MESSAGES ? null : wire.complaint(why, refusedMessages);
    if (complaint === null) end(RELAY_CLOSE.badRequest, why);
    else down.send(encodeMessage(complaint, 'browser'));
  }

  return {
    onFrame(frame, isWhole) {
      if (!takeFrame()) return 'drop';
      const kind = isWhole ? wire.peekUp(frame) : null;
      if (kind === null) return 'read';
      return note(kind, frame.end - frame.payloadStart) ? 'forward' : 'drop';
    },
    onForward: up.send,
    onMessage(payload, isBinary) {
      const checked = wire.fromBrowser(payload, isBinary);
      if (!checked.ok) return refuse(checked.why);
      if (note(checked.kind, payload.length)) up.send(encodeMessage(checked.message, 'vendor'));
      if (checked.answer) down.send(encodeMessage(checked.answer, 'browser'));
    },
    onPing(payload) {
      // Answered with a bound: whoever pings need not read the answers.
      if (takeFrame() && browser.bufferedBytes() < limits.maxBufferedBytes) browser.send(OPCODE.pong, payload);
    },
    onPong: () => void takeFrame(),
    onViolation({ code, messageBytes }) {
      if (code !== 1009) return end(code, 'The page broke the protocol.');
      const isMistake = messageBytes <= OVERSIZE_GRACE * limits.maxMessageBytesUp;
      end(isMistake ? RELAY_CLOSE.messageTooLarge : code, `A message was over ${limits.maxMessageBytesUp} bytes.`);
    },
    onClose: () => end(1_000, 'The page went away.'),
  };
}
