/** A digest with everything that a digest can have. */
import type { DigestMail } from '../../../src/mail/rendering/mail-contents.ts';

export const SAMPLE_DIGEST: DigestMail = {
  subject: 'Papers for Thursday 28 May: Sparse Routers Learn to Read, and 6 more',
  title: 'Papers for Thursday 28 May',
  intro:
    '7 papers: 3 trending, 2 that match your watches, 1 change to a paper you saved, and 1 that your team saved.',
  sections: [
    {
      title: 'Trending today',
      papers: [
        {
          title: 'Sparse Routers Learn to Read: Token Assignment in Mixture-of-Experts Models',
          url: 'https://arxiv.org/abs/2605.01234',
          authors: 'Ada Okafor, Jun Li, Mira Hansen and 4 others · cs.LG · 142 votes',
          summary:
            'A router that is trained to predict which words an expert reads next reaches the same loss in 38% fewer steps.',
        },
        {
          title: 'How Far Do Small Models Generalise?',
          url: 'https://arxiv.org/abs/2605.04321',
          authors: 'Sofia Marchetti and Tomás Ferreira · cs.CL · 97 votes',
          summary:
            'Models below a billion parameters keep 90% of their accuracy on new templates, but lose half of it on new entities.',
        },
        { title: '3D Scenes from a Single Photograph', url: 'https://arxiv.org/abs/2605.05555' },
      ],
    },
    {
      title: 'Your watches',
      papers: [
        {
          title: 'Equivariant Transformers for Molecular Graphs with Long-Range Interactions',
          url: 'https://arxiv.org/abs/2605.02222',
          authors: 'Wei Zhang and 11 others · physics.chem-ph',
          summary:
            'Attention over distances replaces message passing and halves the error on large molecules.',
          reason: 'Matches your watch “graph transformers”',
        },
        {
          title: 'A Benchmark of Retrieval for Scientific Claims',
          url: 'https://arxiv.org/abs/2605.03333',
          authors: 'Noor Haddad · cs.IR',
          reason: 'Matches your watch author:Haddad',
        },
      ],
      note: '12 more papers match. Type /papers watches in the chat to see them.',
    },
    {
      title: 'Changes to your papers',
      papers: [
        {
          title: 'Scaling Laws for Retrieval',
          url: 'https://arxiv.org/abs/2601.00001',
          authors: 'Lena Brandt and Oskar Nyström · cs.IR',
          summary: 'v3: the abstract changed in two sentences. Published at ICML 2026.',
          reason: 'You saved it on 3 February',
        },
      ],
    },
    {
      title: 'Saved by your team',
      papers: [
        {
          title: 'Prompting Considered Harmful',
          url: 'https://arxiv.org/abs/2605.09999',
          authors: 'K. Lindqvist · cs.CL',
          reason: 'Saved by 3 people in Vision Lab',
        },
      ],
    },
  ],
  footer: {
    why: 'You receive this e-mail because you subscribed to a digest in the Slack workspace Vision Lab.',
    change: 'To pause or change it, type /papers digest in the chat.',
    unsubscribeUrl: 'https://bot.lab.example/unsubscribe/Xr1sVY0iHk3k2q9cWm8nQ4uT7zB5aLd-',
  },
};
