import { AvatarError } from '../../errors/AvatarError.js';
import { MIC_FRAME_MS, MIC_FRAME_SAMPLES } from '../../dsp/micFrame.js';
import { VAD_STATE } from '../vad/VadState.js';
import { createProfiledVad } from '../voice/createProfiledVad.js';
import { spectral } from '../voice/spectral/createSpectralSource.js';
import type { VoiceLabel } from '../voice/VoiceLabel.js';
import { createAvatarEar } from './createAvatarEar.js';
import { createBargeInStage } from './createBargeInStage.js';
import { createFrameDelay } from './createFrameDelay.js';
import { createInterruption } from './createInterruption.js';
import { createUtteranceBuffer } from './createUtteranceBuffer.js';
import type { CutEvent, TurnDetectorEvent, TurnMode } from './TurnDetectorEvent.js';
import { checkedMode } from './checkedMode.js';
import { resolveTurnRules, type TurnDetectorOptions } from './TurnDetectorOptions.js';

/** 10 ms of the conversation. */
export interface TurnFrame {
  /** The microphone: Int16Array [160], mono, 16 kHz. */
  readonly samples: Int16Array;
  /** The avatar's sound as it was played at the same time: Int16Array [160], mono, 16 kHz; zeros where it was silent. */
  readonly reference: Int16Array;
  readonly sequence: number;
  readonly timeMs: number;
}

/** Decides whose turn it is. */
export interface TurnDetector {
  /** Takes the next 10 ms. Copies what it keeps. @throws AvatarError `audio-invalid` for a frame of another length. */
  push(frame: TurnFrame): void;
  /** Says whether the avatar is speaking; true once more when it begins another reply. Its sound, where the frames carry it, counts as well. */
  setAvatarSpeaking(speaking: boolean): void;
  /** @throws AvatarError `invalid-options` */
  setMode(mode: TurnMode): void;
  /** In `push-to-talk`: the button is down. */
  setTalking(talking: boolean): void;
  /** In `transcript`: words were recognised. */
  confirmByTranscript(): void;
  /** No more is coming for now: what is being said has ended. Frames that still wait for their label are left out. */
  flush(): void;
  /** Forgets what was heard of the user and of the room, as if newly made; mode and avatar stay. Says nothing. */
  reset(): void;
  /** Frees everything. No event comes afterwards. Idempotent. */
  close(): void;
}

/** Frames that may wait for a label: 640 ms; late sources take 32 ms at a time. */
const MAX_WAITING = 64;
/** After a cut there must be speech within so many frames, or there was none. */
const PROOF_FRAMES = 80;

/**
 * Makes a turn detector: echo gate, voice activity and barge-in in one. Knows no clock but its frames and no DOM.
 *
 * @param onEvent hears everything, in order. A label is valid only during the call.
 * @throws AvatarError `invalid-options`; and whatever the source rejects with.
 * @example
 * ```ts
 * const detector = await createTurnDetector({ profile: 'noisy' }, (event) => {
 *   if (event.type === 'duck') avatar.setVolume(event.gain);
 *   if (event.type === 'cut') session.interrupt();
 *   if (event.type === 'speech-end') recognise(event.samples);
 * });
 * detector.push({ samples, reference, sequence, timeMs });
 * ```
 */
