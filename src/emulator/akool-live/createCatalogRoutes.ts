import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { AKOOL_API_CODE } from '../../services/akool-live/messages.js';
import { answer, pageOf, readBody, refuse } from './reply.js';

type Entry = Readonly<Record<string, unknown>>;

const VOICES: readonly Entry[] = [
  { _id: 'v1', uid: 1, voice_id: 'emulator-voice-1', name: 'Alma', gender: 'Female', language: 'English', locale: 'en-US', style: ['Calm'], age: ['Young'], scenario: ['Advertisement'], voice_model_name: 'Akool Multilingual 1', support_stream: true, type: 2 },
  { _id: 'v2', uid: 1, voice_id: 'emulator-voice-2', name: 'Bruno', gender: 'Male', language: 'German', locale: 'de-DE', style: ['Cheerful'], age: ['Middle-aged'], scenario: ['Podcast'], voice_model_name: 'Akool Multilingual 2', support_stream: false, type: 2 },
  { _id: 'v3', uid: 9, voice_id: 'emulator-voice-3', name: 'Mine', gender: 'Female', language: 'English', locale: 'en-GB', style: [], age: [], scenario: [], voice_model_name: 'Akool Multilingual 3', support_stream: true, type: 1 },
];

const LANGUAGES: readonly Entry[] = [
  { lang_code: 'en', lang_name: 'English', url: '' },
  { lang_code: 'de', lang_name: 'German', url: '' },
  { lang_code: 'zh', lang_name: 'Chinese', url: '' },
];

function avatarEntry(avatarId: string, change: Entry): Entry {
  return { _id: randomBytes(12).toString('hex'), uid: 101_400, type: 2, from: 2, status: 3, available: true, avatar_id: avatarId, name: avatarId, gender: 'Female', voice_id: 'emulator-voice-1', url: '', thumbnailUrl: '', ...change };
}

/** Avatars, voices and languages: what the account can choose from. An avatar that is created is usable at once. */
export function createCatalogRoutes(): Hono {
  const app = new Hono();
  let avatars: readonly Entry[] = [
    avatarEntry('dvp_Tristan_cloth2_1080P', { gender: 'Male' }),
    avatarEntry('dvp_Alinna_emotionsofficial_1080P', {}),
    avatarEntry('Kai_1080P_back', { available: false, status: 2 }),
  ];

  app.post('/api/open/v3/avatar/create', async (context) => {
    const { url, avatar_id: avatarId, name, url_from: urlFrom } = await readBody(context);
    const isFine = typeof avatarId === 'string' && /^[a-zA-Z0-9]+$/.test(avatarId) && typeof url === 'string' && (urlFrom === 1 || urlFrom === 2);
    if (!isFine) return refuse(context, AKOOL_API_CODE.badParameter, 'parameter error');
    if (avatars.some((entry) => entry['avatar_id'] === avatarId)) return refuse(context, 1222, 'resource exists');
    const entry = avatarEntry(avatarId, { from: 3, name, url });
    avatars = [...avatars, entry];
    return answer(context, { ...entry, status: 1, available: undefined });
  });
  const detail = (field: string) => (value: string | undefined) => avatars.find((entry) => value !== undefined && entry[field] === value);
  app.get('/api/open/v3/avatar/detail', (context) => {
    const entry = detail('_id')(context.req.query('id'));
    return entry ? answer(context, entry) : refuse(context, AKOOL_API_CODE.notFound, 'avatar does not exist');
  });
  app.get('/api/open/v4/liveAvatar/avatar/detail', (context) => {
    const entry = detail('avatar_id')(context.req.query('avatar_id'));
    return entry ? answer(context, entry) : refuse(context, AKOOL_API_CODE.notFound, 'avatar does not exist');
  });
  app.get('/api/open/v4/liveAvatar/avatar/list', (context) => answer(context, { count: avatars.length, result: pageOf(context, avatars, 100) }));

  app.get('/api/open/v4/voice/list', (context) => {
    const { type, support_stream: streams, gender, name, style, age, scenario } = context.req.query();
    if (type !== '1' && type !== '2') return refuse(context, AKOOL_API_CODE.badParameter, 'type is required');
    const has = (value: unknown, wanted: string | undefined) => wanted === undefined || value === wanted || (Array.isArray(value) && value.includes(wanted));
    const fitting = VOICES.filter(
      (voice) =>
        voice['type'] === Number(type) &&
        (streams === undefined || voice['support_stream'] === (streams === '1')) &&
        has(voice['gender'], gender) &&
        has(voice['name'], name) &&
        has(voice['style'], style) &&
        has(voice['age'], age) &&
        has(voice['scenario'], scenario),
    );
    return answer(context, { result: pageOf(context, fitting, 10), count: fitting.length, page: Number(context.req.query('page') ?? 1), size: Number(context.req.query('size') ?? 10) });
  });
  app.get('/api/open/v3/language/list', (context) => answer(context, { lang_list: LANGUAGES }));
  return app;
}
