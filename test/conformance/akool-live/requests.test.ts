// Source: the vendor's OpenAPI documents of the hosted avatar, versions 3 and 4: paths, methods, names and numbers on the wire.
import { describe, expect, it } from 'vitest';
import { createAkoolClient, parseChatRoomPeer, type AkoolClient } from '../../../src/server.js';

const V3 = '/api/open/v3';
const V4 = '/api/open/v4';

/** What one call puts on the wire, and what it makes of the answer. */
async function wire<Result>(data: unknown, run: (akool: AkoolClient) => Promise<Result>) {
  const sent: string[] = [];
  let body: unknown;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { pathname, search } = new URL(String(url));
    sent.push(`${init?.method ?? 'GET'} ${pathname}${search}`);
    body = init?.body === undefined ? undefined : JSON.parse(String(init.body));
    return Response.json({ code: 1000, msg: 'OK', ...(data === undefined ? {} : { data }) });
  };
  const result = await run(createAkoolClient({ apiKey: 'key', fetch }));
  return { sent: sent.join(), body, result };
}

describe('sessions', () => {
  const data = { _id: 's1', uid: 12, type: 4, status: 1, stream_type: 'agora', credentials: { agora_uid: 7, agora_app_id: 'app', agora_channel: 'room', agora_token: 'tok' } };

  it('are created with every field under its documented name', async () => {
    const { sent, body, result } = await wire(data, (akool) =>
      akool.sessions.create({
        avatarId: 'dvp_Tristan_cloth2_1080P',
        durationSeconds: 3_600,
        knowledgeId: 'k1',
        voiceId: 'v1',
        voiceUrl: 'https://example.com/v.mp3',
        language: 'en',
        mode: 'dialogue',
        backgroundUrl: 'https://example.com/b.png',
        sceneMode: 'fast_dialogue',
        endToEnd: 'openai',
        voiceParams: {
          voiceId: 'alloy',
          speed: 1.2,
          pronunciations: { visavis: 'vee-za-vee' },
          sttLanguage: 'en',
          sttType: 'openai_realtime',
          turnDetection: { type: 'server_vad', threshold: 0.5, prefixPaddingMs: 300, silenceDurationMs: 500 },
          elevenLabs: { apiKey: 'k', modelId: 'm', stability: 0.1, similarityBoost: 0.2, style: 0.3, useSpeakerBoost: true },
        },
        stream: { type: 'agora', room: { uid: 5, channel: 'own', token: 't', appId: 'a' } },
      }),
    );
    expect(sent).toBe(`POST ${V4}/liveAvatar/session/create`);
    expect(body).toEqual({
      avatar_id: 'dvp_Tristan_cloth2_1080P',
      duration: 3_600,
      knowledge_id: 'k1',
      voice_id: 'v1',
      voice_url: 'https://example.com/v.mp3',
      language: 'en',
      mode_type: 2,
      background_url: 'https://example.com/b.png',
      scene_mode: 'fast_dialogue',
      e2e_type: 'openai',
      voice_params: {
        voice_id: 'alloy',
        speed: 1.2,
        pron_map: { visavis: 'vee-za-vee' },
        stt_language: 'en',
        stt_type: 'openai_realtime',
        turn_detection: { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 500 },
        elevenlabs_settings: { api_key: 'k', model_id: 'm', stability: 0.1, similarity_boost: 0.2, style: 0.3, use_speaker_boost: true },
      },
      stream_type: 'agora',
      credentials: { agora_uid: 5, agora_channel: 'own', agora_token: 't', agora_app_id: 'a' },
    });
    expect(result).toEqual({ id: 's1', uid: 12, status: 'queueing', streamType: 'agora', credentials: { type: 'agora', appId: 'app', channel: 'room', token: 'tok', uid: 7 } });
  });

  it('are created from the avatar alone', async () => {
    expect((await wire(data, (akool) => akool.sessions.create({ avatarId: 'a' }))).body).toEqual({ avatar_id: 'a' });
  });

  it.each([
    ['livekit', { livekit_url: 'wss://l', livekit_token: 't', livekit_room_name: 'r' }, { type: 'livekit', url: 'wss://l', token: 't', roomName: 'r', clientIdentity: null, serverIdentity: null }],
    ['trtc as documented', { trtc_sdk_app_id: 1, trtc_sdk_room_id: 'r', trtc_sdk_user_id: 'u', trtc_sdk_user_sig: 's' }, { type: 'trtc', appId: '1', roomId: 'r', userId: 'u', userSig: 's' }],
    ['trtc as in the demo', { trtc_app_id: 1, trtc_room_id: 'r', trtc_user_id: 'u', trtc_user_sig: 's' }, { type: 'trtc', appId: '1', roomId: 'r', userId: 'u', userSig: 's' }],
    ['none that is known', { other: 1 }, null],
  ])('read credentials of %s', async (_name, credentials, expected) => {
    const { result } = await wire({ ...data, credentials }, (akool) => akool.sessions.detail('s1'));
    expect(result.credentials).toEqual(expected);
  });

  it('are closed with `id`, never with `session_id`', async () => {
    const { sent, body } = await wire(undefined, (akool) => akool.sessions.close('s1'));
    expect([sent, body]).toEqual([`POST ${V4}/liveAvatar/session/close`, { id: 's1' }]);
  });

  it('are looked at and listed', async () => {
    expect((await wire(data, (akool) => akool.sessions.detail('s 1'))).sent).toBe(`GET ${V4}/liveAvatar/session/detail?id=s+1`);
    const list = await wire({ count: 2, result: [data, { no: 'id' }] }, (akool) => akool.sessions.list({ page: 2, size: 100, status: 'ready' }));
    expect(list.sent).toBe(`GET ${V4}/liveAvatar/session/list?page=2&size=100&status=3`);
    // One that cannot be read does not take the others away.
    expect([list.result.total, list.result.items.map(({ id }) => id)]).toEqual([2, ['s1']]);
  });

  it.each([
    [{ avatarId: '' }, 'avatarId'],
    [{ avatarId: 'a', durationSeconds: 3_601 }, 'durationSeconds'],
    [{ avatarId: 'a', voiceParams: { speed: 0.7 } }, 'voiceParams.speed'],
    [{ avatarId: 'a', voiceParams: { turnDetection: { threshold: 1.1 } } }, 'voiceParams.turnDetection.threshold'],
    [{ avatarId: 'a', voiceParams: { voiceId: 'alloy' } }, 'voiceParams.voiceId'],
    [{ avatarId: 'a', sceneMode: 'fast_dialogue' as const, voiceParams: { voiceId: 'nobody' } }, 'voiceParams.voiceId'],
    [{ avatarId: 'a', endToEnd: 'openai' as const }, 'endToEnd'],
  ])('are refused before they are paid for: %j', async (input, field) => {
    await expect(wire(data, (akool) => akool.sessions.create(input))).rejects.toMatchObject({ reason: 'invalid-options', context: { field } });
  });
});

