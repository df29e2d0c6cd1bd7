/** Slack's rules for a message from any source: a method, a `response_url` or an acknowledgement. */
import { refusal } from '../refusal.ts';
import { checkBlock, checkMetadata } from '../schema/schemas.ts';
import type { Block, MessageBody } from '../wire.ts';
import type { World } from '../world.ts';
import { checkBlocks, lengthOf } from './blocks.ts';
import { BLOCKS_TOGETHER, MESSAGE_BLOCKS, METADATA_BYTES, TEXT, TEXT_CUT } from './limits.ts';
import { dangersIn, dangersInBlocks } from './mrkdwn.ts';

/** Throws Slack's errors, and records mistakes that Slack accepts but people would notice. */
export function demandMessage(world: World, where: string, body: MessageBody): void {
  const { text = '', blocks = [], attachments = [], markdown_text: markdown = '' } = body;
  const complain = (sentence: string) => world.journal.violation(`${where}: ${sentence}`);
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0 && markdown === '')
    throw refusal('no_text');
  if (text.trim() === '' && markdown === '') {
    complain('no top-level text: notifications and screen readers would have nothing to say');
  }
  demandBlocks(world, where, blocks, MESSAGE_BLOCKS);
  if (lengthOf(blocks) > BLOCKS_TOGETHER) throw refusal('msg_blocks_too_long');
  if (text.length > TEXT_CUT) throw refusal('msg_too_long');
  if (text.length > TEXT) complain(`text of ${text.length} characters, where Slack may split after ${TEXT}`);
  if (body.link_names) complain('link_names is on: names in texts from outside would ping');
  for (const danger of dangersIn(text, world.origins)) complain(`in the text: ${danger}`);
  demandMetadata(body, complain);
}

/** Also used for views. */
export function demandBlocks(world: World, where: string, blocks: readonly Block[], most: number): void {
  if (!Array.isArray(blocks)) throw refusal('invalid_blocks_format');
  const wrong = world.validate ? blocks.map(checkBlock).filter((problem) => problem !== undefined) : [];
  for (const problem of wrong) world.journal.violation(`${where}: against Slack's types: ${problem}`);
  const problems = [...wrong, ...checkBlocks(blocks, most)];
  if (problems.length > 0) throw refusal('invalid_blocks', ...problems);
  for (const danger of dangersInBlocks(blocks, world.origins)) {
    world.journal.violation(`${where}: in the blocks: ${danger}`);
  }
}

function demandMetadata({ metadata }: MessageBody, complain: (sentence: string) => void): void {
  if (metadata === undefined) return;
  const problem = checkMetadata(metadata);
  if (problem) {
    complain(`metadata: ${problem}`);
    throw refusal('invalid_metadata_format');
  }
  if (JSON.stringify(metadata).length > METADATA_BYTES) throw refusal('metadata_too_large');
}
