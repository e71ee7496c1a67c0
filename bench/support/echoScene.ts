import { createEchoCanceller } from './echoCanceller.js';
import type { EchoContender } from './echoContender.js';
import { createEchoConvolver } from './echoConvolver.js';
import { createEchoRandom, type EchoRandom } from './echoRandom.js';
import { createEchoRoom, createResponse } from './echoRoom.js';
import { createEchoVoice, createRecordedVoice, spokenLevel, type EchoVoice } from './echoVoice.js';

const FRAME = 160;
const NEAR_DB = -26;

export interface EchoCondition {
  readonly name: string;
  /** Level of the echo relative to the near end. */
  readonly couplingDb: number;
  /** Seconds between two changes of the path; 0 for none. */
  readonly changeEverySeconds: number;
  readonly canceller: boolean;
}

/** One phrase of the user's, and what became of it. Milliseconds from its onset; null for never. */
export interface EchoBargeIn {
  readonly seconds: number;
  readonly signMs: number | null;
  readonly cutMs: number | null;
}

export interface EchoOutcome {
  readonly seconds: number;
  readonly changes: number;
  readonly ducks: number;
  readonly cuts: number;
  readonly bargeIns: readonly EchoBargeIn[];
}

/**
 * Plays one conversation in one room to a contender, who really ducks and stops the avatar.
 *
 * @param phrases - how many times the user breaks in; with 0 it is `seconds` of nothing but echo.
 */
