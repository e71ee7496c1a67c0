import { beforeEach, vi } from 'vitest';
import { setProjectAnnotations } from '@storybook/react-vite';
import * as preview from '../../../.storybook/preview.js';
import './still.css';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether this run writes new pictures instead of comparing. */
    readonly renewsPictures: boolean;
    /** Of which there are pictures by this system, or will be. */
    readonly compares: { readonly stories: boolean; readonly tolerance: boolean };
  }
}

/** A Thursday, ten o'clock: stories count from "now" and would show another time in each run. */
const NOW = new Date('2026-01-15T10:00:00Z');

// Before the stories are loaded, some of which read the clock right then.
vi.useFakeTimers({ toFake: ['Date'], now: NOW });
// What moves by itself in a story stands still where this is set.
document.documentElement.dataset['still'] = '';
setProjectAnnotations(preview);

beforeEach(() => {
  vi.setSystemTime(NOW);
});
