import { commands, page } from 'vitest/browser';
import type { Look } from './shotPlan.js';

const DESKTOP = { width: 640, height: 720 };
const PHONE = { width: 360, height: 720 };

/**
 * Shows the mounted story in a look. Only the attributes around it change: it is mounted once for all of its pictures.
 *
 * @returns what the picture is taken of
 */
export async function takeLook(canvas: HTMLElement, look: Look, trueColours = false): Promise<Element> {
  const frame = canvas.querySelector<HTMLElement>('.story-page');
  if (!frame) throw new Error('The story has no page around it. Is the decorator of .storybook/preview.tsx in place?');
  const { width, height } = look === 'phone' ? PHONE : DESKTOP;
  await page.viewport(width, height);
  await commands.emulateMedia({ forcedColors: look === 'forced' ? 'active' : 'none', colorScheme: 'light' });
  frame.dataset['theme'] = look === 'dark' ? 'dark' : 'light';
  document.documentElement.dir = look === 'rtl' ? 'rtl' : 'ltr';
  frame.toggleAttribute('data-true-colours', trueColours);
  frame.toggleAttribute('data-whole', hasFixed(frame));
  await document.fonts.ready;
  return frame;
}

/** Whether anything in it is fixed to the window, which the box around it does not hold. */
function hasFixed(frame: HTMLElement): boolean {
  return [...frame.querySelectorAll('*')].some((element) => getComputedStyle(element).position === 'fixed');
}