export async function createTurnDetector(options: TurnDetectorOptions, onEvent: (event: TurnDetectorEvent) => void): Promise<TurnDetector> {
  const { backchannelMs, duckDb, preRollMs, sensitivity, maxUtteranceMs, ...rules } = resolveTurnRules(options);
  const vad = createProfiledVad(options, () => source.kind);
  const preRollFrames = Math.ceil(preRollMs / MIC_FRAME_MS);
  const stage = createBargeInStage({ backchannelMs, preRollMs, sensitivity });
  const interruption = createInterruption();
  const avatar = createAvatarEar();
  const delay = createFrameDelay(MAX_WAITING);
  const longestStart = vad.config.preStartRecognizeCount + vad.config.startRecognizeCount + MAX_WAITING;
  const utterance = createUtteranceBuffer(Math.max(preRollFrames, longestStart), Math.ceil(maxUtteranceMs / MIC_FRAME_MS));
  const label = { type: 'label' as const, rmsDb: -127, voiceProbability: 0, isUser: true, sequence: 0, timeMs: 0 };
  const told = { rmsDb: -127, voiceProbability: 0, pitchHz: null as number | null, farField: true }; // filled anew for each frame
  let { mode } = rules;
  let talking = false;
  /** Whether the utterance has been told of; until then it may be a backchannel. */
  let announced = false;
  /** Frames in which a cut has still to prove that there was speech; 0 when it need not. */
  let proofFrames = 0;
  let activeMs = 0;
  /** When the user was heard last. */
  let voicedAtMs = 0;
  let sequence = 0;
  let timeMs = 0;
  let closed = false;
  const source = await (options.source ?? spectral)({ onLabel: takeLabel });

  const moment = () => ({ sequence, timeMs });
  const isBusy = () => avatar.audible && !interruption.cut;

  function announce(): void {
    announced = true;
    onEvent({ type: 'speech-start', samples: utterance.copy(), ...moment() });
  }

  function finish(isSpeech: boolean): void {
    const wasAnnounced = announced && utterance.open;
    const { truncated } = utterance;
    const samples = wasAnnounced && isSpeech ? utterance.copy() : null;
    utterance.end();
    announced = false;
    proofFrames = 0;
    if (samples) onEvent({ type: 'speech-end', samples, truncated, quietMs: Math.max(0, timeMs - voicedAtMs), ...moment() });
    else if (wasAnnounced) onEvent({ type: 'misfire', ...moment() });
  }

  function cut(by: CutEvent['by']): void {
    onEvent({ type: 'cut', by, ...moment() });
    if (!utterance.open) {
      utterance.begin(by === 'voice' ? stage.confirmed : preRollFrames);
      activeMs = 0;
      proofFrames = by === 'push-to-talk' || vad.speaking ? 0 : PROOF_FRAMES;
    }
    if (!announced) announce();
  }

  function interrupt(samples: Int16Array, reference: Int16Array): void {
    const signal = stage.push(samples, reference, told, avatar.audible);
    const outcome = interruption.step(signal, mode, avatar.audible);
    if (outcome === 'cut') cut('voice');
    else if (outcome === 'duck') onEvent({ type: 'duck', gain: 10 ** (-duckDb / 20), ...moment() });
    else if (outcome === 'release') onEvent({ type: 'release', ...moment() });
  }

  function takeLabel({ rmsDb, voiceProbability, pitchHz }: VoiceLabel): void {
    const frame = delay.shift();
    if (!frame || closed) return;
    label.rmsDb = told.rmsDb = rmsDb;
    label.voiceProbability = told.voiceProbability = voiceProbability;
    label.isUser = told.farField = frame.isUser;
    told.pitchHz = pitchHz;
    label.sequence = frame.sequence;
    label.timeMs = frame.timeMs;
    onEvent(label);
    if (closed) return;
    const { state, samples } = vad.push(frame.samples, told);
    if (mode === 'push-to-talk') return;
    if (frame.isUser && voiceProbability > vad.config.startVoiceProb) {
      activeMs += MIC_FRAME_MS;
      voicedAtMs = frame.timeMs;
    }
    if (state === VAD_STATE.start) begin(samples.length / MIC_FRAME_SAMPLES);
    else if (state === VAD_STATE.stop) finish(activeMs >= vad.minSpeechMs);
    else if (proofFrames > 0 && --proofFrames === 0) finish(false);
    if (utterance.open && !announced && !isBusy()) announce();
  }

  function begin(frames: number): void {
    proofFrames = 0;
    if (utterance.open) return;
    utterance.begin(frames + delay.length);
    activeMs = Math.ceil(vad.config.startRecognizeCount * vad.config.activePercent) * MIC_FRAME_MS;
    announced = false;
  }

  return {
    push(frame) {
      if (closed) return;
      const { samples, reference } = frame;
      if (samples.length !== MIC_FRAME_SAMPLES || reference.length !== MIC_FRAME_SAMPLES) {
        throw new AvatarError('audio-invalid', { message: `A frame holds ${MIC_FRAME_SAMPLES} samples of each sound, 10 ms at 16 kHz, not ${samples.length} and ${reference.length}.` });
      }
      ({ sequence, timeMs } = frame);
      utterance.push(samples);
      avatar.push(reference);
      interrupt(samples, reference);
      if (closed) return;
      const place = delay.push();
      place.samples.set(samples);
      place.sequence = sequence;
      place.timeMs = timeMs;
      place.isUser = stage.isUser;
      source.push(place.samples);
    },
    setAvatarSpeaking(speaking) {
      if (speaking && interruption.cut) interruption.settle(false);
      avatar.setSpeaking(speaking);
    },
    setMode(next) {
      if (checkedMode(next) === mode) return;
      const throughButton = mode === 'push-to-talk' || next === 'push-to-talk';
      mode = next;
      talking = false;
      if (throughButton) finish(true);
    },
    setTalking(next) {
      if (mode !== 'push-to-talk' || talking === next) return;
      talking = next;
      if (!next) return finish(true);
      const busy = isBusy();
      if (busy) interruption.settle(true);
      if (busy) return cut('push-to-talk');
      utterance.begin(preRollFrames);
      announce();
    },
    confirmByTranscript() {
      if (interruption.hearWords(mode, isBusy())) cut('transcript');
    },
    flush() {
      if (closed) return;
      vad.reset();
      delay.clear();
      talking = false;
      finish(mode === 'push-to-talk' || (proofFrames === 0 && activeMs >= vad.minSpeechMs));
    },
    reset() {
      source.reset();
      vad.reset();
      stage.reset();
      interruption.settle(false);
      delay.clear();
      utterance.end();
      announced = false;
      talking = false;
    },
    close() {
      if (closed) return;
      closed = true;
      source.close();
    },
  };
}
