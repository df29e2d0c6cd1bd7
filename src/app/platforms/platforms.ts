/** The list of chat platforms. */
import type { Config } from '../../config/config.ts';
import { discord } from './discord.ts';
import type { Platform } from './platform.ts';
import { slack } from './slack.ts';

export const PLATFORMS: readonly Platform[] = [discord, slack];

export function configuredPlatforms(config: Config): Platform[] {
  return PLATFORMS.filter((platform) => platform.isConfigured(config));
}
