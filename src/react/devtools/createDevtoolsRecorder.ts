import { systemClock, type Clock } from '../../clock/clock.js';
import type { AvatarSession, SessionEventMap } from '../../session/AvatarSession.js';
import { initialSessionState, type SessionState } from '../../session/state.js';
import { createStore } from '../../store/createStore.js';
import { createTurnTimeline, type DevtoolsTurn } from './createTurnTimeline.js';
import type { DevtoolsEntry } from './DevtoolsEntry.js';
import { changesOf, describeEvent, LOGGED_EVENTS, type LoggedEvent } from './describeEvent.js';
import { redact } from '../../session/log/redact.js';

/** What was recorded, as it is shown. Replaced, never mutated. */
export interface DevtoolsRecord {
  /** Oldest first, and no more than the log is long. */
  readonly entries: readonly DevtoolsEntry[];
  /** Oldest first; the latest 20. */
  readonly turns: readonly DevtoolsTurn[];
  /** True while this record stands still. Recording goes on. */
  readonly isPaused: boolean;
}

/** What happened in a session. Nothing that it holds is a ticket, a token, or sound. */
export interface DevtoolsRecorder {
  /** Calls back at most ten times a second. */
  subscribe(listener: () => void): () => void;
  getSnapshot(): DevtoolsRecord;
  /** Makes the record stand still, so that it can be read; or lets it catch up. */
  setPaused(paused: boolean): void;
  clear(): void;
  /** Everything as JSON, for a bug report: what is shown, the state and the latencies. Words that were said are in it. */
  toJson(): string;
}

export interface AttachableRecorder extends DevtoolsRecorder {
  /** Follows a session, until the returned function is called. */
  attach(session: AvatarSession): () => void;
}

export interface DevtoolsRecorderOptions {
  /** How many events are kept; the oldest go first. Default 500. */
  readonly maxEntries?: number;
  readonly clock?: Clock;
  /** Milliseconds since the epoch. */
  readonly wallClock?: () => number;
}

const MAX_TURNS = 20;
/** A voice service may send fifty messages a second; nobody reads so fast. */
const REFRESH_MS = 100;

/** Makes a recorder that has seen nothing. */
export function createDevtoolsRecorder({ maxEntries = 500, clock = systemClock, wallClock = Date.now }: DevtoolsRecorderOptions = {}): AttachableRecorder {
  const shown = createStore<DevtoolsRecord>({ entries: [], turns: [], isPaused: false });
  const timeline = createTurnTimeline(MAX_TURNS, () => clock.now(), () => touch());
  let entries: readonly DevtoolsEntry[] = [];
  let lastId = 0;
  let session: AvatarSession | null = null;
  let listeners = 0;
  let cancelRefresh: (() => void) | null = null;

  const refresh = (): void => {
    cancelRefresh?.();
    cancelRefresh = null;
    const { isPaused, ...now } = shown.get();
    if (!isPaused && (now.entries !== entries || now.turns !== timeline.turns)) shown.set({ entries, turns: timeline.turns, isPaused });
  };
  const touch = (): void => {
    if (listeners > 0) cancelRefresh ??= clock.schedule(refresh, REFRESH_MS);
  };

  function add(type: DevtoolsEntry['type'], description: Omit<DevtoolsEntry, 'id' | 'atMs' | 'type'>): void {
    lastId += 1;
    entries = [...entries.slice(-(maxEntries - 1)), { id: lastId, atMs: wallClock(), type, ...description }];
    touch();
  }

  return {
    attach(followed) {
      let before: SessionState = followed.getSnapshot();
      // StrictMode lets go and takes hold again at once.
      if (session !== followed) add('attach', { area: 'session', summary: before.status, detail: changesOf(initialSessionState, before) });
      session = followed;
      const offs = LOGGED_EVENTS.map((type) =>
        followed.on(type, (event: SessionEventMap[LoggedEvent]) => {
          const description = describeEvent(type, event, before);
          if ('state' in event) before = event.state;
          if (description) add(type, description);
        }),
      );
      offs.push(timeline.attach(followed));
      return () => {
        for (const off of offs) off();
      };
    },
    subscribe(listener) {
      // What came between reading and subscribing: React compares once more when it has subscribed.
      if (listeners === 0) refresh();
      listeners += 1;
      const unsubscribe = shown.subscribe(listener);
      let isListening = true;
      return () => {
        if (!isListening) return;
        isListening = false;
        unsubscribe();
        listeners -= 1;
        if (listeners > 0) return;
        cancelRefresh?.();
        cancelRefresh = null;
      };
    },
    getSnapshot() {
      // Nobody is told while nobody listens: who asks gets what there is.
      if (listeners === 0) refresh();
      return shown.get();
    },
    setPaused(isPaused) {
      refresh();
      shown.set({ ...shown.get(), ...(isPaused ? {} : { entries, turns: timeline.turns }), isPaused });
    },
    clear() {
      entries = [];
      timeline.clear();
      shown.set({ ...shown.get(), entries, turns: timeline.turns });
    },
    toJson() {
      const { transcript, ...state } = session?.getSnapshot() ?? initialSessionState;
      const report = { takenAt: new Date(wallClock()).toISOString(), state: { ...state, transcript: `${transcript.length} entries` }, latency: session?.getLatency() ?? null };
      // The entries are redacted already, and more of them than redact() keeps of a list.
      return JSON.stringify({ ...Object(redact(report)), turns: shown.get().turns, entries: shown.get().entries }, null, 2);
    },
  };
}
