/** The type of the attributes with which JSX and Svelte listen to the tag's events: `oncp-is-change={…}`. */
export const listeners =
  'type Listeners = { [Name in keyof CpIsBannerEvents as `on${Name}`]?: ((event: CpIsBannerEvents[Name]) => void) | undefined };';
