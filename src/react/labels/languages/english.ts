/** In English, as built in. */
export { defaultLabels as english } from '../AvatarLabels.js';
