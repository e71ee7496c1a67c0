import { afterEach, expect, it } from 'vitest';
import { RELAY_CLOSE } from '../../src/grant/relayProtocol.js';
import type { ServerGauge, ServerMetrics } from '../../src/server.js';
import { eventually, startServer, type ServerHarness } from './serverHarness.js';

let server: ServerHarness;
afterEach(() => server.close());

/** Adds up what it is told, by name and labels. */
function createNotes() {
  const counts = new Map<string, number>();
  const durations: string[] = [];
  const gauges = new Map<ServerGauge, () => number>();
  const metrics: ServerMetrics = {
    count(name, labels, by = 1) {
      const key = [name, ...Object.values(labels)].join(' ');
      counts.set(key, (counts.get(key) ?? 0) + by);
    },
    observe: (name, labels, durationMs) => void durations.push(durationMs >= 0 ? [name, ...Object.values(labels)].join(' ') : 'negative'),
    gauge(name, read) {
      gauges.set(name, read);
      return () => void gauges.delete(name);
    },
  };
  return { metrics, counts, durations, gauges };
}

it('the relay tells how many messages and bytes it forwarded, how long connections were, and why they ended', async () => {
  const notes = createNotes();
  server = await startServer(() => ({ metrics: notes.metrics }));
  const grant = await server.grant();
  const browser = server.open(grant);
  await browser.until(({ type }) => type === 'system');
  expect(notes.gauges.get('relayConnections')?.()).toBe(1);
  const text = JSON.stringify({ v: 2, type: 'chat', mid: 'a', pld: { audio: 'AAAA' } });
  for (let count = 0; count < 3; count += 1) browser.send(text);
  await eventually(() => server.vendor.sockets[0]?.received.length === 3);
  // Not of each message, only now and then.
  expect([...notes.counts.keys()].filter((key) => /Messages|Bytes/.test(key))).toEqual([]);
  browser.socket.close();
  await eventually(() => server.relay.connections === 0);
  expect(await server.open(grant).closed).toMatchObject({ code: RELAY_CLOSE.ticketRefused });

  const target = 'akool-streaming';
  expect(Object.fromEntries(notes.counts)).toMatchObject({
    [`relayOpened ${target}`]: 1,
    [`relayClosed ${target} 1000`]: 1,
    [`relayMessages ${target} up`]: 3,
    [`relayBytes ${target} up`]: 3 * text.length,
    [`relayMessages ${target} down`]: 1,
    [`relayAudioDropped ${target}`]: 0,
    [`relayRefused ${RELAY_CLOSE.ticketRefused}`]: 1,
  });
  expect(notes.durations).toEqual(expect.arrayContaining([`upstreamConnect ${target}`, `relayConnection ${target}`]));
  await server.relay.close();
  expect(notes.gauges.size).toBe(0);
});
