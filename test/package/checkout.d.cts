export function exists(name: string): boolean;
export function read(name: string): string;
export function readJson(name: string): unknown;
export function filesIn(folder: string): string[];
export function importsOf(name: string): string[];
export function packedFiles(): string[];
export function topFolders(): string[];
