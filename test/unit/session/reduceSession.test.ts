import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AvatarError } from '../../../src/errors/AvatarError.js';
import { initialSessionMachine, reduceSession, type SessionEffect, type SessionMachine } from '../../../src/session/reduceSession.js';
import type { SessionEvent, SessionPart } from '../../../src/session/SessionEvent.js';
import { initialMicrophoneState } from '../../../src/audio/microphoneState.js';

const POLICY = { maxAttempts: 3 };
const PARTS: readonly SessionPart[] = ['grant', 'microphone', 'channel', 'avatar', 'voice'];
/** The parts that each wiring does without: puppet, driven, composed, voice only, and voice only without a server. */
const WIRINGS: readonly (readonly SessionPart[])[] = [['voice'], ['voice', 'microphone'], [], ['avatar', 'channel'], ['grant', 'avatar', 'channel']];

const anyEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  fc.constantFrom(...WIRINGS).map((unused) => ({ type: 'start' as const, unused })),
  fc.constantFrom<SessionEvent>({ type: 'end' }, { type: 'teardown-finish' }, { type: 'retry-due' }, { type: 'turn-raise' }, { type: 'playback-block' }, { type: 'playback-start' }),
  fc.constantFrom(...PARTS).map((part) => ({ type: 'part-open' as const, part })),
  fc.tuple(fc.constantFrom(...PARTS), fc.boolean()).map(([part, retryable]) => ({
    type: 'part-fail' as const,
    part,
    error: new AvatarError('connection-lost', { message: 'lost', retryable }),
  })),
  fc.boolean().map((held) => ({ type: 'input-hold' as const, held })),
  fc.nat(1000).map((lostMs) => ({ type: 'audio-lose' as const, lostMs })),
  fc.constant<SessionEvent>({ type: 'microphone-change', microphone: initialMicrophoneState }),
  fc.tuple(fc.constantFrom('user' as const, 'assistant' as const), fc.string(), fc.boolean()).map(([role, text, final]) => ({ type: 'transcript' as const, role, text, final })),
);

function run(events: readonly SessionEvent[], check: (before: SessionMachine, event: SessionEvent, after: SessionMachine, effects: readonly SessionEffect[]) => void): void {
  let machine = initialSessionMachine;
  for (const event of events) {
    const { machine: after, effects } = reduceSession(machine, event, POLICY);
    check(machine, event, after, effects);
    machine = after;
  }
}

describe('reduceSession, over any sequence of events', () => {
  it('never reaches a state that contradicts itself', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        run(events, (before, _event, after, effects) => {
          const { view, parts, phase } = after;
          if (view.status === 'live') {
            for (const part of ['channel', 'avatar', 'voice'] as const) expect(['open', 'unused']).toContain(parts[part]);
          }
          if (phase !== 'running') expect(effects.some((effect) => effect.type === 'open')).toBe(false);
          if (phase !== 'running') expect([view.video, view.audio, view.inputHeld]).toEqual([null, null, false]);
          expect(view.error !== null).toBe(view.status === 'failed');
          expect(view.attempt).toBeLessThanOrEqual(POLICY.maxAttempts);
          expect(view.turnId).toBeGreaterThanOrEqual(before.view.turnId);
          // Whatever runs ends through exactly one teardown.
          const teardowns = effects.filter((effect) => effect.type === 'teardown').length;
          expect(teardowns).toBe(before.phase === 'running' && phase !== 'running' ? 1 : 0);
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('opens a part only when what it needs is there, and never while it is already open', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        run(events, (before, event, after, effects) => {
          for (const effect of effects) {
            if (effect.type !== 'open') continue;
            expect(after.parts[effect.part]).toBe('opening');
            const failedJustNow = event.type === 'part-fail' || event.type === 'start';
            if (!failedJustNow) expect(['closed', 'unused']).toContain(before.parts[effect.part]);
            if (effect.part === 'avatar' || effect.part === 'channel' || effect.part === 'voice') {
              expect(['open', 'unused']).toContain(after.parts.grant);
              expect(['closed', 'opening']).not.toContain(after.parts.microphone);
            }
          }
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('always has something under way while it is neither live nor at rest', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        run(events, (_before, _event, after) => {
          if (after.phase !== 'running' || after.view.status === 'live') return;
          const underWay = after.waiting || PARTS.some((part) => after.parts[part] === 'opening');
          expect(underWay).toBe(true);
        });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('reduceSession, when news come at an odd moment', () => {
  const failed = (part: SessionPart): SessionEvent => ({ type: 'part-fail', part, error: new AvatarError('connection-lost', { message: 'lost' }) });
  const opened = (part: SessionPart): SessionEvent => ({ type: 'part-open', part });
  const after = (events: readonly SessionEvent[]): { machine: SessionMachine; effects: readonly SessionEffect[] } =>
    events.reduce<{ machine: SessionMachine; effects: readonly SessionEffect[] }>(({ machine }, event) => reduceSession(machine, event, POLICY), { machine: initialSessionMachine, effects: [] });
  const driven: readonly SessionEvent[] = [{ type: 'start', unused: ['voice', 'microphone'] }, opened('grant'), opened('channel'), opened('avatar')];

  it('asks for no second grant while the first is on its way', () => {
    const twoLosses = after([...driven, failed('avatar'), { type: 'retry-due' }, failed('channel'), { type: 'retry-due' }]);
    expect(twoLosses.effects).toEqual([]);
    expect(twoLosses.machine.parts).toMatchObject({ grant: 'opening', channel: 'closed', avatar: 'closed' });
    expect(reduceSession(twoLosses.machine, opened('grant'), POLICY).effects).toEqual([{ type: 'open', part: 'channel' }, { type: 'open', part: 'avatar' }]);
  });

  it('does not count on a part that it does without, or has given up', () => {
    const { machine } = after(driven);
    for (const event of [opened('voice'), failed('voice'), failed('grant')]) expect(reduceSession(machine, event, POLICY)).toEqual({ machine, effects: [] });
    const waiting = after([...driven, failed('avatar')]).machine;
    expect(reduceSession(waiting, opened('avatar'), POLICY)).toEqual({ machine: waiting, effects: [] });
  });
});
