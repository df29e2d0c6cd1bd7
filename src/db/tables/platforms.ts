/** Workspaces, and the messages and events of their platforms. */

export interface PlatformTables {
  shown_papers: {
    platform: string;
    channel: string;
    message: string;
    number: number;
    paper: number;
    workspace: string;
    shown_at: string;
  };
  reaction_saves: {
    platform: string;
    channel: string;
    message: string;
    person: string;
    emoji: string;
    workspace: string;
    team: string;
    paper: number;
    saved: number;
  };
  button_lines: { key: string; line: string; kept_at: string };
  handled_events: { platform: string; key: string; at: number };
  installations: { platform: string; workspace: string; sealed: Uint8Array; installed_at: string };
  line_workspaces: { platform: string; workspace: string; key: string };
  line_people: { platform: string; workspace: string; person: string; key: string };
  gone_workspaces: { platform: string; workspace: string; at: number };
}
