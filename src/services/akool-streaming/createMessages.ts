import { int16ToBase64 } from '../../dsp/base64.js';
import type { AvatarParams } from '../service.js';
import { AKOOL_STREAMING_MODE, type AkoolClientMessage } from './messages.js';

/** Builds client messages, each with a `mid` of its own. */
export interface AkoolMessages {
  setParams(params: AvatarParams): AkoolClientMessage;
  /** @param samples Int16Array [samples], mono, 16 kHz */
  audio(samples: Int16Array): AkoolClientMessage;
  interrupt(): AkoolClientMessage;
  leave(): AkoolClientMessage;
  ping(): AkoolClientMessage;
}

/** The vendor's client names messages by the millisecond, so two in one share a name; the counter keeps ours apart. */
export function createMessages(): AkoolMessages {
  let count = 0;
  const mid = (kind: string) => `${kind}-${Date.now()}-${++count}`;
  return {
    setParams: ({ voiceId = '', language = 'en', backgroundUrl = '' }) => ({
      v: 2,
      type: 'command',
      mid: mid('cmd-set-params'),
      pld: { cmd: 'set-params', data: { vid: voiceId, lang: language, mode: AKOOL_STREAMING_MODE, bgurl: backgroundUrl } },
    }),
    audio: (samples) => ({ v: 2, type: 'chat', mid: mid('audio'), pld: { audio: int16ToBase64(samples) } }),
    interrupt: () => ({ v: 2, type: 'command', mid: mid('cmd-interrupt'), pld: { cmd: 'interrupt' } }),
    leave: () => ({ v: 2, type: 'event', mid: mid('event-leave'), pld: { event: 'leave_channel', reason: 'client_disconnect' } }),
    ping: () => ({ v: 2, type: 'ping', mid: mid('ping'), pld: {} }),
  };
}
