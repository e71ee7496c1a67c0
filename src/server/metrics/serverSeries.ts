import type { ServerCounters, ServerDurations, ServerGauge } from './ServerMetrics.js';

/** How one figure is shown: its name without prefix, what it says, and its labels. */
export interface Series<Label extends string = string> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
}

/** Durations also say between which borders they are counted, in seconds. */
export interface DurationSeries<Label extends string = string> extends Series<Label> {
  readonly bucketsSeconds: readonly number[];
}

type LabelsOf<Labels> = Extract<keyof Labels, string>;

export const COUNTERS: { readonly [Name in keyof ServerCounters]: Series<LabelsOf<ServerCounters[Name]>> } = {
  requests: { name: 'requests_total', help: 'Answers of the handler.', labels: ['route', 'status'] },
  sessionsGranted: { name: 'sessions_granted_total', help: 'Sessions that were granted.', labels: ['service'] },
  sessionsEnded: { name: 'sessions_ended_total', help: 'Sessions that their page ended.', labels: [] },
  limited: { name: 'limited_total', help: 'What was refused by a limit.', labels: ['limit'] },
  relayOpened: { name: 'relay_opened_total', help: 'Relay connections that were admitted.', labels: ['target'] },
  relayClosed: { name: 'relay_closed_total', help: 'Relay connections that ended, by the code that the page was told.', labels: ['target', 'code'] },
  relayMessages: { name: 'relay_messages_total', help: 'Messages that were forwarded; up is towards the vendor.', labels: ['target', 'direction'] },
  relayBytes: { name: 'relay_bytes_total', help: 'Bytes that were forwarded; up is towards the vendor.', labels: ['target', 'direction'] },
  relayAudioDropped: { name: 'relay_audio_dropped_total', help: 'Audio messages that were dropped because the vendor did not take them.', labels: ['target'] },
  relayRefused: { name: 'relay_refused_total', help: 'Upgrades that were refused, by close code or HTTP status.', labels: ['code'] },
  nodeAttempts: { name: 'node_attempts_total', help: 'Attempts to reach avatar nodes.', labels: ['outcome'] },
  hostedReaped: { name: 'hosted_reaped_total', help: 'Sessions at a vendor that were closed because nobody kept them.', labels: [] },
  hostedClosed: { name: 'hosted_closed_total', help: 'Attempts to close a session at a vendor.', labels: ['outcome'] },
  ledgerFailures: { name: 'ledger_failures_total', help: 'Calls that the ledger did not answer.', labels: [] },
};

/** From a lookup in memory to a vendor that takes its whole time. */
const CALL_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From a page that was reloaded at once to the longest session. */
const CONNECTION_BUCKETS = [1, 5, 15, 60, 180, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400];

export const DURATIONS: { readonly [Name in keyof ServerDurations]: DurationSeries<LabelsOf<ServerDurations[Name]>> } = {
  request: { name: 'request_duration_seconds', help: 'Time to an answer of the handler.', labels: ['route'], bucketsSeconds: CALL_BUCKETS },
  discovery: { name: 'discovery_duration_seconds', help: 'Time until the vendor had said which nodes there are.', labels: ['outcome'], bucketsSeconds: CALL_BUCKETS },
  upstreamConnect: { name: 'upstream_connect_duration_seconds', help: "From the ticket until the vendor's socket was open.", labels: ['target'], bucketsSeconds: CALL_BUCKETS },
  relayConnection: { name: 'relay_connection_duration_seconds', help: 'How long relay connections lasted.', labels: ['target'], bucketsSeconds: CONNECTION_BUCKETS },
};

export const GAUGES: { readonly [Name in ServerGauge]: Series<never> } = {
  relayConnections: { name: 'relay_connections', help: 'Relay connections of this instance that are open now.', labels: [] },
  hostedOpen: { name: 'hosted_open', help: 'Sessions at a vendor that this instance opened and has not seen closed.', labels: [] },
};
