// Source: akool-streaming-avatar 0.1.8 (Python), client.py and websocket_client.py. Each title begins with what that client gets wrong.
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { createMessages } from '../../../src/services/akool-streaming/createMessages.js';
import { ack, joined, polite, startScriptedAvatar, stopScriptedAvatars, until } from './startScriptedAvatar.js';

afterEach(stopScriptedAvatars);

const confirmed = { v: 2, type: 'system', mid: 'w', pld: { status: 'websocket_connected' } };

describe('what the vendor\'s client gets wrong', () => {
  it('connected before the service has confirmed it: ours waits for websocket_connected, and sends no parameters before', async () => {
    const { connect, events, types, sockets } = await startScriptedAvatar(polite, {}, false);
    const connecting = connect();
    await until(() => expect(types()).toEqual(['ping']));
    await until(() => expect(events).toContainEqual({ type: 'message', message: expect.objectContaining({ type: 'pong' }) as unknown }));
    expect(events.map(({ type }) => type)).not.toContain('connect');
    sockets[0]?.send(JSON.stringify(confirmed));
    await (await connecting).close();
    expect(types()).toEqual(['ping', 'set-params', 'leave_channel']);
  });

  it('connected for ever after a remote close: ours says disconnect, once, and its info says so too', async () => {
    const { connect, events, sockets } = await startScriptedAvatar();
    const connection = await connect();
    sockets[0]?.close(1000);
    await until(() => expect(events.filter(({ type }) => type === 'disconnect')).toHaveLength(1));
    expect(connection.info()).toMatchObject({ connected: false, ready: false });
  });

  it('disconnect burns 5 s for an acknowledgement that nobody reads: ours is gone when the service has acknowledged', async () => {
    const { connect, types, sockets } = await startScriptedAvatar(polite, { leaveTimeoutMs: 600_000 });
    const connection = await connect();
    // Longer than any test may take, were the acknowledgement not read.
    await connection.close();
    expect(types().at(-1)).toBe('leave_channel');
    await until(() => expect(sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
  });

  it('a client that was disconnected can never connect again: one service of ours connects as often as it is asked', async () => {
    const { connect, sockets } = await startScriptedAvatar();
    for (let round = 1; round <= 3; round++) {
      const connection = await connect();
      expect(connection.info().ready).toBe(true);
      await connection.close();
      expect(sockets).toHaveLength(round);
    }
  });

  it('agora_connected outlives its connection: each of ours waits for its own', async () => {
    let connections = 0;
    const { connect, sockets } = await startScriptedAvatar((message, reply, socket) => {
      if (message.pld.cmd === 'set-params' && ++connections === 2) return reply(ack(message));
      polite(message, reply, socket);
    });
    await (await connect()).close();
    let isReady = false;
    const second = connect().then((connection) => {
      isReady = true;
      return connection;
    });
    await until(() => expect(connections).toBe(2));
    // What has been sent so far has been read once this has been answered.
    await new Promise<void>((resolve) => {
      sockets[1]?.once('pong', () => resolve());
      sockets[1]?.ping();
    });
    expect(isReady).toBe(false);
    sockets[1]?.send(JSON.stringify(joined));
    await (await second).close();
  });

  it('disconnect without a connection and the waits that it cancels: ours closes twice in peace, and who waits hears connection-lost or session-ended', async () => {
    const { connect } = await startScriptedAvatar((message, reply, socket) => {
      if (message.pld.cmd !== 'interrupt') polite(message, reply, socket);
    });
    const connection = await connect();
    const interrupting = expect(connection.interrupt()).rejects.toMatchObject({ reason: expect.stringMatching(/^(connection-lost|session-ended)$/) as string });
    await connection.close();
    await connection.close();
    await interrupting;
  });

  it.each([
    ['refused', (reply: (message: unknown) => void, message: Parameters<typeof ack>[0]) => reply(ack(message, 'failed')), 'avatar-refused'],
    ['left unanswered', () => undefined, 'avatar-timeout'],
  ] as const)('every failure of the parameters is an AudioStreamError: ours says what it was when they are %s', async (_how, answer, reason) => {
    let isLive = false;
    const { connect } = await startScriptedAvatar((message, reply, socket) => {
      if (isLive && message.pld.cmd === 'set-params') return answer(reply, message);
      polite(message, reply, socket);
    }, { ackTimeoutMs: 200 });
    const connection = await connect();
    isLive = true;
    await expect(connection.setParams({ language: 'fr' })).rejects.toMatchObject({ reason });
    isLive = false;
    await connection.close();
  });

  it('a failed acknowledgement counts as success, and a fatal error leaves who waits to time out: ours end the wait at once', async () => {
    const { connect } = await startScriptedAvatar((message, reply, socket) => {
      if (message.pld.cmd === 'interrupt') return reply({ v: 2, type: 'error', mid: 'e', pld: { error_code: 4003, error_message: 'occupied' } });
      polite(message, reply, socket);
    }, { ackTimeoutMs: 60_000 });
    const connection = await connect();
    await expect(connection.interrupt()).rejects.toMatchObject({ reason: 'avatar-busy' });
    expect(connection.info().ready).toBe(false);
  });

  it('audio may be sent before the avatar has joined: there is nothing of ours to send it with before', async () => {
    const { connect, types } = await startScriptedAvatar((message, reply) => {
      if (message.type === 'command') reply(ack(message));
    }, { joinTimeoutMs: 100 });
    await expect(connect()).rejects.toMatchObject({ reason: 'avatar-timeout' });
    expect(types()).not.toContain('chat');
  });

  it('no audio at all is sent as a message: ours sends nothing for nothing', async () => {
    const { connect, types } = await startScriptedAvatar();
    const connection = await connect();
    connection.sendAudio(new Int16Array(0));
    connection.flushAudio();
    await connection.close();
    expect(types()).not.toContain('chat');
  });

  it('messages of one millisecond share a name: ours never do', () => {
    const messages = createMessages();
    const mids = Array.from({ length: 500 }, () => messages.ping().mid);
    expect(new Set(mids).size).toBe(500);
  });

  it('a damaged message: the conversation goes on, as theirs does', async () => {
    const { connect, events, sockets } = await startScriptedAvatar();
    const connection = await connect();
    sockets[0]?.send('{"v":2,"type":');
    await until(() => expect(events.at(-1)).toMatchObject({ type: 'error', error: { reason: 'message-invalid' } }));
    await connection.interrupt();
    await connection.close();
  });
});

describe('the numbers that mean the same as a close code and in an error message', () => {
  const meanings = [
    [4001, 'key-rejected', false],
    [4003, 'avatar-busy', true],
    [4004, 'reconnect-too-soon', true],
  ] as const;

  it.each(meanings)('%i in an error message while it connects is %s', async (code, reason, retryable) => {
    const { connect, sockets } = await startScriptedAvatar((_message, reply) => reply({ v: 2, type: 'error', mid: 'e', pld: { error_code: code, error_message: 'words of the vendor' } }));
    await expect(connect()).rejects.toMatchObject({ reason, retryable, context: { code } });
    await until(() => expect(sockets[0]?.readyState).toBe(NodeWebSocket.CLOSED));
  });

  it.each(meanings.flatMap(([code, reason, retryable]) => [
    [code, 'as a close code', reason, retryable] as const,
    [code, 'in an error message', reason, retryable] as const,
    [code, 'in an error message, as text', reason, retryable] as const,
  ]))('%i %s ends a live connection with %s', async (code, how, reason, retryable) => {
    const { connect, events, sockets } = await startScriptedAvatar();
    const connection = await connect();
    if (how === 'as a close code') sockets[0]?.close(code);
    else sockets[0]?.send(JSON.stringify({ v: 2, type: 'error', mid: 'e', pld: { error_code: how.endsWith('text') ? String(code) : code, error_message: 'no' } }));
    await until(() => expect(events.filter(({ type }) => type === 'disconnect')).toMatchObject([{ error: { reason, retryable } }]));
    expect(connection.info().ready).toBe(false);
    await connection.close();
  });

  it('any other is reported and ends nothing', async () => {
    const { connect, events, sockets } = await startScriptedAvatar();
    const connection = await connect();
    sockets[0]?.send(JSON.stringify({ v: 2, type: 'error', mid: 'e', pld: { error_code: 5000, error_message: 'hiccup' } }));
    await until(() => expect(events).toContainEqual({ type: 'error', error: expect.objectContaining({ reason: 'avatar-error', context: { code: 5000 } }) as unknown }));
    expect(connection.info().ready).toBe(true);
    await connection.close();
  });
});

it('hands on every message of the service as it came, of known and of unknown kinds', async () => {
  const { connect, events, sockets } = await startScriptedAvatar();
  const connection = await connect();
  const messages = [
    { v: 2, type: 'system', mid: 'm1', pld: { status: 'something_new', detail: 1 } },
    { v: 2, type: 'ack', mid: 'm2', pld: { original_mid: 'unknown', status: 'success', more: true } },
    { v: 2, type: 'pong', mid: 'm3', pld: { extra: 'kept' } },
    { v: 2, type: 'error', mid: 'm4', pld: { error_code: 5000, error_message: 'hiccup' } },
    { v: 3, type: 'novelty', anything: [1, 2] },
    { type: 7 },
  ];
  for (const message of messages) sockets[0]?.send(JSON.stringify(message));
  await until(() => expect(events.at(-1)).toEqual({ type: 'message', message: { type: 7 } }));
  expect(events.flatMap((event) => (event.type === 'message' ? [event.message] : [])).slice(-messages.length)).toEqual(messages);
  await connection.close();
});

it('tells all that get_connection_info tells of the connection, but not which node of the vendor it is', async () => {
  const { connect } = await startScriptedAvatar();
  const connection = await connect();
  connection.sendAudio(new Int16Array(1024));
  const info = connection.info();
  // connected, agora_connected, session_id, avatar_id; current_service and available_services_count stay with the server.
  expect(info).toMatchObject({ service: 'akool-streaming', connected: true, ready: true, sessionId: 'session-1', avatarId: 'anna', channelId: 'room', sentAudioMs: 64 });
  expect(Object.keys(info).sort()).toEqual(['avatarId', 'channelId', 'connected', 'ready', 'roundTripMs', 'sentAudioMs', 'service', 'sessionId']);
  await connection.close();
  expect(connection.info()).toMatchObject({ connected: false, ready: false, sessionId: 'session-1', avatarId: 'anna' });
});
