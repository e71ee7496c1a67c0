import { expect, it } from 'vitest';
import { createAutoplayWatch } from '../../../src/audio/createAutoplayWatch.js';
import { createManualClock } from '../../../src/testing/createManualClock.js';

/** A browser that lets sound out, or holds it back until `allow()`, as a click would. */
function browser({ contextHeld = false, elementHeld = false } = {}) {
  const clock = createManualClock();
  const changes: boolean[] = [];
  const target = new EventTarget();
  let state: AudioContextState = 'suspended';
  let allowed = false;
  const pending: (() => void)[] = [];
  const setState = (next: AudioContextState) => {
    if (state === next) return;
    state = next;
    target.dispatchEvent(new Event('statechange'));
  };
  const context = {
    get state() {
      return state;
    },
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    // As Chrome: pending until the page may make a sound.
    resume: () =>
      new Promise<void>((resolve) => {
        const run = () => {
          setState('running');
          resolve();
        };
        if (allowed || !contextHeld) run();
        else pending.push(run);
      }),
    suspend: async () => setState('suspended'),
  };
  const element = {
    play: async () => {
      if (elementHeld && !allowed) throw new DOMException('play() failed because the user did not interact with the document first.', 'NotAllowedError');
    },
  };
  const watch = createAutoplayWatch({ context, element, clock, onBlockedChange: (blocked) => changes.push(blocked) });
  return { watch, clock, changes, context, setState, allow: () => (allowed = true), runPending: () => pending.splice(0).forEach((run) => run()) };
}

it('says nothing of a browser that lets sound out', async () => {
  const { watch, changes, context } = browser();
  await watch.resume();
  expect(context.state).toBe('running');
  expect(changes).toEqual([]);
});

it('tells of a context that stays silent, and that a click has helped', async () => {
  const { watch, clock, changes, allow } = browser({ contextHeld: true, elementHeld: true });
  const resuming = watch.resume();
  await clock.advance(500);
  await resuming;
  expect(changes).toEqual([true]);
  allow();
  await watch.resume();
  expect(changes).toEqual([true, false]);
});

it('holds the context while the element is refused, so that nothing is played into nothing', async () => {
  const { watch, changes, context, allow } = browser({ elementHeld: true });
  await watch.resume();
  expect(context.state).toBe('suspended');
  expect(changes).toEqual([true]);
  allow();
  await watch.resume();
  expect(context.state).toBe('running');
  expect(changes).toEqual([true, false]);
});

it('tells that a context has begun to run by itself', async () => {
  const { watch, clock, changes, runPending } = browser({ contextHeld: true });
  const resuming = watch.resume();
  await clock.advance(500);
  await resuming;
  runPending();
  expect(changes).toEqual([true, false]);
});

it('resumes a context that a phone call has suspended, until it is stopped', async () => {
  const { watch, changes, context, setState } = browser();
  await watch.resume();
  setState('suspended');
  expect(context.state).toBe('running');
  watch.stop();
  setState('suspended');
  expect(context.state).toBe('suspended');
  expect(changes).toEqual([]);
});
