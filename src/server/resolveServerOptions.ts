import { createHostPolicy, type HostPolicy } from './akool/createHostPolicy.js';
import { createPortPolicy, type PortPolicy } from './akool/createPortPolicy.js';
import type { AkoolOptions, AvatarServerOptions, ChannelOptions, DveServerOptions, ServerLimits, ServerLogEntry } from './AvatarServerOptions.js';
import { resolveCatalogue, type CatalogueConfig } from './handler/catalogue/CatalogueOptions.js';
import { resolveHosted, type HostedConfig } from './hosted/resolveHosted.js';
import { createMemoryLedger } from './ledger/createMemoryLedger.js';
import type { ServerLedger } from './ledger/ledger.js';
import { noMetrics, type ReadableMetrics, type ServerMetrics } from './metrics/ServerMetrics.js';
import { checkRange, checkUrl, misconfigured } from './optionChecks.js';
import { systemServerClock, type ServerClock } from './serverClock.js';
import type { ServerSecrets } from './tickets/createPassSealer.js';

/** {@link AvatarServerOptions} with every default filled in and every value checked. */
export interface ServerConfig {
  readonly secrets: ServerSecrets;
  readonly authorize: AvatarServerOptions['authorize'];
  readonly allowedOrigins: ReadonlySet<string>;
  /** Null on a server that grants no avatars of nodes. */
  readonly avatar: AvatarConfig | null;
  /** Null on a server that holds no sessions at the vendor. */
  readonly hosted: HostedConfig | null;
  readonly catalogue: CatalogueConfig;
  /** Null on a server that grants avatars only. */
  readonly dve: DveConfig | null;
  readonly relayUrl: string | null;
  readonly ledger: ServerLedger;
  readonly ticketTtlMs: number;
  readonly channelTokenTtlMs: number;
  readonly sessionTtlMs: number;
  readonly renewalTtlMs: number;
  readonly maxSessionMs: number;
  readonly limits: Required<ServerLimits>;
  readonly relayDrainTimeoutMs: number;
  readonly relayAdmissionTimeoutMs: number;
  readonly metrics: ServerMetrics;
  /** What an operator may read, and with which token; null for nobody. */
  readonly operator: { readonly token: string; readonly metrics: ReadableMetrics } | null;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly clock: ServerClock;
  readonly log: (entry: ServerLogEntry) => void;
}

/** What it takes to grant an avatar of a node. */
export interface AvatarConfig {
  readonly akool: Required<Omit<AkoolOptions, 'allowedHosts' | 'refusedPorts' | 'defaultAvatarId'>> & { readonly defaultAvatarId: string | null };
  readonly hostPolicy: HostPolicy;
  readonly portPolicy: PortPolicy;
  readonly channel: ChannelOptions;
}

/** The configuration of a server that grants avatars. */
export type AvatarServerConfig = ServerConfig & AvatarConfig;

/** What it takes to grant a DVE voice. */
export interface DveConfig {
  readonly apiKey: string;
  readonly url: string;
  readonly defaultAssistantId: string | null;
  readonly allowedAssistants: ReadonlySet<string> | null;
  readonly connectTimeoutMs: number;
}

/** As in the vendor's Python package 0.1.6 and later; the misspelt host is real. */
const DEFAULT_DISCOVERY_URL = 'http://sa-websocekt.akool.io:8051';
const DEFAULT_DVE_URL = 'wss://assistant-audio-prod.dvcbot.net/ws';
const MIN_SECRET_BYTES = 32;
const MIN_OPERATOR_TOKEN_CHARS = 16;
/** A longer one would be read of no header: see `isOperator`. */
const MAX_OPERATOR_TOKEN_CHARS = 1_024;