describe('avatars', () => {
  const avatar = { _id: 'r1', uid: 1, type: 2, from: 3, avatar_id: 'Mine1', name: 'Mine', status: 3, url: 'https://example.com/a.mp4', thumbnailUrl: '', gender: 'Female' };

  it('are created from an address', async () => {
    const { sent, body } = await wire(avatar, (akool) => akool.avatars.create({ url: 'https://example.com/a.mp4', avatarId: 'Mine1', name: 'Mine', urlFrom: 'platform' }));
    expect([sent, body]).toEqual([`POST ${V3}/avatar/create`, { url: 'https://example.com/a.mp4', avatar_id: 'Mine1', name: 'Mine', type: 2, url_from: 2 }]);
    await expect(wire(avatar, (akool) => akool.avatars.create({ url: 'https://example.com/a.mp4', avatarId: 'not_this', name: 'x' }))).rejects.toMatchObject({ context: { field: 'avatarId' } });
  });

  it('are looked at under the new and the old address', async () => {
    expect((await wire(avatar, (akool) => akool.avatars.detail('Mine1'))).sent).toBe(`GET ${V4}/liveAvatar/avatar/detail?avatar_id=Mine1`);
    const old = await wire(avatar, (akool) => akool.avatars.detailById('r1'));
    expect(old.sent).toBe(`GET ${V3}/avatar/detail?id=r1`);
    expect(old.result).toEqual({ id: 'r1', avatarId: 'Mine1', name: 'Mine', origin: 'own', status: 'ready', usable: true, voiceId: null, url: 'https://example.com/a.mp4', thumbnailUrl: null, gender: 'Female' });
  });

  it('are listed, with what says whether they can be used', async () => {
    const { sent, result } = await wire({ count: 2, result: [{ avatar_id: 'a', available: false, from: 2, status: 3 }, { avatar_id: 'b', available: true }] }, (akool) => akool.avatars.list({ size: 100, platform: 'open' }));
    expect(sent).toBe(`GET ${V4}/liveAvatar/avatar/list?size=100&platform=open`);
    expect(result.items.map(({ avatarId, usable, origin }) => [avatarId, usable, origin])).toEqual([['a', false, 'official'], ['b', true, 'unknown']]);
    await expect(wire({}, (akool) => akool.avatars.list({ size: 101 }))).rejects.toMatchObject({ reason: 'invalid-options' });
  });
});

