/** The text of markup, without tags and inserted values. */
const textOf = (quasis) =>
  quasis
    .map(({ value }) => value.raw)
    .join(' ${} ')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/\$\{\}/g, '');

/** Attributes that are read out or shown. */
const spokenAttribute = /\s(?:aria-label|aria-description|title|alt|placeholder)="[^"$]*\p{L}{2}/u;

/** Two words in a row, or one that begins a sentence. */
const sentence = /\p{L}{2,}[,;:]? \p{L}{2,}|^\p{Lu}\p{Ll}+[.!?…]?$/u;

/** What only a developer reads. */
const isError = ({ type, callee }) => type === 'NewExpression' && /(?:Error|Exception)$/.test(callee.name ?? '');

/** A key of the keyboard, or another name that the platform defines. */
const isCompared = ({ type }) => type === 'BinaryExpression' || type === 'SwitchCase';
const isSelector = (text) => /^[.#[]/.test(text);

/** Words that people read must be in src/element/wording/, so that they can be read together and translated. */
export const wordsInWording = {
  meta: {
    type: 'problem',
    docs: { description: 'English that is shown stands in src/element/wording/' },
    schema: [],
    messages: { words: 'Words that are shown stand in src/element/wording/: “{{words}}”.' },
  },
  create(context) {
    const report = (node, words) => {
      context.report({ node, messageId: 'words', data: { words: words.trim().slice(0, 60) } });
    };
    return {
      TaggedTemplateExpression(node) {
        if (!/^(?:html|svg)$/.test(node.tag.name ?? '')) return;
        const text = textOf(node.quasi.quasis);
        if (/\p{L}{2}/u.test(text)) report(node, text);
        const spoken = spokenAttribute.exec(node.quasi.quasis.map(({ value }) => value.raw).join('${}'));
        if (spoken) report(node, spoken[0]);
      },
      TemplateLiteral(node) {
        const { parent } = node;
        if (parent.type === 'TaggedTemplateExpression' || isError(parent)) return;
        const text = node.quasis.map(({ value }) => value.raw).join('${}');
        if (/\p{L}{2,} \p{L}{2,}/u.test(text)) report(node, text);
      },
      Literal(node) {
        if (typeof node.value !== 'string' || isError(node.parent) || isCompared(node.parent)) return;
        if (sentence.test(node.value) && !isSelector(node.value)) report(node, node.value);
      },
    };
  },
};
