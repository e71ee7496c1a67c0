import { Markdown } from '@storybook/addon-docs/blocks';
import type { ReactElement } from 'react';
import { readGuide } from './readGuide.js';

/** Shows a page of docs/, which stays the only copy. */
export function Guide({ name }: { readonly name: string }): ReactElement {
  return <Markdown>{readGuide(name)}</Markdown>;
}
