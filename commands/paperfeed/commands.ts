/** The commands of `/paperfeed`, in the order of help. */
import type { Command } from '../../src/command/define.ts';
import type { Services } from '../services.ts';
import { allow } from './allow.ts';
import { disallow } from './disallow.ts';
import { dismiss } from './dismiss.ts';
import { edit } from './edit.ts';
import { follow } from './follow.ts';
import { links } from './links.ts';
import { list } from './list.ts';
import { pause } from './pause.ts';
import { post } from './post.ts';
import { preview } from './preview.ts';
import { resume } from './resume.ts';
import { subjects } from './subjects.ts';
import { unfollow } from './unfollow.ts';
import { why } from './why.ts';

export const feedCommands: readonly Command<Services>[] = [
  follow,
  list,
  preview,
  post,
  edit,
  pause,
  resume,
  unfollow,
  subjects,
  dismiss,
  links,
  why,
  allow,
  disallow,
];
