/** Slack's app refuses: a person cannot do something that the bot did not offer. */

export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
