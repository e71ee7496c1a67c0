import { reduceSession } from '../reduceSession.js';
import { createLogWriter, safeText } from './createLogWriter.js';
import type { RecordedEvent, Recording } from './createSessionRing.js';
import { LOG_LIMITS, type ExportLogOptions, type SessionLog, type SessionLogEntry } from './SessionLog.js';

/** The log of what was recorded. See {@link SessionLog} for what is in it, and what is not. */
export function writeSessionLog({ policy, startedAtMs, base, events, droppedEvents }: Recording, { logText = true }: ExportLogOptions = {}): SessionLog {
  const devices: string[] = [];
  const write = createLogWriter({
    words: logText ? safeText : (text) => `[${text.length} characters]`,
    device(id) {
      if (!devices.includes(id)) devices.push(id);
      return `device-${devices.indexOf(id) + 1}`;
    },
    epochMs: startedAtMs,
  });
  const end = events.reduce((machine, { event }) => reduceSession(machine, event, policy).machine, base);
  const entries: readonly SessionLogEntry[] = events.map(({ atMs, event }) => ({ atMs, event: write(event) }));

  const state = write(end.view);
  const fits = placesThatFit(entries, bytesOf(state));
  const from = folded(events.slice(0, events.length - fits));
  return {
    version: 1,
    hasText: logText,
    takenAtMs: Date.now() - startedAtMs,
    droppedEvents: droppedEvents + events.length - fits,
    maxAttempts: policy.maxAttempts,
    base: write(from),
    entries: entries.slice(events.length - fits),
    state,
  };

  function folded(first: readonly RecordedEvent[]): typeof base {
    return first.reduce((machine, { event }) => reduceSession(machine, event, policy).machine, base);
  }
}

/** How many of the latest entries there is room for beside what a log holds in any case: the state, and as much again for the base. */
function placesThatFit(entries: readonly SessionLogEntry[], stateBytes: number): number {
  let room = LOG_LIMITS.bytes - 2 * stateBytes - 4_096;
  let count = 0;
  for (const entry of entries.toReversed()) {
    room -= bytesOf(entry) + 1;
    if (room < 0) break;
    count++;
  }
  return count;
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).byteLength;
}
