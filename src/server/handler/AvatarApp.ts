import type { Context, Hono } from 'hono';
import type { ServerConfig } from '../resolveServerOptions.js';
import type { Granter } from './createGranter.js';

/** What is known of a request, for the log line of its refusal. */
export interface RequestVariables {
  sessionId?: string;
}

export type AvatarApp = Hono<{ Variables: RequestVariables }>;
export type AvatarContext = Context<{ Variables: RequestVariables }>;

/** What every route works with. */
export interface RouteContext {
  readonly config: ServerConfig;
  readonly granter: Granter;
}
