/** The type of what JSX and Svelte hear the tag's events by: `oncp-is-change={…}`. */
export const listeners =
  'type Listeners = { [Name in keyof CpIsBannerEvents as `on${Name}`]?: ((event: CpIsBannerEvents[Name]) => void) | undefined };';
