/** Every route of Discord's API v10 that the fake supports. */
import type { Server } from 'node:http';
import { callbackRoutes } from './callbacks.ts';
import { commandRoutes } from './commands.ts';
import { lookupRoutes } from './lookups.ts';
import { messageRoutes } from './messages.ts';
import { reactionRoutes } from './reactions.ts';
import type { Route } from './route.ts';
import { threadRoutes } from './threads.ts';
import { webhookRoutes } from './webhooks.ts';

export function allRoutes(server: Server, recommendedShards: number): Route[] {
  return [
    ...lookupRoutes(server, recommendedShards),
    ...commandRoutes,
    ...callbackRoutes,
    ...webhookRoutes,
    ...messageRoutes,
    ...reactionRoutes,
    ...threadRoutes,
  ];
}
