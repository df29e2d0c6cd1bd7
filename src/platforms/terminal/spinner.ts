/** Says that work goes on, once it takes longer than an answer should, and leaves no trace. */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 90;
const QUIET_MS = 300;

/** @returns what stops it and erases its line */
export function startSpinner(stream: NodeJS.WritableStream | undefined, text: string): () => void {
  if (stream === undefined) return () => {};
  let frame = 0;
  let turning: NodeJS.Timeout | undefined;
  const quiet = setTimeout(() => {
    turning = setInterval(() => {
      stream.write(`\r${FRAMES[frame++ % FRAMES.length]} ${text}\u001B[K`);
    }, FRAME_MS);
  }, QUIET_MS);
  return () => {
    clearTimeout(quiet);
    if (turning === undefined) return;
    clearInterval(turning);
    stream.write('\r\u001B[K');
  };
}
