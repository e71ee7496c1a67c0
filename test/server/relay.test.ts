import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startServer, type ServerHarness } from './serverHarness.js';

const SET_PARAMS = { v: 2, type: 'command', mid: 'p1', pld: { cmd: 'set-params', data: { vid: '', lang: 'en', mode: 3, bgurl: '' } } };

describe('relay', () => {
  let server: ServerHarness;
  beforeEach(async () => void (server = await startServer()));
  afterEach(() => server.close());

  it('joins a browser to the node and adds the key, the session and the avatar', async () => {
    const grant = await server.grant({ avatarId: 'ava & co'.replace(/ & /, '-') });
    const browser = server.open(grant);
    await browser.until((message) => message['type'] === 'system');
    expect(browser.socket.protocol).toBe('visavis.v1');
    const [node] = server.vendor.sockets;
    expect(node?.request.headers['api_key']).toBe(server.vendor.apiKey);
    expect(node?.request.url).toBe(`/streamingAvatar/ws/v1?session_id=${grant.sessionId}&avatar_id=ava-co`);
    expect(server.relay.connections).toBe(1);
  });

  it('gives the node the channel of the ticket, whatever the browser says', async () => {
    const grant = await server.grant();
    const browser = server.open(grant);
    await browser.opened;
    const forged = { appid: 'evil', channel_id: 'evil', token: 'evil', uid: 'evil' };
    browser.send({ ...SET_PARAMS, metadata: { agora_data: forged }, pld: { ...SET_PARAMS.pld, metadata: { agora_data: forged, more: 1 } } });
    await browser.until((message) => message['type'] === 'ack');
    const text = server.vendor.sockets[0]?.received[0] ?? '';
    expect(text).not.toContain('evil');
    expect(JSON.parse(text)).toMatchObject({
      pld: { data: { mode: 3 }, metadata: { agora_data: { appid: 'loopback', channel_id: grant.channel?.channel, uid: String(grant.channel?.avatarUid) } } },
    });
  });

  it('takes leave of the node when the browser vanishes', async () => {
    const browser = server.open(await server.grant());
    await browser.until((message) => message['type'] === 'system');
    browser.socket.terminate();
    await eventually(() => server.vendor.sockets[0]?.received.some((text) => text.includes('leave_channel')) === true);
    await eventually(() => server.relay.connections === 0);
  });
});
