import path from "node:path";
import ts from "typescript";
import { ROOT } from "#tools/root";
import { blocksOf, type Page } from "#tools/docs/pages";

/** What code on a page takes for granted. */
export interface Setting {
  /** Declarations and imports that stand before it, on one line. */
  before?: string;
  /** The folder that it stands in, by its path in the repository: the page's unless given. */
  folder?: string;
}

/** How code of a language is read: as a module or, where it says `require`, as CommonJS. */
const LANGUAGES = {
  ts: { module: ".mts", commonJs: ".cts" },
  js: { module: ".mjs", commonJs: ".cjs" },
} as const;

type Language = keyof typeof LANGUAGES;

/** Code of a page as a file of its own. */
interface Source {
  /** Where the compiler finds it: nothing is written there. */
  file: string;
  text: string;
  page: string;
  /** The line of the page that stands before its code. */
  offset: number;
}

/**
 * Checks the types of all TypeScript and JavaScript of pages, each block as a file by itself, as strictly as our own.
 * @param settings By page and language: `docs/page.md ts`
 * @returns What the compiler says of the blocks, by the pages' own lines
 */
export function checkTypes(pages: readonly Page[], settings: Readonly<Record<string, Setting>> = {}): string[] {
  const sources = new Map(pages.flatMap((page) => sourcesOf(page, settings)).map((source) => [source.file, source]));
  const options = optionsOf();
  const host = hostOf(sources, options);
  const program = ts.createProgram({ rootNames: [...sources.keys()], options, host });
  return [...sources.values()].flatMap((source) => {
    const file = program.getSourceFile(source.file);
    return ts.getPreEmitDiagnostics(program, file).map((found) => show(found, source));
  });
}

function sourcesOf(page: Page, settings: Readonly<Record<string, Setting>>): Source[] {
  return (Object.keys(LANGUAGES) as Language[]).flatMap((language) => {
    const { before = "", folder = path.dirname(page.file) } = settings[`${page.file} ${language}`] ?? {};
    return blocksOf(page, language).map(({ line, code }) => {
      const { module, commonJs } = LANGUAGES[language];
      const name = `${path.basename(page.file)}.${line}${/\brequire\(/.test(code) ? commonJs : module}`;
      return { file: path.join(ROOT, folder, name), text: `${before}\n${code}`, page: page.file, offset: line - 2 };
    });
  });
}

/** Our own, and of Node's types and JavaScript, too. What an example declares, it needn't use. */
function optionsOf(): ts.CompilerOptions {
  const file = path.join(ROOT, "tsconfig.json");
  const config = ts.readConfigFile(file, (name) => ts.sys.readFile(name)).config as { compilerOptions: object };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  return {
    ...options,
    allowJs: true,
    checkJs: true,
    types: ["node"],
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
}

/** Finds the sources where they would be, and all else where it is. */
function hostOf(sources: ReadonlyMap<string, Source>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (file) => sources.has(file) || host.fileExists(file),
    readFile: (file) => sources.get(file)?.text ?? host.readFile(file),
    getSourceFile: (file, version, ...rest) => {
      const source = sources.get(file);
      return source === undefined
        ? host.getSourceFile(file, version, ...rest)
        : ts.createSourceFile(file, source.text, version, true);
    },
  };
}

function show({ file, start = 0, messageText }: ts.Diagnostic, { page, offset }: Source): string {
  const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line;
  return `${page}:${line + offset + 1}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
