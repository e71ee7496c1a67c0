import type { Clock } from '../../clock/clock.js';
import { createUtteranceSegmenter } from '../../turn-taking/createUtteranceSegmenter.js';
import { loadHostClips } from '../clips/loadHostClips.js';
import type { Faults } from '../faults/createFaults.js';
import type { SessionRecord } from '../sessions/createSessionLog.js';
import { babble } from './babble.js';
import { createRecital, type ChatPart } from './createRecital.js';

/** `mode_type` in which the avatar answers; in any other it repeats. */
const DIALOGUE = 2;
const SLOW_REPLY_MS = 2_000;
const SAMPLES_PER_MS = 16;
const PRE_ROLL_MS = 300;
/** So much quiet and the user has finished. */
const HANGOVER_MS = 600;
/** Of the quiet that ended the utterance, this much is repeated. */
const ECHO_TAIL_MS = 150;

export interface ConversationOptions {
  readonly sessionId: string;
  readonly mode: number;
  readonly record: SessionRecord;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly speak: (samples: Int16Array) => void;
  /** Silences the avatar. */
  readonly hush: () => void;
  /** Takes what is said, by the avatar and by the user, as text. */
  readonly tell: (part: ChatPart) => void;
  /** The avatar begins or ceases to be heard; a pause between two sentences is not an end. */
  readonly onSpeaking?: (speaking: boolean) => void;
}

/** What a hosted avatar makes of text and speech. */
export interface Conversation {
  /** Takes a text: repeats or answers it. `mid` names the parts of the reply; a new one when left out. */
  ask(text: string, mid?: string): void;
  /** Takes the room's sound: Int16Array [samples], mono, 16 kHz. */
  hear(samples: Int16Array): void;
  /** Nobody can be heard any more: what was being said has ended. */
  hearNoMore(): void;
  interrupt(): void;
  /** Takes whether the avatar makes a sound at this moment. */
  noteSound(sounding: boolean): void;
  setMode(mode: number): void;
  /** Says nothing from here on. Idempotent. */
  close(): void;
}

/**
 * Makes the emulator's idea of a conversation. It has neither speech recognition nor synthesis and does not pretend to:
 * what the user said is reported as its length; speech is answered with recorded sentences, text with babble.
 */
export function createConversation(options: ConversationOptions): Conversation {
  const { sessionId, mode: firstMode, record, faults, clock, speak, hush, tell, onSpeaking } = options;
  const scope = { session: sessionId, vendor: 'akool-live' } as const;
  let mode = firstMode;
  let count = 0;
  let clipsSaid = 0;
  /** Raised by whatever makes a reply that is still being prepared obsolete. */
  let turn = 0;
  let tailMs = HANGOVER_MS;
  let isClosed = false;
  const recital = createRecital({
    clock,
    speak,
    hush,
    tell,
    onSpeaking(speaking) {
      record.update({ speaking });
      onSpeaking?.(speaking);
    },
    takeDelayMs() {
      const slow = faults.take('slow-reply', scope);
      return slow ? (slow.delayMs ?? SLOW_REPLY_MS) : 0;
    },
  });

  async function answerWithClip(): Promise<void> {
    const answered = ++turn;
    const clips = await loadHostClips();
    const clip = clips[clipsSaid % clips.length];
    // The user may have gone on, or asked something else, while the recordings were loaded.
    if (!clip || answered !== turn || isClosed) return;
    clipsSaid++;
    recital.begin({ ...clip, mid: `bot-${++count}` });
  }

  function reply(utterance: Int16Array): void {
    const spokenMs = Math.max(100, utterance.length / SAMPLES_PER_MS - PRE_ROLL_MS - tailMs);
    const text = `(${(spokenMs / 1000).toFixed(1)} s of speech)`;
    tell({ from: 'user', mid: `user-${++count}`, idx: 0, fin: true, text });
    // A part of an utterance that is too long for one: the user is still talking.
    if (listener.speaking) return;
    if (mode === DIALOGUE) return void answerWithClip();
    const echoed = utterance.subarray(0, utterance.length - Math.max(0, tailMs - ECHO_TAIL_MS) * SAMPLES_PER_MS);
    recital.begin({ mid: `bot-${++count}`, text, samples: echoed });
  }

  const listener = createUtteranceSegmenter({
    preRollMs: PRE_ROLL_MS,
    hangoverMs: HANGOVER_MS,
    onSpeechStart() {
      turn++;
      if (recital.stop()) record.countInterrupt();
    },
    onUtterance: reply,
  });

  return {
    noteSound: recital.noteSound,
    ask(text, mid = `bot-${++count}`) {
      if (isClosed) return;
      turn++;
      record.countText();
      const answer = mode === DIALOGUE ? `You said: ${text}` : text;
      recital.begin({ mid, text: answer, samples: babble(answer) });
    },
    hear(samples) {
      if (isClosed) return;
      record.addAudio(samples);
      listener.push(samples);
    },
    hearNoMore() {
      if (isClosed) return;
      tailMs = 0;
      listener.flush();
      tailMs = HANGOVER_MS;
    },
    interrupt() {
      turn++;
      recital.stop();
      record.countInterrupt();
    },
    setMode(value) {
      mode = value;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      listener.clear();
      recital.stop();
    },
  };
}