describe('the rest', () => {
  it('lists voices and languages', async () => {
    const voices = await wire({ result: [{ voice_id: 'v', support_stream: true, style: ['Calm'] }], count: 1, page: 1, size: 10 }, (akool) => akool.voices.list({ type: 'akool', page: 1, size: 10, gender: 'Female', streams: true }));
    expect(voices.sent).toBe(`GET ${V4}/voice/list?page=1&size=10&gender=Female&type=2&support_stream=1`);
    expect(voices.result.items).toMatchObject([{ voiceId: 'v', streams: true, styles: ['Calm'], ages: [] }]);
    const languages = await wire({ lang_list: [{ lang_code: 'en', lang_name: 'English', url: 'https://example.com/en.png' }] }, (akool) => akool.voices.languages());
    expect([languages.sent, languages.result]).toEqual([`GET ${V3}/language/list`, [{ code: 'en', name: 'English', url: 'https://example.com/en.png' }]]);
  });

  it.each([
    ['as documented', [{ _id: 'k' }]],
    ['as the demo reads it', { knowledge_list: [{ _id: 'k' }] }],
  ])('lists knowledge %s', async (_name, data) => {
    const { sent, result } = await wire(data, (akool) => akool.knowledge.list({ page: 1, size: 10, name: 'n', from: 2 }));
    expect(sent).toBe(`GET ${V4}/knowledge/list?page=1&size=10&name=n&from=2`);
    expect(result.items).toEqual([{ id: 'k', name: null, prologue: null, prompt: null, documents: [], urls: [] }]);
  });

  it('creates, reads, changes and deletes knowledge', async () => {
    const entry = { _id: 'k', name: 'n', docs: [{ name: 'a.pdf', url: 'https://example.com/a.pdf', size: '12' }], urls: null };
    const input = { name: 'n', documents: [{ name: 'a.pdf', url: 'https://example.com/a.pdf', sizeBytes: 12 }] };
    const docs = [{ name: 'a.pdf', url: 'https://example.com/a.pdf', size: 12 }];
    const created = await wire(entry, (akool) => akool.knowledge.create(input));
    expect([created.sent, created.body, created.result.documents]).toEqual([`POST ${V4}/knowledge/create`, { name: 'n', docs }, input.documents]);
    expect((await wire(entry, (akool) => akool.knowledge.detail('k'))).sent).toBe(`GET ${V4}/knowledge/detail?id=k`);
    const updated = await wire(undefined, (akool) => akool.knowledge.update('k', { prompt: 'p' }));
    expect([updated.sent, updated.body]).toEqual([`POST ${V4}/knowledge/update`, { id: 'k', prompt: 'p' }]);
    const deleted = await wire(undefined, (akool) => akool.knowledge.delete('k'));
    expect([deleted.sent, deleted.body]).toEqual([`DELETE ${V4}/knowledge/delete`, { id: 'k' }]);
  });

  it.each([
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ prologue: 'x'.repeat(2_001) }, 'prologue'],
    [{ prompt: 'x'.repeat(10_001) }, 'prompt'],
    [{ documents: [{ name: 'a.exe', url: 'https://example.com/a', sizeBytes: 1 }] }, 'documents.0.name'],
    [{ documents: [{ name: 'a.pdf', url: 'https://example.com/a', sizeBytes: 104_857_601 }] }, 'documents.0.sizeBytes'],
    [{ documents: Array.from({ length: 6 }, () => ({ name: 'a.pdf', url: 'https://example.com/a', sizeBytes: 104_857_600 })) }, 'documents'],
  ])('refuses knowledge that is too large: case %#', async (input, field) => {
    await expect(wire({}, (akool) => akool.knowledge.create(input))).rejects.toMatchObject({ reason: 'invalid-options', context: { field } });
  });

  it('creates version 3 sessions and finds the name of the other side', async () => {
    const urls = { client_pull_stream_url: '', client_chat_room_url: 'wss://chat/x/client_8898.chat', server_chat_room_url: 'wss://chat/x/server_8898.chat', agora_app_id: 'a', agora_channel: 'c', agora_token: 't' };
    const { sent, body, result } = await wire({ _id: 's', uid: 9, task_id: 't1', stream_urls: urls }, (akool) => akool.chatRooms.create({ avatarId: 'Kai_1080P_back', streamType: 'agora' }));
    expect([sent, body]).toEqual([`POST ${V3}/liveAvatar/session/create`, { avatar_id: 'Kai_1080P_back', stream_type: 'agora' }]);
    expect(result).toEqual({
      id: 's', taskId: 't1', streamName: null, pullStreamUrl: null, clientUrl: 'wss://chat/x/client_8898.chat', peer: 'server_8898',
      credentials: { type: 'agora', appId: 'a', channel: 'c', token: 't', uid: 9 },
    });
    for (const odd of ['', 'server_1.chat', 'wss://chat/']) expect(() => parseChatRoomPeer(odd)).toThrow(expect.objectContaining({ reason: 'message-invalid' }));
  });
});
