import type { Meta } from '@storybook/react-vite';
import { FaultScene } from './FaultScene.js';
import { faultStory } from './faultStory.js';
import { fails, reconnects, unnoticed } from './outcomes.js';

/** The socket to the avatar’s node, and the way to it. */
const meta: Meta<typeof FaultScene> = { title: 'Faults/Wire', component: FaultScene };
export default meta;

export const SocketDropped = faultStory({
  name: 'Socket dropped',
  happens: 'The connection breaks without a word. The session goes on at another node with the same parameters; what the user said meanwhile is counted.',
  remedy: 'Nothing. Repeat what was said while it reconnected.',
  ...reconnects('connection-lost', 320),
  live: { vendor: 'akool-streaming', fault: { fault: 'drop-socket' } },
});

export const SocketHalfOpen = faultStory({
  name: 'Socket half open',
  happens: 'A router has forgotten the connection: it stays open and nothing comes. An unanswered ping shows it, and the session goes on at another node.',
  remedy: 'Nothing.',
  ...reconnects('avatar-timeout', 4_100),
  live: { vendor: 'akool-streaming', fault: { fault: 'half-open' } },
});

export const SocketClosed = faultStory({
  name: 'Socket closed with 4003, 4004 or 1011',
  happens: 'The node closes: the avatar is taken, was left a moment ago, or the node has an error of its own. Another one is tried, later each time.',
  remedy: 'Nothing.',
  ...reconnects('avatar-busy', 150),
  live: { vendor: 'akool-streaming', fault: { fault: 'close-socket', code: 4003 } },
});

export const KeyRefused = faultStory({
  name: 'Socket closed with 4001',
  happens: 'The vendor does not take the server’s key. No other attempt would help, so the session ends and the microphone is off.',
  remedy: 'Nothing, but to tell whoever runs the page. “Try again” works once the key is renewed.',
  ...fails('key-rejected'),
  live: { vendor: 'akool-streaming', fault: { fault: 'close-socket', code: 4001 } },
});

export const NodeLost = faultStory({
  name: 'Node lost for good',
  happens: 'The node refuses everyone from now on. The next attempt goes to another one.',
  remedy: 'Nothing.',
  ...reconnects('avatar-unreachable', 900),
  live: { vendor: 'akool-streaming', fault: { fault: 'drop-socket' } },
});

export const MessagesDisordered = faultStory({
  name: 'Messages slow, out of order, or twice',
  happens: 'Acknowledgements are told apart by the name of their command, so that neither order nor number matters.',
  remedy: 'Nothing; nobody notices.',
  ...unnoticed,
  live: { vendor: 'akool-streaming', fault: { fault: 'reorder-messages' } },
});

export const MessageDamaged = faultStory({
  name: 'Message damaged',
  happens: 'It is dropped, and told to the application as an “error” event. The session goes on.',
  remedy: 'Nothing; nobody notices.',
  ...unnoticed,
  live: { vendor: 'akool-streaming', fault: { fault: 'malformed-message' } },
});

export const MessageTooLarge = faultStory({
  name: 'Message of 8 MiB',
  happens: 'The relay does not pass it on and closes; the session goes on at another node.',
  remedy: 'Nothing.',
  ...reconnects('avatar-error', 200),
  live: { vendor: 'akool-streaming', fault: { fault: 'oversize-message' } },
});

export const DiscoveryDown = faultStory({
  name: 'Discovery down, wrong, lying, or without a healthy node',
  happens: 'While the session connects again nobody says where. It is asked again, with growing pauses; an address outside the allow-list is never opened.',
  remedy: 'Wait; or end, and try again in a minute.',
  ...reconnects('discovery-failed', 2_400),
  live: { vendor: 'akool-streaming', fault: { fault: 'discovery-down', times: 3 } },
});
