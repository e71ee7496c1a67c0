import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { Avatar, defaultLabels } from '../../src/index.js';
import { sampleError } from '../support/sampleErrors.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { muted, on } from '../support/states.js';

const meta: Meta<typeof Avatar> = { title: 'Components/Avatar', component: Avatar };
export default meta;

const code = `<Avatar grant="/api/avatar" />`;

export const Idle = scriptedStory({
  ui: <Avatar />,
  code,
  onStart: (session) => session.push({ status: 'connecting' }),
  async play({ canvas, userEvent, session }) {
    await expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.status.idle);
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.start }));
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.starting }));
    await expect(session.calls.filter(({ method }) => method === 'start')).toHaveLength(1);
    session.push({ status: 'idle' });
  },
});

export const Connecting = scriptedStory({ ui: <Avatar />, code, state: { status: 'connecting' } });

export const Live = scriptedStory({
  ui: <Avatar />,
  code,
  picture: true,
  state: { status: 'live', microphone: on, sound: 'playing' },
  async play({ canvas, canvasElement, session }) {
    await expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.listening);
    await waitFor(() => expect(canvasElement.querySelector('[data-picture="live"]')).not.toBeNull());
    session.emitLevel(0.06);
    await expect(canvas.getByRole('button', { name: defaultLabels.microphone })).toHaveAttribute('style', expect.stringContaining('--visavis-level'));
  },
});

export const Muted = scriptedStory({ ui: <Avatar />, code, picture: true, state: { status: 'live', microphone: muted, sound: 'playing' } });

export const Reconnecting = scriptedStory({
  ui: <Avatar />,
  code,
  picture: true,
  state: { status: 'live', microphone: on, sound: 'playing' },
  async play({ canvas, canvasElement, session }) {
    await waitFor(() => expect(canvasElement.querySelector('[data-picture="live"]')).not.toBeNull());
    session.push({ status: 'reconnecting', attempt: 1, interruption: sampleError('connection-lost') });
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.status.reconnecting));
    session.push({ video: null });
    await waitFor(() => expect(canvasElement.querySelector('video')).toBeNull());
    await expect(canvasElement.querySelector('[data-slot="avatar-video"]')).toHaveAttribute('data-picture', 'held');
  },
});

export const SoundBlocked = scriptedStory({
  ui: <Avatar />,
  code,
  picture: true,
  state: { status: 'live', microphone: on, sound: 'blocked' },
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.unlockSound })).toBeVisible());
  },
});

export const MicrophoneDenied = scriptedStory({
  ui: <Avatar />,
  code,
  state: { status: 'failed', error: sampleError('microphone-denied'), microphone: { status: 'failed', muted: false, error: sampleError('microphone-denied'), deviceId: null, interrupted: false } },
  async play({ canvas }) {
    await expect(canvas.getByRole('alert')).toHaveTextContent(defaultLabels.failure['microphone-blocked']);
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.retry })).toBeVisible());
  },
});

export const Failed = scriptedStory({ ui: <Avatar />, code, state: { status: 'failed', error: sampleError('no-avatar-available') } });

export const Ended = scriptedStory({ ui: <Avatar />, code, state: { status: 'ended' } });

export const Driven = scriptedStory({
  ui: <Avatar />,
  code: `<Avatar grant="/api/avatar" input="none" />`,
  usesMicrophone: false,
  picture: true,
  state: { status: 'live', sound: 'playing' },
  async play({ canvas }) {
    await expect(canvas.queryByRole('button', { name: defaultLabels.microphone })).toBeNull();
  },
});

export const Keyboard = scriptedStory({
  ui: <Avatar />,
  code,
  onStart: (session) => session.push({ status: 'live', microphone: on }),
  async play({ canvas, userEvent }) {
    await userEvent.tab();
    await expect(canvas.getByRole('button', { name: defaultLabels.start })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.end })).toHaveFocus());
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.getByRole('button', { name: defaultLabels.restart })).toHaveFocus());
  },
});

export const Small = scriptedStory({
  ui: (
    <div style={{ inlineSize: '15rem' }}>
      <Avatar />
    </div>
  ),
  code: `<div style={{ inlineSize: '15rem' }}><Avatar grant="/api/avatar" /></div>`,
  picture: true,
  state: { status: 'live', microphone: on },
});

export const RightToLeft = scriptedStory({
  ui: (
    <div dir="rtl">
      <Avatar
        labels={{ avatar: 'الشخصية', end: 'إنهاء', microphone: 'الميكروفون', interrupt: 'مقاطعة', controls: 'المحادثة', listening: 'يستمع' }}
      />
    </div>
  ),
  code: `<Avatar grant="/api/avatar" labels={arabic} />`,
  picture: true,
  state: { status: 'live', microphone: on },
});

export const Restyled = scriptedStory({
  ui: (
    <div style={{ '--visavis-accent': '#0b7a53', '--visavis-accent-strong': '#075e3f', '--visavis-on-accent': '#ffffff', '--visavis-radius': '0.5rem', '--visavis-aspect-ratio': '3 / 4', '--visavis-size': '22rem' }}>
      <Avatar />
    </div>
  ),
  code: `<div style={{ '--visavis-accent': '#0b7a53', '--visavis-radius': '0.5rem', '--visavis-aspect-ratio': '3 / 4' }}>
  <Avatar grant="/api/avatar" />
</div>`,
});
