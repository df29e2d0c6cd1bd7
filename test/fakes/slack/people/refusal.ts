/** Slack's own app says no: a person cannot do what the bot did not offer. */

export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
