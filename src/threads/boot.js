// Loads a thread's TypeScript module: a worker on Node 20 starts without its parent's loader. The one file that is not TypeScript.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
