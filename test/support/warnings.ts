/** Runs with the console listened to, and gives what was warned, a line each. */
export async function warnings(run: () => Promise<void>): Promise<string> {
  const { warn } = console;
  const heard: unknown[] = [];
  console.warn = (...parts: unknown[]) => heard.push(...parts);
  try {
    await run();
  } finally {
    console.warn = warn;
  }
  return heard.map(String).join('\n');
}
