/** Views in the shape that Slack sends. */
import type { FakeView } from '../model.ts';
import type { JsonObject } from '../wire.ts';

export function toViewJson(shown: FakeView, values: JsonObject = {}): JsonObject {
  const { id, workspace, view, hash, previous } = shown;
  return {
    id,
    team_id: workspace.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values },
    hash,
    title: view.title ?? { type: 'plain_text', text: 'View Title' },
    close: view.close ?? null,
    submit: view.submit ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
    previous_view_id: previous?.id ?? null,
    root_view_id: rootOf(shown).id,
    app_id: workspace.appId,
    app_installed_team_id: workspace.id,
    bot_id: workspace.botId,
  };
}

function rootOf(view: FakeView): FakeView {
  return view.previous ? rootOf(view.previous) : view;
}
