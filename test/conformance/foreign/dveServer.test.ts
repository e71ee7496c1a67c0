// Source: DVE wiki, "WebSocket protocol" with its client sample; our client and relay talk to a voice engine made in Python.
import { expect } from 'vitest';
import { systemClock } from '../../../src/clock/clock.js';
import { dve } from '../../../src/services/dve/dve.js';
import type { VoiceServiceEvent } from '../../../src/services/service.js';
import { eventually, startServer } from '../../server/serverHarness.js';
import { BrowserSocket } from './BrowserSocket.js';
import { describeForeign } from './describeForeign.js';
import { startForeign } from './startForeign.js';

const KEY = 'foreign-key-51c0.part-2';
/** 32 frames of 512. */
const samples = Int16Array.from({ length: 16_384 }, (_, index) => index * 3 - 20_000);

describeForeign('dve_server', async () => {
  const foreign = startForeign('dve_server', { apiKey: KEY });
  const { port } = await foreign.ready;
  const server = await startServer(() => ({ dve: { apiKey: KEY, url: `ws://127.0.0.1:${String(port)}/ws`, assistantId: 'asst-1' } }));
  try {
    const { check } = foreign.report;
    const service = dve({ vision: true, textRole: 'assistant', fillSilence: false, WebSocket: BrowserSocket });
    const grant = await server.grant({ ...service.grantRequest, avatar: false });
    const events: VoiceServiceEvent[] = [];
    const connection = await service.connect({ grant, signal: new AbortController().signal, clock: systemClock, onEvent: (event) => events.push(event) });
    await connection.sendImage({ bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), format: 'jpeg', width: 640, height: 480 });
    connection.sendAudio(samples);
    connection.flushAudio();
    const spoken = () => events.flatMap((event) => (event.type === 'speech' ? [...event.samples] : []));
    await check('reads-audio', () => eventually(() => spoken().length >= 3_320));
    await check('carries-audio', () => {
      const heard = Buffer.from(foreign.output.map((line) => (line as { pcm?: string }).pcm ?? '').join(''), 'base64'); // one line of the server has it
      expect(heard.equals(Buffer.from(samples.buffer))).toBe(true);
    });
    await check('reads-audio', () => expect(spoken().slice(0, 3_000)).toEqual(Array.from({ length: 3_000 }, (_, index) => index + 1)));
    await check('reads-text', () => expect(events).toContainEqual({ type: 'transcript', role: 'assistant', text: 'Grüße, 你好', final: true }));
    await check('survives-damage', () => expect(events).toContainEqual({ type: 'error', error: expect.objectContaining({ reason: 'message-invalid' }) }));
    await check('reads-interrupt', () => {
      const kinds = events.map(({ type }) => type).filter((type) => type === 'speech' || type === 'interrupt');
      expect(kinds.slice(-2)).toEqual(['interrupt', 'speech']);
      expect(kinds.indexOf('interrupt')).toBe(kinds.length - 2);
    });
    await connection.close();
    return await foreign.finish();
  } finally {
    await server.close();
    await foreign.finish();
  }
});
