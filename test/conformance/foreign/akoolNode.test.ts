// Source: akool-streaming-avatar 0.1.8 (Python), websocket_client.py; our client and relay talk to a node made in Python.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { systemClock } from '../../../src/clock/clock.js';
import { akoolStreaming } from '../../../src/services/akool-streaming/akoolStreaming.js';
import type { AvatarServiceEvent } from '../../../src/services/service.js';
import { eventually, startServer } from '../../server/serverHarness.js';
import { BrowserSocket } from './BrowserSocket.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

const KEY = 'foreign-key-51c0';
const samples = Int16Array.from({ length: 5_000 }, (_, index) => index * 7 - 12_345);

describeForeign('akool_node', async () => {
  const foreign = startForeign('akool_node', { apiKey: KEY });
  const { port } = await foreign.ready;
  const server = await startServer(() => ({
    akool: { apiKey: KEY, discoveryUrl: `http://127.0.0.1:${String(port)}/streamingAvatar/service_status`, env: 'prod', defaultAvatarId: 'ava' },
  }));
  try {
    const { check } = foreign.report;
    const grant = await server.grant();
    const events: AvatarServiceEvent[] = [];
    const messages = () => events.flatMap((event) => (event.type === 'message' ? [event.message as { type?: string; pld?: Record<string, unknown> }] : [])); // looked at below
    const service = akoolStreaming({ WebSocket: BrowserSocket, heartbeatIntervalMs: 50 });
    const connection = await service.connect({
      grant,
      params: { voiceId: 'voice-1', language: 'de', backgroundUrl: 'https://example.com/b.png' },
      room: () => new Promise(() => {}),
      keepLease: null,
      signal: new AbortController().signal,
      clock: systemClock,
      onEvent: (event) => events.push(event),
    });
    await check('reads-system', () => expect(connection.info()).toMatchObject({ ready: true, channelId: grant.channel?.channel }));
    await check('reads-unknown', () => expect(messages().map(({ type }) => type)).toEqual(expect.arrayContaining(['weather'])));
    await check('survives-no-json', () => expect(events).toContainEqual({ type: 'error', error: expect.objectContaining({ reason: 'message-invalid' }) }));
    connection.sendAudio(samples);
    connection.flushAudio();
    await check('reads-pong', () => eventually(() => connection.info().roundTripMs !== null));
    await check('reads-ack', () => Promise.race([connection.interrupt(), delay(5_000, null, { ref: false }).then(() => Promise.reject(new Error('no ack was read')))]));
    await check('reads-error', () => {
      const error = expect.objectContaining({ message: expect.stringContaining('Grüße, 你好') });
      expect(events).toContainEqual({ type: 'error', error });
    });
    await connection.close();
    // By whom else but the node: the relay takes leave for a page that does not, but keeps that ack to itself.
    await check('leave-acknowledged', () => expect(messages()).toContainEqual(expect.objectContaining({ type: 'ack', pld: { original_mid: expect.stringMatching(/^event-leave-/), status: 'success' } })));
    await eventually(() => foreign.output.some((line) => 'pcm' in (line as object)));
    await check('carries-audio', () => {
      const heard = Buffer.from(foreign.output.map((line) => (line as { pcm?: string }).pcm ?? '').join(''), 'base64'); // the server's last line
      expect(heard.equals(Buffer.from(samples.buffer))).toBe(true);
    });
    return await foreign.finish();
  } finally {
    await server.close();
    await foreign.finish();
  }
});
