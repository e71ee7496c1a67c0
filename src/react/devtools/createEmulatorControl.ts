/** What the emulator can be told to do, and what it has been told. */
export interface EmulatorFaults {
  /** Name and what it does. */
  readonly available: readonly { readonly name: string; readonly description: string }[];
  /** Names of those that wait for their moment. */
  readonly armed: readonly string[];
}

/** The control side of an emulator. */
export interface EmulatorControl {
  /** @returns null when nothing answers there */
  read(signal: AbortSignal): Promise<EmulatorFaults | null>;
  /** @returns false when the emulator did not take it */
  arm(fault: string, signal: AbortSignal): Promise<boolean>;
  clear(signal: AbortSignal): Promise<boolean>;
}

/** What slows something down does so for long enough to be seen. */
const DELAY_MS = 3_000;
/** Faults that last, so that there is time to look; `clear()` ends them. */
const LASTING = /^(freeze-video|no-healthy-node)$/;

/** @param url control address of the emulator, such as `http://127.0.0.1:7300` */
export function createEmulatorControl(url: string): EmulatorControl {
  const faultsUrl = `${url.replace(/\/+$/, '')}/_emulator/faults`;
  const send = async (init: RequestInit): Promise<boolean> => {
    const answer = await fetch(faultsUrl, init).catch(() => null); // not running, or the panel is gone: both are "did not take it"
    return answer?.ok === true;
  };
  return {
    async read(signal) {
      const answer = await fetch(faultsUrl, { signal }).catch(() => null); // as above
      const body: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
      return readFaults(body);
    },
    arm(fault, signal) {
      const request = { fault, ...(fault.startsWith('slow-') ? { delayMs: DELAY_MS } : {}), ...(LASTING.test(fault) ? { forever: true } : {}) };
      return send({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request), signal });
    },
    clear: (signal) => send({ method: 'DELETE', signal }),
  };
}

function readFaults(body: unknown): EmulatorFaults | null {
  if (typeof body !== 'object' || body === null || !('available' in body) || typeof body.available !== 'object' || body.available === null) return null;
  const armed: readonly unknown[] = 'armed' in body && Array.isArray(body.armed) ? body.armed : [];
  return {
    available: Object.entries(body.available).map(([name, description]: [string, unknown]) => ({ name, description: String(description) })),
    armed: armed.flatMap((fault) => (typeof fault === 'object' && fault !== null && 'fault' in fault ? [String(fault.fault)] : [])),
  };
}
