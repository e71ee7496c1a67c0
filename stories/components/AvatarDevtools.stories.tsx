import type { Meta } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { AvatarDevtools, AvatarError, defaultLabels } from '../../src/index.js';
import { emptyLatency, type TurnMetrics } from '../../src/session/latency/TurnMetrics.js';
import type { ScriptedSession } from '../../src/testing/createScriptedSession.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';

const meta: Meta<typeof AvatarDevtools> = {
  title: 'Components/AvatarDevtools',
  component: AvatarDevtools,
  parameters: {
    docs: {
      description: {
        component:
          'Its code is fetched when it is mounted, that of the panel when it is opened. **Keyboard**: Alt+Shift+V opens and closes it from anywhere, the focus goes to the panel and back to where it was, Escape closes it, the arrow keys make it higher and lower. **Screen readers**: the panel is a dialog that does not keep the page from being used; nothing in it is announced by itself, since `ConnectionStatus` does that.',
      },
    },
  },
};
export default meta;

const code = `<AvatarProvider grant="/api/avatar">
  <Avatar />
  {import.meta.env.DEV && <AvatarDevtools emulatorUrl="http://127.0.0.1:7300" />}
</AvatarProvider>`;

const turn = (turnId: number, patch: Partial<TurnMetrics>): TurnMetrics => ({ turnId, turnSentMs: 4, replyAudioMs: 380, heardMs: 520, videoFrameMs: 610, interruptToSilenceMs: null, ...patch });

/** A conversation of two turns, the second of which is interrupted, and a lost connection. */
async function converse(session: ScriptedSession): Promise<void> {
  session.push({ status: 'connecting', sessionId: 's-3f9c' });
  session.emit('avatar-message', { message: { v: 2, type: 'system', pld: { status: 'websocket_connected' } } });
  session.emit('avatar-message', { message: { v: 2, type: 'ack', pld: { status: 'success', agora_data: { token: '007eJxTYBCk', uid: 2 } } } });
  session.push({ status: 'live', room: 'joined', microphone: on });
  for (const metrics of [turn(1, {}), turn(2, { turnSentMs: 12, replyAudioMs: 460, heardMs: 640, videoFrameMs: 720, interruptToSilenceMs: 85 })]) {
    session.emit('speech-start', { samples: new Int16Array(4_000) });
    session.emit('speech-end', { samples: new Int16Array(19_200), truncated: false });
    session.emit('voice-message', { message: { type: 'response.audio.delta', audio: 'QUJD'.repeat(200) } });
    session.emit('channel-message', { uid: 2, payload: new TextEncoder().encode('{"type":"chat","pld":{"text":"Good evening."}}') });
    if (metrics.interruptToSilenceMs !== null) session.emit('interrupt', { turnId: metrics.turnId + 1 });
    session.pushLatency({ ...emptyLatency, turns: metrics.turnId, last: metrics });
    session.emit('turn-metrics', { metrics });
  }
  session.emit('error', { error: new AvatarError('connection-lost', { message: 'The avatar stopped answering; the connection was given up.' }) });
  for (let index = 0; index < 400; index++) {
    const peak = Math.abs(Math.sin(index / 9)) * Math.abs(Math.sin(index / 60)) * 0.8;
    session.microphone.emitFrame({ samples: new Int16Array(160), sequence: index, rms: peak / 2, peak });
    if (index % 2 === 0) session.emitSpeechLevel(index > 220 ? Math.abs(Math.sin(index / 7)) * 0.2 : 0);
  }
}

/** It follows the session from when its code is there. */
const attached = (canvasElement: HTMLElement) => waitFor(() => expect(canvasElement.querySelector('[data-area="session"]')).not.toBeNull(), { timeout: 10_000 });

const ready = { state: { status: 'idle', microphone: on }, channelStats: { roundTripMs: 42, audioDelayMs: 120, audioLossRate: 0.002, videoLossRate: 0, videoFreezeRate: 0, sendBitsPerSecond: 32_000, receiveBitsPerSecond: 1_240_000 } } as const;

export const Conversation = scriptedStory({
  ...ready,
  ui: <AvatarDevtools placement="inline" defaultOpen shortcut={null} />,
  code,
  async play({ canvas, canvasElement, session, userEvent }) {
    await attached(canvasElement);
    await converse(session);
    await waitFor(() => expect(canvas.getByText('interrupt')).toBeVisible());
    await expect(canvas.getByText(defaultLabels.devtoolsTurn(2))).toBeVisible();
    // No token, and no more of the sound than its size.
    await expect(canvasElement.textContent).not.toContain('007eJxTYBCk');
    await expect(canvas.getAllByText(/\[base64, 600 bytes\]/)[0]).toBeVisible();
    await userEvent.type(canvas.getByRole('searchbox'), 'ack');
    const row = canvas.getByRole('button', { name: /avatar-message/ });
    await userEvent.click(row);
    await expect(canvas.getByText(/"uid": 2/)).toBeVisible();
    await userEvent.clear(canvas.getByRole('searchbox'));
  },
});

export const NothingYet = scriptedStory({
  ui: <AvatarDevtools placement="inline" defaultOpen shortcut={null} />,
  code,
  async play({ canvas, canvasElement, userEvent }) {
    await attached(canvasElement);
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.devtoolsClear }));
    await waitFor(() => expect(canvas.getByText(defaultLabels.devtoolsEventsEmpty)).toBeVisible());
    await expect(canvas.getByText(defaultLabels.devtoolsTurnsEmpty)).toBeVisible();
  },
});

/** Where no emulator answers, it says so. */
export const NoEmulator = scriptedStory({
  ...ready,
  ui: <AvatarDevtools placement="inline" defaultOpen shortcut={null} emulatorUrl="http://127.0.0.1:7399" />,
  code,
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByText(defaultLabels.devtoolsEmulatorDown)).toBeVisible(), { timeout: 10_000 });
  },
});

export const RightToLeft = scriptedStory({
  ...ready,
  ui: (
    <div dir="rtl">
      <AvatarDevtools placement="inline" defaultOpen shortcut={null} />
    </div>
  ),
  code,
  async play({ canvasElement, session }) {
    await attached(canvasElement);
    await converse(session);
    await waitFor(() => expect(canvasElement.querySelectorAll('.visavis-devtools-turn')).toHaveLength(2));
  },
});

/** Closed, as a page has it: a button in the corner. */
export const Closed = scriptedStory({
  ui: <AvatarDevtools shortcut="Alt+Shift+K" />,
  code,
  async play({ canvas, canvasElement, userEvent }) {
    await userEvent.click(canvas.getByRole('button', { name: defaultLabels.devtoolsOpen }));
    const panel = canvas.getByRole('dialog', { name: defaultLabels.devtools });
    await expect(panel).toHaveFocus();
    await waitFor(() => expect(within(panel).getByRole('searchbox')).toBeVisible(), { timeout: 10_000 });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('dialog')).toBeNull());
    await expect(canvas.getByRole('button', { name: defaultLabels.devtoolsOpen })).toHaveFocus();
    await userEvent.keyboard('{Alt>}{Shift>}k{/Shift}{/Alt}');
    await waitFor(() => expect(canvas.getByRole('dialog')).toBeVisible());
    await userEvent.keyboard('{Alt>}{Shift>}k{/Shift}{/Alt}');
    await expect(canvasElement.querySelector('[data-slot="avatar-devtools"]')).toHaveAttribute('data-state', 'closed');
  },
});
