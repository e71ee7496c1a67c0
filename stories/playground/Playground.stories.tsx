import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { akoolLive, akoolStreaming, dve, pipeline } from '../../src/client.js';
import { defaultLabels } from '../../src/index.js';
import { loadLabels } from '../../src/labels.js';
import { ChatPanel } from './ChatPanel.js';
import { ConversationPanel } from './ConversationPanel.js';
import { createFormantVoice, VOICE_RATE_HZ } from './createFormantVoice.js';
import { Playground } from './Playground.js';
import { defaultSettings, languages } from './PlaygroundSettings.js';
import { SayPanel } from './SayPanel.js';
import { Workshop, type WorkshopProps } from './Workshop.js';

const meta: Meta<typeof Playground> = { title: 'Playground', component: Playground, tags: ['!autodocs'] };
export default meta;

type Story = StoryObj<typeof Playground>;
type PlayContext = Parameters<NonNullable<Story['play']>>[0];
type Canvas = PlayContext['canvas'];

const loopback = '127.0.0.1';

/** Without the emulator a story says how to start it; with it, it is ready to be used. */
async function expectReadiness(canvas: Canvas): Promise<void> {
  await expect(canvas.getByRole('heading', { level: 1 })).toBeVisible();
  await waitFor(() => expect(canvas.queryByText(/Looking for the emulator/)).toBeNull(), { timeout: 5_000 });
  await expect(canvas.queryByText(/npm start/) ?? canvas.getByRole('button', { name: 'Clear' })).toBeVisible();
}

/** Play functions run before whoever came to use the story. */
async function leaveEmpty(canvas: Canvas, userEvent: PlayContext['userEvent'], name: string): Promise<void> {
  const box = canvas.getByRole('textbox', { name });
  await userEvent.clear(box);
  box.blur();
  await expect(canvas.queryByText(/live session|session is live/)).toBeNull();
}

/** The whole path, live: your microphone, the relay, the emulator's avatar, its picture and voice. */
export const LivePuppet: Story = {
  name: 'Live puppet',
  args: {
    avatarUrl: import.meta.env.STORYBOOK_AVATAR_URL ?? `http://${loopback}:7310/api/avatar`,
    emulatorUrl: import.meta.env.STORYBOOK_EMULATOR_URL ?? `http://${loopback}:7300`,
    title: 'Your voice, its face',
    hint: 'Press the button, allow the microphone and speak. The avatar says it a moment later. Wear headphones, or it will hear itself.',
  },
  play: ({ canvas }) => expectReadiness(canvas),
};

/** The application speaks: text, recordings and files, one after the other, and stops when it is told to. */
export const LiveDriven: Story = {
  name: 'Live driven',
  args: {
    ...LivePuppet.args,
    title: 'Let it speak',
    hint: 'Press the button, then write something or choose a sentence. No microphone is needed.',
    wiring: () => ({
      avatar: akoolStreaming(),
      voice: pipeline({ respond: ({ text }) => text, synthesize: createFormantVoice(), sampleRateHz: VOICE_RATE_HZ }),
      input: 'none',
    }),
    panel: <SayPanel />,
  },
  async play({ canvas, userEvent }) {
    await expectReadiness(canvas);
    await expect(canvas.queryByText(defaultLabels.microphoneHint)).toBeNull();
    await userEvent.type(canvas.getByRole('textbox', { name: 'Text' }), 'Hello{Enter}');
    // Nobody is there to say it yet, and the page says so.
    await waitFor(() => expect(canvas.getByText(/before the session is live/)).toBeVisible());
    await leaveEmpty(canvas, userEvent, 'Text');
  },
};

/** A voice service answers, and the avatar says it: microphone, DVE, paced speech, face. Speak while it speaks, and it stops. */
export const LiveConversation: Story = {
  name: 'Live conversation',
  args: {
    ...LivePuppet.args,
    title: 'Talk with it',
    hint: 'Press the button and say something. The assistant answers when you pause, and stops when you speak again.',
    wiring: () => ({ voice: dve({ assistantId: 'host' }), avatar: akoolStreaming() }),
    panel: <ConversationPanel />,
  },
  async play({ canvas }) {
    await expectReadiness(canvas);
    await expect(canvas.getByRole('log', { name: defaultLabels.transcript })).toBeVisible();
  },
};

/** The same voice service without a face: the page plays the speech, and an orb shows who has the word. */
export const LiveVoice: Story = {
  name: 'Live voice only',
  args: {
    ...LivePuppet.args,
    title: 'Talk without a face',
    hint: 'Press the button and say something. The orb follows your voice, and the assistant’s when it answers.',
    wiring: () => ({ voice: dve({ assistantId: 'host' }) }),
    vendor: 'dve',
    panel: <ConversationPanel />,
  },
  async play({ canvas, canvasElement }) {
    await expectReadiness(canvas);
    await expect(canvas.getByRole('img', { name: `${defaultLabels.orb}: ${defaultLabels.status.idle}` })).toBeVisible();
    await expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toBeNull();
  },
};

