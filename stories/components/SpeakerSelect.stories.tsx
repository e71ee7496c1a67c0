import type { Meta } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { defaultLabels, SpeakerSelect } from '../../src/index.js';
import { hiddenDesk } from '../support/fakeDevices.js';
import { scriptedStory } from '../support/scriptedStory.js';
import { withDevices } from '../support/withDevices.js';

const meta: Meta<typeof SpeakerSelect> = { title: 'Components/SpeakerSelect', component: SpeakerSelect };
export default meta;

const code = `<SpeakerSelect />`;
const ui = <div style={{ maxInlineSize: '22rem' }}><SpeakerSelect /></div>;

export const Listed = withDevices(
  scriptedStory({
    ui,
    code,
    async play({ canvas, userEvent, session }) {
      const list = canvas.getByRole('combobox', { name: defaultLabels.speaker });
      await waitFor(() => expect(list).toHaveTextContent('AirPods'));
      await userEvent.selectOptions(list, 'out-headset');
      await expect(session.calls).toContainEqual({ method: 'setSpeaker', args: ['out-headset'] });
    },
  }),
);

export const BeforePermission = withDevices(scriptedStory({ ui, code }), hiddenDesk, 'prompt');

const leftToTheSystem = withDevices(
  scriptedStory({
    ui,
    code,
    async play({ canvas }) {
      await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(defaultLabels.deviceNotes.fixedSpeaker));
      await expect(canvas.getByRole('combobox')).toBeDisabled();
    },
  }),
);

/** Safari on a phone lets no page choose: the list is disabled and says where the choice is. `whenUnsupported="hide"` leaves it out. */
export const LeftToTheSystem: typeof leftToTheSystem = {
  ...leftToTheSystem,
  beforeEach(context) {
    const undo = leftToTheSystem.beforeEach;
    const before = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'setSinkId');
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    const remove = typeof undo === 'function' ? undo(context) : undefined;
    return async () => {
      if (before) Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', before);
      const step = await remove;
      if (typeof step === 'function') await step();
    };
  },
};
