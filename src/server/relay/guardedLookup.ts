export { guardedLookup } from '../akool/guardedLookup.js';
