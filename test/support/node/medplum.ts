import { build, type Rolldown } from 'vite';

/** Medplum's client as one script for a page. It needs a newer Node than ours, but not a newer browser. */
export async function medplumScript(): Promise<string> {
  const entry = '\0medplum';
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'medplum',
        resolveId: (id) => (id === 'medplum' ? entry : undefined),
        load: (id) =>
          id === entry
            ? `import { MedplumClient } from '@medplum/core'; globalThis.MedplumClient = MedplumClient;`
            : undefined,
      },
    ],
    build: { write: false, target: 'es2022', rolldownOptions: { input: 'medplum' } },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput;
  return output[0].code;
}
