/** A local model in a thread of its own: it computes for longer than the main loop may stand still. */
import { serve, startData } from '../../workers/serve.ts';
import { openLocalModel } from './local-model.ts';

const { model } = startData<{ readonly model: string }>();

serve({ local: openLocalModel(model) });
