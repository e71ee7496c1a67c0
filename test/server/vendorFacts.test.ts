// Source: service_discovery.py of akool-streaming-avatar 0.1.8; openapi/live-avatar.yaml of the vendor's documents; Agora's AccessToken 007.
import { expect, it } from 'vitest';
import { createAkoolClient, type AkoolClient, type AvatarServerOptions } from '../../src/server.js';
import { resolveServerOptions } from '../../src/server/resolveServerOptions.js';

const options: AvatarServerOptions = {
  secret: 's'.repeat(32),
  authorize: () => null,
  allowedOrigins: ['https://app.example.com'],
  akool: { apiKey: 'key' },
  channel: { kind: 'loopback', url: 'ws://127.0.0.1:1/channel' },
};

it('asks for nodes where the Python package does, waits as long, and takes the group that is not for tests', () => {
  expect(resolveServerOptions(options).avatar?.akool).toMatchObject({
    discoveryUrl: 'http://sa-websocekt.akool.io:8051',
    discoveryTimeoutMs: 10_000,
    env: 'prod',
    messageForms: 'v2',
  });
});

it('lets credentials last 24 h and no longer, which is as long as Agora makes them', () => {
  expect(resolveServerOptions({ ...options, sessionTtlMs: 86_400_000 }).sessionTtlMs).toBe(86_400_000);
  expect(() => resolveServerOptions({ ...options, sessionTtlMs: 86_400_001 })).toThrow(expect.objectContaining({ reason: 'server-misconfigured' }));
});

async function bodyOf(data: object, run: (akool: AkoolClient) => Promise<unknown>): Promise<unknown> {
  let body: unknown;
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    body = JSON.parse(String(init?.body));
    return Response.json({ code: 1000, msg: 'OK', data });
  };
  await run(createAkoolClient({ apiKey: 'key', fetch }));
  return body;
}

it.each([
  ['retelling', 1],
  ['dialogue', 2],
  ['puppet', 3],
] as const)('names the mode %s by the number %i', async (mode, number) => {
  expect(await bodyOf({ _id: 's' }, (akool) => akool.sessions.create({ avatarId: 'a', mode }))).toEqual({ avatar_id: 'a', mode_type: number });
});

it('asks for the scene that one plug-in alone knows', async () => {
  expect(await bodyOf({ _id: 's' }, (akool) => akool.sessions.create({ avatarId: 'a', sceneMode: 'meeting' }))).toEqual({ avatar_id: 'a', scene_mode: 'meeting' });
});

it('tells a version 3 session whom to call back, and what is behind the avatar', async () => {
  const stream_urls = { client_chat_room_url: 'wss://chat/client_1.chat', server_chat_room_url: 'wss://chat/server_1.chat' };
  const input = { avatarId: 'a', backgroundUrl: 'https://example.com/b.png', webhookUrl: 'https://example.com/hook' };
  expect(await bodyOf({ _id: 's', stream_urls }, (akool) => akool.chatRooms.create(input))).toEqual({
    avatar_id: 'a',
    background_url: 'https://example.com/b.png',
    webhookUrl: 'https://example.com/hook',
  });
});
