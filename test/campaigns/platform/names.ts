import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * What a built file may call of the platform, judging by its text: names that it does not declare, and names of
 * members.
 */
export interface Names {
  readonly globals: readonly string[];
  readonly members: readonly string[];
}

export function namesIn(file: string): Names {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const declared = new Set<string>();
  const used = new Set<string>();
  const members = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) members.add(node.name.text);
    // A member that is looked up by its name: `Reflect.get(document, 'baseURI')`.
    if (ts.isStringLiteralLike(node) && /^\w+$/.test(node.text)) members.add(node.text);
    // A member that is taken out of an object: `const { origin } = location`.
    if (ts.isBindingElement(node)) members.add((node.propertyName ?? node.name).getText());
    if (ts.isIdentifier(node)) (isDeclared(node) ? declared : used).add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { globals: [...used].filter((name) => !declared.has(name)), members: [...members] };
}

function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isVariableDeclaration(parent) ||
      ts.isParameter(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isFunctionExpression(parent) ||
      ts.isClassDeclaration(parent) ||
      ts.isClassExpression(parent) ||
      ts.isBindingElement(parent)) &&
    parent.name === node
  );
}
