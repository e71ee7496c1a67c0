import { issueChannel } from '../channel/issueChannel.js';
import { memoise } from '../memoise.js';
import type { ServerConfig } from '../resolveServerOptions.js';
import { createPassSealer } from '../tickets/createPassSealer.js';

/** Tells whether this server can grant sessions now. */
export interface Readiness {
  check(): Promise<boolean>;
}

/** However many ask, the ledger is asked no more often. */
const FRESH_MS = 1_000;
const LEDGER_MS = 2_000;

export function createReadiness(config: ServerConfig, isOpen: () => boolean): Readiness {
  const { ledger, clock, log } = config;
  let latest: { readonly until: number; readonly verdict: Promise<boolean> } | null = null;
  let wasReady = true;

  /** What cannot change while the server runs: a pass can be sealed and opened, and a token be made for the room. */
  const optionsWork = memoise(async () => {
    try {
      const renewals = createPassSealer(config.secrets, 'renewal', clock);
      await renewals.open('none');
      const channel = config.avatar?.channel ?? config.hosted?.ownRoom;
      if (channel) await issueChannel({ channel, clock }, { name: 'ready', viewerUid: 1, avatarUid: 2 }, clock.epochMs() + config.channelTokenTtlMs);
      return true;
    } catch {
      log({ level: 'error', event: 'ready-fail', message: 'No credentials can be made with these options. Check the secret and the certificate of the channel.', context: {} });
      return false;
    }
  });

  async function ledgerWorks(): Promise<boolean> {
    let cancel = (): void => {};
    const tooLate = new Promise<false>((resolve) => (cancel = clock.schedule(() => resolve(false), LEDGER_MS)));
    const checked = ledger.check().then(
      () => true,
      () => false,
    );
    const works = await Promise.race([checked, tooLate]);
    cancel();
    return works;
  }

  async function look(): Promise<boolean> {
    const works = await ledgerWorks();
    // Told once, not at each question.
    if (!works && wasReady) log({ level: 'error', event: 'ledger-fail', message: 'The ledger cannot be relied upon. No sessions come here until it can.', context: {} });
    if (works && !wasReady) log({ level: 'info', event: 'ledger-recover', message: 'The ledger can be relied upon again.', context: {} });
    wasReady = works;
    return works && (await optionsWork());
  }

  return {
    async check() {
      if (!isOpen()) return false;
      const now = clock.now();
      if (latest === null || latest.until <= now) latest = { until: now + FRESH_MS, verdict: look() };
      return latest.verdict;
    },
  };
}
