import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useRef, type ReactElement } from 'react';
import { expect, waitFor } from 'storybook/test';

const meta: Meta = { title: 'Support/StrictMode', tags: ['!dev', '!autodocs'] };
export default meta;

/** How often an effect that asks for nothing has run. */
function EffectCount(): ReactElement {
  const count = useRef(0);
  const output = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    count.current += 1;
    output.current?.replaceChildren(String(count.current));
  }, []);
  return <output ref={output} aria-label="Effects" />;
}

/** StrictMode runs each effect twice. Were the decorator gone, every other story would pass all the same. */
export const EffectsRunTwice: StoryObj = {
  render: () => <EffectCount />,
  async play({ canvas }) {
    await waitFor(() => expect(canvas.getByLabelText('Effects')).toHaveTextContent('2'));
  },
};
