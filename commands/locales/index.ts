/** Descriptions of commands in other languages, by Discord's language code. A test checks them all. */
import type { Translations } from '../../src/command/define.ts';
import { german } from './de.ts';

export const translations = { de: german } as const satisfies Readonly<Record<string, Translations>>;
