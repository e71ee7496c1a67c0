import { createHostPolicy, type HostPolicy } from '../akool/createHostPolicy.js';
import type { AkoolCredentials } from '../akool-live/AkoolClientOptions.js';
import { createAkoolClient, DEFAULT_BASE_URL, type AkoolClient } from '../akool-live/createAkoolClient.js';
import { sessionInput } from '../akool-live/sessionInput.js';
import type { ChannelOptions } from '../AvatarServerOptions.js';
import { checkRange, checkUrl, misconfigured } from '../optionChecks.js';
import type { ServerClock } from '../serverClock.js';
import type { AkoolLiveServerOptions } from './AkoolLiveServerOptions.js';
import type { HostedService } from './hostedWish.js';
import { readShape } from '../../shapes/readShape.js';

/** What it takes to hold sessions at the vendor. */
export interface HostedConfig {
  readonly akool: AkoolClient;
  /** Never to be seen by a browser. */
  readonly secrets: readonly string[];
  readonly services: readonly HostedService[];
  readonly defaultAvatarId: string | null;
  /** The room of ours that avatars come to; null for rooms that the vendor makes. */
  readonly ownRoom: ChannelOptions | null;
  /** How a browser reaches the vendor's rooms, where that is no matter of Agora's network: an emulator's. */
  readonly loopbackUrl: string | null;
  readonly session: NonNullable<AkoolLiveServerOptions['session']>;
  readonly prompt: NonNullable<AkoolLiveServerOptions['prompt']>;
  /** How long one session lasts at most. */
  readonly durationMs: number;
  readonly keepIntervalMs: number;
  readonly leaseMs: number;
  readonly timeoutMs: number;
  /** Where chat rooms may be. */
  readonly hostPolicy: HostPolicy;
  /** Whether a chat room may be on `ws:`, as an emulator's is. */
  readonly allowsPlainSockets: boolean;
}

const DEFAULT_DURATION_S = 600;
const LEASE_INTERVALS = 3;
const MIN_LEASE_INTERVALS = 2;

/** @throws `server-misconfigured`, saying which option and what it should be. */
export function resolveHosted(options: AkoolLiveServerOptions, channel: ChannelOptions | null, clock: ServerClock): HostedConfig {
  const { session = {}, room = channel === null ? 'vendor' : 'own', api, prompt = { from: 'text', content: '' } } = options;
  if (room !== 'own' && room !== 'vendor') throw misconfigured("akoolLive.room must be 'own' or 'vendor'.");
  if (room === 'own' && channel === null) throw misconfigured("akoolLive.room is 'own', which needs the option channel.");
  if (api !== undefined && api !== 'v4' && api !== 'v3') throw misconfigured("akoolLive.api must be 'v4' or 'v3'; left out, both may be asked for.");
  if (prompt.from !== 'text' && prompt.from !== 'url') throw misconfigured("akoolLive.prompt.from must be 'text' or 'url'.");
  const baseUrl = checkUrl('akoolLive.baseUrl', options.baseUrl ?? DEFAULT_BASE_URL, ['http:', 'https:']);
  const timeoutMs = checkRange('akoolLive.timeoutMs', options.timeoutMs ?? 15_000, 1, 120_000);
  const keepIntervalMs = checkRange('akoolLive.keepIntervalMs', options.keepIntervalMs ?? 30_000, 1_000, 600_000);
  const credentials: AkoolCredentials = 'apiKey' in options ? { apiKey: options.apiKey } : { clientId: options.clientId, clientSecret: options.clientSecret };
  return {
    akool: createAkoolClient({ ...credentials, baseUrl, clock, timeoutMs }),
    secrets: ['apiKey' in credentials ? credentials.apiKey : credentials.clientSecret],
    services: api === undefined ? ['akool-live', 'akool-chat-room'] : api === 'v4' ? ['akool-live'] : ['akool-chat-room'],
    defaultAvatarId: options.defaultAvatarId ?? null,
    ownRoom: room === 'own' ? channel : null,
    loopbackUrl: channel?.kind === 'loopback' ? channel.url : null,
    session: checkSession(session),
    prompt,
    durationMs: (session.durationSeconds ?? DEFAULT_DURATION_S) * 1_000,
    keepIntervalMs,
    leaseMs: checkRange('akoolLive.leaseMs', options.leaseMs ?? keepIntervalMs * LEASE_INTERVALS, keepIntervalMs * MIN_LEASE_INTERVALS, 3_600_000),
    timeoutMs,
    hostPolicy: createHostPolicy(baseUrl, options.allowedHosts),
    allowsPlainSockets: new URL(baseUrl).protocol === 'http:',
  };
}

/** At the start rather than at the first session. Only `session` itself is looked at, so any avatar will do. */
function checkSession(session: NonNullable<AkoolLiveServerOptions['session']>): NonNullable<AkoolLiveServerOptions['session']> {
  const parsed = readShape(sessionInput, { ...session, avatarId: 'any' });
  if (!parsed.success) throw misconfigured(`akoolLive.session${parsed.error.issues[0]?.path.map((part) => `.${String(part)}`).join('') ?? ''} is not valid: ${parsed.error.issues[0]?.message ?? ''}.`);
  if ('avatarId' in session || 'stream' in session) throw misconfigured('akoolLive.session must hold no avatarId and no stream. See defaultAvatarId and room.');
  return session;
}
