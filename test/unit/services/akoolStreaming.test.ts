// Source: akool-streaming-avatar 0.1.8 (Python), websocket_client.py; what it gets wrong is not repeated here.
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { RELAY_SUBPROTOCOL, ticketFromSubprotocols } from '../../../src/grant/relayProtocol.js';
import { akoolStreaming, type AkoolStreamingOptions } from '../../../src/services/akool-streaming/akoolStreaming.js';
import { ack, joined, polite, startScriptedAvatar as setUp, stopScriptedAvatars, until, type Script } from './startScriptedAvatar.js';

afterEach(stopScriptedAvatars);

describe('akoolStreaming', () => {
  it('shows the ticket as a subprotocol, pings, sets the parameters, and is ready when the avatar has joined', async () => {
    const { connect, events, received, offered, types } = await setUp();
    const connection = await connect();
    expect(offered[0]?.[0]).toBe(RELAY_SUBPROTOCOL);
    expect(ticketFromSubprotocols(offered[0] ?? [])).toBe('the-ticket');
    expect(types()).toEqual(['ping', 'set-params']);
    expect(received[1]).toMatchObject({ v: 2, type: 'command', pld: { data: { vid: 'v1', lang: 'de', mode: 3, bgurl: '' } } });
    expect(JSON.stringify(received)).not.toContain('agora_data');
    expect(events.map((event) => event.type).filter((type) => type !== 'message')).toEqual(['connect', 'join']);
    expect(connection.info()).toMatchObject({ service: 'akool-streaming', ready: true, sessionId: 'session-1', avatarId: 'anna', channelId: 'room' });
    await until(() => expect(connection.info().roundTripMs).toBeGreaterThanOrEqual(0));
    await connection.close();
  });

  it('sends audio in chunks of 1,024 samples, every sample once, each message under a name of its own', async () => {
    const { connect, received } = await setUp();
    const connection = await connect();
    const samples = Int16Array.from({ length: 5000 }, (_, index) => index - 2500);
    for (let start = 0; start < samples.length; start += 160) connection.sendAudio(samples.subarray(start, start + 160));
    connection.flushAudio();
    await connection.close();
    const audio = received.filter((message) => message.type === 'chat');
    const bytes = Buffer.concat(audio.map((message) => Buffer.from(message.pld.audio ?? '', 'base64')));
    expect(audio.slice(0, -1).every((message) => Buffer.from(message.pld.audio ?? '', 'base64').length === 2048)).toBe(true);
    expect([...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)]).toEqual([...samples]);
    expect(new Set(received.map((message) => message.mid)).size).toBe(received.length);
  });

  it('takes leave before it closes, and closes also when nobody acknowledges it', async () => {
    const { connect, types, sockets } = await setUp((message, reply, socket) => {
      if (message.pld.event !== 'leave_channel') polite(message, reply, socket);
    }, { leaveTimeoutMs: 50 });
    const connection = await connect();
    await Promise.all([connection.close(), connection.close()]);
    expect(types().at(-1)).toBe('leave_channel');
    await until(() => expect(sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
  });

  it.each([
    [4001, 'key-rejected', false],
    [4003, 'avatar-busy', true],
    [4004, 'reconnect-too-soon', true],
    [4401, 'ticket-refused', false],
    [4410, 'ticket-expired', true],
    [4502, 'avatar-unreachable', true],
    [4503, 'server-draining', true],
    [1011, 'connection-lost', true],
  ])('says what close code %i means', async (code, reason, retryable) => {
    const { connect, sockets } = await setUp((_message, _reply, socket) => socket.close(code));
    await expect(connect()).rejects.toMatchObject({ reason, retryable });
    await until(() => expect(sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
  });

  it('takes an error message with a fatal code as it takes the close code', async () => {
    const { connect } = await setUp((_message, reply) => reply({ v: 2, type: 'error', mid: 'e', pld: { error_code: 4001, error_message: 'Invalid API key' } }));
    await expect(connect()).rejects.toMatchObject({ reason: 'key-rejected' });
  });

  it('fails when the parameters are refused, instead of resolving as the vendor client does', async () => {
    const { connect } = await setUp((message, reply) => reply(ack(message, 'failed')));
    await expect(connect()).rejects.toMatchObject({ reason: 'avatar-refused' });
  });

  it('goes on without a confirmation that never comes', async () => {
    const { connect, events } = await setUp(polite, { confirmTimeoutMs: 30 }, false);
    const connection = await connect();
    expect(events).toContainEqual({ type: 'connect' });
    await connection.close();
  });

  it.each<[string, Script, AkoolStreamingOptions]>([
    ['the acknowledgement', () => undefined, { ackTimeoutMs: 50 }],
    ['the avatar in the channel', (message, reply) => reply(ack(message)), { joinTimeoutMs: 50 }],
  ])('gives up waiting for %s and closes the socket', async (_what, script, options) => {
    const { connect, sockets } = await setUp(script, options);
    await expect(connect()).rejects.toMatchObject({ reason: 'avatar-timeout', retryable: true });
    await until(() => expect(sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
  });

  it('accepts the avatar in the channel before the acknowledgement', async () => {
    const { connect } = await setUp((message, reply) => {
      if (message.pld.cmd === 'set-params') reply(joined);
      if (message.type === 'command') reply(ack(message));
      if (message.type === 'event') reply(ack(message));
    });
    await (await connect()).close();
  });

  it('reports a lost connection once, with the audio that never left', async () => {
    const { connect, events, sockets } = await setUp();
    const connection = await connect();
    connection.sendAudio(new Int16Array(320));
    sockets[0]?.terminate();
    await until(() => expect(events.some((event) => event.type === 'disconnect')).toBe(true));
    expect(events.filter((event) => event.type === 'disconnect')).toMatchObject([{ error: { reason: 'connection-lost' }, unsentAudioMs: 20 }]);
    expect(connection.sendAudio(new Int16Array(160))).toBe(10);
    await expect(connection.interrupt()).rejects.toMatchObject({ reason: 'connection-lost' });
    await connection.close();
    expect(connection.info()).toMatchObject({ connected: false, ready: false });
  });

  it('notices a service that no longer answers pings', async () => {
    const { connect, events } = await setUp((message, reply, socket) => {
      if (message.type !== 'ping') polite(message, reply, socket);
    }, { pongTimeoutMs: 60, heartbeatIntervalMs: 20 });
    await connect();
    await until(() => expect(events.at(-1)).toMatchObject({ type: 'disconnect', error: { reason: 'connection-lost' } }));
  });

  it('drops a half-filled chunk on interrupt and waits for the acknowledgement', async () => {
    const { connect, types } = await setUp();
    const connection = await connect();
    connection.sendAudio(new Int16Array(500));
    await connection.interrupt();
    await connection.close();
    expect(types()).toEqual(['ping', 'set-params', 'interrupt', 'leave_channel']);
  });

  it('passes on unknown messages, reports damaged ones, and survives both', async () => {
    const { connect, events, sockets } = await setUp();
    const connection = await connect();
    for (const text of ['{"type":"novelty","pld":1}', 'not json', '[]', 'null', '{"v":2,"type":"ack","pld":{}}', '{"type":"error"}']) sockets[0]?.send(text);
    await until(() => expect(events.filter((event) => event.type === 'error')).toHaveLength(4));
    expect(events).toContainEqual({ type: 'message', message: { type: 'novelty', pld: 1 } });
    await connection.interrupt();
    await connection.close();
  });

  it('stops connecting when aborted, and leaves no socket behind', async () => {
    const { connect, controller, sockets, received } = await setUp(() => undefined);
    const connecting = connect();
    await until(() => expect(received.length).toBeGreaterThan(0));
    controller.abort();
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError' });
    await until(() => expect(sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
  });

  it('is not ready when it was aborted by whoever heard that the avatar is there', async () => {
    const { connect, controller } = await setUp();
    const connecting = connect((event) => {
      if (event.type === 'message' && JSON.stringify(event.message).includes('agora_connected')) controller.abort();
    });
    await expect(connecting).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('says that a page over https needs a relay over wss', async () => {
    class RefusingWebSocket {
      constructor() {
        throw new DOMException('An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.', 'SecurityError');
      }
    }
    // Only its constructor is used.
    const { connect } = await setUp(polite, { WebSocket: RefusingWebSocket as unknown as typeof WebSocket });
    await expect(connect()).rejects.toMatchObject({ reason: 'grant-invalid', message: expect.stringContaining('wss') as string });
  });

  it('refuses times that are none', () => {
    expect(() => akoolStreaming({ ackTimeoutMs: 0 })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    // Less than one sample, and more than the relay takes.
    for (const chunkDurationMs of [0.02, 60_000]) {
      expect(() => akoolStreaming({ chunkDurationMs })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
    }
    expect(() => akoolStreaming({ chunkDurationMs: Number.NaN })).toThrow(expect.objectContaining({ reason: 'invalid-options' }));
  });
});
