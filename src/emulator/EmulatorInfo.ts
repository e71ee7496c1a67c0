import { AKOOL_DISCOVERY_PATH } from '../services/akool-streaming/messages.js';
import { DVE_PATH } from './dve/createDve.js';

export const CHANNEL_PATH = '/channel';
export const AKOOL_API_PATH = '/akool';

/** Where a running emulator is. */
export interface EmulatorInfo {
  /** Base of the control routes. */
  readonly url: string;
  /** Akool streaming's service discovery. */
  readonly discoveryUrl: string;
  /** Base of Akool's REST API for hosted avatars; takes `x-api-key`, or a token of an id and the key. */
  readonly akoolApiUrl: string;
  /** The DVE voice socket. Its assistants are `echo`, which repeats what it heard, and `host`, which answers. */
  readonly dveUrl: string;
  /** Signalling socket of the rooms. */
  readonly channelUrl: string;
  readonly apiKey: string;
}

/** Tells where an emulator is that listens on `host` and `port`. */
export function describeEmulator(host: string, port: number, apiKey: string): EmulatorInfo {
  const name = reachableHost(host);
  const authority = `${name.includes(':') ? `[${name}]` : name}:${port}`;
  return {
    url: `http://${authority}`,
    discoveryUrl: `http://${authority}${AKOOL_DISCOVERY_PATH}`,
    akoolApiUrl: `http://${authority}${AKOOL_API_PATH}`,
    dveUrl: `ws://${authority}${DVE_PATH}`,
    channelUrl: `ws://${authority}${CHANNEL_PATH}`,
    apiKey,
  };
}

/** "Every address" is nothing that a client could connect to. */
export function reachableHost(host: string): string {
  return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
