/** Discord's app refuses: a person cannot send something that the bot did not offer. */

export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';
}
