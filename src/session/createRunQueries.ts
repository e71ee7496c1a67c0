import type { ChannelStats } from '../channel/channel.js';
import type { ConnectionInfo } from '../services/service.js';
import type { SessionRun } from './createSessionRun.js';

/** What a session tells of the connections that it has just now. */
export interface RunQueries {
  getConnectionInfo(): ConnectionInfo | null;
  getChannelStats(): Promise<ChannelStats | null>;
  getChannelClient(): unknown;
  resumeSound(): Promise<void>;
}

/** @param run read at each call. */
export function createRunQueries(run: () => SessionRun | null): RunQueries {
  return {
    async resumeSound() {
      await Promise.all([run()?.channel?.resumePlayback(), run()?.voice?.playback?.resume()]);
    },
    getConnectionInfo: () => run()?.avatar?.info() ?? run()?.voice?.connection?.info() ?? null,
    getChannelStats: async () => run()?.channel?.getStats() ?? null,
    getChannelClient: () => run()?.channel?.native ?? null,
  };
}
