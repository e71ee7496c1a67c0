import type { Meta } from '@storybook/react-vite';
import { FaultScene } from './FaultScene.js';
import { faultStory } from './faultStory.js';
import { fails, reconnects, unnoticed } from './outcomes.js';

/** Our own server, as its pages see it. */
const meta: Meta<typeof FaultScene> = { title: 'Faults/Server', component: FaultScene };
export default meta;

export const TicketTooOld = faultStory({
  name: 'Ticket too old when it is needed again',
  happens: 'The pass of the first connection has run out by the time there is a second one. Another is fetched.',
  remedy: 'Nothing.',
  ...reconnects('ticket-expired', 350),
});

export const RouteRefuses = faultStory({
  name: 'Session route refuses or does not answer',
  happens: 'There is no grant, so nothing is opened, and no microphone is left on.',
  remedy: 'Check the network and try again.',
  ...fails('grant-failed'),
});

export const ServerRestarted = faultStory({
  name: 'Server restarted, or an instance killed',
  happens: 'The instance tells its pages to go elsewhere, or is gone without a word. They go on at another instance.',
  remedy: 'Nothing.',
  ...reconnects('server-draining', 280),
});

export const LedgerGone = faultStory({
  name: 'Redis gone, slow, full, or without its memory',
  happens: 'Nobody can tell how many sessions there are, so none is added: who starts now is refused. Sessions that run go on.',
  remedy: 'Try again in a minute.',
  ...fails('server-misconfigured'),
});

export const DiskFull = faultStory({
  name: 'Disk of the server full',
  happens: 'Lines of the log are lost and counted; the first that can be written again says how many. No session notices.',
  remedy: 'Nothing; nobody notices.',
  ...unnoticed,
});

export const ServerFull = faultStory({
  name: 'Server full',
  happens: 'An instance takes so many connections and keeps so many bytes for each, and no more: its memory has a bound. Who comes past it is refused.',
  remedy: 'Wait a moment and try again.',
  ...fails('rate-limited'),
});
