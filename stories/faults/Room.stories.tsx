import type { Meta } from '@storybook/react-vite';
import { defaultLabels } from '../../src/index.js';
import { createDrawnVideo } from '../support/createDrawnVideo.js';
import { FaultScene } from './FaultScene.js';
import { faultStory } from './faultStory.js';
import { fails, reconnects } from './outcomes.js';

/** The room that carries the picture and the sound. */
const meta: Meta<typeof FaultScene> = { title: 'Faults/Room', component: FaultScene };
export default meta;

export const RoomLost = faultStory({
  name: 'Room lost',
  happens: 'The room is gone and joined again. The last picture stays on the screen until the next one comes.',
  remedy: 'Nothing.',
  ...reconnects('channel-failed', 640),
  live: { vendor: 'akool-streaming', fault: { fault: 'drop-channel' } },
});

export const RoomToken = faultStory({
  name: 'Room token about to expire, or refused',
  happens: 'Another is fetched before the old one is worth nothing. Where that comes too late the room is joined again with the new one.',
  remedy: 'Nothing.',
  ...reconnects('channel-token-expired', 300),
  live: { vendor: 'akool-streaming', fault: { fault: 'token-expire' } },
});

export const RoomRefused = faultStory({
  name: 'Room cannot be joined at all',
  happens: 'After the last attempt the session ends, lets the avatar’s node go, and says what it could not reach.',
  remedy: 'Try again, perhaps from another network.',
  ...fails('channel-failed'),
  live: { vendor: 'akool-streaming', fault: { fault: 'refuse-token', forever: true } },
});

export const PictureFrozen = faultStory({
  name: 'Picture frozen',
  happens: 'No new picture has come for a while, although the session is live. The notice goes with the first that does; the sound goes on.',
  remedy: 'Listen on. If it stays, end and start again.',
  breaks: (session) => session.push({ video: createDrawnVideo({ stopsAfterMs: 400 }) }),
  mends: (session) => session.push({ video: createDrawnVideo() }),
  sees: defaultLabels.frozen,
  live: { vendor: 'akool-streaming', fault: { fault: 'freeze-video', forever: true } },
});

export const AvatarWithoutSound = faultStory({
  name: 'Avatar without a sound',
  happens: 'The avatar has been given three seconds of speech, or says that it speaks, and for six seconds nothing has come from its track. The notice goes with the first sound.',
  remedy: 'Read the captions, or end and start again. Whoever has turned the volume to nothing is not told.',
  breaks: { avatarSilent: true },
  mends: { avatarSilent: false },
  sees: defaultLabels.silent,
  live: { vendor: 'akool-streaming', fault: { fault: 'mute-avatar', forever: true } },
});
