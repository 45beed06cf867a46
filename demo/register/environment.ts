/**
 * An environment variable. An empty one counts as not set, because that is what `NAME= command` and an empty form field
 * mean.
 */
export const environment = (name: string): string | undefined => {
  const value = process.env[name]?.trim();
  return value === '' ? undefined : value;
};
