/** Worker thread of a local model, which would block the event loop for too long. */
import { serve, startData } from '../../workers/serve.ts';
import { openLocalModel } from './local-model.ts';

const { model } = startData<{ readonly model: string }>();

serve({ local: openLocalModel(model) });
