import type { Clock } from '../../clock/clock.js';

/** A sentence comes in parts, as a language model writes it. */
const PART = /.{1,40}/gsu;
const PART_INTERVAL_MS = 80;
const SAMPLES_PER_MS = 16;
/** Until an avatar that has been given something to say is heard. */
const ONSET_MS = 150;

/** One part of a text that belongs to `mid`. */
export interface ChatPart {
  readonly from: 'bot' | 'user';
  readonly mid: string;
  readonly idx: number;
  readonly fin: boolean;
  readonly text: string;
}

/** What the avatar says, as sound and as text. */
export interface Speech {
  /** Names the parts of the text. */
  readonly mid: string;
  readonly text: string;
  /** Int16Array [samples], mono, 16 kHz. */
  readonly samples: Int16Array;
}

export interface RecitalOptions {
  readonly clock: Clock;
  /** Asked before each speech: how late it begins. */
  readonly takeDelayMs: () => number;
  readonly speak: (samples: Int16Array) => void;
  /** Silences the avatar. */
  readonly hush: () => void;
  readonly tell: (part: ChatPart) => void;
  /** The avatar begins or ceases to be heard; a pause between two sentences is not an end. */
  readonly onSpeaking: (speaking: boolean) => void;
}

/** Delivers one speech at a time. */
export interface Recital {
  /** Begins, in place of whatever was being said. */
  begin(speech: Speech): void;
  /** Falls silent and drops the rest of the text. @returns whether anything was left to be said or heard. */
  stop(): boolean;
  /** Takes whether the avatar makes a sound at this moment. */
  noteSound(sounding: boolean): void;
}

/** Makes a recital. Sound begins with the first part of the text; the rest of the text follows soon. */
export function createRecital({ clock, takeDelayMs, speak, hush, tell, onSpeaking }: RecitalOptions): Recital {
  let cancel = () => {};
  let isPending = false;
  let heardUntilMs = -Infinity;
  let isSounding = false;
  let isSpeaking = false;
  let cancelEnd = () => {};

  function settle(): void {
    cancelEnd();
    const leftMs = heardUntilMs - clock.now();
    if (isSounding === isSpeaking) return;
    if (!isSounding && leftMs > 0) {
      cancelEnd = clock.schedule(settle, leftMs);
      return;
    }
    isSpeaking = isSounding;
    onSpeaking(isSpeaking);
  }

  function stop(): boolean {
    const wasGoing = isPending || clock.now() < heardUntilMs;
    cancel();
    isPending = false;
    heardUntilMs = -Infinity;
    hush();
    settle();
    return wasGoing;
  }

  function start({ mid, text, samples }: Speech): void {
    speak(samples);
    heardUntilMs = clock.now() + samples.length / SAMPLES_PER_MS + ONSET_MS;
    const parts = text.match(PART) ?? [''];
    const tellNext = (idx: number) => {
      const fin = idx === parts.length - 1;
      tell({ from: 'bot', mid, idx, fin, text: parts[idx] ?? '' });
      if (fin) isPending = false;
      else cancel = clock.schedule(() => tellNext(idx + 1), PART_INTERVAL_MS);
    };
    tellNext(0);
  }

  return {
    stop,
    noteSound(sounding) {
      isSounding = sounding;
      settle();
    },
    begin(speech) {
      stop();
      isPending = true;
      const delayMs = takeDelayMs();
      if (delayMs > 0) cancel = clock.schedule(() => start(speech), delayMs);
      else start(speech);
    },
  };
}
