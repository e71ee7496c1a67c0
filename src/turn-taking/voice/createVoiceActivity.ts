import { AvatarError } from '../../errors/AvatarError.js';
import { VAD_STATE, type VadState } from '../vad/VadState.js';
import { createProfiledVad } from './createProfiledVad.js';
import { createUtterance } from './createUtterance.js';
import type { VadProfileOptions } from './resolveVadProfile.js';
import { spectral } from './spectral/createSpectralSource.js';
import type { VoiceLabel } from './VoiceLabel.js';
import type { CreateVoiceSource } from './VoiceProbabilitySource.js';

export interface VoiceActivityOptions extends VadProfileOptions {
  /** Default {@link spectral}, which loads nothing. */
  readonly source?: CreateVoiceSource;
  /** A longer utterance is given in parts. Default 60,000. */
  readonly maxSpeechMs?: number;
  readonly onSpeechStart?: () => void;
  /** Takes each utterance when it has ended: Float32Array [samples], mono, 16 kHz, -1 to 1, pre-roll and hang-over included; yours to keep. */
  readonly onSpeechEnd?: (audio: Float32Array) => void;
  /** What had started was shorter than `minSpeechMs`. */
  readonly onVADMisfire?: () => void;
  /** Told of every frame once it has its label; the label is valid only during the call. */
  readonly onFrame?: (label: VoiceLabel, state: VadState) => void;
}

/** Hears a microphone and says when somebody speaks. */
export interface VoiceActivity {
  /**
   * Takes the next 10 ms: Int16Array [160], mono, 16 kHz; copied.
   * @throws AvatarError `audio-invalid` for a frame of another length.
   */
  push(frame: Int16Array): void;
  /** No more is coming for now: what is being said has ended. Frames that still wait for their label are left out. */
  flush(): void;
  /** Forgets what it has heard, as if newly made. Nothing is called. */
  reset(): void;
  /** Frees the source. Nothing is called afterwards. Idempotent. */
  close(): void;
  readonly speaking: boolean;
  /** Which source is listening: that of `spectralUntil` changes. */
  readonly sourceKind: string;
}

const FRAME_SAMPLES = 160;
const FRAME_MS = 10;

/**
 * Joins a source of voice probability and a VAD state machine.
 *
 * @throws AvatarError `invalid-options`; and `peer-missing` when the source cannot be loaded.
 * @example
 * ```ts
 * const activity = await createVoiceActivity({ profile: 'noisy', onSpeechEnd: (audio) => recognise(audio) });
 * microphone.subscribeFrames(({ samples }) => activity.push(samples));
 * ```
 */
export async function createVoiceActivity(options: VoiceActivityOptions = {}): Promise<VoiceActivity> {
  const { source: createSource = spectral, maxSpeechMs = 60_000, onSpeechStart, onSpeechEnd, onVADMisfire, onFrame } = options;
  const vad = createProfiledVad(options, () => source.kind);
  if (!(maxSpeechMs >= 1000)) throw new AvatarError('invalid-options', { message: `maxSpeechMs must be 1,000 or more, not ${String(maxSpeechMs)}.` });
  const utterance = createUtterance(onSpeechEnd !== undefined);
  /** Frames without a label, oldest first, and frames to use again: a source may be late. */
  let waiting: Int16Array[] = [];
  const spare: Int16Array[] = [];
  let activeMs = 0;
  let speaking = false;
  let closed = false;
  const source = await createSource({ onLabel: take });

  function take(label: VoiceLabel): void {
    const frame = waiting.shift();
    if (!frame || closed) return;
    const { state, samples } = vad.push(frame, label);
    spare.push(frame);
    if (state === VAD_STATE.start) begin();
    // Before anybody is told: a listener may flush.
    if (state !== VAD_STATE.nonSpeaking) utterance.push(samples);
    if (state === VAD_STATE.speaking && label.voiceProbability > vad.config.startVoiceProb) activeMs += FRAME_MS;
    onFrame?.(label, state);
    // Any listener may have closed, flushed or reset.
    if (state === VAD_STATE.start && speaking) onSpeechStart?.();
    if (state === VAD_STATE.stop) end();
    else if (speaking && utterance.samples * FRAME_MS >= maxSpeechMs * FRAME_SAMPLES) flush();
  }

  function begin(): void {
    speaking = true;
    activeMs = FRAME_MS * Math.ceil(vad.config.startRecognizeCount * vad.config.activePercent);
  }

  function end(): void {
    if (!speaking) return;
    speaking = false;
    const audio = utterance.take();
    if (activeMs >= vad.minSpeechMs) onSpeechEnd?.(audio);
    else onVADMisfire?.();
  }

  function flush(): void {
    vad.reset();
    end();
  }

  return {
    get speaking() {
      return speaking;
    },
    get sourceKind() {
      return source.kind;
    },
    push(frame) {
      if (closed) return;
      if (frame.length !== FRAME_SAMPLES) throw new AvatarError('audio-invalid', { message: `A frame holds ${FRAME_SAMPLES} samples, 10 ms at 16 kHz, not ${frame.length}.` });
      const copy = spare.pop() ?? new Int16Array(FRAME_SAMPLES);
      copy.set(frame);
      waiting.push(copy);
      source.push(copy);
    },
    flush() {
      if (!closed) flush();
    },
    reset() {
      source.reset();
      vad.reset();
      utterance.clear();
      waiting = [];
      speaking = false;
    },
    close() {
      if (closed) return;
      closed = true;
      speaking = false;
      waiting = [];
      utterance.clear();
      source.close();
    },
  };
}
