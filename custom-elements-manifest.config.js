/** The manifest describes the tag, and nothing that it is made of. */
export default {
  globs: ['src/element/cp-is-banner.ts', 'src/element/events.ts'],
  outdir: 'dist',
  litelement: true,
};
