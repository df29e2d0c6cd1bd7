import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/config.ts';
import { examineMail } from '../../src/doctor/doctor.ts';
import { openFakeSmtp } from '../fakes/smtp/fake-smtp.ts';

const settingsFor = (url: string) => parseConfig({ SMTP_URL: url, MAIL_FROM: 'papers@lab.example' });

it('the doctor signs in to the mail server and sends nothing', async () => {
  const smtp = await openFakeSmtp();
  expect(await examineMail(settingsFor(smtp.url))).toMatchObject({
    state: 'works',
    text: 'the server accepts the sign-in; the sender is papers@lab.example',
  });
  expect(smtp.received).toEqual([]);
});

it('the doctor says why a mail server cannot be used', async () => {
  const closed = 'smtp://127.0.0.1:1';
  const { state, text } = await examineMail(settingsFor(closed));
  expect(state).toBe('broken');
  expect(text).toMatch(/cannot be used: .+\. Check SMTP_URL\.$/);
});

it('the doctor mentions that e-mail is not set up', async () => {
  expect(await examineMail(parseConfig({}))).toMatchObject({ state: 'note' });
});
