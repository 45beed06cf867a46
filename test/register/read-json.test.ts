import { expect } from 'chai';

import { readJson } from '../../src/register/read-json.js';

describe('a body as JSON', () => {
  const once: [title: string, text: string][] = [
    ['nothing', '{}'],
    ['no object', '[1, "a", ":"]'],
    ['white space', ' { "a" :\r\n1 , "b"\t: [ { "a" : 2 } ] } '],
    ['one key in several objects', '{"a":{"a":{"a":[{"a":1},{"a":2}]}}}'],
    ['strings that look like keys', String.raw`{"a":"\"b\":","c":["\\","d:",":"],"e\"":":"}`],
    ['an empty key', '{"":1}'],
    ['"__proto__"', '{"__proto__":{"a":1},"a":2}'],
  ];
  for (const [title, text] of once)
    it(`each key once: ${title}`, () => {
      expect(readJson(text)).to.deep.equal({ body: JSON.parse(text) as unknown, keyTwice: false });
    });

  const twice: [title: string, text: string][] = [
    ['one after the other', '{"a":1,"a":1}'],
    ['far apart, and deep within', '{"a":[{"b":{"c":1,"d":{"c":2},"c":[3]}}]}'],
    ['written otherwise', String.raw`{"total":1,"\u0074otal":0}`],
    ['a record that is lost', '{"entry":[{"resource":{"id":"x"}}],"entry":[]}'],
    ['"__proto__"', '{"__proto__":1,"__proto__":2}'],
  ];
  for (const [title, text] of twice)
    it(`a key twice: ${title}`, () => {
      expect(readJson(text).keyTwice).to.equal(true);
    });

  const deep: [title: string, text: string][] = [
    ['lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['a key twice at the bottom', `${'[{"a":'.repeat(50_000)}{"b":1,"b":2}${'}]'.repeat(50_000)}`],
    ['lists that never end', '['.repeat(1_000_000)],
    ['one text of escapes', `["${String.raw`\"`.repeat(1_000_000)}"]`],
    ['very many keys', `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join()}}`],
  ];
  for (const [title, text] of deep)
    it(`neither throws nor takes too long: ${title}`, () => {
      const { body, keyTwice } = readJson(text);
      expect(body === undefined || keyTwice === title.startsWith('a key twice')).to.equal(true);
    });

  it('what a page has added to every object is not part of a body', () => {
    const prototype = Object.prototype as { total?: number; toName?: () => string };
    prototype.total = 0;
    prototype.toName = () => 'a page’s own';
    try {
      const { body, keyTwice } = readJson('{"entry":[{"resource":{}}]}');
      const { total, entry } = body as { total?: number; entry: readonly { toName?: unknown; resource: object }[] };
      expect([total, entry[0]?.toName, 'toName' in (entry[0]?.resource ?? {}), keyTwice]).to.deep.equal([
        undefined,
        undefined,
        false,
        false,
      ]);
    } finally {
      delete prototype.total;
      delete prototype.toName;
    }
  });

  for (const text of ['', '{', '{"a":1}x', '{"a":1', "{'a':1}", '\ufeff{}', '[1,]'])
    it(`not JSON: ${JSON.stringify(text)}`, () => {
      expect(readJson(text)).to.deep.equal({ body: undefined, keyTwice: false });
    });
});
