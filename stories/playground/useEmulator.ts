import { useEffect, useState } from 'react';
import type { EmulatedVendor } from '../../src/emulator/faults/createFaults.js';

/** What the emulator tells of one session. */
export interface EmulatedSession {
  readonly id: string;
  readonly vendor: EmulatedVendor;
  /** Null for a voice and a hosted avatar, which have no node. */
  readonly node: number | null;
  readonly state: string;
  readonly receivedMs: number;
  readonly chunks: number;
  readonly interrupts: number;
  readonly speaking: boolean;
}

export interface EmulatorView {
  readonly reach: 'unknown' | 'up' | 'down';
  /** Newest last. */
  readonly sessions: readonly EmulatedSession[];
}

const POLL_MS = 1_000;

/** Asks the emulator once a second what its nodes have received. */
export function useEmulator(emulatorUrl: string): EmulatorView {
  const [view, setView] = useState<EmulatorView>({ reach: 'unknown', sessions: [] });
  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function poll(): Promise<void> {
      const next = await fetchSessions(emulatorUrl, controller.signal);
      if (controller.signal.aborted) return;
      setView(next === null ? { reach: 'down', sessions: [] } : { reach: 'up', sessions: next });
      timer = setTimeout(() => void poll(), POLL_MS);
    }
    void poll();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [emulatorUrl]);
  return view;
}

async function fetchSessions(emulatorUrl: string, signal: AbortSignal): Promise<readonly EmulatedSession[] | null> {
  try {
    const response = await fetch(`${emulatorUrl}/_emulator/sessions`, { signal });
    // Boundary: our own emulator's answer, shown and nothing more.
    return response.ok ? ((await response.json()) as readonly EmulatedSession[]) : null;
  } catch {
    // Not running, or the story is gone: both are "no answer".
    return null;
  }
}
