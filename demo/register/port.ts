/** Whether a text is a TCP port. 0 takes any free one. */
export const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

export const portAdvice = 'The port is a number from 0 to 65535.';

/** What to do about a port that another program has, or undefined for any other error. */
export const portInUse = (error: unknown, anyFree = '--port 0'): string | undefined => {
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  return code === 'EADDRINUSE' ? `Port ${port} is in use. Choose another, or any free one: ${anyFree}` : undefined;
};
