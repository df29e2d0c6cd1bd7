/** The subjects in the name and topic of a channel. */
import { expect, it } from 'vitest';
import { subjectsOf } from '../../src/learning/beginnings.ts';

const topics = (topic: string) => subjectsOf({ name: 'papers', topic }).map(({ name }) => name);

it('a name is one subject, without the words that every such channel has', () => {
  expect(subjectsOf({ name: 'protein-design_papers' })).toEqual([{ name: 'protein design', from: 'name' }]);
  expect(subjectsOf({ name: 'journal-club-2026' })).toEqual([]);
  expect(subjectsOf({ name: 'lab-3d-vision' })).toEqual([{ name: '3d vision', from: 'name' }]);
});

it('a topic is several subjects: runs of words between marks and small words', () => {
  expect(topics('RNA folding, diffusion models & in-context learning')).toEqual([
    'RNA folding',
    'diffusion models',
    'in-context learning',
  ]);
  expect(topics('Papers on robot learning for surgery.')).toEqual(['robot learning', 'surgery']);
});

it('addresses, mentions, emoji and the words around a subject are none', () => {
  expect(topics(':dna: Share new papers here every Monday at 9am! Ask <@U0123> or @ada, see #rules')).toEqual(
    [],
  );
  expect(topics('https://lab.example/wiki mail@lab.example <https://x.example>')).toEqual([]);
});

it('a subject of the name is not repeated, and a long topic gives five', () => {
  const about = { name: 'robotics', topic: 'Robotics. ants, bees, cats, dogs, eels, foxes, goats' };
  expect(subjectsOf(about).map(({ name }) => name)).toEqual([
    'robotics',
    'ants',
    'bees',
    'cats',
    'dogs',
    'eels',
  ]);
});
