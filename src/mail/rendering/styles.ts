/**
 * Styles of the HTML mail. Inline styles are for light mode, which every client shows. Clients that can tell
 * use the dark ones; Gmail and Outlook invert the light ones themselves.
 */
import type { CSSProperties } from 'react';

const FONT = '-apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';

/** Contrast is at least 4.5 on the background, in both modes: WCAG 2.2, 1.4.3. */
const LIGHT = { page: '#ffffff', text: '#1f2328', muted: '#59636e', link: '#0b57d0', rule: '#d1d9e0' };
const DARK = { page: '#16181c', text: '#e6e8eb', muted: '#a3adb8', link: '#8ab4f8', rule: '#3d444d' };

const plain = (fontSize: number, color = LIGHT.text): CSSProperties => ({
  fontFamily: FONT,
  fontSize: `${fontSize}px`,
  lineHeight: '1.5',
  color,
  margin: '0',
});

export const STYLES = {
  page: { backgroundColor: LIGHT.page, margin: '0', padding: '24px 16px' },
  column: { maxWidth: '600px' },
  title: { ...plain(24), lineHeight: '1.25', fontWeight: 700 },
  intro: { ...plain(16), margin: '8px 0 0' },
  heading: {
    ...plain(18),
    margin: '32px 0 0',
    fontWeight: 700,
    paddingBottom: '6px',
    borderBottom: `1px solid ${LIGHT.rule}`,
  },
  paperTitle: { ...plain(17), margin: '18px 0 0', lineHeight: '1.35', fontWeight: 600 },
  link: { color: LIGHT.link, textDecoration: 'none' },
  authors: { ...plain(14, LIGHT.muted), margin: '2px 0 0' },
  summary: { ...plain(16), margin: '4px 0 0' },
  reason: { ...plain(14, LIGHT.muted), margin: '4px 0 0' },
  note: { ...plain(14, LIGHT.muted), margin: '18px 0 0' },
  code: { ...plain(26), margin: '20px 0 0', fontFamily: 'Consolas, Menlo, monospace', fontWeight: 700 },
  rule: { borderColor: LIGHT.rule, margin: '36px 0 16px' },
  footer: { ...plain(13, LIGHT.muted), margin: '0 0 8px' },
  footerLink: { color: LIGHT.muted, textDecoration: 'underline' },
} as const satisfies Readonly<Record<string, CSSProperties>>;

export const DARK_STYLES = `:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page,.page td{background-color:${DARK.page}!important}
.text{color:${DARK.text}!important}
.muted{color:${DARK.muted}!important}
.link{color:${DARK.link}!important}
.rule{border-color:${DARK.rule}!important}
}`;
