import { describe, expect, it } from 'vitest';
import type { AvatarConnection, AvatarServiceEvent } from '../../../src/services/service.js';

/** One service in surroundings in which all goes well, until it is told otherwise. */
export interface AvatarServiceHarness {
  connect(options: { readonly signal: AbortSignal; readonly onEvent: (event: AvatarServiceEvent) => void }): Promise<AvatarConnection>;
  /** Takes away what the ready connection stands on. */
  lose(): void;
  /** Does what an interrupt waits for, where the service waits for something of its own. */
  settleInterrupt?(connection: AvatarConnection): Promise<unknown>;
  /** How many sockets, listeners and timers are left; 0 after the end. */
  leaks(): number;
  close(): Promise<void>;
}

/** What a session relies on, whichever avatar service it has. */
export function describeAvatarService(name: string, setUp: () => Promise<AvatarServiceHarness>): void {
  async function run(test: (harness: AvatarServiceHarness, events: AvatarServiceEvent[], controller: AbortController, connect: () => Promise<AvatarConnection>) => Promise<void>) {
    const harness = await setUp();
    const events: AvatarServiceEvent[] = [];
    const controller = new AbortController();
    try {
      await test(harness, events, controller, () => harness.connect({ signal: controller.signal, onEvent: (event) => events.push(event) }));
    } finally {
      await harness.close();
    }
  }
  const names = (events: readonly AvatarServiceEvent[]) => events.map(({ type }) => type).filter((type) => type !== 'message');
  const noLeak = (harness: AvatarServiceHarness) => expect.poll(harness.leaks, { timeout: 5_000, interval: 5 }).toBe(0);
  /** `connection-lost` is the only reason to reject after the end. */
  const tolerates = async (promise: Promise<unknown> | undefined) => {
    const error = await Promise.resolve(promise).then(() => null, (cause: unknown) => cause);
    if (error) expect(error).toMatchObject({ reason: 'connection-lost' });
  };

  describe(`${name} as an avatar service`, () => {
    it('says that it is connected, then that the avatar is there, before it resolves', () =>
      run(async (_harness, events, _controller, connect) => {
        const connection = await connect();
        expect(names(events)).toEqual(['connect', 'join']);
        expect(connection.info()).toMatchObject({ connected: true, ready: true });
        await connection.close();
      }));

    it('takes samples without loss, or none at all', () =>
      run(async (_harness, _events, _controller, connect) => {
        const connection = await connect();
        expect(connection.sendAudio(new Int16Array(1_600))).toBe(0);
        connection.flushAudio();
        expect(connection.info().sentAudioMs).toBe(connection.inputFormat ? 100 : 0);
        await connection.close();
      }));

    it('carries out an interrupt and new parameters', () =>
      run(async (harness, _events, _controller, connect) => {
        const connection = await connect();
        const interrupting = connection.interrupt();
        await harness.settleInterrupt?.(connection);
        await interrupting;
        await connection.setParams({ language: 'de' });
        await connection.close();
      }));

    it('closes without a word, as often as it is told to, and leaves nothing behind', () =>
      run(async (harness, events, _controller, connect) => {
        const connection = await connect();
        await Promise.all([connection.close(), connection.close()]);
        await connection.close();
        expect(names(events)).toEqual(['connect', 'join']);
        expect(connection.info()).toMatchObject({ connected: false, ready: false });
        await noLeak(harness);
      }));

    it('tells once that it was lost, and nothing afterwards', () =>
      run(async (harness, events, _controller, connect) => {
        const connection = await connect();
        harness.lose();
        await expect.poll(() => names(events).at(-1), { timeout: 5_000, interval: 5 }).toBe('disconnect');
        const count = events.length;
        await Promise.all([
          tolerates(connection.interrupt()),
          tolerates(connection.setParams({ language: 'en' })),
          tolerates(connection.sendText?.('Hi.')),
          tolerates(connection.act?.({ action: 'nod' })),
        ]);
        connection.sendAudio(new Int16Array(160));
        connection.flushAudio();
        await connection.close();
        expect(events).toHaveLength(count);
        expect(connection.info()).toMatchObject({ connected: false, ready: false });
        await noLeak(harness);
      }));

    it('does not connect when it is aborted, before or meanwhile', () =>
      run(async (harness, events, controller, connect) => {
        const connecting = connect();
        controller.abort();
        await expect(connecting).rejects.toMatchObject({ name: 'AbortError' });
        await expect(connect()).rejects.toMatchObject({ name: 'AbortError' });
        expect(names(events)).toEqual([]);
        await noLeak(harness);
      }));

    it('is not ended by the signal once it is ready', () =>
      run(async (_harness, events, controller, connect) => {
        const connection = await connect();
        controller.abort();
        expect(connection.info()).toMatchObject({ ready: true });
        await connection.close();
        expect(names(events)).toEqual(['connect', 'join']);
      }));
  });
}
