/** Why something cannot be done, for people: `message` in Chinese, English beside it. */
export class ExplainedError extends Error {
  readonly messageEn: string;

  constructor(message: string, messageEn: string) {
    super(message);
    this.name = new.target.name;
    this.messageEn = messageEn;
  }
}
