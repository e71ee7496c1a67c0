import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { exampleThemes } from './exampleThemes.js';
import { ThemeWorkshop } from './ThemeWorkshop.js';
import { themeTokens } from './themeTokens.js';

const meta: Meta<typeof ThemeWorkshop> = { title: 'Theming', component: ThemeWorkshop, tags: ['!autodocs'] };
export default meta;

type Story = StoryObj<typeof ThemeWorkshop>;

/** Everything that can be restyled, with its defaults. */
export const CustomProperties: Story = {
  async play({ canvas, canvasElement, userEvent }) {
    for (const { name } of themeTokens()) await expect(canvasElement.querySelector(`input[id="${name}"]`)).toBeVisible();
    const field = canvas.getByRole('textbox', { name: 'accent' });
    await userEvent.type(field, '#0b6b48');
    const button = canvasElement.querySelector('.theme-preview .visavis-button-primary');
    if (!button) throw new Error('The preview has no button.');
    await waitFor(() => expect(getComputedStyle(button).backgroundColor).toBe('rgb(11, 107, 72)'));
    await expect(canvas.getByRole('region', { name: 'Your theme: text' })).toHaveTextContent('--visavis-accent: #0b6b48;');
    await userEvent.click(canvas.getByRole('radio', { name: 'Built in' }));
    await expect(field).toHaveValue('');
    field.blur();
  },
};

const example = (name: string): Story => ({
  args: { theme: name },
  async play({ canvas }) {
    await expect(exampleThemes.map((theme) => theme.name)).toContain(name);
    await expect(canvas.getByRole('radio', { name })).toBeChecked();
  },
});

export const Forest = example('Forest');
export const Clinic = example('Clinic');
export const Studio = example('Studio');
export const Playful = example('Playful');
export const HighContrast = example('High contrast');
