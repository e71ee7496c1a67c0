/** Every way in which the emulator can be told to fail, and what the client then sees. */
export const faultCatalog = {
  'drop-socket': 'At once: cuts live node sockets without a close frame, as when the network goes. delayMs waits first.',
  'close-socket': 'At once: closes live node sockets with `code` (default 1011).',
  'error-code': 'Sends an `error` message with `code` (default 5000): at once on live sockets, else with the next message of a client.',
  'malformed-message': 'Sends a text that is not JSON: at once on live sockets, else with the next message of a client.',
  'refuse-node': 'Refuses the socket: HTTP 503 on the upgrade, or accepts and closes with `code`. `unhealthy: true` also shows it in discovery.',
  'no-websocket-connected': 'Opens the socket but never says websocket_connected.',
  'slow-ack': 'Delays an ack by delayMs (default 2000).',
  'no-ack': 'Never sends the ack; the command itself is carried out.',
  'failed-ack': 'Answers a command with an ack of status "error" and does not carry it out.',
  'no-agora-connected': 'Acks set-params but never says agora_connected, and the avatar does not join.',
  'no-pong': 'Leaves a ping unanswered.',
  'discovery-down': 'Discovery answers HTTP 503, after delayMs when given.',
  'discovery-code': 'Discovery answers HTTP 200 with `code` (default 5000) in its body.',
  'no-healthy-node': 'Discovery shows every node as unhealthy.',
  'freeze-video': 'The picture stands still while this is armed; sound goes on.',
  'drop-channel': 'At once: cuts the browsers out of the rooms without a close frame.',
  'refuse-token': 'Rooms refuse the token of a browser that joins or renews.',
  'token-expire': 'At once: tells the browsers in the rooms that their token is about to expire.',
} as const;

export type FaultName = keyof typeof faultCatalog;