/** @throws `server-misconfigured`, saying which option and what it should be. */
export function resolveServerOptions(options: AvatarServerOptions): ServerConfig {
  if (typeof options.authorize !== 'function')
    throw misconfigured('authorize is missing. Give a function that looks at the request and answers who it is, or null to refuse.');

  const sessionTtlMs = checkRange('sessionTtlMs', options.sessionTtlMs ?? 3_600_000, 60_000, 86_400_000);
  const clock = options.clock ?? systemServerClock;
  return {
    secrets: resolveSecrets(options.secret),
    authorize: options.authorize,
    allowedOrigins: checkOrigins(options.allowedOrigins ?? []),
    avatar: options.akool === undefined && (options.dve !== undefined || options.akoolLive !== undefined) ? null : resolveAvatar(options),
    hosted: options.akoolLive === undefined ? null : resolveHosted(options.akoolLive, options.channel === undefined ? null : checkChannel(options.channel), clock),
    catalogue: resolveCatalogue(options.catalogue ?? {}),
    dve: options.dve === undefined ? null : resolveDve(options.dve),
    relayUrl: options.relayUrl === undefined ? null : checkUrl('relayUrl', options.relayUrl, ['ws:', 'wss:']),
    ledger: options.ledger ?? createMemoryLedger({ clock }),
    ticketTtlMs: checkRange('ticketTtlMs', options.ticketTtlMs ?? 60_000, 1, 600_000),
    channelTokenTtlMs: checkRange('channelTokenTtlMs', options.channelTokenTtlMs ?? 900_000, 60_000, 86_400_000),
    sessionTtlMs,
    renewalTtlMs: checkRange('renewalTtlMs', options.renewalTtlMs ?? sessionTtlMs, 1, 86_400_000),
    maxSessionMs: checkRange('maxSessionMs', options.maxSessionMs ?? 14_400_000, 1, Number.MAX_SAFE_INTEGER),
    limits: resolveLimits(options.limits ?? {}),
    relayDrainTimeoutMs: checkRange('relayDrainTimeoutMs', options.relayDrainTimeoutMs ?? 5_000, 0, 600_000),
    relayAdmissionTimeoutMs: checkRange('relayAdmissionTimeoutMs', options.relayAdmissionTimeoutMs ?? 10_000, 1, 120_000),
    metrics: options.metrics ?? noMetrics,
    operator: resolveOperator(options),
    waitUntil: options.waitUntil ?? (() => {}),
    clock,
    log: options.log ?? (() => {}),
  };
}

function resolveAvatar({ akool, channel }: AvatarServerOptions): AvatarConfig {
  const discoveryUrl = checkUrl('akool.discoveryUrl', akool?.discoveryUrl ?? DEFAULT_DISCOVERY_URL, ['http:', 'https:']);
  return {
    akool: {
      apiKey: checkApiKey(akool?.apiKey),
      discoveryUrl,
      env: akool?.env ?? 'prod',
      defaultAvatarId: akool?.defaultAvatarId ?? null,
      discoveryTimeoutMs: checkRange('akool.discoveryTimeoutMs', akool?.discoveryTimeoutMs ?? 10_000, 1, 120_000),
      connectTimeoutMs: checkRange('akool.connectTimeoutMs', akool?.connectTimeoutMs ?? 10_000, 1, 120_000),
      probeTimeoutMs: checkRange('akool.probeTimeoutMs', akool?.probeTimeoutMs ?? 300, 0, 10_000),
      messageForms: checkMessageForms(akool?.messageForms ?? 'v2'),
    },
    hostPolicy: createHostPolicy(discoveryUrl, akool?.allowedHosts),
    portPolicy: createPortPolicy(akool?.refusedPorts),
    channel: checkChannel(channel),
  };
}

function resolveDve(dve: DveServerOptions): DveConfig {
  // A subprotocol is an HTTP token; anything else is an error of the socket that would quote the key.
  if (typeof dve.apiKey !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(dve.apiKey))
    throw misconfigured('dve.apiKey is missing or holds characters that a WebSocket subprotocol may not. Set it from the environment, for example DVE_API_KEY.');
  return {
    apiKey: dve.apiKey,
    url: checkUrl('dve.url', dve.url ?? DEFAULT_DVE_URL, ['ws:', 'wss:']),
    defaultAssistantId: dve.assistantId ?? null,
    allowedAssistants: dve.allowedAssistants === undefined ? null : new Set(dve.allowedAssistants),
    connectTimeoutMs: checkRange('dve.connectTimeoutMs', dve.connectTimeoutMs ?? 10_000, 1, 120_000),
  };
}

