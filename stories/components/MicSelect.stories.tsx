import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, MicSelect } from '../../src/index.js';
import { desk, fakeDevice, hiddenDesk } from '../support/fakeDevices.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { on } from '../support/states.js';
import { withDevices } from '../support/withDevices.js';

const meta: Meta<typeof MicSelect> = { title: 'Components/MicSelect', component: MicSelect };
export default meta;

const code = `<MicSelect />`;
const ui = <div style={{ maxInlineSize: '22rem' }}><MicSelect /></div>;
const notes = defaultLabels.deviceNotes;

/** A native list with a label of its own: keyboard, screen reader and the phone's own wheel come with it. What is said below it is announced politely. */
export const Listed = withDevices(
  scriptedStory({
    ui,
    code,
    state: { status: 'live', microphone: { ...on, deviceId: 'mic-mac' } },
    async play({ canvas, userEvent, session }) {
      const list = canvas.getByRole('combobox', { name: defaultLabels.microphone });
      await waitFor(() => expect(list).toHaveTextContent('Studio Mic'));
      await userEvent.selectOptions(list, 'Studio Mic');
      await expect(session.calls).toContainEqual({ method: 'microphone.setDevice', args: ['mic-studio'] });
      await expect(list).toHaveValue('mic-studio');
    },
  }),
);

/** Browsers name devices only to pages that may use one. */
export const BeforePermission = withDevices(
  scriptedStory({ ui, code, play: async ({ canvas }) => waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(notes.hidden)) }),
  hiddenDesk,
  'prompt',
);

export const ChosenOneIsGone = withDevices(
  scriptedStory({
    ui,
    code,
    state: { status: 'live', microphone: { ...on, deviceId: 'mic-mac' } },
    play: async ({ canvas }) => waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Podcast Mic')),
  }),
  desk,
  'granted',
  { microphone: { deviceId: 'gone', label: 'Podcast Mic' } },
);

export const Interrupted = withDevices(
  scriptedStory({ ui, code, state: { status: 'live', microphone: { ...on, interrupted: true } }, play: async ({ canvas }) => waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(notes.interrupted)) }),
);

export const Bluetooth = withDevices(
  scriptedStory({ ui, code, state: { status: 'live', microphone: { ...on, deviceId: 'pods' } }, play: async ({ canvas }) => waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(notes.bluetooth)) }),
  [...desk, fakeDevice('audioinput', 'pods', 'Ada’s AirPods (Bluetooth)')],
);

export const NoMicrophone = withDevices(
  scriptedStory({ ui, code, play: async ({ canvas }) => waitFor(() => expect(canvas.getByRole('combobox')).toBeDisabled()) }),
  desk.filter(({ kind }) => kind !== 'audioinput'),
);

export const OwnList = withDevices(
  scriptedStory({
    ui: (
      <MicSelect>
        {({ list, selectedId, setDevice }) => (
          <div className="faults" role="group" aria-label="Microphone">
            {list.devices.map(({ deviceId, label }) => (
              <button key={deviceId} type="button" aria-pressed={deviceId === selectedId} onClick={() => void setDevice(deviceId)}>
                {label}
              </button>
            ))}
          </div>
        )}
      </MicSelect>
    ),
    code: `<MicSelect>
  {({ list, selectedId, setDevice }) => list.devices.map(({ deviceId, label }) => (
    <button key={deviceId} aria-pressed={deviceId === selectedId} onClick={() => setDevice(deviceId)}>{label}</button>
  ))}
</MicSelect>`,
    async play({ canvas, userEvent }) {
      const button = await canvas.findByRole('button', { name: 'Studio Mic' });
      await userEvent.click(button);
      await waitFor(() => expect(button).toHaveAttribute('aria-pressed', 'true'));
    },
  }),
);
