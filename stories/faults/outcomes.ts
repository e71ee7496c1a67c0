import { defaultLabels, type AvatarErrorReason } from '../../src/index.js';
import { createDrawnVideo } from '../support/createDrawnVideo.js';
import { sampleError } from '../support/sampleErrors.js';
import { on } from '../support/states.js';
import type { FaultCase } from './FaultCase.js';

type Outcome = Pick<FaultCase, 'breaks' | 'mends' | 'sees' | 'presses'>;

/** The connection is lost and comes back by itself. */
export function reconnects(reason: AvatarErrorReason, lostAudioMs = 0): Outcome {
  return {
    breaks: { status: 'reconnecting', interruption: sampleError(reason), attempt: 1 },
    mends: (session) =>
      session.push({ status: 'live', interruption: null, attempt: 0, recoveries: session.getSnapshot().recoveries + 1, lostAudioMs: session.getSnapshot().lostAudioMs + lostAudioMs }),
    sees: defaultLabels.status.reconnecting,
  };
}

/** The session ends, says why, and begins again when the user asks for it. */
export function fails(reason: AvatarErrorReason): Outcome {
  return {
    breaks: { status: 'failed', error: sampleError(reason), interruption: null, video: null, audio: null, sound: 'none', room: 'none', microphone: { ...on, status: 'off' } },
    mends: (session) => session.push({ status: 'live', error: null, room: 'joined', sound: 'playing', video: createDrawnVideo(), microphone: on }),
    sees: defaultLabels.failureMessage[reason],
    presses: defaultLabels.retry,
  };
}

/** Nobody notices: the session stays live. */
export const unnoticed: Outcome = { breaks: {}, mends: {}, sees: null };
