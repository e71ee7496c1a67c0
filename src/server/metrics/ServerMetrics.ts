/** What happens, by its labels. Names and labels never hold what a visitor may choose: the number of series is bounded. */
export interface ServerCounters {
  /** Answers of the handler. */
  requests: { readonly route: string; readonly status: number };
  sessionsGranted: { readonly service: string };
  sessionsEnded: Record<string, never>;
  /** Refused by a limit: `grants`, `keeps`, `reads`, `subject-sessions`, `all-sessions`, `connections`. */
  limited: { readonly limit: string };
  relayOpened: { readonly target: string };
  relayClosed: { readonly target: string; readonly code: number };
  /** Messages that were forwarded. */
  relayMessages: { readonly target: string; readonly direction: 'up' | 'down' };
  relayBytes: { readonly target: string; readonly direction: 'up' | 'down' };
  /** Audio messages that were dropped because the vendor did not take them. */
  relayAudioDropped: { readonly target: string };
  /** Upgrades that were refused, by close code or HTTP status. */
  relayRefused: { readonly code: number };
  /** How attempts to reach avatar nodes went. */
  nodeAttempts: { readonly outcome: 'success' | 'failure' };
  /** Sessions at a vendor that were closed because nobody kept them. */
  hostedReaped: Record<string, never>;
  hostedClosed: { readonly outcome: 'closed' | 'failed' };
  ledgerFailures: Record<string, never>;
}

/** Durations, in milliseconds. */
export interface ServerDurations {
  request: { readonly route: string };
  discovery: { readonly outcome: 'success' | 'failure' };
  /** From the ticket until the vendor's socket was open. */
  upstreamConnect: { readonly target: string };
  relayConnection: { readonly target: string };
}

/** What is so at the moment. */
export type ServerGauge = 'relayConnections' | 'hostedOpen';

/** Takes the server's figures. Its methods must neither throw nor block. */
export interface ServerMetrics {
  count<Name extends keyof ServerCounters>(name: Name, labels: ServerCounters[Name], by?: number): void;
  observe<Name extends keyof ServerDurations>(name: Name, labels: ServerDurations[Name], durationMs: number): void;
  /** `read` is called when somebody looks. @returns stops reading. */
  gauge(name: ServerGauge, read: () => number): () => void;
}

/** Metrics that can be read as text. */
export interface ReadableMetrics extends ServerMetrics {
  /** In the format that `contentType` names. */
  read(): Promise<string>;
  readonly contentType: string;
}

/** Takes nothing down. */
export const noMetrics: ServerMetrics = { count: () => undefined, observe: () => undefined, gauge: () => () => undefined };
