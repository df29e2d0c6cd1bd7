import { describe, expect, it } from 'vitest';
import { pointsBack, standAlone, withSubject } from '../../../src/text/shortening/standalone.ts';

describe('standAlone', () => {
  it.each([
    [
      'To address this gap, we introduce MathReal, a dataset of photographs.',
      'We introduce MathReal, a dataset of photographs.',
    ],
    [
      'To tackle these emerging threats, we propose a lightweight agent safety framework.',
      'We propose a lightweight agent safety framework.',
    ],
    [
      'To bridge this gap, this paper proposes an audit of licenses.',
      'This paper proposes an audit of licenses.',
    ],
    [
      'To overcome these fundamental limitations, we propose FlowRVS, a novel framework.',
      'We propose FlowRVS, a novel framework.',
    ],
    ['To fill the gap, we release a corpus of speech.', 'We release a corpus of speech.'],
    ['To this end, we distill the deformation field.', 'We distill the deformation field.'],
    ['Towards addressing these challenges, we propose a novel task.', 'We propose a novel task.'],
    [
      'Based on this, we design a gated self-attention mechanism.',
      'We design a gated self-attention mechanism.',
    ],
    [
      'Motivated by this observation, ARPO incorporates an entropy-based rollout.',
      'ARPO incorporates an entropy-based rollout.',
    ],
    ['Building upon these insights, we introduce a unified benchmark.', 'We introduce a unified benchmark.'],
    ['Guided by this principle, we build ThinkMorph.', 'We build ThinkMorph.'],
    ['Using this dataset, we train a family of models.', 'We train a family of models.'],
    ['Despite this progress, several challenges remain.', 'Several challenges remain.'],
    ['In contrast to these methods, our model reads raw text.', 'Our model reads raw text.'],
    ['Hence, the policy collapses early.', 'The policy collapses early.'],
    ['As a result, training is twice as fast.', 'Training is twice as fast.'],
    ['However, existing benchmarks ignore audio.', 'Existing benchmarks ignore audio.'],
    [
      'Specifically, EgoTwin anchors the motion to the head joint.',
      'EgoTwin anchors the motion to the head joint.',
    ],
    ['Besides, a segmentor network is constructed.', 'A segmentor network is constructed.'],
    ['First, we collect 2,000 videos.', 'We collect 2,000 videos.'],
    ['(1) We propose a guidance-aware interpolation.', 'We propose a guidance-aware interpolation.'],
    ['In this paper, we propose NeoVerse, a 4D world model.', 'We propose NeoVerse, a 4D world model.'],
    ['In this paper we study the loss.', 'We study the loss.'],
    ['However, to address this, in this work, we therefore propose SpikeNet.', 'We propose SpikeNet.'],
    ['We, therefore, propose a joint loss.', 'We propose a joint loss.'],
    ['We thus introduce self-consistency.', 'We introduce self-consistency.'],
    ['Taking this as inspiration, we introduce HRM-Text.', 'We introduce HRM-Text.'],
    ['We study this question and propose AgentFugue.', 'We propose AgentFugue.'],
    ['We further propose a sampling strategy.', 'We propose a sampling strategy.'],
    ['Existing methods, however, struggle with long videos.', 'Existing methods struggle with long videos.'],
    ['Yet existing agents fail on long tasks.', 'Existing agents fail on long tasks.'],
    ['Further analysis shows that depth matters most.', 'Analysis shows that depth matters most.'],
    [
      'To overcome these limitations and automate the process, we pioneer a model.',
      'To automate the process, we pioneer a model.',
    ],
    [
      'To address these limitations of existing methods, we propose X-Net.',
      'To address limitations of existing methods, we propose X-Net.',
    ],
    ['Specifically, t-SNE shows three clusters.', 't-SNE shows three clusters.'],
    ['Moreover, iPhone photos are included.', 'iPhone photos are included.'],
    ['Thus, $k$ bounds the regret.', '$k$ bounds the regret.'],
    ['Additionally, wav2vec features are frozen.', 'wav2vec features are frozen.'],
  ])('turns “%s” into a sentence that can be read alone', (sentence, text) => {
    expect(standAlone(sentence)).toEqual({ text, isShortened: true });
  });

  it.each([
    'To reduce memory use by half, we quantize the cache.',
    'To improve robustness of detectors under fog, we augment the data.',
    'To evaluate LLMs without references, we introduce a judge.',
    'To close this 20-point gap, we train for longer.',
    'To make it efficient, we prune the heads.',
    'Unlike prior work, our method needs no labels.',
    'In contrast to these methods, our model is faster.',
    'Compared with these baselines, it improves recall by 5%.',
    'On this benchmark, GPT-4 achieves 30%.',
    'Under this assumption, the bound is tight.',
    'In this case, the estimator is biased.',
    'Given such poses, humans infer the context.',
    'If this fails, the agent asks for help.',
    'With this framework, models reach 90%.',
    'Otherwise, training diverges.',
    'Then, every graph of this class is planar.',
    'In most cases, the gain is small.',
    'Typically, agents are trained offline.',
    'In practice, labels are rarely available.',
    'For the first time, we measure the effect.',
    'So far, no benchmark covers speech.',
    'Yet another benchmark is not enough.',
    'First, second and third orders are compared.',
    'First, we collect videos; second, we label them.',
    'We first propose a loss and then train the model.',
    'We further improve accuracy by 3%.',
    'We not only propose a loss but also prove a bound.',
    'Together, the planner and the critic solve 80% of the tasks.',
    'Despite its simplicity, CLIPO wins on ten benchmarks.',
    'Surprisingly, smaller models win.',
    'This paper presents WorldPlay.',
    'These results support the hypothesis.',
    'Results improve.',
    'However, which of them matters?',
    '',
  ])('leaves “%s” as it stands', (sentence) => {
    expect(standAlone(sentence)).toEqual({ text: sentence, isShortened: false });
  });
});

