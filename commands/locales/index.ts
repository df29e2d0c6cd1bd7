/** Descriptions of commands in other languages, by Discord's name of the language. A test holds each against the catalogue. */
import type { Translations } from '../../src/command/define.ts';
import { german } from './de.ts';

export const translations = { de: german } as const satisfies Readonly<Record<string, Translations>>;
