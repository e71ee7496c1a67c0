import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { App } from './App.mjs';

process.stdout.write(renderToString(createElement(App, { grant: '/api/avatar' })));
