import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AvatarServerOptions } from 'visavis/server';
import type { ServerMeasure } from './SoakReport.js';

export interface SiteProcess {
  readonly url: string;
  measure(): Promise<ServerMeasure>;
  /** Lets the server keep something for good. */
  leak(): void;
  stop(): Promise<void>;
}

/** Serves the built page, the session route and the relay in a process of their own. Options that JSON cannot carry are left out. */
export async function startSiteProcess(folder: string, options: Partial<AvatarServerOptions>): Promise<SiteProcess> {
  const child = fork('test/soak/siteProcess.mjs', [folder, JSON.stringify(options)], { execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with ${String(code)}.`)));
  ended.catch(() => undefined); // it may, once it is stopped
  const next = async <Message>(): Promise<Message> => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message as Message; // from siteProcess.mjs, whose types are checked
  };
  return {
    url: await next<string>(),
    async measure() {
      const answer = next<ServerMeasure>();
      child.send('measure');
      return answer;
    },
    leak: () => void child.send('leak'),
    async stop() {
      // It also ends by itself when the test is told to.
      if (!child.connected) return;
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
