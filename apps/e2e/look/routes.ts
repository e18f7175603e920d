import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');

/** The addresses that a router of ours knows, read from its source: `pay/:orderNumber`, `**` where nothing fits. */
export function addressesOf(file: string, above = ''): string[] {
  const whole = join(ROOT, file);
  const source = ts.createSourceFile(whole, readFileSync(whole, 'utf8'), ts.ScriptTarget.Latest, true);
  const tables: ts.ArrayLiteralExpression[] = [];
  source.forEachChild((node) => {
    if (!ts.isVariableStatement(node) || !node.modifiers) return;
    for (const { initializer } of node.declarationList.declarations)
      if (initializer && ts.isArrayLiteralExpression(initializer)) tables.push(initializer);
  });
  return tables.flatMap((table) => addressesIn(table, file, above));
}

function addressesIn(table: ts.ArrayLiteralExpression, file: string, above: string): string[] {
  return table.elements.filter(ts.isObjectLiteralExpression).flatMap((route) => {
    const path = valueOf(route, 'path');
    const address = [above, path && ts.isStringLiteral(path) ? path.text : ''].filter(Boolean).join('/');
    const children = valueOf(route, 'children');
    if (children && ts.isArrayLiteralExpression(children)) return addressesIn(children, file, address);
    const elsewhere = /import\('(?<name>[^']+)'\)/.exec(valueOf(route, 'loadChildren')?.getText() ?? '');
    const name = elsewhere?.groups?.['name'];
    if (name) return addressesOf(join(dirname(file), `${name}.ts`), address);
    return valueOf(route, 'redirectTo') ? [] : [address];
  });
}

function valueOf(route: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = route.properties.find((one) => one.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}
