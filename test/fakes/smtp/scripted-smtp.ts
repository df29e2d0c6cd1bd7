/** An SMTP server on loopback that answers commands from a script, also in ways that no real server does. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** `hang`: no answer. `die`: the connection breaks. `trickle`: an answer without end, a byte at a time. */
export type ScriptedReply = string | 'hang' | 'die' | 'trickle';

/** By command: `CONNECT`, `EHLO`, `MAIL`, `RCPT`, `DATA`, `.` (end of a mail), `RSET`, `QUIT`. */
export type SmtpScript = Readonly<Record<string, ScriptedReply>>;

const POLITE: SmtpScript = {
  CONNECT: '220 mx.example ESMTP',
  EHLO: '250 mx.example',
  MAIL: '250 OK',
  RCPT: '250 OK',
  DATA: '354 Go on',
  '.': '250 OK',
  RSET: '250 OK',
  QUIT: '221 Bye',
};
const TRICKLE_MS = 20;

/** @returns the address; closes when the test ends */
export async function openScriptedSmtp(
  script: SmtpScript,
  onCommand: (command: string) => void = () => undefined,
): Promise<string> {
  const replies = { ...POLITE, ...script };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    let buffered = '';
    let isInMail = false;

    function reply(command: string): void {
      onCommand(command);
      const answer = replies[command] ?? '500 Unknown command';
      if (answer === 'die') socket.destroy();
      else if (answer === 'trickle') trickle(socket);
      else if (answer !== 'hang') socket.write(`${answer}\r\n`);
      isInMail = command === 'DATA' && answer.startsWith('354');
    }

    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      const lines = buffered.split('\r\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) {
        if (!isInMail) reply(line.slice(0, 4).trim().toUpperCase());
        else if (line === '.') reply('.');
      }
    });
    reply('CONNECT');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write('2'), TRICKLE_MS);
  socket.once('close', () => clearInterval(timer));
}