describe('pointsBack', () => {
  it.each([
    'It reaches 90%.',
    'They exhibit limited diversity.',
    'This allows the model to plan.',
    'This approach introduces new problems.',
    'These findings expose a disconnect.',
    'Such models are brittle.',
    'The former is cheaper.',
    'Both approaches have been studied in isolation.',
    'Another benefit is speed.',
    'Its reliability is low.',
    'Here lies the difficulty.',
    'In this setting, targets may be silent.',
    'To study models during this shift, we measured loss.',
    'Given their widespread use, it is crucial to test them.',
    'As these methods spread, attacks matter.',
    'This research direction is promising.',
  ])('finds that “%s” points at another sentence', (sentence) => {
    expect(pointsBack(sentence)).toBe(true);
  });

  it.each([
    'We propose a loss.',
    'Our method achieves 90%.',
    'This paper presents WorldPlay.',
    'This forward-looking survey reviews agents.',
    'This position paper argues for openness.',
    'The proposed approach needs no labels.',
    'It is well known that depth helps.',
    "It's not clear how to use language.",
    'There is no benchmark for speech.',
    'Both vision and language matter.',
    'Despite its simplicity, CLIPO wins.',
    'Those who label data disagree.',
    'In 2025, agents became common.',
    'For tasks such as parsing, we use trees.',
    '',
  ])('finds that “%s” needs no other sentence', (sentence) => {
    expect(pointsBack(sentence)).toBe(false);
  });
});

describe('withSubject', () => {
  const BEFORE = 'We propose FlowAnchor, a training-free framework for video editing.';

  it.each([
    ['It reaches 90% on TGVE.', BEFORE, 'FlowAnchor reaches 90% on TGVE.'],
    ['This framework anchors each region.', BEFORE, 'FlowAnchor anchors each region.'],
    ['This approach needs no training.', BEFORE, 'FlowAnchor needs no training.'],
    [
      'It contains 5,000 pairs.',
      'We present a dataset of charts called ChartAB.',
      'ChartAB contains 5,000 pairs.',
    ],
    [
      'It also reads audio.',
      'We introduce Vita-2 (Video and Text), a model for speech.',
      'Vita-2 also reads audio.',
    ],
  ])('names the subject of “%s”', (sentence, before, expected) => {
    expect(withSubject(sentence, before)).toBe(expected);
  });

  it.each([
    ['This dataset has 5,000 pairs.', BEFORE],
    ['It is well known that depth helps.', BEFORE],
    ['It remains unclear why.', BEFORE],
    ['They fail on long videos.', BEFORE],
    ['It reaches 90%.', 'Recent editors are trained on pairs.'],
    ['It reaches 90%.', 'We propose a framework for video editing.'],
    ['It reaches 90%.', 'We propose FlowAnchor, a framework built on a model called Wan2.'],
    ['We edit videos.', BEFORE],
  ])('leaves “%s” where the name is not certain', (sentence, before) => {
    expect(withSubject(sentence, before)).toBeUndefined();
  });
});
