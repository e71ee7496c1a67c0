import { createElement, StrictMode, version } from 'react';
import { Avatar } from 'visavis';

/** What every application of these tests shows. Without JSX, so that Node renders the same file. */
export function App(props) {
  return createElement(StrictMode, null, createElement('main', { 'data-react': version }, createElement(Avatar, props)));
}
