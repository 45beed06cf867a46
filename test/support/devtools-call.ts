/** A command of the Chrome DevTools Protocol for the page that a test runs in. */
export interface DevtoolsCall {
  readonly method: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}
