/** Makes a screenshot small: a PNG of true colours becomes one of at most 256. Text on flat colours hardly has more. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PALETTE_SIZE = 256;
const INDEXED = 3;

/** @param png as Chromium writes it: 8 bits a channel, not interlaced */
export const withPalette = (png: Uint8Array): Buffer => {
  const chunks = chunksOf(Buffer.from(png));
  const header = Buffer.from(chunks.find(({ type }) => type === 'IHDR')?.data ?? []);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const colours = coloursOf(unfilter(inflateSync(packed), width * channels, height, channels), channels);

  const palette = mostFrequent(colours);
  const index = nearestIn(palette);
  const lines = Buffer.alloc((width + 1) * height);
  colours.forEach((colour, at) => (lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index(colour)));

  header[9] = INDEXED;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(rgb))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunksOf = (png: Buffer): readonly { type: string; data: Buffer }[] => {
  const chunks = [];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const end = at + 8 + png.readUInt32BE(at);
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end) });
  }
  return chunks;
};

/** PNG 9.2: each line says how its bytes were foretold from those to the left, above, and above to the left. */
const unfilter = (lines: Buffer, length: number, height: number, step: number): Buffer => {
  const plain = Buffer.alloc(length * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (length + 1)];
    for (let x = 0; x < length; x++) {
      const at = y * length + x;
      const left = x < step ? 0 : plain[at - step]!;
      const above = y === 0 ? 0 : plain[at - length]!;
      const corner = x < step || y === 0 ? 0 : plain[at - length - step]!;
      const foretold = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      plain[at] = lines[y * (length + 1) + 1 + x]! + foretold;
    }
  }
  return plain;
};

const paeth = (left: number, above: number, corner: number): number => {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
};

const coloursOf = (bytes: Buffer, channels: number): readonly number[] =>
  Array.from({ length: bytes.length / channels }, (_, pixel) => bytes.readUIntBE(pixel * channels, 3));

const mostFrequent = (colours: readonly number[]): readonly number[] => {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, PALETTE_SIZE)
    .map(([colour]) => colour);
};

const nearestIn = (palette: readonly number[]): ((colour: number) => number) => {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  return (colour) => {
    const found = known.get(colour) ?? nearest(palette, colour);
    known.set(colour, found);
    return found;
  };
};

const nearest = (palette: readonly number[], colour: number): number => {
  const distances = palette.map((one) => rgb(one).reduce((sum, part, i) => sum + (part - rgb(colour)[i]!) ** 2, 0));
  return distances.indexOf(Math.min(...distances));
};

const rgb = (colour: number): [number, number, number] => [colour >> 16, (colour >> 8) & 255, colour & 255];

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};
