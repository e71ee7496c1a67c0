import { AvatarError, type SessionLog } from '../../src/client.js';
import { createSessionRing } from '../../src/session/log/createSessionRing.js';
import { writeSessionLog } from '../../src/session/log/writeSessionLog.js';
import type { SessionEvent } from '../../src/session/SessionEvent.js';

/** The log of a session that lost its avatar and came back. */
export function sampleLog(): SessionLog {
  const lost = new AvatarError('connection-lost', { message: 'The connection to the avatar was lost.' });
  const events: readonly SessionEvent[] = [
    { type: 'start', unused: ['voice', 'microphone'] },
    { type: 'part-open', part: 'grant' },
    { type: 'part-open', part: 'channel' },
    { type: 'part-open', part: 'avatar' },
    { type: 'transcript', role: 'assistant', text: 'Good day.', final: true },
    { type: 'part-fail', part: 'avatar', error: lost },
    { type: 'retry-due' },
    { type: 'part-open', part: 'grant' },
    { type: 'part-open', part: 'avatar' },
    { type: 'end' },
    { type: 'teardown-finish' },
  ];
  const ring = createSessionRing({ maxAttempts: 6 });
  for (const event of events) ring.record(event);
  return writeSessionLog(ring.read());
}
