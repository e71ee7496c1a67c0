import type { Meta } from '@storybook/react-vite';
import { expect } from 'storybook/test';
import { ConnectionQuality, defaultLabels, type SessionState } from '../../src/index.js';
import { scriptedStory } from '../support/scriptedStory.js';

const meta: Meta<typeof ConnectionQuality> = {
  title: 'Components/ConnectionQuality',
  component: ConnectionQuality,
  parameters: { docs: { subtitle: 'The button’s name says the level in words: colour and bars are not all there is. Escape shuts the numbers and keeps the focus.' } },
};
export default meta;

const code = `<ConnectionQuality />`;
const channelStats = { roundTripMs: 48, audioDelayMs: 182, audioLossRate: 0.004, videoLossRate: 0.012, videoFreezeRate: 0, sendBitsPerSecond: 64_000, receiveBitsPerSecond: 1_250_000 };
const at = (uplink: number, downlink: number): Partial<SessionState> => ({ status: 'live', room: 'joined', network: { uplink, downlink } });

export const Good = scriptedStory({ ui: <ConnectionQuality />, code, channelStats, state: at(1, 1) });
export const Fair = scriptedStory({ ui: <ConnectionQuality />, code, channelStats, state: at(1, 4) });
export const Weak = scriptedStory({ ui: <ConnectionQuality />, code, channelStats, state: at(5, 2) });
export const Lost = scriptedStory({ ui: <ConnectionQuality />, code, state: { status: 'live', room: 'reconnecting' } });
export const Unknown = scriptedStory({ ui: <ConnectionQuality />, code });

export const Details = scriptedStory({
  ui: <div style={{ minBlockSize: '16rem' }}><ConnectionQuality /></div>,
  code,
  channelStats,
  state: at(1, 2),
  async play({ canvas, userEvent }) {
    const button = canvas.getByRole('button');
    await userEvent.click(button);
    await expect(await canvas.findByText(defaultLabels.stats.roundTripMs)).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('group')).toBeNull();
    await expect(button).toHaveFocus();
    await userEvent.click(button);
    await expect(await canvas.findByText(defaultLabels.stats.roundTripMs)).toBeInTheDocument();
  },
});

export const DetailsAtTheEdge = scriptedStory({
  ui: <div style={{ minBlockSize: '16rem', display: 'flex', justifyContent: 'flex-end' }}><ConnectionQuality defaultOpen /></div>,
  code,
  channelStats,
  state: at(1, 2),
  async play({ canvas }) {
    await expect(canvas.getByRole('group').getBoundingClientRect().right).toBeLessThanOrEqual(document.documentElement.clientWidth);
  },
});
