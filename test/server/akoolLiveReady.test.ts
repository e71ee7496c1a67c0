import { describe, expect, it, vi } from 'vitest';
import { createAkoolClient, type AkoolClient, type ReadySessionOptions, type SessionProgress } from '../../src/server.js';
import { createManualServerClock } from './manualServerClock.js';

type Status = 1 | 2 | 3 | 4;
const credentials = { agora_uid: 7, agora_app_id: 'app', agora_channel: 'room', agora_token: 'tok' };
const session = (status: Status, withCredentials = true) => ({ code: 1000, data: { _id: 's1', uid: 1, status, stream_type: 'agora', ...(withCredentials ? { credentials } : {}), is_new_field: true } });

/** A vendor whose session goes through `statuses`, one per question. */
function setUp(first: Status, details: readonly unknown[]) {
  const clock = createManualServerClock();
  const closed: string[] = [];
  const progress: SessionProgress[] = [];
  let asked = 0;
  let release = () => {};
  let held: Promise<void> | null = null;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const path = new URL(String(url)).pathname;
    if (path.endsWith('/close')) {
      closed.push(JSON.parse(String(init?.body)).id);
      return Response.json({ code: 1000 });
    }
    if (path.endsWith('/create')) {
      await held;
      return Response.json(session(first));
    }
    return Response.json(details[Math.min(asked++, details.length - 1)]);
  };
  const akool: AkoolClient = createAkoolClient({ apiKey: 'key', fetch, clock });
  const start = (options: ReadySessionOptions = {}) => akool.createReadySession({ avatarId: 'a' }, { onProgress: (step) => progress.push(step), ...options });
  return {
    clock, closed, progress, start,
    hold() { held = new Promise((resolve) => (release = resolve)); },
    release: () => release(),
    /** Waits until the client has been told a status for the `n`th time: it then waits for the next second. */
    told: (n: number) => vi.waitFor(() => expect(progress).toHaveLength(n), { interval: 1 }),
    asked: () => asked,
  };
}

const outcome = (promise: Promise<unknown>) => promise.then((value) => value, (error: unknown) => error);

describe('a session that is to be ready', () => {
  it('is asked for once a second until it is, and keeps the credentials of the first answer', async () => {
    const { start, told, progress, closed, clock } = setUp(1, [session(1), session(2, false), session(3, false)]);
    const ready = start();
    for (let n = 1; n <= 3; n++) {
      await told(n);
      clock.advance(1_000);
    }
    await expect(ready).resolves.toEqual({ id: 's1', uid: 1, status: 'ready', streamType: 'agora', credentials: { type: 'agora', appId: 'app', channel: 'room', token: 'tok', uid: 7 } });
    expect(progress.map(({ status, elapsedMs }) => [status, elapsedMs])).toEqual([['queueing', 0], ['queueing', 1_000], ['processing', 2_000], ['ready', 3_000]]);
    expect(closed).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('is ready at once when the first answer says so', async () => {
    const { start, asked } = setUp(3, []);
    await expect(start()).resolves.toMatchObject({ status: 'ready' });
    expect(asked()).toBe(0);
  });

  it('is asked for again after an answer that may be another one next time', async () => {
    const { start, told, clock } = setUp(1, [{ code: 1214, msg: 'in processing' }, session(3)]);
    const ready = start();
    for (let n = 1; n <= 2; n++) {
      await told(n);
      clock.advance(1_000);
    }
    await expect(ready).resolves.toMatchObject({ status: 'ready' });
  });

  it.each([
    ['fails', session(4), { reason: 'avatar-error', context: { sessionId: 's1', closed: true } }],
    ['is gone', { code: 1216, msg: '' }, { reason: 'not-found', context: { code: 1216, sessionId: 's1', closed: true } }],
  ])('is closed when it %s', async (_name, detail, error) => {
    const { start, told, closed, clock } = setUp(1, [detail]);
    const failed = outcome(start());
    await told(1);
    clock.advance(1_000);
    await expect(failed).resolves.toMatchObject(error);
    expect(closed).toEqual(['s1']);
    expect(clock.pending).toBe(0);
  });

  it('is closed when it takes too long', async () => {
    const { start, told, closed, clock } = setUp(1, [session(1)]);
    const failed = outcome(start({ timeoutMs: 2_500 }));
    for (let n = 1; n <= 3; n++) {
      await told(n);
      clock.advance(1_000);
    }
    await expect(failed).resolves.toMatchObject({ reason: 'avatar-timeout', retryable: true, context: { sessionId: 's1', closed: true } });
    expect(closed).toEqual(['s1']);
  });

  it('is closed when the wait is aborted', async () => {
    const { start, told, closed, clock } = setUp(1, [session(1)]);
    const aborting = new AbortController();
    const aborted = outcome(start({ signal: aborting.signal }));
    await told(1);
    aborting.abort();
    await expect(aborted).resolves.toMatchObject({ name: 'AbortError' });
    expect(closed).toEqual(['s1']);
    expect(clock.pending).toBe(0);
  });

  it('is closed also when it comes to be only after the abort', async () => {
    const { start, closed, hold, release } = setUp(1, []);
    hold();
    const aborting = new AbortController();
    const aborted = outcome(start({ signal: aborting.signal }));
    aborting.abort();
    await expect(aborted).resolves.toMatchObject({ name: 'AbortError' });
    expect(closed).toEqual([]);
    release();
    await vi.waitFor(() => expect(closed).toEqual(['s1']), { interval: 1 });
  });

  it('is not even created after an abort', async () => {
    const { start, progress } = setUp(3, []);
    await expect(start({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(progress).toEqual([]);
  });
});