function resolveSecrets(given: AvatarServerOptions['secret']): ServerSecrets {
  const asBytes = (secret: string | Uint8Array | undefined): Uint8Array => {
    const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : new Uint8Array(secret ?? []);
    if (bytes.byteLength < MIN_SECRET_BYTES)
      throw misconfigured(`secret has ${bytes.byteLength} bytes and needs at least ${MIN_SECRET_BYTES}. Make one with: openssl rand -base64 32`);
    return bytes;
  };
  const [newest, ...older] = typeof given === 'string' || given instanceof Uint8Array ? [given] : (given ?? []);
  return [asBytes(newest), ...older.map(asBytes)];
}

function resolveOperator({ operatorToken, metrics }: AvatarServerOptions): ServerConfig['operator'] {
  if (operatorToken === undefined) return null;
  if (typeof operatorToken !== 'string' || !/^[\x21-\x7e]+$/.test(operatorToken) || operatorToken.length < MIN_OPERATOR_TOKEN_CHARS)
    throw misconfigured(`operatorToken must be at least ${MIN_OPERATOR_TOKEN_CHARS} characters without blanks. Make one with: openssl rand -hex 32`);
  if (operatorToken.length > MAX_OPERATOR_TOKEN_CHARS)
    throw misconfigured(`operatorToken has ${operatorToken.length} characters and may have ${MAX_OPERATOR_TOKEN_CHARS}. Make one with: openssl rand -hex 32`);
  if (metrics === undefined || !('read' in metrics)) throw misconfigured('operatorToken needs metrics that can be read. Set metrics: await createPrometheusMetrics().');
  return { token: operatorToken, metrics };
}

function resolveLimits(limits: ServerLimits): Required<ServerLimits> {
  const check = (name: keyof ServerLimits, fallback: number): number =>
    checkRange(`limits.${name}`, limits[name] ?? fallback, 1, Number.MAX_SAFE_INTEGER);
  return {
    maxMessageBytesUp: check('maxMessageBytesUp', 262_144),
    maxMessageBytesDown: check('maxMessageBytesDown', 1_048_576),
    maxMessagesPerSecond: check('maxMessagesPerSecond', 200),
    maxBufferedBytes: check('maxBufferedBytes', 1_048_576),
    maxConnections: check('maxConnections', 1_000),
    maxGrantsPerMinute: check('maxGrantsPerMinute', 60),
    maxIdleMs: check('maxIdleMs', 600_000),
    maxGrantsPerMinuteInTotal: check('maxGrantsPerMinuteInTotal', 6_000),
    maxSessionsPerSubject: check('maxSessionsPerSubject', 5),
    maxSessions: check('maxSessions', 10_000),
    maxKeepsPerMinute: check('maxKeepsPerMinute', 120),
    maxReadsPerMinute: check('maxReadsPerMinute', 300),
  };
}

function checkOrigins(origins: readonly string[]): ReadonlySet<string> {
  for (const origin of origins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || origin === 'null')
      throw misconfigured(`allowedOrigins holds ${JSON.stringify(origin)}, which is no exact origin. Write it like https://app.example.com, without a path.`);
  }
  return new Set(origins);
}

/** Printable ASCII only: the key becomes a header, where anything else is an error that would quote it. */
function checkApiKey(apiKey: string | undefined): string {
  if (typeof apiKey !== 'string' || !/^[\x21-\x7e]+$/.test(apiKey))
    throw misconfigured('akool.apiKey is missing or holds blanks. Set it from the environment, for example AKOOL_API_KEY.');
  return apiKey;
}

function checkMessageForms(forms: string): 'v2' | 'readme' {
  if (forms === 'v2' || forms === 'readme') return forms;
  throw misconfigured("akool.messageForms must be 'v2' or 'readme'.");
}

function checkChannel(channel: ChannelOptions | undefined): ChannelOptions {
  if (channel?.kind === 'loopback') return { ...channel, url: checkUrl('channel.url', channel.url, ['ws:', 'wss:']) };
  if (channel?.kind !== 'agora') throw misconfigured("channel.kind must be 'agora' or 'loopback'.");
  // agora-token answers an empty token for anything else.
  if (!/^[0-9a-f]{32}$/i.test(channel.appId)) throw misconfigured('channel.appId must be the 32 hex digits of your Agora project.');
  if (!/^[0-9a-f]{32}$/i.test(channel.certificate)) throw misconfigured('channel.certificate must be the 32 hex digits of your Agora primary certificate.');
  return channel;
}
