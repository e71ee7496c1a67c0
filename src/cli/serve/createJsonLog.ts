import type { ServerLogEntry } from '../../server.js';
import type { LogLevel } from './serveArguments.js';

const SEVERITY = { info: 0, warn: 1, error: 2 } as const;

/**
 * Writes each entry as one line of JSON: `time`, `level`, `event`, `message`, and what the event is about.
 *
 * @param write takes one line, with its end.
 */
export function createJsonLog(least: LogLevel, write: (line: string) => void): (entry: ServerLogEntry) => void {
  return ({ level, event, message, context }) => {
    if (SEVERITY[level] < SEVERITY[least]) return;
    const head = { time: new Date().toISOString(), level, event, message };
    // Twice: the first puts it in front, the second sees that no context can change it.
    write(`${JSON.stringify({ ...head, ...context, ...head })}\n`);
  };
}
