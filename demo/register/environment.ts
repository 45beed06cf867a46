/** An environment variable; one that is empty counts as not set, as `NAME= command` and a form's empty field mean it. */
export const environment = (name: string): string | undefined => {
  const value = process.env[name]?.trim();
  return value === '' ? undefined : value;
};
