import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { dve } from '../../src/client.js';
import { Playground } from './Playground.js';

const meta: Meta<typeof Playground> = { title: 'Playground', component: Playground, tags: ['!autodocs'] };
export default meta;

const loopback = '127.0.0.1';

/** The whole path, live: your microphone, the relay, the emulator's avatar, its picture and voice. */
export const LivePuppet: StoryObj<typeof Playground> = {
  name: 'Live puppet',
  args: {
    avatarUrl: import.meta.env.STORYBOOK_AVATAR_URL ?? `http://${loopback}:7310/api/avatar`,
    emulatorUrl: import.meta.env.STORYBOOK_EMULATOR_URL ?? `http://${loopback}:7300`,
    title: 'Your voice, its face',
    hint: 'Press the button, allow the microphone and speak. The avatar says it a moment later. Wear headphones, or it will hear itself.',
  },
  async play({ canvas }) {
    await expect(canvas.getByRole('heading', { level: 1 })).toBeVisible();
    await waitFor(() => expect(canvas.queryByText(/Looking for the emulator/)).toBeNull(), { timeout: 5_000 });
    // Without the emulator the story says how to start it; with it, it is ready to be used.
    await expect(canvas.queryByText(/npm start/) ?? canvas.getByRole('button', { name: /drop the socket/i })).toBeVisible();
  },
};

/** A voice service answers, and the avatar says it: microphone, DVE, paced speech, face. Speak while it speaks, and it stops. */
export const LiveConversation: StoryObj<typeof Playground> = {
  ...LivePuppet,
  name: 'Live conversation',
  args: {
    ...LivePuppet.args,
    title: 'Talk with it',
    hint: 'Press the button and say something. The assistant answers when you pause, and stops when you speak again.',
    voice: () => dve({ assistantId: 'host' }),
  },
};
