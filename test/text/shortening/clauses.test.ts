import { describe, expect, it } from 'vitest';
import { fitSentence } from '../../../src/text/shortening/clauses.ts';

const LIMIT = 100;

describe('fitSentence', () => {
  it.each([
    [
      'We present the first audit of licenses for datasets and models on Hugging Face, and we show that a third of all models drops them.',
      'We present the first audit of licenses for datasets and models on Hugging Face.',
    ],
    [
      'We find that linear representations change over a conversation; for example, factual ones can become non-factual in the end.',
      'We find that linear representations change over a conversation.',
    ],
    [
      'We introduce DREAM, a framework that jointly optimizes discriminative and generative objectives, which improves transfer.',
      'We introduce DREAM, a framework that jointly optimizes discriminative and generative objectives.',
    ],
    [
      'We introduce NeuroAda, a novel PEFT method that enables fine-grained model finetuning while maintaining high memory efficiency.',
      'We introduce NeuroAda, a novel PEFT method that enables fine-grained model finetuning.',
    ],
    [
      'Experiments on three benchmarks show that MoCa improves retrieval by 12.5%, demonstrating the benefit of masked training.',
      'Experiments on three benchmarks show that MoCa improves retrieval by 12.5%.',
    ],
    [
      'We propose ExpSeek, which shifts experience toward proactive seeking: (1) entropy thresholds and (2) tailored content.',
      'We propose ExpSeek, which shifts experience toward proactive seeking.',
    ],
    [
      'We present ArtifactNet, a lightweight framework that detects AI-generated music – extracting the artifacts that codecs leave.',
      'We present ArtifactNet, a lightweight framework that detects AI-generated music.',
    ],
    [
      'We study the honesty of large language models in medicine and law, such as their calibration, refusals and self-knowledge.',
      'We study the honesty of large language models in medicine and law.',
    ],
    [
      'We introduce SGRv2, an imitation learning framework that enhances sample efficiency through improved visual representations.',
      'We introduce SGRv2, an imitation learning framework that enhances sample efficiency.',
    ],
    [
      'We synthesize scenes with Gaussian splatting (Kerbl et al., 2023) and show that thin structures survive at any resolution.',
      'We synthesize scenes with Gaussian splatting and show that thin structures survive at any resolution.',
    ],
    [
      'We propose Unmasking with Contrastive Attention Guidance (UNCAGE) to keep the parts of an object together in a generated image.',
      'We propose Unmasking with Contrastive Attention Guidance (UNCAGE).',
    ],
    [
      'Inspired by how humans pause, zoom, and re-read the critical regions of a page, we introduce Video-R4 for text-rich videos.',
      'We introduce Video-R4 for text-rich videos.',
    ],
    [
      'We bound the error of the estimator by $f(x, y)$ for $x, y \\in \\mathbb{R}$ and $n > 3$, which improves the best known rate.',
      'We bound the error of the estimator by $f(x, y)$ for $x, y \\in \\mathbb{R}$ and $n > 3$.',
    ],
    [
      'We build FIRE, a feedback-refinement dataset that is derived from 27 datasets, empowering VLMs to refine their own answers.',
      'We build FIRE, a feedback-refinement dataset that is derived from 27 datasets.',
    ],
    [
      'Each direction is mapped to a square via an octahedral parameterization, and the two coordinates and the norm are quantized.',
      'Each direction is mapped to a square via an octahedral parameterization.',
    ],
    [
      'We use e.g. LSTMs and Transformers, i.e. models of both kinds, on 40 languages, achieving 3.5 points over the best system.',
      'We use e.g. LSTMs and Transformers, i.e. models of both kinds, on 40 languages.',
    ],
  ])('ends “%s” after a whole clause', (sentence, expected) => {
    expect(fitSentence(sentence, LIMIT + 1)).toBe(expected);
  });

  it.each([
    'The model reaches human accuracy on all nine tasks of the new benchmark for charts, but only when the axes are labelled.',
    'The proposed estimator converges to the true parameters at the optimal rate for every design, unless the noise is heavy.',
    'Our method improves the accuracy of every model that we have tested on the new benchmark, although the gains are small.',
    'The agents complete all the tasks of the suite in less time than the human experts need, except those that need a mouse.',
    'Larger models are better calibrated than smaller ones on every one of the benchmarks, while the reverse holds, if unprompted.',
    'The approach is competitive with supervised training on all six languages of the shared task, given enough unlabelled text.',
    'Pretraining improves the quality of translations between all pairs of languages in the corpus, in most cases significantly.',
    'The planner, which was trained on millions of simulated trajectories of cars and pedestrians in twelve cities, never brakes.',
    'Models that were trained on synthetic images of documents and tables, including scans of forms and receipts, fail on photos.',
    'We compare retrieval, reranking, reading, summarising and translating of long legal documents in eleven languages of Europe.',
    'The system not only translates the speech of several speakers at the same time, which no other system can, but keeps voices.',
    'We integrate maps, sensors, weather reports and traffic forecasts from more than thirty sources, calendars, and phone logs.',
    'To better understand the rhetoric of political movements in Europe, ranging from left to right, the authors train classifiers.',
    'While rubric-based evaluation mitigates such biases in text-only settings, extending it to images is limited by reasoning.',
    'Training-free alternatives avoid the costs of post-training on new data, but often shift the cost to test-time optimization.',
    'While recent strategies for learning invariants and new architectures have achieved strong performance, finding a subspace is hard.',
    'Three parts support the ecosystem: a manager that captures decisions and dead ends; a compiler for PDFs; and a review system.',
    'The survey gives an account of the landscape, clarifies the main paradigms and their trade-offs, and identifies open problems.',
    'While spatial foundation models are impressive on standard datasets, a question remains: can they really generalize robustly?',
    'Existing methods for the evolution of skills often address the deficiencies of agents through heuristics without a criterion.',
    'We show that models of the same size and with the same architecture, which are trained on fewer pages, generalize better.',
    'We ask whether large language models that were trained on code can reason about the running time of programs, and how well?',
    'x'.repeat(200),
    'Deep learning, deep learning, deep learning, deep learning, deep learning, deep learning, deep learning, deep learning.',
  ])('gives no part of “%s”', (sentence) => {
    expect(fitSentence(sentence, LIMIT)).toBeUndefined();
  });

  it('returns a sentence that fits as it is', () => {
    const sentence = 'We propose a loss, and we prove a bound.';
    expect(fitSentence(sentence, sentence.length)).toBe(sentence);
    expect(fitSentence(sentence, sentence.length - 1)).toBeUndefined();
  });

  it('never cuts inside brackets, quotations or formulas', () => {
    const sentence =
      'We study attention (in encoders, which see everything; and decoders, which do not) and the claim "more is better, which is false".';
    expect(fitSentence(sentence, LIMIT)).toBe(
      'We study attention and the claim "more is better, which is false".',
    );
    expect(fitSentence(sentence, 60)).toBeUndefined();
  });

  it('keeps what the authors did rather than the reason for it', () => {
    const sentence =
      'Inspired by the success of teachers that correct their students, we propose Flow-OPD, the first framework that distils flow models on their own samples.';
    expect(fitSentence(sentence, LIMIT)).toBe(
      'We propose Flow-OPD, the first framework that distils flow models on their own samples.',
    );
  });

  it('drops a remark in brackets before a part of the sentence', () => {
    const sentence =
      'We release KernelBench, which spans six regimes (stencils, reductions, scans, histograms, sorts and molecular dynamics).';
    expect(fitSentence(sentence, LIMIT)).toBe('We release KernelBench, which spans six regimes.');
  });

  it.each([
    'We propose CEPO, which asks a sharper question at each token: not just what the answer is, but whether a wrong answer would fit as well.',
    'We study the hierarchy of three rewriting strategies: stylistic rephrasing, pseudocode with words, and full rewriting with checks.',
  ])('leaves no half of a contrast and no list without its items: “%s”', (sentence) => {
    expect(fitSentence(sentence, LIMIT)).toBeUndefined();
  });

  it('ends before a list that it announces, where that is allowed', () => {
    const sentence =
      'We present LASE, a small head over a frozen encoder that is trained with two losses: a contrastive loss over voices, and a loss over languages.';
    expect(fitSentence(sentence, LIMIT)).toBeUndefined();
    expect(fitSentence(sentence, LIMIT, true)).toBe(
      'We present LASE, a small head over a frozen encoder that is trained with two losses.',
    );
  });

  it('keeps within the limit, full stop included', () => {
    const sentence =
      'We introduce DREAM, a framework that optimizes two objectives jointly, which improves transfer, and we release the code.';
    for (let limit = 1; limit < sentence.length; limit += 1) {
      const fitted = fitSentence(sentence, limit);
      expect(fitted === undefined || (fitted.length <= limit && fitted.endsWith('.'))).toBe(true);
    }
  });
});
