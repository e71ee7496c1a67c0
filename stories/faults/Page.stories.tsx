import type { Meta } from '@storybook/react-vite';
import { FaultScene } from './FaultScene.js';
import { faultStory } from './faultStory.js';
import { reconnects, unnoticed } from './outcomes.js';

/** The page itself, and the machine below it. */
const meta: Meta<typeof FaultScene> = { title: 'Faults/Page', component: FaultScene };
export default meta;

export const PageBlocked = faultStory({
  name: 'Main thread blocked for three seconds',
  happens: 'Speech passes by a Worker, which the page does not hold up. Where no Worker may run the audio thread keeps ten seconds, and all of it is sent when the page is back.',
  remedy: 'Nothing; nobody notices.',
  ...unnoticed,
});

export const PageFrozen = faultStory({
  name: 'Page hidden and frozen',
  happens: 'A browser that saves power stops the whole page. When the user comes back the session is live, or reconnects; what was not sent is counted.',
  remedy: 'Nothing.',
  ...reconnects('connection-lost', 1_800),
});

export const ClockWrong = faultStory({
  name: 'Clock of the page wrong by an hour',
  happens: 'What runs out is told by the server’s clock and by durations, never by the page’s date.',
  remedy: 'Nothing; nobody notices.',
  ...unnoticed,
});
