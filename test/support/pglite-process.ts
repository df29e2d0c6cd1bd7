/** PGlite as a process that speaks the protocol of PostgreSQL on loopback: `pglite-process.ts PORT`. */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const CONNECTIONS = 20;

const server = new PGLiteSocketServer({
  db: await PGlite.create(),
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  maxConnections: CONNECTIONS,
});
await server.start();
process.stdout.write('listening\n');
