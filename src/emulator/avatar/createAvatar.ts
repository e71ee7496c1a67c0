import type { Clock } from '../../clock/clock.js';
import type { Face } from '../face/createFace.js';
import { createMouth } from '../face/createMouth.js';
import type { Webrtc } from '../webrtc/loadWebrtc.js';
import { createCamera } from './createCamera.js';
import { createPacer } from './createPacer.js';
import { createSpeakingDetector } from './createSpeakingDetector.js';
import { createVoice, VOICE_FRAME_MS, VOICE_FRAME_SAMPLES } from './createVoice.js';

const PICTURE_INTERVAL_MS = 40; // 25 a second
const SAMPLE_RATE_HZ = 16_000;

export interface AvatarOptions {
  readonly clock: Clock;
  /** Null when no engine is installed: the avatar then speaks into the void, in real time all the same. */
  readonly webrtc: Webrtc | null;
  /** Null when nothing can draw: the avatar then has a voice only. */
  readonly face: Face | null;
  /** True while the picture is to stand still. */
  readonly isFrozen: () => boolean;
  /** True while nothing is to be heard of it. */
  readonly isMute: () => boolean;
  readonly onSpeaking: (speaking: boolean) => void;
}

/** Somebody who says what it is given, with the lips in step. */
export interface Avatar {
  /** Voice and picture in one stream, so that a receiver keeps them in sync; null without an engine. */
  readonly stream: MediaStream | null;
  readonly voiceTrack: MediaStreamTrack | null;
  readonly pictureTrack: MediaStreamTrack | null;
  speak(samples: Int16Array): void;
  interrupt(): void;
  /** Pictures are drawn only while somebody looks. */
  setWatched(watched: boolean): void;
  close(): void;
}

/** Makes an avatar and starts its voice. */
export function createAvatar({ clock, webrtc, face, isFrozen, isMute, onSpeaking }: AvatarOptions): Avatar {
  const voice = createVoice(clock);
  const mouth = createMouth();
  let isSpeech = createSpeakingDetector();
  let speaking = false;
  let watched = false;

  const microphone = webrtc ? new webrtc.nonstandard.RTCAudioSource() : null;
  const voiceTrack = microphone?.createTrack() ?? null;
  const camera = webrtc && face ? createCamera(webrtc, face) : null;
  const tracks = [voiceTrack, camera?.track ?? null].filter((track) => track !== null);
  const stream = webrtc ? new webrtc.MediaStream(tracks) : null;

  // The engine wants an array that owns its buffer and copies it before it returns.
  const frame = new Int16Array(VOICE_FRAME_SAMPLES);
  const sound = { samples: frame, sampleRate: SAMPLE_RATE_HZ, bitsPerSample: 16, channelCount: 1, numberOfFrames: VOICE_FRAME_SAMPLES } as const;

  function setSpeaking(value: boolean): void {
    if (value === speaking) return;
    speaking = value;
    onSpeaking(value);
  }

  function play(count: number): void {
    for (let i = 0; i < count; i++) {
      voice.next(frame);
      mouth.push(frame);
      setSpeaking(isSpeech(frame));
      if (isMute()) frame.fill(0);
      microphone?.onData(sound);
    }
  }

  function show(): void {
    if (!camera || !watched || isFrozen()) return;
    camera.shoot({ timeMs: clock.now(), ...mouth.pose(), speaking });
  }

  const stopVoice = createPacer({ clock, intervalMs: VOICE_FRAME_MS, onDue: play });
  const stopPicture = camera ? createPacer({ clock, intervalMs: PICTURE_INTERVAL_MS, onDue: show }) : () => undefined;

  return {
    stream,
    voiceTrack,
    pictureTrack: camera?.track ?? null,
    speak: voice.push,
    interrupt() {
      voice.clear();
      mouth.reset();
      isSpeech = createSpeakingDetector();
      setSpeaking(false);
    },
    setWatched(value) {
      watched = value;
    },
    close() {
      stopVoice();
      stopPicture();
      voice.clear();
      setSpeaking(false);
      voiceTrack?.stop();
      camera?.close();
    },
  };
}
