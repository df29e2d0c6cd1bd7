/** Opens modals for commands with a long text or a secret, and answers submitted ones. */
import type { ButtonInteraction, ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { Caller } from '../../../chat/caller.ts';
import { sentence } from '../../../chat/card.ts';
import type { ChatHandlers, CommandAnswer } from '../../../chat/handlers.ts';
import { type Catalogue, opensForm } from '../../../command/catalogue.ts';
import { commandNamedBy } from '../../../command/parse.ts';
import { readModal, toModal } from '../rendering/modal.ts';
import type { Pressed, Responder } from './responder.ts';

interface FormOptions {
  readonly catalogue: Catalogue;
  readonly handlers: Pick<ChatHandlers, 'form'>;
  readonly responder: Pick<Responder, 'answer'>;
}

type Opener = ChatInputCommandInteraction | ButtonInteraction | Pressed;
type Call = {
  readonly root: string;
  readonly name: string;
  readonly values: Readonly<Record<string, string | number>>;
};

export interface Forms {
  /** Opens the form for a line; false when it needs none. */
  open(interaction: Opener, line: string, caller: Caller): Promise<boolean>;
  /** @param run answers the call with the values of the form */
  submit(interaction: ModalSubmitInteraction, run: (call: Call) => Promise<CommandAnswer>): Promise<void>;
}

export function openForms({ catalogue, handlers, responder }: FormOptions): Forms {
  return {
    async open(interaction, line, caller) {
      const command = commandNamedBy(catalogue, line);
      if (!command || !opensForm(command)) return false;
      const form = await handlers.form({ line, caller });
      if (form === undefined) return false;
      if ('card' in form) {
        await responder.answer(interaction, 'private', Promise.resolve(form));
        return true;
      }
      const modal = toModal(command, form);
      if (!modal) return false;
      await interaction.showModal(modal);
      return true;
    },

    async submit(interaction, run) {
      const call = readModal(catalogue, interaction);
      const card = sentence('This form no longer works. Type the command again.', 'problem');
      const gone: CommandAnswer = { card, visibility: 'private', ok: false };
      await responder.answer(interaction, 'private', call ? run(call) : Promise.resolve(gone));
    },
  };
}
