/** Channels, people and teams in the shapes that Slack sends. */
import { DateTime } from 'luxon';
import type { FakeChannel, FakeWorkspace, User } from '../model.ts';
import type { JsonObject } from '../wire.ts';

export function toChannelJson(channel: FakeChannel): JsonObject {
  const base = {
    id: channel.id,
    created: Math.floor(channel.created.getTime() / 1_000),
    is_im: channel.kind === 'im',
    is_archived: channel.archived,
    is_org_shared: false,
    context_team_id: channel.workspace.id,
  };
  if (channel.kind === 'im') return { ...base, user: channel.partner?.id, is_user_deleted: false };
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.isMember,
    creator: channel.creator.id,
    num_members: channel.members.size,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
  };
}

export function toUserJson(workspace: FakeWorkspace, user: User): JsonObject {
  const local = DateTime.now().setZone(user.tz).setLocale('en');
  return {
    id: user.id,
    team_id: workspace.id,
    name: user.name,
    real_name: user.name,
    deleted: false,
    tz: user.tz,
    tz_label: local.offsetNameLong ?? user.tz,
    tz_offset: local.offset * 60,
    is_admin: user.admin || user.owner,
    is_owner: user.owner,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.bot,
    is_app_user: false,
    updated: 0,
    profile: {
      real_name: user.name,
      real_name_normalized: user.name,
      display_name: user.name,
      display_name_normalized: user.name,
      team: workspace.id,
      ...(user.bot && { bot_id: workspace.botId, api_app_id: workspace.appId }),
    },
  };
}

export function toTeamJson({ id, name, domain }: FakeWorkspace): JsonObject {
  return { id, name, domain, email_domain: '', icon: { image_default: true } };
}
