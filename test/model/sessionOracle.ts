import type { SessionEffect, SessionMachine } from '../../src/session/reduceSession.js';
import type { SessionEvent } from '../../src/session/SessionEvent.js';
import { PARTS } from './sessionAlphabet.js';
import type { SessionWorld } from './sessionWorld.js';

/** One step of a session. */
export interface SessionStep {
  readonly before: SessionMachine;
  readonly event: SessionEvent;
  readonly after: SessionMachine;
  readonly effects: readonly SessionEffect[];
  readonly maxAttempts: number;
}

/** May change something while no session runs. */
const AT_ANY_TIME: readonly SessionEvent['type'][] = ['start', 'teardown-finish', 'microphone-change', 'speaker-change', 'volume-change', 'turn-raise', 'audio-lose'];
const KEPT_BY_A_START = ['turnId', 'microphone', 'speakerId', 'volume'] as const;
/** Grow only, within a run. */
const COUNTERS = ['recoveries', 'lostAudioMs'] as const;
const RUNNING_STATUSES: readonly string[] = ['authorizing', 'connecting', 'live', 'reconnecting'];

/**
 * What must hold of every step whatsoever, also when the surroundings say what they never could.
 * @returns what does not, in words; an empty list when all is well.
 */
export function brokenRules(step: SessionStep): string[] {
  const { before, event, after, effects, maxAttempts } = step;
  const count = (type: SessionEffect['type']): number => effects.filter((effect) => effect.type === type).length;
  const { view, phase } = after;
  const broken: string[] = [];
  const rule = (isKept: boolean, words: string): void => void (isKept || broken.push(words));

  rule(phase === 'running' ? RUNNING_STATUSES.includes(view.status) : view.status === phase, `the status ${view.status} does not belong to the phase ${phase}`);
  rule((view.error !== null) === (view.status === 'failed'), 'an error is there without a failure, or a failure without its error');
  if (event.type === 'part-fail' && before.phase === 'running' && phase === 'failed') rule(view.error === event.error, 'the failure names another error than the one that caused it');
  if (phase === 'failed') rule(view.error !== null && view.error.reason.length > 0 && view.error.message.length > 0, 'a failure says no reason');
  if (before.phase === 'idle' || before.phase === 'ended' || before.phase === 'failed') {
    const isKept = phase === before.phase && view.status === before.view.status && view.error === before.view.error && after.parts === before.parts && effects.length === 0;
    rule(event.type === 'start' || isKept, `${event.type} wakes what had come to rest`);
  }
  if (before.phase === 'ending') rule(phase === (event.type === 'teardown-finish' ? 'ended' : 'ending'), 'an ending ends otherwise than by what ran being closed');
  rule(phase !== 'ending' || before.phase === 'ending' || event.type === 'end', 'it ends and nobody has ended it');
  rule(Number.isInteger(view.attempt) && Number.isInteger(after.spentAttempts) && after.spentAttempts >= 0, 'attempts are counted in parts');
  rule(view.attempt >= 0 && view.attempt <= maxAttempts && after.spentAttempts <= maxAttempts, 'there were more attempts than the policy allows');
  rule((view.interruption !== null) === view.attempt > 0, 'an attempt is under way and nothing says why, or the reverse');
  if (phase !== 'running') {
    rule(view.video === null && view.audio === null && view.network === null && view.room === 'none' && view.sound === 'none', 'a session that does not run has a room');
    rule(!view.speaking && !view.userSpeaking && !view.inputHeld && view.progress === null && view.attempt === 0, 'a session that does not run is busy');
    rule(!after.waiting && count('open') === 0 && count('schedule-retry') === 0, 'a session that does not run begins something');
  }
  rule(!view.avatarSilent || view.status === 'live', 'an avatar is missed that is not there to be heard');
  if (view.status === 'live') {
    rule(['channel', 'avatar', 'voice'].every((part) => ['open', 'unused'].includes(after.parts[part as 'channel'])), 'it is live without one of its connections');
    rule(!after.waiting && view.attempt === 0 && view.interruption === null, 'it is live and still waits to connect again');
    rule(after.hasBeenLive, 'it is live and has never been');
    rule(!PARTS.some((part) => ['closed', 'opening'].includes(after.parts[part])), 'it is live while a part of it is not there yet');
  }

  const stops = before.phase === 'running' && phase !== 'running';
  rule(count('teardown') === (stops ? 1 : 0), 'what ran is not closed exactly once');
  rule(count('announce-failure') === (stops && phase === 'failed' ? 1 : 0), 'a failure is not announced exactly once');
  rule(!before.hasBeenLive || after.hasBeenLive || event.type === 'start', 'it forgets that it has been live');
  if (view.status === 'reconnecting') rule(after.hasBeenLive || view.attempt > 0, 'it connects again and has never been connected');
  rule(view.recoveries - before.view.recoveries === count('announce-recovery') || event.type === 'start', 'recoveries are counted wrongly');
  const becomesLive = before.view.status !== 'live' && view.status === 'live';
  rule(count('announce-live') === (becomesLive && !before.hasBeenLive ? 1 : 0), 'that it is live is not announced exactly once');
  rule(count('announce-recovery') === (becomesLive && before.hasBeenLive ? 1 : 0), 'a recovery is not announced exactly once');
  rule(count('schedule-hold') === (becomesLive ? 1 : 0), 'whether the connection holds is not watched');
  rule(count('schedule-retry') === (!before.waiting && after.waiting ? 1 : 0), 'the next attempt is not scheduled exactly once');
  for (const effect of effects) {
    if (effect.type === 'announce-failure') rule(effect.error === view.error, 'another failure is announced than the one in the state');
    if (effect.type === 'schedule-retry') rule(effect.attempt === view.attempt && effect.notBeforeMs >= 0 && effect.notBeforeMs <= 60_000, 'the next attempt is scheduled wrongly');
    if (effect.type === 'open') rule(after.parts[effect.part] === 'opening', `${effect.part} is opened and does not count as such`);
  }
  for (const part of PARTS) {
    const isOpened = effects.some((effect) => effect.type === 'open' && effect.part === part);
    rule(isOpened || event.type === 'start' || after.parts[part] !== 'opening' || before.parts[part] === 'opening', `${part} counts as being opened and nobody opens it`);
    if (before.phase === 'running' && phase === 'running') rule((before.parts[part] === 'unused') === (after.parts[part] === 'unused') || part === 'microphone', `${part} is used though the session does without it`);
  }

  rule(view.turnId === before.view.turnId + (event.type === 'turn-raise' ? 1 : 0), 'the turn changes by itself');
  if (event.type === 'start' && before.phase !== 'running' && before.phase !== 'ending') rule(phase === 'running' && KEPT_BY_A_START.every((name) => view[name] === before.view[name]), 'a start forgets what it has to keep');
  else rule(COUNTERS.every((name) => view[name] >= before.view[name]) && view.transcript.length >= Math.min(500, before.view.transcript.length), 'something that only grows has shrunk');
  if (before.phase !== 'running' && !AT_ANY_TIME.includes(event.type)) rule(after === before && effects.length === 0, `${event.type} comes too late and still does something`);
  return broken;
}

