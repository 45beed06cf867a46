/** Whether a text is a TCP port. 0 takes any free one. */
export const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

export const portAdvice = 'The port is a number from 0 to 65535.';
export const portInUse = 'The port is in use. Choose another with --port.';
