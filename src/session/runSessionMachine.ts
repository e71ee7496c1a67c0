import { createStore, type Store } from '../store/createStore.js';
import type { AvatarSession } from './AvatarSession.js';
import { createSessionRing } from './log/createSessionRing.js';
import { initialSessionMachine, reduceSession, type RetryPolicy, type SessionEffect, type SessionMachine } from './reduceSession.js';
import type { SessionEvent } from './SessionEvent.js';
import type { SessionState } from './state.js';

export interface SessionMachineOptions {
  readonly policy: RetryPolicy;
  /** Does what an effect asks for, before anybody hears of the new state. May dispatch. */
  readonly perform: (effect: SessionEffect) => void;
  /** Tells of an effect, after everybody has heard of the new state. */
  readonly announce: (effect: SessionEffect) => void;
  readonly onChange: (state: SessionState) => void;
}

export interface RunningMachine {
  readonly machine: SessionMachine;
  readonly store: Store<SessionState>;
  dispatch(event: SessionEvent): void;
  readonly exportLog: AvatarSession['exportLog'];
}

/**
 * Feeds events to the reducer. All effects of an event are performed before anybody hears of it,
 * because who hears of it may start or end the session at once.
 */
export function runSessionMachine({ policy, perform, announce, onChange }: SessionMachineOptions): RunningMachine {
  const store = createStore<SessionState>(initialSessionMachine.view);
  const ring = createSessionRing(policy);
  const toAnnounce: SessionEffect[] = [];
  let machine = initialSessionMachine;
  /** Above 0 while effects run. */
  let performing = 0;

  function publish(): void {
    const { view } = machine;
    if (view === store.get()) return;
    store.set(view);
    // Unless a subscriber has moved the session on, and that has been told.
    if (view === store.get()) onChange(view);
  }

  return {
    store,
    async exportLog(options) {
      // What cleans and writes is of no use to a page whose user never sends a log.
      const { writeSessionLog } = await import('./log/writeSessionLog.js');
      return writeSessionLog(ring.read(), options);
    },
    get machine() {
      return machine;
    },
    dispatch(event) {
      ring.record(event);
      const { machine: next, effects } = reduceSession(machine, event, policy);
      machine = next;
      performing++;
      for (const effect of effects) perform(effect);
      performing--;
      toAnnounce.push(...effects);
      if (performing > 0) return;
      publish();
      for (const effect of toAnnounce.splice(0)) announce(effect);
    },
  };
}
