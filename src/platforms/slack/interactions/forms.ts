/** Opens and handles modals for commands that were typed without options. */
import type { App, BlockAction, ButtonAction, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import type { Logger } from '../../../base/log.ts';
import type { ChatHandlers } from '../../../chat/handlers.ts';
import type { Catalogue } from '../../../command/catalogue.ts';
import { formatLine } from '../../../command/line.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import type { Clock } from '../../../time/clock.ts';
import { isNew } from '../connection/dedupe.ts';
import { describeError } from '../connection/errors.ts';
import { INPUT_ID, toSelectOptions } from '../rendering/inputs.ts';
import { INPUT_LENGTH, SELECT_OPTIONS } from '../rendering/limits.ts';
import {
  type FormOrigin,
  MODAL_ID,
  MORE_ID,
  problemsIn,
  readForm,
  readModal,
  readSuggestion,
  toModal,
} from '../rendering/modals.ts';
import type { Workspace, Workspaces } from '../workspaces/workspaces.ts';
import { acknowledge } from './acknowledge.ts';
import { aloneIn } from './reply-functions.ts';
import type { RequestContext } from './request-context.ts';
import type { Responder, SlackRequest } from './responder.ts';

export interface FormOptions {
  readonly catalogue: Catalogue;
  readonly handlers: ChatHandlers;
  readonly requestContext: RequestContext;
  readonly responder: Responder;
  readonly workspaces: Workspaces;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface Forms {
  /**
   * Opens the form for a line; false when it needs none.
   * @param trigger Slack's trigger id, valid for three seconds
   */
  open(asked: SlackRequest, line: string, trigger: string): Promise<boolean>;
  listen(app: App, follow: (work: Promise<void>) => Promise<void>): void;
}

export function openForms(options: FormOptions): Forms {
  const { catalogue, handlers, requestContext, responder, workspaces, clock, log } = options;

  async function open(asked: SlackRequest, line: string, trigger: string): Promise<boolean> {
    const command = commandNamedBy(catalogue, line);
    if (command?.form === undefined) return false;
    const form = await handlers.form({ line, caller: await requestContext.callerOf(asked, command) });
    if (form === undefined) return false;
    if ('card' in form) {
      await responder.answer(asked, Promise.resolve(form));
      return true;
    }
    // A longer value would be cut by the form, and then saved like that.
    if (Object.values(form.values).some((value) => String(value).length > INPUT_LENGTH)) return false;
    const { workspace, channel } = asked;
    const view = toModal(command, { ...form, origin: { workspace: workspace.id, channel } });
    try {
      await workspace.client.views.open({ trigger_id: trigger, view });
      return true;
    } catch (error) {
      // Too late, or Slack has a problem: the line is run as typed.
      log.debug(describeError(error), 'slack: form not opened');
      return false;
    }
  }

  /**
   * Shows all inputs. Slack keeps the values of inputs that have the same ids as before.
   * https://docs.slack.dev/surfaces/modals#updating_views
   */
  async function showAll(workspace: Workspace, user: ViewSubmitAction['user'], view: ViewOutput) {
    const meant = readForm(catalogue, view.private_metadata);
    if (!meant) return;
    const { command, typed, origin } = meant;
    const { root, name } = command;
    const requester = { workspace, person: user.id, ...(origin && { channel: origin.channel }) };
    const caller = await requestContext.callerOf(requester, command);
    const form = await handlers.form({ line: formatLine({ root, name, args: typed }), caller });
    if (form === undefined) return;
    if ('card' in form) return responder.answer(askedIn(workspace, user, origin), Promise.resolve(form));
    const whole = toModal(command, { ...form, ...(origin && { origin }), isWhole: true });
    await workspace.client.views.update({ view_id: view.id, hash: view.hash, view: whole });
  }

  function listen(app: App, follow: (work: Promise<void>) => Promise<void>): void {
    app.options(INPUT_ID, async ({ ack, body, context }) => {
      const { block_id = '', value, view } = body;
      const meant = readSuggestion(catalogue, { block_id, value, ...(view && { view }) });
      if (!meant) return ack({ options: [] });
      const { command, option, typed, origin } = meant;
      const workspace = await workspaces.of(context.teamId ?? '');
      const requester = { workspace, person: body.user.id, ...(origin && { channel: origin.channel }) };
      const caller = await requestContext.callerOf(requester, command);
      const request = { caller, root: command.root, name: command.name, option, typed };
      const found = await handlers.complete(request, SELECT_OPTIONS);
      return ack({ options: toSelectOptions(command.options[option], typed, found) });
    });

    app.action<BlockAction<ButtonAction>>(
      { type: 'block_actions', action_id: MORE_ID },
      async ({ ack, body, context }) => {
        await acknowledge(ack, log);
        const { view, user } = body;
        if (!view || !(await isNew(context))) return;
        const workspace = await workspaces.of(context.teamId ?? '');
        await follow(showAll(workspace, { ...user, name: user.name ?? user.username }, view));
      },
    );

    app.view<ViewSubmitAction>(MODAL_ID, async ({ ack, body, view, context }) => {
      const call = readModal(catalogue, view);
      const problems = call && problemsIn(call, clock.now());
      if (problems) return ack({ response_action: 'errors', errors: problems });
      await acknowledge(ack, log);
      if (!call || !(await isNew(context))) return;
      const { command, values, origin } = call;
      const workspace = await workspaces.of(context.teamId ?? '');
      const asked = askedIn(workspace, body.user, origin);
      await follow(responder.answer(asked, requestContext.call(asked, command.root, command.name, values)));
    });
  }

  return { open, listen };
}

/** Private answers go to the channel where the form was opened, or else to the user. */
function askedIn(
  workspace: Workspace,
  { id: person, name }: ViewSubmitAction['user'],
  origin: FormOrigin | undefined,
): SlackRequest {
  const channel = origin?.channel ?? person;
  return { workspace, person, name, channel, respond: aloneIn(workspace.client, channel, person) };
}