/** The avatar hears, thinks and speaks by itself; the page sends the microphone, text and gestures. */
export const LiveHosted: Story = {
  name: 'Live hosted',
  args: {
    ...LivePuppet.args,
    title: 'It thinks for itself',
    hint: 'Press the button and speak, or write. The avatar answers by itself, and can be made to move.',
    wiring: () => ({ avatar: akoolLive({ mode: 'dialogue' }) }),
    vendor: 'akool-live',
    panel: <ChatPanel />,
  },
  async play({ canvas, userEvent }) {
    await expectReadiness(canvas);
    await userEvent.type(canvas.getByRole('textbox', { name: 'Write to it' }), 'Hello{Enter}');
    await waitFor(() => expect(canvas.getByText(/sendText\(\) needs a live session/)).toBeVisible());
    await userEvent.click(canvas.getByRole('button', { name: 'Wave' }));
    await waitFor(() => expect(canvas.getByText(/act\(\) needs a live session/)).toBeVisible());
    await leaveEmpty(canvas, userEvent, 'Write to it');
  },
};

const choose = (options: readonly string[]) => ({ control: { type: 'select' as const }, options });
const slide = (max: number, step: number) => ({ control: { type: 'range' as const, min: 0, max, step } });

/** Every option of a session, to be changed while it runs; the controls of Storybook and the panel beside it do the same. */
export const EveryOption: StoryObj<WorkshopProps> = {
  name: 'Every option',
  args: {
    ...defaultSettings,
    avatarUrl: LivePuppet.args?.avatarUrl ?? '',
    emulatorUrl: LivePuppet.args?.emulatorUrl ?? '',
  },
  argTypes: {
    wiring: choose(['composed', 'puppet', 'driven', 'voice', 'hosted']),
    input: choose(['microphone', 'none']),
    turnMode: choose(['voice', 'transcript', 'push-to-talk', 'off', 'services']),
    profile: choose(['quiet', 'noisy', 'very-noisy', 'fast']),
    captions: choose(['when-needed', 'always', 'never']),
    theme: choose(['system', 'light', 'dark']),
    labelLanguage: choose(languages),
    direction: choose(['language', 'ltr', 'rtl']),
    voiceSource: choose(['spectral', 'rnnoise']),
    hostedMode: choose(['dialogue', 'retelling']),
    turnEnd: choose(['service', 'server', 'semantic']),
    preRollMs: slide(1_000, 50),
    maxUtteranceMs: slide(600_000, 1_000),
    speed: { control: { type: 'range', min: 0.8, max: 1.2, step: 0.05 } },
    backchannelMs: slide(1_000, 50),
    duckDb: slide(60, 3),
    sensitivity: slide(1, 0.05),
    volume: slide(1, 0.05),
    maxRetryAttempts: slide(10, 1),
  },
  parameters: { controls: { disable: false } },
  render: (settings) => <Workshop {...settings} />,
  async play({ canvas, userEvent }) {
    await expectReadiness(canvas);
    const code = canvas.getByRole('region', { name: 'The code for this: text' });
    await expect(code).toHaveTextContent("voice={dve({ assistantId: 'host' })}");

    await userEvent.selectOptions(canvas.getByLabelText('Wiring'), 'voice');
    await expect(code).not.toHaveTextContent('akoolStreaming');
    await waitFor(() => expect(canvas.getByRole('img', { name: `${defaultLabels.orb}: ${defaultLabels.status.idle}` })).toBeVisible());
    await userEvent.click(canvas.getByText('Turn-taking'));
    await userEvent.selectOptions(canvas.getByLabelText('Surroundings'), 'noisy');
    await expect(code).toHaveTextContent("turnTaking={{ profile: 'noisy' }}");
    await userEvent.click(canvas.getByText('Look'));
    await userEvent.selectOptions(canvas.getByLabelText('Direction'), 'rtl');
    await expect(code).toHaveTextContent('<div dir="rtl">');
    // A language brings its words and its direction.
    await userEvent.selectOptions(canvas.getByLabelText('Direction'), 'language');
    await userEvent.selectOptions(canvas.getByLabelText('Words'), 'ar');
    const arabic = await loadLabels('ar');
    await waitFor(() => expect(canvas.getByRole('button', { name: arabic.start })).toBeVisible());
    await expect(code).toHaveTextContent('<div lang="ar" dir="rtl">');

    // Play functions run before whoever came to use the story.
    await userEvent.selectOptions(canvas.getByLabelText('Words'), 'en');
    await userEvent.selectOptions(canvas.getByLabelText('Surroundings'), 'quiet');
    await userEvent.click(canvas.getByText('Look'));
    await userEvent.click(canvas.getByText('Turn-taking'));
    const wiring = canvas.getByLabelText('Wiring');
    await userEvent.selectOptions(wiring, 'composed');
    wiring.blur();
  },
};
