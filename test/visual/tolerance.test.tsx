import { beforeAll, describe, expect, inject, it } from 'vitest';
import { assertFonts } from './support/assertFonts.js';

/** A small component as it is in many stories, its button moved by so many pixels. */
function draw(shiftPx = 0, { label = 'Start talking' } = {}): HTMLElement {
  document.body.innerHTML = `
    <div class="story-page" data-theme="light" data-visavis="" style="inline-size: 320px">
      <button type="button" class="visavis-button visavis-button-primary" data-visavis="" style="transform: translateX(${shiftPx}px)">${label}</button>
    </div>`;
  const [frame] = document.body.children;
  if (!(frame instanceof HTMLElement)) throw new Error('Nothing was drawn.');
  return frame;
}

describe.skipIf(!inject('compares').tolerance)('the tolerance of the pictures', () => {
  beforeAll(assertFonts);

  it('takes the same button for the same', async () => {
    await expect(draw()).toMatchScreenshot('tolerance/button');
  });

  it('lets pass what another anti-aliasing makes of the same edges', async () => {
    await expect(draw(0.12)).toMatchScreenshot('tolerance/button');
  });

  // With -u these would write what they must refuse.
  it.skipIf(inject('renewsPictures'))('refuses a button that has moved by two pixels', async () => {
    await expect(expect(draw(2)).toMatchScreenshot('tolerance/button', { timeout: 2_000 })).rejects.toThrow(/does not match the stored reference/);
  });

  it.skipIf(inject('renewsPictures'))('refuses another word on the button', async () => {
    await expect(expect(draw(0, { label: 'Start walking' })).toMatchScreenshot('tolerance/button', { timeout: 2_000 })).rejects.toThrow(/does not match the stored reference/);
  });

  it.skipIf(inject('renewsPictures'))('refuses a picture that was never approved', async () => {
    await expect(expect(draw()).toMatchScreenshot('tolerance/never-approved', { timeout: 2_000 })).rejects.toThrow(/No existing reference/);
  });
});