export function playEchoScene(condition: EchoCondition, seed: number, contender: EchoContender, { seconds, phrases }: { seconds: number; phrases: number }): EchoOutcome {
  const random = createEchoRandom(seed);
  const far = chooseVoice(random);
  const near = chooseVoice(random);
  const nearRoom = createEchoConvolver(createResponse(random));
  const room = createEchoRoom(random);
  const canceller = condition.canceller ? createEchoCanceller(random) : null;
  calibrate(room, far, NEAR_DB + condition.couplingDb);
  const noiseGain = 10 ** ((NEAR_DB - random.between(10, 25)) / 20);
  const noiseColour = random.between(0.05, 0.8);
  let noise = 0;

  const played = new Float32Array(FRAME);
  const echo = new Float32Array(FRAME);
  const user = new Float32Array(FRAME);
  const dry = new Float32Array(FRAME);
  const microphone = new Int16Array(FRAME);
  const reference = new Int16Array(FRAME);
  const bargeIns: EchoBargeIn[] = [];
  let turn: Float32Array = new Float32Array(0);
  let turnAt = 0;
  let pauseFrames = 50;
  let gain = 1;
  let wanted = 1;
  let cut = false;
  let ducks = 0;
  let cuts = 0;
  let changes = 0;
  let ducked = false;
  let phrase: { sound: Float32Array; startsAt: number; at: number; onset: number; signMs: number | null; cutMs: number | null; missed: boolean } | null = null;
  let frameIndex = 0;

  for (; phrases > 0 ? bargeIns.length < phrases : frameIndex < seconds * 100; frameIndex++) {
    if (turnAt >= turn.length && pauseFrames-- <= 0 && phrase === null) {
      turn = far.speak(random.between(8, 20));
      turnAt = 0;
      pauseFrames = Math.round(random.between(80, 250));
      cut = false;
      wanted = 1;
      if (phrases > 0) phrase = planPhrase(turn);
    }
    if (condition.changeEverySeconds > 0 && frameIndex > 0 && frameIndex % (condition.changeEverySeconds * 100) === 0) {
      room.change();
      canceller?.diverge();
      changes++;
    }
    for (let i = 0; i < FRAME; i++) {
      const target = cut ? 0 : wanted;
      gain += Math.max(-1 / 320, Math.min(1 / 320, target - gain));
      const sample = gain * (turn[turnAt + i] ?? 0);
      played[i] = sample;
      reference[i] = Math.round(32_767 * Math.max(-1, Math.min(1, sample)));
    }
    dry.fill(0);
    if (phrase && turnAt / FRAME >= phrase.startsAt) dry.set(phrase.sound.subarray(phrase.at * FRAME, ++phrase.at * FRAME));
    turnAt += FRAME;
    room.process(played, echo);
    if (phrase) nearRoom.process(dry, user);
    else user.fill(0);
    canceller?.process(echo, user);
    for (let i = 0; i < FRAME; i++) {
      noise += noiseColour * (random.normal() - noise);
      const mixed = (echo[i] ?? 0) + (user[i] ?? 0) + (noiseGain * noise) / Math.sqrt(noiseColour / (2 - noiseColour));
      microphone[i] = Math.round(32_767 * Math.max(-1, Math.min(1, mixed)));
    }
    const speaking = phrase !== null && phrase.at > phrase.onset;
    if (phrase && phrase.at === phrase.onset + 1) phrase.missed = cut || ducked;
    const decision = contender.push(microphone, reference);
    if (decision === 'duck' || decision === 'confirm') {
      if (speaking && phrase && !phrase.missed) {
        const ms = 10 * (phrase.at - phrase.onset);
        phrase.signMs ??= ms;
        if (decision === 'confirm') phrase.cutMs ??= ms;
      }
      if (decision === 'duck') ducks++;
      else cuts++;
    }
    if (decision === 'duck') {
      ducked = true;
      wanted = 10 ** (-18 / 20);
    } else if (decision === 'release') {
      ducked = false;
      wanted = 1;
    } else if (decision === 'confirm') {
      ducked = false;
      cut = true;
      turnAt = Math.max(turnAt, turn.length - 5 * FRAME);
    }
    // Half a second after the last word nothing that happens is about the phrase.
    if (phrase && (phrase.at * FRAME > phrase.sound.length + 8000 || (cut && phrase.at === 0))) {
      const { missed, signMs, cutMs, sound } = phrase;
      bargeIns.push({ seconds: sound.length / 16_000, signMs: missed ? null : signMs, cutMs: missed ? null : cutMs });
      phrase = null;
      turnAt = turn.length;
    }
  }
  return { seconds: frameIndex / 100, changes, ducks, cuts, bargeIns };

  function planPhrase(spoken: Float32Array) {
    const length = random.chance(0.25) ? random.between(0.25, 0.6) : random.between(0.7, 2.5);
    const level = 10 ** ((NEAR_DB + 20 + random.between(-3, 3)) / 20);
    const sound = near.speak(length).map((sample) => level * sample);
    const onset = firstLoud(sound);
    // It starts where the avatar's own sound is, two seconds or more into its turn.
    let startsAt = Math.round(random.between(200, Math.max(210, spoken.length / FRAME - 350)));
    while (levelDb(spoken, startsAt + onset + 3) < -32 && startsAt > 50) startsAt--;
    return { sound, startsAt, at: 0, onset, signMs: null, cutMs: null, missed: true };
  }
}

function chooseVoice(random: EchoRandom): EchoVoice {
  return random.chance(0.3) ? createRecordedVoice(random) : createEchoVoice(random);
}

function calibrate(room: ReturnType<typeof createEchoRoom>, voice: EchoVoice, wantedDb: number): void {
  const sound = voice.speak(5);
  const heard = new Float32Array(sound.length);
  const output = new Float32Array(FRAME);
  for (let at = 0; at + FRAME <= sound.length; at += FRAME) {
    room.process(sound.subarray(at, at + FRAME), output);
    heard.set(output, at);
  }
  room.setGain(10 ** (wantedDb / 20) / spokenLevel(heard.subarray(8000)));
  for (let i = 0; i < 120; i++) room.process(new Float32Array(FRAME), output);
}

function levelDb(sound: Float32Array, frame: number): number {
  let power = 0;
  for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) power += (sound[i] ?? 0) ** 2;
  return 10 * Math.log10(power / FRAME + 1e-12);
}

/** The frame in which a phrase can first be heard. */
function firstLoud(sound: Float32Array): number {
  const least = 20 * Math.log10(spokenLevel(sound)) - 20;
  let frame = 0;
  while (frame * FRAME < sound.length && levelDb(sound, frame) < least) frame++;
  return frame;
}
