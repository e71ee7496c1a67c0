import type { z } from 'zod';
import type { AvatarErrorReason } from '../../errors/AvatarError.js';
import { avatarQuery, knowledgeQuery, languageQuery, voiceQuery } from '../handler/catalogue/catalogueQueries.js';
import type { Route } from '../handler/routeTable.js';
import type { AnswerName, RequestName } from './createComponentSchemas.js';

/** What the document says of a route. */
export interface OperationFacts {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  /** `visitor`: whoever `authorize` knows. */
  readonly who: 'visitor' | 'operator' | 'anyone';
  readonly body?: RequestName;
  readonly query?: z.ZodObject<Readonly<Record<string, z.ZodType>>>;
  readonly success: { readonly status: 200 | 201 | 204; readonly answer?: AnswerName; readonly text?: true };
  /** Answered with an ETag, and with 304 to whoever has it. */
  readonly isCached?: true;
  readonly reasons: readonly AvatarErrorReason[];
}

const VISITOR: readonly AvatarErrorReason[] = ['not-authorized', 'rate-limited'];
const PASS: readonly AvatarErrorReason[] = ['ticket-refused', 'session-ended'];
const HOSTED: readonly AvatarErrorReason[] = ['not-found', 'key-rejected', 'quota-exceeded', 'avatar-refused', 'avatar-error', 'message-invalid', 'avatar-busy', 'avatar-unreachable', 'avatar-timeout'];
const GRANT: readonly AvatarErrorReason[] = [...VISITOR, ...HOSTED, 'discovery-failed', 'no-avatar-available', 'reconnect-too-soon', 'server-draining'];
const CATALOGUE: readonly AvatarErrorReason[] = [...VISITOR, ...HOSTED];

/** Every route; the compiler sees that none is left out. */
export const OPERATIONS: Readonly<Record<Route, OperationFacts>> = {
  '/session': {
    id: 'createSession',
    summary: 'Have a session',
    description: 'Grants short-lived credentials for one session. An empty body asks for what the server has set up.',
    who: 'visitor',
    body: 'SessionRequest',
    success: { status: 201, answer: 'Grant' },
    reasons: GRANT,
  },
  '/session/renew': {
    id: 'renewSession',
    summary: 'Renew the credentials of a session',
    who: 'visitor',
    body: 'RenewRequest',
    success: { status: 200, answer: 'Grant' },
    reasons: [...GRANT, ...PASS, 'channel-token-expired'],
  },
  '/session/keep': {
    id: 'keepSession',
    summary: 'Say that the page of a hosted session is still there',
    who: 'visitor',
    body: 'KeepRequest',
    success: { status: 200, answer: 'LeaseState' },
    reasons: [...VISITOR, ...PASS, 'server-draining'],
  },
  '/session/end': {
    id: 'endSession',
    summary: 'End a session',
    description: 'Idempotent. Its pass is proof enough, so that a page can send it with sendBeacon when it leaves.',
    who: 'anyone',
    body: 'EndRequest',
    success: { status: 204 },
    reasons: ['ticket-refused'],
  },
  '/sessions': {
    id: 'listSessions',
    summary: "The visitor's own sessions that are going on, the oldest first",
    who: 'visitor',
    success: { status: 200, answer: 'SessionList' },
    reasons: VISITOR,
  },
  '/sessions/end': {
    id: 'endOwnSession',
    summary: "End one of the visitor's own sessions by its name, such as one in another tab",
    description: 'Idempotent, and the same for a name that no session has.',
    who: 'visitor',
    body: 'EndOwnRequest',
    success: { status: 204 },
    reasons: VISITOR,
  },
  '/catalogue/avatars': {
    id: 'listAvatars',
    summary: 'Avatars that the visitor may use',
    who: 'visitor',
    query: avatarQuery,
    success: { status: 200, answer: 'AvatarPage' },
    isCached: true,
    reasons: CATALOGUE,
  },
  '/catalogue/voices': {
    id: 'listVoices',
    summary: 'Voices',
    who: 'visitor',
    query: voiceQuery,
    success: { status: 200, answer: 'VoicePage' },
    isCached: true,
    reasons: CATALOGUE,
  },
  '/catalogue/languages': {
    id: 'listLanguages',
    summary: 'Languages that an avatar can speak',
    who: 'visitor',
    query: languageQuery,
    success: { status: 200, answer: 'LanguageList' },
    isCached: true,
    reasons: CATALOGUE,
  },
  '/catalogue/knowledge': {
    id: 'listKnowledge',
    summary: 'Names of the knowledge bases, where the server lists them',
    who: 'visitor',
    query: knowledgeQuery,
    success: { status: 200, answer: 'KnowledgePage' },
    isCached: true,
    reasons: CATALOGUE,
  },
  '/health': { id: 'checkHealth', summary: 'Whether the process is alive', who: 'anyone', success: { status: 200, answer: 'Health' }, reasons: [] },
  '/ready': { id: 'checkReadiness', summary: 'Whether sessions can be had here now', who: 'anyone', success: { status: 200, answer: 'Health' }, reasons: ['not-ready'] },
  '/metrics': {
    id: 'readMetrics',
    summary: 'Figures for the operator, where the server shows them',
    who: 'operator',
    success: { status: 200, text: true },
    reasons: ['not-authorized'],
  },
  '/openapi.json': { id: 'readOpenApi', summary: 'This document', who: 'anyone', success: { status: 200 }, isCached: true, reasons: [] },
};
