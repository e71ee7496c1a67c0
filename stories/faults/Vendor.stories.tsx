import type { Meta } from '@storybook/react-vite';
import { sampleTranscript } from '../support/sampleTranscript.js';
import { FaultScene } from './FaultScene.js';
import { faultStory } from './faultStory.js';
import { fails, reconnects } from './outcomes.js';

/** The voice service and the hosted avatar. */
const meta: Meta<typeof FaultScene> = { title: 'Faults/Vendor', component: FaultScene };
export default meta;

export const VoiceDropped = faultStory({
  name: 'Voice service dropped',
  happens: 'The socket to the voice is opened again. The avatar stays where it is, with its picture.',
  remedy: 'Nothing. Ask again what was not answered.',
  ...reconnects('connection-lost', 260),
  live: { vendor: 'dve', fault: { fault: 'drop-socket', vendor: 'dve' } },
});

export const QuotaExceeded = faultStory({
  name: 'Voice service closed with 4008',
  happens: 'The account is used up. The session ends and says so.',
  remedy: 'Nothing, but to tell whoever runs the page.',
  ...fails('quota-exceeded'),
  live: { vendor: 'dve', fault: { fault: 'close-socket', vendor: 'dve', code: 4008 } },
});

export const VoiceFrameDamaged = faultStory({
  name: 'Voice frame damaged or too large',
  happens: 'A damaged frame is dropped and told as an “error” event. One that is too large the relay refuses, and the voice is connected to again.',
  remedy: 'Nothing.',
  ...reconnects('avatar-error', 120),
  live: { vendor: 'dve', fault: { fault: 'oversize-message', vendor: 'dve' } },
});

export const ConversationInterrupted = faultStory({
  name: 'Connection lost in a conversation',
  happens: 'The conversation goes on at another node. What was said stays written, and what follows is written below it.',
  remedy: 'Nothing.',
  state: { transcript: sampleTranscript() },
  ...reconnects('connection-lost', 410),
  live: { vendor: 'dve', fault: { fault: 'drop-socket' } },
});

export const AvatarLeaves = faultStory({
  name: 'Hosted avatar leaves its room',
  happens: 'Its session has failed at the vendor. Another is asked for; nothing stays open that has to be paid for.',
  remedy: 'Nothing; or try again, where the vendor has no other.',
  ...reconnects('avatar-error'),
  live: { vendor: 'akool-live', fault: { fault: 'avatar-leaves' } },
});

export const SessionExpired = faultStory({
  name: 'Hosted session ended by the vendor',
  happens: 'Its time was over, or somebody has ended it in the vendor’s console. Another one is opened.',
  remedy: 'Nothing.',
  ...reconnects('session-ended'),
  live: { vendor: 'akool-live', fault: { fault: 'session-expires' } },
});

export const VendorUnavailable = faultStory({
  name: 'Vendor’s API down, slow, or with another token',
  happens: 'The server asks again and fetches another token. Where the vendor stays away the session fails and says so.',
  remedy: 'Try again in a moment.',
  ...fails('avatar-unreachable'),
  live: { vendor: 'akool-live', fault: { fault: 'api-down' } },
});