/**
 * What must hold besides in surroundings that say only what they can.
 * @param world before the step
 * @param next after it
 */
export function brokenPromises({ after, effects }: SessionStep, world: SessionWorld, next: SessionWorld): string[] {
  const { view } = after;
  const broken: string[] = [];
  const rule = (isKept: boolean, words: string): void => void (isKept || broken.push(words));
  const isThere = (part: (typeof PARTS)[number]): boolean => next.open[part] || next.unused.includes(part);

  rule(next.isRunning === (after.phase === 'running'), 'it runs and nothing was started, or the reverse');
  if (view.status === 'live') rule(isThere('channel') && isThere('avatar') && isThere('voice'), 'it is live though a connection was lost');
  for (const part of PARTS) {
    rule(next.opening[part] <= 1, `${part} is opened while it is being opened`);
    const isOpened = effects.some((effect) => effect.type === 'open' && effect.part === part);
    rule(!isOpened || !world.unused.includes(part), `${part} is opened though the session does without it`);
    rule(!isOpened || !world.open[part] || part === 'grant', `${part} is opened while it is open`);
    if (isOpened && ['channel', 'avatar', 'voice'].includes(part)) rule(isThere('grant') && next.opening.microphone === 0, `${part} is opened without what it needs`);
  }
  rule(next.retries <= 1 && (next.retries === 1) === after.waiting, 'it waits for an attempt that nobody has scheduled, or the reverse');
  if (after.phase === 'running' && view.status !== 'live') rule(next.retries > 0 || PARTS.some((part) => next.opening[part] > 0), 'nothing is under way and it is not live');
  if (!next.open.channel && next.opening.channel === 0) rule(view.room === 'none' && view.video === null && view.audio === null && view.network === null, 'it shows a room that it has not joined');
  if (next.opening.avatar === 0) rule(view.progress === null, 'it shows progress of an avatar that nobody prepares');
  return broken;
}
