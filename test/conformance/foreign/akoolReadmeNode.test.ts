// Source: README of akool-streaming-avatar (Python); our client and relay talk to a node, made in Python, that knows only the forms that it shows.
import { expect } from 'vitest';
import { systemClock } from '../../../src/clock/clock.js';
import { akoolStreaming } from '../../../src/services/akool-streaming/akoolStreaming.js';
import { eventually, startServer } from '../../server/serverHarness.js';
import { BrowserSocket } from './BrowserSocket.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

const KEY = 'foreign-key-51c0';
const samples = Int16Array.from({ length: 3_000 }, (_, index) => index * 11 - 12_345);

describeForeign('akool_readme_node', async () => {
  const foreign = startForeign('akool_readme_node', { apiKey: KEY });
  const { port } = await foreign.ready;
  const discoveryUrl = `http://127.0.0.1:${String(port)}/streamingAvatar/service_status`;
  const server = await startServer(() => ({ akool: { apiKey: KEY, discoveryUrl, messageForms: 'readme', defaultAvatarId: 'ava' } }));
  try {
    const { check } = foreign.report;
    const grant = await server.grant();
    const service = akoolStreaming({ WebSocket: BrowserSocket, heartbeatIntervalMs: 50, leaveTimeoutMs: 50 });
    const connection = await service.connect({
      grant,
      params: {},
      room: () => new Promise(() => {}),
      keepLease: null,
      signal: new AbortController().signal,
      clock: systemClock,
      onEvent: () => undefined,
    });
    await check('is-ready', () => expect(connection.info()).toMatchObject({ ready: true, channelId: grant.channel?.channel }));
    connection.sendAudio(samples);
    connection.flushAudio();
    await check('reads-pong', () => eventually(() => connection.info().roundTripMs !== null));
    await connection.close();
    await eventually(() => foreign.output.some((line) => 'pcm' in (line as object)));
    await check('carries-audio', () => {
      const heard = Buffer.from(foreign.output.map((line) => (line as { pcm?: string }).pcm ?? '').join(''), 'base64'); // the node's last line
      expect(heard.equals(Buffer.from(samples.buffer))).toBe(true);
    });
    return await foreign.finish();
  } finally {
    await server.close();
    await foreign.finish();
  }
});
