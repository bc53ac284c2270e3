import { h } from 'preact';

/** A canvas with a name for those who cannot see it; the table beside it has the numbers. */
export const canvas = (ref, name) => h('canvas', { ref, role: 'img', 'aria-label': name });
