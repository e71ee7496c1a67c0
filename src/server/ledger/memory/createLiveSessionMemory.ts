import type { LiveSession, LiveSessionLedger } from '../liveSessionLedger.js';

/** The live sessions in the memory of one process. */
export function createLiveSessionMemory(epochMs: () => number): LiveSessionLedger {
  const open = new Map<string, LiveSession>();

  function dropLapsed(): void {
    const now = epochMs();
    for (const [key, { until }] of open) if (until <= now) open.delete(key);
  }
  const ofSubject = (subject: string): LiveSession[] => [...open.values()].filter((entry) => entry.subject === subject);

  // `async` with nothing to await: the port is asynchronous because other ledgers are.
  return {
    async open(session, limits) {
      dropLapsed();
      if (!open.has(session.session)) {
        if (ofSubject(session.subject).length >= limits.ofSubject) return 'subject-full';
        if (open.size >= limits.ofAll) return 'all-full';
      }
      open.set(session.session, session);
      return 'opened';
    },
    async extend(session) {
      open.set(session.session, { ...(open.get(session.session) ?? session), until: session.until });
    },
    async close(session, subject) {
      if (open.get(session)?.subject === subject) open.delete(session);
    },
    async list(subject) {
      dropLapsed();
      return ofSubject(subject).sort((a, b) => a.startedAt - b.startedAt);
    },
    async countAll() {
      dropLapsed();
      return open.size;
    },
  };
}
